"""Notes in, deck out, into the real Anki: the notes of this repository, and whatever anyone may write."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from anki_collection import ShownCard, imported, normal, opened_collection, shown_cards, text_in
from conftest import Program, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_pipeline import NOTE_LIKE, TEXTS

from crisis_cards.config import Config, load_config
from crisis_cards.language import Parser
from crisis_cards.model import NoteKind, Statement
from crisis_cards.package import write_package
from crisis_cards.pipeline import Build, Past, build
from crisis_cards.report import coverage
from crisis_cards.source import Source, find_root, find_sources

NOTES = Path(__file__).parent.parent / "source_notes"
SEED = "cuban-missile-crisis.txt"
NOON = 1_700_000_000


def built(folder: Path, parser: Parser, past: Past | None = None) -> Build:
    """The notes of a folder, built in this process with a model that is already loaded, on top of `past`, if any."""
    root = find_root([folder])
    found = find_sources(root, [folder])
    made = build(found.sources, load_config(root), past or Past(now=NOON), lambda _: parser, lambda *_: None)
    return replace(made, diagnostics=tuple(sorted([*found.diagnostics, *made.diagnostics])))


# --- the notes of this repository ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seed:
    """The notes of this repository: what was built of them, and what Anki has after two imports of it."""

    made: Build
    first: dict[str, int]
    second: dict[str, int]
    cards: list[ShownCard]
    fields: dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def seed(parser: Parser, tmp_path_factory: pytest.TempPathFactory) -> Seed:
    """Built once, imported twice."""
    made = built(NOTES, parser)
    package = tmp_path_factory.mktemp("seed") / "seed.apkg"
    write_package(made.deck, package)
    with opened_collection() as collection:
        first = imported(collection, package)
        second = imported(collection, package)
        found = [collection.get_note(number) for number in collection.find_notes("")]
        fields = {note.guid: dict(note.items()) for note in found}
        assert not collection.get_empty_cards().notes
        return Seed(made, first, second, shown_cards(collection), fields)


def answers_of(card: ShownCard) -> str:
    """The words that the card asks for, as its back shows them."""
    return text_in(card.answer, "answer") or text_in(card.answer, "cloze")


def test_every_note_is_new_once(seed: Seed) -> None:
    """Anki imports all notes as new, and a second time changes none of them."""
    number = len(seed.made.deck.notes)

    assert seed.first == {"new": number}
    assert seed.second == {"duplicate": number}


def test_there_are_cards_enough(seed: Seed) -> None:
    """At least 23 of the 39 statements have a card; at least 9 cards are questions and 15 clozes."""
    asked, all_of_them = coverage(seed.made.accounts)
    kinds = {note.guid: note.kind for note in seed.made.deck.notes}
    asking = [kinds[card.guid] for card in seed.cards]

    assert all_of_them == 39
    assert asked >= 23
    assert asking.count(NoteKind.QUESTION) >= 9
    assert asking.count(NoteKind.CLOZE) >= 15


def test_every_card_asks_and_answers(seed: Seed) -> None:
    """No card has an empty front; a back has the answer, the statement, remarks on it, and where it is from."""
    lines = (NOTES / SEED).read_text(encoding="utf-8").splitlines()

    for card in seed.cards:
        path, _, line = text_in(card.answer, "source").rpartition(":")
        assert text_in(card.question, "prompt")
        assert answers_of(card)
        assert path == SEED
        assert text_in(card.answer, "statement").startswith(normal(lines[int(line) - 1]))


def test_no_card_gives_itself_away(seed: Seed) -> None:
    """What a card asks for is nowhere among the words on its front (rule 4)."""
    for card in seed.cards:
        answer = re.escape(answers_of(card))
        assert not re.search(rf"(?<!\w){answer}(?!\w)", text_in(card.question), re.IGNORECASE), card


def test_where_notes_are_from(seed: Seed) -> None:
    """Source is `path:line` as plain text, Key is an opaque id of the statement, and tags are hierarchical paths."""
    lines = (NOTES / SEED).read_text(encoding="utf-8").splitlines()

    for fields in seed.fields.values():
        path, line = fields["Source"].rsplit(":", 1)
        assert (NOTES / path).is_file()
        assert lines[int(line) - 1].strip()
        assert re.fullmatch(r"[a-z2-7]{16}", fields["Key"])
        assert fields["Reserved 2"] == ""
    assert {card.tags for card in seed.cards} == {("Cuban-Missile-Crisis",)}
    assert {card.deck for card in seed.cards} == {"Cuban Missile Crisis"}


def test_cards_come_in_the_order_of_the_notes(seed: Seed) -> None:
    """New cards are queued as their statements stand in the notes."""
    order = [int(text_in(card.answer, "source").rpartition(":")[2]) for card in seed.cards]

    assert order == sorted(order)


def test_every_statement_without_a_card_has_a_reason(seed: Seed) -> None:
    """All 39 lines end as cards or as a reason why not."""
    assert [account.block.span.first for account in seed.made.accounts] == list(range(1, 40))
    for account in seed.made.accounts:
        assert isinstance(account.block, Statement)
        assert bool(account.reason) != any(not each.dropped for each in account.candidates)


def guids_of(made: Build) -> dict[str, set[str]]:
    """The GUIDs of the notes of each statement, by its words."""
    found: dict[str, set[str]] = {}
    words = {account.block.span: account.block for account in made.accounts}
    for note in made.deck.notes:
        line = int(note.fields[-4].rpartition(":")[2])
        path = note.fields[-4].rpartition(":")[0]
        block = next(block for span, block in words.items() if (span.path, span.first) == (path, line))
        assert isinstance(block, Statement)
        found.setdefault(block.text, set()).add(note.guid)
    return found


@pytest.mark.parametrize("change", ["inserted", "renamed", "headed", "split"])
def test_guids_stay_when_the_notes_change_around_them(seed: Seed, parser: Parser, tmp_path: Path, change: str) -> None:
    """Lines put before and after, another file name, a heading above, or two files of one: the same GUIDs."""
    text = (NOTES / SEED).read_text(encoding="utf-8").strip("\n") + "\n"
    shutil.copy(NOTES / "deck.toml", tmp_path)
    match change:
        case "inserted":
            other = "The harvest of 1931 failed in the Ukraine.\n"
            write(tmp_path / SEED, f"{other}\n{text}\n{other.replace('1931', '1932')}")
        case "renamed":
            write(tmp_path / "older" / "13-days.txt", text)
        case "headed":
            write(tmp_path / SEED, f"# Thirteen days\n{text}")
        case "split":
            # A heading ends what carries from line to line, so the parts are parted where nothing does.
            lines = text.splitlines(keepends=True)
            write(tmp_path / "b.txt", "".join(lines[:15]))
            write(tmp_path / "a.txt", "".join(lines[15:]))

    before, after = guids_of(seed.made), guids_of(built(tmp_path, parser))

    shared = before.keys() & after.keys()
    assert len(shared) >= 20
    changed = {words: (before[words], after[words]) for words in shared if not before[words] & after[words]}
    assert not changed
    if change == "inserted":
        assert {words: after[words] for words in shared} == {words: before[words] for words in shared}


def test_the_same_notes_give_the_same_bytes(process: Program, tmp_path: Path) -> None:
    """Another day, another folder, another place to stand: as long as their ledger is with them."""
    one, two = tmp_path / "one" / "notes", tmp_path / "two" / "notes"
    shutil.copytree(NOTES, one)

    first = process("build", "one/notes", "-o", "first.apkg")
    shutil.copytree(one, two)
    second = process("build", two, "-o", tmp_path / "deep" / "second.apkg")

    assert (first.code, second.code) == (0, 0)
    assert (tmp_path / "first.apkg").read_bytes() == (tmp_path / "deep" / "second.apkg").read_bytes()
    assert not list((tmp_path.parent / f"{tmp_path.name}-temporary").iterdir())


def test_a_touched_file_changes_nothing(seed: Seed, parser: Parser, tmp_path: Path) -> None:
    """Notes have the time at which they changed, whatever the date of their file."""
    folder = shutil.copytree(NOTES, tmp_path / "notes")
    os.utime(folder / SEED, (NOON + 30, NOON + 30))

    touched = built(folder, parser, Past(seed.made.entries, NOON + 60))

    assert touched.deck == seed.made.deck
    assert touched.entries == seed.made.entries
    assert not touched.changes


def test_a_file_from_the_future(process: Program, tmp_path: Path) -> None:
    """Notes in a file that is dated in the future are shipped as of now, for Anki would hold on to them."""
    file = write(tmp_path / "a.txt", "==JFK== spoke.\n")
    future = 4_000_000_000
    os.utime(file, (future, future))

    process("build", "a.txt", "-o", "a.apkg")

    with opened_collection() as collection:
        imported(collection, tmp_path / "a.apkg")
        assert collection.db is not None
        assert NOON < collection.db.scalar("select max(mod) from notes") < future


def test_an_edited_line_is_the_only_news(parser: Parser, tmp_path: Path) -> None:
    """After an edit of one line its note is updated in Anki, and the other is left alone."""
    file = write(tmp_path / "a.txt", "==JFK== spoke.\n==NK== wrote.\n")
    before = built(tmp_path, parser)
    write_package(before.deck, tmp_path / "one.apkg")
    write(file, "==JFK== spoke.\n==NK== wrote letters.\n")
    write_package(built(tmp_path, parser, Past(before.entries, NOON + 60)).deck, tmp_path / "two.apkg")

    with opened_collection() as collection:
        imported(collection, tmp_path / "one.apkg")
        outcome = imported(collection, tmp_path / "two.apkg")

    assert outcome == {"updated": 1, "duplicate": 1}


# --- whatever anyone may write ------------------------------------------------------------------------------------

NAMES = st.sampled_from(["a.txt", "b.md"])
RAW = st.one_of(
    st.binary(max_size=200),
    TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")),
    NOTE_LIKE.map(lambda text: text.encode("utf-16")),
    st.tuples(NOTE_LIKE, st.binary(max_size=3), NOTE_LIKE).map(
        lambda found: found[0].encode() + found[1] + found[2].encode()
    ),
)
ANYTHING = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@ANYTHING
@given(files=st.lists(st.tuples(NAMES, RAW), min_size=1, max_size=12))
def test_any_bytes_give_a_package_or_a_reason(parser: Parser, files: list[tuple[str, bytes]]) -> None:
    """Whatever is in the files: Anki takes every note as new and no card is empty, or every file has its reason."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for number, (name, content) in enumerate(files):
            write(folder / f"{number}-{name}", content)

        made = built(folder, parser)

        assert_sound(made, folder)


