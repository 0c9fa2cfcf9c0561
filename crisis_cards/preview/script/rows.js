// Rows: the notes as they were written, and what there is to say of them.

function rowElement(shown, at) {
  const { row, cards } = shown;
  const element = make("article", `row ${row.kind}`);
  element.dataset.at = at;
  const line = make("span", "number", row.line && !row.place ? String(row.line) : "");
  if (row.line) line.title = row.place ? `${row.path}, ${row.place}` : `${row.path}:${row.line}`;
  const said = make("div", "said");
  element.append(line, said);
  if (row.kind === "file" || row.kind === "section") said.append(make("h2", "", row.text));
  else if (row.kind === "heading") said.append(make((row.depth ?? 0) === 0 ? "h3" : "h4", "", row.text));
  else said.append(...textElements(row));
  if (row.note) said.append(make("p", "reason", row.note));
  for (const each of row.findings ?? []) said.append(findingElement(each));
  if (row.reason) said.append(reasonElement(row));
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
  const text = drawn("text", row.text, row.drawn);
  if (row.depth && row.kind !== "retired" && !isFiltered()) text.style.paddingInlineStart = `${Math.min(row.depth, 6) * 1.25}rem`;
  elements.push(text);
  if (row.answer) elements.push(drawn("text is-answer", row.answer, row.drawnAnswer));
  for (const each of elements) each.dir = "auto";
  return elements;
}

function drawn(className, text, html) {
  const element = make("p", className, text);
  if (html) element.innerHTML = html;
  return element;
}

function findingElement({ severity, rule, message }) {
  const element = make("p", `finding is-${severity}`);
  element.append(make("b", "", severity), ` ${message} (${rule})`);
  return element;
}

function reasonElement(row) {
  const why = row.kind === "leftover" ? row.reason : `No card: ${row.reason}`;
  if (!row.tried && !row.advice) return make("p", "reason", why);
  const element = make("details", "reason");
  const list = make("ul");
  for (const [wording, dropped] of row.tried ?? []) {
    const item = make("li");
    const quoted = make("q", "", wording);
    quoted.dir = "auto";
    item.append(quoted, make("br"), dropped);
    list.append(item);
  }
  for (const advice of row.advice ?? []) list.append(make("li", "", `→ ${advice}`));
  element.append(make("summary", "", why), list);
  return element;
}
