"""Org: what only tools want never reaches a card, and no line is so long or odd that reading takes its time."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisis_cards.config import Config
from crisis_cards.language import Parser
from crisis_cards.model import Block, Leftover, MarkKind, Pair, Statement
from crisis_cards.pipeline import Past, build
from crisis_cards.reading import read
from crisis_cards.reading.org.inline import inline
from crisis_cards.reading.syntaxes import syntax_of
from crisis_cards.source import Source

DECKS = Path(__file__).parent / "decks"
FOR_TOOLS = re.compile(
    r"a1b2c3d4|9f80ab65|4\.1379|2\.361|107\.13|17\.4242|5\.3131|2031|DRILL_|FC_|REVIEW_DATA|PROPERTIES|:END:"
    r"|SCHEDULED|VERB_|suspended|noheading|fsrs6|@\d\}|\|\|"
)
"""Ids, schedules and signs of org-drill and org-fc, as the sample decks have them."""

SIZE, MANY = 200_000, 6_000
"""Characters of a line, lines of a file."""

PIECES = [
    *("* Item :drill:\n", "** Side\n", "* Q :fc:\n", "** Back\n", ":PROPERTIES:\n", ":END:\n", ":FC_TYPE: cloze\n"),
    *(":FC_TYPE: double\n", ":DRILL_CARD_TYPE: twosided\n", ":DRILL_CARD_TYPE: multisided\n", ":VERB_INFINITIVE: x\n"),
    *(":DRILL_CARD_TYPE: hidefirst\n", ":DRILL_CARD_TYPE: conjugate\n", ":DRILL_CARD_TYPE: spanish_verb\n", "\n\n"),
    *("[a]", "[b||hint]", "[[x][y]]", "{{a}@0}", "{{b}{hint}}", "{{", "}}", "[", "]", "||", "- ", "\n- ", "| a | "),
    *("JFK wrote. ", "why?", "#+begin_src c\n", "\n#+end_src\n", "SCHEDULED: <2024-01-05 Fri>\n", "* COMMENT c\n"),
    *("\ufdd0", "\ufdd01\ufdd1", "\n", " "),
]
DECK_LIKE = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def texts_of(block: Block) -> list[str]:
    """All the text of a block."""
    return [block.prompt, block.answer] if isinstance(block, Pair) else [block.text]


@pytest.mark.parametrize("name", ["org-drill.org", "org-fc.org"])
def test_what_is_for_tools_is_on_no_card(name: str, parser: Parser) -> None:
    """No field and no tag of a built note has an id, a date of review or another number of the tool."""
    source = Source(name, (DECKS / name).read_text(encoding="utf-8"), 0)

    made = build((source,), Config("Trial"), Past(now=1_700_000_000), lambda _: parser, lambda *_: None)

    # The first field is the note's own identity, which comes of its words.
    said = [text for note in made.deck.notes for text in (*note.fields, *note.tags)]
    assert FOR_TOOLS.search(source.text)
    assert len(made.deck.notes) > 8
    assert [found[0] for text in said if (found := FOR_TOOLS.search(text))] == []


@settings(max_examples=400, deadline=None)
@given(DECK_LIKE, st.sampled_from(["org-drill", "org-fc", "notes"]))
def test_any_deck_is_read(text: str, name: str) -> None:
    """Whatever is written in the way of a tool: no exception, no line lost, and each block on lines of the file."""
    found, _ = read(Source("deck.org", text, 0), [("*", name)])

    lines = text.split("\n")
    covered = {line for block in found.blocks for line in range(block.span.first, block.span.last + 1)}
    assert {number for number, line in enumerate(lines, 1) if line.strip()} <= covered
    assert all(1 <= block.span.first <= block.span.last <= len(lines) for block in found.blocks)


SIGNS = [
    *("*a ", "*a* ", "[[", "[[a][b ", "[[a] ", "=", "=a ", "~a", "$", "$a ", r"\(", r"\(a ", r"\[ ", "_{", "^{a "),
    *("[fn:: ", "[fn:1", "<<", "<<<a ", "src_a{", "src_a[", "@@a:", "<2024-01-05 ", "[cite:", "/a _b +c *d ", "| "),
    *(r"\alpha", "https://(", "<https://", ":: ", "\\\\ ", "(*", "*/_+"),
]
HOLES = ["[", "[a ", "[a||", "[[a][", "$a ", "=a ", r"\(a ", r"\[ ", "{{", "{{a ", "{{$", "{{$a$", "{{a}{", "{{a}@"]


@pytest.mark.parametrize(
    ("syntax", "piece"),
    [*(("notes", each) for each in SIGNS), *((tool, each) for tool in ("org-drill", "org-fc") for each in HOLES)],
)
def test_a_long_line_is_read_at_once(syntax: str, piece: str) -> None:
    """Signs that are opened again and again, and never closed, cost no more than others."""
    text = f"* Q :drill:fc:\n:PROPERTIES:\n:FC_TYPE: cloze\n:END:\n{piece * (SIZE // len(piece))}\n"
    begun = time.perf_counter()

    read(Source("deck.org", text, 0), [("*", syntax)])

    assert time.perf_counter() - begun < 12


LINES = [
    *("- a\n - b", "| a |", "#+begin_src", ":PROPERTIES:", "#+NAME: a", "1. a", "#+RESULTS:", "- [ ] a", "- a ::"),
    *("\\begin{align}", ": a", "** Side :x:\nb", "** Back\nb", "* COMMENT a", "JFK wrote", "* Q :drill:\n[a]"),
    *("* Q :fc:\n:PROPERTIES:\n:FC_TYPE: normal\n:END:\na", "* Q :drill:\n** A :drill:\nb", "- {{a}@0}", "- [a]"),
]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("syntax", ["notes", "org-drill", "org-fc"])
def test_many_lines_are_read_at_once(line: str, syntax: str) -> None:
    """Thousands of the same lines take no more than their share."""
    first = "* Q :drill:fc:\n:PROPERTIES:\n:DRILL_CARD_TYPE: multisided\n:FC_TYPE: cloze\n:END:\n"
    begun = time.perf_counter()

    read(Source("deck.org", first + f"{line}\n" * MANY, 0), [("*", syntax)])

    assert time.perf_counter() - begun < 12


@settings(max_examples=400, deadline=None)
@given(st.text("ab *[]/_+=~$\\(){}<>^-:|@\n#", max_size=60))
def test_line_feeds_stay(text: str) -> None:
    """Whatever signs go, each line of a paragraph stays a line of it, and marks lie in its text."""
    found = inline(text)

    assert found.text.count("\n") == text.count("\n")
    assert all(0 <= mark.start < mark.end <= len(found.text) for mark in found.marks)
    assert all(0 <= start <= end <= len(found.text) for start, end in found.literal)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("* Cuba :drill:\nThe wall stood.\n", ""),
        ("* Cuba :drill:\nThe [wall] stood.\n", "org-drill"),
        ("* Cuba :drill:\nWho?\n** Answer\nJFK\n", "org-drill"),
        ("* Cuba :fc:\nThe wall stood.\n", ""),
        ("* Cuba :fc:\n:PROPERTIES:\n:FC_TYPE: normal\n:END:\nThe wall stood.\n", "org-fc"),
        ("* Cuba\n:PROPERTIES:\n:FC_TYPE: normal\n:END:\nThe [wall] stood :drill: still.\n", ""),
    ],
)
def test_a_tag_alone_makes_no_deck(text: str, name: str) -> None:
    """A file is taken for a tool's by what makes a card there, not by a tag alone."""
    found = syntax_of(Source("notes.org", text, 0))

    assert (found.name if found else "") == name


