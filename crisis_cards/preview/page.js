"use strict";

// Rows come in chunks. A chunk is an empty box of about the right height until it is near the screen, and one again
// when it is far away: so a page of thousands of cards holds a few dozen of them at any time.
const CHUNK = 6;
const NEAR = "1400px 0px";
const PHONE_HEIGHT = 520;

const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const still = matchMedia("(prefers-reduced-motion: reduce)");
const wide = matchMedia("(width >= 1160px)");
const root = document.documentElement;

const cardStyle = new CSSStyleSheet();
cardStyle.replaceSync(
  data.css +
    ":host{all:initial;display:grid;min-height:100%;cursor:pointer}.mobile{display:grid;min-width:0}.card{width:100%}" +
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

// --- what fits -----------------------------------------------------------------------------------------------------

const PLAIN = /<[^>]*>/g;
const ENTITY = /&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi;
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " };

function plain(html) {
  return html.replace(PLAIN, " ").replace(ENTITY, (whole, decimal, hex, name) => {
    if (name) return NAMED[name] ?? whole;
    return String.fromCodePoint(decimal ? Number(decimal) : parseInt(hex, 16));
  });
}

function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").toLowerCase();
}

function haystack(row) {
  row.found ??= folded(
    [
      `${row.path}:${row.line ?? ""}`,
      row.text,
      row.answer ?? "",
      ...(row.trail ?? []),
      ...(row.findings ?? []).map((each) => `${each.rule} ${each.message}`),
      ...(row.cards ?? []).map((card) => `${plain(card.back)} ${(card.tags ?? []).join(" ")} ${card.template ?? ""}`),
    ].join("\n"),
  );
  return row.found;
}

function fitsCard(card) {
  if (state.kind && card.kind !== state.kind) return false;
  if (state.tag && !(card.tags ?? []).some((tag) => tag === state.tag || tag.startsWith(`${state.tag}::`))) return false;
  if (state.show === "new") return card.change === "new";
  return state.show !== "changed" || CHANGED.has(card.change);
}

function fitting(row, words) {
  const isLine = row.kind === "statement" || row.kind === "pair";
  const cards = (row.cards ?? []).filter(fitsCard);
  if (state.file && row.path !== state.file) return null;
  if ((state.kind || state.tag || state.show === "new" || state.show === "changed") && !cards.length) return null;
  if (state.show === "with" && !(isLine && cards.length)) return null;
  if (state.show === "without" && !(isLine && !row.cards)) return null;
  if (state.show === "findings" && !row.findings) return null;
  if (state.show === "retired" ? row.kind !== "retired" : row.kind === "retired" && state.show !== "all") return null;
  if (words.length && !words.every((word) => haystack(row).includes(word))) return null;
  return { row, cards };
}

function isFiltered() {
  return Boolean(state.search.trim() || state.show !== "all" || state.kind || state.file || state.tag);
}

function filter() {
  const words = folded(state.search).split(/\s+/).filter(Boolean);
  const isAll = !isFiltered();
  let above = []; // headings that wait for something below them
  shownRows = [];
  for (const row of data.rows) {
    const level = levelOf(row);
    if (level !== null) above = [...above.filter((each) => each.level < level), { row, cards: [], level }];
    const fit = level === null ? fitting(row, words) : (isAll || fitsHeading(row, words)) && above.pop();
    if (!fit) continue;
    shownRows.push(...above, fit);
    above = [];
  }
  shownCards = shownRows.flatMap((each, at) => each.cards.map((card) => ({ at, card })));
  lay();
}

function levelOf(row) {
  if (row.kind === "heading") return (row.depth ?? 0) + 1;
  return row.kind === "file" || row.kind === "section" ? 0 : null;
}

function fitsHeading(row, words) {
  if (state.kind || state.tag || (state.file && row.path !== state.file)) return false;
  if (state.show === "findings") return Boolean(row.findings) && words.every((word) => haystack(row).includes(word));
  return state.show === "all" && words.length > 0 && words.every((word) => haystack(row).includes(word));
}

// --- chunks --------------------------------------------------------------------------------------------------------

function heightOf({ row, cards }) {
  if (row.kind === "file" || row.kind === "heading" || row.kind === "section") return 76;
  const own = 56 + 30 * Math.floor(row.text.length / 60) + (row.reason ? 24 : 0) + 46 * (row.findings?.length ?? 0);
  if (!cards.length) return own;
  return wide.matches ? Math.max(own, 44 + PHONE_HEIGHT * Math.ceil(cards.length / 2)) : own + PHONE_HEIGHT + 20;
}

