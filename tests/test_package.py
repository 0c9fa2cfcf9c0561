"""What Anki makes of a package, asked of Anki itself; and what becomes of the file when something goes wrong."""

from __future__ import annotations

import errno
import os
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from anki_collection import ShownCard, imported, normal, opened_collection, shown_cards, text_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crisis_cards.diagnostics import CouldNotRunError, Span
from crisis_cards.identity import fact_keys, guids_of, number_ids
from crisis_cards.model import Card, Cloze, Deck, Fact, Mark, MarkKind, Note, NoteKind, Question, Statement, Wording
from crisis_cards.notetypes import FACES_MODIFIED, kind_of
from crisis_cards.package import check_output_name, write_package
from crisis_cards.render import blank_kind, fields_of, is_visible, ordinals_of, tag_of, why_not

NOON = 1_700_000_000

TELEGRAPH = Cloze(
    "NK sent a long and rambling telegraph to JFK",
    (Mark(0, 2, MarkKind.BLANK, 1, "person"), Mark(8, 37, MarkKind.BLANK, 2), Mark(41, 44, MarkKind.BLANK, 1)),
    ("Cuba", "Telegraphs"),
    ("26 Oct",),
)
BRINKMANSHIP = Question("What was brinkmanship?", "a high-risk strategy", ("Cuba",), ("from the line above",))


def deck_of(*wordings: Wording, name: str = "Cuba", statement: str = "The whole statement") -> Deck:
    """A deck of one note for each wording, each of a statement of its own."""
    notes = []
    keys = fact_keys(f"{statement} {place}" for place in range(len(wordings)))
    for place, (key, wording) in enumerate(zip(keys, wordings, strict=True)):
        span = Span("cuba.txt", place + 1, place + 1)
        fact = Fact(Statement(span, (), statement), statement, statement, "Cuba")
        notes.append(
            Note(
                guid=guids_of(key, [wording])[0],
                kind=kind_of(wording),
                fields=fields_of(Card(fact, "trial", wording), key),
                ordinals=ordinals_of(wording),
                tags=(tag_of(["Cuba", "26 Oct"]), "C++"),
                modified=NOON,
                position=10 * (place + 1),
                deck=name,
            )
        )
    return Deck(name, tuple(notes))


def with_note(whole: Deck, place: int, **changes: object) -> Deck:
    """The deck with one of its notes changed."""
    notes = list(whole.notes)
    notes[place] = replace(notes[place], **changes)  # type: ignore[arg-type]  # of whatever field
    return Deck(whole.name, tuple(notes))


SMALL = deck_of(BRINKMANSHIP, TELEGRAPH)

# --- in Anki ------------------------------------------------------------------------------------------------------


def test_every_note_arrives_and_every_card_shows_what_it_should(tmp_path: Path) -> None:
    """The front asks and does not tell; the back answers, and adds the statement and the source."""
    write_package(SMALL, tmp_path / "cuba.apkg")

    with opened_collection() as collection:
        assert imported(collection, tmp_path / "cuba.apkg") == {"new": 2}
        question, sender, message = shown_cards(collection)

    assert text_in(question.question) == "Cuba from the line above What was brinkmanship?"
    assert text_in(question.answer) == (
        "Cuba from the line above What was brinkmanship? a high-risk strategy The whole statement cuba.txt:1"
    )
    assert text_in(sender.question) == ("Cuba › Telegraphs 26 Oct [person] sent a long and rambling telegraph to [...]")
    assert text_in(message.question, "prompt") == "NK sent [...] to JFK"
    assert text_in(message.answer, "prompt") == "NK sent a long and rambling telegraph to JFK"
    assert text_in(message.answer, "extra") == "The whole statement"
    assert "rambling" not in re.sub(r'data-cloze="[^"]*"', "", message.question)


