"""Whether bytes that are no UTF-8 are a Western text in Windows-1252, of which Latin-1 is a part.

Every byte but five is a character there, so that it can be decoded tells nothing. A text is taken for one when its
accents stand in words as French, German, Spanish and their neighbours write them, its signs where such signs stand,
and when no other encoding makes as good words of the same bytes. In doubt it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crisis_cards.source.letters import languages_of, most, votes
from crisis_cards.source.signs import Standing, stands_well

NAME = "windows-1252"
LETTER = "A-Za-zÀ-ÖØ-öø-ÿŒœŠšŽžŸ"
SOFT_HYPHEN = "\xad"

MAX_MISFITS = 0.05
"""Of what is not ASCII: names from elsewhere and signs at odd places, in a text that is Western else."""

MIN_RIVAL_MISFITS = 0.25
"""Of another encoding's words, for it to be out."""

MIN_LEAD = 2
"""Short words that speak for a Western language more than for the other one, when the words with accents fit both."""

SAMPLE = 200_000
"""Bytes that are tried in other encodings."""

# Each with the encodings of Windows whose languages are written in it.
RIVALS = (
    ("cp1250", ("1250",)),
    ("cp1257", ("1257",)),
    ("iso8859_2", ("1250",)),
    ("iso8859_13", ("1257",)),
    ("iso8859_15", ("1252",)),
    ("mac_roman", ("1252",)),
    ("mac_latin2", ("1250",)),
    ("cp437", ("1252",)),
    ("cp850", ("1252",)),
    ("cp852", ("1250",)),
)

_PLAIN = re.compile(r"[A-Za-z0-9]")
_WORD = re.compile(f"[{LETTER}]+")
_ANY_WORD = re.compile(r"[^\W\d_]+")
_SIGN = re.compile(f"[^\x00-\x7f{LETTER}]")
_FOREIGN = re.compile(r"[ÐÝÞðýþ]|[^\x00-\x7f]{3}")


@dataclass(slots=True)
class Fitting:
    """How well the words and signs of a text fit. `languages`: those in which every word could be written."""

    seen: int = 0
    misfits: int = 0
    is_broken: bool = False
    languages: frozenset[str] | None = None

    @property
    def share(self) -> float:
        """The part of it that does not fit."""
        return self.misfits / self.seen if self.seen else 1.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What bytes are in Windows-1252: `text` if they surely are that; whether they could be, if they are not sure."""

    text: str | None = None
    is_possible: bool = False


def western(raw: bytes) -> Verdict:
    """Whether bytes are a text in Windows-1252, and which."""
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        return Verdict()
    if not _PLAIN.search(text):
        return Verdict()
    counted = votes(text)
    found = _fitting(text, counted)
    if found.is_broken or found.share > MAX_MISFITS:
        return Verdict()
    here = raw[:SAMPLE] if not raw[:SAMPLE].isascii() else raw
    own = found.languages if found.languages is not None else frozenset(counted)
    for codec, encodings in RIVALS:
        rival = _rival(here, codec, encodings)
        if rival is None or rival.share >= MIN_RIVAL_MISFITS:
            continue
        lead = most(counted, own) - most(counted, rival.languages or ())
        if rival.misfits or found.misfits or lead < MIN_LEAD:
            return Verdict(is_possible=True)
    return Verdict(text, is_possible=True)


def _fitting(text: str, counted: dict[str, int]) -> Fitting:
    """How well a text fits that was decoded as Windows-1252."""
    found = Fitting()
    is_english = _is_english(counted)
    for word in _accented(_WORD, text.replace(SOFT_HYPHEN, "")):
        if _FOREIGN.search(word) or _has_capital_within(word):
            found.is_broken = True
            return found
        fitting = languages_of(word.lower(), "1252")
        # A letter alone may be anything, so the text must be in its language.
        _count(found, fitting if len(word) > 1 else frozenset(each for each in fitting if counted[each]))
    signs = {(text[max(at - 20, 0) : at], text[at], text[at + 1 : at + 21]) for at in _places(text)}
    for before, sign, after in signs:
        standing = stands_well(before, sign, after, is_english=is_english)
        if standing is Standing.NEVER:
            found.is_broken = True
            return found
        found.seen += 1
        found.misfits += standing is Standing.ODDLY or (sign == "¿" and "?" not in text)
    return found


def _rival(raw: bytes, codec: str, encodings: Sequence[str]) -> Fitting | None:
    """How well the bytes fit in another encoding; None if they cannot be that, or are the same there."""
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        return None
    own = raw.decode("cp1252", "replace")
    others = {there for there, here in zip(text, own, strict=True) if there != here}
    if not others or not all(character.isalpha() for character in others):
        return None
    found = Fitting()
    for word in _accented(_ANY_WORD, text):
        if _has_capital_within(word):
            _count(found, frozenset())
        else:
            _count(found, frozenset().union(*(languages_of(word.lower(), each) for each in encodings)))
    return found


def _count(found: Fitting, languages: frozenset[str]) -> None:
    found.seen += 1
    found.misfits += not languages
    if languages:
        found.languages = languages if found.languages is None else found.languages & languages


def _accented(words: re.Pattern[str], text: str) -> Iterator[str]:
    """The words of a text that are not all ASCII, each once."""
    return (word for word in sorted(set(words.findall(text))) if not word.isascii())


def _has_capital_within(word: str) -> bool:
    """Whether a capital with an accent stands within small letters."""
    return not word.isupper() and any(each.isupper() and not each.isascii() for each in word[1:])


def _places(text: str) -> Iterator[int]:
    return (found.start() for found in _SIGN.finditer(text))


def _is_english(counted: dict[str, int]) -> bool:
    """Whether a text is surely English, where an apostrophe or a dash may stand between any letters."""
    others = most(counted, set(counted) - {"en"})
    return counted["en"] >= 2 and counted["en"] > 2 * others  # noqa: PLR2004 - two words, and twice as many
