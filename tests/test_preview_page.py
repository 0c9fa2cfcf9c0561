"""The preview in a browser: it turns, searches, filters, reads well, and runs nothing that notes say."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Program, write
from playwright.sync_api import Browser, Page, expect

from crisis_cards.cli.notes import build_notes, notes_at
from crisis_cards.cli.preview import page_for
from crisis_cards.cli.terminal import Terminal
from crisis_cards.delivery import read_ledger
from crisis_cards.diagnostics import Diagnostic, Severity, Span
from crisis_cards.model import Medium
from crisis_cards.preview.page import STYLES, page_of
from crisis_cards.preview.sides import Side
from crisis_cards.preview.view import CardView, Row, View

STYLE = Path(__file__).parent.parent / "crisis_cards" / "preview" / "style"
PHONE, LARGE_PHONE, DESK = (360, 740), (412, 915), (1280, 800)
WALL = (1280, 5_000)  # so high that all of a short page is built

BEFORE = {
    "a.md": "# Talks\n\n- ==Dobrynin== was the ambassador\n- the ==blockade== began on 24 Oct 1961\n",
    "b.txt": "Q: Who flew the U-2? A: Major Anderson\n",
}
NOW = {
    "a.md": (
        "# Talks\n\n- ==Dobrynin== was the ambassador\n- the ==blockade== began on Wednesday, 24 Oct 1961 #war\n\n"
        "## Letters\n\n- ==NK== wrote to ==JFK==\n- maybe\n"
    ),
    "b.txt": (
        "quarantine :: a blockade by another name\nenergy is ==\\(E = \\frac{1}{2}mv^2\\)==\n"
        "the sum ==\\(" + " + ".join(f"a_{{{place}}}" for place in range(40)) + "\\)== is long\n"
    ),
}


# --- pages --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def notes_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of notes that have changed since the last build, with a finding."""
    folder = tmp_path_factory.mktemp("notes")
    terminal = Terminal(is_quiet=True, is_verbose=False, has_colour=False)
    for name, text in BEFORE.items():
        write(folder / name, text)
    before = build_notes(notes_at((folder,), terminal), (), terminal)
    for name, text in NOW.items():
        write(folder / name, text)
    notes = notes_at((folder,), terminal)
    made = build_notes(notes, before.entries, terminal)
    told = [
        Diagnostic(Span("a.md", 9, 9), Severity.WARNING, "thin-line", "nothing to learn here"),
        Diagnostic(Span("c.txt", 1, 1), Severity.ERROR, "not-utf8", "byte 0xff at offset 0 is not utf-8"),
    ]
    return page_for(notes, made, told)


@dataclass(frozen=True, slots=True)
class Opened:
    """A page that is open, and what it complained of."""

    page: Page
    faults: list[str]

    def rows(self) -> list[str]:
        """The statements that are shown."""
        return self.page.locator(".row .text:not(.is-answer)").all_inner_texts()

    def sides(self) -> list[str]:
        """What the cards show, in order."""
        return [" ".join(text.split()) for text in self.page.locator(".screen .card").all_inner_texts()]


@pytest.fixture
def opened(browser: Browser, notes_page: str) -> Iterator[Opened]:
    """The page on a desk, by day, with nothing moving."""
    with_page = open_page(browser, notes_page, WALL)
    yield with_page
    with_page.page.context.close()


