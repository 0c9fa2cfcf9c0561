"""The promise, in the real Anki: notes are built, imported and reviewed, edited, built and imported again.

Each row of README's table *What happens when you edit* is here. What `diff` says is what Anki's import log says, note
by note, and no review is lost or found at another fact.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any, Literal

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki_collection import opened_collection, text_in
from conftest import Program, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crisis_cards.cli import notes as cli_notes
from crisis_cards.config import Config
from crisis_cards.identity import words
from crisis_cards.language import Parser
from crisis_cards.ledger import dump, load
from crisis_cards.model import Deck, NoteKind
from crisis_cards.pipeline import Build, Past, build
from crisis_cards.source import Source

NOON = 1_700_000_000
RETIRED = "crisis-cards::retired"
EASES: tuple[Literal[1, 2, 3, 4], ...] = (4, 3, 1, 2)
KINDS = ("new", "reworded", "corrected", "moved", "retired", "revived", "ambiguous")
NOTES, PACKAGE = Path("notes"), Path("deck.apkg")
LEDGER = NOTES / "ledger.jsonl"

GULF = "The ==Gulf Stream== carries warm water to Norway"
FRANKLIN = "Q: Who had the Gulf Stream drawn on a chart? A: Benjamin Franklin"
LAYER = "thermocline :: the layer in which temperature falls fastest"
TRENCH = "The Mariana Trench was ==10,935 metres== deep when it was sounded in ==2009=="
DIVERS = "{{c1::Piccard}} and {{c2::Walsh}} dived to the floor of it in {{c3::1960}}"
TIDES = "Spring tides come with ==new and full moon=="
KRILL = "Baleen whales of the Southern Ocean live on ==krill=="
WINDS = "El Niño begins when the ==trade winds== weaken"
SEA = (GULF, FRANKLIN, LAYER, TRENCH, DIVERS, TIDES, KRILL, WINDS)

Files = Mapping[str, Sequence[str]]


# --- an author and a learner --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class History:
    """What a learner has of one card: the words that it asks for, its schedule, and its reviews."""

    guid: str
    answer: str
    schedule: tuple[Any, ...]
    reviews: tuple[tuple[Any, ...], ...]


@dataclass(slots=True)
class Desk:
    """An author's folder of notes and the collection of one who learns from them."""

    program: Program
    collection: Collection
    changes: list[dict[str, Any]] = field(default_factory=list)
    asked: dict[int, str] = field(default_factory=dict)

    def write(self, files: Files) -> None:
        """Let these be all the notes that there are, a line each."""
        for old in [path for suffix in ("txt", "md") for path in NOTES.rglob(f"*.{suffix}")]:
            old.unlink()
        for name, lines in files.items():
            write(NOTES / name, "\n".join(lines) + "\n")

    def build(self, *options: str, paths: Sequence[Path] = (NOTES,)) -> list[str]:
        """Build; what changed in one line each, which is what `diff` said before."""
        refreshed = [option for option in options if option == "--refresh"]
        said = self.program("diff", *paths, "--json", *refreshed)
        self.changes = json.loads(said.out)
        done = self.program("build", *paths, "-o", PACKAGE, "--json", *options)
        assert (done.code, said.code) == (0, 0), done.err + said.err
        counted = {kind: number for kind, number in json.loads(done.out)["changes"].items() if number}
        kinds = [change["kind"] for change in self.changes]
        assert counted == {kind: kinds.count(kind) for kind in kinds}
        return sorted(told(change) for change in self.changes)

    def learn(self) -> None:
        """Import the package; what Anki calls new and updated are the notes that `diff` named, and no others."""
        before = histories(self.collection)
        self.asked = {card: history.answer for card, history in before.items()} | self.asked
        log = imported(self.collection, PACKAGE)
        named = {kind: {each["guid"] for each in self.changes if each["kind"] == kind} for kind in KINDS}
        touched = named["reworded"] | named["corrected"] | named["retired"] | named["revived"]
        assert log["new"] == named["new"]
        assert log["updated"] == touched
        assert not {outcome for outcome in log if log[outcome]} - {"new", "updated", "duplicate"}
        after = histories(self.collection)
        for card, history in before.items():
            now = after[card]
            assert (now.guid, now.schedule, now.reviews) == (history.guid, history.schedule, history.reviews)
            # The card of a blank that was taken away stays in Anki, and asks nothing until the blank is back.
            asks_the_same = words(now.answer) in {words(self.asked[card]), ""}
            assert asks_the_same or now.guid in named["corrected"], (self.asked[card], now.answer)
        self.asked |= {card: history.answer for card, history in after.items() if history.answer}

    def review(self) -> None:
        """Answer every card that was never answered, with all eases in turn, as the scheduler brings them."""
        ease = cycle(EASES)
        number = self.collection.decks.id("Notes")
        assert number is not None
        self.collection.decks.select(number)
        limits = self.collection.decks.config_dict_for_deck_id(number)
        limits["new"]["perDay"] = 999
        self.collection.decks.update_config(limits)
        while self.collection.find_cards("is:new"):
            card = self.collection.sched.getCard()
            assert card is not None
            self.collection.sched.answerCard(card, next(ease))

    def begin(self, files: Files, *options: str) -> None:
        """Write, build, import and review for the first time."""
        self.write(files)
        self.build(*options)
        self.learn()
        self.review()

    def edit(self, files: Files, *options: str) -> list[str]:
        """Write, build and import again, and twice, for the second time brings nothing; what changed."""
        self.write(files)
        found = self.build(*options)
        self.learn()
        package = PACKAGE.read_bytes()
        plain = self.program("build", NOTES, "-o", PACKAGE)
        assert "nothing changed" in plain.err.splitlines()
        assert self.build() == []
        assert PACKAGE.read_bytes() == package
        self.learn()
        return found


