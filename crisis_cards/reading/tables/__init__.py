"""CSV and TSV: a row a card. The first column asks for the second, or the columns are what their names say.

In a table of three columns and more the first row names them; one is asked, and the answer is a list of the others.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crisis_cards.config import can_name_a_deck
from crisis_cards.diagnostics import Diagnostic, Severity, Span
from crisis_cards.model import Exhibit, ExhibitKind
from crisis_cards.reading.pieces import Asked, Outline, Passage, Piece, Scrap
from crisis_cards.reading.tables.cells import passages
from crisis_cards.reading.tables.columns import BLANK, Column, Role, columns, is_head
from crisis_cards.reading.tables.records import Record, Records, records
from crisis_cards.reading.tags import anki_tag, unique
from crisis_cards.source import Source

SIDE_RULE = "row-without-answer"
CELLS_RULE = "uneven-row"
MAX_ABOVE = 5  # rows with a title or a date, as people put them above a table
NUMBERS = re.compile(r"[\s\d.,:;/%+−–-]*")
BOTH_WAYS = re.compile(r"revers|invers|beide richtungen", re.IGNORECASE)
OPTIONAL = re.compile(r"option", re.IGNORECASE)  # these need a third field to be asked the other way, too
TOLD = {"guid column": Role.ID, "notetype column": Role.ID, "deck column": Role.DECK, "tags column": Role.TAGS}
ANSWERS = (Role.ANSWER, Role.OTHER)
SHOWN = (Role.PROMPT, *ANSWERS, Role.CLOZE, Role.HINT)
LEFT_OUT = (Role.ID, Role.NUMBER, Role.SOURCE, Role.SCHEDULE)


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose columns are known.

    `is_html`: whether its cells are HTML, if the file says so. `kinds`: the place of the column with Anki's kinds of
    notes, or -1. `kind`: that of all notes, or empty. `deck`: the one of all rows, or empty.
    """

    path: str
    delimiter: str
    columns: tuple[Column, ...]
    is_html: bool | None = None
    kinds: int = -1
    kind: str = ""
    deck: str = ""

    def cells(self, row: Record, *roles: Role) -> Iterator[tuple[Column, str]]:
        """The cells of a row that are not empty, in the columns of some roles."""
        for column in self.columns:
            if column.role in roles and column.place < len(row.cells) and row.cells[column.place].strip():
                yield column, row.cells[column.place]

    def said(self, row: Record, column: Column, cell: str) -> list[Passage]:
        """What a cell of a row says."""
        return passages(cell, row.line_of(column.place), is_html=self.is_html)


def is_exported(text: str) -> bool:
    """Whether a text is what Anki exports, whose first line names the separator."""
    return text.startswith("#separator:")


def read_table(source: Source, *, is_side: bool = False) -> Outline:  # noqa: ARG001 - a side is as any text
    """The rows of a table as cards."""
    found = records(source.text)
    lines = source.text.split("\n")
    pieces: list[Piece] = [Scrap(at, at, lines[at - 1], why) for at, why in found.remarks if lines[at - 1].strip()]
    diagnostics: list[Diagnostic] = []
    told_tags = unique(anki_tag(tag) for tag in found.told.get("tags", "").split())
    if not found.delimiter:
        for group, row in enumerate(found.rows):
            pieces += [replace(each, group=group) for each in passages(row.cells[0], row.first)]
        return Outline(tuple(pieces), tags=told_tags)
    top = _top(found)
    head = found.rows[top].cells if _is_headed(found, top) else None
    table = _table(source.path, found, top)
    for index, row in enumerate(found.rows):
        if index < top:
            pieces.append(_scrap(table, row, "above a table"))
        elif row.cells == head:
            pieces.append(_scrap(table, row, "the head of a table"))
        else:
            for each in _read_row(table, row):
                if isinstance(each, Diagnostic):
                    diagnostics.append(each)
                else:
                    pieces.append(each)
    return Outline(tuple(pieces), deck=table.deck, tags=told_tags, diagnostics=tuple(diagnostics))


# --- columns -----------------------------------------------------------------------------------------------------


def _top(found: Records) -> int:
    """The index of the row that the table begins with: its head, if rows of one cell are above it, else the first."""
    many = (index for index, row in enumerate(found.rows[:MAX_ABOVE]) if sum(map(bool, _stripped(row))) > 1)
    top = next(many, 0)
    return top if top and not found.told and _is_headed(found, top) else 0


