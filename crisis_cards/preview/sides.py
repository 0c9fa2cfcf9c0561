"""Note -> what Anki shows of its cards: the front and the back, letter for letter.

Anki's own rendering has no library that a preview could lean on, so its rules stand here once more; a test compares
them with the real one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from crisis_cards.model import Note, NoteKind
from crisis_cards.notetypes import note_type

# --- what a card shows --------------------------------------------------------------------------------------------

# A field with no more than these counts as empty; a space that does not break is more.
_NOTHING = re.compile(r"(?:[ \t\n\v\f\r]|</?(?:br|div) ?/?>)*", re.IGNORECASE)
_SOUND = re.compile(r"\[sound:(.+?)\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a card as HTML; `[anki:play:q:0]` in it (`a` on the back) plays the first of `sounds`, by name."""

    html: str
    sounds: tuple[str, ...] = ()


def sides(note: Note, ordinal: int) -> tuple[Side, Side]:
    """The front and the back of a note's card."""
    known = note_type(note.kind)
    composed = (unicodedata.normalize("NFC", html) for html in note.fields)
    fields = dict(zip(known.fields, composed, strict=True))
    number = ordinal + 1 if note.kind is NoteKind.CLOZE else 0
    front = _filled(_parsed(known.front), fields, _Asked(number, is_hidden=True))
    back = _filled(_parsed(known.back), fields, _Asked(number, is_hidden=False))
    return _with_players(front, "q"), _with_players(back, "a")


def _with_players(html: str, side: str) -> Side:
    """Sounds as Anki numbers them, on each side anew."""
    sounds: list[str] = []

    def player(found: re.Match[str]) -> str:
        sounds.append(found[1])
        return f"[anki:play:{side}:{len(sounds) - 1}]"

    return Side(_SOUND.sub(player, html), tuple(sounds))


# --- templates ----------------------------------------------------------------------------------------------------

_TAG = re.compile(r"\{\{(.+?)\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of the note; `is_cloze` when its blanks are to be hidden or shown."""

    name: str
    is_cloze: bool


@dataclass(frozen=True, slots=True)
class _Section:
    """What is shown when a field has something, or, `is_inverted`, when it has nothing."""

    name: str
    is_inverted: bool
    inside: tuple[_Piece, ...]


_Piece = str | _Field | _Section


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which blank a card asks for, 1-based, and whether it is hidden."""

    number: int
    is_hidden: bool


@cache
def _parsed(template: str) -> tuple[_Piece, ...]:
    """A template of Anki's, in pieces."""
    # Text stands at even places, what was between the braces at odd ones.
    parts = list(enumerate(_TAG.split(template)))
    parts.reverse()
    return _pieces(parts, "")


def _pieces(parts: list[tuple[int, str]], section: str) -> tuple[_Piece, ...]:
    """The pieces up to the end of a section; they are taken off the end of `parts`."""
    pieces: list[_Piece] = []
    while parts:
        place, part = parts.pop()
        if place % 2 == 0:
            pieces.append(part)
            continue
        name = part.strip()
        if name.startswith("/"):
            if name[1:].strip() != section:
                raise ValueError(f"{{{{{name}}}}} ends no section that is open")
            return tuple(pieces)
        if name[0] in "#^":
            inner = name[1:].strip()
            pieces.append(_Section(inner, name[0] == "^", _pieces(parts, inner)))
        else:
            pieces.append(_Field(name.removeprefix("cloze:"), name.startswith("cloze:")))
    if section:
        raise ValueError(f"the section {section} has no end")
    return tuple(pieces)


def _filled(pieces: tuple[_Piece, ...], fields: Mapping[str, str], asked: _Asked) -> str:
    """A template with a note's fields in place."""
    shown: list[str] = []
    for piece in pieces:
        match piece:
            case str():
                shown.append(piece)
            case _Field(name, True):
                shown.append(_with_plain_math(_revealed(fields[name], asked)))
            case _Field(name):
                shown.append(fields[name])
            case _Section(name, is_inverted, inside):
                if (_NOTHING.fullmatch(fields[name]) is not None) is is_inverted:
                    shown.append(_filled(inside, fields, asked))
    return "".join(shown)


# --- blanks -------------------------------------------------------------------------------------------------------

_TOKEN = re.compile(r"\{\{c(\d+)::|(\}\})", re.ASCII)
_MATH = re.compile(r"(\\[(\[])(.*?)(\\[\])])", re.DOTALL)
_MARKUP = re.compile(
    r"<!--.*?-->|<style.*?>.*?</style>|<script.*?>.*?</script>|<.*?>",
    re.DOTALL | re.IGNORECASE,
)
_MAX_DEPTH = 10
_NAMED = {'"': "&quot;", "&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ATTRIBUTE = re.compile(r"[^0-9A-Za-z\u0100-\U0010ffff]")


@dataclass(slots=True)
class _Blank:
    """A blank that is being read: its number, and what is in it so far."""

    number: int
    inside: list[str | _Blank] = field(default_factory=list)
    hint: str | None = None


def _revealed(html: str, asked: _Asked) -> str:
    """A text with its blanks: the one that is asked for hidden or marked, the others shown."""
    return "".join(part if isinstance(part, str) else _shown(part, asked) for part in _blanks(html))


def _blanks(html: str) -> Iterator[str | _Blank]:
    """Text and blanks in order; a blank may hold others."""
    opened: list[_Blank] = []
    done: list[str | _Blank] = []

    def put_text(text: str) -> None:
        if not opened:
            done.append(text)
        elif text:
            said, colons, hint = text.partition("::")
            opened[-1].inside.append(said)
            opened[-1].hint = hint if colons else opened[-1].hint

    end = 0
    for found in _TOKEN.finditer(html):
        put_text(html[end : found.start()])
        end = found.end()
        if found[1]:
            if len(opened) < _MAX_DEPTH:
                opened.append(_Blank(int(found[1])))
        elif opened:
            blank = opened.pop()
            (opened[-1].inside if opened else done).append(blank)
        else:
            done.append(found[0])
    put_text(html[end:])
    return iter(done)


def _shown(blank: _Blank, asked: _Asked) -> str:
    inside = "".join(part if isinstance(part, str) else _shown(part, asked) for part in blank.inside)
    if blank.number != asked.number:
        return f'<span class="cloze-inactive" data-ordinal="{blank.number}">{inside}</span>'
    if asked.is_hidden:
        hint = "..." if blank.hint is None else blank.hint
        told = f'class="cloze" data-cloze="{_attribute(inside)}" data-ordinal="{blank.number}"'
        return f"<span {told}>[{hint}]</span>"
    return f'<span class="cloze" data-ordinal="{blank.number}">{inside}</span>'


def _attribute(html: str) -> str:
    """A text as Anki writes it into an attribute: of the first 256 characters only letters and digits stay."""
    return _ATTRIBUTE.sub(lambda found: _NAMED.get(found[0], f"&#x{ord(found[0]):X};"), html)


def _with_plain_math(html: str) -> str:
    """Anki takes all markup out of math in a text with blanks."""
    return _MATH.sub(lambda found: found[1] + _MARKUP.sub("", found[2]) + found[3], html)
