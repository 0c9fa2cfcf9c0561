"""The judged corpus: what is measured of it, and what CI holds it to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from crisis_cards.templates import precision
from quality.cards import Seen, files_of, made_of
from quality.report import BASELINE, Tally, baseline, complaints, share, tally
from quality.sheet import sheet
from quality.verdicts import VERDICTS, Verdict, dump, load

SEEN = Seen("tides.txt", "Tides", "", "What do [...] pull at?", "the moon")


def cells(good: int, weak: int, bad: int, unjudged: int = 0) -> dict[str, Tally]:
    """A report of one cell."""
    return {"all": Tally(good + weak + bad + unjudged, good, weak, bad)}


def test_there_is_enough_to_measure() -> None:
    """At least 800 cards are judged, a third of the files locked, and every reason against a card is told."""
    verdicts = load()
    of = {name: [each for each in verdicts.values() if each.of == name] for name in ("open", "locked")}

    assert len(verdicts) >= 800
    assert len(of["locked"]) >= 400
    assert len(files_of("locked")) * 3 >= len(files_of("open")) + len(files_of("locked")) - 1  # the seed is for tuning
    assert {each.verdict for each in verdicts.values()} == set(VERDICTS)


def test_no_file_is_both_open_and_locked() -> None:
    """What rules are tuned on is never what they are measured on."""
    texts = {name: {path.read_text("utf-8") for path in files_of(name)} for name in ("open", "locked")}

    assert not texts["open"] & texts["locked"]
    assert not {each.seen.file for each in load().values() if each.of == "locked"} & {
        path.name for path in files_of("open")
    }


def test_a_verdict_belongs_to_the_very_words() -> None:
    """Another front, back, topic or context is another card; capitals are the same one."""
    others = [replace(SEEN, **{part: "else"}) for part in ("topic", "context", "front", "back")]

    assert len({SEEN.name, *(other.name for other in others)}) == 5
    assert replace(SEEN, back="The Moon").name == SEEN.name


def test_a_sheet_says_nothing_of_how_a_card_was_made() -> None:
    """Its name, topic, front and back, and nothing else."""
    assert sheet([SEEN]) == f"## {SEEN.name}\nTopic: Tides\nFront: What do [...] pull at?\nBack: the moon\n"


def test_verdicts_are_read_as_they_were_written(tmp_path: Path) -> None:
    """Quotes and dashes in cards, and reasons, come back."""
    quoted = replace(SEEN, front='“[...]” – he said "so"')
    verdicts = [Verdict("open", SEEN, "good"), Verdict("locked", quoted, "bad", 'asks "nothing"')]

    dump(verdicts, tmp_path / "verdicts.tsv")

    assert load(tmp_path / "verdicts.tsv") == {each.seen.name: each for each in verdicts}


def test_shares_have_their_interval() -> None:
    """Wilson's, as published for 45 of 100; and nothing is no share."""
    assert share(45, 100) == "45% (36%-55%)"
    assert share(0, 0) == "-"


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (cells(50, 30, 20), ""),
        (cells(48, 30, 22), ""),
        (cells(40, 40, 20), "all: 40%"),
        (cells(52, 20, 28), "all: 52%"),
        (cells(50, 30, 10, unjudged=10), ""),
        (cells(50, 30, 9, unjudged=11), "11 of 100 cards of the locked notes have no verdict"),
    ],
)
def test_what_is_worse_is_complained_of(now: dict[str, Tally], said: str) -> None:
    """A share that fell by more than a card or two, or more than a tenth without a verdict."""
    found = complaints(now, cells(50, 30, 20))

    assert ([each[: len(said)] for each in found] if said else found) == ([said] if said else [])


def test_the_locked_notes_are_held_to_what_was_measured() -> None:
    """A locked file's cards have verdicts, and the figures of all are in the baseline."""
    verdicts = load()
    path = files_of("locked")[0]
    made, coverage = made_of(path)
    found = tally((each for each in made if not each.dropped), verdicts)

    assert BASELINE.exists()
    assert baseline()["all"].judged >= 600
    assert found.judged >= 0.9 * found.cards
    assert 0 < coverage.asked <= coverage.facts <= coverage.statements


def test_the_table_is_of_open_notes() -> None:
    """No more cards are counted in the table that the program chooses by than were judged of open notes."""
    rows = [row.split("\t") for row in precision.FILE.read_text("utf-8").splitlines() if not row.startswith("#")]
    judged = sum(each.of == "open" for each in load().values())

    assert 800 <= sum(int(count) for row in rows for count in row[4:]) <= judged
