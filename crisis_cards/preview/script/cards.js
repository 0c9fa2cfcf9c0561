// Cards in their phones.

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
  for (const link of inert.content.querySelectorAll("a")) {
    link.setAttribute("target", "_blank");
    link.setAttribute("rel", "noopener");
  }
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
  toAnswer(item);
  settle(item);
  byId("told").textContent = item.host.shadowRoot.textContent.replace(/\s+/g, " ").trim().slice(0, 400);
  if (!still.matches) await turning(-90, 0).catch(() => {});
}

// Anki begins a back with its answer; so here, where the answer would else be out of sight.
function toAnswer({ host, screen }) {
  screen.scrollTop = 0;
  const line = host.shadowRoot.getElementById("answer");
  const answer = line?.nextElementSibling;
  const { top, bottom } = screen.getBoundingClientRect();
  if (answer && answer.getBoundingClientRect().bottom > bottom) screen.scrollTop = line.getBoundingClientRect().top - top - 8;
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
