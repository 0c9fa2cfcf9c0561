"""Cards as a phone draws them: a deck of everything that is hard to show, through Anki, in a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from anki_collection import ShownCard, imported, opened_collection, shown_cards
from axe_playwright_python.sync_playwright import Axe
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from crisis_cards.cli.group import cli, run
from crisis_cards.diagnostics import Span
from crisis_cards.model import (
    Card,
    Cloze,
    Exhibit,
    ExhibitKind,
    Fact,
    Mark,
    MarkKind,
    Pair,
    Question,
    Statement,
    Wording,
)
from crisis_cards.render import fields_of, why_not
from crisis_cards.render.listing import MAX_CHARACTERS

STRESS = Path(__file__).parent / "stress"
SIZES = [(360, 740), (412, 915), (1280, 800)]
SCHEMES = {"day": "card", "night": "card nightMode night_mode"}
MATTERS = [".prompt", ".answer", ".context", ".statement", ".cloze", ".code"]

# Around a card as Anki's reviewer has it on a phone.
PAGE = """<!doctype html><html lang="en" class="mobile android"><meta charset="utf-8"><title>Anki</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><body class="card"><main>{}</main>"""


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[ShownCard], Path]]:
    """The cards of the stress deck as Anki shows them, and the folder of its media."""
    folder = tmp_path_factory.mktemp("stress")
    shutil.copytree(STRESS, folder / "notes")
    assert run(cli, ["build", "-q", str(folder / "notes"), "-o", str(folder / "stress.apkg")]) == 0
    with opened_collection() as collection:
        imported(collection, folder / "stress.apkg")
        yield shown_cards(collection), Path(collection.media.dir())


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own."""
    page = browser.new_page()
    yield page
    page.close()


def shown(page: Page, folder: Path, body: str) -> None:
    """Show HTML beside the media that it names."""
    file = folder / "side.html"
    file.write_text(PAGE.format(body), encoding="utf-8")
    page.goto(file.as_uri())
    file.unlink()


def test_the_stress_deck_is_hard(cards: tuple[list[ShownCard], Path]) -> None:
    """It has what is hard to show, so that the tests below look at it."""
    sides = "".join(card.question + card.answer for card in cards[0])

    for sign in ('class="code"', "hl-k", "<table>", "<img", "[anki:play:", r"\(", r"\[", "<ul>", "<details", "<sub>"):
        assert sign in sides
    assert max(len(card.answer) for card in cards[0]) > 2_000
    assert any("\u0590" < character < "\u06ff" for character in sides)


def test_no_card_scrolls_sideways(cards: tuple[list[ShownCard], Path], page: Page) -> None:
    """On every screen, by day and by night, each side of each card is as wide as the screen and no wider."""
    wide = []
    for card in cards[0]:
        for side in (card.question, card.answer):
            shown(page, cards[1], side)
            for width, height in SIZES:
                page.set_viewport_size({"width": width, "height": height})
                for name, classes in SCHEMES.items():
                    page.evaluate("classes => document.body.className = classes", classes)
                    if page.evaluate("document.documentElement.scrollWidth") > width:
                        wide.append((card.guid, width, name))

    assert wide == []


def test_pictures_fit_and_load(cards: tuple[list[ShownCard], Path], page: Page) -> None:
    """Each picture is there, no wider than the screen and no higher than most of it."""
    page.set_viewport_size({"width": 360, "height": 740})
    for card in cards[0]:
        shown(page, cards[1], card.answer)
        page.wait_for_function("[...document.images].every(each => each.complete)")
        sizes = page.evaluate("[...document.images].map(each => [each.naturalWidth, each.width, each.height])")

        assert all(natural > 0 and width <= 360 and height <= 600 for natural, width, height in sizes)


