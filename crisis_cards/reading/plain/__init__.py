"""Plain text: each sentence or line is a statement; blank lines part paragraphs, indentation and signs nest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from crisis_cards.reading.pieces import Outline, Passage, Piece, Range, Scrap, Title
from crisis_cards.reading.plain.headings import CAPITALS, RULE, Found, headings_of, is_capital
from crisis_cards.reading.plain.lists import Item, column_of, items_of
from crisis_cards.reading.plain.tables import Laid, laid_out
from crisis_cards.reading.plain.voices import stamps, unquoted, with_questions
from crisis_cards.reading.plain.wrapping import LABELLED, running_on
from crisis_cards.reading.tex import math_in, with_brackets
from crisis_cards.reasons import NO_WORDS
from crisis_cards.source import Source

CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
TITLE = "the title of the notes"
STAMP = "who wrote it and when"
ANNOUNCING = (":", " -", " –", " —")
OPEN_DASH = re.compile(r"(?<=\w) [-–—]$")
ENDS_SENTENCE = (".", "!", ";", ",")


@dataclass(frozen=True, slots=True)
class Layout:
    """What the lines of a text are, by their indices.

    `lines`: as they are read, without what only says who speaks, which is in `stamps`. `items`: those with the sign of
    a list. `runs_on`: those that only go on with the one before. `within`: those of headings, underlines and boxes too.
    """

    lines: Sequence[str]
    stamps: Mapping[int, str]
    headings: Mapping[int, Found]
    items: Mapping[int, Item]
    laid: Laid
    runs_on: frozenset[int]
    within: frozenset[int]


@dataclass(slots=True)
class Page:
    """What has been found so far.

    `open`: the levels and indices of the passages that a deeper line would be under. `announcing`: those that the
    items of a list in their column are about; `leading`, those that only arrows are about.
    """

    pieces: list[Piece] = field(default_factory=list)
    open: list[tuple[tuple[int, int], int]] = field(default_factory=list)
    announcing: set[int] = field(default_factory=set)
    leading: set[int] = field(default_factory=set)
    group: int = 1


def read_plain(source: Source, *, is_side: bool = False) -> Outline:  # noqa: ARG001 - a side is as any text
    """The structure of a plain text."""
    lines = source.text.split("\n")
    layout = _layout(lines)
    page = Page()
    index = 0
    while index < len(layout.lines):
        text = layout.lines[index].strip()
        number = index + 1
        stamp = layout.stamps.get(index)
        if stamp:
            page.pieces.append(Scrap(number, number, stamp, STAMP))
        heading = layout.headings.get(index)
        if heading is not None and heading.is_title and _says(heading.text, PurePosixPath(source.path).stem):
            page.pieces.append(Scrap(number, number, text, TITLE))
            index += 1
        elif heading is not None:
            _add_title(page, Passage(number, index + heading.lines, heading.text), heading.level)
            index += heading.lines
        elif index in layout.laid.pieces:
            index += _add_table(page, layout, index)
        elif not text:
            if (written := lines[index].strip()) and not stamp:
                page.pieces.append(Scrap(number, number, written, NO_WORDS))
            page.group += 1
            index += 1
        elif RULE.fullmatch(text):
            page.pieces.append(Scrap(number, number, text, "a rule"))
            page.group += 1
            index += 1
        else:
            index = _add_line(page, layout, index)
    return Outline(tuple(page.pieces))


def _layout(written: Sequence[str]) -> Layout:
    lines = unquoted(written)
    spoken = stamps(lines, written)
    marks = {index: lines[index][:length].strip() for index, length in spoken.items()}
    lines = with_questions([line[spoken.get(index, 0) :] for index, line in enumerate(lines)])
    headings = headings_of(lines)
    within = frozenset(line for index, each in headings.items() for line in range(index, index + each.lines))
    items = items_of(lines, within)
    headings = dict(sorted((headings | _in_capitals(lines, items, within)).items()))
    within |= set(headings)
    laid = laid_out(lines, {index: item.length for index, item in items.items()}, within)
    tabled = frozenset(line for index, (count, _) in laid.pieces.items() for line in range(index, index + count))
    return Layout(lines, marks, headings, items, laid, running_on(lines, items, within | tabled), within)


def _in_capitals(lines: Sequence[str], items: Mapping[int, Item], within: frozenset[int]) -> dict[int, Found]:
    """The headings in capitals: after a blank line, or counted and with something else than a neighbour below."""
    found = {}
    for index, line in enumerate(lines):
        text = line.strip()
        if not text or index in within or not is_capital(text):
            continue
        item = items.get(index)
        is_counted = item is not None and (item.family[-1:].isdigit() or item.family.endswith(("letter", "roman", ".")))
        below = items.get(index + 1)
        stands_over = is_counted and index + 1 < len(lines) and lines[index + 1].strip() and below != item
        has_other = below is None or item is None or below.family != item.family
        if not (lines[index - 1].strip() if index else "") or (stands_over and has_other):
            found[index] = Found(1, text[item.length if item is not None else 0 :], CAPITALS)
    return found


def _says(text: str, name: str) -> bool:
    """Whether a title has all the words of a file's name, and so tells nothing more than that does."""
    said, named = (set(re.findall(r"[^\W_]+", each.casefold())) for each in (text, name))
    return named <= said


