"""The headlines of an Org file as the tools for cards in it see them: what is below each, and its properties."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from crisis_cards.reading.org import lines as org
from crisis_cards.reading.syntaxes.written import Side, Written
from crisis_cards.reading.tags import anki_tag
from crisis_cards.reading.tidy import has_words

Blanker = Callable[[str], str]
"""What puts `{{c1::words}}` for the blanks in a text."""


@dataclass(slots=True)
class Item:
    """A headline: the index of its line, its own text [body, body_end), and where all that is below it ends.

    `body` comes after its dates and its properties. `children`: the headlines right below it.
    """

    index: int
    level: int
    title: str
    tags: tuple[str, ...]
    is_comment: bool
    body: int
    body_end: int
    end: int
    properties: dict[str, str]
    parent: Item | None = None
    children: list[Item] = field(default_factory=list)

    @property
    def anki_tags(self) -> tuple[str, ...]:
        """Its tags without those that speak to a tool."""
        return tuple(anki_tag(tag) for tag in self.tags if tag not in org.TOOL_TAGS)

    @property
    def sign(self) -> str:
        """What stays of its line when its words are a card's."""
        return f"{'*' * self.level} "


@dataclass(frozen=True, slots=True)
class File:
    """A file's lines, its headlines, which lines are no text (code, drawers, dates), and where cards begin.

    `is_code`: which of those are shown all the same. `next_card[i]`: the index of the first line from `i` on that is
    the headline of a card.
    """

    lines: Sequence[str]
    items: list[Item]
    is_inert: list[bool]
    is_code: list[bool]
    next_card: list[int]

    def end(self, item: Item) -> int:
        """Where what is below a headline ends, or a card in it begins."""
        return min(item.end, self.next_card[item.index + 1])

    def sides(self, item: Item) -> list[Item]:
        """The headlines right below one that come before any that is a card of its own."""
        before = self.next_card[item.index + 1]
        return [child for child in item.children if child.index < before]

    def has_text(self, start: int, end: int) -> bool:
        """Whether lines [start, end) have words or code that are for a learner."""
        return any(
            (self.is_code[index] and self.lines[index].strip())
            or (not self.is_inert[index] and has_words(self.lines[index]))
            for index in range(start, end)
        )

    def side(self, start: int, end: int) -> Side:
        """Lines [start, end) as a side, without blank ones around it."""
        while start < end and not self.lines[start].strip():
            start += 1
        return Side(start + 1, "\n".join(self.lines[start : self.last(start, end)]))

    def last(self, start: int, end: int) -> int:
        """The number of the last line of [start, end) that is not blank."""
        while end > start + 1 and not self.lines[end - 1].strip():
            end -= 1
        return end


def file_of(lines: Sequence[str], tags: frozenset[str]) -> File:
    """A file, in which headlines with one of `tags` are cards."""
    closed = org.closings(lines)
    words = org.todo_words(lines)
    is_inert = _inert(lines, closed)
    items: list[Item] = []
    stack: list[Item] = []
    comment = 0  # the level of the headline that is commented out, with all below it
    for index, line in enumerate(lines):
        head = org.headline_of(line, words) if line.startswith("*") else None
        if head is None:
            continue
        if items:
            items[-1].body_end = index
        while stack and stack[-1].level >= head.level:
            stack.pop().end = index
        comment = 0 if head.level <= comment else comment
        is_comment = head.is_comment or bool(comment)
        comment = comment or (head.level if head.is_comment else 0)
        body, properties = _below(lines, index + 1, closed)
        total = len(lines)
        parent = stack[-1] if stack else None
        item = Item(index, head.level, head.title, head.tags, is_comment, body, total, total, properties, parent)
        if parent is not None:
            parent.children.append(item)
        stack.append(item)
        items.append(item)
    begins = {item.index for item in items if not tags.isdisjoint(item.tags) and not item.is_comment}
    next_card = [len(lines)] * (len(lines) + 2)
    for index in range(len(lines) - 1, -1, -1):
        next_card[index] = index if index in begins else next_card[index + 1]
    return File(lines, items, is_inert, _code(lines, closed), next_card)


def cards_of(file: File, tags: frozenset[str]) -> list[Item]:
    """The headlines that are cards."""
    return [item for item in file.items if file.next_card[item.index] == item.index and not tags.isdisjoint(item.tags)]