def test_nothing_that_a_note_says_runs(cards: tuple[list[ShownCard], Path], page: Page) -> None:
    """Scripts and handlers in the notes are text or gone, on every side of every card."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    for card in cards[0]:
        for side in (card.question, card.answer):
            shown(page, cards[1], side)

            assert page.title() == "Anki"
            assert (
                page.evaluate("document.querySelectorAll('script, iframe, [onclick], [onerror], [onload]').length") == 0
            )
    assert {url.partition(":")[0] for url in requests} == {"file"}


def test_blanks_have_one_width_and_say_their_kind(cards: tuple[list[ShownCard], Path], page: Page) -> None:
    """The width of a blank tells nothing of its answer; a hint stands in it."""
    page.set_viewport_size({"width": 1280, "height": 800})
    widths: dict[str, set[int]] = {}
    for card in cards[0]:
        shown(page, cards[1], card.question)
        blanks = page.evaluate(
            "[...document.querySelectorAll('.cloze[data-cloze]')].map(each => [each.textContent, each.offsetWidth])"
        )
        for text, width in blanks:
            widths.setdefault(text, set()).add(width)

    assert widths.keys() >= {"[...]", "[date]"}
    assert min(min(each) for each in widths.values()) > 60
    assert all(max(each) - min(each) <= 1 for each in widths.values())  # of rounding


def test_a_screen_reader_meets_things_in_order(cards: tuple[list[ShownCard], Path], page: Page) -> None:
    """What a card is about, then what is asked, then the answer, then what else there is, then where it is from."""
    order = ["topic", "context", "prompt", "answer", "extra", "source"]
    for card in cards[0]:
        shown(page, cards[1], card.answer)

        found = page.evaluate("[...document.querySelector('main').children].map(each => each.className)")
        places = [order.index(name) for name in found if name in order]
        assert places == sorted(places)
        assert "prompt" in found


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_serious(cards: tuple[list[ShownCard], Path], page: Page, scheme: str) -> None:
    """All sides at once: no serious or critical violation, and 7:1 for all that matters, by what is really drawn."""
    sides = [
        f'<section class="{SCHEMES[scheme]}">{side}</section>'
        for card in cards[0]
        for side in (card.question, card.answer)
    ]
    shown(page, cards[1], "".join(sides).replace('id="answer"', ""))
    page.evaluate("classes => document.body.className = classes", SCHEMES[scheme])
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

    found = Axe().run(page).response["violations"]
    enhanced = {"runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}}
    pale = Axe().run(page, context={"include": [[each] for each in MATTERS]}, options=enhanced).response

    assert [each["id"] for each in found if each["impact"] in {"serious", "critical"}] == []
    assert pale["passes"]
    assert [node["html"] for each in pale["violations"] for node in each["nodes"]] == []


# --- text of any shape ---------------------------------------------------------------------------------------------

SPAN = Span("n.md", 1, 1)

NASTY = [
    *("<", ">", "&", '"', "'", "</div>", "<script>x()</script>", "<img src=x onerror=x()>", "<svg onload=x()>"),
    *("<!--", "-->", "<![CDATA[", "</pre>", "</code>", "</td></table>", "<style>*{}</style>", "javascript:x()"),
    *("{{c1::", "}}", "::", "[sound:x]", "[anki:play:q:0]", "\\(", "\\)", "\\[", "{{Front}}", "&lt;", "&#60;", "\n"),
    *("<math><mtext><table><mglyph><style><img src=x onerror=x()>", "<details open ontoggle=x()>", "<a href='"),
    *(
        "<iframe srcdoc='<script>'>",
        "<p style='position:fixed'>",
        "' onerror='x()",
        '" onerror="x()',
        "<base href=//x>",
    ),
    *("\u2028", "\u202e", "\u0338", "\x00", "`", "x < y"),
]
TEXTS = st.lists(st.one_of(st.text(max_size=6), st.sampled_from(NASTY)), min_size=1, max_size=6).map("".join)
KINDS = st.sampled_from([kind for kind in MarkKind if kind is not MarkKind.BLANK])
MARKS = st.lists(
    st.builds(Mark, st.integers(0, 12), st.integers(0, 30), KINDS, target=st.just("https://x.org")), max_size=3
)
EXHIBITS = st.lists(
    st.one_of(
        st.builds(Exhibit, st.sampled_from([ExhibitKind.HTML, ExhibitKind.MATH]), TEXTS),
        st.builds(Exhibit, st.just(ExhibitKind.CODE), TEXTS, st.sampled_from(["", "python", "html", "no language"])),
        st.builds(Exhibit, st.just(ExhibitKind.PICTURE), TEXTS, st.just("crisis-cards-0.png")),
    ),
    max_size=2,
).map(tuple)

# Parses each field between two marks as a browser does, and says what got out of it or should not be in it.
LOOK = """fields => fields.map(html => {
    const page = `<i id=before></i><div id=own>${html}</div><i id=after></i>`;
    const parsed = new DOMParser().parseFromString(page, "text/html");
    const own = parsed.getElementById("own");
    const names = [...own.querySelectorAll("*")].map(each => each.localName);
    const attributes = [...own.querySelectorAll("*")].flatMap(each => each.getAttributeNames());
    const isWhole = parsed.body.children.length === 3 && parsed.head.children.length === 0;
    return [isWhole, names, attributes];
})"""
ELEMENTS = frozenset(
    "a b blockquote br caption code col dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins "
    "kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td tfoot th thead tr u ul "
    "var".split()
)
ATTRIBUTES = frozenset("class dir tabindex href src alt colspan rowspan".split())


def within(text: str, marks: list[Mark]) -> tuple[Mark, ...]:
    """Marks that lie in a text."""
    return tuple(mark for mark in marks if mark.start < mark.end <= len(text))


def fields_when_shown(block: Pair | Statement, wording: Wording) -> tuple[str, ...]:
    """The fields of an author's card, if it can be one."""
    said = block.answer if isinstance(block, Pair) else block.text
    fact = Fact(block, said, said, "", remarks=(said,), expansions=((said, said),))
    return () if why_not(wording) else fields_of(Card(fact, "author", wording), "key")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(st.tuples(TEXTS, TEXTS, MARKS, EXHIBITS), min_size=1, max_size=12))