def open_page(
    browser: Browser,
    html: str,
    size: tuple[int, int] = DESK,
    *,
    scheme: Literal["light", "dark"] = "light",
    motion: Literal["reduce", "no-preference"] = "reduce",
) -> Opened:
    """Open a page in a window of its own."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion=motion
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: faults.append(request.url))
    page.set_default_timeout(5_000)
    page.set_content(html)
    return Opened(page, faults)


# --- reading ------------------------------------------------------------------------------------------------------


def test_notes_stand_with_their_cards_and_changes(opened: Opened) -> None:
    """Headings, statements, cards, findings, reasons and changes are all there, and the browser finds no fault."""
    said = " ".join(opened.page.locator("main").inner_text().split())

    assert opened.page.title() == opened.page.locator("h1").inner_text()
    assert opened.rows()[:4] == [
        "Dobrynin was the ambassador",
        "the blockade began on Wednesday, 24 Oct 1961",
        "NK wrote to JFK",
        "maybe",
    ]
    assert "before: the {{blockade}} began on 24 Oct 1961" in said
    assert "warning nothing to learn here (thin-line)" in said
    assert "c.txt error byte 0xff at offset 0 is not utf-8 (not-utf8)" in said
    assert "No card:" in said
    assert "Who flew the U-2?" in said.partition("Retired")[2]
    assert opened.page.locator("h1 + .counts").inner_text().startswith("7 cards · 6 of 7 statements have one · 4 new")
    assert opened.faults == []


def test_lines_without_words_are_lines_too(browser: Browser, tmp_path: Path, program: Program) -> None:
    """A heading without words leaves the rest of the page as it is."""
    write(tmp_path / "a.md", "## \n\nThe ==blockade== began.\n")
    done = program("preview", tmp_path, "-o", tmp_path / "a.html")

    opened = open_page(browser, (tmp_path / "a.html").read_text(encoding="utf-8"))

    assert done.code == 0
    assert opened.faults == []
    assert "The blockade began." in opened.rows()
    opened.page.context.close()


def test_a_card_is_turned_by_click(opened: Opened) -> None:
    """A click on the screen shows the answer, and another the question again."""
    screen = opened.page.locator(".screen .card").first
    front = screen.inner_text()

    screen.click()

    assert "Dobrynin" in screen.inner_text()
    assert "Dobrynin" not in front
    expect(opened.page.locator("#told")).to_contain_text("Dobrynin was the ambassador")
    screen.click()
    assert screen.inner_text() == front


def test_a_card_is_turned_by_its_button(browser: Browser, notes_page: str) -> None:
    """The button under the screen turns the card, with movement where the reader wants it, and says what it does."""
    opened = open_page(browser, notes_page, motion="no-preference")
    turn = opened.page.get_by_role("button", name="Show answer").first

    turn.click()

    expect(opened.page.get_by_role("button", name="Show question")).to_have_count(1)
    expect(opened.page.locator(".screen .card").first).to_contain_text("Dobrynin")
    opened.page.context.close()


def test_a_long_back_begins_with_its_answer(browser: Browser, tmp_path: Path) -> None:
    """Where the question fills the screen, the answer is scrolled to, as in Anki."""
    write(tmp_path / "a.md", f"Q: {'Why and how and when? ' * 30}\nA: therefore\n")
    notes = notes_at((tmp_path,), Terminal(is_quiet=True, is_verbose=False, has_colour=False))
    made = build_notes(notes, (), Terminal(is_quiet=True, is_verbose=False, has_colour=False))
    opened = open_page(browser, page_for(notes, made, ()))

    opened.page.get_by_role("button", name="Show answer").click()

    answer = opened.page.locator(".answer").bounding_box()
    screen = opened.page.locator(".screen").bounding_box()
    assert answer is not None
    assert screen is not None
    assert screen["y"] <= answer["y"]
    assert answer["y"] + answer["height"] <= screen["y"] + screen["height"]
    opened.page.context.close()


def test_cards_are_walked_and_turned_by_keys(opened: Opened) -> None:
    """`j` and `k` go from card to card, Space and Enter turn the one that has the focus."""
    press = opened.page.keyboard.press
    for key in ("j", "j", "ArrowRight", "k", " ", "j", "Enter"):
        press(key)

    turned = [place for place, said in enumerate(opened.page.locator(".turn").all_inner_texts()) if "question" in said]

    assert turned == [1, 2]
    expect(opened.page.locator(".turn").nth(2)).to_be_focused()


def test_a_screen_that_scrolls_is_turned_by_keys(browser: Browser) -> None:
    """It can have the focus, so that it can be scrolled, and Enter turns it."""
    side = "<p>line</p>" * 40
    cards = [CardView(Side(f"front{side}"), Side(f"back{side}"), "question", "", (), "Cuba")]
    opened = open_page(browser, page_of(view_of_cards(cards)))
    opened.page.get_by_role("group", name="Card, question").focus()

    opened.page.keyboard.press("Enter")

    expect(opened.page.get_by_role("group", name="Card, answer")).to_contain_text("back")
    opened.page.context.close()


def test_all_cards_are_turned_at_once(opened: Opened) -> None:
    """`f` shows all answers, and a card that is then turned shows its question."""
    opened.page.keyboard.press("f")
    opened.page.locator(".screen").first.click()

    buttons = opened.page.locator(".turn").all_inner_texts()

    assert buttons[0] == "Show answer"
    assert set(buttons[1:]) == {"Show question"}
    expect(opened.page.locator("#all")).to_have_attribute("aria-pressed", "true")


def test_keys_are_told(opened: Opened) -> None:
    """`?` opens a dialog with the keys, and Escape closes it."""
    opened.page.keyboard.press("?")
    told = opened.page.get_by_role("dialog").inner_text()

    opened.page.keyboard.press("Escape")

    assert "turn all cards" in told
    expect(opened.page.get_by_role("dialog")).to_have_count(0)


def test_search_finds_words_wherever_they_stand(opened: Opened) -> None:
    """All words must be there, in statement or card, whatever their case; headings of what is found stay."""
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("jfk WROTE")
    found, headings = opened.rows(), opened.page.locator("h3, h4").all_inner_texts()

    opened.page.keyboard.press("Escape")

    assert (found, headings) == (["NK wrote to JFK"], ["Letters"])
    assert len(opened.rows()) == 8


def test_enter_leads_from_the_search_to_the_first_card(opened: Opened) -> None:
    """So a card is found and turned without the mouse."""
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("quarantine")
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("Enter")

    assert opened.sides()[0].endswith("b.txt:1")


def test_nothing_found_is_said_and_undone(opened: Opened) -> None:
    """Where nothing fits, one button brings all back."""
    opened.page.fill("#search", "nobody")
    shown = opened.rows()
    opened.page.click("#reset")

    assert shown == []
    assert len(opened.rows()) == 8


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("with", ["Dobrynin", "the blockade", "NK wrote", "quarantine", "energy is", "the sum"]),
        ("without", ["maybe"]),
        ("findings", ["maybe"]),
        ("new", ["NK wrote", "quarantine", "energy is", "the sum"]),
        ("changed", ["the blockade"]),
        ("retired", ["Who flew"]),
    ],
)
def test_states_are_filters(opened: Opened, state: str, expected: list[str]) -> None:
    """Each shows what it says, in the order of the notes."""
    opened.page.locator(f"label:has([value={state}])").click()

    rows = opened.rows()

    assert [row[: len(start)] for row, start in zip(rows, expected, strict=True)] == expected


@pytest.mark.parametrize(
    ("name", "value", "cards"), [("kind", "question", 2), ("file", "a.md", 4), ("tag", "war", 1), ("tag", "Talks", 4)]
)
def test_kind_file_and_tag_are_filters(opened: Opened, name: str, value: str, cards: int) -> None:
    """Only cards of that kind, file or tag, or of a tag below it, are left."""
    opened.page.select_option(f"#{name}", value)

    assert len(opened.sides()) == cards


def test_math_is_drawn(opened: Opened) -> None:
    """One part of a fraction stands above the other, in the statement and on the card."""
    opened.page.keyboard.press("f")
    tops = "parts => parts.map(part => part.getBoundingClientRect().top)"

    said = opened.page.locator(".said mfrac > *").evaluate_all(tops)
    shown = opened.page.locator(".card mfrac").first.locator("> *").evaluate_all(tops)

    assert said[0] < said[1]
    assert shown[0] < shown[1]


def test_pictures_and_sounds_are_within(browser: Browser) -> None:
    """A card's picture is drawn and its sound has a player, without any request."""
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>'
    side = Side('<img src="a%20b.svg" alt="map"><img src="gone.png">[anki:play:q:0]', ("c.mp3",))
    media = (Medium("a b.svg", picture), Medium("c.mp3", b"ID3"))
    opened = open_page(browser, page_of(view_of_cards([CardView(side, side, "question", "", (), "Cuba")], media)))
    image = opened.page.locator(".card img").first

    size = image.evaluate("image => image.decode().then(() => [image.naturalWidth, image.naturalHeight])")

    assert size == [40, 20]
    assert str(opened.page.locator(".card audio").get_attribute("src")).startswith("data:audio/mpeg;base64,")
    assert [fault for fault in opened.faults if not fault.startswith("data:")] == []
    opened.page.context.close()


