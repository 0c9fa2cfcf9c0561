"""Other tools' cards: each sample deck in `decks/` is read as its `.expected` says, and as nobody else's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from reading_dump import dump

from crisis_cards.config import Config
from crisis_cards.language import Parser
from crisis_cards.pipeline import Past, build
from crisis_cards.reading import read
from crisis_cards.reading.syntaxes import SYNTAXES, Syntax, syntax_of
from crisis_cards.source import Source

HERE = Path(__file__).parent
DECKS = sorted(path for path in (HERE / "decks").iterdir() if path.suffix != ".expected")
KEPT_BY_TOOLS = re.compile(r"\b1[0-9]{12}\b|SR:|sr-(?:due|interval|ease)|(?<!\d)20\d\d-\d\d-\d\d,\d|<!--|\bID:|&lt;!--")
"""Ids and schedules, as the sample decks have them."""

OUR_OWN = sorted([*(HERE.parent / "quality" / "notes").glob("*/*.*"), *(HERE.parent / "source_notes").glob("*.txt")])


def source_of(path: Path) -> Source:
    """A file as a source under its own name."""
    return Source(path.name, path.read_text(encoding="utf-8"), 0)


@pytest.mark.parametrize("deck", DECKS, ids=lambda path: path.name)
def test_deck(deck: Path) -> None:
    """A sample deck gives the cards that its tool would make; ids and schedules are on none of them."""
    expected = deck.with_name(f"{deck.name}.expected").read_text(encoding="utf-8")

    document, diagnostics = read(source_of(deck))

    assert dump(document, diagnostics) + "\n" == expected


@pytest.mark.parametrize("deck", DECKS, ids=lambda path: path.name)
def test_deck_is_recognised(deck: Path) -> None:
    """A sample deck, named after its syntax, is recognised as written in that."""
    found = syntax_of(source_of(deck))

    assert found is not None
    assert found.name == deck.stem.partition(".")[0]


def test_every_syntax_has_a_deck() -> None:
    """No syntax is without a sample deck."""
    assert {deck.stem.partition(".")[0] for deck in DECKS} == {syntax.name for syntax in SYNTAXES}


@pytest.mark.parametrize("notes", OUR_OWN, ids=lambda path: path.name)
def test_notes_are_nobody_elses(notes: Path) -> None:
    """Plain notes are not taken for another tool's cards."""
    assert syntax_of(source_of(notes)) is None


def test_fixed_by_path() -> None:
    """What deck.toml says of a path holds, the last that fits; `notes` looks for no other tool's cards."""
    source = Source("old/a.md", "C: One [two]\n", 0)
    names = [
        found.name if (found := syntax_of(source, fixed)) else "notes"
        for fixed in ([], [("*.md", "notes")], [("*.md", "notes"), ("old/", "hashcards")], [("new/", "notes")])
    ]

    assert names == ["hashcards", "notes", "hashcards", "hashcards"]


@pytest.mark.parametrize("syntax", SYNTAXES, ids=lambda syntax: syntax.name)
@pytest.mark.parametrize("suffix", [".txt", ".md", ".org", ".csv"])
def test_fixed_for_a_folder(syntax: Syntax, suffix: str) -> None:
    """A pattern that takes in a whole folder is about the kinds of files that the syntax can be in, and no others."""
    source = Source(f"vault/a{suffix}", "One,two\n", 0)

    is_held = syntax_of(source, [("vault/", syntax.name)]) is syntax

    assert is_held == (suffix == ".org" if ".org" in syntax.suffixes else suffix in (".txt", ".md"))


@pytest.mark.parametrize("deck", DECKS, ids=lambda path: path.name)
def test_what_tools_keep_is_on_no_card(deck: Path, parser: Parser) -> None:
    """No field of a built note has an id or a schedule, and no tag is there only to tell a tool of cards."""
    made = build((source_of(deck),), Config("Deck"), Past(now=1_700_000_000), lambda _: parser, lambda *_: None)

    assert made.deck.notes
    for note in made.deck.notes:
        assert not KEPT_BY_TOOLS.search("\n".join(note.fields))
        assert not {tag.partition("::")[0].lower() for tag in note.tags} & {"flashcards", "flashcard", "card"}


PLAIN = [
    "Author:: [[Hooke]]\nsource:: a book\n\nCells are small. ^abc123",
    "The ==blockade== began, {{c1::Kennedy}} said.\n\nQ: Who? A: He\n\nquarantine :: a blockade\nNATO ::: a pact",
    "Are you there\n?\nYes, soon.",
    "- [x] I sent her a birthday #card yesterday.\n\nMaking #flashcards by hand takes long.\n\nBuy a #card",
    "START\n\nWe began at noon.\n\nEND",
    "START\nWe began at noon. It rained.\nEND",
    "ID: 12\nTags: a b\nFront: the door\nBack: the yard",
    "```\nSTART\nBasic\nx\nBack: y\nEND\n<!--SR:!2021-08-16,51,230-->\n```",
    "# Title\n\nThe set {1, 2} has two members, std::set has any.\n\n---\n\nA line.",
    "<!-- a comment -->\n\nSee `<!--SR:` and `#card`.",
    "The set {c:1}, the list {c1::x}, `==c1::code==` and a==c1==b.",
    "---\n1. What she asked\n> what I said\n\nAnd then we left.\n---",
    "* Plain :drill:x:\n#+begin_src c\ni++;\n#+end_src",
]


@pytest.mark.parametrize("text", PLAIN)
def test_what_looks_like_cards_is_none(text: str) -> None:
    """Fields of Dataview, ids of blocks, our own marks, tags in a sentence and words in capitals tell of no tool."""
    assert syntax_of(Source("a.md", text, 0)) is None
