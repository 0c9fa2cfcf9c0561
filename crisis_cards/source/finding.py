"""Find the notes: which files they are, and by which names they are known."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crisis_cards.diagnostics import CouldNotRunError, Diagnostic
from crisis_cards.source.decoding import decoded
from crisis_cards.source.documents import can_convert, is_document, none_read, not_read, read_document
from crisis_cards.source.texts import CONFIG_NAME, SUFFIXES, Source

UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


KINDS = f"{', '.join(SUFFIXES[:-1])} and {SUFFIXES[-1]}"


@dataclass(frozen=True, slots=True)
class Found:
    """The notes that were found, what to tell their author, and the paths of those that could not be read."""

    sources: tuple[Source, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    unread: frozenset[str] = frozenset()


def find_root(paths: Sequence[Path]) -> Path:
    """The nearest folder upwards that has a deck.toml, else the folder given, else the folder of the file given."""
    roots = {_root_of(path): None for path in paths}
    if not roots:
        raise CouldNotRunError("no notes: name a folder or a file")
    if len(roots) > 1:
        shown = ", ".join(_printable(str(root)) for root in roots)
        raise CouldNotRunError(
            f"{shown}: the notes lie under different roots; build them one by one or put a {CONFIG_NAME} above them"
        )
    return next(iter(roots))


def find_sources(root: Path, paths: Sequence[Path]) -> Found:
    """The notes at and below `paths`, sorted by path, each file once whatever names lead to it.

    Folders give their files of the SUFFIXES; hidden ones, names that end in ~ and links to folders are passed by.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        located = _located(path)
        if located.is_dir():
            for file in _walk(located):
                found.setdefault(file.resolve(), file)
        else:
            if not _is_notes(located.name):
                raise CouldNotRunError(f"{_printable(str(path))}: not a kind of notes; {KINDS} files are read")
            if is_document(located.name) and not can_convert():
                raise CouldNotRunError(f"{_printable(str(path))}: {not_read([located.name])}")
            found.setdefault(located.resolve(), located)
    named = sorted((_relative(file, root), file) for file in found.values())
    sources: list[Source] = []
    diagnostics: list[Diagnostic] = []
    unread: set[str] = set()
    documents = [name for name, file in named if is_document(file.name)]
    if documents and not can_convert():
        diagnostics.append(none_read(documents))
        unread.update(documents)
    for name, file in named:
        if name in unread:
            continue
        source, told = _read(file, name)
        diagnostics += told
        if source is None:
            unread.add(name)
        else:
            sources.append(source)
    return Found(tuple(sources), tuple(diagnostics), frozenset(unread))


def name_of(path: Path, root: Path) -> str:
    """The name by which notes are known: their path relative to the root."""
    return _relative(_located(path), root)


def _root_of(path: Path) -> Path:
    located = _located(path)
    folder = located if located.is_dir() else located.parent
    for candidate in (folder, *folder.parents):
        if (candidate / CONFIG_NAME).exists():
            return candidate
    return folder


def _located(path: Path) -> Path:
    """Where `path` is, with links resolved but for the file's own name."""
    try:
        absolute = path.resolve() if path.is_dir() else path.parent.resolve() / path.name
        absolute.stat()
    except (OSError, RuntimeError, ValueError) as error:
        raise CouldNotRunError(f"{_printable(str(path))}: {_what(error)}") from error
    return absolute


def _walk(folder: Path) -> Iterator[Path]:
    """The notes below a folder. Links to folders are not followed: they could lead back, or out."""
    folders = [folder]
    while folders:
        here = folders.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    if entry.name.startswith(".") or entry.name.endswith("~"):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(Path(entry.path))
                    elif _is_notes(entry.name) and os.path.isfile(entry.path):  # noqa: PTH113 - is_file raises of a link that leads nowhere
                        yield Path(entry.path)
        except OSError as error:
            raise CouldNotRunError(f"{_printable(str(here))}: {_what(error)}") from error


def _is_notes(name: str) -> bool:
    return name.lower().endswith(SUFFIXES)


def _relative(file: Path, root: Path) -> str:
    return _printable(Path(os.path.relpath(file, root.resolve())).as_posix())


def _read(file: Path, name: str) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    if not file.is_file():
        raise CouldNotRunError(f"{name}: not a file")
    try:
        if is_document(file.name):
            return read_document(file, name)
        raw = file.read_bytes()
        modified = int(file.stat().st_mtime)
    except OSError as error:
        raise CouldNotRunError(f"{name}: {_what(error)}") from error
    text, told = decoded(name, raw)
    return (None if text is None else Source(name, text, modified)), told


def _what(error: Exception) -> str:
    """What went wrong, in the system's words."""
    said = error.strerror if isinstance(error, OSError) else None
    return (said or str(error)).lower()


def _printable(name: str) -> str:
    """A name in which bytes that are no text, line ends and the like have become U+FFFD."""
    return UNPRINTABLE.sub("\ufffd", os.fsencode(name).decode("utf-8", "replace"))
