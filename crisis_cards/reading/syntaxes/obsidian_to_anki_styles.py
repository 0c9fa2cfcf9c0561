"""Obsidian_to_Anki: the ways to write cards that its users choose from its documentation.

Which of them the author of a file chose is seen from the ids that the plugin wrote below the cards; only `Q:` with
`A:`, `#flashcard` and blanks with numbers, `==c1::words==`, say themselves what they are. An answer ends at a blank
line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from crisis_cards.reading.pieces import Range
from crisis_cards.reading.syntaxes.clozes import cloze, has_blanks, matches, replaced, unmarked
from crisis_cards.reading.syntaxes.colons import one_line
from crisis_cards.reading.syntaxes.margins import (
    HEADING,
    block_of,
    front_of,
    is_structure,
    run_of,
    tags_after,
    without_tags,
)
from crisis_cards.reading.syntaxes.written import Side, Written
from crisis_cards.reading.tags import anki_tag, unique

ID = re.compile(r"[ \t]*(?:<!--[ \t]*ID: \d+[ \t]*-->|ID: \d{10,})[ \t]*$")
ID_AFTER = re.compile(r"(?<=[ \t])(?:<!--[ \t]*ID: \d+[ \t]*-->|ID: \d{10,}[ \t]*$)")
TAGS = re.compile(r"Tags:[ \t]")
QUESTION = re.compile(r"Q:[ \t]")
ANSWER = re.compile(r"A:(?:[ \t]|$)")
RULED = re.compile(r"-{3,}[ \t]*")
CELL = re.compile(r"[ \t]*\|([^|]+)\|[ \t]*")
DASHES = re.compile(r"[ \t]*\|[ \t]*:?-+:?[ \t]*\|[ \t]*")
CURLY = re.compile(r"(?<![{\\])\{(?:c?(\d{1,3})[:|])?((?:[^{}\n]|\n(?!\n)){1,1000})\}(?!\})")
MARKED = re.compile(r"==(?!=)(?:c?(\d{1,3})(?:::?|\|))?([^\n]{1,1000}?)(?<!=)==(?!=)")


SAID = re.compile(r"==c\d{1,3}(?:::?|\|)[^\n=]{1,1000}==|(?<![{\\])\{c\d{1,3}(?::(?!:)|\|)[^{}\n]{1,1000}\}(?!\})")
"""A blank with its number, as nothing else writes it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that is read: its lines, the same without the plugin's own words, and which of them are code."""

    lines: Sequence[str]
    plain: Sequence[str]
    code: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Unit:
    """Lines [start, end) without a blank one, and those below them where nothing but blank lines is between."""

    start: int
    end: int
    below: Range | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """A way to write cards: what finds the cards of a unit, and whether it needs no id to be known by."""

    cards: Callable[[Sheet, Unit], list[Written]]
    is_telling: bool = False


def is_sign(tag: str) -> bool:
    """Whether a tag only says that something is a card."""
    return tag.lower() == "flashcard"


def is_blanked(lines: Sequence[str], code: Sequence[bool]) -> bool:
    """Whether a line has a blank that says itself what it is."""
    return any(
        not code[at] and ("==c" in line or "{c" in line) and matches(line, SAID) for at, line in enumerate(lines)
    )


def is_asked(lines: Sequence[str], code: Sequence[bool]) -> bool:
    """Whether a question ends with `#flashcard` above its answer."""
    if not any("#flashcard" in line.lower() for line in lines):
        return False
    sheet = Sheet(lines, _plain(lines, code), code)
    return any(_flashcards(sheet, unit) for unit in _units(sheet, [False] * len(lines)))


def styled(lines: Sequence[str], taken: Sequence[bool], ids: set[int], code: Sequence[bool]) -> list[Written]:
    """The cards of the lines that are not taken, in the styles that ids show to be meant."""
    sheet = Sheet(lines, _plain(lines, code), code)
    units = list(_units(sheet, taken))
    explained: set[int] = set()
    known = [style for style in STYLES if style.is_telling or (style is BLANKS and is_blanked(lines, code))]
    for style, made in _read(sheet, units, [style for style in STYLES if style is not HEADINGS]):
        shown = {card.last for card in made if _has_id(sheet, card, ids)}
        explained |= shown
        if shown and style not in known:
            known.append(style)
    # A heading asks for the text below it only where nothing else tells why that has an id.
    headed = [card for _, made in _read(sheet, units, [HEADINGS]) for card in made if _has_id(sheet, card, ids)]
    levels = [_level(lines[card.first - 1]) for card in headed if card.last not in explained]
    if levels:
        known.append(HEADINGS)
    return [
        card
        for style, made in _read(sheet, units, [style for style in STYLES if style in known])
        for card in made
        if style is not HEADINGS or _level(lines[card.first - 1]) >= min(levels)
    ]