def test_what_is_wide_scrolls_by_itself(browser: Browser, tmp_path: Path) -> None:
    """A long line of code leaves the rest of its card as wide as the screen, as on a phone."""
    write(tmp_path / "a.md", f"Q: What is this?\nA: long\n\n```\n{'word ' * 60}\n```\n")
    terminal = Terminal(is_quiet=True, is_verbose=False, has_colour=False)
    notes = notes_at((tmp_path,), terminal)
    opened = open_page(browser, page_for(notes, build_notes(notes, (), terminal), ()))

    opened.page.keyboard.press("f")

    widths = "screen => [screen.scrollWidth, screen.clientWidth]"
    inside, screen = opened.page.locator(".screen").first.evaluate(widths)
    assert opened.page.locator(".card pre").count() == 1
    assert inside == screen
    opened.page.context.close()


# --- how it looks -------------------------------------------------------------------------------------------------


def test_night_begins_as_the_system_has_it_and_is_switched(browser: Browser, notes_page: str) -> None:
    """A dark system gets a dark page and dark cards, and `n` makes it day."""
    opened = open_page(browser, notes_page, scheme="dark")
    paper = "card => getComputedStyle(card).backgroundColor"
    card = opened.page.locator(".card").first
    dark = card.evaluate(paper)

    opened.page.keyboard.press("n")

    assert "nightMode" not in str(card.get_attribute("class"))
    assert card.evaluate(paper) != dark
    assert opened.page.evaluate("document.documentElement.dataset.scheme") == "day"
    opened.page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, LARGE_PHONE, DESK], ids=str)
