"""Which numbers at the beginning of lines count a list: "1. 2. 3." do, those of "22. Juni" are dates."""

from __future__ import annotations

from collections.abc import Iterable

BREAK = -1
"""The level of what no count goes on across: a heading."""


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
