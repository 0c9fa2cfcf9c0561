"""The way back: from a package of ours to the ledger that was lost."""

from __future__ import annotations

import shutil
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crisis_cards.changes import RETIRED_TAG
from crisis_cards.cli.group import cli, run
from crisis_cards.delivery import read_ledger
from crisis_cards.diagnostics import CouldNotRunError, Span
from crisis_cards.identity import fact_key, fact_keys, guids_of
from crisis_cards.ledger import Entry, Shipped, dump, load
from crisis_cards.model import Card, Cloze, Deck, Fact, Mark, MarkKind, Note, NoteKind, Question, Statement, Wording
from crisis_cards.notetypes import kind_of
from crisis_cards.package import write_package
from crisis_cards.recovery import recover
from crisis_cards.render import cleaned, content_hash, fields_of, is_visible, ordinals_of, why_not

NOON = 1_700_000_000
EXPANSIONS = (("NK", "Nikita Khrushchev"), ("SU", "the Soviet Union: USSR"))


def fact_of(entry: Entry) -> Fact:
    """The fact that an entry tells of, as far as the cards show it."""
    line = entry.position + 1
    block = Statement(Span(entry.path, line, line), entry.trail, entry.text, entry.marks)
    return Fact(block, entry.words, entry.text, "", expansions=entry.expansions)


def notes_of(entry: Entry) -> list[Note]:
    """The notes of an entry as a build ships them."""
    return [
        Note(
            guid=note.guid,
            kind=kind_of(note.wording),
            fields=fields_of(Card(fact_of(entry), note.template, replace(note.wording, topic=entry.trail)), entry.key),
            ordinals=ordinals_of(note.wording),
            tags=("Cuba", *([RETIRED_TAG] if note.is_retired else [])),
            modified=note.modified,
            position=entry.position + place,
            deck="Cuba",
        )
        for place, note in enumerate(entry.notes)
    ]


def packed_entries(entries: list[Entry], folder: Path) -> Path:
    """The package of these entries' notes."""
    package = folder / "cuba.apkg"
    write_package(Deck("Cuba", tuple(note for entry in entries for note in notes_of(entry))), package)
    return package


def entry_of(words: str, *wordings: Wording, **changes: object) -> Entry:
    """A fact that ships these wordings, with all that comes back from a package."""
    key = fact_key(words, 0)
    entry = Entry(key, "notes/cuba.txt", ("Cuba", "Letters"), words, 100, "", text=words, expansions=EXPANSIONS)
    entry = replace(entry, **changes)  # type: ignore[arg-type]  # of whatever field
    notes = tuple(
        Shipped(guid, "", wording, NOON + place, "", numbers=numbers(wording))
        for place, (guid, wording) in enumerate(zip(guids_of(key, wordings), wordings, strict=True))
    )
    return with_content(replace(entry, notes=notes))


def with_content(entry: Entry) -> Entry:
    """The entry with the hashes of what its notes show."""
    hashes = [content_hash(note.kind, note.fields) for note in notes_of(entry)]
    return replace(
        entry, notes=tuple(replace(note, content=found) for note, found in zip(entry.notes, hashes, strict=True))
    )


def numbers(wording: Wording) -> int:
    """The highest number of a blank."""
    return max((mark.number for mark in wording.marks), default=0) if isinstance(wording, Cloze) else 0


LETTER = entry_of(
    "26 Oct: NK sent JFK a <long> letter & waited",
    Question("Who sent JFK a letter?", "NK", context=("26 Oct", "a > b")),
    Cloze(
        "NK sent JFK a <long> letter & waited",
        (Mark(0, 2, MarkKind.BLANK, 1, "a man: who?"), Mark(14, 20, MarkKind.STRONG), Mark(29, 35, MarkKind.BLANK, 3)),
    ),
    marks=(Mark(0, 6, MarkKind.EMPHASIS), Mark(22, 28, MarkKind.CODE)),
)
ANSWER = entry_of("JFK answered", Question("Who answered?", "JFK"), position=200)


def test_a_ledger_comes_back(tmp_path: Path) -> None:
    """Facts, notes, words, marks, hints, numbers, times, places: all that the cards show of them."""
    package = packed_entries([ANSWER, LETTER], tmp_path)

    assert recover(package) == (LETTER, ANSWER)
    assert load(dump(recover(package)), "ledger.jsonl") == recover(package)


