"""Make the pictures that README.md shows: a card of the deck, front and back, as a phone shows it.

    make deck
    python docs/picture.py

Anki itself imports the package and renders the card; Chromium draws it. So this needs the `anki` package and a
`chromium` on the PATH; the text is set in the font that `system-ui` names on this machine (on a phone, Roboto).
Writes card.png and card-night.png beside this file.
"""

# ruff: noqa: INP001 - a script, in no package

from __future__ import annotations

import argparse
import html
import subprocess
import tempfile
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "build" / "cuban-missile-crisis.apkg"
SEARCH = 'note:"crisis-cards question" "What did Castro order*"'

WIDTH, HEIGHT = 360, 520  # of one phone's screen, in CSS pixels
MARGIN = 16
SCALE = 2  # so that the text is sharp on the screens of today

# The classes that a phone gives to the page are on its root, those of the card and of the night on its body.
SCHEMES = {"card.png": "card", "card-night.png": "card nightMode night_mode"}

PAGE = """<!doctype html>
<meta charset="utf-8">
<style>
  body {{ display: flex; gap: {margin}px; margin: 0; padding: {margin}px; }}
  iframe {{ border: 1px solid #8888; border-radius: 20px; height: {height}px; width: {width}px; }}
</style>
{phones}"""
PHONE = '<iframe srcdoc="{document}"></iframe>'
DOCUMENT = '<!doctype html><html class="mobile android"><meta charset="utf-8"><body class="{classes}">{side}'


def sides(package: Path, search: str) -> tuple[str, str]:
    """The front and the back, as HTML, of the first card in a package that Anki's own search finds."""
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder) / "collection.anki2"))
        try:
            request = ImportAnkiPackageRequest(package_path=str(package), options=ImportAnkiPackageOptions())
            collection.import_anki_package(request)
            found = collection.find_cards(search)
            if not found:
                raise SystemExit(f"{package}: no card for {search}")
            card = collection.get_card(found[0])
            return card.question(), card.answer()
        finally:
            collection.close()


def page(shown: tuple[str, ...], classes: str) -> str:
    """A page with a phone for each side of a card."""
    documents = (DOCUMENT.format(classes=classes, side=side) for side in shown)
    phones = "".join(PHONE.format(document=html.escape(document)) for document in documents)
    return PAGE.format(margin=MARGIN, width=WIDTH, height=HEIGHT, phones=phones)


def draw(source: str, picture: Path, count: int) -> None:
    """Let Chromium draw a page of `count` phones, on nothing."""
    width = count * (WIDTH + 2) + (count + 1) * MARGIN
    height = HEIGHT + 2 + 2 * MARGIN
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "card.html"
        document.write_text(source, encoding="utf-8")
        subprocess.run(  # noqa: S603 - nothing but our own page
            [  # noqa: S607 - wherever Chromium is
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--default-background-color=00000000",
                f"--force-device-scale-factor={SCALE}",
                f"--window-size={width},{height}",
                f"--user-data-dir={folder}/profile",
                f"--screenshot={picture}",
                document.as_uri(),
            ],
            check=True,
            capture_output=True,
        )


def main() -> None:
    """Draw one card in each colour scheme."""
    arguments = argparse.ArgumentParser(description="Make the pictures that README.md shows.")
    arguments.add_argument("package", nargs="?", type=Path, default=PACKAGE, help="by default that of make deck")
    arguments.add_argument("search", nargs="?", default=SEARCH, help="finds the card, as in Anki's browser")
    given = arguments.parse_args()
    shown = sides(given.package.resolve(), given.search)
    for name, classes in SCHEMES.items():
        draw(page(shown, classes), HERE / name, len(shown))


if __name__ == "__main__":
    main()
