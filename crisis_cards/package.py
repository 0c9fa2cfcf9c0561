"""Deck -> .apkg: the file that Anki imports. The only room that knows genanki.

The same deck gives the same bytes. The file is built aside, checked, and put in place in one step, so whatever
happens there is the old package or the new one.
"""

from __future__ import annotations

import io
import json
import os
import re
import sqlite3
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from errno import ENAMETOOLONG
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import BinaryIO

from crisis_cards.diagnostics import CouldNotRunError
from crisis_cards.identity import ROOM, number_ids, spread
from crisis_cards.model import Deck, Medium, Note, NoteKind
from crisis_cards.notetypes import FACES_MODIFIED, note_type
from crisis_cards.render import UNSAFE, is_visible

_COLLECTION_NAME = re.compile(r"collection\.apkg|backup-.*\.apkg|.*\.colpkg", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_BLANK = re.compile(r"\{\{c(\d+)::(.*?)(?=::|\}\}|$)", re.DOTALL)
_CHUNK = 1 << 20
MANY_NOTES = 20_000
"""The database of more than so many is made on the disk: of notes of ten megabytes it has two hundred."""
_FIRST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def check_output_name(path: Path) -> None:
    """Raise CouldNotRunError for a file that must not, or cannot, become a package."""
    if _COLLECTION_NAME.fullmatch(path.name):
        raise CouldNotRunError(f"{path}: a file of this name would replace the learner's whole collection in Anki")
    if path.suffix.lower() != ".apkg":
        raise CouldNotRunError(f'{path}: name does not end in ".apkg"')
    if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where it may not look
        raise CouldNotRunError(f"{path}: is a directory")
    try:
        path.lstat()
    except OSError as error:
        if error.errno == ENAMETOOLONG:
            raise CouldNotRunError(f"{path}: {reason(error)}") from error


def write_package(deck: Deck, path: Path) -> None:
    """Write `deck` as the package `path`, whose folders are made.

    Raises CouldNotRunError, and leaves what was there, if the file cannot be written or Anki would not take it as
    it is meant.
    """
    put_in_place([packed(deck, path)], path)


def packed(deck: Deck, path: Path, stamp: str = "") -> bytes:
    """The bytes of `deck` as the package `path`, which is not touched; the same deck gives the same bytes.

    `stamp`: a comment of the file, which Anki passes over. Raises CouldNotRunError if `path` is no name for a package
    or Anki would not take the deck as it is meant.
    """
    check_output_name(path)
    for fault in _faults(deck):
        raise CouldNotRunError(f"refusing to write {path}: {fault}")
    try:
        with TemporaryDirectory(prefix="crisis-cards-") as folder:
            where = Path(folder, "collection.anki2") if len(deck.notes) > MANY_NOTES else None
            with closing(sqlite3.connect(where or ":memory:")) as database:
                for fault in _written(deck, database):
                    raise CouldNotRunError(f"refusing to write {path}: {fault}")
                collection = where.open("rb") if where is not None else io.BytesIO(database.serialize())
                with collection:
                    return _zipped(collection, deck.media, stamp)
    except (OSError, sqlite3.OperationalError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise CouldNotRunError(f"{path}: no room to make it in {gettempdir()}: {why}") from error


# --- what Anki would not take -------------------------------------------------------------------------------------


def _faults(deck: Deck) -> Iterator[str]:
    if not deck.notes:
        yield "no notes"
    copies = Counter(note.guid for note in deck.notes)
    for note in deck.notes:
        if copies[note.guid] > 1:
            yield f"{copies[note.guid]} notes have the GUID {note.guid}"


def _faults_of_note(note: Note, fields: Sequence[str]) -> Iterator[str]:
    names = note_type(note.kind).fields
    if len(fields) != len(names):
        yield f"has {len(fields)} fields; {len(names)} wanted"
        return
    for name, field in zip(names, fields, strict=True):
        for char in UNSAFE.findall(field):
            yield f"has the character U+{ord(char):04X} in its field {name}"
    for tag in note.tags:
        if not tag or UNSAFE.search(tag) or any(char.isspace() or char == '"' for char in tag):
            yield f"has the tag {tag!r}, which Anki would not keep"
    if not note.ordinals:
        yield "has no card"
    yield from _empty_cards(note, fields)
    if not _levels(note.deck):
        yield "has no deck"


def _empty_cards(note: Note, fields: Sequence[str]) -> Iterator[str]:
    if note.kind is NoteKind.QUESTION:
        wanted = {0}
        sides = {"prompt": fields[0], "answer": fields[1]}
    else:
        blanks = _BLANK.findall(fields[0])
        wanted = {int(number) - 1 for number, _ in blanks}
        sides = {f"blank {number}": hidden for number, hidden in blanks}
    yield from (f"has an empty {side}" for side, html in sides.items() if not _shows(html))
    if len(note.ordinals) != len(set(note.ordinals)) or set(note.ordinals) != wanted:
        yield f"has the cards {sorted(note.ordinals)}; {sorted(wanted)} wanted"


def _shows(html: str) -> bool:
    return is_visible(unescape(_TAG.sub("", html)))


def _levels(deck_name: str) -> list[str]:
    """A deck's name as Anki will have it, level by level: no control characters, none empty."""
    safe = UNSAFE.sub("", unicodedata.normalize("NFC", deck_name))
    return [level for level in map(str.strip, safe.split("::")) if level]


def _deck_names(deck: Deck) -> dict[str, str]:
    """The name in Anki of each deck that a note asks for.

    Anki takes decks whose names differ only in case for one, but two of them in one package it keeps apart under a
    name of its own: so the first spelling holds for all.
    """
    spellings: dict[str, str] = {}
    names = {}
    for wanted in dict.fromkeys(note.deck for note in deck.notes):
        name = ""
        for level in _levels(wanted):
            longer = f"{name}::{level}" if name else level
            name = spellings.setdefault(longer.casefold(), longer)
        names[wanted] = name
    return names


# --- the database -------------------------------------------------------------------------------------------------


def _written(deck: Deck, database: sqlite3.Connection) -> Iterator[str]:
    """Make one of Anki's databases of the notes, one after the other; what Anki would not take is told on the way."""
    import genanki  # noqa: PLC0415 - slow to import, and `--help` must answer at once

    models = {
        kind: genanki.Model(
            model_id=known.id,
            name=known.name,
            fields=[{"name": name} for name in known.fields],
            templates=[{"name": "Card", "qfmt": known.front, "afmt": known.back}],
            css=known.css,
            model_type=genanki.Model.CLOZE if kind is NoteKind.CLOZE else genanki.Model.FRONT_BACK,
        )
        for kind, known in ((kind, note_type(kind)) for kind in NoteKind)
    }
    names = _deck_names(deck)
    # Every collection has a deck "Default", and so has genanki's: it must be that one.
    deck_ids = {
        name: 1 if name.casefold() == "default" else place for name, place in spread(names.values(), ROOM).items()
    }
    row_ids = number_ids({note.guid: note.ordinals for note in deck.notes})
    cursor = database.cursor()
    cursor.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")  # nobody needs it after a crash
    genanki.Package([]).write_to_db(cursor, FACES_MODIFIED, iter(()))
    for name, deck_id in deck_ids.items():
        home = genanki.Deck(deck_id, name)
        for model in models.values():
            home.add_model(model)
        # Given without notes, so the time is that of the note types alone.
        home.write_to_db(cursor, FACES_MODIFIED, iter(()))
    for note in deck.notes:
        fields = list(note.fields)
        yield from (f"note {note.guid} {fault}" for fault in _faults_of_note(note, fields))
        row = genanki.Note(models[note.kind], fields, tags=note.tags, guid=note.guid, due=note.position)
        row.cards = [genanki.Card(ordinal) for ordinal in note.ordinals]
        ids = row_ids[note.guid]
        row.write_to_db(cursor, note.modified, deck_ids[names[note.deck]], iter((ids.note, *ids.cards)))
    database.commit()


def _content(collection: BinaryIO) -> Iterator[bytes]:
    """The bytes of a database, without what tells how often and by which SQLite it was written.

    That is the counter of changes, for which change the version is valid, and the version (SQLite's file format, 1.3).
    """
    header = collection.read(100)
    yield header[:24] + bytes(4) + header[28:92] + bytes(8)
    while chunk := collection.read(_CHUNK):
        yield chunk


# --- the file -----------------------------------------------------------------------------------------------------


def stamp_of(path: Path) -> str:
    """The comment of a package; empty when there is none, or no package."""
    try:
        with zipfile.ZipFile(path) as package:
            return package.comment.decode("utf-8")
    except (OSError, zipfile.BadZipFile, UnicodeDecodeError, ValueError):
        return ""


def _zipped(collection: BinaryIO, media: Sequence[Medium], stamp: str) -> bytes:
    """A package around a database and media: its members with fixed dates and permissions.

    Media are numbered; the member `media` says which number is which name.
    """
    package = io.BytesIO()
    names = json.dumps({str(number): medium.name for number, medium in enumerate(media)}).encode("ascii")
    files = ((str(number), len(medium.content), [medium.content]) for number, medium in enumerate(media))
    database = ("collection.anki2", collection.seek(0, io.SEEK_END), _content(collection))
    collection.seek(0)
    with zipfile.ZipFile(package, "w") as archive:
        for name, size, content in (database, ("media", len(names), [names]), *files):
            member = zipfile.ZipInfo(name, _FIRST_ZIP_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o100644 << 16
            member.file_size = size
            with archive.open(member, "w") as file:
                for part in content:
                    file.write(part)
        archive.comment = stamp.encode("utf-8")
    return package.getvalue()


def put_in_place(content: Iterable[bytes], path: Path, aside_name: str = "") -> None:
    """Write a file beside `path` and rename it to that; a link is kept, and what it leads to is replaced.

    `aside_name`: of the file beside, for who must find it after a crash.
    """
    target = Path(os.path.realpath(path))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise CouldNotRunError(f"{path.parent}: is not a directory") from error
    except OSError as error:
        raise CouldNotRunError(f"{path.parent}: {reason(error)}") from error
    # The process's own number keeps two builds apart; the file has the permissions that the user gives new ones.
    aside = target.with_name(aside_name or f".crisis-cards-{os.getpid()}.part")
    try:
        write_through(content, aside)
        aside.replace(target)
        fix_names(target.parent)
    except OSError as error:
        raise CouldNotRunError(f"{path}: {reason(error)}") from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def write_through(content: Iterable[bytes], path: Path) -> None:
    """Write a file, and return when the disk has it."""
    with path.open("wb") as file:
        file.writelines(content)
        file.flush()
        os.fsync(file.fileno())


def fix_names(folder: Path) -> None:
    """Return when the disk has the names of a folder's files as they are; without a word where none can be asked."""
    # Windows opens no folder, and some file systems of networks cannot do this.
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def reason(error: OSError) -> str:
    """What went wrong, in the system's words, as the end of a line."""
    said = error.strerror or str(error)
    return said[:1].lower() + said[1:]
