"""Tables in plain text: drawn with bars, or set in columns by tabs and spaces.

A row of two columns without a head is a term and what is said of it, and is read as if a dash stood between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from crisis_cards.dates import DATE
from crisis_cards.reading.pieces import Passage, Scrap
from crisis_cards.reading.plain.wrapping import LABELLED
from crisis_cards.reading.tidy import has_words, one_line

Part = Passage | Scrap

DASH = " – "
HEAD = "the head of a table"
RULED = "a rule"
HEADLESS = "a row of a table whose columns have no names"
CONTENTS = "a table of contents"
MAX_TERM = 5  # words
MAX_HEAD = 4  # words
MIN_ALIGNED = 3  # rows that spaces part
MIN_ROWS = 2  # of a drawn table, at least half of whose cells say something
PAIR = 2  # cells
MAX_BLOCKS = 2  # a head and what is below it
MAX_SHIFT = 2  # characters that a cell may begin before its column
MAX_DATED = 3  # columns, the date being the first
MAX_LEADER = 8  # words before a row of dots
MIN_CONTENTS = 3  # lines
CORNERS = "┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╭╮╰╯╟╢╞╡╪╫"
DRAWN = str.maketrans(f"│┃║─━═{CORNERS}", f"|||---{'+' * len(CORNERS)}")
BAR_RULE = re.compile(r"\|?\s*:?[-=+]{2,}[-=+:| \t]*|\+[-=+]+")
SPACED_RULE = re.compile(r"[-=]{2,}(?:\s+[-=]{2,})+")
GAP = re.compile(r"\s*\t\s*|[ \xa0]{2,}")
LEADER = re.compile(r"(?<=[^\s.])\s?(?:\.{4,}|(?:\.\s){3,}\.?|…{2,}|(?<=\s)\.{3}(?=\s))\s*(?=[^\s.])")


@dataclass(frozen=True, slots=True)
class Laid:
    """What is laid out in a text: `pieces` by the index of their first line, each with how many lines they take.

    `texts`: lines that are said otherwise than they are written, by their index.
    """

    pieces: dict[int, tuple[int, tuple[Part, ...]]] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)


def laid_out(lines: list[str], lengths: Mapping[int, int], taken: frozenset[int]) -> Laid:
    """The tables and the gaps of a text. `lengths`: of the signs of lists; `taken`: lines of headings."""
    laid = Laid()
    for first, last in _runs(lines, taken):
        index, looked = first, first
        while index <= last:
            if index >= looked:
                looked, is_drawn = _barred(lines, index, last)
            end = looked - 1 if is_drawn and looked > index else _ruled(lines, index, last)
            if end:
                found = _bars(lines, index, end) if is_drawn and looked > index else list(_columns(lines, index, end))
                laid.pieces[index] = end - index + 1, _with_rules(lines, index, end, found)
                index = end + 1
                continue
            cells = _cells(lines, lengths, index)
            end = index
            while len(cells) > 1 and end < last and len(_cells(lines, lengths, end + 1)) == len(cells):
                end += 1
            if len(cells) > 1:
                rows = [_cells(lines, lengths, each) for each in range(index, end + 1)]
                _set(lines, rows, index, laid)
            index = end + 1
        _lead(lines, lengths, (first, last), laid)
    return laid


def _runs(lines: Sequence[str], taken: frozenset[int]) -> Iterator[tuple[int, int]]:
    """The first and last lines of what stands between blank lines and headings."""
    first = -1
    for index, line in enumerate([*lines, ""]):
        is_open = bool(line.strip()) and index not in taken
        if is_open and first < 0:
            first = index
        elif not is_open and first >= 0:
            yield first, index - 1
            first = -1


def _barred(lines: Sequence[str], first: int, last: int) -> tuple[int, bool]:
    """Where the lines with bars end that begin at a line, and whether they are a table."""
    end = first
    while end <= last and _is_barred(lines[end]):
        end += 1
    block = [lines[each].strip().translate(DRAWN) for each in range(first, end)]
    rows = [line for line in block if not BAR_RULE.fullmatch(line)]
    counts = {len(_parted(line)) for line in rows}
    told = sum(sum(map(has_words, _parted(line))) * 2 >= max(counts) for line in rows)
    is_outer = all(line[0] == line[-1] == "|" for line in rows)
    has_rule = len(block) > 1 and BAR_RULE.fullmatch(block[1]) is not None and not BAR_RULE.fullmatch(block[0])
    is_drawn = len(counts) == 1 and told >= MIN_ROWS and (is_outer or has_rule)
    return max(end, first + 1), is_drawn


def _parted(line: str) -> list[str]:
    return [one_line(cell) for cell in line.removeprefix("|").removesuffix("|").split("|")]


def _is_barred(line: str) -> bool:
    text = line.strip().translate(DRAWN)
    return bool(BAR_RULE.fullmatch(text)) or "|" in text[:1] + text[-1:] or (" | " in text and "||" not in text)


def _bars(lines: Sequence[str], first: int, last: int) -> list[Part]:
    """The pieces of a table drawn with bars; none if it is another one."""
    rows: list[tuple[int, int, tuple[str, ...]]] = []
    blocks: list[int] = [0]
    for index in range(first, last + 1):
        text = lines[index].strip().translate(DRAWN)
        if BAR_RULE.fullmatch(text):
            blocks.append(len(rows))
        elif "|" in text:
            rows.append((index, index, tuple(_parted(text))))
        else:
            return []
    cuts = sorted({*blocks, len(rows)})
    blocked = [rows[start:end] for start, end in pairwise(cuts)]
    if len(blocked) > MAX_BLOCKS:  # a rule below each row, which may take several lines
        rows = [_merged(block) for block in blocked]
        blocked = [[row] for row in rows]
    has_head = len(blocked) > 1 and len(blocked[0]) == 1
    if all(len(cells) == 1 for *_, cells in rows):
        return [Passage(start + 1, end + 1, cells[0]) for start, end, cells in rows if has_words(cells[0])]
    return list(_pieces(rows, has_head=has_head))


def _with_rules(lines: Sequence[str], first: int, last: int, found: Sequence[Part]) -> tuple[Part, ...]:
    """The pieces of a table with the lines that none of them tells of."""
    told = {line for piece in found for line in range(piece.first, piece.last + 1)}
    rules = [
        Scrap(line, line, lines[line - 1].strip(), RULED) for line in range(first + 1, last + 2) if line not in told
    ]
    return tuple(sorted([*found, *rules], key=lambda piece: piece.first))


def _merged(block: Sequence[tuple[int, int, tuple[str, ...]]]) -> tuple[int, int, tuple[str, ...]]:
    """The lines of one row as one."""
    width = max(len(cells) for *_, cells in block)
    padded = [(*cells, *[""] * (width - len(cells))) for *_, cells in block]
    cells = [one_line(" ".join(parts)) for parts in zip(*padded, strict=True)]
    first, last = block[0][0], block[-1][1]
    return first, last, (cells[0] + "\n" * (last - first), *cells[1:])


def _pieces(rows: Sequence[tuple[int, int, tuple[str, ...]]], *, has_head: bool) -> Iterator[Part]:
    """The pieces of some rows; with a head, the first names the columns of the others."""
    columns = rows[0][2] if has_head else ()
    for start, end, cells in rows:
        if not has_words("".join(cells)):
            continue
        text = " | ".join(cells)
        if has_head and start == rows[0][0]:
            yield Scrap(start + 1, end + 1, text, HEAD)
        elif columns:
            padded = (*cells, *[""] * (len(columns) - len(cells)))
            yield Passage(start + 1, end + 1, " | ".join(padded), columns=columns)
        elif sum(map(has_words, cells)) == 1:
            yield Passage(start + 1, end + 1, next(filter(has_words, cells)))
        elif len(cells) == PAIR and len(cells[0].split()) <= MAX_TERM:
            yield Passage(start + 1, end + 1, DASH.join(cells))
        else:
            yield Scrap(start + 1, end + 1, text, HEADLESS)


def _ruled(lines: Sequence[str], first: int, last: int) -> int:
    """The last line of a table whose head has a rule with gaps below it; 0 if there is none."""
    is_ruled = first + 1 < last and SPACED_RULE.fullmatch(lines[first + 1].strip()) is not None
    return last if is_ruled and not SPACED_RULE.fullmatch(lines[first].strip()) else 0


def _columns(lines: Sequence[str], first: int, last: int) -> Iterator[Part]:
    """The pieces of a table whose columns begin where the dashes below its head do."""
    starts = [found.start() for found in re.finditer(r"(?<!\S)[-=]", lines[first + 1].expandtabs())]

    def row(index: int) -> tuple[int, int, tuple[str, ...]]:
        line = lines[index].expandtabs()
        # A cell that begins early or ends late is not cut through.
        cuts = [0, *(_edge(line, start) for start in starts[1:]), len(line)]
        return index, index, tuple(one_line(line[max(a, 0) : b]) for a, b in pairwise(cuts))

    rows = [row(index) for index in range(first, last + 1) if not SPACED_RULE.fullmatch(lines[index].strip())]
    return _pieces(rows, has_head=True)


def _edge(line: str, start: int) -> int:
    """Where the gap before a column is."""
    at = min(start, len(line))
    while 0 < at < len(line) and not line[at - 1].isspace() and start - at <= MAX_SHIFT:
        at -= 1
    return at if at == len(line) or line[at - 1 : at].isspace() else start


def _cells(lines: Sequence[str], lengths: Mapping[int, int], index: int) -> list[str]:
    """The parts of a line between tabs, or else between gaps of spaces, without the sign that it begins with."""
    text = lines[index].strip()[lengths.get(index, 0) :]
    if "\t" in text:
        return [said for part in text.split("\t") if (said := one_line(part))]
    return [part.strip() for part in GAP.split(text)] if "  " in text or "\xa0\xa0" in text else [text]


def _set(lines: list[str], rows: Sequence[list[str]], first: int, laid: Laid) -> None:
    """Add what some lines with as many gaps are: a table, or terms with what is said of them."""
    own = lines[first : first + len(rows)]
    is_tabbed = all("\t" in line.strip() for line in own)
    is_dated = all(DATE.fullmatch(cells[0]) for cells in rows)
    is_alone = len(rows) == 1 and not (is_tabbed and _is_among_terms(lines, first))
    if not is_dated and (is_alone or not (is_tabbed or _is_aligned(own))):
        return
    if len(rows[0]) == PAIR or is_dated:
        for index, cells in enumerate(rows, first):
            is_term = len(cells[0].split()) <= MAX_TERM and "|" not in f"{cells}" and cells[0][-1:] not in ".!?:;,=-–—>"
            if is_term and all(map(has_words, cells)) and not (is_dated and len(cells) > MAX_DATED):
                laid.texts[index] = (
                    DASH.join(cells) if len(cells) == PAIR else f"{cells[0]}{DASH}{', '.join(cells[1:])}"
                )
        return
    if len(rows) < MIN_ALIGNED and not is_tabbed:
        return
    numbered = [(first + place, first + place, tuple(cells)) for place, cells in enumerate(rows)]
    laid.pieces[first] = len(rows), tuple(_pieces(numbered, has_head=_is_head(rows)))


def _is_among_terms(lines: list[str], index: int) -> bool:
    """Whether a line stands between others that say something of a term: *Term - what it means*."""
    beside = lines[max(index - 1, 0) : index] + lines[index + 1 : index + 2]
    return any(LABELLED.match(line.strip()) for line in beside)


def _is_aligned(lines: Sequence[str]) -> bool:
    """Whether the second parts of some lines begin, or their last ones end, in the same column."""
    begins, ends = set(), set()
    for line in lines:
        shown = line.rstrip().expandtabs()
        gaps = [found for found in GAP.finditer(shown) if found.start() > len(shown) - len(shown.lstrip())]
        begins.add(gaps[0].end() if gaps else -1)
        ends.add(len(shown))
    return len(begins) == 1 or len(ends) == 1


def _is_head(rows: Sequence[list[str]]) -> bool:
    """Whether the first of some rows names the columns: without digits, which a column below has, or in capitals."""
    head, *others = rows
    is_plain = all(len(cell.split()) <= MAX_HEAD and not _has_digits(cell) for cell in head)
    columns = [column[1:] for column in zip(*rows, strict=True)]
    is_figure = len(others) > 1 and any(all(map(_has_digits, column)) for column in columns[1:])
    is_name = all(cell[:1].isupper() for cell in head) and not any(
        all(cell[:1].isupper() for cell in cells) for cells in others
    )
    return is_plain and all(map(has_words, head[1:])) and (is_figure or (is_name and len(others) > 1))


def _has_digits(cell: str) -> bool:
    return any(map(str.isdigit, cell))


def _lead(lines: Sequence[str], lengths: Mapping[int, int], run: tuple[int, int], laid: Laid) -> None:
    """Add the lines of a run whose two parts a row of dots joins; those of a table of contents say nothing."""
    parts: dict[int, list[str]] = {}
    for index in range(run[0], run[1] + 1):
        text = lines[index].strip()[lengths.get(index, 0) :]
        cells = [part.strip() for part in LEADER.split(text)] if ".." in text or "……" in text or ". ." in text else []
        if len(cells) == PAIR and len(cells[0].split()) <= MAX_LEADER and all(map(has_words, cells)):
            parts[index] = cells
    pages = [int(cells[1]) for cells in parts.values() if cells[1].isdecimal()]
    is_contents = len(pages) == len(parts) >= MIN_CONTENTS and pages == sorted(pages)
    for index, cells in parts.items():
        if is_contents:
            laid.pieces[index] = 1, (Scrap(index + 1, index + 1, lines[index].strip(), CONTENTS),)
        elif len(parts) > 1:
            laid.texts[index] = DASH.join(cells)
