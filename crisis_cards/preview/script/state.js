"use strict";

const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const still = matchMedia("(prefers-reduced-motion: reduce)");
const wide = matchMedia("(width >= 1160px)");
const root = document.documentElement;

const cardStyle = new CSSStyleSheet();
cardStyle.replaceSync(
  data.css +
    ":host{all:initial;min-height:100%;cursor:pointer}:host,.mobile{display:grid;grid-template-columns:minmax(0,1fr)}.card{width:100%}" +
    "audio{max-width:100%}math{max-width:100%;overflow:auto hidden}a,summary{cursor:pointer}",
);

const STATES = [
  ["all", "All"],
  ["with", "With cards"],
  ["without", "Without"],
  ["findings", "Findings"],
  ["new", "New"],
  ["changed", "Changed"],
  ["retired", "Retired"],
];
const CHANGED = new Set(["reworded", "corrected", "moved", "revived"]);

const state = { search: "", show: "all", kind: "", file: "", tag: "", isBack: false, turned: new Set(), current: null };
let shownRows = []; // what fits the filters: { row, cards }, in order
let shownCards = []; // of these, every card: { at, card }
let chunks = [];

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function number(count, noun) {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

function stored(store, name, value) {
  // A page without an origin may keep nothing.
  try {
    if (value === undefined) return window[store].getItem(name);
    window[store].setItem(name, value);
  } catch {
    return null;
  }
  return value;
}