def headed(file: File, item: Item, answer: Side, lines: tuple[int, int], *, both_ways: bool = False) -> Written:
    """A card that asks by its headline; that stays a heading, too, if there is more below it than `lines`."""
    start, end = lines
    prompt, last = Side(item.index + 1, item.title), file.last(start, end)
    if end < item.end:
        return Written(start + 1, last, prompt, answer, both_ways)
    return Written(item.index + 1, last, prompt, answer, both_ways, item.anki_tags, item.sign)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines [start, end) that are a paragraph, an item or a row. `sign`: that of the item; `text`: without it."""

    start: int
    end: int
    text: str
    sign: str = ""


def blanked(file: File, item: Item, holes: re.Pattern[str], blank: Blanker) -> Iterator[Written]:
    """The paragraphs, items and rows of a headline's own text that have holes, each as a text with blanks.

    A list of which an item is nothing but a hole is one text with what is above it, for nothing else would ask.
    """
    run: list[Chunk] = []
    for chunk in [*_chunks(file, item), None]:
        if chunk is not None and run and chunk.sign and chunk.start <= run[-1].end + 1:
            run.append(chunk)
            continue
        is_list = any(each.sign and not has_words(holes.sub("", each.text)) for each in run)
        for each in [_listed(run)] if is_list else run:
            if any(found["words"] is not None for found in holes.finditer(each.text)):
                yield Written(each.start + 1, each.end, Side(each.start + 1, blank(each.text)), sign=each.sign)
        run = [chunk] if chunk is not None else []


def _listed(run: Sequence[Chunk]) -> Chunk:
    """A list, and the paragraph above it, as one text."""
    text = run[0].text
    for before, chunk in pairwise(run):
        comma = ";" if before.sign and not before.text.endswith((".", ",", ";", ":", "!", "?")) else ""
        feeds = "\n" * (chunk.start - before.end + 1)
        text = f"{text}{comma}{feeds}{chunk.text}"
    return Chunk(run[0].start, run[-1].end, text)


def _chunks(file: File, item: Item) -> Iterator[Chunk]:
    index = item.body
    while index < item.body_end:
        line = file.lines[index]
        if file.is_inert[index] or not line.strip():
            index += 1
            continue
        end = _end_of_text(file, index, item.body_end)
        sign = org.ITEM.match(line)
        text = "\n".join([line[sign.end() if sign else 0 :], *file.lines[index + 1 : end]])
        if org.ROW.match(line):
            text = text.strip().strip("|").strip()
        yield Chunk(index, end, text.rstrip(), line[: sign.end("sign")] + " " if sign else "")
        index = end


def _end_of_text(file: File, start: int, end: int) -> int:
    """Where a paragraph, an item or a row ends that begins at `start`."""
    at = start + 1
    if org.ROW.match(file.lines[start]):
        return at
    while at < end and file.lines[at].strip() and not file.is_inert[at]:
        if org.ITEM.match(file.lines[at]) or org.ROW.match(file.lines[at]):
            break
        at += 1
    return at


def _below(lines: Sequence[str], at: int, closed: dict[int, int]) -> tuple[int, dict[str, str]]:
    """Where the text below a headline begins, and the headline's properties."""
    properties: dict[str, str] = {}
    while at < len(lines):
        if not lines[at].strip() or org.PLANNING.match(lines[at]):
            at += 1
            continue
        drawer = org.DRAWER.match(lines[at])
        if drawer is None or (at not in closed and drawer["name"].upper() not in org.DRAWERS):
            break
        last = org.end_of_drawer(lines, at, closed)
        if drawer["name"].upper() == "PROPERTIES":
            found = (org.PROPERTY.match(line) for line in lines[at + 1 : last + 1])
            properties |= {each["name"].upper(): (each["value"] or "").strip() for each in found if each}
        at = last + 1
    return at, properties


def _code(lines: Sequence[str], closed: dict[int, int]) -> list[bool]:
    """Which lines are code, an example or a formula, without the lines that begin and end a block."""
    found = [False] * len(lines)
    reached = 0
    for start, end in sorted(closed.items()):
        if start < reached:  # several that begin may end in one line
            continue
        block = org.BLOCK.match(lines[start])
        if block is not None and (block["name"] or "").lower() in ("src", "example"):
            found[start + 1 : end] = [True] * (end - start - 1)
            reached = end
        elif org.ENVIRONMENT.match(lines[start]):
            found[start : end + 1] = [True] * (end + 1 - start)
            reached = end + 1
    return found


def _inert(lines: Sequence[str], closed: dict[int, int]) -> list[bool]:
    """Which lines are no text: of blocks and drawers all, dates, comments, settings."""
    found = [False] * len(lines)
    at = 0
    while at < len(lines):
        block = org.BLOCK.match(lines[at])
        is_read = block is not None and (block["name"] or "").lower() in ("quote", "center", "verse")
        if at in closed and not is_read:
            end = closed[at] + 1
            found[at:end] = [True] * (end - at)
            at = end
            continue
        line = lines[at]
        found[at] = any(
            sign.match(line)
            for sign in (org.KEYWORD, org.COMMENT, org.FIXED, org.PLANNING, org.BLOCK, org.DRAWER, org.LINE)
        )
        at += 1
    return found
