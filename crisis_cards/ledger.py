"""The ledger: which fact and which note is which, across builds. Values here, and their text form; no files.

One JSON object a line, a fact each, sorted, keys in a fixed order, so that two branches that each add facts merge into
a valid ledger. No line numbers and no clock but `modified`: an edit elsewhere changes no line of it. It is a lock file:
it holds what was resolved and shipped, so an unchanged fact needs no language model, and ships word for word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crisis_cards.diagnostics import CouldNotRunError
from crisis_cards.model import Cloze, Mark, MarkKind, Question, Wording

FORMAT = 1
MAX_NUMBER = 2**40
"""More than there are seconds or lines; what Anki keeps has room for it."""

_HALF = re.compile("[\ud800-\udfff]")
_ALWAYS = frozenset("v key path words position digest guid template prompt answer cloze modified content".split())


@dataclass(frozen=True, slots=True)
class Shipped:
    """A note as it was last shipped.

    `content`: a hash of what a change of must be told to Anki (prompt, answer, context, extra). `modified`: whole
    seconds since 1970. `numbers`: the highest blank number that it ever had; numbers are never used twice.
    """

    guid: str
    template: str
    wording: Wording
    modified: int
    content: str
    numbers: int = 0
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact as it was last seen.

    `words`: the author's, verbatim. `name`: the id that the author wrote, if any. `text` and `marks`: those of its
    whole statement. `position`: where it stands among the facts of its file; there are gaps. `digest`: of the inputs
    that it was resolved from; `leans` when the lines above are among them.
    """

    key: str
    path: str
    trail: tuple[str, ...]
    words: str
    position: int
    digest: str
    leans: bool = False
    name: str = ""
    text: str = ""
    marks: tuple[Mark, ...] = ()
    expansions: tuple[tuple[str, str], ...] = ()
    notes: tuple[Shipped, ...] = ()


def dump(entries: Iterable[Entry]) -> str:
    """The text of a ledger; the same entries in any order give the same text."""
    return "".join(lines(entries))


def lines(entries: Iterable[Entry]) -> Iterator[str]:
    """The lines of a ledger, one by one: it is ten times as long as the notes."""
    in_order = sorted(entries, key=lambda entry: (entry.path, entry.position, entry.key))
    return (f"{_line(entry)}\n" for entry in in_order)


def load(text: str, name: str) -> tuple[Entry, ...]:
    """The entries of a ledger's text, by path and position; raises CouldNotRunError with `name` and the line.

    Of two lines for one fact, as a merge of two branches leaves them, that with the later `modified` counts.
    """
    found: dict[str, tuple[Entry, int]] = {}
    for number, line in enumerate(_lines_of(text), 1):
        if not line.strip():
            continue
        where = f"{name}:{number}"
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
            raise CouldNotRunError(
                f"{where}: a conflict of a merge; keep the lines of both sides and take this one out"
            )
        entry = _entry(line, where)
        if entry.key not in found or _weight(entry) > _weight(found[entry.key][0]):
            found[entry.key] = entry, number
    if text and not text.endswith("\n"):
        raise CouldNotRunError(f"{name}:{text.count(chr(10)) + 1}: the last line is cut short; restore the file")
    _check_guids(found.values(), name)
    entries = (entry for entry, _ in found.values())
    return tuple(sorted(entries, key=lambda entry: (entry.path, entry.position, entry.key)))


def _lines_of(text: str) -> Iterator[str]:
    """The lines of a text, one by one: all at once they take as much as the text."""
    at = 0
    while (end := text.find("\n", at)) >= 0:
        yield text[at:end]
        at = end + 1
    yield text[at:]


def _check_guids(found: Iterable[tuple[Entry, int]], name: str) -> None:
    places: dict[str, int] = {}
    for entry, line in found:
        for note in entry.notes:
            if note.guid in places:
                raise CouldNotRunError(
                    f'{name}:{line}: its note "{note.guid}" is in line {places[note.guid]} too; restore the file'
                )
            places[note.guid] = line


def _weight(entry: Entry) -> tuple[int, str]:
    """Of two lines for one fact, the heavier counts; where none is later, any rule that both branches share."""
    return max((note.modified for note in entry.notes), default=0), _line(entry)