def test_the_package_is_only_read(tmp_path: Path) -> None:
    """Neither the package changes nor is anything left beside it."""
    package = packed_entries([LETTER], tmp_path)
    before = package.read_bytes()

    recover(package)

    assert package.read_bytes() == before
    assert list(tmp_path.iterdir()) == [package]


def test_retired_notes_stay_retired(tmp_path: Path) -> None:
    """The tag that the learner searches for says so."""
    retired = replace(ANSWER, notes=(replace(ANSWER.notes[0], is_retired=True),))

    assert recover(packed_entries([retired, LETTER], tmp_path)) == (LETTER, retired)


def test_the_words_of_a_part_come_back(tmp_path: Path) -> None:
    """Of a statement that holds several facts, each has its own part, and its key tells which."""
    whole = "NK sent JFK a letter; JFK answered him after a day"
    parts = [entry_of(words, Question("Who?", words), text=whole) for words in whole.split("; ")]

    found = recover(packed_entries([replace(parts[0]), replace(parts[1], position=200)], tmp_path))

    assert [entry.words for entry in found] == whole.split("; ")
    assert [entry.text for entry in found] == [whole, whole]


def test_the_words_of_a_card_that_the_author_wrote_come_back(tmp_path: Path) -> None:
    """Such a fact has no statement: it is known by its prompt."""
    pair = entry_of("Who answered?", Question("Who answered?", "JFK"), text="", expansions=())

    assert recover(packed_entries([pair], tmp_path)) == (pair,)


def test_a_key_that_outlived_an_edit_stays(tmp_path: Path) -> None:
    """Then the words are those of the whole statement."""
    edited = with_content(replace(ANSWER, words="JFK answered at once", text="JFK answered at once"))

    assert recover(packed_entries([edited], tmp_path)) == (edited,)


def test_emphasis_across_a_blank_comes_back(tmp_path: Path) -> None:
    """Markup is cut at a blank's edges, and still is one mark."""
    across = Cloze(
        "JFK answered him",
        (Mark(0, 16, MarkKind.STRONG), Mark(4, 12, MarkKind.BLANK, 1), Mark(4, 16, MarkKind.EMPHASIS)),
    )

    assert recover(packed_entries([entry_of("JFK answered him", across)], tmp_path))[0].notes[0].wording == across


# --- any text -----------------------------------------------------------------------------------------------------

ODD = [
    *r"{{c1:: }} {{ :: : } { [sound:a.mp3] [ ] <b> </div> &amp; &#125; &lt &nbsp; --> \ \( \) \[ \] ' › %".split(),
    *(" ", "\n", '"', "e\u0301"),
]
WORDS = st.one_of(st.sampled_from(ODD), st.text("aß字𝕏 \u0338\u200b\u00a0\u2028", max_size=4))
CLEAN = st.lists(WORDS, max_size=5).map("".join).map(lambda text: text.replace("\u2028", "\n").strip())
ANY = st.lists(st.one_of(WORDS, st.text(st.characters(), max_size=6)), max_size=5).map("".join).map(cleaned)
# Of one kind, as Markdown has it, no two cross.
STYLE = st.builds(Mark, st.integers(0, 20), st.integers(0, 40), st.sampled_from([*MarkKind][1:]))
STYLES = st.lists(STYLE, max_size=3, unique_by=lambda mark: mark.kind)


def within(text: str, marks: list[Mark]) -> list[Mark]:
    """The marks that end where the text does, or before."""
    return [replace(mark, end=min(mark.end, len(text))) for mark in marks if mark.start < min(mark.end, len(text))]


