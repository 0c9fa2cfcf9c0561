"""From the lines of a PDF to paragraphs, lists and headings.

A PDF has no such things; they are read off from where the lines stand, how large they are, and whether a line was
broken because the next word would not have fitted. What stands at the same edge of many pages, and the numbers of
pages, are told apart and kept as comments.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from statistics import median

from crisis_cards.source.conversion.pages import BROKEN, CELL, UNKNOWN, Line, Page
from crisis_cards.source.conversion.trees import (
    Node,
    bullets,
    comment,
    counted,
    heading,
    inlines,
    paragraph,
    place,
    table,
)

# How much of a page's height is its upper or its lower edge, and on how many pages what stands there is no text: if it
# is the same but for the number of the page, or in a document of few pages the same; or else alike.
EDGE, MIN_SAME, MIN_ALIKE = 0.12, 2, 3

# By how much letters of a heading are higher than those of the text, and letters of one size differ.
HEADING, SAME = 1.12, 0.06
MAX_HEADING = 200

# Between two lines of a paragraph, as a share of what is usual; and to the left of one, in heights of its letters.
LEADING, INDENT = 1.3, 0.7

# How wide a letter is, in sizes of the letters.
WIDTH = 0.55

NUMBER = re.compile(
    r"(?:(?:page|seite|página|pagina|p\.)\s*)?[-–—|]?\s*(?:[0-9]{1,4}|[ivxl]{1,7})\s*[-–—|]?"
    r"(?:\s*(?:/|of|von|de|di|sur)\s*[0-9]{1,4})?",
    re.IGNORECASE,
)
SIGN = re.compile(r"(?P<sign>[•◦▪▸►‣·∙●○■□➢✓\uf0a7\uf0b7\uf076\uf0d8\uf0fc*–—-])\s+(?=\S)")
COUNT = re.compile(r"(?P<count>[0-9]{1,3})[.)]\s+(?=\S)")
INNER = re.compile(r"o\s+(?=[A-Z0-9])")  # Word's sign for the second level
ENDED = re.compile(r"[.!?:;…][”’\"')\]]*$")
# How many lines before and after one show how wide running text is.
NEIGHBOURS = 4

DIGITS = re.compile(r"[0-9]+")
COUNTING = re.compile(r"^[0-9]{1,4}(?=\s)|(?<=\s)[0-9]{1,4}$")
WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(slots=True)
class Run:
    """Lines that belong together. `sign`: how many characters of the first are the sign of a list, and its count."""

    lines: list[Line]
    sign: int = 0
    count: int = 0

    @property
    def text(self) -> str:
        """The first line without its sign."""
        return self.lines[0].text[self.sign :]


def laid_out(pages: Sequence[Page]) -> Iterator[Node]:
    """The blocks of all pages, with their places."""
    edges = _furniture(pages)
    lines = [line for page in pages for line in page.lines if line not in edges and UNKNOWN not in line.text]
    body = _usual_size(lines)
    runs = list(_runs(lines))
    levels = _levels(runs, body)
    known = Counter(word for line in lines for word in WORDS.findall(line.text.lower()))
    begun = 0
    waiting: list[Run] = []
    for run in [*runs, None]:
        page = run.lines[0].page if run is not None else len(pages)
        if waiting and (run is None or not run.sign or page != waiting[-1].lines[0].page):
            yield from _lists(waiting, known)
            waiting = []
        for number in range(begun + 1, page + 1):
            yield place(f"page {number}")
            aside = [line.text for line in pages[number - 1].lines if line in edges or UNKNOWN in line.text]
            if aside:
                yield comment(" · ".join(aside))
        begun = max(begun, page)
        if run is None:
            return
        if run.sign:
            waiting.append(run)
        else:
            yield _table(run) if run.lines[0].cells else _block(run, levels, known)


def _furniture(pages: Sequence[Page]) -> frozenset[Line]:
    """The numbers of pages, and what stands at the edge of several in the same place."""
    found: dict[tuple[str, int, int], list[Line]] = {}
    numbers: set[Line] = set()
    same = min(max(MIN_SAME, len(pages) // 2), MIN_ALIKE)
    for page in pages:
        edge = [line for line in page.lines if not EDGE < line.bottom / (page.height or 1) < 1 - EDGE]
        for line in edge:
            text = line.text.casefold()
            found.setdefault((text, round(line.bottom), same), []).append(line)
            alike = DIGITS.sub("#", text), round(50 * line.bottom / (page.height or 1)), MIN_ALIKE
            found.setdefault(alike, []).append(line)
            if number := COUNTING.search(text):  # of the page, with the title of a chapter beside it
                text = f"{text[: number.start()]}#{int(number[0]) - line.page}{text[number.end() :]}"
                found.setdefault((text, 0, MIN_SAME), []).append(line)
            if NUMBER.fullmatch(line.text):
                numbers.add(line)
    usual = _usual_size([line for page in pages for line in page.lines])
    small = {key: [line for line in lines if line.size < HEADING * usual] for key, lines in found.items()}
    many = (lines for (_, _, least), lines in small.items() if len({line.page for line in lines}) >= least)
    return frozenset(chain(numbers, *many))


def _usual_size(lines: Iterable[Line]) -> float:
    """The size of most letters."""
    sizes = list(chain.from_iterable([line.size] * (len(line.text) // 10 + 1) for line in lines))
    return median(sizes) if sizes else 0


def _runs(lines: Sequence[Line]) -> Iterator[Run]:
    """The lines, joined to paragraphs, headings and items."""
    lines = _with_rows(lines)
    rights = _rights(lines)
    leading = _leading(lines)
    run: Run | None = None
    for line in lines:
        if run is not None and _goes_on(run, line, rights, leading):
            run.lines.append(line)
            continue
        if run is not None:
            yield run
        sign, count = _sign(line, run)
        run = Run([line], sign, count)
    if run is not None:
        yield run


def _with_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines; gaps in them part cells only if those of the line before or after begin where theirs do."""
    found: list[Line] = []
    for index, line in enumerate(lines):
        beside = [each for each in lines[max(index - 1, 0) : index + 2] if each is not line]
        around = lines[max(index - NEIGHBOURS, 0) : index + NEIGHBOURS + 1]
        is_row = any(_is_row_with(line, each) for each in beside) and not any(
            _is_as_wide(line, each) for each in around
        )
        if is_row or not line.cells:
            found.append(line)
        else:
            found.append(replace(line, text=line.text.replace(CELL, " "), cells=()))
    return found