def _add_title(page: Page, passage: Passage, level: int) -> None:
    page.pieces.append(Title(passage, level))
    page.open.clear()
    page.group += 1


def _add_table(page: Page, layout: Layout, index: int) -> int:
    """Add the pieces of a table, which stand under what a line in its column would; give how many lines it takes."""
    count, pieces = layout.laid.pieces[index]
    column = column_of(layout.lines[index])
    while page.open and page.open[-1][0] >= (column, 1):
        page.open.pop()
    above = page.open[-1] if page.open else None
    parent = above[1] if above and (above[0][0] < column or above[1] in page.announcing) else None
    page.group += 1
    page.pieces += [
        replace(piece, parent=parent, group=page.group) if isinstance(piece, Passage) else piece for piece in pieces
    ]
    return count


def _add_line(page: Page, layout: Layout, index: int) -> int:
    """Add the statement that begins at a line; give the index of the line after it."""
    text = layout.lines[index].strip()
    item = layout.items.get(index)
    column = column_of(layout.lines[index])
    rank = item.rank if item is not None else 0
    if item is not None and any(_leads(page, each, (column, item)) for each in page.open):
        rank += 1
    while page.open and page.open[-1][0] >= (column, rank):
        page.open.pop()
    parent = page.open[-1][1] if page.open else None
    page.open.append(((column, rank), len(page.pieces)))
    if item is None and text.endswith(ANNOUNCING):
        page.announcing.add(len(page.pieces))
    said = layout.laid.texts.get(index, text[item.length if item is not None else 0 :])
    end = index + 1
    while end in layout.runs_on:
        said = f"{said}\n{layout.lines[end].strip()}"
        end += 1
    said = OPEN_DASH.sub("", said)
    if item is None:
        _announce(page, layout, index, end)
    said, literal = _with_math(said)
    is_counted = item is not None and item.is_counted
    page.pieces.append(
        Passage(
            index + 1,
            end,
            said,
            literal=literal,
            group=page.group,
            parent=parent,
            is_item=item is not None,
            is_counted=is_counted,
        )
    )
    return end


def _leads(page: Page, opened: tuple[tuple[int, int], int], item: tuple[int, Item]) -> bool:
    """Whether an open passage is what an item in its column is about."""
    (column, rank), piece = opened
    is_beside = (column, rank) == (item[0], 0)
    return is_beside and (piece in page.announcing or (piece in page.leading and item[1].family == "->"))


def _announce(page: Page, layout: Layout, index: int, end: int) -> None:
    """Note whether the items right below a line are about it: those of a list, if it stands alone above them."""
    below = layout.items.get(end)
    if below is None or end in layout.headings or below.column != column_of(layout.lines[index]):
        return
    text, last = layout.lines[index].strip(), layout.lines[end - 1].strip()
    stands_alone = end == index + 1 and (not index or not layout.lines[index - 1].strip() or index - 1 in layout.within)
    if below.family == "->":
        page.leading.add(len(page.pieces))
    elif last.endswith(ANNOUNCING) or (stands_alone and not text.endswith(ENDS_SENTENCE) and not LABELLED.match(text)):
        page.announcing.add(len(page.pieces))


def _with_math(text: str) -> tuple[str, tuple[Range, ...]]:
    """A text with its math between brackets, and where in it no mark of ours can be: in code and in math."""
    said, literal, at = "", [], 0
    for start, end in [*(found.span() for found in CODE.finditer(text)), (len(text), len(text))]:
        between = with_brackets(text[at:start])
        literal += [(len(said) + first, len(said) + last) for first, last in math_in(between)]
        literal += [(len(said) + len(between), len(said) + len(between) + end - start)] if end > start else []
        said += between + text[start:end]
        at = end
    return said, tuple(literal)
