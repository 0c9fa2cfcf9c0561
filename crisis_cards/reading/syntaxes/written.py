"""What another tool's syntax says of a file: which lines are cards, and which are only that tool's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a card: text in the format of its file; `first`: the line that it begins on, 1-based.

    Its line feeds are the file's own, so that every line of it is known.
    """

    first: int
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """A card on the lines [first, last]; without an answer, a text with blanks, each `{{c1::words::hint}}`.

    `sign`: what stays of its first line where it is part of a list, as `  - `, so that what is indented under it, and
    what it is indented under, is known; or where it is a heading, as `## `, so that the sections above it end.
    """

    first: int
    last: int
    prompt: Side
    answer: Side | None = None
    both_ways: bool = False
    tags: tuple[str, ...] = ()
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Spent:
    """Lines [first, last] that say nothing to a learner, with the reason: an id, a schedule, a separator."""

    first: int
    last: int
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a file says of all its cards."""

    deck: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Syntax:
    """A way to write cards that is another tool's.

    `name`: as in deck.toml. `tool`: whose it is. `suffixes`: the formats it is written in. `is_written`: whether lines
    are written so; nothing that our own notes may be, too. `cards`: what it says of lines, in order and nothing twice;
    all other lines are notes. `told`: what the lines say of the whole file.
    """

    name: str
    tool: str
    suffixes: tuple[str, ...]
    is_written: Callable[[Sequence[str]], bool]
    cards: Callable[[Sequence[str]], Iterator[Written | Spent]]
    told: Callable[[Sequence[str]], Told] = lambda _: Told()
