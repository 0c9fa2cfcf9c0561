"""What is put in the place of signs in a text of Org, and the text that comes of it, with all that is marked in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace

from crisis_cards.model import Exhibit, Mark
from crisis_cards.reading.markdown.inline import Inline
from crisis_cards.reading.pieces import Range


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Characters [start, end) of a text and what stands in their place, with what is marked in that."""

    start: int
    end: int
    text: str
    marks: tuple[Mark, ...] = ()
    literal: tuple[Range, ...] = ()
    exhibits: tuple[tuple[int, Exhibit], ...] = ()


@dataclass(slots=True)
class Scan:
    """How far a text is read. `feeds`: where its lines end.

    `open`: where each emphasis has begun. `closers`: where code may end, by its sign. `ahead`: where signs come next.
    """

    text: str
    feeds: list[int]
    edits: list[Edit] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    open: dict[str, int] = field(default_factory=dict)
    closers: dict[str, list[int]] = field(default_factory=dict)
    ahead: dict[str, int] = field(default_factory=dict)


def edited(scan: Scan) -> Inline:
    """The text with all that was found in it; what was marked moves along."""
    parts: list[str] = []
    marks: list[Mark] = []
    literal: list[Range] = []
    exhibits: list[tuple[int, Exhibit]] = []
    ends, shifts = [0], [0]
    at = length = 0
    for edit in sorted(scan.edits, key=lambda each: each.start):
        length += edit.start - at
        parts += [scan.text[at : edit.start], edit.text]
        marks += [replace(mark, start=mark.start + length, end=mark.end + length) for mark in edit.marks]
        literal += [(start + length, end + length) for start, end in edit.literal]
        exhibits += [(place + length, each) for place, each in edit.exhibits]
        length += len(edit.text)
        at = edit.end
        ends.append(at)
        shifts.append(length - at)
    parts.append(scan.text[at:])

    def moved(offset: int) -> int:
        return offset + shifts[bisect_right(ends, offset) - 1]

    marks += [replace(mark, start=moved(mark.start), end=moved(mark.end)) for mark in scan.marks]
    whole = tuple(sorted(mark for mark in marks if mark.start < mark.end))
    return Inline("".join(parts), whole, tuple(literal), exhibits=tuple(exhibits))


def next_of(scan: Scan, sign: str, at: int) -> int:
    """Where a sign stands from `at` on, else the end of the text; each is looked for once."""
    if scan.ahead.get(sign, -1) < at:
        found = scan.text.find(sign, at)
        scan.ahead[sign] = len(scan.text) if found < 0 else found
    return scan.ahead[sign]