def told(change: Mapping[str, str]) -> str:
    """A change in one line: what happens, and to what; of a corrected one both values."""
    if change["kind"] in {"corrected", "moved"}:
        return f"{change['kind']}: {change['before']} > {change['after']}"
    return f"{change['kind']}: {change['after'] or change['before']}"


def imported(collection: Collection, package: Path) -> dict[str, set[str]]:
    """The GUIDs of the notes by what Anki's log says of them, with the options that its dialog starts with."""
    request = ImportAnkiPackageRequest(package_path=str(package.resolve()), options=ImportAnkiPackageOptions())
    log = collection.import_anki_package(request).log
    collection.models._clear_cache()
    return {
        name: {collection.get_note(each.id.nid).guid for each in getattr(log, name)}
        for name in ("new", "updated", "duplicate", "conflicting", "first_field_match", "empty_first_field")
    }


def histories(collection: Collection) -> dict[int, History]:
    """What the learner has of every card, by the card's id."""
    assert collection.db is not None
    found = {}
    for number in collection.find_cards(""):
        card = collection.get_card(number)
        reviews = "select id, ease, ivl, lastIvl, factor, time, type from revlog where cid = ? order by id"
        row = "select type, queue, due, ivl, factor, reps, lapses, left, data, did from cards where id = ?"
        back = card.answer()
        found[int(number)] = History(
            card.note().guid,
            text_in(back, "answer") or text_in(back, "cloze"),
            tuple(collection.db.first(row, number) or ()),
            tuple(map(tuple, collection.db.all(reviews, number))),
        )
    return found


