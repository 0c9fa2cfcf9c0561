"""The tables of an Org file: rows between bars, a line of dashes below the head, rows that only tell Org of columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crisis_cards.reading.markdown.inline import Inline
from crisis_cards.reading.org.inline import inline
from crisis_cards.reading.org.lines import LINE
from crisis_cards.reading.pieces import OBJECT, Passage

COOKIE = re.compile(r"(?:<[lrc]?\d*>|[<>]|)")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the text and the last line of its head, its rows as passages, and all of it as one text."""

    head: tuple[str, int] | None
    rows: tuple[Passage, ...]
    text: str


def table_of(lines: Sequence[str], first: int) -> Table:
    """The table that some lines are; the first has the number `first`.

    A head stands above the first line of dashes that has rows on both sides. Without one, columns have no names.
    """
    rows = [(number, _cells(line)) for number, line in enumerate(lines, first) if not LINE.match(line)]
    said = [(number, cells) for number, cells in rows if not _is_for_org(cells)]
    rules = [number for number, line in enumerate(lines, first) if LINE.match(line)]
    numbers = [number for number, _ in said]
    under = next((each for each in rules if numbers and numbers[0] < each < numbers[-1]), 0)
    heads = [[inline(cell) for cell in cells] for number, cells in said if number < under]
    body = [(number, [inline(cell) for cell in cells]) for number, cells in said if number > under]
    names = tuple(_joined(column) for column in zip(*_even(heads), strict=True))
    texts = [
        " | ".join(cell.text.replace(OBJECT, "") for cell in cells) for cells in (*heads, *(own for _, own in body))
    ]
    passages = tuple(_row(number, cells, names or ("",) * len(cells)) for number, cells in body)
    return Table((" | ".join(names), under) if names else None, passages, "\n".join(texts))


def _cells(line: str) -> list[str]:
    text = line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip() for cell in text.split("|")]


def _is_for_org(cells: Sequence[str]) -> bool:
    """Whether a row has nothing but widths and groups of columns."""
    return all(COOKIE.fullmatch(cell) for cell in cells[1:]) and (cells[0] == "/" or bool(COOKIE.fullmatch(cells[0])))


def _even(rows: Sequence[Sequence[Inline]]) -> list[list[Inline]]:
    width = max(map(len, rows), default=0)
    return [[*row, *(Inline("", (), ()) for _ in range(width - len(row)))] for row in rows]


def _joined(column: Sequence[Inline]) -> str:
    return " ".join(cell.text.replace(OBJECT, "").strip() for cell in column if cell.text.strip())


def _row(number: int, cells: Sequence[Inline], columns: tuple[str, ...]) -> Passage:
    own = list(zip(cells, _places(cells), strict=True))
    return Passage(
        number,
        number,
        " | ".join(cell.text for cell in cells),
        (),
        tuple((start + by, end + by) for cell, by in own for start, end in cell.literal),
        columns=columns,
        exhibits=tuple((at + by, replace(each, is_within=True)) for cell, by in own for at, each in cell.exhibits),
    )


def _places(cells: Sequence[Inline]) -> Iterator[int]:
    """Where the text of each cell begins in the text of their row."""
    at = 0
    for cell in cells:
        yield at
        at += len(cell.text) + len(" | ")