const near = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      const chunk = chunks[Number(entry.target.dataset.chunk)];
      if (chunk?.box !== entry.target) continue;
      if (entry.isIntersecting) fill(chunk);
      else empty(chunk);
    }
  },
  { rootMargin: NEAR },
);

function lay() {
  near.disconnect();
  chunks = [];
  const all = document.createDocumentFragment();
  for (let start = 0; start < shownRows.length; start += CHUNK) {
    const rows = shownRows.slice(start, start + CHUNK);
    const box = make("div", "chunk");
    box.dataset.chunk = chunks.length;
    box.style.height = `${rows.reduce((sum, each) => sum + heightOf(each), 0)}px`;
    chunks.push({ box, start, rows, isFull: false });
    all.append(box);
  }
  byId("rows").replaceChildren(all);
  for (const chunk of chunks) near.observe(chunk.box);
  const lines = shownRows.filter(({ row }) => row.line).filter(({ row }) => row.kind !== "heading").length;
  byId("shown").textContent = isFiltered() ? `${number(lines || shownRows.length, "line")}, ${number(shownCards.length, "card")}` : "";
  byId("nothing").hidden = shownRows.length > 0;
}

function fill(chunk) {
  if (chunk.isFull) return;
  chunk.isFull = true;
  chunk.box.style.height = "";
  chunk.box.append(...chunk.rows.map((each, place) => rowElement(each, chunk.start + place)));
  settle(chunk.box);
}

function empty(chunk) {
  if (!chunk.isFull || chunk.box.contains(document.activeElement)) return;
  chunk.isFull = false;
  chunk.box.style.height = `${chunk.box.offsetHeight}px`;
  chunk.box.replaceChildren();
}

function settle(box) {
  // A screen that scrolls must be reached by keyboard.
  for (const screen of box.querySelectorAll(".screen")) {
    if (screen.scrollHeight > screen.clientHeight + 1) screen.tabIndex = 0;
    else screen.removeAttribute("tabindex");
  }
}

// --- rows ----------------------------------------------------------------------------------------------------------

function rowElement(shown, at) {
  const { row, cards } = shown;
  const element = make("article", `row ${row.kind}`);
  element.dataset.at = at;
  const line = make("span", "number", row.line ? String(row.line) : "");
  if (row.line) line.title = `${row.path}:${row.line}`;
  const said = make("div", "said");
  element.append(line, said);
  if (row.kind === "file" || row.kind === "section") said.append(make("h2", "", row.text));
  else if (row.kind === "heading") said.append(make((row.depth ?? 0) === 0 ? "h3" : "h4", "", row.text));
  else said.append(...textElements(row));
  if (row.note) said.append(make("p", "reason", row.note));
  for (const each of row.findings ?? []) said.append(findingElement(each));
  if (row.reason) said.append(...reasonElements(row));
  if (cards.length) {
    const list = make("ul", "cards");
    list.append(...cards.map((card, place) => cardElement(row, card, place, cards.length)));
    element.append(list);
  }
  return element;
}

function textElements(row) {
  const elements = [];
  const under = row.kind === "retired" ? [row.path, ...(row.trail ?? [])] : (row.trail ?? []).slice(-(row.depth || Infinity));
  if (row.kind === "retired" || (row.depth && isFiltered())) elements.push(make("p", "under", under.join(" › ")));
  const text = make("p", "text", row.text);
  if (row.depth && row.kind !== "retired" && !isFiltered()) text.style.paddingInlineStart = `${Math.min(row.depth, 6) * 1.25}rem`;
  elements.push(text);
  if (row.answer) elements.push(make("p", "text is-answer", row.answer));
  for (const each of elements) each.dir = "auto";
  return elements;
}

function findingElement({ severity, rule, message }) {
  const element = make("p", `finding is-${severity}`);
  element.append(make("b", "", severity), ` ${message} (${rule})`);
  return element;
}

function reasonElements(row) {
  const isLine = row.kind !== "leftover";
  const elements = [make("p", "reason", isLine ? `No card: ${row.reason}` : row.reason)];
  if (row.tried) {
    const tried = make("details", "tried");
    const list = make("ul");
    for (const [wording, why] of row.tried) {
      const item = make("li");
      const quoted = make("q", "", wording);
      quoted.dir = "auto";
      item.append(quoted, make("br"), why);
      list.append(item);
    }
    tried.append(make("summary", "", row.tried.length === 1 ? "The card thought of" : "The cards thought of"), list);
    elements.push(tried);
  }
  for (const advice of row.advice ?? []) elements.push(make("p", "advice", `→ ${advice}`));
  return elements;
}

