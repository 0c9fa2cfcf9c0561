"""What a reader finds in a file before the author's marks are read: titles, passages and scraps.

Readers differ in how they find structure; from here on all formats are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Protocol

from crisis_cards.diagnostics import Diagnostic
from crisis_cards.model import Exhibit, Mark
from crisis_cards.source import Source

Range = tuple[int, int]
"""Characters [start, end) of a text."""

OBJECT = "\ufffc"
"""What stands in a passage for an exhibit that is no text; it is cut out before anyone reads the passage."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The text of one line, bullet or paragraph, with a line feed wherever the author's line ended.

    `first` and `last`: its lines, 1-based. `marks`: the format's own (emphasis, code). `literal`: where no
    mark of ours can be. `group`: the same for the items of one list and for the lines of one paragraph.
    `parent`: the index, among the pieces, of the passage that it is indented under. `columns`: of a table's row,
    whose cells stand between ` | `, what stands above each of them. `exhibits`: pictures and sounds in the text, each
    with the place of the character that stands for it. `is_item`: whether it begins with the sign of a list, and
    `is_counted`: whether that is a number.
    """

    first: int
    last: int
    text: str
    marks: tuple[Mark, ...] = ()
    literal: tuple[Range, ...] = ()
    group: int = 0
    parent: int | None = None
    columns: tuple[str, ...] = ()
    exhibits: tuple[tuple[int, Exhibit], ...] = ()
    is_item: bool = False
    is_counted: bool = False


@dataclass(frozen=True, slots=True)
class Title:
    """A heading, of level 1 to 6. `tags`: what its format has as tags, besides those that end its text.

    `is_bare`: it only ends the sections above it, for its words are a card's, or it has none.
    """

    passage: Passage
    level: int
    tags: tuple[str, ...] = ()
    is_bare: bool = False


@dataclass(frozen=True, slots=True)
class Scrap:
    """Text that is no statement by its form alone, with the reason; `exhibits` are shown with what is above it."""

    first: int
    last: int
    text: str
    reason: str
    parent: int | None = None
    exhibits: tuple[Exhibit, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A card that the author wrote in another tool's way, its sides as pieces of their own.

    Without an answer, it is a text with blanks. `parent`: as of a passage.
    """

    first: int
    last: int
    prompt: tuple[Piece, ...]
    answer: tuple[Piece, ...] | None
    both_ways: bool = False
    tags: tuple[str, ...] = ()
    parent: int | None = None


Piece = Passage | Title | Scrap | Asked


@dataclass(frozen=True, slots=True)
class Outline:
    """All that a reader says of a file.

    `language`: what it says that it is in, if it does. `titled_by_heading`: a first heading of level 1 names the
    document.
    """

    pieces: tuple[Piece, ...]
    title: str = ""
    deck: str = ""
    tags: tuple[str, ...] = ()
    glossary: tuple[tuple[str, str, str], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    language: str = ""
    titled_by_heading: bool = False


class Reader(Protocol):
    """What finds the structure of a file; with `is_side`, of one side of a card, whose tables are shown as they are."""

    def __call__(self, source: Source, *, is_side: bool = False) -> Outline:
        """The outline of a file."""
        ...


def excerpt(passage: Passage, start: int, end: int) -> Passage:
    """Characters [start, end) of a passage as a passage of their own, with what was marked in them."""
    first = passage.first + passage.text.count("\n", 0, start)
    text = passage.text[start:end]
    return replace(
        passage,
        first=first,
        last=first + text.count("\n"),
        text=text,
        marks=clip(passage.marks, start, end),
        literal=tuple(
            (max(a, start) - start, min(b, end) - start) for a, b in passage.literal if a < end and b > start
        ),
        exhibits=tuple((at - start, each) for at, each in passage.exhibits if start <= at < end),
    )


def joined(pieces: Iterable[Piece]) -> Passage:
    """The passages of some pieces as one, each on lines of its own."""
    passages = [piece.passage if isinstance(piece, Title) else piece for piece in pieces]
    parts = [piece for piece in passages if isinstance(piece, Passage)]
    text, marks, literal, exhibits = "", [], [], []
    for part in parts:
        by = len(text) + bool(text)
        text = f"{text}\n{part.text}" if text else part.text
        marks += [replace(mark, start=mark.start + by, end=mark.end + by) for mark in part.marks]
        literal += [(start + by, end + by) for start, end in part.literal]
        exhibits += [(at + by, each) for at, each in part.exhibits]
    first, last = (parts[0].first, parts[-1].last) if parts else (1, 1)
    return Passage(first, last, text, tuple(marks), tuple(literal), exhibits=tuple(exhibits))


def in_order(parts: Sequence[Sequence[Piece]], more: Sequence[Piece] = ()) -> Iterator[Piece]:
    """All pieces by their lines. Parents, which were places in `parts`, become places in the result."""
    pieces = [(first_line(piece), index, piece) for index, own in enumerate([*parts, more]) for piece in own]
    pieces.sort(key=lambda each: each[:2])
    where: dict[int, int] = {}
    for place, (_, index, _) in enumerate(pieces):
        where.setdefault(index, place)
    for _, _, piece in pieces:
        if isinstance(piece, Title) or piece.parent is None:
            yield piece
        else:
            yield replace(piece, parent=where[piece.parent])


def first_line(piece: Piece) -> int:
    """The first line of a piece."""
    return piece.passage.first if isinstance(piece, Title) else piece.first


def exhibits_of(passage: Passage) -> list[tuple[int, Exhibit]]:
    """What a passage shows, each with its place and now with its line."""
    return [(at, replace(each, line=passage.first + passage.text.count("\n", 0, at))) for at, each in passage.exhibits]


def clip(marks: tuple[Mark, ...], start: int, end: int) -> tuple[Mark, ...]:
    """The marks that reach into [start, end), cut to it, with offsets that begin at `start`."""
    return tuple(
        replace(mark, start=max(mark.start, start) - start, end=min(mark.end, end) - start)
        for mark in marks
        if mark.start < end and mark.end > start
    )


def lines_apart(passage: Passage) -> list[Passage]:
    """A passage as one for each of its lines, when each of them says something of its own; else as it is.

    Lines that were broken to fit a width go on with a small letter, or would not have fitted the line before.
    """
    lines = passage.text.split("\n")
    if len(lines) > 1 and all(map(_YEAR.match, lines)):
        return _each(passage, lines)
    width = max(map(len, lines))
    for before, line in pairwise(lines):
        text = line.strip()
        first = text.split(maxsplit=1)[0] if text else ""
        is_wrapped = len(before) + len(first) >= width or not first[:1].isupper() or _GOES_ON.search(before)
        if not first or first[0].islower() or (is_wrapped and not _DASHED.match(text)):
            return [passage]
    return _each(passage, lines)


def _each(passage: Passage, lines: Sequence[str]) -> list[Passage]:
    ends = list(accumulate((len(line) + 1 for line in lines), initial=0))
    return [excerpt(passage, start, end - 1) for start, end in pairwise(ends)]


# How a line ends whose sentence goes on in the next one, whatever that begins with.
_GOES_ON = re.compile(
    r"(?:[,:;(–—-]|\b(?:an?|the|of|to|in|on|at|by|for|from|with|and|or|as|is|are|was|were|that|which|than|into))\s*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\s*(?:1\d{3}|20\d{2})\b\D")  # of a timeline
_DASHED = re.compile(r"[^\s:–—-][^:–—]{0,40}?(?:\s[-–—]|:)\s+\S")
