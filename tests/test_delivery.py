"""Package and ledger change together: whatever kills, fills, forbids or interrupts, they fit."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import CodeType, FrameType
from typing import TYPE_CHECKING

import filelock
import pytest

from crisis_cards import delivery, package
from crisis_cards.delivery import LEDGER_NAME, Ledger, deliver, keep, open_ledger, read_ledger
from crisis_cards.diagnostics import CouldNotRunError, Span
from crisis_cards.ledger import Entry, Shipped, dump
from crisis_cards.model import Card, Deck, Fact, Note, NoteKind, Question, Statement
from crisis_cards.package import packed
from crisis_cards.recovery import recover
from crisis_cards.render import fields_of

if TYPE_CHECKING:
    from _typeshed import TraceFunction

NOON = 1_700_000_000
LOCK_NAME = f".{LEDGER_NAME}.lock"


def entry_of(key: str, answer: str, modified: int = NOON) -> Entry:
    """A fact with one note."""
    shipped = Shipped(f"guid-{key}", "trial", Question(f"Who is {key}?", answer), modified, answer)
    return Entry(key, "cuba.txt", (), f"{answer} is {key}", 100 * int(key), "digest", notes=(shipped,))


def deck_of(entries: tuple[Entry, ...], tag: str = "Cuba") -> Deck:
    """The deck that ships these entries."""
    block = Statement(Span("cuba.txt", 1, 1), (), "The whole statement")
    fact = Fact(block, block.text, block.text, "")
    return Deck(
        "Cuba",
        tuple(
            Note(
                note.guid,
                NoteKind.QUESTION,
                fields_of(Card(fact, "trial", note.wording), entry.key),
                (0,),
                (tag,),
                note.modified,
                entry.position,
                "Cuba",
            )
            for entry in entries
            for note in entry.notes
        ),
    )


OLD = (entry_of("1", "JFK"), entry_of("2", "NK"))
NEW = (entry_of("1", "Kennedy", NOON + 1), entry_of("2", "NK"), *(entry_of(str(n), f"man {n}") for n in range(3, 40)))


class Place:
    """A folder of notes and a package elsewhere."""

    def __init__(self, folder: Path) -> None:
        """Two folders in one; neither need be there."""
        self.root = folder / "notes"
        self.package = folder / "out" / "cuba.apkg"

    def build(self, entries: tuple[Entry, ...], tag: str = "Cuba") -> None:
        """What a build does at its end."""
        with open_ledger(self.root) as ledger:
            deliver(ledger, entries, deck_of(entries, tag), self.package)

    def pair(self) -> tuple[bytes | None, bytes | None]:
        """The bytes of package and ledger; None for what is not there."""
        package, ledger = (
            path.read_bytes() if path.exists() else None for path in (self.package, self.root / LEDGER_NAME)
        )
        return package, ledger

    def names(self) -> set[str]:
        """All files in both folders."""
        return {path.name for path in (*self.root.iterdir(), *self.package.parent.glob("*"))}

    def state(self) -> dict[str, tuple[bytes, int]]:
        """The bytes and times of all files."""
        paths = [*self.root.iterdir(), *self.package.parent.glob("*")]
        return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}


Pair = tuple[bytes | None, bytes | None]
NOTHING: Pair = (None, None)


def pair_of(entries: tuple[Entry, ...], tag: str = "Cuba") -> Pair:
    """Package and ledger of these entries."""
    return packed(deck_of(entries, tag), Path("cuba.apkg")), dump(entries).encode()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A place with the old pair."""
    return old_place(tmp_path)


def old_place(folder: Path) -> Place:
    """The same, in a folder of its own."""
    place = new_place(folder)
    place.build(OLD)
    return place


def new_place(folder: Path) -> Place:
    """A place before its first build."""
    place = Place(folder)
    place.root.mkdir(parents=True)
    (place.root / "deck.toml").write_text('name = "Cuba"\n')
    return place