def test_what_org_includes_is_not_read(tmp_path: Path) -> None:
    """`#+INCLUDE` and links to files bring no other file in."""
    (tmp_path / "secret.org").write_text("The code is 4711.\n", encoding="utf-8")
    text = f'#+INCLUDE: "{tmp_path}/secret.org"\nSee [[file:{tmp_path}/secret.org]].\n'

    found, _ = read(Source("notes.org", text, 0))

    assert isinstance(found.blocks[0], Leftover)
    assert all("4711" not in text for block in found.blocks for text in texts_of(block))


def test_what_a_file_says_of_itself() -> None:
    """Its title, its deck and its tags, but for those that speak to tools."""
    told = ("#+TITLE: The /Cold/ War", "#+FILETAGS: :history:drill:", "#+FILETAGS: exam", "#+DECK: History")

    found, _ = read(Source("notes.org", "\n".join([*told, "* Cuba", "JFK wrote."]), 0))

    assert (found.title, found.deck, found.tags) == ("The Cold War", "History", ("history", "exam"))
    assert found.blocks[-1].trail == ("Cuba",)


def test_tags_of_headlines_come_down() -> None:
    """A headline's tags are for all below it, and those of a headline that is a card are the card's."""
    one, two = "** One :drill:who:\nWho?\n*** A\nJFK\n", "** Two :drill:what:\n*** A\nU-2\n"

    found, _ = read(Source("notes.org", f"* Cuba :cold-war:1962:\n{one}{two}* Berlin\nIt stood.\n", 0))

    tags = [block.tags for block in found.blocks if isinstance(block, Pair | Statement)]
    assert tags == [("cold-war", "1962", "who"), ("cold-war", "1962", "what"), ()]


def test_marks_are_those_of_org() -> None:
    """Each kind of mark that Org has is one of ours."""
    found = inline("*a* /b/ _c_ +d+ =e= ~f~ x_{1} x^{2} [[https://a.b][c]]")

    assert {mark.kind for mark in found.marks} == set(MarkKind) - {MarkKind.BLANK, MarkKind.ITEM, MarkKind.TABLE}