// --- cards ---------------------------------------------------------------------------------------------------------

const keyOf = new Map(); // of a card: what it is known by when the page is loaded again
data.rows.forEach((row) => row.cards?.forEach((card, place) => keyOf.set(card, `${row.path}\n${row.text}\n${place}`)));

function isBack(card) {
  return state.turned.has(keyOf.get(card)) !== state.isBack;
}

function cardElement(row, card, place, count) {
  const item = make("li");
  const phone = make("figure", "phone");
  const device = make("div", "device");
  const screen = make("div", "screen");
  const host = make("div", "host");
  host.attachShadow({ mode: "open" }).adoptedStyleSheets = [cardStyle];
  screen.setAttribute("role", "group");
  screen.append(host);
  const turn = make("button", "turn");
  turn.type = "button";
  device.append(screen, turn);
  phone.append(device, captionOf(card));
  item.append(phone);
  Object.assign(item, { card, host, screen, turn, name: count > 1 ? `Card ${place + 1} of ${count}` : "Card" });
  show(item);
  turn.addEventListener("click", () => flip(item));
  turn.addEventListener("focus", () => (state.current = card));
  screen.addEventListener("click", (event) => {
    const isOwn = event.composedPath().some((each) => each.matches?.("a, audio, button, input, summary, video"));
    if (!isOwn && !getSelection()?.toString()) flip(item);
  });
  return item;
}

function captionOf(card) {
  const caption = make("figcaption", "told");
  if (card.change) caption.append(make("span", `pill ${card.change}`, card.change));
  caption.append(make("span", "", card.template ? `${card.kind} · ${card.template}` : card.kind));
  if (card.deck && card.deck !== data.deck) caption.append(make("span", "", card.deck));
  if (card.before) {
    const before = make("span", "before", card.change === "moved" ? `from ${card.before}` : `before: ${card.before}`);
    before.dir = "auto";
    caption.append(before);
  }
  return caption;
}

function show(item) {
  const { card, host, screen, turn } = item;
  const back = isBack(card);
  const inert = document.createElement("template");
  inert.innerHTML = `<div class="mobile"><div class="card">${back ? card.back : card.front}</div></div>`;
  inert.content.querySelector(".card").classList.toggle("nightMode", root.dataset.scheme === "night");
  for (const image of inert.content.querySelectorAll("img")) {
    const uri = data.media[decoded(image.getAttribute("src") ?? "")];
    if (uri) image.src = uri;
    else image.removeAttribute("src");
    image.alt ||= "picture";
  }
  for (const link of inert.content.querySelectorAll("a[href]")) Object.assign(link, { target: "_blank", rel: "noopener" });
  if (card.sounds) play(inert.content, card.sounds[back ? 1 : 0]);
  host.shadowRoot.replaceChildren(inert.content);
  screen.setAttribute("aria-label", `${item.name}, ${back ? "answer" : "question"}`);
  turn.textContent = back ? "Show question" : "Show answer";
}

function decoded(name) {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function play(content, sounds) {
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const parts = text.data.split(/\[anki:play:[qa]:(\d+)\]/);
    if (parts.length === 1) continue;
    const nodes = parts.map((part, place) => {
      if (place % 2 === 0) return part;
      const audio = make("audio");
      Object.assign(audio, { controls: true, preload: "none", src: data.media[sounds[part]] ?? "" });
      audio.setAttribute("aria-label", "sound");
      return audio;
    });
    text.replaceWith(...nodes);
  }
}

async function flip(item) {
  const key = keyOf.get(item.card);
  if (!state.turned.delete(key)) state.turned.add(key);
  state.current = item.card;
  const device = item.querySelector(".device");
  const turning = (from, to) =>
    device.animate(
      { transform: [`perspective(1200px) rotateY(${from}deg)`, `perspective(1200px) rotateY(${to}deg)`] },
      { duration: 130, easing: from ? "ease-out" : "ease-in" },
    ).finished;
  if (!still.matches) await turning(0, 90).catch(() => {});
  show(item);
  item.screen.scrollTop = 0;
  settle(item);
  byId("told").textContent = item.host.shadowRoot.textContent.replace(/\s+/g, " ").trim().slice(0, 400);
  if (!still.matches) await turning(-90, 0).catch(() => {});
}

function showAll() {
  for (const item of document.querySelectorAll(".cards > li")) show(item);
  settle(byId("rows"));
}