def test_no_text_escapes_its_field(page: Page, drawn: list[tuple[str, str, list[Mark], tuple[Exhibit, ...]]]) -> None:
    """Whatever a note says, a browser's own parser finds it inside its field, and there only what cannot run."""
    fields: list[str] = []
    for one, two, marks, exhibits in drawn:
        blank = Mark(0, len(one), MarkKind.BLANK, 1, two)
        fields += fields_when_shown(
            Pair(SPAN, (), one, two, answer_marks=within(two, marks), answer_exhibits=exhibits),
            Question(one, two, (one,), (two,)),
        )
        # Blanks are braces, which stand in no other field.
        fields += fields_when_shown(
            Statement(SPAN, (), two, within(two, marks), exhibits=exhibits, columns=(one, two)),
            Cloze(one, (blank, *within(one, marks))),
        )[1:]

    looks = page.evaluate(LOOK, fields)

    assert not any("{{" in field or "[sound:" in field or "[anki:" in field for field in fields)
    for is_whole, names, attributes in looks:
        assert is_whole
        assert set(names) <= ELEMENTS
        assert set(attributes) <= ATTRIBUTES


@pytest.mark.parametrize("language", ["", "python", "html", "js", "no such language"])
def test_code_is_shown_letter_for_letter(page: Page, language: str) -> None:
    """In whatever colours: what is between its ends is the author's code, and nothing in it is taken for markup."""
    code = 'x = "</code></pre><b>" # <i> & &amp; {{c1::y}}\n  def f(): """[sound:z]"""\n\tif x < 1: \'\u0338\''
    pair = Pair(SPAN, (), "What?", "this", answer_exhibits=(Exhibit(ExhibitKind.CODE, code, language),))

    answer = fields_when_shown(pair, Question("What?", "this"))[1]

    page.set_content(answer)
    assert page.locator("pre").inner_text() == code.replace("\t", "    ")


def test_long_code_is_plain() -> None:
    """What would take long to colour is shown as it is."""
    code = "x = 1\n" * (1 + MAX_CHARACTERS // 6)
    short, long = (
        fields_when_shown(
            Pair(SPAN, (), "What?", "this", answer_exhibits=(Exhibit(ExhibitKind.CODE, text, "python"),)),
            Question("What?", "this"),
        )[1]
        for text in (code[: MAX_CHARACTERS - 1], code)
    )

    assert "hl-m" in short
    assert "hl-m" not in long


def test_a_formula_makes_no_link_that_runs() -> None:
    """MathJax makes links in formulas; one to a script is broken, and looks the same."""
    pair = Pair(SPAN, (), "What?", r"\(\href{JavaScript:x()}{y}\)")

    answer = fields_when_shown(pair, Question(pair.prompt, pair.answer))[1]

    assert "javascript:" not in answer.lower()
    assert answer.replace("\u200b", "") == r"\(\href&#123;JavaScript:x()&#125;&#123;y&#125;\)"
