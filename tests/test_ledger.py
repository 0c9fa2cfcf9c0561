"""The text of a ledger: what is written is read, merges are valid, and what cannot be read names its line."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_cards.diagnostics import CouldNotRunError
from crisis_cards.ledger import Entry, Shipped, dump, load
from crisis_cards.model import Cloze, Mark, MarkKind, Question

NAME = "ledger.jsonl"

TEXTS = st.text(st.characters(), max_size=12)
NUMBERS = st.integers(0, 10**12)
MARKS = st.lists(st.builds(Mark, NUMBERS, NUMBERS, st.sampled_from(MarkKind), NUMBERS, TEXTS), max_size=2).map(tuple)
LINES = st.lists(TEXTS, max_size=2).map(tuple)
WORDINGS = st.one_of(
    st.builds(Question, TEXTS, TEXTS, st.just(()), LINES), st.builds(Cloze, TEXTS, MARKS, st.just(()), LINES)
)
NOTES = st.lists(st.builds(Shipped, TEXTS, TEXTS, WORDINGS, NUMBERS, TEXTS, NUMBERS, st.booleans()), max_size=3)
ENTRIES = st.builds(
    Entry,
    key=TEXTS,
    path=TEXTS,
    trail=LINES,
    words=TEXTS,
    position=NUMBERS,
    digest=TEXTS,
    leans=st.booleans(),
    name=TEXTS,
    text=TEXTS,
    marks=MARKS,
    expansions=st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple),
    notes=NOTES.map(tuple),
)


def is_possible(entries: list[Entry]) -> bool:
    """Whether no GUID is in them twice."""
    guids = [note.guid for entry in entries for note in entry.notes]
    return len(guids) == len(set(guids))


LEDGERS = st.lists(ENTRIES, max_size=4, unique_by=lambda entry: entry.key).filter(is_possible)

JFK = Entry(
    key="k1",
    path="cuba.txt",
    trail=("Cuba", "Letters"),
    words="JFK sent a letter",
    position=100,
    digest="d1",
    text="26 Oct: JFK sent a letter",
    notes=(Shipped("g1", "subject", Question("Who sent a letter?", "JFK"), 1_700_000_000, "c1"),),
)
EXCOMM = replace(
    JFK,
    key="k2",
    words="ExComm met",
    position=200,
    notes=(Shipped("g2", "subject", Cloze("ExComm met", (Mark(0, 6, MarkKind.BLANK, 1),)), 1_700_000_000, "c2", 1),),
)


def changed(entry: Entry, **changes: object) -> str:
    """The line of an entry with some of its values replaced, or left out where None is given."""
    table = {**json.loads(dump([entry])), **changes}
    return json.dumps({key: value for key, value in table.items() if value is not None}) + "\n"


def with_note(entry: Entry, **changes: object) -> str:
    """The same for the entry's one note."""
    note = {**json.loads(dump([entry]))["notes"][0], **changes}
    return changed(entry, notes=[{key: value for key, value in note.items() if value is not None}])


# --- what is written is read --------------------------------------------------------------------------------------


@given(LEDGERS)
def test_load_and_dump_are_inverse(entries: list[Entry]) -> None:
    """What was written is read back, whatever is in it, and is written the same again."""
    text = dump(entries)

    found = load(text, NAME)

    assert sorted(found, key=repr) == sorted(entries, key=repr)
    assert dump(found) == text
    assert text.encode("utf-8").decode("utf-8") == text


@given(LEDGERS.flatmap(lambda entries: st.tuples(st.just(entries), st.permutations(entries))))
def test_order_does_not_matter(both: tuple[list[Entry], list[Entry]]) -> None:
    """The same facts in any order are the same ledger, one line each."""
    entries, mixed = both

    text = dump(mixed)

    assert text == dump(entries)
    assert text.count("\n") == len(entries)
    assert load("\n".join(reversed(text.split("\n")[:-1])) + "\n", NAME) == load(text, NAME)


def test_a_ledger_is_readable() -> None:
    """One object a line: the format, the fact, what it says, its notes; little that is empty."""
    assert dump([JFK]) == (
        '{"v":1,"key":"k1","path":"cuba.txt","trail":["Cuba","Letters"],"words":"JFK sent a letter","position":100,'
        '"digest":"d1","text":"26 Oct: JFK sent a letter","notes":[{"guid":"g1","template":"subject",'
        '"prompt":"Who sent a letter?","answer":"JFK","modified":1700000000,"content":"c1"}]}\n'
    )


def test_entries_stand_in_the_order_of_the_notes() -> None:
    """By path and position, so that an edit in one place changes lines in one place."""
    other = replace(JFK, key="k0", path="berlin.txt", position=900, notes=())

    assert [entry.key for entry in load(dump([EXCOMM, JFK, other]), NAME)] == ["k0", "k1", "k2"]