function flipAll() {
  state.isBack = !state.isBack;
  state.turned.clear();
  byId("all").setAttribute("aria-pressed", state.isBack);
  showAll();
}

function setScheme(scheme) {
  root.dataset.scheme = scheme;
  byId("night").setAttribute("aria-pressed", scheme === "night");
  for (const { host } of document.querySelectorAll(".cards > li")) {
    host.shadowRoot.querySelector(".card").classList.toggle("nightMode", scheme === "night");
  }
}

// --- moving about --------------------------------------------------------------------------------------------------

function step(by) {
  if (!shownCards.length) return;
  let place = shownCards.findIndex(({ card }) => card === state.current);
  if (place < 0) {
    const top = byId("bar").getBoundingClientRect().bottom;
    const row = [...document.querySelectorAll(".row")].find((each) => each.getBoundingClientRect().bottom > top + 40);
    const at = Number(row?.dataset.at ?? 0);
    place = shownCards.findIndex((each) => each.at >= at);
    place = place < 0 ? shownCards.length - 1 : place;
  } else {
    place = Math.min(Math.max(place + by, 0), shownCards.length - 1);
  }
  const { at, card } = shownCards[place];
  const chunk = chunks[Math.floor(at / CHUNK)];
  fill(chunk);
  const item = [...chunk.box.querySelectorAll(".cards > li")].find((each) => each.card === card);
  state.current = card;
  item.turn.focus({ preventScroll: true });
  item.scrollIntoView({ block: "center", inline: "nearest" });
}

function onKey(event) {
  const isTyping = event.target.closest?.("input:not([type=radio]), select, textarea, dialog");
  if (event.key === "Escape" && event.target === byId("search")) {
    byId("search").value = "";
    refilter({ search: "" });
    byId("search").blur();
  }
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const isArrow = event.key.startsWith("Arrow");
  if (isArrow && event.target.matches?.("input, .screen")) return;
  const act = {
    "/": () => (byId("search").focus(), byId("search").select()),
    j: () => step(1),
    ArrowRight: () => step(1),
    k: () => step(-1),
    ArrowLeft: () => step(-1),
    n: () => byId("night").click(),
    f: flipAll,
    "?": () => byId("keys").showModal(),
  }[event.key];
  if (act) {
    event.preventDefault();
    act();
  } else if ((event.key === " " || event.key === "Enter") && state.current && event.target === document.body) {
    const item = [...document.querySelectorAll(".cards > li")].find((each) => each.card === state.current);
    if (item) {
      event.preventDefault();
      flip(item);
    }
  }
}

// --- filters -------------------------------------------------------------------------------------------------------

function refilter(changes) {
  Object.assign(state, changes);
  filter();
}

function countsByState() {
  const { counts, rows } = data;
  const cards = rows.flatMap((row) => row.cards ?? []);
  return {
    all: counts.statements,
    with: counts.asked,
    without: counts.statements - counts.asked,
    findings: rows.filter((row) => row.findings).length,
    new: cards.filter((card) => card.change === "new").length,
    changed: cards.filter((card) => CHANGED.has(card.change)).length,
    retired: rows.filter((row) => row.kind === "retired").length,
  };
}

function setUpStates() {
  const counts = countsByState();
  for (const [value, name] of STATES) {
    if (!counts[value] && value !== "all") continue;
    const label = make("label");
    const radio = Object.assign(make("input"), { type: "radio", name: "show", value, checked: value === state.show });
    radio.addEventListener("change", () => refilter({ show: value }));
    label.append(radio, `${name} ${counts[value].toLocaleString("en")}`);
    byId("states").append(label);
  }
}

function setUpSelect(name, first, values) {
  const select = byId(name);
  select.append(new Option(first, ""), ...values.map((value) => new Option(value, value)));
  select.hidden = values.length < 2;
  select.value = state[name];
  select.addEventListener("change", () => refilter({ [name]: select.value }));
}