ALL = {"deck.toml", LEDGER_NAME, "cuba.apkg"}


def assert_fits(place: Place, *pairs: Pair) -> None:
    """One of the pairs is there and nothing else; the ledger says just what the package holds."""
    assert place.pair() in pairs
    assert place.names() <= ALL
    if place.package.exists():
        held = [(note.guid, note.modified) for entry in recover(place.package) for note in entry.notes]
        assert [(note.guid, note.modified) for entry in read_ledger(place.root).entries for note in entry.notes] == held


# --- as it goes ---------------------------------------------------------------------------------------------------


def test_the_first_build_makes_both(tmp_path: Path) -> None:
    """Before it there is no ledger; after it both are there, and no other file."""
    place = new_place(tmp_path)
    with open_ledger(place.root) as ledger:
        assert ledger == Ledger(place.root)
        deliver(ledger, OLD, deck_of(OLD), place.package)

    assert_fits(place, pair_of(OLD))
    with open_ledger(place.root) as ledger:
        assert ledger.exists
        assert ledger.entries == OLD


def test_the_next_build_replaces_both(place: Place) -> None:
    """The new pair is there, and no other file."""
    place.build(NEW)

    assert_fits(place, pair_of(NEW))


def test_what_stays_the_same_is_not_written(place: Place) -> None:
    """Neither file's time moves."""
    before = place.state()

    place.build(OLD[::-1][::-1])

    assert place.state() == before


def test_a_package_may_change_alone(place: Place) -> None:
    """Tags ride along without a word in the ledger, whose file stays."""
    before = place.state()

    place.build(OLD, tag="Berlin")

    assert place.state()[LEDGER_NAME] == before[LEDGER_NAME]
    assert_fits(place, pair_of(OLD, "Berlin"))


def test_a_ledger_may_change_alone(place: Place) -> None:
    """Words that no card shows change the ledger, and the package's file stays."""
    before = place.state()
    moved = tuple(replace(entry, path="berlin.txt") for entry in OLD)

    with open_ledger(place.root) as ledger:
        deliver(ledger, moved, deck_of(OLD), place.package)

    assert place.state()["cuba.apkg"] == before["cuba.apkg"]
    assert place.pair()[1] == dump(moved).encode()
    assert place.names() == ALL


def test_a_ledger_is_kept_without_a_package(place: Place) -> None:
    """What prunes or recovers ships nothing."""
    with open_ledger(place.root) as ledger:
        keep(ledger, OLD[:1])

    assert place.pair() == (pair_of(OLD)[0], pair_of(OLD[:1])[1])
    assert place.names() == ALL


def test_a_merged_ledger_is_left_as_it_is(place: Place) -> None:
    """Lines in another order, or with other ends, say the same."""
    merged = (dump(OLD[1:]) + dump(OLD[:1])).replace("\n", "\r\n").encode()
    (place.root / LEDGER_NAME).write_bytes(merged)

    place.build(OLD)

    assert place.pair()[1] == merged


def test_a_linked_ledger_stays_a_link(place: Place, tmp_path: Path) -> None:
    """What the link leads to is replaced, and nothing is left on either side."""
    (tmp_path / "synced").mkdir()
    (place.root / LEDGER_NAME).rename(tmp_path / "synced" / "mine.jsonl")
    (place.root / LEDGER_NAME).symlink_to(tmp_path / "synced" / "mine.jsonl")

    place.build(NEW)

    assert (place.root / LEDGER_NAME).is_symlink()
    assert_fits(place, pair_of(NEW))
    assert [path.name for path in (tmp_path / "synced").iterdir()] == ["mine.jsonl"]


def test_reading_needs_no_lock(place: Place) -> None:
    """Who only looks may look while a build is under way, and leaves no trace."""
    with open_ledger(place.root):
        before = place.state()
        found = read_ledger(place.root)

        assert place.state() == before
    assert found.entries == OLD


