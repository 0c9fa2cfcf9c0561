"""Which fact and which note is which: names born from the author's words, and the numbers that Anki wants.

A name never depends on where a statement stands (file, heading, line), on a template, or on a parse: only on words,
and on a counter where the same words come again.
"""

from __future__ import annotations

import json
import re
import unicodedata
from base64 import b32encode
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import count

from crisis_cards.model import Cloze, MarkKind, NoteKind, Question, Wording
from crisis_cards.notetypes import kind_of

# --- words: what two texts have in common when they say the same -------------------------------------------------

_HIGHLIGHT = re.compile(r"==(?=\S)([^=]+?)(?<=\S)==")
_BLANK = re.compile(r"\{\{c\d+::([^{}]*?)(?:::[^{}]*)?\}\}")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|\*+|__|~~|`")
_INSIDE_NUMBERS = re.compile(r"(?<=\d)[.,:/-](?=\d)")
_SIGN = re.compile(r"(?<![^\s(])-(?=\d)")
_APOSTROPHES = frozenset("'’‘ʼ")
_TELLING_PUNCTUATION = frozenset("%‰#&@§")
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
# What word processors write for signs of the keyboard, before and after its form of Unicode is made normal.
_TYPED = str.maketrans({"´": "'", "‛": "'", "′": "'", "→": "->", "←": "<-", "↔": "<->", "⇒": "=>"})
_MATH = str.maketrans({"\u2044": "/", "\u2215": "/", "\u2212": "-"})
_NOTHING = "\0"  # is in no text whose invisible characters are gone


def words(text: str) -> str:
    """The words of a text as identity compares them.

    Unicode form, case, markup, punctuation, invisible characters and the width of white space do not count.
    Symbols do (+ = < > ~ %), and so do the signs within and before numbers: 1.5 is not 15, nor -5 the same as 5.
    A text of punctuation alone is its own words.
    """
    normal = unicodedata.normalize("NFKC", text.translate(_TYPED)).translate(_MATH)
    shown = normal.translate(_VISIBLE)
    bare = _MARKUP.sub("", _BLANK.sub(r"\1", _HIGHLIGHT.sub(r"\1", shown)))
    dashed = bare.translate(_DASHED)
    kept = list(dashed.translate(_WORTH))
    for pattern in (_INSIDE_NUMBERS, _SIGN):
        for found in pattern.finditer(dashed):
            kept[found.start()] = found[0]
    said = " ".join(unicodedata.normalize("NFKC", "".join(kept).replace(_NOTHING, "").casefold()).split())
    return said or normal.strip()


class _Table(dict[int, str]):
    """For `str.translate`: what stands for each character, worked out once."""

    def __init__(self, instead: Callable[[str], str]) -> None:
        super().__init__()
        self._instead = instead

    def __missing__(self, code: int) -> str:
        self[code] = self._instead(chr(code))
        return self[code]


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    is_invisible = category in {"Cf", "Cs"} or (category == "Cc" and not char.isspace())
    return "" if is_invisible or ord(char) in _VARIATION_SELECTORS else char


def _dashed(char: str) -> str:
    return "-" if unicodedata.category(char) == "Pd" else char


def _worth(char: str) -> str:
    """What a character counts for, in one character, so that places stay."""
    if char in _APOSTROPHES:
        return _NOTHING
    if char in _TELLING_PUNCTUATION or unicodedata.category(char)[0] in "LMNSC":
        return char
    return " "


_VISIBLE, _DASHED, _WORTH = _Table(_visible), _Table(_dashed), _Table(_worth)


# --- names --------------------------------------------------------------------------------------------------------


def fact_key(text: str, occurrence: int) -> str:
    """A fact's opaque id: from its statement's words, and how many facts of the same words came before it."""
    return _name("fact", words(text), occurrence)


def fact_keys(texts: Iterable[str]) -> tuple[str, ...]:
    """The ids of facts whose statements are `texts`, in the order of the notes; none twice."""
    seen: Counter[str] = Counter()
    keys = []
    for text in texts:
        same = words(text)
        keys.append(fact_key(text, seen[same]))
        seen[same] += 1
    return tuple(keys)


def fresh_key(text: str, taken: Collection[str], counts: Counter[str]) -> str:
    """The first id for a fact of these words that is not taken.

    `counts`: how many ids of the same words were looked at before, and now are: of a thousand equal lines each goes on
    from the last.
    """
    same = words(text)
    for number in count(counts[same]):
        counts[same] += 1
        key = _name("fact", same, number)
        if key not in taken:
            break
    return key


def fresh_guid(key: str, wording: Wording, taken: Collection[str]) -> str:
    """The first GUID for a note of a fact that is not taken."""
    kind, answer = kind_of(wording), _answer(wording)
    return next(guid for number in count() if (guid := guid_of(key, kind, answer, number)) not in taken)


def guid_of(key: str, kind: NoteKind, answer: str, occurrence: int) -> str:
    """A note's GUID: from its fact's id, its kind, and for a question the words of its answer.

    `occurrence`: how many notes of the same fact, kind and answer came before it. What a cloze blanks does not
    count: a blank may come and go, and its note stays the same.
    """
    return _name("note", key, kind.value, words(answer) if kind is NoteKind.QUESTION else "", occurrence)


def guids_of(key: str, wordings: Sequence[Wording]) -> tuple[str, ...]:
    """The GUIDs of all notes of one fact, in the order given; none twice.

    Equals are counted by what they say and not by the order given, which is that of the templates.
    """
    seen: Counter[tuple[NoteKind, str]] = Counter()
    guids = dict.fromkeys(range(len(wordings)), "")
    for place in sorted(guids, key=lambda place: (_saying(wordings[place]), place)):
        kind, answer = kind_of(wordings[place]), _answer(wordings[place])
        same = kind, words(answer)
        guids[place] = guid_of(key, kind, answer, seen[same])
        seen[same] += 1
    return tuple(guids.values())


def _answer(wording: Wording) -> str:
    return wording.answer if isinstance(wording, Question) else ""


def _saying(wording: Wording) -> tuple[int, str]:
    match wording:
        case Question(prompt):
            return 0, words(prompt)
        case Cloze(text, marks):
            return min((mark.start for mark in marks if mark.kind is MarkKind.BLANK), default=0), words(text)


def _name(*parts: str | int) -> str:
    """Sixteen letters and digits, the same for equal parts on every machine."""
    return b32encode(_digest(*parts, size=10)).decode("ascii").lower()


def _digest(*parts: str | int, size: int) -> bytes:
    # JSON keeps the parts apart, and writes a lone surrogate, which UTF-8 cannot.
    return blake2b(json.dumps(parts).encode("ascii"), digest_size=size, person=b"crisis-cards").digest()


# --- numbers ------------------------------------------------------------------------------------------------------

# Anki's ids are milliseconds since 1970. One later than now is replaced at import, so these lie between the first
# days of 2010 and of 2020.
ROOM = range(1_262_304_000_000, 1_577_836_800_000)


@dataclass(frozen=True, slots=True)
class NoteIds:
    """The row numbers of a note and of its cards, these in the order of its ordinals."""

    note: int
    cards: tuple[int, ...]


def number_ids(ordinals: Mapping[str, Sequence[int]]) -> dict[str, NoteIds]:
    """Row numbers for notes and cards, from each note's GUID and the ordinals of its cards.

    Two devices that import different builds before they meet so have the same rows.
    """
    notes = spread(ordinals, ROOM)
    cards = spread((_card(guid, ordinal) for guid, owned in ordinals.items() for ordinal in owned), ROOM)
    return {
        guid: NoteIds(notes[guid], tuple(cards[_card(guid, ordinal)] for ordinal in owned))
        for guid, owned in ordinals.items()
    }


def spread(names: Iterable[str], room: range) -> dict[str, int]:
    """A number in `room` for each name: its hash, or the next free one. The order of `names` does not matter."""
    places: dict[str, int] = {}
    taken: set[int] = set()
    for name in sorted(set(names)):
        place = int.from_bytes(_digest(name, size=16), "big") % len(room)
        while place in taken:
            place = (place + 1) % len(room)
        taken.add(place)
        places[name] = room[place]
    return places


def _card(guid: str, ordinal: int) -> str:
    return f"{guid} {ordinal}"
