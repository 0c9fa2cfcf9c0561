"""Decks of other tools and tables, built: what those tools keep for themselves is on no card."""

from __future__ import annotations

import html
import re
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_whole_way import built

from crisis_cards.language import Parser
from crisis_cards.pipeline import Build
from crisis_cards.reading import NAMES, read
from crisis_cards.reading.syntaxes import SYNTAXES, syntax_of
from crisis_cards.source import Source

DECKS = Path(__file__).parent / "decks"
EXPORT = (
    "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n"
    "k/z3<%qGUID\tBasic\tGeo\tcapital of <b>Peru</b>\tLima\tgeo\n"
    "k/z4<%qGUID\tCloze\tGeo\tThe {{c1::Seine}} flows to\tthe Channel\t\n"
)
SHEET = "id,front,back,due,interval\n990011,Hund,dog,2031-05-01,4711\n990012,Katze,cat,2031-05-02,4712\n"
KEPT = (
    *("<!--", "ID:", "1612345678901", "1612345678902", "Tags:", "Deck:"),  # inka
    "[#",  # mdanki
    *(">>", ";;", "]()", "Draft", "Portal", "{{chloroplast", "{({"),  # RemNote
    *("C: ", "Q: ", "name ="),  # hashcards
    *("GUID", "9900", "2031", "4711", "separator", "column:"),
)
"""What the tools of the sample decks write for themselves; the words are in no card's text otherwise."""


@pytest.fixture(scope="module")
def made(parser: Parser, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """All decks and two tables, built together."""
    folder = tmp_path_factory.mktemp("decks")
    for deck in ("hashcards.md", "inka.md", "mdanki.md", "remnote.md", "remnote.outline.txt"):
        shutil.copy(DECKS / deck, folder / deck)
    (folder / "export.txt").write_text(EXPORT, encoding="utf-8")
    (folder / "sheet.csv").write_text(SHEET, encoding="utf-8")
    return built(folder, parser)


def texts(made: Build) -> list[str]:
    """The fields and tags of all notes as a reader sees them."""
    said = [text for note in made.deck.notes for text in (*note.fields, *note.tags)]
    return [html.unescape(re.sub(r"<[^>]*>", "", text)) for text in said]


@pytest.mark.parametrize("sign", KEPT)
def test_tools_own_is_on_no_card(made: Build, sign: str) -> None:
    """No id, schedule or sign of another tool reaches a field of a note."""
    code = ("Q: not a question", "cin >> x")  # what the sample decks show as code

    found = [text for text in texts(made) if sign in text]

    assert [text for text in found if not any(each in text for each in code)] == []


@pytest.mark.parametrize(
    ("path", "least"),
    [("hashcards.md", 14), ("inka.md", 9), ("mdanki.md", 9), ("remnote.md", 21), ("remnote.outline.txt", 5)],
)
def test_every_deck_has_its_cards(made: Build, path: str, least: int) -> None:
    """Each sample deck gives at least the notes that its tool would make."""
    assert sum(any(path in field for field in note.fields) for note in made.deck.notes) >= least


def test_tables_have_their_cards(made: Build) -> None:
    """A row is a note: two of the sheet, two of the export."""
    counts = [
        sum(any(path in field for field in note.fields) for note in made.deck.notes) for path in ("sheet", "export")
    ]

    assert counts == [2, 2]


def test_tools_are_named(made: Build) -> None:
    """What was read as another tool's says whose it is, as `explain` tells."""
    assert {document.path: document.syntax for document in made.documents if document.syntax} == {
        "hashcards.md": "hashcards",
        "inka.md": "inka",
        "mdanki.md": "mdanki",
        "remnote.md": "RemNote",
        "remnote.outline.txt": "RemNote",
    }


LINES = st.sampled_from(
    (
        *(
            "---",
            "Q: alpha",
            "A: beta",
            "A:",
            "C: [gamma] and [delta]",
            "C: [`x`] \\[epsilon\\]",
            "[[zeta]] [std::eta]",
        ),
        *(
            "Deck: theta",
            "Tags: iota",
            "1. kappa {lambda}",
            "2. mu",
            "> nu",
            "> ```",
            "<!--ID:12-->",
            "{1::xi} {omicron",
        ),
        *("# pi", "## rho", "%", "[#sigma](tau)", "upsilon", "```", "[latex]phi[/latex]", "| a | [b] |", "| - | - |"),
        *("- chi >> psi", "  - omega ;; one", "    - two >>>", "      - three", "- four >>1.", "  - five :< six"),
        *("- {{seven}}{({eight})}", "- nine ;< ten", "  - eleven ;<> twelve", "- thirteen >>A) a B) b", "\t- [T]();-x"),
        *("", "", "fourteen :: fifteen", "- sixteen >- seventeen", "$x [y]$", "**", "<b>", "![a](b.png)", "::", " >> "),
    )
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=25), st.sampled_from([name for name in NAMES if name != "notes"]))
def test_any_lines(lines: list[str], name: str) -> None:
    """Whatever stands in a file of any tool, each line with words is in some block, on lines that the file has."""
    document, _ = read(Source("a.md", "\n".join(lines), 0), [("*.md", name)])

    covered = {line for block in document.blocks for line in range(block.span.first, block.span.last + 1)}
    assert {number for number, line in enumerate(lines, 1) if line.strip()} <= covered
    assert all(1 <= block.span.first <= block.span.last <= len(lines) for block in document.blocks)


