"""Plain text: each sentence or line is a statement; blank lines part paragraphs, indentation nests."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from crisis_cards.reading.numbering import BREAK, counting
from crisis_cards.reading.pieces import Outline, Passage, Piece, Range, Scrap, Title
from crisis_cards.reading.tex import math_in, with_brackets
from crisis_cards.reading.tidy import has_words
from crisis_cards.source import Source

TAB = 4
MIN_WIDTH, MAX_WIDTH = 50, 100  # a text with a longer line was not broken to fit a width, one with none says little
MIN_BROKEN = 3
MIN_CAPITALS = 5  # letters: fewer are as likely a short form
MAX_TITLE = 6  # words
FULL = 0.8  # of the width: how full a line is that a small letter goes on from
CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
RULE = re.compile(r"([-*_=~–—])(?:\s*\1){2,}\s*")
UNDERLINE = re.compile(r"(={3,}|-{3,})\s*")
BULLET = re.compile(r"(?:[-*+•‣◦▪–—]|\d{1,2}\)|[A-Za-z]\))\s+(?=\S)")
NUMBER = re.compile(r"(\d{1,2})\.\s+(?=\S)")


@dataclass(slots=True)
class Page:
    """What has been found so far.

    `open`: the columns and indices of the passages that a deeper line would be under. `announcing`: those that end
    in a colon and are in no list.
    """

    pieces: list[Piece] = field(default_factory=list)
    open: list[tuple[int, int]] = field(default_factory=list)
    announcing: set[int] = field(default_factory=set)
    group: int = 1


def read_plain(source: Source, *, is_side: bool = False) -> Outline:  # noqa: ARG001 - a side is as any text
    """The structure of a plain text."""
    lines = source.text.split("\n")
    signs = _list_signs(lines)
    runs_on = _running_on(lines, signs)
    page = Page()
    index = 0
    while index < len(lines):
        line = lines[index]
        number = index + 1
        index += 1
        text = line.strip()
        if not text:
            page.group += 1
        elif level := _underlined(text, lines[index] if index < len(lines) else ""):
            _add_title(page, Passage(number, number + 1, text), level)
            index += 1
        elif found := HEADING.fullmatch(text):
            _add_title(page, Passage(number, number, _unclosed(found[2])), len(found[1]))
        elif _is_capital(text) and not (lines[index - 2].strip() if index > 1 else ""):
            _add_title(page, Passage(number, number, text[signs.get(number - 1, 0) :]), 2)
        elif RULE.fullmatch(text):
            page.pieces.append(Scrap(number, number, text, "a rule"))
            page.group += 1
        else:
            column = _column(line)
            if number - 1 in signs and any(one == column and piece in page.announcing for one, piece in page.open):
                column += 1  # the items of a list are about the line that announces it
            while page.open and page.open[-1][0] >= column:
                page.open.pop()
            parent = page.open[-1][1] if page.open else None
            page.open.append((column, len(page.pieces)))
            if text.endswith(":") and number - 1 not in signs:
                page.announcing.add(len(page.pieces))
            said = text[signs.get(number - 1, 0) :]
            while index in runs_on:
                said = f"{said}\n{lines[index].strip()}"
                index += 1
            said, literal = _with_math(said)
            is_item = number - 1 in signs
            page.pieces.append(
                Passage(
                    number,
                    index,
                    said,
                    literal=literal,
                    group=page.group,
                    parent=parent,
                    is_item=is_item,
                    is_counted=is_item and text[0].isdigit(),
                )
            )
    return Outline(tuple(page.pieces))


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


def _add_title(page: Page, passage: Passage, level: int) -> None:
    page.pieces.append(Title(passage, level))
    page.open.clear()
    page.group += 1


def _is_capital(text: str) -> bool:
    """Whether a line is a heading in capitals: a few words, and a short form or two are not enough."""
    words = text.split("(", maxsplit=1)[0].split()
    letters = "".join(character for word in words for character in word if character.isalpha())
    return letters.isupper() and len(letters) >= MIN_CAPITALS and len(words) <= MAX_TITLE and text[-1] not in ".,;:!?"


def _unclosed(text: str) -> str:
    """The text of a heading without the signs that may close it."""
    stripped = text.rstrip("#")
    return stripped if not stripped or stripped[-1].isspace() else text


def _underlined(text: str, below: str) -> int:
    """The level of a heading that a line of about its own length underlines; 0 if none does."""
    under = below.strip()
    if not UNDERLINE.fullmatch(under) or not has_words(text) or BULLET.match(text) or HEADING.fullmatch(text):
        return 0
    if abs(len(text) - len(under)) > max(2, len(text) // 4):
        return 0
    return 1 if under[0] == "=" else 2


def _list_signs(lines: list[str]) -> dict[int, int]:
    """How many characters of each line are the sign of a list; "26. " is one only between "25. " and "27. "."""
    signs: dict[int, int] = {}
    numbers: list[tuple[int, int, int]] = []
    for index, line in enumerate(lines):
        text = line.strip()
        below = lines[index + 1] if index + 1 < len(lines) else ""
        if _underlined(text, below) or HEADING.fullmatch(text):
            numbers.append((index, BREAK, 0))
        elif found := BULLET.match(text):
            signs[index] = found.end()
        elif found := NUMBER.match(text):
            signs[index] = found.end()
            numbers.append((index, _column(line), int(found[1])))
    counted = counting(numbers)
    for index, *_ in numbers:
        if index not in counted:
            signs.pop(index, None)
    return signs


def _running_on(lines: list[str], signs: dict[int, int]) -> frozenset[int]:
    """The lines that only go on with the one before, in a text that was broken to fit a width.

    Such a text has no long line, and now and then a line that begins with a small letter where the line before it
    was full.
    """
    width = max((len(line.rstrip()) for line in lines), default=0)
    found = []
    for index, (before, line) in enumerate(pairwise(lines), 1):
        text = line.strip()
        is_free = bool(text) and bool(before.strip()) and index not in signs and not HEADING.fullmatch(text)
        column = _column(before) + signs.get(index - 1, 0)
        if is_free and _column(line) in {column, _column(before)}:
            first = text.split(maxsplit=1)[0]
            is_full = len(before.rstrip()) + 1 + len(first) > width
            goes_on = first[0].islower() and len(before.rstrip()) >= FULL * width
            if is_full or (goes_on and not before.rstrip().endswith((".", "!", "?", ":"))):
                found.append((index, first[0].islower()))
    is_broken = MIN_WIDTH <= width <= MAX_WIDTH and sum(is_small for _, is_small in found) >= MIN_BROKEN
    return frozenset(index for index, _ in found) if is_broken else frozenset()


def _column(line: str) -> int:
    """Where the text of a line begins, a tab going on to the next multiple of four."""
    column = 0
    for character in line:
        if character == "\t":
            column += TAB - column % TAB
        elif character.isspace():
            column += 1
        else:
            break
    return column
