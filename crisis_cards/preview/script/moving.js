// Moving about with keys.

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
  const search = byId("search");
  if (event.key === "Escape" && event.target === search) {
    search.value = "";
    refilter({ search: "" });
    search.blur();
  }
  if (event.key === "Enter" && event.target === search) {
    state.current = null;
    step(1);
    event.preventDefault();
  }
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const isArrow = event.key.startsWith("Arrow");
  if (isArrow && event.target.matches?.("input, .screen")) return;
  const act = {
    "/": () => (search.focus(), search.select()),
    j: () => step(1),
    ArrowRight: () => step(1),
    k: () => step(-1),
    ArrowLeft: () => step(-1),
    n: () => byId("night").click(),
    f: flipAll,
    "?": () => byId("keys").showModal(),
    End: toEnd,
  }[event.key];
  if (act) {
    event.preventDefault();
    act();
  } else if (event.key === " " || event.key === "Enter") {
    const item = pointedAt(event.target);
    if (!item) return;
    event.preventDefault();
    flip(item);
  }
}

// What comes near the screen is seldom as high as was thought, so the end moves until all of it is there.
function toEnd() {
  let left = 20;
  const step = () => {
    scrollTo({ top: document.body.scrollHeight, behavior: "instant" });
    if ((left -= 1)) requestAnimationFrame(step);
  };
  step();
}

// The card whose screen has the focus, or, when nothing has it, the one that had it last.
function pointedAt(target) {
  if (target.matches(".screen")) return target.closest("li");
  if (target !== document.body || !state.current) return undefined;
  return [...document.querySelectorAll(".cards > li")].find((each) => each.card === state.current);
}