# --- a ledger that cannot be read ---------------------------------------------------------------------------------

GOOD = dump(OLD).encode()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (GOOD + b"<<<<<<< HEAD\n", r"ledger\.jsonl:3: a conflict"),
        (GOOD[:-20], r"ledger\.jsonl:2: "),
        (GOOD + GOOD.replace(b'"v":1', b'"v":2'), r"ledger\.jsonl:3: written by a newer"),
        (GOOD + b"\xff\n", r"ledger\.jsonl:3: not utf-8"),
        (GOOD.decode().encode("utf-16"), r"ledger\.jsonl:1: not utf-8"),
        (b"\0" * 100, r"ledger\.jsonl:1: "),
    ],
)
def test_a_ledger_that_cannot_be_read_stops_the_build(place: Place, content: bytes, why: str) -> None:
    """One line names the file and the line; not a byte changes."""
    (place.root / LEDGER_NAME).write_bytes(content)
    before = place.state()

    with pytest.raises(CouldNotRunError, match=rf"^{why}[^\n]*$"):
        place.build(NEW)

    assert place.state() == before


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    """It is named, and stays."""
    place = new_place(tmp_path)
    (place.root / LEDGER_NAME).mkdir()

    with pytest.raises(CouldNotRunError, match=r"^ledger\.jsonl: is a directory$"):
        place.build(NEW)

    assert place.names() == {"deck.toml", LEDGER_NAME}


def test_a_ledger_that_changes_meanwhile_is_not_overwritten(place: Place) -> None:
    """Who pulls others' changes during a build does not lose them."""
    with open_ledger(place.root) as ledger:
        (place.root / LEDGER_NAME).write_text(dump(NEW[5:]))
        with pytest.raises(CouldNotRunError, match="changed while the notes were built"):
            deliver(ledger, NEW, deck_of(NEW), place.package)

    assert place.pair() == (pair_of(OLD)[0], dump(NEW[5:]).encode())
    assert place.names() == ALL


def test_a_deck_that_anki_would_not_take_changes_nothing(place: Place) -> None:
    """The ledger does not say what was not shipped."""
    before = place.state()

    with open_ledger(place.root) as ledger, pytest.raises(CouldNotRunError, match="refusing to write"):
        deliver(ledger, NEW, Deck("Cuba", ()), place.package)

    assert place.state() == before


@pytest.mark.parametrize("aside", ["../notes/deck.toml", "deck.toml", ".crisis-cards-12.part/../deck.toml"])
def test_a_claim_from_elsewhere_removes_no_file(place: Place, aside: str) -> None:
    """Others' notes may hold one that was written by hand."""
    claim = {"package": "deck.toml", "sha256": "0", "aside": aside}
    (place.root / f"{LEDGER_NAME}.claim").write_text(json.dumps(claim))

    place.build(NEW)

    assert_fits(place, pair_of(NEW))
    assert "deck.toml" in place.names()


NO_PATH = json.dumps({"package": "\0", "sha256": "0", "aside": ".crisis-cards-0.part"})


@pytest.mark.parametrize("claim", ["", "{", "[]", NO_PATH])
def test_half_a_claim_is_discarded(place: Place, claim: str) -> None:
    """It was never written to its end, so no package was put in place under it."""
    (place.root / f"{LEDGER_NAME}.claim").write_text(claim)
    (place.root / f"{LEDGER_NAME}.new").write_bytes(b"anything")

    with open_ledger(place.root) as ledger:
        assert ledger.entries == OLD

    assert_fits(place, pair_of(OLD))


# --- killed -------------------------------------------------------------------------------------------------------

LOCKING = str(Path(filelock.__file__).with_name("_unix.py"))
OURS = {function.__code__ for function in (package.put_in_place, package.write_through, package.fix_names)}


def is_ours(code: CodeType) -> bool:
    """Whether code is of those that write: all of delivery, and what it has package do."""
    return code in OURS or code.co_filename == delivery.__file__