def test_every_size_and_scheme_is_accessible(
    browser: Browser, notes_page: str, size: tuple[int, int], scheme: Literal["light", "dark"]
) -> None:
    """Axe finds nothing serious with all that can be shown, and nothing makes the page scroll sideways."""
    opened = open_page(browser, notes_page, size, scheme=scheme)
    if opened.page.locator("#more").is_visible():
        opened.page.click("#more")
    opened.page.keyboard.press("f")
    opened.page.locator("summary").first.click()
    opened.page.set_viewport_size({"width": size[0], "height": 5_000})  # the rest is built, too
    expect(opened.page.get_by_text("Who flew the U-2?").first).to_be_visible()

    found = Axe().run(opened.page).response["violations"]
    overflow = opened.page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert [(each["id"], each["help"]) for each in found if each["impact"] in {"serious", "critical"}] == []
    assert overflow <= 0
    opened.page.context.close()


CONTRASTS = [
    *(("--ink", paper, 7.0) for paper in ("--page", "--paper", "--bezel")),
    *((f"--{kind}-ink", f"--{kind}-paper", 7.0) for kind in ("new", "edit", "gone", "warning", "error")),
    ("--accent", "--paper", 7.0),
    ("--quiet", "--page", 4.5),
    ("--quiet", "--paper", 4.5),
]


@pytest.mark.parametrize("scheme", ["day", "night"])
@pytest.mark.parametrize(("ink", "paper", "least"), CONTRASTS)
def test_contrast(scheme: str, ink: str, paper: str, least: float) -> None:
    """Text that matters has 7:1, the rest 4.5:1, by WCAG 2.2."""
    day, night = re.findall(r"\{([^}]*)\}", (STYLE / "colours.css").read_text())
    colours = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6})", day if scheme == "day" else night))

    lighter, darker = sorted((luminance(colours[ink]), luminance(colours[paper])), reverse=True)

    assert (lighter + 0.05) / (darker + 0.05) >= least


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_colours_stand_in_one_file() -> None:
    """So the measured contrast is the one that is shown."""
    others = "".join((STYLE / f"{name}.css").read_text() for name in STYLES if name != "colours")

    assert not re.search(r"#[0-9a-f]{3,8}\b(?!\s*\{)|rgb|hsl", others)


# --- what notes cannot do -----------------------------------------------------------------------------------------

ATTACK = '</script><img src=x onerror="hacked=1"><script>hacked=1</script>"\'\u2028@@data@@ <svg onload=hacked=1>'


