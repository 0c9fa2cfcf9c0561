"""The ledger's file, and how a package and its ledger change together.

The two cannot be replaced in one step. So the new ledger is written beside the old one, then a claim that says which
package it belongs to, then the package is put in place; from there on only names change, which needs no room on the
disk. Whoever comes next sees by the package whether to finish or to discard what an interrupted build left:

    ledger.jsonl         what was shipped
    ledger.jsonl.new     what will have been, once the claimed package is in place
    ledger.jsonl.claim   that package: where, its SHA-256, and the name of its file until it is whole
    .ledger.jsonl.lock   while a build is under way
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from crisis_cards.diagnostics import CouldNotRunError
from crisis_cards.ledger import Entry, lines, load
from crisis_cards.model import Deck
from crisis_cards.package import fix_names, packed, put_in_place, reason, stamp_of, write_through
from crisis_cards.render import why_not
from crisis_cards.source import content_of

LEDGER_NAME = "ledger.jsonl"
MAX_FILE = 500_000_000
"""Bytes of a ledger: half a million statements. What is larger is none."""

PART = 1 << 20  # bytes of a ledger that are squeezed at a time

_ASIDE = re.compile(r"\.crisis-cards-[0-9a-f]+\.part")


class LedgerHeldError(CouldNotRunError):
    """Another build holds the ledger; it will let it go by itself."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of the notes below `root` as it was found. `sha256`: of the bytes of its file."""

    root: Path
    entries: tuple[Entry, ...] = ()
    exists: bool = False
    sha256: str = sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class _Text:
    """The bytes of a ledger's file, squeezed to a tenth: they are ten times as long as the notes. `sha256`: of them."""

    squeezed: tuple[bytes, ...]
    sha256: str

    def __iter__(self) -> Iterator[bytes]:
        """The bytes, part by part."""
        return map(zlib.decompress, self.squeezed)


@contextmanager
def open_ledger(root: Path) -> Iterator[Ledger]:
    """The ledger of the notes below `root`, held until the block ends; what an interrupted build left is settled.

    Raises LedgerHeldError if another build holds it, CouldNotRunError if it cannot be read; then nothing is changed.
    """
    files = _Files(root)
    with _held(files.lock):
        _settle(files)
        try:
            yield _read(root, files.ledger)
        finally:
            with suppress(CouldNotRunError):
                _settle(files)


def read_ledger(root: Path) -> Ledger:
    """The ledger as `open_ledger` would give it; takes no lock and changes no file, so the folder may be read-only."""
    files = _Files(root)
    try:
        claim = _claim(files)
        is_due = claim is not None and claim.is_in_place()
    except OSError as error:
        raise CouldNotRunError(f"{LEDGER_NAME}: {reason(error)}") from error
    return _read(root, *([files.fresh] if is_due else []), files.ledger)


def is_current(ledger: Ledger, package: Path, made_from: str) -> bool:
    """Whether `package` was made from just these inputs, and the ledger is the one that was delivered with it."""
    return bool(made_from) and stamp_of(package) == _stamp(made_from, ledger.sha256)


def deliver(ledger: Ledger, entries: Iterable[Entry], deck: Deck, package: Path, made_from: str = "") -> None:
    """Put `deck` in place as `package`, and `entries` as the ledger: both or, if that fails, neither.

    `made_from`: a digest of all that the deck was made from, for `is_current`; empty to leave none. Within
    `open_ledger`, once. What would stay the same is not written. Raises CouldNotRunError as `write_package` does, and
    if the ledger cannot be written or was changed since it was read.
    """
    text = _changed(ledger, entries)
    packing = packed(deck, package, _stamp(made_from, ledger.sha256 if text is None else text.sha256))
    files = _Files(ledger.root)
    claim = _Claim(Path(os.path.realpath(package)), sha256(packing).hexdigest(), files.aside)
    with suppress(OSError):  # what cannot be read is not the same
        if claim.is_in_place():
            _put(text, files)
            return
    try:
        if text is not None:
            write_through(text, files.fresh)
        write_through([claim.text(files.folder)], files.claim)
        fix_names(files.folder)
    except OSError as error:
        raise CouldNotRunError(f"{LEDGER_NAME}: {reason(error)}") from error
    put_in_place([packing], package, claim.aside)
    if not _settle(files):
        raise CouldNotRunError(f"{package}: was replaced by something else as it was written; build again")


def keep(ledger: Ledger, entries: Iterable[Entry]) -> None:
    """Put `entries` in place as the ledger, and leave the package as it is; within `open_ledger`, once."""
    _put(_changed(ledger, entries), _Files(ledger.root))


# --- the files ----------------------------------------------------------------------------------------------------


class _Files:
    """Where the files of a ledger lie: beside what a link leads to, so that they can be renamed to it."""

    def __init__(self, root: Path) -> None:
        self.ledger = Path(os.path.realpath(root / LEDGER_NAME))
        self.folder = self.ledger.parent
        self.fresh = self.ledger.with_name(f"{self.ledger.name}.new")
        self.claim = self.ledger.with_name(f"{self.ledger.name}.claim")
        self.lock = self.ledger.with_name(f".{self.ledger.name}.lock")
        # One build at a time holds the lock, so this name is its own; two notes may ship into one folder.
        self.aside = f".crisis-cards-{sha256(os.fsencode(self.ledger)).hexdigest()[:16]}.part"