@ANYTHING
@given(texts=st.lists(st.tuples(NAMES, NOTE_LIKE), min_size=4, max_size=16))
def test_any_notes_give_a_package_or_a_reason(parser: Parser, texts: list[tuple[str, str]]) -> None:
    """The same for what resembles notes, in which there is more to find."""
    sources = [Source(f"{number}-{name}", text.replace("\0", ""), NOON) for number, (name, text) in enumerate(texts)]
    with tempfile.TemporaryDirectory() as place:
        made = build(sources, Config("Trial"), Past(now=NOON), lambda _: parser, lambda *_: None)

        assert_sound(made, Path(place))


def assert_sound(made: Build, folder: Path) -> None:
    """A build is a package that Anki imports whole, or says for every block why it is none."""
    assert all(each.message.strip() and "\n" not in str(each) for each in made.diagnostics)
    if not made.deck.notes:
        assert all(account.reason for account in made.accounts)
        return
    package = folder / "trial.apkg"
    write_package(made.deck, package)
    with opened_collection() as collection:
        assert imported(collection, package) == {"new": len(made.deck.notes)}
        assert not collection.get_empty_cards().notes
        cards = shown_cards(collection)
    assert len(cards) == sum(len(note.ordinals) for note in made.deck.notes)
    kinds = {note.guid: note.kind for note in made.deck.notes}
    for card in cards:
        assert text_in(card.question, "prompt")
        assert text_in(card.answer, "prompt")
        if kinds[card.guid] is NoteKind.QUESTION:
            assert text_in(card.answer, "answer")


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xef\xbb\xbf",
        b"\xff\xfe\x00",
        b"\xed\xa0\x80",
        b"\x00",
        b"\xef\xbb\xbf==JFK== spoke.\r\n\r==NK== wrote",
        "\u202e==שלום== עולם\u2028\x1f==e\u0301== \U0001f4a3".encode(),
        b"---\n",
        b"---\ntags: " + b"[" * 2000 + b"\n---\n",
        b"- " * 300 + b"==JFK== spoke",
        b"\t" * 300 + b"- ==JFK== spoke",
        b"> " * 300 + b"JFK ordered a naval blockade of Cuba",
        b"(" * 1000 + b"JFK" + b")" * 1000,
        b"{{c1::" * 200,
        b"{{c499::a}} {{c500::b}} {{c0::c}}",
        b"a" * 20000,
        b"*a " * 500,
    ],
)
def test_extremes_end_with_an_exit_code(process: Program, tmp_path: Path, name: str, content: bytes) -> None:
    """Never a traceback: exit 0 or 1, and either a package that Anki imports or a reason."""
    write(tmp_path / name, content)

    done = process("build", name, "-o", "a.apkg")

    package = tmp_path / "a.apkg"
    assert done.code in {0, 1}
    assert "Traceback" not in done.err
    assert package.exists() == (done.out == "a.apkg\n")
    if package.exists():
        with opened_collection() as collection:
            assert set(imported(collection, package)) == {"new"}
            assert not collection.get_empty_cards().notes
    else:
        assert "nothing is written" in done.err


def test_a_line_longer_than_the_model_reads(process: Program, tmp_path: Path) -> None:
    """A line of more than a million characters, which spaCy refuses, is a statement without a card, with its reason."""
    write(tmp_path / "a.txt", f"==JFK== spoke.\n{'a' * 1_100_000}\n")

    done = process("build", "a.txt", "-o", "a.apkg")

    assert "Traceback" not in done.err
    assert (done.code, done.out) == (0, "a.apkg\n")
    assert "1 of 2 statements asked" in done.err
