"""Where sentences end, by punctuation alone: no language model, the same on every machine.

A mark ends a sentence when white space and something that can begin one follow it. Points of abbreviations
and initials, and all that is inside brackets or quotation marks, end none. In doubt two sentences stay one:
a statement that is too long can be read, half of one cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

from crisis_cards.reading.pieces import Range

# From the first of a run of marks only, and without looking back: a line may be nothing but dots.
END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s)|[。！？]+[」』”’）]*")
NEXT = re.compile(r"\s*")
WORD_BEFORE = re.compile(r"[^\s()\[\]“”\"«»/]*")
FIRST_WORD = re.compile(r"\w+")
DOTTED = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
OPENING = "\"'“‘«([¿¡„「『"
PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", "„": "“", "«": "»", "「": "」", "『": "』", "（": "）"}
MAX_WORD = 24
MAX_DIGITS = 2  # of a day, an hour or an item


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEVER = _words(
    "mr mrs ms dr prof st gen col maj lt sen rep gov pres capt sgt cpl adm cmdr hon vs cf e.g i.e eg ie viz approx "
    "ca esp incl bzw z.b d.h al "
    "mio mrd tsd nr vgl bspw sog u.a inkl v.chr n.chr núm pág aprox sra tys tzw godz m.in г гг тыс млн млрд им т.е т.н"
)
"""Abbreviations that something always follows."""

BEFORE_NUMBER = _words(
    "no nos fig figs p pp vol vols ch art sec eq c nr jan feb mar apr jun jul aug sep sept oct nov dec"
)
"""Abbreviations when a number follows; *no* and *mar* are words too."""

BEGINNERS = _words(
    "a an and as at both but by during each even for from he her his however if in it its many meanwhile most no not "
    "on one only or she so some that the their then there these they this those though thus to we what when where "
    "which while who why with yet you"
)
"""Words that, capitalised after an initial or a number, begin a sentence and are no name."""


def sentences(text: str, closed: Iterable[Range] = ()) -> list[Range]:
    """The sentences of a tidy text, without the white space between them; none ends inside a `closed` range."""
    inside = _inside(text, closed)
    found: list[Range] = []
    start = 0
    for end in END.finditer(text):
        following = NEXT.match(text, end.end())
        begin = following.end() if following else end.end()
        if begin >= len(text) or inside[end.end()] or not _ends(text, start, end, begin):
            continue
        found.append((start, end.end()))
        start = begin
    if text[start:].strip():
        found.append((start, len(text)))
    return found


def _ends(text: str, start: int, end: re.Match[str], begin: int) -> bool:
    """Whether a sentence that began at `start` ends with the marks `end`, when `begin` is what comes next."""
    if end[0][0] in "。！？":
        return True
    if not _can_begin(text, begin):
        return False
    if end[0] != ".":
        return True
    word = _word_before(text, start, end.start())
    lower = word.lower()
    if lower in NEVER:
        return False
    if (lower in BEFORE_NUMBER and text[begin].isdigit()) or (lower in ("n", "v") and text.startswith("Chr", begin)):
        return False
    if not word:
        return end.start() > start
    if lower in ("a.m", "p.m"):
        return True
    is_number = word.isdecimal() and len(word) <= MAX_DIGITS
    if word.isdecimal() and end.start() - len(word) == start:
        return False
    if is_number or (DOTTED.fullmatch(word) and (word[0].isupper() or "." in word)):
        return _begins_anew(text, begin)
    return True


def _can_begin(text: str, at: int) -> bool:
    """Whether a sentence can begin with the character at `at`: not a small letter, not a sign."""
    character = text[at]
    if character in OPENING:
        at += 1
        return at < len(text) and text[at].title() == text[at]
    return character.isdigit() or (character.isalpha() and character.title() == character)


def _begins_anew(text: str, at: int) -> bool:
    """Whether the word at `at` is one that begins sentences and no names."""
    word = FIRST_WORD.match(text, at)
    return bool(word) and word[0].lower() in BEGINNERS if word else text[at] in OPENING


def _word_before(text: str, start: int, end: int) -> str:
    """The characters before `end` up to white space, a bracket or a quotation mark."""
    near = text[max(start, end - MAX_WORD) : end]
    return WORD_BEFORE.match(near[::-1])[0][::-1]  # type: ignore[index]  # it finds at least nothing


def _inside(text: str, closed: Iterable[Range]) -> Sequence[int]:
    """For each character, in how many brackets, quotations and closed ranges it stands."""
    steps = [0] * (len(text) + 2)
    for start, end in (*_enclosed(text), *closed):
        steps[start] += 1
        steps[end] -= 1
    return list(accumulate(steps))


def _enclosed(text: str) -> Iterable[Range]:
    """What brackets and quotation marks enclose; those without a partner enclose nothing."""
    waiting: list[tuple[str, int]] = []
    quote = -1
    for at, character in enumerate(text):
        if character == '"':
            before, after = text[at - 1 : at], text[at + 1 : at + 2]
            if quote < 0 and not before.isalnum() and after.strip():
                quote = at
            elif quote >= 0 and not before.isspace():
                yield (quote, at + 1)
                quote = -1
        elif waiting and character in PAIRS.values() and any(character == partner for partner, _ in waiting[-8:]):
            while waiting:
                partner, start = waiting.pop()
                if partner == character:
                    yield (start, at + 1)
                    break
        elif character in PAIRS:
            waiting.append((PAIRS[character], at))
