"""Which numbers and letters at the beginning of lines count a list.

"1. 2. 3." do, those of "22. Juni" are dates; "A. B. C." do, that of "A. Lincoln" is a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

BREAK = -1
"""The level of what no count goes on across: a heading."""

INITIALS = (".A", "letter")
"""Capitals with a dot: what begins with one may as well be a name."""

_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)  # to 39, as no list is longer
_TEN, _NINE, _FIVE, _FOUR = 10, 9, 5, 4


@dataclass(frozen=True, slots=True)
class Sign:
    """What may count a list: the number or letters `said`, in a `style` as ")" or "(.)", at the line `place`."""

    place: int
    level: int
    style: str
    said: str


def counting(numbers: Iterable[tuple[int, int, int]], *, ones_count: bool = False) -> frozenset[int]:
    """The places whose numbers count. Each number comes as (place, level, number), in the order of the text.

    A number counts if the one before it or after it on its level is its neighbour; with `ones_count` also if
    both are 1, as Markdown allows. A lower level, and so a BREAK, ends the counts of the higher ones.
    """
    last: dict[int, tuple[int, int]] = {}
    found: set[int] = set()
    for place, level, number in numbers:
        for deeper in [each for each in last if each > level]:
            del last[deeper]
        before = last.get(level)
        if before and (number == before[1] + 1 or (ones_count and number == before[1] == 1)):
            found |= {before[0], place}
        last[level] = (place, number)
    return frozenset(found)


def dotted(numbers: Iterable[tuple[int, tuple[int, ...]]]) -> frozenset[int]:
    """The places whose numbers of several parts count: 1.2 after 1.1 and after 1.1.3, 1.1 after 1."""
    found: set[int] = set()
    for (one, before), (two, after) in pairwise(numbers):
        last = len(after) - 1
        is_next = len(before) > last and after == (*before[:last], before[last] + 1)
        if max(len(before), len(after)) > 1 and (is_next or after == (*before, 1)):
            found |= {one, two}
    return frozenset(found)


def lettering(signs: Iterable[Sign]) -> dict[int, str]:
    """The places whose letters or Roman numbers count, each with how it is read: "letter" or "roman".

    They count from the first on: "B." does after "A.", "ii)" after "i)", and a single letter is rather an initial.
    Between brackets, or before one, the first may stand alone. A sign without letters is of a heading, on the level
    BREAK, or of a line that is no item; that one only ends what may be initials.
    """
    last: dict[tuple[int, str, str], tuple[int, int]] = {}
    found: dict[int, str] = {}
    for sign in signs:
        is_line = not sign.said and sign.level != BREAK
        for key in [each for each in last if each[0] > sign.level or (is_line and each[0] == sign.level)]:
            if not is_line or key[1:] == INITIALS:
                del last[key]
        for system, value in _readings(sign.said):
            key = (sign.level, f"{sign.style}{'A' if sign.said.isupper() else 'a'}", system)
            place, before = last.get(key, (0, 0))
            if value == 1 or value == before + 1:
                last[key] = (sign.place, value)
            if before and value == before + 1:
                found |= {place: system, sign.place: system}
            elif value == 1 and ")" in sign.style:
                found.setdefault(sign.place, system)
    return found


def _readings(said: str) -> list[tuple[str, int]]:
    """How letters may be read: the ninth one, or the Roman one."""
    found = [("letter", ord(said.lower()) - ord("a") + 1)] if len(said) == 1 else []
    match = _ROMAN.fullmatch(said)
    if match is not None:
        ones = match[2].lower()
        value = _NINE if ones == "ix" else _FOUR if ones == "iv" else ones.count("i") + _FIVE * ones.count("v")
        found.append(("roman", _TEN * len(match[1]) + value))
    return found