@pytest.fixture
def desk(program: Program, parser: Parser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """An empty folder and an empty collection; the language model is that of the session."""
    monkeypatch.setattr(cli_notes, "load_parser", lambda _: parser)
    with opened_collection() as collection:
        yield Desk(program, collection)


# --- edits that leave the histories where they are ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """An edit: the notes before and after it, and what changes for the learner."""

    name: str
    before: Files
    after: Files
    changes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name


def sea(*swaps: tuple[str, str]) -> list[str]:
    """The lines of SEA with some words put in the place of others, each of which is there."""
    text = "\n".join(SEA)
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return text.split("\n")


STEAM = "The Titanic struck an iceberg in the North Atlantic in 1912"
ORDER = "Captain Smith ordered the crew to lower the lifeboats"
BOATS = "Lightoller lowered eight boats on the port side; Murdoch lowered ten boats on the starboard side"
LEANING = (
    "26 Oct – Lowe ordered the crew to lower the lifeboats",
    "He was convinced that the ship would clear the ice",
)
FRONTS = ("front :: where two masses of air meet", "front :: where two armies meet")
DIVES = ("Piccard reached the floor in 1960", "Cameron followed alone in ==2012==")
A_NEW_ONE = "Upwelling brings ==nutrients== to the coast of Peru"

IN_PLACE = (
    Row(
        "a typo mended",
        {"sea.txt": sea(("weaken", "weakne"))},
        {"sea.txt": SEA},
        ("reworded: El Niño begins when the {{trade winds}} weaken",),
    ),
    Row(
        "a typo mended in an answer",
        {"sea.txt": sea(("krill", "kirll"))},
        {"sea.txt": SEA},
        (
            (
                "corrected: Baleen whales of the Southern Ocean live on {{kirll}} > "
                "Baleen whales of the Southern Ocean live on {{krill}}"
            ),
        ),
    ),
    Row(
        "case and punctuation",
        {"sea.txt": SEA},
        {"sea.txt": sea(("Spring tides", "Spring-Tides:"), ("Norway", "Norway."), ("in which", "in WHICH"))},
        (
            "reworded: Spring-Tides: come with {{new and full moon}}",
            "reworded: The {{Gulf Stream}} carries warm water to Norway.",
            "reworded: thermocline → the layer in WHICH temperature falls fastest",
        ),
    ),
    Row(
        "reworded",
        {"sea.txt": SEA},
        {
            "sea.txt": sea(
                (
                    "The ==Gulf Stream== carries warm water to Norway",
                    "Warm water comes to Norway by the ==Gulf Stream==",
                ),
                ("Who had the Gulf Stream drawn on a chart?", "Who put the Gulf Stream on a chart first?"),
            )
        },
        (
            "reworded: Warm water comes to Norway by the {{Gulf Stream}}",
            "reworded: Who put the Gulf Stream on a chart first? → Benjamin Franklin",
        ),
    ),
    Row(
        "a number corrected",
        {"sea.txt": SEA},
        {"sea.txt": sea(("10,935", "10,920"))},
        (
            (
                "corrected: The Mariana Trench was {{10,935 metres}} deep when it was sounded in {{2009}} > "
                "The Mariana Trench was {{10,920 metres}} deep when it was sounded in {{2009}}"
            ),
        ),
    ),
    Row(
        "a date and a name corrected",
        {"sea.txt": SEA},
        {"sea.txt": sea(("1960", "1961"), ("A: Benjamin Franklin", "A: Timothy Folger"))},
        (
            (
                "corrected: Who had the Gulf Stream drawn on a chart? → Benjamin Franklin > "
                "Who had the Gulf Stream drawn on a chart? → Timothy Folger"
            ),
            (
                "corrected: {{Piccard}} and {{Walsh}} dived to the floor of it in {{1960}} > "
                "{{Piccard}} and {{Walsh}} dived to the floor of it in {{1961}}"
            ),
        ),
    ),
    Row(
        "a date corrected in a statement without marks",
        {"ship.txt": [STEAM, ORDER]},
        {"ship.txt": [STEAM.replace("1912", "1913"), ORDER]},
        (
            (
                "corrected: When did the Titanic strike an iceberg in the North Atlantic? → 1912 > "
                "When did the Titanic strike an iceberg in the North Atlantic? → 1913"
            ),
            "reworded: The {{Titanic}} struck an iceberg in the North Atlantic in 1913",
        ),
    ),
    Row(
        "a statement without marks reworded",
        {"ship.txt": [STEAM, ORDER]},
        {"ship.txt": [STEAM, ORDER.replace("ordered", "asked")]},
        (
            "reworded: Captain Smith asked the crew to lower the {{lifeboats}}",
            "reworded: Which captain asked the crew to lower the lifeboats? → Captain Smith",
        ),
    ),
    Row(
        "a name that the next line leans on",
        {"ship.txt": [STEAM, "", *LEANING]},
        {"ship.txt": [STEAM, "", LEANING[0].replace("Lowe", "Boxhall"), LEANING[1]]},
        (
            "reworded: What did Boxhall order the crew to do? → lower the lifeboats",
            "reworded: When did Boxhall order the crew to lower the lifeboats? → 26 Oct",
        ),
    ),
    Row(
        "a line inserted",
        {"sea.txt": SEA},
        {"sea.txt": [*SEA[:3], A_NEW_ONE, *SEA[3:]]},
        (("new: Upwelling brings {{nutrients}} to the coast of Peru"),),
    ),
    Row(
        "a line inserted that is like its neighbour",
        {"sea.txt": SEA},
        {"sea.txt": [SEA[0].replace("Gulf Stream", "Kuroshio").replace("Norway", "Japan"), *SEA]},
        ("new: The {{Kuroshio}} carries warm water to Japan",),
    ),
    Row(
        "a line inserted before statements without marks",
        {"ship.txt": [STEAM, ORDER, BOATS]},
        {"ship.txt": ["Ice had been seen ==at noon==", "", STEAM, ORDER, BOATS]},
        ("new: Ice had been seen {{at noon}}",),
    ),
    Row("lines reordered", {"sea.txt": SEA}, {"sea.txt": [SEA[place] for place in (7, 2, 5, 0, 1, 6, 4, 3)]}),
    Row("lines in reverse order", {"sea.txt": SEA}, {"sea.txt": SEA[::-1]}),
    Row(
        "headings renamed, moved and put in",
        {"sea.md": ["# Sea", *SEA[:3], "## Depths", *[f"- {line}" for line in SEA[3:]]]},
        {
            "sea.md": [
                "# Ocean",
                "## Currents",
                *SEA[:3],
                *[f"- {line}" for line in SEA[3:5]],
                "# Life",
                *[f"- {line}" for line in SEA[5:]],
            ]
        },
    ),
    Row(
        "a statement moved to another file",
        {"sea.txt": SEA, "life.md": ["- ==Plankton== drifts"]},
        {"sea.txt": [*SEA[:6], SEA[7]], "life.md": ["- ==Plankton== drifts", f"- {KRILL}"]},
        ("moved: sea.txt > ",),
    ),
    Row("a file renamed", {"sea.txt": SEA}, {"ocean/water.txt": SEA}, ("moved: sea.txt > ",) * len(SEA)),
    Row(
        "a file split",
        {"sea.txt": SEA},
        {"sea.txt": SEA[:4], "more.txt": SEA[4:]},
        ("moved: sea.txt > ",) * len(SEA[4:]),
    ),
    Row(
        "two files joined",
        {"one.txt": SEA[:4], "two.txt": SEA[4:]},
        {"one.txt": SEA},
        ("moved: two.txt > ",) * len(SEA[4:]),
    ),
    Row(
        "a file renamed and a line of it reworded",
        {"sea.txt": SEA},
        {"ocean.txt": sea(("live on", "feed on"))},
        (*("moved: sea.txt > ",) * (len(SEA) - 1), "reworded: Baleen whales of the Southern Ocean feed on {{krill}}"),
    ),
    Row(
        "a statement split",
        {"ship.txt": [STEAM, BOATS, ORDER]},
        {"ship.txt": [STEAM, *BOATS.split("; "), ORDER]},
        (
            "reworded: Murdoch lowered {{ten::number}} boats on the starboard side",
            "reworded: {{Lightoller}} lowered {{eight::number}} boats on the port side",
        ),
    ),
    Row(
        "two statements joined",
        {"ship.txt": [STEAM, *BOATS.split("; "), ORDER]},
        {"ship.txt": [STEAM, BOATS, ORDER]},
        (
            "reworded: Murdoch lowered {{ten::number}} boats on the starboard side",
            "reworded: {{Lightoller}} lowered {{eight::number}} boats on the port side",
        ),
    ),
    Row(
        "a statement with blanks split",
        {"sea.txt": SEA},
        {
            "sea.txt": [
                *SEA[:3],
                "The Mariana Trench was ==10,935 metres== deep",
                "Sonar sounded it in ==2009==",
                *SEA[4:],
            ]
        },
        ("new: Sonar sounded it in {{2009}}", "reworded: The Mariana Trench was {{10,935 metres}} deep"),
    ),
    Row(
        "a statement deleted",
        {"sea.txt": SEA},
        {"sea.txt": SEA[1:]},
        ("retired: The {{Gulf Stream}} carries warm water to Norway",),
    ),
    Row(
        "a file deleted",
        {"sea.txt": SEA, "life.txt": ["==Plankton== drifts"]},
        {"sea.txt": SEA},
        ("retired: {{Plankton}} drifts",),
    ),
    Row(
        "one of two definitions of a term deleted",
        {"sea.txt": [*SEA[:3], FRONTS[0], *SEA[3:6], FRONTS[1], *SEA[6:]]},
        {"sea.txt": [*SEA[:6], FRONTS[1], *SEA[6:]]},
        ("retired: front → where two masses of air meet",),
    ),
    Row(
        "two definitions of a term reordered",
        {"sea.txt": [*SEA[:3], FRONTS[0], *SEA[3:6], FRONTS[1], *SEA[6:]]},
        {"sea.txt": [*SEA[:3], FRONTS[1], *SEA[3:6], FRONTS[0], *SEA[6:]]},
    ),
    Row(
        "two blanks of one sentence on lines of their own, reordered",
        {"sea.txt": ["==Ebb== comes at six", *SEA, "Ebb comes at ==six=="]},
        {"sea.txt": ["Ebb comes at ==six==", *SEA, "==Ebb== comes at six"]},
    ),
    Row(
        "a statement split whose second piece alone has a blank",
        {"sea.txt": [*SEA[:3], "; ".join(DIVES), *SEA[3:]]},
        {"sea.txt": [*SEA[:3], *DIVES, *SEA[3:]]},
        (
            "new: When did Piccard reach the floor? → 1960",
            "new: {{Piccard}} reached the floor in 1960",
            "reworded: Cameron followed alone in {{2012}}",
        ),
    ),
    Row(
        "a statement that the author marks",
        {"ship.txt": [STEAM, ORDER]},
        {"ship.txt": [STEAM, ORDER.replace("lower the lifeboats", "==lower the lifeboats==")]},
        (
            "retired: Which captain ordered the crew to lower the lifeboats? → Captain Smith",
            "reworded: Captain Smith ordered the crew to {{lower the lifeboats}}",
        ),
    ),
    Row(
        "a statement given up for another one",
        {"sea.txt": SEA},
        {"sea.txt": [*SEA[:3], "Lantern fish rise to the surface ==at night==", *SEA[4:]]},
        (
            "new: Lantern fish rise to the surface {{at night}}",
            "retired: The Mariana Trench was {{10,935 metres}} deep when it was sounded in {{2009}}",
        ),
    ),
    Row(
        "a statement skipped",
        {"sea.txt": SEA},
        {"sea.txt": [f"{SEA[0]} #skip", *SEA[1:]]},
        ("retired: The {{Gulf Stream}} carries warm water to Norway",),
    ),
    Row(
        "a card skipped",
        {"ship.txt": [STEAM, ORDER]},
        {"ship.txt": [f"{STEAM} #skip(1912)", ORDER]},
        (
            "retired: When did the Titanic strike an iceberg in the North Atlantic? → 1912",
            "new: What did the Titanic strike in 1912? → an iceberg in the North Atlantic",
        ),
    ),
    Row(
        "the only card of a statement skipped",
        {"ship.txt": ["Montreux hosts a big festival", ORDER]},
        {"ship.txt": ["Montreux hosts a big festival #skip(Montreux)", ORDER]},
        ("retired: {{Montreux}} hosts a big festival",),
    ),
    Row(
        "a pronoun explained",
        {"ship.txt": [LEANING[0], "He was convinced that an American attack was imminent"]},
        {"ship.txt": [LEANING[0], "He was convinced that an American attack was imminent #he(Captain Smith)"]},
        ("reworded: Captain Smith was convinced that an {{American attack}} was imminent",),
    ),
    Row(
        "a tag added",
        {"sea.txt": SEA},
        {"sea.txt": [f"{SEA[0]} #current", *SEA[1:]]},
    ),
    Row(
        "a blank added",
        {"sea.txt": SEA},
        {"sea.txt": sea(("El Niño begins", "==El Niño== begins"))},
        ("reworded: {{El Niño}} begins when the {{trade winds}} weaken",),
    ),
    Row(
        "a blank removed",
        {"sea.txt": SEA},
        {"sea.txt": sea(("==10,935 metres==", "10,935 metres"))},
        ("reworded: The Mariana Trench was 10,935 metres deep when it was sounded in {{2009}}",),
    ),
    Row(
        "blanks reordered",
        {"sea.txt": SEA},
        {"sea.txt": [*SEA[:3], "Sounded in ==2009==, the Mariana Trench was ==10,935 metres== deep", *SEA[4:]]},
        ("reworded: Sounded in {{2009}}, the Mariana Trench was {{10,935 metres}} deep",),
    ),
    Row(
        "blanks with numbers reordered",
        {"sea.txt": SEA},
        {"sea.txt": sea(("{{c1::Piccard}} and {{c2::Walsh}}", "{{c2::Walsh}} and {{c1::Piccard}}"))},
        ("reworded: {{Walsh}} and {{Piccard}} dived to the floor of it in {{1960}}",),
    ),
    Row(
        "a blank put before the others",
        {"sea.txt": SEA},
        {"sea.txt": sea(("The Mariana Trench", "The ==Mariana Trench=="))},
        ("reworded: The {{Mariana Trench}} was {{10,935 metres}} deep when it was sounded in {{2009}}",),
    ),
)


@pytest.mark.parametrize("row", IN_PLACE, ids=str)
def test_edits(desk: Desk, row: Row) -> None:
    """Each note of the promise is told of as it says, and updated, made or left alone in Anki just so."""
    desk.begin(row.before)

    assert desk.edit(row.after) == sorted(row.changes)


def test_a_rebuild_without_an_edit(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package and the ledger are the same bytes, no language model is loaded, and Anki takes nothing over."""
    desk.begin({"sea.txt": SEA, "ship.txt": [STEAM, ORDER, BOATS, "", *LEANING]})
    package, ledger = PACKAGE.read_bytes(), LEDGER.read_bytes()
    monkeypatch.setattr(cli_notes, "load_parser", None)
    time.sleep(1)

    assert desk.build() == []
    assert (PACKAGE.read_bytes(), LEDGER.read_bytes()) == (package, ledger)
    assert not imported(desk.collection, PACKAGE)["updated"]


def test_blanks_that_come_back(desk: Desk) -> None:
    """A blank that was taken away and comes back takes the number of no other, nor did the one that came meanwhile."""
    desk.begin({"sea.txt": SEA})
    desk.edit({"sea.txt": sea(("==10,935 metres==", "10,935 metres"), ("Mariana Trench", "==Mariana Trench=="))})
    desk.review()
    assert len(desk.collection.get_empty_cards().notes) == 1

    desk.edit({"sea.txt": sea(("Mariana Trench", "==Mariana Trench=="))})

    asked = {each.answer: (len(each.reviews), each.guid) for each in histories(desk.collection).values()}
    assert asked["10,935 metres"][1] == asked["2009"][1] == asked["Mariana Trench"][1]
    assert asked["2009"][0] == asked["Mariana Trench"][0] == 1


@pytest.mark.parametrize("name", ["sea.txt", "other/ocean.txt"])
def test_what_is_deleted_is_retired_and_comes_back(desk: Desk, name: str) -> None:
    """A retired note is found by its tag, and loses it when its text is back, there or in another file."""
    desk.begin({"sea.txt": SEA})
    desk.edit({"sea.txt": SEA[1:]})
    assert desk.collection.find_notes(f"tag:{RETIRED}") == desk.collection.find_notes('"Gulf Stream" carries')
    files = {"sea.txt": SEA} if name == "sea.txt" else {"sea.txt": SEA[1:], name: SEA[:1]}

    assert desk.edit(files) == ["revived: The {{Gulf Stream}} carries warm water to Norway"]
    assert not desk.collection.find_notes(f"tag:{RETIRED}")


def test_cards_that_come_back(desk: Desk) -> None:
    """A statement that was split and is joined again has its cards back."""
    whole = "The inquiry blamed Captain Smith because he had ignored six warnings"
    desk.begin({"ship.txt": [STEAM, whole, ORDER]})
    gone = desk.edit({"ship.txt": [STEAM, "The inquiry blamed Captain Smith", "He had ignored six warnings", ORDER]})
    assert any(change.startswith("retired") for change in gone)

    back = desk.edit({"ship.txt": [STEAM, whole, ORDER]})

    assert not [change for change in back if change.startswith("new")]


def test_what_the_learner_did_on_the_phone(desk: Desk) -> None:
    """An edit, a tag, a leech, a flag and a suspended card stay until that very statement is edited."""
    desk.begin({"sea.txt": SEA, "ship.txt": [STEAM, ORDER]})
    collection = desk.collection
    (krill,) = collection.find_notes("krill")
    note = collection.get_note(krill)
    note.fields[0] += " <i>(my own words)</i>"
    note.tags += ["leech", "my::own"]
    time.sleep(1)
    collection.update_note(note)
    (card,) = note.card_ids()
    collection.sched.suspend_cards([card])
    collection.set_user_flag_for_cards(3, [card])

    desk.edit({"sea.txt": ["# Currents", A_NEW_ONE, *sea(("weaken", "grow weak"))], "ship.txt": [ORDER, STEAM]})
    kept = collection.get_note(krill)
    desk.edit({"sea.txt": sea(("live on", "feed on")), "ship.txt": [ORDER, STEAM]})
    taken = collection.get_note(krill)

    assert (kept.fields, sorted(kept.tags)) == (note.fields, sorted(note.tags))
    assert "feed on" in taken.fields[0]
    assert "my own words" not in taken.fields[0]
    assert (collection.get_card(card).queue, collection.get_card(card).user_flag()) == (-1, 3)


# --- builds of other kinds ----------------------------------------------------------------------------------------


def test_refresh(desk: Desk) -> None:
    """What an older version worded stays word for word until `--refresh`, and then its cards stay the same cards."""
    desk.write({"ship.txt": [STEAM, ORDER]})
    desk.build()
    text = LEDGER.read_text(encoding="utf-8")
    older = text.replace("When did the Titanic strike an iceberg in the North Atlantic?", "The year of the Titanic?")
    write(LEDGER, older.replace('"content":"', '"content":"0'))
    assert desk.program("build", NOTES, "-o", PACKAGE).code == 0
    imported(desk.collection, PACKAGE)
    desk.review()
    assert desk.edit({"ship.txt": ["# Ice", STEAM, ORDER]}) == []

    found = desk.edit({"ship.txt": [STEAM, ORDER]}, "--refresh")

    assert "reworded: When did the Titanic strike an iceberg in the North Atlantic? → 1912" in found
    assert {change.partition(":")[0] for change in found} == {"reworded"}


def test_refresh_of_today(desk: Desk) -> None:
    """`--refresh` where today's templates say the same changes nothing."""
    files = {"sea.txt": SEA, "ship.txt": [STEAM, ORDER, BOATS, "", *LEANING]}
    desk.begin(files)

    assert desk.edit(files, "--refresh") == []


def test_a_build_of_a_part(desk: Desk) -> None:
    """Nothing outside the part is retired or forgotten; what is within it is as in a whole build."""
    desk.begin({"sea.txt": SEA[:4], "deep/more.txt": SEA[4:]})
    desk.write({"sea.txt": SEA[:3], "deep/more.txt": SEA[5:]})
    write(NOTES / "deck.toml", 'name = "Notes"\n')

    part = desk.build(paths=[NOTES / "deep"])
    desk.learn()
    whole = desk.build()
    desk.learn()

    assert part == ["retired: {{Piccard}} and {{Walsh}} dived to the floor of it in {{1960}}"]
    assert whole == ["retired: The Mariana Trench was {{10,935 metres}} deep when it was sounded in {{2009}}"]


def test_a_file_that_cannot_be_read(desk: Desk) -> None:
    """A file that is no UTF-8 for a while is told of, and its notes are neither retired nor new when it is whole."""
    desk.begin({"sea.txt": SEA[:4], "more.txt": SEA[4:]})
    write(NOTES / "more.txt", b"\xff\xfe\xfa")

    done = desk.program("build", NOTES, "-o", PACKAGE, "--json")
    changes = json.loads(done.out)["changes"]

    assert done.code == 1
    assert "more.txt:1: error[not-utf8]" in done.err
    assert not any(changes.values())
    assert desk.edit({"sea.txt": SEA[:4], "more.txt": SEA[4:]}) == []


def test_frozen(desk: Desk) -> None:
    """`--frozen` fails where anything would change, and changes nothing; where nothing would, it builds."""
    desk.begin({"sea.txt": SEA})
    kept = PACKAGE.read_bytes(), LEDGER.read_bytes()
    assert desk.build("--frozen") == []
    desk.write({"sea.txt": SEA[1:]})

    done = desk.program("build", NOTES, "-o", PACKAGE, "--frozen")

    assert (done.code, done.out) == (2, "")
    assert "1 retired" in done.err
    assert (PACKAGE.read_bytes(), LEDGER.read_bytes()) == kept


def test_mass_retirement(desk: Desk) -> None:
    """More than ten notes and a quarter of the deck at once stop the build; `--allow-retire` goes on."""
    many = [f"Sounding {number} found the ground at =={number * 37} fathoms==" for number in range(1, 41)]
    desk.begin({"sea.txt": SEA, "soundings.txt": many})
    kept = PACKAGE.read_bytes(), LEDGER.read_bytes()
    desk.write({"sea.txt": SEA})

    done = desk.program("build", NOTES, "-o", PACKAGE)

    assert (done.code, done.out) == (2, "")
    assert "40 of 48 notes would be retired" in done.err
    assert (PACKAGE.read_bytes(), LEDGER.read_bytes()) == kept
    assert len(desk.edit({"sea.txt": SEA}, "--allow-retire")) == 40


def test_prune(desk: Desk) -> None:
    """Retired notes are in every package until `prune`; then they are forgotten, and text that comes back is new."""
    desk.begin({"sea.txt": SEA})
    desk.edit({"sea.txt": SEA[1:]})
    collection = desk.collection
    reminder = desk.program("build", NOTES, "-o", PACKAGE).err
    collection.remove_notes(collection.find_notes(f"tag:{RETIRED}"))
    done = desk.program("prune", NOTES)

    assert f"tag:{RETIRED}" in reminder
    assert (done.code, done.err) == (0, "1 retired note forgotten\n")
    assert desk.build() == []
    assert not imported(collection, PACKAGE)["new"]
    assert desk.edit({"sea.txt": SEA}) == ["new: The {{Gulf Stream}} carries warm water to Norway"]


def test_two_builds_within_a_second(desk: Desk) -> None:
    """The second waits: each change has a later time than the one before, and none is of the future."""
    desk.begin({"sea.txt": SEA})
    moments = [_modified(desk.collection, "tides")]
    for verb in ("go", "are seen"):
        desk.write({"sea.txt": sea(("tides come", f"tides {verb}"))})
        desk.build()
        desk.learn()
        moments.append(_modified(desk.collection, "tides"))

        assert moments[-1] <= time.time()
    assert moments == sorted(set(moments))


def _modified(collection: Collection, search: str) -> int:
    (number,) = collection.find_notes(search)
    return collection.get_note(number).mod


# --- a ledger that is lost, or of two branches --------------------------------------------------------------------


def test_a_lost_ledger(desk: Desk) -> None:
    """Without a ledger, statements that were not edited since they were new keep their notes."""
    files = {"sea.txt": SEA, "ship.txt": [STEAM, ORDER, BOATS]}
    desk.begin(files)
    before = {each.guid for each in histories(desk.collection).values()}
    LEDGER.unlink()
    time.sleep(1)
    desk.program("build", NOTES, "-o", PACKAGE)

    log = imported(desk.collection, PACKAGE)

    assert log["updated"] | log["duplicate"] == before
    assert not log["new"]
    desk.edit(files)


def test_recover(desk: Desk) -> None:
    """From the last package `recover` makes a ledger by which edited statements are known again, retired ones too."""
    desk.begin({"sea.txt": SEA, "ship.txt": [STEAM, ORDER, BOATS]})
    edited = {"sea.txt": sea(("live on", "feed on"))[1:], "ship.txt": [STEAM, BOATS, ORDER]}
    desk.edit(edited)
    assert desk.program("recover", PACKAGE, NOTES).code == 2
    LEDGER.unlink()

    done = desk.program("recover", PACKAGE, NOTES)

    assert (done.code, Path(done.out.strip())) == (0, LEDGER.resolve())
    assert desk.edit(edited) == []
    assert desk.edit(edited | {"sea.txt": sea(("live on", "feed on"), ("come with", "go with"))[1:]}) == [
        "reworded: Spring tides go with {{new and full moon}}"
    ]


def test_branches_merged(desk: Desk, tmp_path: Path) -> None:
    """The lines that two branches added to the ledger, all kept, are a ledger in which nothing is new."""
    desk.begin({"sea.txt": SEA})
    base = LEDGER.read_text(encoding="utf-8")
    ours = {"sea.txt": [*SEA, A_NEW_ONE]}
    desk.edit(ours)
    mine = LEDGER.read_text(encoding="utf-8")
    write(LEDGER, base)
    desk.write({"sea.txt": ["==Plankton== drifts", *SEA]})
    assert desk.program("build", NOTES, "-o", tmp_path / "theirs.apkg").code == 0
    theirs = LEDGER.read_text(encoding="utf-8")
    merged = {"sea.txt": ["==Plankton== drifts", *SEA, A_NEW_ONE]}
    desk.write(merged)

    conflict = "<<<<<<< ours\n{}=======\n{}>>>>>>> theirs\n".format(
        *(side.replace(base, "") for side in (mine, theirs))
    )
    write(LEDGER, base + conflict)
    refused = desk.program("build", NOTES, "-o", PACKAGE)
    write(LEDGER, "".join(sorted({*mine.splitlines(keepends=True), *theirs.splitlines(keepends=True)})))

    assert refused.code == 2
    assert f"ledger.jsonl:{base.count(chr(10)) + 1}: " in refused.err
    assert desk.build() == []
    assert imported(desk.collection, PACKAGE)["new"] == {_guid(theirs, "Plankton")}


def _guid(ledger: str, said: str) -> str:
    (line,) = [line for line in ledger.splitlines() if said in line]
    return str(json.loads(line)["notes"][0]["guid"])


# --- what the author decides --------------------------------------------------------------------------------------


def test_an_id_that_the_author_wrote(desk: Desk) -> None:
    """By `^id` a statement is the same in other words, elsewhere, with tags beside it."""
    desk.begin({"sea.txt": [f"{KRILL} ^whale-food", *SEA[:3]]})
    other = "What do the biggest animals of all eat? ==krill=="

    found = desk.edit({"sea.txt": SEA[:3], "life.md": [f"- {other} ^whale-food"]})

    assert found == ["reworded: What do the biggest animals of all eat? {{krill}}"]
    assert desk.edit({"sea.txt": SEA[:3], "life.md": [f"- {other} #whales ^whale-food"]}) == []


def test_as_new(desk: Desk) -> None:
    """By `#as-new` a statement is none of those before, once, whether the tag then stays or goes."""
    desk.begin({"sea.txt": SEA})
    marked = sea(("10,935", "10,920"))
    marked[3] += " #as-new"

    found = desk.edit({"sea.txt": marked})

    assert found == [
        "new: The Mariana Trench was {{10,920 metres}} deep when it was sounded in {{2009}}",
        "retired: The Mariana Trench was {{10,935 metres}} deep when it was sounded in {{2009}}",
    ]
    assert desk.edit({"sea.txt": sea(("10,935", "10,920"))}) == []
    assert not desk.collection.find_notes("tag:as-new")


def test_a_tie_is_not_guessed(desk: Desk) -> None:
    """Where an edited line may be either of two, it is new, and the author is told how to say which."""
    twins = ["Ebb at the pier comes at ==six== on Monday", "Ebb at the pier comes at ==seven== on Monday"]
    desk.begin({"tides.txt": [SEA[0], *twins, SEA[2]]})
    edited = "Ebb at the pier comes at ==eight== on Monday"
    desk.write({"tides.txt": [SEA[0], edited, SEA[2]]})

    done = desk.program("diff", NOTES)
    key, _ = (word for word in done.err.split() if word.startswith("^"))

    assert "tides.txt:2: warning[ambiguous-match]" in done.err
    assert "tides.txt:2: ambiguous" in done.out
    assert "1 new, 2 retired, 1 ambiguous" in done.err
    assert desk.edit({"tides.txt": [SEA[0], f"{edited} {key}", SEA[2]]}) == [
        "corrected: Ebb at the pier comes at {{six}} on Monday > Ebb at the pier comes at {{eight}} on Monday",
        "retired: Ebb at the pier comes at {{seven}} on Monday",
    ]


# --- the phone ----------------------------------------------------------------------------------------------------


@contextmanager
def sync_server(folder: Path) -> Iterator[str]:
    """Anki's own sync server, for one user."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    names = {"SYNC_USER1": "user:password", "SYNC_BASE": folder, "SYNC_HOST": "127.0.0.1", "SYNC_PORT": port}
    environment = os.environ | {name: str(value) for name, value in names.items()}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        [sys.executable, "-m", "anki.syncserver"], env=environment, stdout=quiet, stderr=quiet
    ) as server:
        try:
            for _ in range(100):
                with socket.socket() as trial:
                    if trial.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def sync(collection: Collection, url: str, *, uploads: bool | None = None) -> None:
    """Sync as Anki does; a full sync, by which reviews may be lost, happens only where `uploads` says which way."""
    key = collection.sync_login("user", "password", url)
    done = collection.sync_collection(key, sync_media=False)
    assert (done.required in {done.NO_CHANGES, done.NORMAL_SYNC}) == (uploads is None)
    if uploads is not None:
        collection.close_for_full_sync()
        collection.full_upload_or_download(auth=key, server_usn=None, upload=uploads)
        collection.reopen(after_full_sync=True)
    collection.models._clear_cache()


def test_reviews_on_the_phone(desk: Desk, tmp_path: Path) -> None:
    """Reviews on the phone and an import on the computer meet by an ordinary sync; both have all of both."""
    desk.write({"sea.txt": SEA})
    desk.build()
    desk.learn()
    with sync_server(tmp_path / "server") as url, opened_collection() as pocket:
        phone = Desk(desk.program, pocket)
        sync(desk.collection, url, uploads=True)
        sync(pocket, url, uploads=False)
        phone.review()
        before = histories(pocket)

        desk.write({"sea.txt": [A_NEW_ONE, *sea(("live on", "feed on"), ("1960", "1961"))[1:]]})
        desk.build()
        desk.learn()
        for each in (pocket, desk.collection, pocket):
            sync(each, url)
        after = histories(pocket)

        assert after == histories(desk.collection)
        assert {card: (each.schedule, each.reviews) for card, each in after.items() if each.reviews} == {
            card: (each.schedule, each.reviews) for card, each in before.items()
        }
        assert {each.answer for each in after.values()} - {each.answer for each in before.values()} == {
            "1961",
            "nutrients",
        }
        assert pocket.find_notes(f"tag:{RETIRED}")
        assert pocket.find_notes('"feed on"')


# --- any notes at all ---------------------------------------------------------------------------------------------

LINES = (
    *SEA,
    *(STEAM, ORDER, BOATS, A_NEW_ONE),
    *("TCP opens with a ==three-way handshake==", "TCP closes with a ==four-way handshake=="),
    *("RST aborts the connection ==at once==", "DNS resolves the name ==at once=="),
    *(*FRONTS, "==Ebb== comes at six"),
    *("Ebb comes at ==six==", "Ebb comes at ==seven==", "flood ::: the rising tide", "ebb ::: the falling tide"),
)
PARAGRAPHS = st.lists(st.lists(st.sampled_from(LINES), min_size=1, max_size=4), min_size=1, max_size=5)
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def source(paragraphs: Sequence[Sequence[str]], path: str = "a.txt") -> Source:
    """A file of paragraphs."""
    return Source(path, "\n\n".join("\n".join(lines) for lines in paragraphs) + "\n", NOON)


def made(parser_of: Callable[[str], Parser], past: Past, *sources: Source) -> Build:
    """A build on top of another."""
    return build(sorted(sources, key=lambda each: each.path), Config("Trial"), past, parser_of, lambda *_: None)


def then(before: Build) -> Past:
    """What the next build, a minute later, goes on from."""
    last = max((note.modified for entry in before.entries for note in entry.notes), default=NOON)
    return Past(before.entries, last + 60)


def said(deck: Deck) -> dict[str, tuple[str, ...]]:
    """What each note that is not retired asks, by its GUID: the text of a cloze, or a question and its answer."""
    telling = {NoteKind.CLOZE: 1, NoteKind.QUESTION: 2}
    return {note.guid: tuple(note.fields[: telling[note.kind]]) for note in deck.notes if RETIRED not in note.tags}


@FEW
@given(paragraphs=PARAGRAPHS)
def test_the_same_notes_again(parser: Parser, paragraphs: list[list[str]]) -> None:
    """With the ledger of the last build, the same notes give the same deck and ledger, and no parser is asked for."""

    def refuse(_: str) -> Parser:
        raise AssertionError

    first = made(lambda _: parser, Past(now=NOON), source(paragraphs))
    second = made(refuse, then(first), source(paragraphs))

    assert second.deck == first.deck
    assert dump(second.entries) == dump(first.entries)
    assert load(dump(first.entries), "ledger") == first.entries
    assert not second.changes


@FEW
@given(paragraphs=PARAGRAPHS, data=st.data())
def test_what_is_moved_is_the_same(parser: Parser, paragraphs: list[list[str]], data: st.DataObject) -> None:
    """Paragraphs in another order, in other files, under other headings: every note is the same and asks the same."""
    first = made(lambda _: parser, Past(now=NOON), source(paragraphs))
    moved = data.draw(st.permutations(paragraphs))
    cut = data.draw(st.integers(0, len(moved)))
    heading = data.draw(st.sampled_from(["# Water", "# Ice"]))
    parts = source([[heading], *moved[:cut]], "b.txt"), source([*moved[cut:], [heading]], "c/d.txt")

    second = made(lambda _: parser, then(first), *parts)

    lines = [line for paragraph in paragraphs for line in paragraph]
    before, after = said(first.deck), said(second.deck)
    # A line that stands twice in a file is asked once, and of two files in each.
    assert after == before if len(set(lines)) == len(lines) else before.items() <= after.items()
    assert {str(change.kind) for change in second.changes} <= ({"moved"} if after == before else {"moved", "new"})


@FEW
@given(paragraphs=PARAGRAPHS, added=st.sampled_from(LINES), data=st.data())
def test_what_is_added_changes_no_other(
    parser: Parser, paragraphs: list[list[str]], added: str, data: st.DataObject
) -> None:
    """A statement put in anywhere, be it like others or equal to one, is the only news."""
    first = made(lambda _: parser, Past(now=NOON), source(paragraphs))
    place = data.draw(st.integers(0, len(paragraphs)))

    second = made(lambda _: parser, then(first), source([*paragraphs[:place], [added], *paragraphs[place:]]))

    before, after = said(first.deck), said(second.deck)
    assert before.items() <= after.items()
    assert {str(change.kind) for change in second.changes} <= {"new"}


@FEW
@given(
    chosen=st.lists(st.sampled_from(["wave", "tide", "foam", "reef", "wave"]), min_size=3, max_size=8),
    data=st.data(),
)
def test_a_blank_that_is_added_renumbers_no_other(chosen: list[str], data: st.DataObject) -> None:
    """Blanks keep their numbers when others are put in beside them, even of the same words."""
    places = st.sets(st.integers(0, len(chosen) - 1))
    few = data.draw(places.filter(bool))
    more = few | data.draw(places)

    first = made(_no_parser, Past(now=NOON), source([[_blanked(chosen, few)]]))
    second = made(_no_parser, then(first), source([[_blanked(chosen, more)]]))

    assert _numbers(first, few).items() <= _numbers(second, more).items()


def _no_parser(_: str) -> Parser:
    raise AssertionError


def _blanked(chosen: Sequence[str], places: set[int]) -> str:
    return "Seen: " + " ".join(f"=={word}==" if place in places else word for place, word in enumerate(chosen))


def _numbers(found: Build, places: set[int]) -> dict[int, int]:
    """The number of the blank at each place."""
    (note,) = found.deck.notes
    numbers = [int(piece.partition("::")[0]) for piece in note.fields[0].split("{{c")[1:]]
    return dict(zip(sorted(places), numbers, strict=True))


@FEW
@given(versions=st.lists(PARAGRAPHS, min_size=2, max_size=5))
def test_no_guid_twice(parser: Parser, versions: list[list[list[str]]]) -> None:
    """Whatever becomes of the notes, a GUID is one note's, for ever, and a note's time never goes back."""
    past = Past(now=NOON)
    times: dict[str, int] = {}
    for paragraphs in versions:
        found = made(lambda _: parser, past, source(paragraphs))
        guids = [note.guid for note in found.deck.notes]
        assert len(set(guids)) == len(guids)
        assert set(guids) == {note.guid for entry in found.entries for note in entry.notes} >= set(times)
        assert all(note.modified >= times.get(note.guid, 0) for note in found.deck.notes)
        times |= {note.guid: note.modified for note in found.deck.notes}
        past = then(found)