def test_notes_run_nothing(browser: Browser) -> None:
    """Markup in every text of the page is text, and markup that reaches a card runs no script and fetches nothing."""
    side = Side(f'<a href="javascript:hacked=1">x</a><iframe srcdoc="<script>top.hacked=1</script>"></iframe>{ATTACK}')
    card = CardView(side, side, ATTACK, ATTACK, (ATTACK,), ATTACK, "reworded", ATTACK)
    told = Diagnostic(Span(ATTACK, 1, 1), Severity.ERROR, ATTACK, ATTACK)
    row = Row("statement", ATTACK, 1, ATTACK, reason=ATTACK, tried=((ATTACK, ATTACK),), advice=(ATTACK,))
    rows = (
        Row("file", ATTACK, 0, ATTACK, findings=(told,)),
        Row("heading", ATTACK, 1, ATTACK, trail=(ATTACK,)),
        row,
        Row("pair", ATTACK, 2, ATTACK, answer=ATTACK, cards=(card, card)),
    )
    opened = open_page(browser, page_of(View(ATTACK, rows, (), (), (), "")))
    opened.page.locator(".screen").first.click()
    opened.page.keyboard.press("f")
    opened.page.locator(".card a").first.evaluate("link => link.removeAttribute('target') || link.click()")

    assert opened.page.locator("h1").inner_text().startswith("</script><img src=x onerror=")
    assert opened.page.evaluate("typeof hacked") == "undefined"
    assert opened.page.locator("#rows .said :is(img, script, svg), header :is(img, script, svg)").count() == 0
    assert [fault for fault in opened.faults if fault.startswith("http")] == []
    opened.page.context.close()


# --- many cards ---------------------------------------------------------------------------------------------------