def test_notes_carry_their_own_time_place_and_ids(tmp_path: Path) -> None:
    """Time, position, tags, deck and row numbers in Anki are those of the note."""
    deck = with_note(with_note(SMALL, 0, modified=NOON - 86_400), 1, deck="History::Cold War")
    write_package(deck, tmp_path / "cuba.apkg")

    with opened_collection() as collection:
        imported(collection, tmp_path / "cuba.apkg")
        cards = shown_cards(collection)
        times = collection.db.list("select mod from notes order by mod") if collection.db else []

    assert times == [NOON - 86_400, NOON]
    assert [(card.deck, card.due, card.ordinal) for card in cards] == [
        ("Cuba", 10, 0),
        ("History::Cold War", 20, 0),
        ("History::Cold War", 20, 1),
    ]
    assert {card.tags for card in cards} == {("C++", "Cuba::26-Oct")}
    ids = number_ids({note.guid: note.ordinals for note in deck.notes})
    assert [card.id for card in cards] == [number for note in deck.notes for number in ids[note.guid].cards]


def test_the_same_package_again_changes_nothing(tmp_path: Path) -> None:
    """A second import updates no note and adds none."""
    write_package(SMALL, tmp_path / "cuba.apkg")

    with opened_collection() as collection:
        imported(collection, tmp_path / "cuba.apkg")

        assert imported(collection, tmp_path / "cuba.apkg") == {"duplicate": 2}


def test_a_learners_own_styling_stays(tmp_path: Path) -> None:
    """Note types carry the time of the faces, so what a learner did to them later is not undone by a new build."""
    write_package(SMALL, tmp_path / "one.apkg")
    write_package(with_note(SMALL, 0, modified=NOON + 1), tmp_path / "two.apkg")

    with opened_collection() as collection:
        imported(collection, tmp_path / "one.apkg")
        styled = collection.models.by_name("crisis-cards question")
        assert styled is not None
        arrived = styled["mod"]
        styled["css"] = ".card { color: teal; }"
        collection.models.update_dict(styled)
        imported(collection, tmp_path / "two.apkg")
        after = collection.models.by_name("crisis-cards question")

    assert arrived == FACES_MODIFIED
    assert after is not None
    assert after["css"] == ".card { color: teal; }"


def test_a_changed_note_is_the_only_one_updated_and_keeps_its_reviews(tmp_path: Path) -> None:
    """With a newer time and the same GUID the words change, and cards, reviews and intervals stay."""
    reworded = replace(BRINKMANSHIP, answer="going to the brink of war")
    later = deck_of(reworded, TELEGRAPH).notes[0].fields
    write_package(SMALL, tmp_path / "one.apkg")
    write_package(with_note(SMALL, 0, fields=later, modified=NOON + 1), tmp_path / "two.apkg")

    with opened_collection() as collection:
        imported(collection, tmp_path / "one.apkg")
        home = collection.decks.id_for_name("Cuba")
        assert home is not None
        collection.decks.select(home)
        reviewed = collection.sched.getCard()
        assert reviewed is not None
        reviewed.start_timer()
        collection.sched.answerCard(reviewed, 4)
        before = shown_cards(collection)
        schedule = "select id, ivl, reps, due, queue from cards order by id"
        assert collection.db is not None
        reviews = collection.db.all("select * from revlog"), collection.db.all(schedule)

        outcome = imported(collection, tmp_path / "two.apkg")

        after = shown_cards(collection)
        assert outcome == {"updated": 1, "duplicate": 1}
        assert len(reviews[0]) == 1
        assert (collection.db.all("select * from revlog"), collection.db.all(schedule)) == reviews
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [(old.id, text_in(old.answer, "answer"), text_in(new.answer, "answer")) for old, new in changed] == [
        (reviewed.id, "a high-risk strategy", "going to the brink of war")
    ]


@pytest.mark.parametrize(
    ("name", "arrives_as"),
    [
        ("Cold War::Cuba", "Cold War::Cuba"),
        ('Ελλάδα "x" & <b>', 'Ελλάδα "x" & <b>'),
        ("Cu\x00ba\n", "Cuba"),
        ("::a:: ::b::", "a::b"),
        ("Default", "Default"),
    ],
)
def test_decks_arrive_under_their_names(tmp_path: Path, name: str, arrives_as: str) -> None:
    """Anki shows the deck as it was named, without what it could not show."""
    write_package(deck_of(BRINKMANSHIP, TELEGRAPH, name=name), tmp_path / "cuba.apkg")

    with opened_collection() as collection:
        imported(collection, tmp_path / "cuba.apkg")

        assert {card.deck for card in shown_cards(collection)} == {arrives_as}


