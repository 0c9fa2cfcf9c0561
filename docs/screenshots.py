"""Make the pictures that README.md shows: a card of the real deck, front and back, and the preview of its notes.

    make screenshots

Anki itself imports the package and renders the card; Chromium draws it. So this needs the `anki` package and a
`chromium` on the PATH; the text is set in the font that `system-ui` names on this machine (on a phone, Roboto).
Writes card.png, card-night.png, preview.png and preview-phone.png beside this file.
"""

# ruff: noqa: INP001 - a script, in no package

from __future__ import annotations

import html
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "build" / "cuban-missile-crisis.apkg"
SEARCH = 'note:"crisis-cards question" "What did Castro order*"'
LINE = "26 Oct – Castro ordered"  # the statement of that card, as the preview shows it

PHONE = (360, 520)  # of one phone's screen, in CSS pixels
MARGIN = 16
SCALE = 2  # so that the text is sharp on the screens of today
PREVIEW_SCALE = 1.5  # there is much in it, and a page should load soon

# The classes that a phone gives to the page are on its root, those of the card and of the night on its body.
SCHEMES = {"card.png": "card", "card-night.png": "card nightMode night_mode"}

PREVIEWS = {"preview.png": ((1280, 800), "day"), "preview-phone.png": ((360, 740), "night")}

PAGE = f"""<!doctype html>
<meta charset="utf-8">
<style>
  body {{ display: flex; gap: {MARGIN}px; margin: 0; padding: {MARGIN}px; }}
  iframe {{ border: 1px solid #8888; border-radius: 20px; height: {PHONE[1]}px; width: {PHONE[0]}px; }}
</style>
"""
SIDE = '<!doctype html><html class="mobile android"><meta charset="utf-8"><body class="{classes}">{side}'


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


def draw_card(browser: Browser, shown: tuple[str, ...], classes: str, picture: Path) -> None:
    """Draw the sides of a card on a phone each, side by side, on nothing."""
    documents = (SIDE.format(classes=classes, side=side) for side in shown)
    phones = "".join(f'<iframe srcdoc="{html.escape(document)}"></iframe>' for document in documents)
    width = len(shown) * (PHONE[0] + 2) + (len(shown) + 1) * MARGIN
    size = {"width": width, "height": PHONE[1] + 2 + 2 * MARGIN}
    page = browser.new_page(viewport=size, device_scale_factor=SCALE)  # type: ignore[arg-type]  # a dict is one
    page.set_content(PAGE + phones, wait_until="load")
    page.screenshot(path=picture, omit_background=True)
    page.close()


def draw_preview(browser: Browser, file: Path, size: tuple[int, int], picture: Path, *, scheme: str) -> None:
    """Draw the preview where it shows the statement of the card, the first of its cards turned."""
    width, height = size
    page = browser.new_page(
        viewport={"width": width, "height": height},
        device_scale_factor=PREVIEW_SCALE,
        color_scheme="dark" if scheme == "night" else "light",
        reduced_motion="reduce",
    )
    page.goto(file.as_uri())
    page.keyboard.press("/")
    page.keyboard.type("Castro")
    page.keyboard.press("Enter")
    row = page.locator(".row", has_text=LINE)
    row.evaluate("row => row.scrollIntoView({ block: 'center' })")
    row.get_by_role("button", name="Show answer").first.click()
    page.screenshot(path=picture)
    page.close()


def main() -> None:
    """Draw all of them anew."""
    if not PACKAGE.exists():
        raise SystemExit(f"{PACKAGE}: there is none yet; run make deck")
    shown = sides(PACKAGE, SEARCH)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "preview.html"
        command = [sys.executable, "-m", "crisis_cards", "preview", "-q", "-o", str(file)]
        subprocess.run(command, check=True, cwd=HERE.parent, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, classes in SCHEMES.items():
            draw_card(browser, shown, classes, HERE / name)
        for name, (size, scheme) in PREVIEWS.items():
            draw_preview(browser, file, size, HERE / name, scheme=scheme)
        browser.close()


if __name__ == "__main__":
    main()