@pytest.mark.parametrize("text", ["", "\n", " \n\r\n"])
def test_an_empty_ledger_has_no_entries(text: str) -> None:
    """Lines of white space say nothing."""
    assert load(text, NAME) == ()


def test_line_ends_of_windows_are_read() -> None:
    """A version control system that rewrites line ends does no harm."""
    assert load(dump([JFK, EXCOMM]).replace("\n", "\r\n"), NAME) == (JFK, EXCOMM)


# --- merges -------------------------------------------------------------------------------------------------------


def test_both_sides_of_a_merge_count() -> None:
    """Lines that two branches added are a valid ledger in whatever order they come to stand."""
    assert load(dump([EXCOMM]) + dump([JFK]), NAME) == (JFK, EXCOMM)


@pytest.mark.parametrize("is_first", [True, False])
def test_of_one_fact_on_both_sides_the_later_counts(is_first: bool) -> None:
    """Where both branches changed a fact, what was shipped last is what learners have."""
    later = replace(JFK, words="JFK wrote", notes=(replace(JFK.notes[0], modified=1_700_000_001),))
    lines = [dump([later]), dump([JFK])] if is_first else [dump([JFK]), dump([later])]

    assert load("".join(lines), NAME) == (later,)


def test_a_tie_falls_the_same_on_both_machines() -> None:
    """Where neither is later, the order of the lines decides nothing."""
    other = replace(JFK, path="berlin.txt")

    assert load(dump([JFK]) + dump([other]), NAME) == load(dump([other]) + dump([JFK]), NAME)


# --- what cannot be read ------------------------------------------------------------------------------------------

SECOND = dump([EXCOMM])

FAULTS = {
    "the start of a conflict": "<<<<<<< HEAD\n" + SECOND,
    "the middle of a conflict": "=======\n",
    "the end of a conflict": ">>>>>>> main\n",
    "the base of a conflict": "||||||| 1234\n",
    "cut short": SECOND[: len(SECOND) // 2],
    "cut by its last character": SECOND[:-1],
    "text": "hello\n",
    "a list": "[]\n",
    "a number": "1\n",
    "deep": "[" * 100_000 + "\n",
    "no version": changed(EXCOMM, v=None),
    "a version that is text": changed(EXCOMM, v="1"),
    "a version that is true": changed(EXCOMM, v=True),
    "a version before the first": changed(EXCOMM, v=0),
    "a newer version": changed(EXCOMM, v=2),
    "no key": changed(EXCOMM, key=None),
    "no path": changed(EXCOMM, path=None),
    "no words": changed(EXCOMM, words=None),
    "no position": changed(EXCOMM, position=None),
    "a key that is a number": changed(EXCOMM, key=1),
    "a position that is text": changed(EXCOMM, position="1"),
    "a position with a fraction": changed(EXCOMM, position=1.5),
    "a trail that is text": changed(EXCOMM, trail="Cuba"),
    "a flag that is text": changed(EXCOMM, leans="no"),
    "a mark with too little": changed(EXCOMM, marks=[[1, 2]]),
    "a mark of no kind": changed(EXCOMM, marks=[[1, 2, "loud", 0, ""]]),
    "an expansion of one": changed(EXCOMM, expansions=[["JFK"]]),
    "notes that are text": changed(EXCOMM, notes="g1"),
    "notes that are no objects": changed(EXCOMM, notes=["cloze"]),
    "a note without a GUID": with_note(EXCOMM, guid=None),
    "a note without a time": with_note(EXCOMM, modified=None),
    "a note without a wording": with_note(EXCOMM, cloze=None),
    "a question without an answer": with_note(EXCOMM, cloze=None, prompt="Who?"),
    "a time that is text": with_note(EXCOMM, modified="now"),
    "a GUID of another fact": with_note(EXCOMM, guid="g1"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_what_cannot_be_read_names_its_line(fault: str) -> None:
    """One line says which file, which line, and what to do; never is a part of a ledger taken for the whole."""
    with pytest.raises(CouldNotRunError, match=r"^ledger\.jsonl:2: [^\n]+; [^\n]+$"):
        load(dump([JFK]) + fault, NAME)


def test_a_newer_version_says_so() -> None:
    """Who has an older program on another machine reads what to do."""
    with pytest.raises(CouldNotRunError, match=r"format 2.*upgrade"):
        load(changed(JFK, v=2), NAME)


def test_a_conflict_says_so() -> None:
    """The message is about the merge, not about JSON."""
    with pytest.raises(CouldNotRunError, match="conflict of a merge"):
        load("<<<<<<< HEAD\n", NAME)