@st.composite
def clozes(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> Cloze:
    """A text of pieces, every second one a blank with any number and hint, and styles across them all."""
    text, marks = draw(texts), []
    for _ in range(draw(st.integers(1, 3))):
        hidden, between = draw(texts), draw(texts)
        marks.append(Mark(len(text), len(text) + len(hidden), MarkKind.BLANK, draw(st.integers(1, 9)), draw(texts)))
        text += hidden + between
    marks += within(text, draw(STYLES))
    return Cloze(text, tuple(marks), (), tuple(draw(st.lists(texts, max_size=2))))


def wordings(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Wording]:
    """Questions and clozes that can be cards."""
    contexts = st.lists(texts, max_size=2).map(tuple)
    questions = st.builds(Question, texts, texts, st.just(()), contexts)
    return st.one_of(clozes(texts), questions).filter(lambda wording: not why_not(wording))


Drawn = tuple[str, list[Mark], list[Wording]]


def facts(texts: st.SearchStrategy[str]) -> st.SearchStrategy[list[Drawn]]:
    """Statements, what is emphasised in them, and the wordings that ask for them."""
    return st.lists(st.tuples(texts, STYLES, st.lists(wordings(texts), min_size=1, max_size=3)), min_size=1, max_size=4)


def entries_of(drawn: list[Drawn]) -> list[Entry]:
    """An entry for each statement, equal ones told apart as a build tells them apart."""
    keys = fact_keys(text for text, *_ in drawn)
    entries = []
    for place, (key, (text, marks, asked)) in enumerate(zip(keys, drawn, strict=True)):
        bare = entry_of(text, *asked, position=100 * place, marks=tuple(within(text, marks)))
        guids = guids_of(key, asked)
        notes = tuple(replace(note, guid=guid) for note, guid in zip(bare.notes, guids, strict=True))
        entries.append(with_content(replace(bare, key=key, notes=notes)))
    return entries


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(facts(CLEAN))
def test_any_clean_text_comes_back(tmp_path_factory: pytest.TempPathFactory, drawn: list[Drawn]) -> None:
    """What no card had to clean or to cut comes back letter for letter."""
    entries = entries_of(drawn)

    found = recover(packed_entries(entries, tmp_path_factory.mktemp("any")))

    assert [(entry.key, entry.path, entry.position, entry.text) for entry in found] == [
        (entry.key, entry.path, entry.position, entry.text if is_visible(entry.text) else "") for entry in entries
    ]
    for one, other in zip(found, entries, strict=True):
        assert [visible(note) for note in one.notes] == [visible(note) for note in other.notes]


def visible(note: Shipped) -> Shipped:
    """A note without what `render` leaves out: empty marks, lines and hints that show nothing, breaks within math."""
    context = tuple(line for line in note.wording.context if is_visible(line))
    match note.wording:
        case Question():
            return replace(note, wording=replace(note.wording, context=context))
        case Cloze(text, marks):
            blanks = tuple(
                sorted(
                    replace(mark, hint=mark.hint.replace("\n", " ") if is_visible(mark.hint) else "")
                    for mark in set(marks)
                    if mark.kind is MarkKind.BLANK
                )
            )
            return replace(note, wording=Cloze(text.replace("\n", " "), blanks, (), context))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(facts(ANY))
def test_any_text_is_shown_again_as_it_was(tmp_path_factory: pytest.TempPathFactory, drawn: list[Drawn]) -> None:
    """What comes back makes the same fields, so the next build tells no learner of a change."""
    entries = entries_of(drawn)

    found = recover(packed_entries(entries, tmp_path_factory.mktemp("any")))

    assert load(dump(found), "ledger.jsonl") == found
    assert [entry.notes for entry in found] == [with_content(entry).notes for entry in found]
    assert [[note.content for note in entry.notes] for entry in found] == [
        [note.content for note in entry.notes] for entry in entries
    ]


# --- what is no package of ours -----------------------------------------------------------------------------------


def zipped(**members: bytes) -> bytes:
    """An archive of these members; a `_` in a name stands for a dot."""
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        for name, content in members.items():
            package.writestr(name.replace("_", "."), content)
    return archive.getvalue()


def collection(script: str, package: Path) -> bytes:
    """The database of a package after some SQL."""
    with zipfile.ZipFile(package) as archive:
        content = archive.read("collection.anki2")
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        database.executescript(script)
        database.commit()
        return database.serialize()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is not a package"),
        (b"text", "is not a package"),
        (zipped(), "is not a package of crisis-cards"),
        (zipped(note_txt=b"hello"), "is not a package of crisis-cards"),
        (zipped(collection_anki2=b"x", collection_anki21b=b"x"), "was exported by Anki; .*"),
        (zipped(collection_anki2=b"x", collection_anki21=b"x"), "was exported by Anki; .*"),
        (zipped(collection_anki2=b""), "is damaged"),
        (zipped(collection_anki2=b"no database" * 99), "is damaged"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: bytes, why: str) -> None:
    """One line names the file and what it is not."""
    package = tmp_path / "cuba.apkg"
    package.write_bytes(content)

    with pytest.raises(CouldNotRunError, match=rf"cuba\.apkg: {why}$"):
        recover(package)


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("update notes set mid = 1", "holds no notes of crisis-cards"),
        ("delete from notes", "holds no notes of crisis-cards"),
        ("drop table cards", "is damaged"),
        ("update notes set flds = 'one'", "is damaged"),
        ("update notes set flds = replace(flds, ':', '')", "is damaged"),
        ("update notes set flds = null", "is damaged"),
        ("update notes set flds = replace(flds, '}}', '')", "is damaged"),
        ("update notes set flds = replace(flds, '{{c1::', '')", "is damaged"),
        ("update notes set mod = 'noon'", "is damaged"),
        ("update notes set guid = 'same'", "is damaged"),
        ("update notes set guid = ''", "is damaged"),
        ("update notes set flds = cast(x'ff' as text)", "is damaged"),
        ("update notes set tags = null", "is damaged"),
    ],
)
def test_damaged_packages_are_refused(tmp_path: Path, script: str, why: str) -> None:
    """A ledger is read from all of the package or not at all."""
    package = packed_entries([LETTER], tmp_path)
    schema = "create table n as select * from notes; drop table notes; alter table n rename to notes;"
    package.write_bytes(zipped(collection_anki2=collection(schema + script, package)))

    with pytest.raises(CouldNotRunError, match=rf"cuba\.apkg: {why}$"):
        recover(package)


