// Everything is there: begin.

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