def is_ours_or_locking(code: CodeType) -> bool:
    """The same, and the lock's."""
    return is_ours(code) or code.co_filename == LOCKING


def where_of(act: str) -> Callable[[CodeType], bool]:
    """The code in which an act is struck; the lock does the same in each of them."""
    return is_ours_or_locking if act == "first" else is_ours


@contextmanager
def struck(count: int, where: Callable[[CodeType], bool], strike: Callable[[], None]) -> Iterator[None]:
    """Before the line of that number (from 0) that runs in such code, something happens."""
    left = count

    def lines(frame: FrameType, event: str, _: object) -> TraceFunction | None:
        nonlocal left
        if event == "call" and not where(frame.f_code):
            return None
        if event == "line":
            left -= 1
            if left == -1:
                strike()
        return lines

    tracer = sys.gettrace()
    sys.settrace(lines)
    try:
        yield
    finally:
        sys.settrace(tracer)


def helper(call: str, folder: Path, *before: str) -> str:
    """What a function of this module prints when it is called in a process of its own."""
    tests = Path(__file__).parent
    command = [*before, sys.executable, "-c", f"import test_delivery; test_delivery.{call}"]
    done = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tests), str(tests.parent)]), "FOLDER": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def forked(act: Callable[[], None]) -> int:
    """How a process that does this ends: the number of the signal, negative, or its exit code."""
    child = os.fork()
    if child == 0:
        code = 1
        with suppress(BaseException):
            act()
            code = 0
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


ACTS: dict[str, Callable[[Place], None]] = {
    "first": lambda place: place.build(OLD),
    "next": lambda place: place.build(NEW),
    "package": lambda place: place.build(OLD, tag="Berlin"),
    "ledger": lambda place: kept(place, NEW),
}
ENDS: dict[str, tuple[Pair, ...]] = {
    "first": (NOTHING, pair_of(OLD)),
    "next": (pair_of(OLD), pair_of(NEW)),
    "package": (pair_of(OLD), pair_of(OLD, "Berlin")),
    "ledger": (pair_of(OLD), (pair_of(OLD)[0], pair_of(NEW)[1])),
}


def kept(place: Place, entries: tuple[Entry, ...]) -> None:
    """The ledger alone changes."""
    with open_ledger(place.root) as ledger:
        keep(ledger, entries)


def prepared(act: str, folder: Path) -> Place:
    """The place before an act."""
    if act == "first":
        return new_place(folder)
    template = folder.parent / "template"
    if not template.exists():
        old_place(template)
    shutil.copytree(template, folder)
    return Place(folder)


def killed_everywhere(act: str) -> None:
    """Kill an act before its first line, its second, and so on, each time in another folder, until it survives."""
    packed(deck_of(OLD), Path("a.apkg"))  # what is slow to import is there before the fork
    count, code = -1, -signal.SIGKILL
    while code == -signal.SIGKILL:
        count += 1
        place = prepared(act, Path(os.environ["FOLDER"]) / str(count))

        def die(place: Place = place, count: int = count) -> None:
            with struck(count, where_of(act), lambda: os.kill(os.getpid(), signal.SIGKILL)):
                ACTS[act](place)

        code = forked(die)
    sys.stdout.write(f"{code} {count}")


@pytest.mark.parametrize("act", ACTS)
def test_killed_at_any_line(tmp_path: Path, act: str) -> None:
    """Both files are whole; who looks sees a pair that fits; the next start makes it so and leaves nothing else."""
    code, count = map(int, helper(f"killed_everywhere({act!r})", tmp_path).split())

    assert code == 0
    assert count > 30
    before, after = ENDS[act]
    finished = 0
    for number in range(count):
        place = Place(tmp_path / str(number))
        assert place.pair()[0] in {before[0], after[0]}
        assert place.pair()[1] in {before[1], after[1]}
        seen = read_ledger(place.root).entries
        # Notes and package may be moved together; what was left is found all the same.
        place = Place((tmp_path / str(number)).rename(tmp_path / f"moved-{number}"))
        with open_ledger(place.root) as ledger:
            assert ledger.entries == seen
        if act == "ledger":
            assert place.pair() in (before, after)
        else:
            assert_fits(place, before, after)
        finished += place.pair() == after
    assert 0 < finished < count