def _has_id(sheet: Sheet, card: Written, ids: set[int]) -> bool:
    return card.last in ids or bool(ID_AFTER.search(sheet.lines[card.last - 1]))


def with_clozes(text: str) -> str:
    """A text with blanks in single braces, or without any in highlights, as Anki's; those without a number count on."""
    count = iter(range(1, len(text) + 1))

    def cloze_of(found: re.Match[str]) -> str:
        return cloze(found[1] or next(count), found[2])

    made = replaced(text, CURLY, cloze_of)
    return unmarked(made) if has_blanks(unmarked(made)) else replaced(made, MARKED, cloze_of)


def _plain(lines: Sequence[str], code: Sequence[bool]) -> list[str]:
    return [line if code[at] else without_tags(without_id(line), is_sign) for at, line in enumerate(lines)]


def without_id(line: str) -> str:
    """A line without the id at its end."""
    return ID_AFTER.sub("", line).rstrip() if "ID: " in line else line


def _units(sheet: Sheet, taken: Sequence[bool]) -> Iterator[Unit]:
    """The runs of lines that are nobody's yet."""
    runs: list[Range] = []
    at = 0
    while at < len(sheet.lines):
        end = at
        while end < len(sheet.lines) and not taken[end] and (sheet.code[end] or sheet.lines[end].strip()):
            end += 1
        if end > at:
            runs.append((at, end))
        at = max(end, at + 1)
    for index, (start, end) in enumerate(runs):
        below = runs[index + 1] if index + 1 < len(runs) else None
        if below and any(taken[end : below[0]]):
            below = None
        yield Unit(start, end, below)


def _read(sheet: Sheet, units: Sequence[Unit], styles: Sequence[Style]) -> Iterator[tuple[Style, list[Written]]]:
    """The cards of each unit in the first of the styles that makes any; one below may be part of it."""
    reached = 0
    for unit in units:
        if unit.start < reached or sheet.code[unit.start]:
            continue
        for style in styles:
            if made := style.cards(sheet, unit):
                reached = made[-1].last
                yield style, made
                break


def _level(line: str) -> int:
    return len(line.lstrip(" >").split(maxsplit=1)[0]) if line.strip() else 0


def _first(sheet: Sheet, unit: Unit, last: int) -> int:
    """Where the text begins that ends before the line `last`: below the last heading, or with it."""
    heads = [at for at in range(unit.start, last) if not sheet.code[at] and is_structure(sheet.lines[at])]
    return min(heads[-1] + 1, last - 1) if heads else unit.start


def _tagged(sheet: Sheet, start: int, end: int) -> tuple[int, tuple[str, ...]]:
    """Where lines end without the line of tags that may end them, and these."""
    last = sheet.lines[end - 1]
    if end - start > 1 and TAGS.match(last) and not sheet.code[end - 1]:
        return end - 1, unique(anki_tag(tag) for tag in last.partition(":")[2].split())
    return end, ()


def _pair(sheet: Sheet, question: Range, answer: Range, cut: int = 0) -> list[Written]:
    """The card of a question and an answer on some lines, each without the `cut` first characters."""
    end, tags = _tagged(sheet, *answer)
    asked = [sheet.plain[question[0]][cut:], *sheet.plain[question[0] + 1 : question[1]]]
    said = [sheet.plain[answer[0]][cut:], *sheet.plain[answer[0] + 1 : end]]
    sign, prompt = front_of(asked, 0, len(asked))
    back = block_of(said, 0, len(said))
    if not prompt.text.strip() or not back.text.strip():
        return []
    sides = Side(question[0] + 1, unmarked(prompt.text)), Side(answer[0] + 1, unmarked(back.text))
    return [Written(question[0] + 1, answer[1], *sides, tags=tags, sign=sign)]