def _is_headed(found: Records, top: int) -> bool:
    """Whether the row with this index names the columns; in what Anki exports none does."""
    if found.told or top >= len(found.rows):
        return False
    return is_head(_named(found.rows[top]), [row.cells for row in found.rows[top + 1 :]])


def _table(path: str, found: Records, top: int) -> Table:
    rows = [_stripped(row) for row in found.rows]
    if _is_headed(found, top):
        known = columns(_named(found.rows[top]), rows[top + 1 :])
    else:
        width = max(_width(rows), 2)
        names = [name.strip() for name in found.told.get("columns", "").split(found.delimiter)]
        names += [""] * (width - len(names))
        sides = (Role.PROMPT, Role.ANSWER)
        taken = {_number(found.told.get(key, "")): role for key, role in TOLD.items()}
        free = iter(sides)
        known = tuple(
            Column(place, taken[place] if place in taken else next(free, Role.OTHER), name)
            for place, name in enumerate(names)
        )
        if any(names) and not taken.keys() - {-1}:
            known = columns(names, rows)
    body = found.rows[top + 1 :] if _is_headed(found, top) else found.rows
    decks = {cell.strip() for row in body for _, cell in Table("", "", known).cells(row, Role.DECK)}
    deck = found.told.get("deck", "") or (next(iter(decks)) if len(decks) == 1 else "")
    is_html = {"true": True, "false": False}.get(found.told.get("html", "").strip().lower())
    kinds = _number(found.told.get("notetype column", ""))
    deck = " ".join(deck.split()) if can_name_a_deck(deck.strip()) else ""
    return Table(path, found.delimiter, known, is_html, kinds, found.told.get("notetype", ""), deck)


def _number(told: str) -> int:
    """The place of a column that is told by its number; -1 if none is."""
    digits = told.strip()
    return int(digits) - 1 if digits.isdecimal() and len(digits) < len("100000") else -1


def _stripped(row: Record) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row.cells)


def _named(row: Record) -> tuple[str, ...]:
    """The cells of a head, without the empty ones at its end."""
    cells = [" ".join(cell.split()) for cell in row.cells]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _width(rows: Sequence[Sequence[str]]) -> int:
    """The number of cells that most rows have, without columns at the end that are empty in all of them."""
    counts = Counter(len(row) for row in rows if len(row) > 1)
    width = max(counts, key=lambda width: (counts[width], -width), default=0)
    filled = max((max((place + 1 for place, cell in enumerate(row) if cell), default=0) for row in rows), default=0)
    return min(width, filled)


# --- rows --------------------------------------------------------------------------------------------------------


def _read_row(table: Table, row: Record) -> Iterator[Piece | Diagnostic]:
    """A row as a card, what of it is on none, and what to tell the author."""
    width = len(table.columns)
    if any(map(str.strip, row.cells[width:])):
        said = (
            f"row has {len(row.cells)} cells, and the table {width} columns; put quotes around a cell with a delimiter"
        )
        yield Diagnostic(Span(table.path, row.first, row.last), Severity.WARNING, CELLS_RULE, said)
    row = _joined(table, row)
    shown = [cell for _, cell in table.cells(row, *SHOWN)] + [cell for cell in row.cells[width:] if cell.strip()]
    if all(NUMBERS.fullmatch(cell) for cell in shown):
        yield _scrap(table, row, "only numbers" if shown else "no text for a card")
        return
    if any(map(BLANK.search, shown)):
        yield _cloze(table, row)
    elif (card := _asked(table, row)) is not None:
        yield card
    else:
        is_asked = any(table.cells(row, Role.PROMPT, Role.CLOZE))
        said = f"row without {'an answer' if is_asked else 'words to ask'}; fill the cell, or take the row out"
        yield Diagnostic(Span(table.path, row.first, row.last), Severity.WARNING, SIDE_RULE, said)
        yield _scrap(table, row, f"a row without {'an answer' if is_asked else 'words to ask'}")
        return
    rest = [_labelled(column, cell) for column, cell in table.cells(row, *LEFT_OUT)]
    if rest:
        yield Scrap(row.first, row.last, "; ".join(rest), "columns of ids, sources and the like")


def _joined(table: Table, row: Record) -> Record:
    """A row of two columns with what a delimiter parted that was only part of the answer."""
    last = len(table.columns) - 1
    if last != 1 or len(row.cells) <= len(table.columns):
        return row
    end = max((place + 1 for place, cell in enumerate(row.cells) if cell.strip()), default=0)
    return replace(row, cells=(*row.cells[:last], table.delimiter.join(row.cells[last:end])))