@dataclass(frozen=True, slots=True)
class _Claim:
    """The package that a fresh ledger belongs to. `sha256` of its bytes; `aside`: its name until it is in place."""

    package: Path
    sha256: str
    aside: str

    def is_in_place(self) -> bool:
        try:
            content = _content(self.package)
        except (IsADirectoryError, ValueError):
            return False
        return content is not None and sha256(content).hexdigest() == self.sha256

    def text(self, folder: Path) -> bytes:
        """The line of a claim's file; from `folder` on, so that all of it may be moved."""
        try:
            package = os.path.relpath(self.package, folder)
        except ValueError:  # another drive of Windows
            package = str(self.package)
        line = json.dumps({"package": package, "sha256": self.sha256, "aside": self.aside})
        return f"{line}\n".encode("ascii")


def _claim(files: _Files) -> _Claim | None:
    """The claim that an interrupted build left, if it came to that."""
    try:
        table = json.loads(_content(files.claim) or b"")
        package, digest, aside = str(table["package"]), str(table["sha256"]), str(table["aside"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    # A file that comes with others' notes must not name any file to remove.
    return _Claim(files.folder / package, digest, aside) if _ASIDE.fullmatch(aside) else None


def _settle(files: _Files) -> bool:
    """Finish a build if its package is in place, and say so; discard it if not."""
    try:
        claim = _claim(files)
        is_in_place = claim is not None and claim.is_in_place()
        if is_in_place:
            with suppress(FileNotFoundError):  # the ledger was to stay, or this was done already
                files.fresh.replace(files.ledger)
            fix_names(files.folder)
        if claim is not None:
            with suppress(OSError, ValueError):
                claim.package.with_name(claim.aside).unlink()
        files.fresh.unlink(missing_ok=True)
        files.claim.unlink(missing_ok=True)
    except OSError as error:
        raise CouldNotRunError(
            f"{LEDGER_NAME}: a build was interrupted and cannot be finished: {reason(error)}"
        ) from error
    return is_in_place


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """A lock, held until the block ends; its file is there no longer than that."""
    lock = FileLock(path)
    try:
        try:
            _take(lock)
            yield
        finally:
            _let_go(lock)
    finally:
        _let_go(lock)  # once more: Ctrl-C may have come before or amid the first


def _take(lock: BaseFileLock) -> None:
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise LedgerHeldError("another build of these notes is under way") from None
    except (OSError, NotImplementedError) as error:  # filelock's word for a file system without locks
        why = reason(error) if isinstance(error, OSError) else "its file system knows no locks"
        raise CouldNotRunError(f"{Path(lock.lock_file).parent}: cannot be locked: {why}") from error


def _let_go(lock: BaseFileLock) -> None:
    if lock.is_locked:
        # Before it is released: who has opened it by now sees that it is gone, and takes a new one.
        with suppress(OSError):
            Path(lock.lock_file).unlink()
        lock.release()


# --- reading and writing ------------------------------------------------------------------------------------------


def _content(path: Path) -> bytes | None:
    """The bytes of a file, None if there is none; raises OSError if it cannot be read."""
    try:
        return content_of(path, MAX_FILE)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _read(root: Path, *paths: Path) -> Ledger:
    """The ledger in the first of the files that is there."""
    try:
        content = next((content for path in paths if (content := _content(path)) is not None), None)
    except OSError as error:
        raise CouldNotRunError(f"{LEDGER_NAME}: {reason(error)}") from error
    if content is None:
        return Ledger(root)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CouldNotRunError(f"{LEDGER_NAME}:{line}: not utf-8; restore the file") from error
    digest = sha256(content).hexdigest()
    del content  # before its entries are there
    entries = load(text, LEDGER_NAME)
    for entry in entries:
        for note in entry.notes:
            if why := why_not(note.wording):
                raise CouldNotRunError(
                    f"{LEDGER_NAME}: its note {json.dumps(note.guid)} cannot be shown ({why}); restore the file"
                )
    return Ledger(root, entries, True, digest)


def _stamp(made_from: str, ledger: str) -> str:
    return f"made from {made_from}, ledger {ledger[:32]}" if made_from else ""


def _squeezed(parts: Iterable[str]) -> _Text:
    """What these parts say together."""
    digest = sha256()
    squeezed: list[bytes] = []
    waiting = bytearray()
    for part in parts:
        waiting += part.encode("utf-8")
        if len(waiting) >= PART:
            digest.update(waiting)
            squeezed.append(zlib.compress(waiting, 1))
            waiting.clear()
    digest.update(waiting)
    return _Text((*squeezed, zlib.compress(waiting, 1)), digest.hexdigest())


def _changed(ledger: Ledger, entries: Iterable[Entry]) -> _Text | None:
    """The bytes of the next ledger; None if it says what this one says, in whatever order a merge has left it."""
    following = tuple(entries)
    if ledger.exists and following == ledger.entries:
        return None
    text = _squeezed(lines(following))
    if text.sha256 == ledger.sha256:
        return None
    files = _Files(ledger.root)
    try:
        found = _content(files.ledger)
    except OSError as error:
        raise CouldNotRunError(f"{LEDGER_NAME}: {reason(error)}") from error
    if (sha256(found or b"").hexdigest(), found is not None) != (ledger.sha256, ledger.exists):
        raise CouldNotRunError(f"{LEDGER_NAME}: changed while the notes were built; build again")
    # A file that may not be written can still be replaced, against the will of whoever forbade it.
    if ledger.exists and not os.access(files.ledger, os.W_OK):
        raise CouldNotRunError(f"{LEDGER_NAME}: is read-only")
    return text


def _put(text: _Text | None, files: _Files) -> None:
    if text is not None:
        put_in_place(text, files.ledger, files.fresh.name)