@pytest.mark.parametrize("share", [0.3, 0.9, 0.99])
def test_half_packages_are_refused(tmp_path: Path, share: float) -> None:
    """A file that was cut short on its way is no package."""
    package = packed_entries([LETTER], tmp_path)
    package.write_bytes(package.read_bytes()[: int(package.stat().st_size * share)])

    with pytest.raises(CouldNotRunError, match=r"is not a package$"):
        recover(package)


def test_a_changed_byte_is_seen(tmp_path: Path) -> None:
    """The archive's own sums find it."""
    package = packed_entries([LETTER], tmp_path)
    content = bytearray(package.read_bytes())
    content[500] ^= 0xFF
    package.write_bytes(bytes(content))

    with pytest.raises(CouldNotRunError, match=r"cuba\.apkg: is "):
        recover(package)


def test_missing_files_are_named(tmp_path: Path) -> None:
    """So are folders."""
    with pytest.raises(CouldNotRunError, match=r"cuba\.apkg: no such file or directory$"):
        recover(tmp_path / "cuba.apkg")
    with pytest.raises(CouldNotRunError, match=r"is a directory$"):
        recover(tmp_path)


def test_notes_of_others_are_passed_by(tmp_path: Path) -> None:
    """Only our own note types count, whatever else a learner has put into the file."""
    package = packed_entries([LETTER, ANSWER], tmp_path)
    script = "update notes set mid = 1, flds = 'a' where flds like 'Who answered?%'"
    package.write_bytes(zipped(collection_anki2=collection(script, package)))

    assert recover(package) == (LETTER,)


def test_kinds_are_told_apart_by_id() -> None:
    """Both of our note types are known to the way back."""
    assert {kind_of(note.wording) for note in LETTER.notes} == set(NoteKind)


def test_pairs_of_all_shapes_come_back(tmp_path: Path) -> None:
    """Lists, tables, code and pictures on the sides of a question: the ledger is recovered with the same words."""
    shutil.copytree(Path(__file__).parent / "stress", tmp_path / "notes")
    assert run(cli, ["build", "-q", str(tmp_path / "notes"), "-o", str(tmp_path / "n.apkg")]) == 0
    before = read_ledger(tmp_path / "notes").entries

    found = recover(tmp_path / "n.apkg")

    shipped = {note.guid: note for entry in before for note in entry.notes}
    for note in (note for entry in found for note in entry.notes):
        was = shipped[note.guid].wording
        assert note.content == shipped[note.guid].content
        if isinstance(was, Question) and isinstance(note.wording, Question):
            assert (note.wording.prompt, note.wording.answer) == (was.prompt, was.answer)