def _asked(table: Table, row: Record) -> Asked | None:
    """A card of two sides; None if one of them says nothing."""
    prompt = [
        each for column, cell in table.cells(row, Role.PROMPT, Role.CLOZE) for each in table.said(row, column, cell)
    ]
    answer = _answer(table, row)
    if not prompt or not answer:
        return None
    for column, cell in table.cells(row, Role.HINT):
        prompt += _with_name(table.said(row, column, cell), column.name)
    kind = row.cells[table.kinds].strip() if 0 <= table.kinds < len(row.cells) else table.kind
    both_ways = BOTH_WAYS.search(kind) is not None and OPTIONAL.search(kind) is None
    return Asked(row.first, row.last, tuple(prompt), tuple(answer), both_ways, _tags(table, row))


def _answer(table: Table, row: Record) -> list[Passage]:
    """What the row answers: one cell as it is, several as a list, each but the answer itself under its name."""
    own = [column for column in table.columns if column.role is Role.ANSWER]
    is_alone = sum(column.role in ANSWERS for column in table.columns) == 1
    said: list[Passage] = []
    for column, cell in sorted(table.cells(row, *ANSWERS), key=lambda each: each[0].role is Role.OTHER):
        lines = table.said(row, column, cell)
        is_itself = is_alone or (len(own) == 1 and column is own[0])
        said += lines if is_itself else _with_name(lines, column.name, is_item=bool(column.name))
    for place, cell in enumerate(row.cells[len(table.columns) :], len(table.columns)):
        said += table.said(row, Column(place, Role.OTHER), cell)
    return said


def _cloze(table: Table, row: Record) -> Asked:
    """A text with blanks; what else the row says is shown below it."""
    cells = [(column, cell) for column, cell in table.cells(row, *SHOWN)]
    cells += [(Column(place, Role.OTHER), row.cells[place]) for place in range(len(table.columns), len(row.cells))]
    prompt: list[Piece] = []
    for column, cell in sorted(cells, key=lambda each: BLANK.search(each[1]) is None):
        said = table.said(row, column, cell)
        if BLANK.search(cell):
            prompt += said
            continue
        for line in _with_name(said, column.name if column.role is Role.OTHER else ""):
            shown = Exhibit(ExhibitKind.HTML, f"<p>{html.escape(line.text, quote=False)}</p>")
            pictures = tuple(replace(each, is_within=False) for _, each in line.exhibits)
            prompt.append(Scrap(line.first, line.last, line.text, "below a text with blanks", None, (shown, *pictures)))
    return Asked(row.first, row.last, tuple(prompt), None, tags=_tags(table, row))


def _with_name(lines: Sequence[Passage], name: str, *, is_item: bool = False) -> list[Passage]:
    """The lines of a cell, with the name of its column before the first."""
    if not lines:
        return []
    first, *others = lines
    prefix = f"{name.rstrip(':')}: " if name else ""
    by = len(prefix)
    named = replace(
        first,
        text=prefix + first.text,
        marks=tuple(replace(mark, start=mark.start + by, end=mark.end + by) for mark in first.marks),
        literal=tuple((start + by if start else 0, end + by) for start, end in first.literal),
        exhibits=tuple((at + by, each) for at, each in first.exhibits),
        is_item=is_item or first.is_item,
    )
    return [named, *others]


def _tags(table: Table, row: Record) -> tuple[str, ...]:
    """The tags of a row; so is its deck, where rows have several."""
    cells = [cell for _, cell in table.cells(row, Role.TAGS, Role.TOPIC)]
    parts = [re.split(r"[,;]" if re.search(r"[,;]", cell) else r"\s", cell) for cell in cells]
    decks = [] if table.deck else [cell for _, cell in table.cells(row, Role.DECK)]
    return unique(anki_tag(tag) for tag in (*(tag for part in parts for tag in part), *decks))


def _scrap(table: Table, row: Record, reason: str) -> Scrap:
    """A row that is on no card."""
    cells = " | ".join(" ".join(cell.split()) for cell in row.cells if cell.strip())
    return Scrap(row.first, row.last, cells or table.delimiter, reason)


def _labelled(column: Column, cell: str) -> str:
    said = " ".join(cell.split())
    return f"{column.name}: {said}" if column.name else said
