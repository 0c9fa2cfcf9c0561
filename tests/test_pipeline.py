"""The spine: every line of the notes is accounted for, and every statement has a card or a reason."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crisis_cards.config import Config
from crisis_cards.continuity import GAP
from crisis_cards.diagnostics import Severity
from crisis_cards.language import Parser
from crisis_cards.model import Pair, Statement
from crisis_cards.pipeline import Build, Past, build
from crisis_cards.source import Source

NOON = 1_700_000_000

# Pieces that notes are made of, well formed or not.
FRAGMENTS = (
    *("JFK", "NK", "he", "She", "this", "the blockade", "of Cuba", "ordered", "was", "agreed to remove", "missiles"),
    *("26 Oct – ", "Same day – ", "1962: ", "Sunday morning, 28 Oct", "about 40,000", "(ABC)", "North Atlantic (NA)"),
    *(
        "==",
        "==JFK==",
        "{{c1::",
        "}}",
        "{{c1::NK::who}}",
        "{{c2::x}}",
        "::",
        " :: ",
        " ::: ",
        "Q: ",
        "A: ",
        "Q:",
        "{",
        "}",
    ),
    *(
        "#tag",
        "#skip",
        "#skip(JFK)",
        "#a/b",
        "# ",
        "## ",
        "---",
        "- ",
        "* ",
        "1. ",
        "2) ",
        "\t",
        "    ",
        "> ",
        "|",
        "`",
    ),
    *(
        "'",
        "‘we will’",
        '"',
        "“",
        "”",
        "(",
        ")",
        ".",
        "!",
        "?",
        ", ",
        "; ",
        ": ",
        " -> ",
        " = ",
        "…",
        "because ",
        "if ",
    ),
    *("https://example.org/a?b=c#d", "C#", "std::map", "<b>", "</div>", "<!--", "&amp;", "&#0;", "[a]: b", "![x](y)"),
    *(
        "\U0001f4a3",
        "e\u0301",
        "שלום",
        "\u202e",
        "\u200b",
        "\x00",
        "\x1f",
        "\x0b",
        "\u2028",
        "\ufeff",
        "漢字。",
        "\\(",
        "\\)",
    ),
    *(
        "\n",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        " ",
        " ",
        "title: x",
        "tags: [a",
        "**",
        "_",
        "not ",
        "neither ",
        "[",
        "](",
        "$$",
    ),
)
NOTE_LIKE = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)
TEXTS = st.one_of(NOTE_LIKE, st.text(max_size=200))
NAMES = st.sampled_from(["a.txt", "b.md"])
SOURCES = st.lists(st.tuples(NAMES, TEXTS), min_size=1, max_size=6).map(
    lambda found: tuple(Source(f"{place}-{name}", tidy(text), NOON) for place, (name, text) in enumerate(found))
)

SLOW = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def tidy(text: str) -> str:
    """A text as `source` hands it on: nothing that is no UTF-8, lines parted by a line feed alone."""
    known = "".join(char for char in text if not 0xD800 <= ord(char) < 0xE000 and char != "\0")
    return known.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def made_of(parser: Parser, *sources: Source) -> Build:
    """A build without configuration."""
    return build(sources, Config("Trial"), Past(now=NOON), lambda _: parser, lambda *_: None)


def notes(text: str, path: str = "a.txt") -> Source:
    """A source."""
    return Source(path, text, NOON)


@SLOW
@given(sources=SOURCES)
def test_every_line_is_accounted_for(parser: Parser, sources: tuple[Source, ...]) -> None:
    """A line with a letter or a digit in it is covered by the account of some block, and blocks lie within the file."""
    made = made_of(parser, *sources)

    for source in sources:
        spans = [account.block.span for account in made.accounts if account.block.span.path == source.path]
        lines = source.text.split("\n")
        covered = {line for span in spans for line in range(span.first, span.last + 1)}
        unread = [line for number, line in enumerate(lines, 1) if number not in covered and has_letters(line)]
        assert not unread
        assert all(1 <= span.first <= span.last <= len(lines) for span in spans)
        assert [span.first for span in spans] == sorted(span.first for span in spans)


def has_letters(line: str) -> bool:
    """Whether a line says anything at all."""
    return any(char.isalnum() for char in line)


@SLOW
@given(sources=SOURCES)
def test_every_statement_has_a_card_or_a_reason(parser: Parser, sources: tuple[Source, ...]) -> None:
    """An account of a statement or a pair has a kept candidate, or else says why it has none; never both."""
    made = made_of(parser, *sources)

    for account in made.accounts:
        kept = [each for each in account.candidates if not each.dropped]
        assert bool(kept) != bool(account.reason)
        if isinstance(account.block, Statement | Pair):
            assert account.facts
        else:
            assert not account.facts
        facts = list(account.facts)
        assert all(each.card.fact in facts for each in account.candidates)


@SLOW
@given(sources=SOURCES)
def test_notes_follow_the_lines(parser: Parser, sources: tuple[Source, ...]) -> None:
    """Kept candidates are the cards of the deck, in the order of the notes with room between, each GUID once."""
    made = made_of(parser, *sources)

    cards = sum(len(note.ordinals) for note in made.deck.notes)
    kept = sum(1 for account in made.accounts for each in account.candidates if not each.dropped)
    positions = [note.position for note in made.deck.notes]
    guids = [note.guid for note in made.deck.notes]
    assert (cards == 0) == (kept == 0)
    assert all(later > earlier for earlier, later in pairwise(positions))
    assert len({position - position % GAP for position in positions}) == len(
        {note.fields[-3] for note in made.deck.notes}
    )
    assert len(guids) == len(set(guids))
    assert list(made.diagnostics) == sorted(set(made.diagnostics))


@SLOW
@given(
    lines=st.lists(st.sampled_from(["==A== b", "A ==b==", "c :: d", "f ::: e", "{{c2::x}} y", "y {{x}}"]), unique=True),
    data=st.data(),
)
def test_guids_do_not_depend_on_the_order(parser: Parser, lines: list[str], data: st.DataObject) -> None:
    """Lines in another order, in another file, under another heading: the same GUIDs."""
    moved = data.draw(st.permutations(lines))
    half = len(moved) // 2

    before = made_of(parser, notes("\n".join(lines)))
    after = made_of(
        parser, notes("# Letters\n" + "\n".join(moved[:half]), "x/y.txt"), notes("\n\n".join(moved[half:]), "z.md")
    )

    assert {note.guid for note in before.deck.notes} == {note.guid for note in after.deck.notes}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("# A heading", "a heading: it names what is below it"),
        ("A line to leave out #skip", "skipped by the author"),
        ("***", "a rule"),
        ("Q: Who?", "a question without an answer"),
        ("One thing {{c1::and", '"{{c1::" is never closed; write {{c1::words}}'),
    ],
)
def test_reasons_of_what_is_no_statement(parser: Parser, text: str, reason: str) -> None:
    """What is no statement says what it is instead."""
    (account,) = made_of(parser, notes(text)).accounts

    assert account.reason == reason
    assert not account.candidates


def test_one_mistake_is_told_once(parser: Parser) -> None:
    """The same mistake twice on a line is one diagnostic; another on that line is one more."""
    made = made_of(parser, notes("{{c1::a {{c1::b {{c2::c\n"))

    assert [each.message.partition(" ")[0] for each in made.diagnostics] == ['"{{c1::"', '"{{c2::"']


def test_marked_lines_get_the_marked_cards_alone(parser: Parser) -> None:
    """A line with a mark has the author's cards; one without has those of templates."""
    marked, automatic = made_of(
        parser, notes("JFK ordered a ==naval blockade== of Cuba\n\nKhrushchev removed the missiles from Cuba\n")
    ).accounts

    assert [each.card.template for each in marked.candidates] == ["author"]
    assert automatic.candidates
    assert "author" not in {each.card.template for each in automatic.candidates}


