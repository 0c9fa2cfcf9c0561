// A page that is loaded again when there is a newer one.

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
  source.addEventListener("trouble", (event) => {
    byId("trouble").textContent = event.data ? `Not up to date: ${event.data}` : "";
    byId("trouble").hidden = !event.data;
  });
  source.addEventListener("message", (event) => {
    if (event.data !== "reload") return;
    remember();
    location.reload();
  });
}
