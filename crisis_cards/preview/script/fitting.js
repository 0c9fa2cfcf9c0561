// What fits the search and the filters.

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
