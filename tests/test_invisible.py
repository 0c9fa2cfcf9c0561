"""What cannot be seen, and what word processors write for what was typed: no sign is lost by it, and no identity."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from conftest import Program, write
from hypothesis import given
from hypothesis import strategies as st

from crisis_cards.diagnostics import Span
from crisis_cards.facts.shorthand import written_out
from crisis_cards.identity import words
from crisis_cards.model import Heading, Mark, MarkKind, Pair, Statement
from crisis_cards.reading import read
from crisis_cards.reading.clearing import cleared
from crisis_cards.render.directions import balanced
from crisis_cards.render.markup import html_of, marked
from crisis_cards.source import Source

UNSEEN = ["\u200b", "\ufeff", "\u2060", "\xad"]
CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def said(text: str, suffix: str = ".md") -> list[object]:
    """The blocks of a text, each without its place."""
    found: list[object] = []
    for block in read(Source(f"a{suffix}", text, 0))[0].blocks:
        match block:
            case Heading():
                found.append(("heading", block.text))
            case Pair():
                found.append(("pair", block.prompt, block.answer, block.tags))
            case Statement():
                blanks = [block.text[mark.start : mark.end] for mark in block.marks if mark.kind is MarkKind.BLANK]
                found.append((block.text, blanks, block.tags, block.name, block.called))
            case _:
                found.append((block.text, block.reason))
    return found


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize("suffix", [".md", ".txt"])
@pytest.mark.parametrize(
    "text",
    [
        "*# Cuba\n\nCastro spoke",
        "#* Cuba\n\nCastro spoke",
        "*- Castro spoke\n*- Kennedy spoke",
        "*1. Castro spoke\n*2. Kennedy spoke",
        "*Q: Who?\n*A: He",
        "Q*: Who?*\nA:* He*",
        "term* ::* definition",
        "The =*=blockade=*=* began",
        "The ==*blockade*== began",
        "{*{c1::*Castro*}} spoke",
        "Castro spoke *#exam*",
        "Castro spoke #ex*am #skip(he)*",
        "He spoke #he(Castro)*",
        "Castro spoke ^who-spoke*",
        "*---\n*\nCastro spoke",
    ],
)
def test_nothing_unseen_keeps_a_sign_from_being_read(text: str, suffix: str, unseen: str) -> None:
    """With or without what cannot be seen beside them, signs are read as the same."""
    assert said(text.replace("*", unseen), suffix) == said(text.replace("*", ""), suffix)


@pytest.mark.parametrize("direction", ["\u200e", "\u200f", "\u202a", "\u202e", "\u2068", "\u200d"])
@pytest.mark.parametrize(
    "text", ["*# Cuba", "*- Castro spoke", "*Q: Who?\n*A: He", "*==Castro== spoke", "*1. Castro spoke"]
)
def test_directions_before_a_sign(text: str, direction: str) -> None:
    """A mark or control of direction before the sign of a line does not hide it."""
    assert said(text.replace("*", direction)) == said(text.replace("*", ""))


@pytest.mark.parametrize("space", ["\xa0", "\u202f", "\u2009", "\u3000"])
@pytest.mark.parametrize(
    "text", ["#_Cuba", "-_Castro spoke\n-_Kennedy spoke", "1._Castro spoke\n2._Kennedy spoke", "Q:_Who?\nA:_He",
             "term_::_definition", "Castro spoke_#exam_#skip(he)", "- Castro\n__- spoke"]
)  # fmt: skip
def test_spaces_of_other_widths(text: str, space: str) -> None:
    """A space beside a sign may have any width."""
    assert said(text.replace("_", space)) == said(text.replace("_", " "))


def test_what_is_within_words_stays() -> None:
    """Soft hyphens, joiners and marks of direction within words and sentences are shown as they were written."""
    for text in (
        "Donau\xaddampf\xadschiff",
        "می\u200cخواهم",
        "👩\u200d🚀 flew",
        "ประ\u200bเทศ",
        "שלום\u200f C",
        "a\u2066b\u2069c",
    ):
        assert cleared(text) == text


def test_pages_and_breaks() -> None:
    """A form feed before a line hides nothing; every line keeps its number."""
    text = "\f# Cuba\n\n\f- Castro spoke\x0bonce\u2028more\x85now"

    assert said(text) == [("heading", "Cuba"), ("Castro spoke once more now", [], (), "", ())]
    assert cleared(text).count("\n") == text.count("\n")


@given(
    st.text(st.sampled_from(["a", " ", "\n", "#", "=", ":", "-", "\f", "\xa0", *UNSEEN, "\u200e", "\u202e", "\u2069"]))
)
def test_clearing_keeps_words_and_lines(text: str) -> None:
    """What is taken out is nothing that counts, and no line."""
    found = cleared(text)

    assert found.count("\n") == text.count("\n")
    assert re.sub(r"[^a#=:\n-]", "", found) == re.sub(r"[^a#=:\n-]", "", text)


@pytest.mark.parametrize("run", ["\u200b", "\xa0", "\u200e", "#\u200b", "a\u200b", " \u200b", "\f", "\u202e"])
def test_long_runs(run: str) -> None:
    """A line of a million of them is cleared in a moment."""
    assert cleared("é" + run * 1_000_000 + "a").endswith("a")


# --- identity -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ('Castro\'s "no"', "Castro’s “no”"),
        ("Castro's", "Castro´s"),
        ("26 Oct - war", "26\xa0Oct – war"),
        ("the first office", "the ﬁrst oﬃce"),
        ("café Orléans", unicodedata.normalize("NFD", "café Orléans")),
        ("anti-aircraft", "anti\u2011aircraft"),
        ("international", "in\xadter\u200bnation\u2060al\ufeff"),
        ("fell to -5 degrees", "fell to −5 degrees"),
        ("1/2 of it", "½ of it"),
        ("A -> B <- C => D", "A → B ← C ⇒ D"),
        ("and so on...", "and so on…"),
        ("JFK 1962", "ＪＦＫ １９６２"),
        ("U Thant spoke", "\u2068U Thant\u2069 \u202aspoke\u202c\u200f"),
        ("ok ❤", "ok ❤\ufe0f"),
        ("flag", "flag\U000e0067\U000e007f"),
        ("straße", "STRASSE"),
    ],
)
def test_a_trip_changes_no_words(typed: str, other: str) -> None:
    """Two ways to write the same are the same words."""
    assert words(typed) == words(other)


@pytest.mark.parametrize(("one", "other"), [("-5", "5"), ("1/2", "12"), ("A -> B", "A <- B"), ("x → y", "x y")])
def test_what_differs_still_differs(one: str, other: str) -> None:
    """Signs that tell are not lost with those that do not."""
    assert words(one) != words(other)


TYPED = """\
# The Crisis

