"""Language: our own parse, offsets into what the author wrote, and repairs that only the parser sees."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from fact_dump import parser_of
from hypothesis import given, settings
from hypothesis import strategies as st

from crisis_cards.diagnostics import CouldNotRunError
from crisis_cards.language import load_parser
from crisis_cards.language.worker import Worker
from crisis_cards.parse import Parse, Piece, Request


def parse(text: str, *pieces: Piece) -> Parse:
    """One parse by the pinned model."""
    return parser_of("").parse([Request(text, pieces)])[0]


def test_tokens_point_into_the_authors_text() -> None:
    """A token's offsets are those of the text as written, whatever the parser read in its place."""
    text = "NK’s letter reached JFK"

    found = parse(text, Piece(0, 2, "Khrushchev"), Piece(20, 23, "Kennedy"))

    assert [(token.text, text[token.start : token.end]) for token in found.tokens] == [
        ("Khrushchev", "NK"),
        ("'s", "’s"),
        ("letter", "letter"),
        ("reached", "reached"),
        ("Kennedy", "JFK"),
    ]


@pytest.mark.parametrize(
    ("word", "is_verb", "is_noun"),
    [("sits", True, False), ("sites", True, True), ("craters", False, True), ("brnk", False, False)],
)
def test_parts_of_speech(word: str, *, is_verb: bool, is_noun: bool) -> None:
    """The lexicon tells of a word in any regular form whether it can be a verb, and whether a noun."""
    lexicon = parser_of("").lexicon

    assert (lexicon.is_verb(word), lexicon.is_noun(word)) == (is_verb, is_noun)


def test_an_elided_subject_is_read_and_not_shown() -> None:
    """A word that is put in is the subject to the parser, and nothing to the reader."""
    found = parse("Refused to allow inspections", Piece(0, 0, "Castro "))

    assert found.tokens[0].dependency == "nsubj"
    assert not found.tokens[0].is_shown
    assert found.tokens[1].start == 0


def test_glued_words_are_read_apart() -> None:
    """A missing space before a function word is put in for the parser; what the author wrote stays."""
    text = "JFK was willingto negotiate"

    tokens = parse(text).tokens

    assert [text[token.start : token.end] for token in tokens] == ["JFK", "was", "willing", "to", "negotiate"]


@pytest.mark.parametrize("word", ["into", "tomato", "potato", "thereof", "brnk", "Toronto", "manifesto", "hereto"])
def test_whole_words_stay_whole(word: str) -> None:
    """A word that exists, or that is no two words, is not taken apart."""
    assert len(parse(word).tokens) == 1


def test_the_full_stop_tells_how_sure_a_parse_is() -> None:
    """A parse that a full stop would change is not stable; a plain sentence is."""
    assert parse("The blockade reached the island").is_stable
    assert not parse("Lava domes growth rates fast").is_stable


def test_a_batch_changes_no_parse() -> None:
    """A text is parsed alike alone and among others, and progress counts to the end."""
    texts = ["Castro was incensed", "NATO was told", "Diplomacy was a success"] * 300
    seen: list[tuple[int, int]] = []

    together = parser_of("").parse([Request(text) for text in texts], lambda done, total: seen.append((done, total)))

    assert together[:3] == tuple(parse(text) for text in texts[:3])
    assert seen[-1] == (900, 900)


def test_two_processes_read_as_one_does() -> None:
    """Shared with a second process, every text has the parse that it has alone, in its place; progress never falls."""
    texts = [f"Ship {number} turned back" for number in range(2400)]
    requests = [Request(text) for text in texts]
    seen: list[int] = []

    shared = load_parser("", shared=2).parse(requests, lambda done, _: seen.append(done))

    assert shared == parser_of("").parse(requests)
    assert seen == sorted(seen)
    assert seen[-1] == len(texts)


def test_a_worker_that_dies_costs_nothing_but_time() -> None:
    """What it was given is known to be lost; it takes nothing more."""
    with Worker(_dying, "") as worker:
        worker.give([Request("Castro was incensed")])
        found = worker.answer()

        assert found == ()
        assert not worker.is_alive


def _dying(_: str) -> Callable[[Sequence[Request]], Sequence[Parse]]:
    os._exit(1)


@pytest.mark.parametrize("name", ["xx_no_such_model", "../evil", "os.path", "json"])
def test_a_model_that_is_not_installed(name: str) -> None:
    """A model that is not there, or is no model, is one line for the user."""
    with pytest.raises(CouldNotRunError, match="language model"):
        load_parser(name)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_parsed(text: str) -> None:
    """Whatever the text, offsets rise, lie inside it, and heads are tokens."""
    tokens = parse(text).tokens

    assert [token.index for token in tokens] == list(range(len(tokens)))
    assert all(0 <= token.start <= token.end <= len(text) and 0 <= token.head < len(tokens) for token in tokens)
    assert all(one.end <= two.start for one, two in pairwise(tokens))