@pytest.mark.parametrize(
    "sign", ["[", "![", "{", "{{", "{{a}}", "`", "$x ", "\\[", "]()", "[#a]", "a >> ", " ;; ", "{1::", " ## ", "[a]("]
)
def test_long_lines_end(sign: str) -> None:
    """A line of many openings is looked through in seconds, whatever syntax is looked for."""
    text = sign * (300_000 // len(sign))
    start = time.perf_counter()

    for syntax in SYNTAXES:
        lines = ["---", "Deck: a", f"1. {text}", f"C: {text}", "Q: a", f"A: {text}", f"## {text}", f"- x {text}", "---"]
        syntax.is_written(lines)
        list(syntax.cards(lines))
        syntax.told(lines)

    assert time.perf_counter() - start < 15


@pytest.mark.parametrize("line", ["some words", "1. some words", "> some words", "FROZEN - Basic:", "#+begin_src"])
def test_long_sections_end(line: str) -> None:
    """A section of many lines alike is looked through in seconds, whatever syntax is looked for."""
    lines = ["---", "* A :drill:fc:", ":FC_TYPE: normal", *[line] * 20_000, "---"]
    start = time.perf_counter()

    for syntax in SYNTAXES:
        syntax.is_written(lines)
        list(syntax.cards(lines))

    assert time.perf_counter() - start < 15


@pytest.mark.parametrize(
    "text",
    [
        "- File >> Open\n- Settings >> Display >> Night\n- x << 2 shifts\n",
        "- cin >> x reads\n- cout << y writes\n- std::vector\n",
        "(defun f (x) ;; adds\n  (+ x 1)) ;; one\n",
        "- a <> b in SQL\n- b <> c, too\n",
        "quarantine :: a blockade\nExComm ::: advisers\n- {{c1::one}} and {{date}}\n",
        "```\n- What? >> x\n- a >>>\n  - b\n```\n",
        "# Deck\n\n## What is it?\n\nA thing of 100 %\n\n## And this?\n\n[a link](x.md) [another](y.md)\n",
        "## Code\n\n```\n%\n[#tag]()\n```\n",
        "%\n\nA percent sign above all headings\n\n## One\n",
        "---\ntitle: x\n---\n\n1. one {a}\n2. two\n\n> quoted\n\n---\n\nDeck: of a ship\n",
        "---\n\n1. Who said so?\n\n> I did\n\n---\n",
        "Q: Who?\nA: I\n\nQ: When?\nA: Now\n",
        "C: drive is full\n",
        "C:\\Users [x]\n",
        "A: [one]\nB: [two]\n",
    ],
)
@pytest.mark.parametrize("path", ["a.md", "a.txt"])
def test_notes_with_signs_are_notes(text: str, path: str) -> None:
    """Signs that a tool uses, and that notes have for other reasons, make no file that tool's."""
    assert syntax_of(Source(path, text, 0)) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Q: Who?\nA:\n\n- I\n\nQ: When?\nA: Now\n", "hashcards"),
        ("Q: Who?\nA: I\n---\nQ: When?\nA: Now\n", "hashcards"),
        ('---\nname = "D"\n---\nQ: Who?\nA: I\n', "hashcards"),
        ("---\nTags: a\n1. Who?\n> I\n---\n", "inka"),
        ("---\n<!--ID:1-->\n1. It was {me}\n---\n", "inka"),
        ("---\n1. Who was it?\n> I\n2. When?\n> Now\n---\n", "inka"),
        ("## Who?\nSay it.\n%\nI\n", "mdanki"),
        ("## Who?\nI\n\n[#a]() [#b c](d.md)\n", "mdanki"),
        ("- Who? >>1.\n  - I\n", "remnote"),
        ("- Who was it? >> I\n- When was it? >> Now\n", "remnote"),
        ("- Cell :: unit of life\n  - has ;; a membrane\n", "remnote"),
    ],
)
def test_telling_signs(text: str, name: str) -> None:
    """A few lines tell a tool's deck, if they hold what nothing else has."""
    found = syntax_of(Source("a.md", text, 0))

    assert found is not None
    assert found.name == name