# --- to JSON ---------------------------------------------------------------------------------------------------


def _line(entry: Entry) -> str:
    table: dict[str, Any] = {
        "v": FORMAT,
        "key": entry.key,
        "path": entry.path,
        "trail": list(entry.trail),
        "words": entry.words,
        "position": entry.position,
        "digest": entry.digest,
        "leans": entry.leans,
        "name": entry.name,
        "text": entry.text,
        "marks": [_mark_json(mark) for mark in entry.marks],
        "expansions": [list(pair) for pair in entry.expansions],
        "notes": [_note_json(note) for note in entry.notes],
    }
    line = json.dumps(_without_empty(table), ensure_ascii=False, separators=(",", ":"))
    # Half of a surrogate pair is no UTF-8, but JSON can write it.
    return _HALF.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def _note_json(note: Shipped) -> dict[str, Any]:
    match note.wording:
        case Question(prompt, answer, _, context):
            wording: dict[str, Any] = {"prompt": prompt, "answer": answer, "context": list(context)}
        case Cloze(text, marks, _, context):
            wording = {"cloze": text, "marks": [_mark_json(mark) for mark in marks], "context": list(context)}
    table = {
        "guid": note.guid,
        "template": note.template,
        **wording,
        "modified": note.modified,
        "content": note.content,
        "numbers": note.numbers,
        "retired": note.is_retired,
    }
    return _without_empty(table)


def _mark_json(mark: Mark) -> list[Any]:
    told = [mark.start, mark.end, mark.kind.value, mark.number, mark.hint]
    return [*told, mark.target] if mark.target else told


def _without_empty(table: Mapping[str, Any]) -> dict[str, Any]:
    """A table without what is empty, false or zero: that is what is read where nothing is written."""
    return {key: value for key, value in table.items() if value or key in _ALWAYS}


# --- from JSON -------------------------------------------------------------------------------------------------


def _entry(line: str, where: str) -> Entry:
    try:
        table = json.loads(line)
    except (ValueError, RecursionError):
        raise CouldNotRunError(f"{where}: not a line of a ledger; restore the file") from None
    version = table.get("v") if isinstance(table, dict) else None
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise CouldNotRunError(f"{where}: not a line of a ledger; restore the file")
    if version > FORMAT:
        raise CouldNotRunError(f"{where}: written by a newer crisis-cards (format {version}); upgrade this one")
    try:
        return Entry(
            key=_text(table["key"]),
            path=_text(table["path"]),
            trail=tuple(map(_text, _list(table.get("trail", [])))),
            words=_text(table["words"]),
            position=_number(table["position"]),
            digest=_text(table["digest"]),
            leans=_flag(table.get("leans", False)),
            name=_text(table.get("name", "")),
            text=_text(table.get("text", "")),
            marks=tuple(map(_mark, _list(table.get("marks", [])))),
            expansions=tuple((_text(short), _text(full)) for short, full in _list(table.get("expansions", []))),
            notes=tuple(map(_note, _list(table.get("notes", [])))),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise CouldNotRunError(f"{where}: a line of a ledger with something missing; restore the file") from None


def _note(table: Mapping[str, Any]) -> Shipped:
    context = tuple(map(_text, _list(table.get("context", []))))
    wording: Wording
    if "cloze" in table:
        wording = Cloze(_text(table["cloze"]), tuple(map(_mark, _list(table.get("marks", [])))), (), context)
    else:
        wording = Question(_text(table["prompt"]), _text(table["answer"]), (), context)
    return Shipped(
        guid=_text(table["guid"]),
        template=_text(table["template"]),
        wording=wording,
        modified=_number(table["modified"]),
        content=_text(table["content"]),
        numbers=_number(table.get("numbers", 0)),
        is_retired=_flag(table.get("retired", False)),
    )


def _mark(value: object) -> Mark:
    start, end, kind, number, hint, *target = _list(value)
    address = _text(target[0]) if target else ""
    return Mark(_number(start), _number(end), MarkKind(_text(kind)), _number(number), _text(hint), address)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > MAX_NUMBER:
        raise TypeError(value)
    return value