26 Oct 1962 - Castro ordered Cuban anti-aircraft forces to start firing on low-level planes
The ExComm's advisers met in Washington on 16 Oct 1962
Kennedy said "no invasion" to Khrushchev
The café in Orléans was the first office of the naïve négociateur
Brinkmanship was a high-risk strategy in international relations
Q: Who flew the U-2? A: Major Rudolf Anderson
quarantine :: a blockade by another name
The ==blockade== began on 24 Oct 1962 #exam
"""
TRIP = {
    "'": "’",
    ' "no': " “no",
    'sion"': "sion”",
    " - ": " – ",
    "26 Oct": "26\xa0Oct",
    "first office": "ﬁrst oﬃce",
    "inter": "in\xadter",
    "anti-air": "anti\u2011air",
    "Q: ": "\ufeffQ:\xa0",
    ":: a": "::\xa0a",
    "24 Oct": "24\u202fOct",
    "Kennedy": "\u200bKennedy",
    "#exam": "\u200b#exam\u200b",
    "# The": "\u200e#\xa0The",
}


def test_a_trip_through_word_and_a_mac(program: Program, tmp_path: Path) -> None:
    """Notes that come back from a word processor, or with accents in two parts, are the same notes in other letters."""
    file = write(tmp_path / "notes" / "a.txt", TYPED)
    assert program("build", "notes").code == 0
    away = TYPED
    for typed, written in TRIP.items():
        assert typed in away
        away = away.replace(typed, written)
    for came_back in (away.replace("\n", "\r\n").encode("utf-16"), unicodedata.normalize("NFD", TYPED).encode()):
        write(file, came_back)

        done = program("diff", "notes", "--json")

        assert done.code == 0
        assert {change["kind"] for change in json.loads(done.out)} <= {"reworded"}


def test_parsers_read_what_was_typed() -> None:
    """What cannot be seen, ligatures, accents in two parts and wide spaces are written out for the parser."""
    text = "Cas\xadtro’s ﬁrst\xa0cafe\u0301 fell to −5"
    found = text
    for piece in reversed(list(written_out(text))):
        found = found[: piece.start] + piece.text + found[piece.end :]

    assert found == "Castro’s first café fell to -5"


# --- directions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a \u202eb", "a \u202eb\u202c"),
        ("a\u202c b\u2069", "a b"),
        ("\u2067a \u202eb", "\u2067a \u202eb\u202c\u2069"),
        ("\u202ea\u2069b", "\u202eab\u202c"),
        ("\u2068a\u202ab\u2069c", "\u2068a\u202ab\u2069c"),
        ("\u2068a\u202cb\u2069c\u202c", "\u2068ab\u2069c"),
        ("שלום (a)", "שלום (a)"),
    ],
)
def test_directions_end_where_a_text_ends(text: str, shown: str) -> None:
    """What is open is closed at the end, what closes nothing is gone, and what is whole stays as it is."""
    assert balanced(text) == html_of(text) == shown


@given(st.text(st.sampled_from(list(f"ab{CONTROLS}"))))
def test_every_text_is_balanced(text: str) -> None:
    """A balanced text needs nothing more, and has the same letters in the same order."""
    found = balanced(text)

    assert balanced(found) == found
    assert re.sub(f"[{CONTROLS}]", "", found) == re.sub(f"[{CONTROLS}]", "", text)
    assert sum(map(found.count, "\u202a\u202b\u202d\u202e")) >= found.count("\u202c")
    assert sum(map(found.count, "\u2066\u2067\u2068")) == found.count("\u2069")


def test_directions_and_marks() -> None:
    """A pair that stands around a blank stays a pair, and an open control ends with its field."""
    text = "a \u2068Castro\u2069 \u202ewon\u2069"
    html = marked(text, [Mark(3, 9, MarkKind.BLANK, 1)])

    assert html == "a \u2068{{c1::Castro}}\u2069 \u202ewon\u202c"


def test_directions_in_a_terminal(program: Program, tmp_path: Path) -> None:
    """A line of notes that turns around what follows turns around no other line, and JSON has it as it was written."""
    write(tmp_path / "notes" / "a.txt", "Q: Who \u202espoke? A: Castro\nThe ==blockade== began\n")

    text = program("explain", "notes/a.txt").out
    table = json.loads(program("explain", "notes/a.txt", "--json").out)

    assert all(balanced(line) == line for line in text.split("\n"))
    assert "\u202e" in json.dumps(table, ensure_ascii=False)
    assert str(Span("a.txt", 2, 2)) in text
