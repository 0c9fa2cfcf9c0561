"""unknown-tag: a tag used once that is nearly the same as one used more often.

A search for the tag in Anki then leaves this card out. Not every tag that stands alone is told, only those that look
like a slip.

    #crisis … #crisis … #crsis

Write instead: the tag as you write it elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from crisis_cards.check.inspection import Finding, Inspection
from crisis_cards.check.nearness import distance
from crisis_cards.diagnostics import Span
from crisis_cards.model import Pair, Statement

MIN_LETTERS, MIN_LETTERS_OF_TWO = 4, 8  # of a tag that one slip, or two, may have changed

_DIGITS = re.compile(r"\d+")


def unknown_tag(inspection: Inspection) -> Iterator[Finding]:
    """A tag of one block that is a slip away from one of several."""
    times: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for sheet in inspection.sheets:
        for block in sheet.document.blocks:
            for tag in block.tags if isinstance(block, Statement | Pair) else ():
                times[tag] += 1
                first.setdefault(tag, block.span)
    for tag, span in first.items():
        more = [other for other in times if times[other] > max(times[tag], 1) and _is_slip(tag, other, times[tag])]
        if more:
            meant = max(more, key=lambda other: (times[other], other))
            yield Finding(
                span, f"the tag #{tag} is written #{meant} elsewhere ({times[meant]} times); write one of them"
            )


def _is_slip(tag: str, other: str, times: int) -> bool:
    if tag.casefold() == other.casefold():
        return True
    if times > 1 or _DIGITS.findall(tag) != _DIGITS.findall(other):
        return False
    most = 2 if min(len(tag), len(other)) >= MIN_LETTERS_OF_TWO else 1
    return min(len(tag), len(other)) >= MIN_LETTERS and distance(tag.casefold(), other.casefold()) <= most