def _questions(sheet: Sheet, unit: Unit) -> list[Written]:
    """`Q:` with `A:` below it, several of them in a unit."""
    made: list[Written] = []
    spans = [unit]
    if unit.below and not any(map(ANSWER.match, sheet.lines[unit.start : unit.end])):
        spans.append(Unit(*unit.below))
    lines = [at for span in spans for at in range(span.start, span.end)]
    begins = [at for at in lines if QUESTION.match(sheet.lines[at]) and not sheet.code[at]]
    if spans[1:] and (len(begins) != 1 or not ANSWER.match(sheet.lines[spans[1].start])):
        return []
    for index, start in enumerate(begins):
        end = begins[index + 1] if index + 1 < len(begins) else spans[-1].end
        answer = next((at for at in range(start, end) if ANSWER.match(sheet.lines[at]) and not sheet.code[at]), None)
        if answer is not None:
            made += _pair(sheet, (start, min(answer, unit.end)), (answer, end), len("Q:"))
    return made


def _flashcards(sheet: Sheet, unit: Unit) -> list[Written]:
    """A question that ends with `#flashcard`, and what is below it."""
    for at in range(unit.start, unit.end):
        if sheet.code[at] or "#" not in sheet.lines[at] or not any(map(is_sign, tags_after(sheet.lines[at]))):
            continue
        answer = (at + 1, unit.end) if at + 1 < unit.end else unit.below
        if not sheet.plain[at].strip(" \t#") or answer is None or HEADING.match(sheet.lines[answer[0]]):
            return []
        return _pair(sheet, (_first(sheet, unit, at + 1), at + 1), answer)
    return []


def _headings(sheet: Sheet, unit: Unit) -> list[Written]:
    """A heading, and the paragraph below it."""
    heads = [at for at in range(unit.start, unit.end) if _is_heading(sheet, at)]
    made: list[Written] = []
    for head, after in pairwise([*heads, unit.end]):
        answer = (head + 1, after) if head + 1 < after else unit.below if after == unit.end else None
        if answer and not _is_heading(sheet, answer[0]):
            made += _pair(sheet, (head, head + 1), answer)
    return made


def _is_heading(sheet: Sheet, at: int) -> bool:
    return not sheet.code[at] and bool(HEADING.match(sheet.lines[at]))


def _ruled(sheet: Sheet, unit: Unit) -> list[Written]:
    """A question and an answer with a rule between them."""
    for at in range(unit.start + 1, unit.end - 1):
        if RULED.fullmatch(sheet.lines[at]) and not sheet.code[at]:
            return _pair(sheet, (_first(sheet, unit, at), at), (at + 1, unit.end))
    return []


def _tables(sheet: Sheet, unit: Unit) -> list[Written]:
    """A table of one column and one row."""
    if unit.end - unit.start < len("|-|"):
        return []
    head, dashes, row = sheet.plain[unit.start : unit.start + 3]
    cells = CELL.fullmatch(head), CELL.fullmatch(row)
    if not cells[0] or not cells[1] or not DASHES.fullmatch(dashes):
        return []
    first = unit.start + 1
    return [Written(first, first + 2, Side(first, cells[0][1].strip()), Side(first + 2, cells[1][1].strip()))]


def _colons(sheet: Sheet, unit: Unit) -> list[Written]:
    """Lines with `::`."""
    free = (at for at in range(unit.start, unit.end) if not sheet.code[at])
    return [card for at in free if (card := one_line(sheet.plain[at], at + 1)) and not card.both_ways]


def _blanks(sheet: Sheet, unit: Unit) -> list[Written]:
    """A paragraph with blanks."""
    start = _first(sheet, unit, unit.end)
    end, tags = _tagged(sheet, start, unit.end)
    if any(sheet.code[start:end]) or is_structure(sheet.lines[start]):
        return []
    sign, side = run_of(sheet.plain, start, end)
    text = with_clozes(side.text)
    if not has_blanks(text):
        return []
    return [Written(start + 1, unit.end, replace(side, text=text), tags=tags, sign=sign)]


HEADINGS = Style(_headings)
BLANKS = Style(_blanks)
STYLES = (
    Style(_questions, is_telling=True),
    Style(_flashcards, is_telling=True),
    HEADINGS,
    Style(_ruled),
    Style(_tables),
    Style(_colons),
    BLANKS,
)
"""In the order in which a unit is tried."""