def test_both_ways_are_two_notes(parser: Parser) -> None:
    """`:::` asks for the definition and for the term, in a note each; `::` for the definition alone."""
    one, two = made_of(parser, notes("ExComm :: a committee\nNATO ::: an alliance\n")).accounts

    assert len(one.candidates) == 1
    assert len(two.candidates) == 2
    assert len(made_of(parser, notes("NATO ::: an alliance\n")).deck.notes) == 2


def test_no_parser_is_asked_for_without_need() -> None:
    """A build of marks alone never loads a model, and neither does one in another language."""

    def refuse(_: str) -> Parser:
        raise AssertionError

    marked = build([notes("==A== b\nc :: d\n")], Config("Trial"), Past(now=NOON), refuse, lambda *_: None)
    foreign = build(
        [notes("Er sprach.\nDann ging er heim.\n==A== b\n")],
        Config("Trial", "de"),
        Past(now=NOON),
        refuse,
        lambda *_: None,
    )

    assert len(marked.deck.notes) == 2
    assert len(foreign.deck.notes) == 1
    assert [(each.severity, each.rule) for each in foreign.diagnostics] == [(Severity.WARNING, "language")]


def test_the_wanted_model_is_asked_for_once(parser: Parser) -> None:
    """deck.toml's model is loaded for all files together."""
    wanted = []

    def load(model: str) -> Parser:
        wanted.append(model)
        return parser

    sources = [notes("He left.\n"), notes("She left.\n", "b.txt")]
    build(sources, Config("Trial", "en-GB", "mine"), Past(now=NOON), load, lambda *_: None)

    assert wanted == ["mine"]