def cut_everywhere(strike: str) -> None:
    """Let no file grow beyond a size, for many sizes: the system kills who tries, or refuses."""
    packed(deck_of(OLD), Path("a.apkg"))
    codes = []
    for place, size in cut_places(Path(os.environ["FOLDER"])):
        old_place(place.root.parent)

        def grow(place: Place = place, size: int = size) -> None:
            if strike == "kill":
                signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            try:
                place.build(NEW)
            except CouldNotRunError as error:
                Path(place.root.parent / "said").write_text("") if "\n" in str(error) else os._exit(2)

        codes.append(forked(grow))
    sys.stdout.write(json.dumps(codes))


def cut_places(folder: Path) -> Iterator[tuple[Place, int]]:
    """A folder for each size that is tried: each file is cut at its start, within and at its end."""
    longest = max(len(content) for content in pair_of(NEW) if content is not None)
    for size in (0, 1, 100, *range(200, longest, 600), longest):
        yield Place(folder / str(size)), size


@pytest.mark.parametrize(("strike", "expected"), [("kill", -signal.SIGXFSZ), ("refuse", 2)])
def test_cut_within_a_file(tmp_path: Path, strike: str, expected: int) -> None:
    """Killed or refused in the middle of a write: the old pair, or the new one."""
    codes = json.loads(helper(f"cut_everywhere({strike!r})", tmp_path))

    assert set(codes) == {expected, 0}
    for place, _ in cut_places(tmp_path):
        if strike == "kill":
            with open_ledger(place.root):
                pass
        assert_fits(place, pair_of(OLD), pair_of(NEW))


# --- interrupted --------------------------------------------------------------------------------------------------


# Between a file's opening and the block that closes it, Ctrl-C leaves the closing to Python, which complains.
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("act", ACTS)
def test_interrupted_at_any_line(tmp_path: Path, act: str) -> None:
    """Ctrl-C leaves the old pair or the new one and no other file, but for the lock's when the lock is at work."""
    count, is_struck = -1, True
    while is_struck:
        count += 1
        place = prepared(act, tmp_path / str(count))
        try:
            with struck(count, where_of(act), lambda: signal.raise_signal(signal.SIGINT)):
                ACTS[act](place)
            is_struck = False
        except KeyboardInterrupt:
            pass

        assert place.pair() in ENDS[act]
        assert place.names() <= ({*ALL, LOCK_NAME} if where_of(act) is is_ours_or_locking else ALL)
    assert count > 30


# --- two at once --------------------------------------------------------------------------------------------------


def hold() -> None:
    """Hold a ledger until told to go on."""
    with open_ledger(Path(os.environ["FOLDER"])):
        sys.stdout.write("held\n")
        sys.stdout.flush()
        sys.stdin.readline()


def test_two_builds_at_once(place: Place) -> None:
    """The second says so at once and touches nothing; when the first is done, the next may build."""
    tests = Path(__file__).parent
    with subprocess.Popen(
        [sys.executable, "-c", "import test_delivery; test_delivery.hold()"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tests), str(tests.parent)]), "FOLDER": str(place.root)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        before = place.state()
        with pytest.raises(CouldNotRunError, match=r"^another build of these notes is under way$"):
            place.build(NEW)
        after = place.state()
        first.communicate("\n")

    assert after == before
    place.build(NEW)
    assert_fits(place, pair_of(NEW))


