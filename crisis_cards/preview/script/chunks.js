// Rows come in chunks. A chunk is an empty box of about the right height until it is near the screen, and one again
// when it is far away: so a page of thousands of cards holds a few dozen of them at any time.

const CHUNK = 6;
const NEAR = "1400px 0px";
const PHONE_HEIGHT = 420; // with what is around it; a long card is higher

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
  fillScreen();
  for (const chunk of chunks) near.observe(chunk.box);
  const lines = shownRows.filter(({ row }) => row.line).filter(({ row }) => row.kind !== "heading").length;
  byId("shown").textContent = isFiltered() ? `${number(lines || shownRows.length, "line")}, ${number(shownCards.length, "card")}` : "";
  byId("nothing").hidden = shownRows.length > 0;
}

// What is on the screen is there at once; the observer comes a frame later.
function fillScreen() {
  for (const chunk of chunks) {
    const { top, bottom } = chunk.box.getBoundingClientRect();
    if (top > innerHeight) return;
    if (bottom >= 0) fill(chunk);
  }
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

// What scrolls must be reached by keyboard.
function settle(box) {
  const screens = [...box.querySelectorAll(".screen")];
  const roots = [box, ...screens.map((screen) => screen.firstChild.shadowRoot)];
  for (const each of [...screens, ...roots.flatMap((one) => [...one.querySelectorAll("math")])]) {
    if (each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1) each.tabIndex = 0;
    else each.removeAttribute("tabindex");
  }
}
