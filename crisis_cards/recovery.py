"""A ledger from a package of ours, for who has the package that was shipped last but not the ledger.

What the package shows is read back as `render` wrote it. What it does not hold comes back empty: the templates, the
ids that the author wrote, and the digests, so the next build makes each fact anew and finds its notes by what they ask.
"""

from __future__ import annotations

import re
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from html import unescape
from itertools import groupby
from pathlib import Path

from crisis_cards.changes import RETIRED_TAG
from crisis_cards.diagnostics import CouldNotRunError, Span
from crisis_cards.facts import facts_of
from crisis_cards.identity import fact_key
from crisis_cards.ledger import Entry, Shipped
from crisis_cards.model import Card, Cloze, Document, Fact, Mark, MarkKind, NoteKind, Question, Statement, Wording
from crisis_cards.notetypes import note_type
from crisis_cards.render import MARKUP, blank_kind, content_hash, fields_of

MAX_REPEATS = 20
"""Of equal statements, how many are told apart when their words are looked for."""

_EXPORTED = {"collection.anki21", "collection.anki21b"}
_QUERY = """
    select notes.guid, notes.mid, notes.mod, notes.tags, notes.flds, min(cards.due)
    from notes join cards on cards.nid = notes.id group by notes.id order by min(cards.due), notes.guid
"""
_DAMAGE = (sqlite3.Error, zlib.error, ValueError, TypeError, AttributeError, EOFError, RuntimeError, OverflowError)
_CONTEXT = re.compile(r'<div dir="auto">(.*?)</div>', re.DOTALL)
_STATEMENT = re.compile(r'<div class="statement" dir="auto">(.*?)</div>', re.DOTALL)
_EXPANSION = re.compile(r'<li dir="auto">(.*?)</li>', re.DOTALL)
_ROW = re.compile(r'<div class="statement wide"[^>]*>(.*?)</div>', re.DOTALL)
_CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)
# What stands below a text; the text itself may be nothing but the first of them.
_EXHIBIT = re.compile(r'<img class="exhibit"|\[sound:|<pre class="code"|<div class="wide"')
_LINE = re.compile(r"<br>|</li>|<[uo]l>|</tr>")
_NEXT_CELL = re.compile(r"</t[dh]><t[dh][^>]*>")
_TAG = re.compile(r"<[^>]*>")
_KINDS = {tag: kind for kind, tag in MARKUP.items()}
_TOKEN = re.compile(
    r"\{\{c(?P<number>\d+)::|(?:::(?P<hint>.*?))?(?P<ends>\}\})"
    rf'|<(?P<opens>{"|".join(_KINDS)})(?: href="(?P<target>[^"]*)")?>|</(?P<closes>{"|".join(_KINDS)})>',
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A note as it lies in the package, with its fields by name, and its place in the queue of new cards."""

    guid: str
    kind: NoteKind
    modified: int
    tags: tuple[str, ...]
    fields: dict[str, str]
    position: int


def recover(package: Path) -> tuple[Entry, ...]:
    """The ledger of the notes that a package of ours holds, by path and position.

    Raises CouldNotRunError for any other file.
    """
    try:
        by_fact = sorted(_rows(_collection(package)), key=lambda row: row.fields["Key"])
        entries = [_entry(key, tuple(own)) for key, own in groupby(by_fact, key=lambda row: row.fields["Key"])]
    except OSError as error:
        raise CouldNotRunError(f"{package}: {(error.strerror or str(error)).lower()}") from error
    except zipfile.BadZipFile as error:
        raise CouldNotRunError(f"{package}: is not a package") from error
    except _DAMAGE as error:
        raise CouldNotRunError(f"{package}: is damaged") from error
    if not entries:
        raise CouldNotRunError(f"{package}: holds no notes of crisis-cards")
    return tuple(sorted(entries, key=lambda entry: (entry.path, entry.position, entry.key)))


# --- the package --------------------------------------------------------------------------------------------------


def _collection(package: Path) -> bytes:
    """The database within a package."""
    with zipfile.ZipFile(package) as archive:
        names = set(archive.namelist())
        if names & _EXPORTED:
            raise CouldNotRunError(f"{package}: was exported by Anki; a ledger comes from what crisis-cards built")
        if "collection.anki2" not in names:
            raise CouldNotRunError(f"{package}: is not a package of crisis-cards")
        return archive.read("collection.anki2")


def _rows(collection: bytes) -> Iterator[_Row]:
    """The notes of our two types, in the order of their cards."""
    kinds = {note_type(kind).id: kind for kind in NoteKind}
    seen: set[str] = set()
    if not collection:  # SQLite takes that for a lack of memory
        raise ValueError
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(collection)
        for guid, type_id, modified, tags, joined, due in database.execute(_QUERY):
            if type_id not in kinds:
                continue
            kind, fields = kinds[type_id], joined.split("\x1f")
            named = dict(zip(note_type(kind).fields, fields, strict=True))
            if not isinstance(guid, str) or not guid or guid in seen or not named["Key"]:
                raise ValueError(guid)
            seen.add(guid)
            yield _Row(guid, kind, int(modified), tuple(tags.split()), named, int(due))


# --- a fact and its notes -----------------------------------------------------------------------------------------


def _entry(key_html: str, rows: Sequence[_Row]) -> Entry:
    """The fact that is shown in all of `rows`, which share its key."""
    key, first = _plain(key_html), rows[0]
    path, _, line = _plain(first.fields["Source"]).rpartition(":")
    extra = next((row.fields["Extra"] for row in rows if row.fields["Extra"]), "")
    whole, row = _STATEMENT.search(extra), _ROW.match(extra)
    text, marks = _marked(whole[1], _shows_statement(whole[0])) if whole else ("", ())
    if row is not None:
        text, marks = " | ".join(map(_plain, _CELL.findall(row[1]))), ()
    notes = tuple(_shipped(row) for row in rows)
    return Entry(
        key=key,
        path=path,
        trail=tuple(filter(None, _plain(first.fields["Topic"]).split(" › "))),
        words=_words(key, Statement(Span(path, int(line), int(line)), (), text, marks), [n.wording for n in notes]),
        position=min(row.position for row in rows),
        digest="",
        text=text,
        marks=marks,
        expansions=tuple(_expansion(_plain(item)) for item in _EXPANSION.findall(extra)),
        notes=notes,
    )


def _shipped(row: _Row) -> Shipped:
    context = tuple(map(_plain, _CONTEXT.findall(row.fields["Context"])))
    wording: Wording
    if row.kind is NoteKind.QUESTION:
        wording = Question(_said(row.fields["Question"]), _said(row.fields["Answer"]), (), context)
    else:
        html = _EXHIBIT.split(row.fields["Text"], maxsplit=1)[0]
        text, marks = _marked(html, _shows_cloze(html))
        wording = Cloze(text, marks, (), context)
    return Shipped(
        guid=row.guid,
        template="",
        wording=wording,
        modified=row.modified,
        content=content_hash(row.kind, tuple(row.fields.values())),
        numbers=max((mark.number for mark in wording.marks), default=0) if isinstance(wording, Cloze) else 0,
        is_retired=RETIRED_TAG in row.tags,
    )


def _expansion(line: str) -> tuple[str, str]:
    short, _, full = line.partition(": ")
    return short, full


def _words(key: str, statement: Statement, wordings: Iterable[Wording]) -> str:
    """The author's words for a fact: the statement, or the part of it, that its key was born from.

    A key that has outlived an edit was born from none of them: then the whole statement.
    """
    parts = [fact.words for fact in facts_of(Document(statement.span.path, "", 0, (statement,)))]
    sides = [side for asked in wordings if isinstance(asked, Question) for side in (asked.prompt, asked.answer)]
    found = [words for words in (statement.text, *parts, *sides) if words]
    born = (words for words in found if any(fact_key(words, n) == key for n in range(MAX_REPEATS)))
    return next(born, found[0] if found else "")


# --- HTML to text -------------------------------------------------------------------------------------------------


def _plain(html: str) -> str:
    return unescape(html.replace("<br>", "\n"))


def _said(html: str) -> str:
    """What a side of a question says, without what is shown below it."""
    above = _EXHIBIT.split(html, maxsplit=1)[0]
    if "<" not in html:
        return _plain(html)
    said = _NEXT_CELL.sub(" | ", above if _TAG.sub("", above) else html)
    text = _plain(_TAG.sub("", _LINE.sub("\n", said)))
    return text.strip("\n") if "<li" in said or "<tr" in said else text


def _marked(html: str, shows: Callable[[str, tuple[Mark, ...]], bool]) -> tuple[str, tuple[Mark, ...]]:
    """A text and its marks. `shows`: whether these make the HTML again.

    A blank cuts the marks that reach into it, so pieces that touch are taken for one mark, unless that shows otherwise.
    """
    text, pieces = _pieces(html)
    whole = tuple(sorted(_joined(pieces)))
    return text, whole if shows(text, whole) or not shows(text, tuple(pieces)) else tuple(sorted(pieces))


def _pieces(html: str) -> tuple[str, list[Mark]]:
    text, marks = "", []
    opened: list[Mark] = []
    place = 0
    for token in _TOKEN.finditer(html):
        text += _plain(html[place : token.start()])
        place = token.end()
        if token["number"]:
            opened.append(Mark(len(text), len(text), MarkKind.BLANK, int(token["number"])))
        elif token["opens"]:
            target = _plain(token["target"] or "")
            opened.append(Mark(len(text), len(text), _KINDS[token["opens"]], target=target))
        else:
            kind = MarkKind.BLANK if token["ends"] else _KINDS[token["closes"]]
            if not opened or opened[-1].kind is not kind:
                raise ValueError(html)
            mark, hint = opened.pop(), _plain(token["hint"] or "")
            # The kind of a blank is no hint of the author's: it is said anew.
            is_kind = kind is MarkKind.BLANK and hint == blank_kind(text[mark.start :])
            marks.append(replace(mark, end=len(text), hint="" if is_kind else hint))
    if opened:
        raise ValueError(html)
    return text + _plain(html[place:]), marks


def _joined(pieces: Iterable[Mark]) -> Iterator[Mark]:
    """Marks of one kind that touch as one."""
    last: Mark | None = None
    for piece in sorted(pieces, key=lambda mark: (mark.kind, mark.start, mark.end)):
        is_same = last is not None and (last.kind, last.target) == (piece.kind, piece.target)
        if last is not None and is_same and last.kind is not MarkKind.BLANK and last.end == piece.start:
            last = replace(last, end=piece.end)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _shows_cloze(html: str) -> Callable[[str, tuple[Mark, ...]], bool]:
    return lambda text, marks: fields_of(_card(Cloze(text, marks)), "")[0] == html


def _shows_statement(html: str) -> Callable[[str, tuple[Mark, ...]], bool]:
    extra = note_type(NoteKind.QUESTION).fields.index("Extra")
    return lambda text, marks: fields_of(_card(Question("?", "!"), text, marks), "")[extra] == html


def _card(wording: Wording, text: str = "", marks: tuple[Mark, ...] = ()) -> Card:
    return Card(Fact(Statement(Span("", 1, 1), (), text, marks), "", "", ""), "", wording)
