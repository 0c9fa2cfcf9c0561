"""The rows of a table that is written with a sign between its cells: CSV, TSV, and what programs export as such."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate

DELIMITERS = ("\t", ";", "|", ",")
"""Those that are looked for; of two that fit as well, the rarer in prose goes first."""

SAMPLE = 1_000
"""Lines by which the delimiter is judged."""

FIRST = re.compile(r'"?sep=(?P<sign>[^"])"?[,;\t|]*', re.IGNORECASE)  # for Excel, which does not show it
DIRECTIVE = re.compile(
    r"#(?P<key>separator|html|tags|columns|notetype|deck|if matches|(?:guid|notetype|deck|tags) column):(?P<value>.*)",
    re.IGNORECASE,
)
"""What Anki writes above the notes that it exports as text."""

NAMED = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " ", "colon": ":"}
NO_LIMIT = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Record:
    """One row, on the lines [first, last], 1-based; `begins`: of several lines, that on which each cell begins."""

    first: int
    last: int
    cells: tuple[str, ...]
    begins: tuple[int, ...] = ()

    def line_of(self, column: int) -> int:
        """The line that a cell begins on."""
        return self.begins[column] if self.begins else self.first


@dataclass(frozen=True, slots=True)
class Records:
    """What a file has: its rows that are not empty, what Anki or Excel are told above them, and comments.

    `delimiter` is empty if the rows have one cell each. `told`: the directives, by their names in small letters.
    `remarks`: the lines of all that is no row, each with its reason.
    """

    rows: tuple[Record, ...]
    delimiter: str
    told: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[tuple[int, str], ...] = ()


def records(text: str) -> Records:
    """The rows of a file."""
    lines = text.split("\n")
    told: dict[str, str] = {}
    remarks: list[tuple[int, str]] = []
    sign, start = "", 0
    if found := FIRST.fullmatch(lines[0]):
        sign, start = found["sign"], 1
    while start < len(lines) and (found := DIRECTIVE.fullmatch(lines[start])):
        told.setdefault(found["key"].lower(), found["value"])
        start += 1
    remarks += [(number, "for another program") for number in range(1, start + 1)]
    sign = sign or _named(told.get("separator", ""))
    with _long_cells():
        delimiter = sign or _delimiter(lines[start : start + SAMPLE])
        rows = [row for row in _rows(lines, start, delimiter) if any(map(str.strip, row.cells))]
    if told:  # and then Anki passes by what begins so
        remarks += [
            (number, "a comment")
            for row in rows
            if lines[row.first - 1].startswith("#")
            for number in range(row.first, row.last + 1)
        ]
        rows = [row for row in rows if not lines[row.first - 1].startswith("#")]
    is_single = not sign and all(len(row.cells) == 1 for row in rows)
    return Records(tuple(rows), "" if is_single else delimiter, told, tuple(remarks))


def _named(separator: str) -> str:
    """The sign that Anki is told of by its name, or as it is."""
    is_sign = len(separator) == 1 and separator not in '"\r'
    return NAMED.get(separator.strip().lower(), separator if is_sign else "")


def _delimiter(lines: Sequence[str]) -> str:
    """The sign that parts most rows into the same number of cells."""
    return max(DELIMITERS, key=lambda sign: _consistency(lines, sign))


def _consistency(lines: Sequence[str], sign: str) -> float:
    """How well a sign parts lines: the shares of rows that it parts and that it parts alike, less prose's habits."""
    rows = [row.cells for row in _rows(lines, 0, sign) if any(map(str.strip, row.cells))]
    parted = Counter(len(cells) for cells in rows if len(cells) > 1)
    if not parted:
        return 0.0
    alike = parted.most_common(1)[0][1] / len(rows)
    text = "\n".join(lines)
    # A comma of prose has a space behind it, a delimiter seldom.
    spaced = text.count(f"{sign} ") / max(text.count(sign), 1)
    return parted.total() / len(rows) + alike - spaced


def _rows(lines: Sequence[str], start: int, delimiter: str) -> Iterator[Record]:
    """The rows from a line on. In a line whose quotes do not close where a cell ends they are what it says."""
    at = start
    spaced = f'{delimiter} "'
    skips = delimiter != " " and any(spaced in line for line in lines)
    while at < len(lines):
        fed = (f"{lines[index]}\n" for index in range(at, len(lines)))
        reader = csv.reader(fed, delimiter=delimiter, skipinitialspace=skips, strict=True)
        begin = at
        try:
            for cells in reader:
                end = at + reader.line_num
                yield _record(begin + 1, end, tuple(cells))
                begin = end
        except csv.Error:
            yield Record(begin + 1, begin + 1, tuple(lines[begin].split(delimiter)))
            at = begin + 1
        else:
            return


def _record(first: int, last: int, cells: tuple[str, ...]) -> Record:
    """A row; in one of several lines all line feeds are in cells."""
    if first == last:
        return Record(first, last, cells)
    return Record(first, last, cells, tuple(accumulate((cell.count("\n") for cell in cells[:-1]), initial=first)))


@contextmanager
def _long_cells() -> Iterator[None]:
    """Cells of any length, as long as this lasts."""
    limit = csv.field_size_limit(NO_LIMIT)
    try:
        yield
    finally:
        csv.field_size_limit(limit)
