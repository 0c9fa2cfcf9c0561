"""How far an Org file is read: the open items of lists, and what was found."""

from __future__ import annotations

from dataclasses import dataclass, field

from crisis_cards.model import Exhibit
from crisis_cards.reading.numbering import BREAK, counting
from crisis_cards.reading.org import lines as org
from crisis_cards.reading.pieces import Piece, Scrap


@dataclass(slots=True)
class Item:
    """An open list item: where its sign stands, its list's group, the index of its first passage.

    `lead`: the paragraph that announces its list. `waits`: its first passage is still to come.
    """

    column: int
    group: int
    lead: int | None = None
    bullet: int | None = None
    waits: bool = True
    is_counted: bool = False


@dataclass(slots=True)
class Walk:
    """How far the lines are read.

    `closed`: where blocks and drawers end. `counted`: the lines whose numbers count a list. `attached`: the index of
    the first of the keywords that belong to what is right below them. `told`: what the file says of itself.
    """

    lines: list[str]
    closed: dict[int, int]
    counted: frozenset[int]
    words: frozenset[str]
    is_side: bool = False
    at: int = 0
    blanks: int = 0
    attached: int | None = None
    groups: int = 0
    pieces: list[Piece] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    told: dict[str, list[str]] = field(default_factory=dict)


def leave(walk: Walk) -> None:
    """Close the items that the line at hand does not stand further in than."""
    column = org.column_of(walk.lines[walk.at])
    while walk.items and walk.items[-1].column >= column:
        walk.items.pop()


def leave_out(  # noqa: PLR0917 - a scrap has as many parts
    walk: Walk,
    first: int,
    end: int,
    reason: str,
    exhibits: tuple[Exhibit, ...] = (),
    text: list[str] | None = None,
) -> None:
    """Add the lines [first, end) as what is no text."""
    said = "\n".join(text or ()).strip("\n") or "\n".join(walk.lines[first:end]).strip()
    walk.pieces.append(Scrap(first + 1, end, said, reason, parent_of(walk.items), exhibits))


def first_of(walk: Walk, start: int | None = None) -> int:
    """Where what begins at hand really begins: with the keywords that are about it."""
    first = walk.at if start is None else start
    found, walk.attached = walk.attached, None
    return first if found is None else found


def parent_of(items: list[Item]) -> int | None:
    """The passage that is above: that of the innermost item that has one, or what announces its list."""
    for item in reversed(items):
        if item.bullet is not None:
            return item.bullet
        if item.lead is not None:
            return item.lead
    return None


def counted_in(lines: list[str]) -> frozenset[int]:
    """The lines whose numbers count a list; "22. Juni" is a date."""
    numbers: list[tuple[int, int, int]] = []
    counted = set()
    for index, line in enumerate(lines):
        found = org.ITEM.match(line)
        if line.startswith("*") and org.HEADLINE.match(line):
            numbers.append((index, BREAK, 0))
        elif found and found["dot"] == ".":
            numbers.append((index, org.column_of(line), int(found["number"])))
        elif found and found["number"]:
            counted.add(index)
    return counting(numbers, ones_count=True) | counted