def _is_as_wide(line: Line, other: Line) -> bool:
    """Whether a line's gaps come from stretching it to the width of running text."""
    return not other.cells and abs(line.left - other.left) < 1 and abs(line.right - other.right) < 1


def _is_row_with(line: Line, other: Line) -> bool:
    return (
        line.page == other.page
        and len(line.cells) == len(other.cells)
        and all(abs(here - there) < line.size for here, there in zip(line.cells, other.cells, strict=True))
    )


def _rights(lines: Sequence[Line]) -> dict[tuple[int, int, int], float]:
    """How far the lines of one size reach on each page that begin at about the same distance from the left."""
    found: dict[tuple[int, int, int], float] = {}
    for line in lines:
        for near in _near(line) if not line.cells else ():
            found[near] = max(found.get(near, 0), line.right)
    return found


def _near(line: Line) -> Iterable[tuple[int, int, int]]:
    column = round(line.left / 40)
    return ((line.page, round(line.size), each) for each in (column - 1, column, column + 1))


def _leading(lines: Sequence[Line]) -> float:
    """How far lines of one paragraph are from each other, in sizes of their letters: less than most lines are."""
    gaps = [
        (above.bottom - line.top) / line.size
        for above, line in pairwise(lines)
        if above.page == line.page and line.size and 0.5 < (above.bottom - line.top) / line.size < 3  # noqa: PLR2004 - from touching lines to two blank ones
    ]
    return sorted(gaps)[len(gaps) // 5] if gaps else 1.0


def _sign(line: Line, before: Run | None) -> tuple[int, int]:
    """How many characters of a line are the sign of a list, and its number; numbers go on or begin with 1."""
    if found := SIGN.match(line.text):
        return found.end(), 0
    if found := COUNT.match(line.text):
        count = int(found["count"])
        if count == 1 or (before is not None and before.count == count - 1):
            return found.end(), count
    if before is not None and before.sign and not before.count and (found := INNER.match(line.text)):
        return found.end(), 0
    return 0, 0


def _goes_on(run: Run, line: Line, rights: dict[tuple[int, int, int], float], leading: float) -> bool:
    """Whether a line belongs to the run before it."""
    last = run.lines[-1]
    if line.cells or last.cells:
        return bool(line.cells) and _is_row_with(line, last)
    if abs(line.size - last.size) > SAME * last.size or _sign(line, run)[0]:
        return False
    if last.text.endswith(BROKEN):
        return True
    starts_small = line.text[0].islower()
    room = max((rights.get(near, 0) for near in _near(last)), default=0) - last.right
    needed = (len(line.text.split(" ", 1)[0]) + 1) * WIDTH * line.size
    fall = last.bottom - line.top
    if line.page != last.page or fall < -line.size:  # the next page, or the next column
        is_alike = line.page <= last.page + 1 and line.is_bold == last.is_bold and (starts_small or needed > room)
        return is_alike and not ENDED.search(last.text)
    if fall < 0.3 * line.size:  # beside it, on the same line
        return False
    if fall > LEADING * leading * line.size:
        return False
    shift = (line.left - last.left) / line.size if line.size else 0
    if run.sign:
        if shift < -INDENT:
            return starts_small
    elif shift > INDENT or (shift < -INDENT and len(run.lines) > 1):
        return starts_small
    if line.is_bold != last.is_bold and ENDED.search(last.text):
        return False
    return starts_small or needed > room


def _levels(runs: Iterable[Run], body: float) -> dict[int, int]:
    """The level of the headings of each size, the largest first; sizes are in half points."""
    sizes = {round(2 * run.lines[0].size) for run in runs if _is_heading(run, body)}
    return {size: min(level, 6) for level, size in enumerate(sorted(sizes, reverse=True), 1)}


def _is_heading(run: Run, body: float) -> bool:
    length = sum(len(line.text) for line in run.lines)
    return not run.sign and run.lines[0].size >= HEADING * body and length <= MAX_HEADING


def _block(run: Run, levels: dict[int, int], known: Counter[str]) -> Node:
    words = inlines(_text(run, known))
    level = levels.get(round(2 * run.lines[0].size))
    if level is not None and sum(len(line.text) for line in run.lines) <= MAX_HEADING:
        return heading(level, words)
    is_bold = len(run.lines) == 1 and run.lines[0].is_bold
    return paragraph([{"t": "Strong", "c": words}] if is_bold and words else words)


def _table(run: Run) -> Node:
    """A table, of which each line is a row."""
    return table([[inlines(cell) for cell in line.text.split(CELL)] for line in run.lines])


def _lists(runs: Sequence[Run], known: Counter[str]) -> Iterator[Node]:
    """Items as lists; one that begins further to the right than the one before is below it."""
    at = 0
    while at < len(runs):
        head = runs[at]
        items: list[list[Node]] = []
        while at < len(runs) and bool(runs[at].count) == bool(head.count):
            end = at + 1
            while end < len(runs) and _is_deeper(runs[end], runs[at]):
                end += 1
            inner = _lists(runs[at + 1 : end], known)
            items.append([{"t": "Plain", "c": inlines(_text(runs[at], known))}, *inner])
            at = end
        yield counted(items, head.count) if head.count else bullets(items)


def _is_deeper(run: Run, above: Run) -> bool:
    return run.lines[0].left - above.lines[0].left > INDENT * above.lines[0].size


def _text(run: Run, known: Counter[str]) -> str:
    """The text of a run, with the words whole again that were broken at the end of a line."""
    text = run.text
    for line in run.lines[1:]:
        if not text.endswith(BROKEN):
            text = f"{text} {line.text}"
            continue
        text = text.removesuffix(BROKEN)
        head, rest = WORDS.findall(text[-60:].lower()), WORDS.match(line.text.lower())
        is_one = head and rest and line.text[0].islower() and not _has_hyphen(head[-1], rest[0], known)
        text = f"{text}{line.text}" if is_one else f"{text}-{line.text}"
    return text.removesuffix(BROKEN) + "-" * text.endswith(BROKEN)


def _has_hyphen(head: str, rest: str, known: Counter[str]) -> bool:
    """Whether a word that was broken has a hyphen of its own: as elsewhere, and if that tells nothing, it has none."""
    return known[f"{head}-{rest}"] > known[f"{head}{rest}"]