def test_decks_that_differ_in_case_are_one_in_anki(tmp_path: Path) -> None:
    """Nothing is lost when a file names its deck in another case."""
    deck = with_note(with_note(SMALL, 0, deck="History::Cuba"), 1, deck="history::CUBA")
    write_package(deck, tmp_path / "cuba.apkg")

    with opened_collection() as collection:
        imported(collection, tmp_path / "cuba.apkg")

        assert {card.deck for card in shown_cards(collection)} == {"History::Cuba"}


NASTY = [
    *[
        "{{c1::",
        "}}",
        "{{",
        "::",
        ":",
        "}",
        "{",
        "[sound:a.mp3]",
        "[anki:play:q:0]",
        "[latex]",
        "[/latex]",
        "[$]",
        "[/$]",
    ],
    *[
        "[[type:Answer]]",
        "{{Answer}}",
        "{{c2::x::y}}",
        "<script>",
        "</div>",
        "&amp;",
        "&#125;",
        "-->",
        "<!--",
        "\\",
        "\\(",
        "\\)",
        "\\[",
        "\\]",
    ],
    *[
        "\n",
        "\r\n",
        "\x1f",
        "\x00",
        "\ud800",
        "\ufffe",
        "\u0338",
        "\u202e",
        "\u200b",
        "<b",
        '"',
        "'",
        "%",
        "{{/Topic}}",
    ],
]
TEXTS = st.lists(st.one_of(st.text(st.characters(), max_size=8), st.sampled_from(NASTY)), max_size=6).map("".join)
STYLES = st.lists(st.builds(Mark, st.integers(0, 20), st.integers(0, 40), st.sampled_from([*MarkKind][1:])), max_size=3)


@st.composite
def clozes(draw: st.DrawFn) -> Cloze:
    """A text of pieces, every second one a blank with any number and hint, and styles across them all."""
    text, marks = draw(TEXTS), draw(STYLES)
    for _ in range(draw(st.integers(1, 3))):
        hidden, between = draw(TEXTS), draw(TEXTS)
        number = draw(st.integers(1, 4))
        marks.append(Mark(len(text), len(text) + len(hidden), MarkKind.BLANK, number, draw(TEXTS)))
        text += hidden + between
    return Cloze(text, tuple(marks), tuple(draw(st.lists(TEXTS, max_size=2))), tuple(draw(st.lists(TEXTS, max_size=2))))


QUESTIONS = st.builds(
    Question, TEXTS, TEXTS, st.lists(TEXTS, max_size=2).map(tuple), st.lists(TEXTS, max_size=2).map(tuple)
)
WORDINGS = st.one_of(clozes(), QUESTIONS).filter(lambda wording: not why_not(wording))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(WORDINGS, min_size=1, max_size=12), TEXTS)
def test_any_text_arrives_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, wordings: list[Wording], statement: str
) -> None:
    """Whatever is written: every note is new, no card is empty, and the learner reads the author's words."""
    package = tmp_path_factory.mktemp("any") / "any.apkg"
    deck = deck_of(*wordings, statement=statement)
    write_package(deck, package)

    with opened_collection() as collection:
        outcome = imported(collection, package)
        cards = shown_cards(collection)
        empty = collection.get_empty_cards().notes

    assert outcome == {"new": len(wordings)}
    assert not empty
    assert [(card.guid, card.ordinal) for card in cards] == [
        (note.guid, n) for note in deck.notes for n in note.ordinals
    ]
    written = {note.guid: wording for note, wording in zip(deck.notes, wordings, strict=True)}
    for card in cards:
        assert_shows(card, written[card.guid], statement)


CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def assert_shows(card: ShownCard, wording: Wording, statement: str) -> None:
    """Both sides of a card hold what its author wrote, and no more."""
    for side in (card.question, card.answer):
        assert said_in(side, "topic") == shown(" › ".join(part.strip() for part in wording.topic if is_visible(part)))
        assert said_in(side, "context") == shown(" ".join(line for line in wording.context if is_visible(line)))
    assert said_in(card.answer, "statement") == (shown(statement) if is_visible(statement) else "")
    match wording:
        case Question(prompt, answer):
            assert said_in(card.question, "prompt") == said_in(card.answer, "prompt") == shown(prompt)
            assert said_in(card.answer, "answer") == shown(answer)
        case Cloze(text, marks):
            asked = list(text)
            for mark in marks:
                if mark.kind is MarkKind.BLANK and mark.number == card.ordinal + 1:
                    told = mark.hint or blank_kind(text[mark.start : mark.end])
                    hint = told.strip() if is_visible(told) else "..."
                    asked[mark.start : mark.end] = [f"[{hint}]", *[""] * (mark.end - mark.start - 1)]
            assert said_in(card.question, "prompt") == shown("".join(asked))
            assert said_in(card.answer, "prompt") == shown(text)


def said_in(html: str, css: str) -> str:
    """What stands in a part of a side, without controls of direction: those that were left open are closed there."""
    return normal(CONTROLS.sub("", text_in(html, css)))


def shown(text: str) -> str:
    """A text as a reader sees it: white space is one space, and what is no character is not there."""
    spaced = CONTROLS.sub("", "".join(" " if char.isspace() else char for char in text))
    return normal(
        "".join(char for char in spaced if unicodedata.category(char) not in {"Cc", "Cs"} and not is_no_character(char))
    )


def is_no_character(char: str) -> bool:
    """Whether Unicode keeps a code point free for ever."""
    return 0xFDD0 <= ord(char) <= 0xFDEF or ord(char) % 0x10000 >= 0xFFFE


# --- the file -----------------------------------------------------------------------------------------------------


def test_equal_decks_give_equal_bytes(tmp_path: Path) -> None:
    """Nothing of the machine, the moment or the place gets into the file."""
    write_package(SMALL, tmp_path / "a" / "one.apkg")
    write_package(deck_of(BRINKMANSHIP, TELEGRAPH), tmp_path / "two.apkg")

    one = tmp_path / "a" / "one.apkg"
    assert one.read_bytes() == (tmp_path / "two.apkg").read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert [(member.filename, member.date_time[0], member.compress_type) for member in archive.infolist()] == [
            ("collection.anki2", 1980, zipfile.ZIP_DEFLATED),
            ("media", 1980, zipfile.ZIP_DEFLATED),
        ]
        assert archive.read("media") == b"{}"