def raced() -> None:
    """Eight processes at once, each adding one entry whenever it gets hold of the ledger."""
    root = Path(os.environ["FOLDER"])
    children = []
    for number in range(8):
        child = os.fork()
        if child == 0:
            done = 0
            for turn in range(40):
                with suppress(CouldNotRunError), open_ledger(root) as ledger:
                    keep(ledger, (*ledger.entries, entry_of(str(1000 * (number + 1) + turn), "JFK")))
                    done += 1
            os._exit(done)
        children.append(child)
    sys.stdout.write(" ".join(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])) for child in children))


def test_many_builds_at_once(tmp_path: Path) -> None:
    """No two ever hold the ledger together: what each has added is there."""
    done = sum(map(int, helper("raced()", tmp_path).split()))

    assert done > 0
    assert len(read_ledger(tmp_path).entries) == done
    assert [path.name for path in tmp_path.iterdir()] == [LEDGER_NAME]


# --- full and forbidden -------------------------------------------------------------------------------------------


def filled() -> None:
    """Build on a disk with no page free, with one, and so on until it succeeds."""
    folder = Path(os.environ["FOLDER"])
    packed(deck_of(OLD), Path("a.apkg"))
    said = []
    for pages in range(40):
        place = old_place(folder / "place")
        free = os.statvfs(folder).f_bavail
        (folder / "filler").write_bytes(b"x" * max(0, free - pages) * os.statvfs(folder).f_bsize)
        try:
            place.build(NEW)
            said.append("")
        except CouldNotRunError as error:
            said.append(str(error))
        assert_fits(place, pair_of(NEW) if said[-1] == "" else pair_of(OLD))
        if said[-1] == "":
            break
        shutil.rmtree(folder / "place")
        (folder / "filler").unlink()
    sys.stdout.write(json.dumps(said))


def test_a_full_disk(tmp_path: Path) -> None:
    """At whatever byte the disk is full: one line, and the old pair, and nothing else."""
    mounted = 'mount -t tmpfs -o size=512k none "$FOLDER" && exec "$@"'
    unshared = ("unshare", "--map-root-user", "--mount", "sh", "-c", mounted, "sh")
    if (
        shutil.which("unshare") is None
        or subprocess.run(
            [*unshared, "true"], env={**os.environ, "FOLDER": str(tmp_path)}, capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("no disk of one's own to fill here")

    said = json.loads(helper("filled()", tmp_path, *unshared))

    assert len(said) > 3
    assert said[-1] == ""
    assert all(line.endswith("no space left on device") and "\n" not in line for line in said[:-1])


def forbidden(what: str) -> None:
    """Build as somebody who may not write there."""
    place = Place(Path(os.environ["FOLDER"]))
    packed(deck_of(OLD), Path("a.apkg"))
    read_ledger(place.root)  # as somebody else Python may not find its own modules
    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    {"ledger": place.root / LEDGER_NAME, "root": place.root, "out": place.package.parent}[what].chmod(0o555)
    try:
        place.build(NEW)
    except CouldNotRunError as error:
        sys.stdout.write(str(error))
    assert read_ledger(place.root).entries == OLD
    for folder in (place.root, place.package.parent):
        folder.chmod(0o755)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("ledger", "ledger.jsonl: is read-only"),
        ("root", "notes: cannot be locked: permission denied"),
        ("out", "out/cuba.apkg: permission denied"),
    ],
)
def test_what_may_not_be_written(what: str, said: str) -> None:
    """One line names it; both files are as they were; and who only reads still can."""
    with tempfile.TemporaryDirectory() as name:
        place = old_place(Path(name) / "place")
        if os.getuid() == 0:  # who may write anywhere must become somebody who may not
            for path in (Path(name), *Path(name).rglob("*")):
                os.chown(path, 65534, 65534)
        before = place.state()

        line = helper(f"forbidden({what!r})", Path(name) / "place")

        assert line.endswith(said)
        assert "\n" not in line
        assert place.state() == before
