"""Lines of plain text that only go on with the one before, in a text that was broken to fit a width."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from crisis_cards.reading.plain.lists import Item, column_of
from crisis_cards.reading.tidy import has_words

MIN_WIDTH, MAX_WIDTH = 50, 100  # a text with a longer line was not broken to fit a width, one with none says little
MIN_BROKEN = 3
FULL = 0.8  # of the width: how full a line is that a small letter goes on from
ENDS = (".", "!", "?", ":")

# Words that no line ends with unless it goes on in the next.
_GOES_ON = re.compile(
    r"\S\s(?:the|of|to|at|from|with|and|or|as|which|than|into|its|their|his|und|oder|der|die|das|et|ou|du|des|del)$"
)
_SPEAKS = re.compile(r"[QqAa]:|[^\s:]{1,40}::|#")
LABELLED = re.compile(r"[^\s:–—-][^:–—]{0,40}?(?:\s[-–—=]|:)\s+\S")


def running_on(lines: Sequence[str], items: Mapping[int, Item], taken: frozenset[int]) -> frozenset[int]:
    """The lines that only go on with the one before.

    A text that was broken to fit a width has no long line, and now and then a line that begins with a small letter
    where the line before it was full; then all lines after a full one go on. In any text a small letter goes on after
    a word that cannot end a line. `taken`: lines of headings and tables.
    """
    width = max((len(line.rstrip()) for index, line in enumerate(lines) if _may_wrap(line, index, taken)), default=0)
    broken, certain = [], set()
    for index, (before, line) in enumerate(pairwise(lines), 1):
        text = line.strip()
        is_free = text and before.strip() and index not in items and not {index, index - 1} & taken
        if not is_free or _SPEAKS.match(text) or not has_words(before):
            continue
        ended = before.rstrip()
        item = items.get(index - 1)
        column, inner = column_of(line), item.text if item is not None else column_of(before)
        is_below = column in {inner, column_of(before)}
        is_small = text[0].islower()
        first = text.split(maxsplit=1)[0]
        is_full = len(ended) + 1 + len(first) > width
        goes_on = is_small and len(ended) >= FULL * width and not ended.endswith(ENDS)
        is_hanging = column > inner and is_small and is_full and not ended.endswith(ENDS)
        if (is_below and (is_full or goes_on)) or is_hanging:
            broken.append((index, is_small))
        is_open = _GOES_ON.search(ended) or (ended.endswith(",") and not LABELLED.match(text))
        if (is_below or column > inner) and is_small and is_open:
            certain.add(index)
    is_broken = MIN_WIDTH <= width <= MAX_WIDTH and sum(is_small for _, is_small in broken) >= MIN_BROKEN
    return frozenset(certain | ({index for index, _ in broken} if is_broken else set()))


def _may_wrap(line: str, index: int, taken: frozenset[int]) -> bool:
    """Whether a line could have been broken: it is no row of a table, and has a space."""
    return index not in taken and " " in line.strip()
