// The head of the page: counts, search, filters.

function refilter(changes) {
  Object.assign(state, changes);
  filter();
}

function countsByState() {
  const { counts, rows } = data;
  const having = (isSo) => rows.filter((row) => row.cards?.some((card) => isSo(card.change))).length;
  return {
    all: counts.statements,
    with: counts.asked,
    without: counts.statements - counts.asked,
    findings: rows.filter((row) => row.findings).length,
    new: having((change) => change === "new"),
    changed: having((change) => CHANGED.has(change)),
    retired: rows.filter((row) => row.kind === "retired").length,
  };
}

function setUpStates() {
  const counts = countsByState();
  if (!counts[state.show]) state.show = "all"; // what a page showed before may be gone
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
  state[name] = select.value;
  select.addEventListener("change", () => refilter({ [name]: select.value }));
}

function setUp() {
  const { counts } = data;
  byId("deck").textContent = data.deck;
  const told = [
    [counts.cards.toLocaleString("en"), counts.cards === 1 ? " card" : " cards"],
    [counts.asked.toLocaleString("en"), ` of ${number(counts.statements, "statement")} have one`],
    ...["new", "reworded", "corrected", "moved", "revived", "retired", "ambiguous"]
      .filter((kind) => counts[kind])
      .map((kind) => [counts[kind].toLocaleString("en"), ` ${kind}`]),
    ...(counts.findings ? [[counts.findings.toLocaleString("en"), counts.findings === 1 ? " finding" : " findings"]] : []),
  ];
  for (const [count, noun] of told) {
    if (byId("counts").firstChild) byId("counts").append(" · ");
    byId("counts").append(make("b", "", count), noun);
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
