"""Long notes: what is kept of a line is small, and three times as many lines take no nine times as long."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crisis_cards.config import Config
from crisis_cards.delivery import LEDGER_NAME, PART, keep, open_ledger
from crisis_cards.facts import Glossary, facts_of, inputs_of
from crisis_cards.identity import fact_keys, fresh_key
from crisis_cards.ledger import Entry, Shipped, dump
from crisis_cards.model import Cloze, Mark, MarkKind, Question, Wording
from crisis_cards.parse import Parse, Token
from crisis_cards.pipeline import Build, Past, build
from crisis_cards.reading import read
from crisis_cards.reunion import reunited
from crisis_cards.source import Source
from crisis_cards.templates import Familiar, candidates

# Three times the work takes three times the time, or nine times where each piece is compared with each; machines are
# not steady.
MOST = 5.5
LEAST = 0.1  # seconds: less is not measured


def ratio(work: Callable[[int], object], size: int) -> float:
    """How much longer `work` takes for three times the size; the best of three."""

    def spent(number: int) -> float:
        begun = time.process_time()
        work(number)
        return time.process_time() - begun

    return min(max(spent(3 * size), LEAST) / max(spent(size), LEAST) for _ in range(3))


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
    """Three times as many take some three times as long."""

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


def test_a_usual_parse_takes_little() -> None:
    """What most parses have in common, the names of tags and roles, is not kept with each of them."""
    words = "Kennedy ordered the blockade of Cuba in October".split()
    tags = "NNP VBD DT NN IN NNP IN NNP".split()
    roles = "nsubj ROOT det dobj prep pobj prep pobj".split()
    tokens = [
        Token(at, 8 * at, 8 * at + len(word), word, word.lower(), tag, role, 1, "DATE" if word == "October" else "")
        for at, (word, tag, role) in enumerate(zip(words, tags, roles, strict=True))
    ]

    assert len(Parse.of(tokens).packed) < 20 * len(tokens)


@pytest.mark.parametrize("run", ["`w{}`", "**w{}** and", "*w{}*"])
def test_a_line_of_emphasis_is_looked_at_in_time(run: str) -> None:
    """Where every word is emphasised, none is: no card is thought of for each, with all the others in it."""

    def thought_of(size: int) -> int:
        text = " ".join(run.format(number) for number in range(size))
        found = facts_of(read(Source("notes.md", text, 0))[0])
        return sum(len(candidates(fact, Familiar(frozenset()))) for fact in found)

    assert thought_of(20) == 20
    assert thought_of(1000) == 0
    assert ratio(thought_of, 500) < MOST


def built(text: str, entries: tuple[Entry, ...] = ()) -> Build:
    """A build of notes in which the author marked all cards, so that nothing is parsed."""

    def parser_of(model: str) -> object:
        raise AssertionError(model)

    past = Past(entries, 1_700_000_000 + len(entries), remembers=False)
    return build([Source("notes.md", text, 0)], Config("Deck"), past, parser_of, lambda *_: None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "line",
    [
        "- Castro was ==number {}== there\n",
        "- It was the ==same== line\n",
        "Q: Who was it?\nA: Castro {}\n\n",
        "- ==Castro== was there #tag{}\n",
        "# Heading {}\n\n- ==Castro== was there\n\n",
    ],
)
def test_many_cards_are_built_and_built_again_in_time(line: str) -> None:
    """Twice as many cards take twice as long, the first time, and when each of their lines is edited."""

    def twice(size: int) -> int:
        first = built("".join(line.format(number) for number in range(size)))
        edited = "".join(line.replace("was", "had been").format(number) for number in range(size))
        return len(built(edited, first.entries).deck.notes)

    assert ratio(twice, 100) < MOST


def test_a_long_ledger_is_written_as_it_is(tmp_path: Path) -> None:
    """A ledger of several parts has the bytes that its entries make, and is the same ledger when it is read."""
    entries = tuple(
        Entry(f"key{number:09}", "notes.md", ("Notes",), f"„Castro“ {number} {'x' * 500}", number, f"{number:020}")
        for number in range(3 * PART // 600)
    )

    with open_ledger(tmp_path) as ledger:
        keep(ledger, entries)
    with open_ledger(tmp_path) as again:
        found = again.entries
        keep(again, (*entries[:-1], replace(entries[-1], words="other")))
    lasting = (tmp_path / LEDGER_NAME).read_text(encoding="utf-8")

    assert found == entries
    assert len(lasting) > 2 * PART
    assert lasting == dump((*entries[:-1], replace(entries[-1], words="other")))
