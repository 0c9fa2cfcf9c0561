"""Find the notes: which files they are, and by which names they are known."""

# ruff: noqa: PTH110, PTH112, PTH113 - the methods of a Path raise where they may not look

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from os.path import exists, isdir, isfile
from pathlib import Path

from crisis_cards.diagnostics import CouldNotRunError, Diagnostic, Severity, Span
from crisis_cards.source.decoding import decoded
from crisis_cards.source.documents import can_convert, is_document, none_read, not_read, read_document
from crisis_cards.source.ignoring import (
    ENVIRONMENT,
    IGNORE_NAME,
    Ignoring,
    ignoring,
    is_backup,
    is_conflict,
    is_ignored,
    is_tools,
    placeholder_of,
)
from crisis_cards.source.opening import content_of
from crisis_cards.source.texts import CONFIG_NAME, SUFFIXES, Source

# What would break a line, steer a terminal, or turn around what stands after it.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

KINDS = f"{', '.join(SUFFIXES[:-1])} and {SUFFIXES[-1]}"
RULE = "left-alone"
MAX_BYTES, MAX_IGNORE_BYTES = 200_000_000, 1_000_000
"""Of a file of notes, more than anybody has written, and of a `.crisisignore`."""


@dataclass(frozen=True, slots=True)
class Found:
    """The notes that were found, what to tell their author, and the paths of those that could not be read.

    A folder that could not be read is among these with a slash at its end: what is in it nobody knows.
    """

    sources: tuple[Source, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    unread: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Looking:
    """What has been found so far below one root, and what was not read on the way."""

    root: str
    files: list[Path] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def leave(self, path: str, message: str, severity: Severity = Severity.WARNING, *, is_folder: bool = False) -> None:
        """Leave a file or folder alone that may have notes, and say why; they are not gone."""
        name = _relative(Path(path), Path(self.root))
        self.unread.add(f"{name}/" if is_folder else name)
        self.diagnostics.append(Diagnostic(Span(name, 1, 1), severity, RULE, message))


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

    Folders give their files of the SUFFIXES. Passed by are what is hidden, tools' own, a backup, ignored by a
    `.crisisignore`, or no regular file. What may be notes and is not read is told: links that lead out of the root or
    nowhere, files that are not on this machine, what may not be read.
    """
    looking = _Looking(str(root.resolve()))
    found: dict[Path, Path] = {}
    for path in paths:
        located = _located(path)
        if located.is_dir():
            looking.files.clear()
            _walk(str(located), looking)
            # Of several names of one file its own comes first, in whatever order the system lists them.
            for file in sorted(looking.files, key=lambda each: (each.is_symlink(), each)):
                found.setdefault(file.resolve(), file)
        else:
            if not _is_notes(located.name):
                raise CouldNotRunError(f"{_printable(str(path))}: not a kind of notes; {KINDS} files are read")
            if is_document(located.name) and not can_convert():
                raise CouldNotRunError(f"{_printable(str(path))}: {not_read([located.name])}")
            found.setdefault(located.resolve(), located)
    named = sorted((_relative(file, root), file) for file in found.values())
    given = {_located(path) for path in paths}
    taken = {name for name, _ in named}
    diagnostics = [each for each in looking.diagnostics if each.rule != RULE or each.span.path not in taken]
    unread = looking.unread - taken
    sources: list[Source] = []
    documents = [name for name, file in named if is_document(file.name)]
    if documents and not can_convert():
        diagnostics.append(none_read(documents))
        unread.update(documents)
    for name, file in named:
        if name in unread:
            continue
        source, told = _read(file, name, is_named=file in given)
        diagnostics += told
        if source is None:
            unread.add(name)
        else:
            sources.append(source)
    return Found(tuple(sources), tuple(dict.fromkeys(diagnostics)), frozenset(unread))


def is_unread(path: str, unread: frozenset[str]) -> bool:
    """Whether a path is one of those that could not be read, or lies in a folder that could not."""
    if path in unread:
        return True
    return any(each.endswith("/") and path.startswith(each) for each in unread)


def name_of(path: Path, root: Path) -> str:
    """The name by which notes are known: their path relative to the root."""
    return _relative(_located(path), root)


def _root_of(path: Path) -> Path:
    located = _located(path)
    folder = located if located.is_dir() else located.parent
    for candidate in (folder, *folder.parents):
        if os.path.lexists(candidate / CONFIG_NAME):
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


def _walk(folder: str, looking: _Looking) -> None:
    """The notes below a folder. Links to folders are not followed: they could lead back, or out."""
    folders = [(folder, _ignoring_above(folder, looking))]
    while folders:
        here, above = folders.pop()
        try:
            with os.scandir(here) as listing:
                entries = list(listing)
        except OSError as error:
            if here == folder:
                raise CouldNotRunError(f"{_printable(here)}: {_what(error)}") from error
            looking.leave(here, f"{_what(error)}; what is in it was not read", Severity.ERROR, is_folder=True)
            continue
        names = {entry.name for entry in entries}
        if ENVIRONMENT in names:
            continue
        if IGNORE_NAME in names and here != folder:
            above = (*above, *_ignoring_in(here, looking))
        own = Path(here).name.lower()
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if not is_tools(own, entry.name) and not is_ignored(entry.path, above, is_folder=True):
                    folders.append((entry.path, above))
            else:
                _look_at(entry, above, looking)


def _look_at(entry: os.DirEntry[str], above: Sequence[Ignoring], looking: _Looking) -> None:
    """Take a file of a folder as notes, or leave it alone."""
    path = entry.path
    if (away := placeholder_of(entry.name)) and _is_notes(away):
        looking.leave(str(Path(path).with_name(away)), "is in iCloud and not on this machine; download it")
        return
    if is_backup(entry.name):
        return
    leads_to_folder = entry.is_symlink() and isdir(path)
    if not (_is_notes(entry.name) or leads_to_folder) or is_ignored(path, above, is_folder=False):
        return
    if leads_to_folder:
        if not _is_below(os.path.realpath(path), looking.root) and not is_tools("", entry.name):
            looking.leave(path, "is a link to a folder elsewhere, and was not followed", is_folder=True)
    elif is_conflict(entry.name):
        looking.leave(path, "is a sync tool's copy of a conflict; put what you want of it into the file, and delete it")
    elif entry.is_symlink() and not exists(path):
        looking.leave(path, "is a link that leads nowhere")
    elif entry.is_symlink() and not _is_below(os.path.realpath(path), looking.root):
        looking.leave(path, "is a link that leads out of the folder of the notes; name the file to read it")
    elif isfile(path):
        looking.files.append(Path(path))


def _ignoring_above(folder: str, looking: _Looking) -> tuple[Ignoring, ...]:
    """What the files say from the root down to a folder; who names a folder that is ignored wants what is in it."""
    if not _is_below(folder, looking.root):
        return tuple(_ignoring_in(folder, looking))
    said: tuple[Ignoring, ...] = ()
    here = looking.root
    for part in ("", *Path(folder).relative_to(looking.root).parts):
        here = str(Path(here, part))
        if is_ignored(here, said, is_folder=True):
            said = ()
        said = (*said, *_ignoring_in(here, looking))
    return said


def _ignoring_in(folder: str, looking: _Looking) -> Iterator[Ignoring]:
    path = Path(folder, IGNORE_NAME)
    if not isfile(path):
        return
    name = _relative(path, Path(looking.root))
    try:
        text, told = decoded(name, content_of(path, MAX_IGNORE_BYTES))
    except OSError as error:
        raise CouldNotRunError(f"{name}: {_what(error)}") from error
    if text is None:
        raise CouldNotRunError(f"{name}: {told[0].message}")
    said, diagnostics = ignoring(name, folder, text)
    looking.diagnostics += diagnostics
    yield said


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def _is_notes(name: str) -> bool:
    return name.lower().endswith(SUFFIXES)


def _relative(file: Path, root: Path) -> str:
    return _printable(Path(os.path.relpath(file, root.resolve())).as_posix())


def _read(file: Path, name: str, *, is_named: bool) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """A file as text, and what to tell of it; that it cannot be read at all is told only if it was not named."""
    try:
        if is_document(file.name):
            source, told = read_document(file, name)
            if is_named and source is None and not told:
                raise CouldNotRunError(f"{name}: a page that `crisis-cards preview` wrote; name the notes")
            return source, told
        raw = content_of(file, MAX_BYTES)
        modified = int(file.stat().st_mtime)
    except OSError as error:
        if is_named:
            raise CouldNotRunError(f"{name}: {_what(error)}") from error
        return None, (Diagnostic(Span(name, 1, 1), Severity.ERROR, RULE, f"{_what(error)}; it was not read"),)
    text, told = decoded(name, raw)
    return (None if text is None else Source(name, text, modified)), told


def _what(error: Exception) -> str:
    """What went wrong, in the system's words."""
    said = error.strerror if isinstance(error, OSError) else None
    return (said or str(error)).lower()


def _printable(name: str) -> str:
    """A name in which bytes that are no text, line ends and the like have become U+FFFD."""
    return UNPRINTABLE.sub("\ufffd", os.fsencode(name).decode("utf-8", "replace"))