@pytest.mark.parametrize(
    "name",
    [
        "collection.apkg",
        "Collection.APKG",
        "backup-2026.apkg",
        "BACKUP-.apkg",
        "x.colpkg",
        "x.zip",
        "x",
        ".apkg",
        "folder.apkg",
    ],
)
def test_names_that_must_not_be_written(tmp_path: Path, name: str) -> None:
    """Anki takes some names for whole collections and would replace the learner's; others are no packages."""
    (tmp_path / "folder.apkg").mkdir()

    with pytest.raises(CouldNotRunError, match=re.escape(name)):
        check_output_name(tmp_path / name)
    with pytest.raises(CouldNotRunError):
        write_package(SMALL, tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["folder.apkg"]


@pytest.mark.parametrize("name", ["my-collection.apkg", "backups.apkg", "Cuba.APKG", "カード.apkg"])
def test_names_that_may_be_written(tmp_path: Path, name: str) -> None:
    """Only Anki's own names are refused, not those that resemble them."""
    write_package(SMALL, tmp_path / name)

    assert [path.name for path in tmp_path.iterdir()] == [name]


FAULTS: list[tuple[Deck, str]] = [
    (Deck("Cuba", ()), "no notes"),
    (with_note(SMALL, 1, guid=SMALL.notes[0].guid), f"2 notes have the GUID {SMALL.notes[0].guid}"),
    (with_note(SMALL, 0, ordinals=()), "has no card"),
    (with_note(SMALL, 0, ordinals=(1,)), r"has the cards \[1\]; \[0\] wanted"),
    (with_note(SMALL, 1, ordinals=(0,)), r"has the cards \[0\]; \[0, 1\] wanted"),
    (with_note(SMALL, 1, ordinals=(0, 1, 1)), r"has the cards \[0, 1, 1\]; \[0, 1\] wanted"),
    (with_note(SMALL, 0, fields=("&nbsp;<br>", *SMALL.notes[0].fields[1:])), "has an empty prompt"),
    (with_note(SMALL, 0, fields=("Who?", "<b></b>", *SMALL.notes[0].fields[2:])), "has an empty answer"),
    (with_note(SMALL, 1, fields=("{{c1::a}}{{c2::<b></b>::x}}", *SMALL.notes[1].fields[1:])), "has an empty blank 2"),
    (with_note(SMALL, 1, kind=NoteKind.QUESTION), "has 8 fields; 9 wanted"),
    (
        with_note(SMALL, 0, fields=("a\x1fb", *SMALL.notes[0].fields[1:])),
        r"has the character U\+001F in its field Question",
    ),
    (
        with_note(SMALL, 0, fields=(*SMALL.notes[0].fields[:8], "\ud800")),
        r"has the character U\+D800 in its field Reserved 2",
    ),
    (with_note(SMALL, 0, tags=("a b",)), "has the tag 'a b'"),
    (with_note(SMALL, 0, tags=("",)), "has the tag ''"),
    (with_note(SMALL, 0, tags=('"a"',)), "has the tag "),
    (with_note(SMALL, 0, deck=" :: "), "has no deck"),
]


@pytest.mark.parametrize(("deck", "fault"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_what_anki_would_not_take_is_never_written(tmp_path: Path, deck: Deck, fault: str) -> None:
    """The fault is named with the note's GUID, and the package that was there stays."""
    package = tmp_path / "cuba.apkg"
    package.write_bytes(b"the package before")

    with pytest.raises(CouldNotRunError, match=f"^refusing to write .*cuba.apkg: .*{fault}"):
        write_package(deck, package)

    assert package.read_bytes() == b"the package before"
    assert [path.name for path in tmp_path.iterdir()] == ["cuba.apkg"]


@pytest.fixture(params=["fsync", "replace"])
def interrupted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The user presses Ctrl-C while the system writes, or just before the file is put in place."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, request.param, interrupt)
        yield


@pytest.mark.usefixtures("interrupted")
def test_an_interrupt_leaves_what_was_there(tmp_path: Path) -> None:
    """The previous package is untouched and nothing lies beside it."""
    package = tmp_path / "cuba.apkg"
    package.write_bytes(b"the package before")

    with pytest.raises(KeyboardInterrupt):
        write_package(SMALL, package)

    assert package.read_bytes() == b"the package before"
    assert [path.name for path in tmp_path.iterdir()] == ["cuba.apkg"]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """One line says which path and why, and nothing is left behind."""
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(CouldNotRunError, match=r"file: is not a directory$"):
        write_package(SMALL, tmp_path / "file" / "cuba.apkg")
    with pytest.raises(CouldNotRunError, match=r"file/below: not a directory$"):
        write_package(SMALL, tmp_path / "file" / "below" / "cuba.apkg")
    with pytest.raises(CouldNotRunError, match=r"apkg: file name too long$"):
        write_package(SMALL, tmp_path / f"{'x' * 300}.apkg")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("number", "reason"), [(errno.EACCES, "permission denied"), (errno.ENOSPC, "no space left on device")]
)
def test_a_file_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    """One line says which file and why; what was there stays."""

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    (tmp_path / "cuba.apkg").write_bytes(b"the package before")
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuse)

        with pytest.raises(CouldNotRunError, match=rf"cuba.apkg: {reason}$"):
            write_package(SMALL, tmp_path / "cuba.apkg")

    assert (tmp_path / "cuba.apkg").read_bytes() == b"the package before"
    assert [path.name for path in tmp_path.iterdir()] == ["cuba.apkg"]


def test_a_link_is_kept(tmp_path: Path) -> None:
    """Who linked the package to a synced folder finds the new one there."""
    (tmp_path / "synced").mkdir()
    (tmp_path / "cuba.apkg").symlink_to(tmp_path / "synced" / "cuba.apkg")

    write_package(SMALL, tmp_path / "cuba.apkg")

    assert (tmp_path / "cuba.apkg").is_symlink()
    assert zipfile.is_zipfile(tmp_path / "synced" / "cuba.apkg")