def view_of_cards(cards: list[CardView], media: tuple[Medium, ...] = ()) -> View:
    """A page of statements with two cards each."""
    rows = [
        Row("statement", "a.txt", place + 1, f"statement {place + 1}", cards=tuple(cards[2 * place : 2 * place + 2]))
        for place in range((len(cards) + 1) // 2)
    ]
    return View("Cuba", (Row("file", "a.txt", 0, "a.txt"), *rows), (), (), media, "")


def test_thousands_of_cards_are_built_when_they_are_near(browser: Browser) -> None:
    """Of 5,000 cards a few dozen are in the page at its beginning, at its end and on the way; `End` shows the last."""
    cards = [
        CardView(Side(f"front {number}"), Side(f"back {number}"), "cloze", "", (), "Cuba") for number in range(5_000)
    ]
    opened = open_page(browser, page_of(view_of_cards(cards)))
    counts = [opened.page.locator(".phone").count()]
    chunks = opened.page.locator(".chunk").count()
    for share in (0.3, 0.6):
        opened.page.evaluate(f"scrollTo(0, {share} * document.body.scrollHeight)")
        expect(opened.page.locator(f".chunk[data-chunk='{int(share * chunks)}'] .phone")).not_to_have_count(0)
        counts.append(opened.page.locator(".phone").count())
    opened.page.keyboard.press("End")

    expect(opened.page.get_by_text("statement 2500", exact=True)).to_be_in_viewport()
    counts.append(opened.page.locator(".phone").count())
    assert all(0 < count < 100 for count in counts)
    opened.page.fill("#search", "back 4321")
    expect(opened.page.get_by_text("statement 2161", exact=True)).to_be_in_viewport()
    opened.page.context.close()


# --- live ---------------------------------------------------------------------------------------------------------


def test_a_live_page_loads_the_newer_one_and_stays_where_it_was(browser: Browser) -> None:
    """On `reload` it shows the new page, with the search, the turned cards and the place as they were."""
    first = [CardView(Side(f"front {n}"), Side(f"back {n}"), "cloze", "", (), "Cuba") for n in range(200)]
    second = [CardView(Side(f"FRONT {n}"), Side(f"BACK {n}"), "cloze", "", (), "Cuba") for n in range(200)]
    pages = [page_of(view_of_cards(cards), is_live=True) for cards in (first, second)]
    with served(pages) as (address, changes):
        context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        page = context.new_page()
        page.set_default_timeout(5_000)
        page.goto(address)
        expect(page.locator("#live")).to_have_class(re.compile("is-on"))
        page.fill("#search", "statement 5")
        page.evaluate("scrollTo(0, 6_000)")
        row = page.locator("[data-chunk='2'] .row").nth(1)
        row.locator(".turn").first.click()
        where, said = row.bounding_box(), row.locator(".card").all_inner_texts()

        changes.put("reload")

        expect(row.locator(".card").first).to_have_text(said[0].upper())
        assert row.locator(".card").all_inner_texts() == [said[0].upper(), said[1].upper()]
        assert page.input_value("#search") == "statement 5"
        assert row.bounding_box() == where
        context.close()


@contextmanager
def served(pages: list[str]) -> Iterator[tuple[str, Queue[str]]]:
    """A server of some pages, one after another: its address, and what it is to say to who listens."""
    left, changes = list(pages), Queue[str]()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_page = self.path == "/"
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8" if is_page else "text/event-stream")
            self.end_headers()
            if is_page:
                self.wfile.write(left.pop(0).encode())
                return
            self.wfile.write(b": here\n\n")
            self.wfile.flush()
            if message := changes.get():
                self.wfile.write(f"data: {message}\n\n".encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", changes
        changes.put("")
        server.shutdown()


# --- the command --------------------------------------------------------------------------------------------------


def test_the_command_writes_the_page_and_nothing_else(program: Program, tmp_path: Path) -> None:
    """It prints the path, tells the counts, and leaves ledger and package alone."""
    write(tmp_path / "source_notes" / "a.txt", "The ==blockade== began\n")

    done = program("preview")

    assert (done.code, done.out) == (0, str(Path("build") / "source-notes.html") + "\n")
    assert done.err == "1 card in 1 note; 1 of 1 statement asked\n1 new\n"
    files = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert files == ["build/source-notes.html", "source_notes/a.txt"]
    assert read_ledger(tmp_path / "source_notes").entries == ()


def test_the_same_notes_give_the_same_page(program: Program, tmp_path: Path) -> None:
    """A page has no time in it."""
    write(tmp_path / "a.txt", "The ==blockade== began\n")
    program("preview", "a.txt", "-o", "one.html")

    program("preview", "a.txt", "-o", "two.html")

    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_unchanged_statements_say_why_they_have_no_card(program: Program, tmp_path: Path) -> None:
    """The reason of the day that they got none is told again, not only that nothing changed."""
    write(tmp_path / "a.txt", "The ==blockade== began\nmaybe\n")
    program("build", "a.txt", "-o", "a.apkg")

    program("preview", "a.txt", "-o", "a.html")

    assert "no template fits" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_errors_of_the_notes_are_shown_and_told(program: Program, tmp_path: Path) -> None:
    """The page is written all the same, and the exit code is 1."""
    write(tmp_path / "notes" / "a.txt", "The ==blockade== began\n")
    write(tmp_path / "notes" / "b.txt", b"\xff\n")

    done = program("preview", "notes", "-o", "a.html")

    assert done.code == 1
    assert "error[not-utf8]" in done.err
    assert "save the file as utf-8" in (tmp_path / "a.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("output", "said"),
    [("a.apkg", 'name does not end in ".html"'), ("folder.html", "is a directory"), ("", "the path is empty")],
)
def test_no_page_is_written_where_none_can_be(program: Program, tmp_path: Path, output: str, said: str) -> None:
    """One line says why, and the exit code is 2."""
    write(tmp_path / "a.txt", "The ==blockade== began\n")
    (tmp_path / "folder.html").mkdir()

    done = program("preview", "a.txt", "-o", output)

    assert (done.code, done.out) == (2, "")
    assert said in done.err


@pytest.mark.skipif(sys.platform != "linux", reason="other systems open files in other ways")
def test_where_nothing_opens_pages_that_is_said(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is there all the same."""
    write(tmp_path / "a.txt", "The ==blockade== began\n")
    monkeypatch.setenv("PATH", str(tmp_path))

    done = program("preview", "a.txt", "-o", "a.html", "--open")

    assert (done.code, done.out) == (0, "a.html\n")
    assert done.err.endswith("a.html: there is no browser to open it with\n")
