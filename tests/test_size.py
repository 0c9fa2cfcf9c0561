"""Long notes: what is kept of a line is small, and twice as many lines take twice as long, not four times."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

import pytest

from crisis_cards.facts import Glossary, facts_of, inputs_of
from crisis_cards.identity import fact_keys, fresh_key
from crisis_cards.ledger import Shipped
from crisis_cards.model import Cloze, Mark, MarkKind, Question, Wording
from crisis_cards.parse import Parse, Token
from crisis_cards.reading import read
from crisis_cards.reunion import reunited
from crisis_cards.source import Source

# Twice the work takes twice the time, or four times where each piece is compared with each; machines are not steady.
MOST = 3.2
LEAST = 0.1  # seconds: less is not measured


def ratio(work: Callable[[int], object], size: int) -> float:
    """How much longer `work` takes for twice the size; the best of three."""

    def spent(number: int) -> float:
        begun = time.process_time()
        work(number)
        return time.process_time() - begun

    return min(max(spent(2 * size), LEAST) / max(spent(size), LEAST) for _ in range(3))


def facts(text: str, path: str = "notes.txt") -> list[str]:
    """The words of the facts of a text, digested as a build does."""
    found = facts_of(read(Source(path, text, 0))[0])
    inputs_of(found, Glossary(()))
    return [fact.words for fact in found]


@pytest.mark.parametrize(
    "piece", ["one two three four; ", "a – b ", "one two three four -> ", "One two three four. ", '"a" and '.strip()]
)
def test_one_line_of_many_clauses_is_parted_in_time(piece: str) -> None:
    """A line of 200 kB is parted, or left whole, in time that grows as it does."""
    assert ratio(lambda size: facts(piece * size), 100_000 // len(piece)) < MOST


@pytest.mark.parametrize(
    "line",
    ["- child {}\n", "The line {} is here\n", "# Head {}\n", "#tag{}\n", "| row {} | cell |\n", "Q: a{}\nA: b\n"],
)
def test_many_lines_of_one_kind_are_read_in_time(line: str) -> None:
    """Ten thousand of them take twice as long as five thousand."""

    def lines(size: int) -> list[str]:
        head = "| a | b |\n|---|---|\n" if line.startswith("|") else "parent\n"
        return facts(head + "".join(line.format(number) for number in range(size)), "notes.md")

    assert ratio(lines, 3000) < MOST


def test_equal_lines_are_named_in_time() -> None:
    """Of many equal lines each goes on counting where the one before stopped, to the ids of `fact_keys`."""

    def keys(size: int) -> tuple[str, ...]:
        taken: set[str] = set()
        counts: Counter[str] = Counter()
        for _ in range(size):
            taken.add(fresh_key("The same line", taken, counts))
        return tuple(taken)

    assert set(keys(50)) == set(fact_keys(["The same line"] * 50))
    assert ratio(keys, 5000) < MOST


def test_an_id_that_is_taken_is_given_to_nobody() -> None:
    """Where ids of the same words are taken already, the next free one is given, and then the one after it."""
    taken = set(fact_keys(["A line"] * 3))
    counts: Counter[str] = Counter()

    first = fresh_key("A line", taken, counts)
    second = fresh_key("A line", {*taken, first}, counts)

    assert (first, second) == fact_keys(["A line"] * 5)[3:]


def test_new_notes_are_compared_only_with_those_that_may_be_theirs() -> None:
    """Twice as many new notes beside twice as many retired ones take twice as long, and each finds its own."""

    def wordings(size: int) -> list[Wording]:
        return [Question(f"Who was number {number}?", "Castro") for number in range(size)]

    def all_found(size: int) -> int:
        retired = [Shipped(f"g{at}", "who", wording, 0, "") for at, wording in enumerate(wordings(size))]
        return len(reunited(wordings(size), retired))

    assert all_found(100) == 100
    assert ratio(all_found, 2000) < MOST


def test_a_cloze_is_reunited_with_the_text_that_it_was_part_of() -> None:
    """A statement that was parted: the same blank in a part of the text is the same note."""
    whole = Cloze("Castro was a lawyer; he led the revolt", (Mark(0, 6, MarkKind.BLANK, 1),))
    part = Cloze("Castro was a lawyer", (Mark(0, 6, MarkKind.BLANK, 1),))

    assert [note.guid for note in reunited([part], [Shipped("g", "name", whole, 0, "")]).values()] == ["g"]


def test_a_parse_is_the_tokens_that_it_was_made_of() -> None:
    """Packed and unpacked, tokens are as they were, whatever their words; and they take little."""
    tokens = (
        Token(0, 0, 6, "Castro", "castro", "NNP", "nsubj", 1, "PERSON"),
        Token(1, 7, 10, "was", "be", "VBD", "ROOT", 1),
        Token(2, 10, 10, "\ud800\0–", "", "XX", "dep", 1, "person"),
        Token(3, 11, 70_000, "İ", "i̇", "NN", "attr", 1),
    )

    parse = Parse.of(tokens, is_stable=False)

    assert (parse.tokens, parse.is_stable) == (tokens, False)
    assert parse.roots == tokens[1:2]
    assert parse == Parse.of(tokens, is_stable=False)
    assert len(parse.packed) < 60 * len(tokens)