function setUp() {
  const { counts } = data;
  byId("deck").textContent = data.deck;
  const told = [
    [counts.cards.toLocaleString("en"), counts.cards === 1 ? " card" : " cards"],
    [counts.asked.toLocaleString("en"), ` of ${number(counts.statements, "statement")} asked`],
    ...["new", "reworded", "corrected", "moved", "revived", "retired", "ambiguous"]
      .filter((kind) => counts[kind])
      .map((kind) => [counts[kind].toLocaleString("en"), ` ${kind}`]),
    ...(counts.findings ? [[counts.findings.toLocaleString("en"), counts.findings === 1 ? " finding" : " findings"]] : []),
  ];
  for (const [count, noun] of told) {
    const part = make("span");
    part.append(make("b", "", count), noun);
    byId("counts").append(part);
  }
  const first = data.rows.findIndex((row) => row.kind === "retired");
  if (first >= 0) {
    const note = "In Anki, search for tag:crisis-cards::retired and delete or suspend them; then `crisis-cards prune` forgets them.";
    data.rows.splice(first, 0, { kind: "section", path: "", text: "Retired", note });
  }
  setUpStates();
  const cards = data.rows.flatMap((row) => row.cards ?? []);
  const tags = new Set();
  for (const tag of new Set(cards.flatMap((card) => card.tags ?? []))) {
    tag.split("::").forEach((_, place, levels) => tags.add(levels.slice(0, place + 1).join("::")));
  }
  setUpSelect("kind", "All kinds", [...new Set(cards.map((card) => card.kind))].sort().reverse());
  setUpSelect("file", "All files", [...new Set(data.rows.map((row) => row.path).filter(Boolean))]);
  setUpSelect("tag", "All tags", [...tags].sort());
  byId("search").value = state.search;
  byId("search").addEventListener("input", (event) => refilter({ search: event.target.value }));
  byId("all").setAttribute("aria-pressed", state.isBack);
  byId("all").addEventListener("click", flipAll);
  byId("night").addEventListener("click", () => {
    setScheme(stored("localStorage", "scheme", root.dataset.scheme === "night" ? "day" : "night") ?? "day");
  });
  byId("help").addEventListener("click", () => byId("keys").showModal());
  byId("more").addEventListener("click", () => {
    byId("more").setAttribute("aria-expanded", byId("filters").classList.toggle("is-open"));
  });
  byId("reset").addEventListener("click", () => {
    refilter({ search: "", show: "all", kind: "", file: "", tag: "" });
    for (const name of ["search", "kind", "file", "tag"]) byId(name).value = "";
    document.querySelector("[name=show][value=all]").checked = true;
  });
  document.addEventListener("keydown", onKey);
  wide.addEventListener("change", lay);
}

// --- a page that is loaded again when there is a newer one ---------------------------------------------------------

function remember() {
  const top = byId("bar").getBoundingClientRect().bottom;
  const row = [...document.querySelectorAll(".row")].find((each) => each.getBoundingClientRect().bottom > top);
  const own = row && shownRows[Number(row.dataset.at)].row;
  const { search, show: shows, kind, file, tag, isBack: back, turned } = state;
  const seen = { search, show: shows, kind, file, tag, isBack: back, turned: [...turned] };
  const at = own && scrollY > 0 ? { text: own.text, line: own.line, path: own.path, top: row.getBoundingClientRect().top } : null;
  stored("sessionStorage", `seen ${data.deck}`, JSON.stringify({ ...seen, at }));
}

function recalled() {
  const seen = JSON.parse((data.live && stored("sessionStorage", `seen ${data.deck}`)) || "null");
  if (!seen) return null;
  Object.assign(state, seen, { turned: new Set(seen.turned) });
  return seen.at;
}

function goTo(place) {
  const isSame = (one) => one.path === place.path && one.text === place.text;
  let at = shownRows.findIndex(({ row }) => isSame(row) && row.line === place.line);
  if (at < 0) at = shownRows.findIndex(({ row }) => isSame(row));
  if (at < 0) at = shownRows.findIndex(({ row }) => row.path === place.path && (row.line ?? 0) >= (place.line ?? 0));
  if (at < 0) return;
  fill(chunks[Math.floor(at / CHUNK)]);
  const row = document.querySelector(`[data-at="${at}"]`);
  scrollBy({ top: row.getBoundingClientRect().top - place.top, behavior: "instant" });
}

function listen() {
  const light = byId("live");
  light.hidden = false;
  const say = (isOn) => {
    light.classList.toggle("is-on", isOn);
    light.title = isOn ? "follows the notes" : "not connected";
    light.setAttribute("aria-label", light.title);
  };
  say(false);
  const source = new EventSource("changes");
  source.addEventListener("open", () => say(true));
  source.addEventListener("error", () => say(false));
  source.addEventListener("message", (event) => {
    if (event.data !== "reload") return;
    remember();
    location.reload();
  });
}

const night = matchMedia("(prefers-color-scheme: dark)");
setScheme(stored("localStorage", "scheme") ?? (night.matches ? "night" : "day"));
const place = recalled();
setUp();
filter();
if (data.live) {
  history.scrollRestoration = "manual";
  if (place) goTo(place);
  listen();
}
