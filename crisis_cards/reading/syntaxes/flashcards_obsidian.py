"""flashcards-obsidian: `#card` after a question with the answer below it, `Q::A`, `Q:::A`, `==blanks==` and `{blanks}`.

An answer ends at a blank line; blank lines before it do not count. The ids of the cards, `^1607361487244`, follow them.
See the documentation and the parser of reuseman/flashcards-obsidian.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import yaml

from crisis_cards.reading.markdown.front_matter import front_matter
from crisis_cards.reading.syntaxes.clozes import HIGHLIGHT, cloze, has_blanks, replaced, unmarked
from crisis_cards.reading.syntaxes.colons import one_line
from crisis_cards.reading.syntaxes.fences import in_fences_or_math
from crisis_cards.reading.syntaxes.margins import (
    HEADING,
    block_of,
    front_of,
    is_structure,
    run_of,
    tags_after,
    without_tags,
)
from crisis_cards.reading.syntaxes.written import Side, Spent, Syntax, Told, Written

TAGS = ("card", "card-reverse", "card::reverse", "card-spaced", "card::spaced")
SPACED = TAGS[3:]
REVERSED = TAGS[1:3]
ID = re.compile(r"[ \t]*\^\d{13}[ \t]*")
ID_AFTER = re.compile(r"(?<=[ \t])\^\d{13}[ \t]*$")
CURLY = re.compile(r"(?<![{\\])\{(?:(\d):)?([^{}\n]{1,1000})\}(?!\})")
DECK = re.compile(r"cards-deck[ \t]*:")


@dataclass(slots=True)
class Sheet:
    """A file that is read: its lines, the same without the plugin's own words, and which of them are no text."""

    lines: Sequence[str]
    plain: list[str]
    hidden: list[bool]


def is_written(lines: Sequence[str]) -> bool:
    """Whether there is the deck of cards, the id of one, or a question that `#card` ends above its answer."""
    front = front_matter("", list(lines))
    if any(DECK.match(line) for line in lines[: front.length]):
        return True
    sheet = _sheet(lines)
    for at, line in enumerate(lines):
        if sheet.hidden[at]:
            continue
        if "^" in line and at and lines[at - 1].strip() and ID.fullmatch(line):
            return True
        if "#" in line and (kind := _kind(line)) and (kind in SPACED or _answer(sheet, at) is not None):
            return True
    return False


def cards(lines: Sequence[str]) -> Iterator[Written | Spent]:
    """The cards of a file, and the lines that only the plugin reads."""
    sheet = _sheet(lines)
    at = first = front_matter("", list(lines)).length
    while at < len(lines):
        line = lines[at]
        if sheet.hidden[at]:
            at += 1
            continue
        if not line.strip():
            first = at = at + 1
        elif ID.fullmatch(line):
            yield Spent(at + 1, at + 1, "an id")
            first = at = at + 1
        elif card := _tagged(sheet, first, at):
            # Cards of one line that stand above the question, without a blank line between, are cards of their own.
            yield card
            first = at = card.last
        elif card := one_line(sheet.plain[at], at + 1) or _blanked(sheet, at):
            yield card
            first = at = at + 1
        else:
            at += 1


def told(lines: Sequence[str]) -> Told:
    """The deck that the front matter names."""
    front = front_matter("", list(lines))
    if not front.length or front.diagnostics:
        return Told()
    try:
        table = yaml.load("\n".join(lines[1 : front.length - 1]), Loader=yaml.BaseLoader)  # noqa: S506 - makes text
    except (yaml.YAMLError, RecursionError, ValueError):
        return Told()
    name = table.get("cards-deck") if isinstance(table, dict) else None
    return Told(" ".join(name.split())) if isinstance(name, str) else Told()


def is_sign(tag: str) -> bool:
    """Whether a tag is the plugin's own."""
    return tag.lower() in TAGS


def _sheet(lines: Sequence[str]) -> Sheet:
    hidden = in_fences_or_math(lines)
    return Sheet(lines, [line if hidden[at] else _plain(line) for at, line in enumerate(lines)], hidden)


def _plain(line: str) -> str:
    """A line without the plugin's tags and ids."""
    return without_tags(ID_AFTER.sub("", line).rstrip() if "^" in line else line, is_sign)


def _kind(line: str) -> str:
    """The plugin's tag that ends a line; empty without one."""
    return next((tag.lower() for tag in tags_after(line) if is_sign(tag)), "")


def _answer(sheet: Sheet, at: int) -> tuple[int, int] | None:
    """The lines [start, end) of the answer below the question that ends on a line; none if other things begin there."""
    lines, start = sheet.lines, at + 1
    while start < len(lines) and not lines[start].strip():
        start += 1
    end = start
    while end < len(lines) and (sheet.hidden[end] or lines[end].strip()):
        if not sheet.hidden[end] and (ID.fullmatch(lines[end]) or _kind(lines[end]) or HEADING.match(lines[end])):
            break
        end += 1
    return (start, end) if start < end else None


def _tagged(sheet: Sheet, first: int, at: int) -> Written | None:
    """The card whose question ends with the plugin's tag on a line; it began on the line `first` at the earliest."""
    kind = _kind(sheet.lines[at])
    if not kind or kind in SPACED or (found := _answer(sheet, at)) is None:
        return None
    is_alone = not sheet.plain[at].strip(" \t#")
    last = at if is_alone else at + 1
    heads = [index for index in range(first, last) if is_structure(sheet.lines[index]) and not sheet.hidden[index]]
    if heads:
        first = min(heads[-1] + 1, last - 1)
    if first >= last:
        return None
    start, end = found
    sign, prompt = front_of(sheet.plain, first, last)
    answer = block_of(sheet.plain, start, end)
    tags = tuple(tag for tag in tags_after(sheet.lines[at]) if not is_sign(tag)) if is_alone else ()
    sides = (replace(prompt, text=unmarked(prompt.text)), replace(answer, text=unmarked(answer.text)))
    return Written(first + 1, end, *sides, kind in REVERSED, tags, sign)


def _blanked(sheet: Sheet, at: int) -> Written | None:
    """The card of a line with blanks; those without a number are one, as in the plugin."""
    line = sheet.plain[at]
    if ("==" not in line and "{" not in line) or is_structure(line):
        return None
    sign, side = run_of(sheet.plain, at, at + 1)
    text = replaced(side.text, CURLY, lambda found: cloze(found[1] or 1, found[2]))
    text = replaced(text, HIGHLIGHT, lambda found: cloze(1, found[1]))
    return Written(at + 1, at + 1, Side(at + 1, text), sign=sign) if has_blanks(text) else None


FLASHCARDS_OBSIDIAN = Syntax(
    "flashcards-obsidian", "flashcards-obsidian", (".md", ".markdown"), is_written, cards, told, is_sign
)
