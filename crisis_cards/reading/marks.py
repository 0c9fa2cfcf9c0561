"""The author's blanks in a text: `==words==` and `{{c1::words::hint}}`.

`==` opens before a character that is no space and after one that is no letter or digit, and closes the other
way round, so that `a == b`, `x==y` and `====` mark nothing. A cloze is never guessed at: one that is not
whole is a fault that the author is told of.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crisis_cards.model import Mark, MarkKind
from crisis_cards.reading.pieces import Range

MAX_NUMBER = 499
"""Anki gives a note at most this many cloze cards."""

CLOZE = re.compile(r"\{\{[cC](?=\d)([\d,\s]*\d)?(::)?")
REACH = 1_000
"""Characters within which the braces of a blank's words balance: a line of many openings is read in time."""

CLOSING = re.compile(r"\}(?=\})")
BRACE = re.compile(r"[{}]")
EQUALS = re.compile(r"={2,}")


@dataclass(frozen=True, slots=True)
class Fault:
    """A mark that is not whole: where it begins, and what to tell the author."""

    at: int
    message: str


@dataclass(frozen=True, slots=True)
class Blanks:
    """The blanks of a text, the syntax to cut out of it, and the faults.

    Marks cover the words alone; their number is 0 where the author gave none.
    """

    marks: tuple[Mark, ...] = ()
    cuts: tuple[Range, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def ranges(self) -> Iterator[Range]:
        """Where the blanks are, their syntax included."""
        before, after = self.cuts[::2], self.cuts[1::2]
        return ((opening[0], closing[1]) for opening, closing in zip(before, after, strict=True))


def blanks(text: str, literal: Sequence[Range] = ()) -> Blanks:
    """Find the blanks of a text outside its literal ranges."""
    clozes = _clozes(text, literal) if "{{" in text else Blanks()
    if "==" not in text:
        return clozes
    taken = sorted([*literal, *clozes.ranges])
    equals = _equals(text, taken, list(clozes.ranges))
    return Blanks(
        tuple(sorted(clozes.marks + equals.marks)),
        tuple(sorted(clozes.cuts + equals.cuts)),
        clozes.faults + equals.faults,
    )


def is_within(offset: int, ranges: Sequence[Range]) -> bool:
    """Whether a character is in one of the ranges, which are sorted and do not overlap."""
    index = bisect_right(ranges, offset, key=lambda each: each[0]) - 1
    return index >= 0 and offset < ranges[index][1]


def _clozes(text: str, literal: Sequence[Range]) -> Blanks:
    closings = [found.start() for found in CLOSING.finditer(text)]
    openings = [found for found in CLOZE.finditer(text) if not is_within(found.start(), literal)]
    marks: list[Mark] = []
    cuts: list[Range] = []
    faults: list[Fault] = []
    reached = 0
    for index, opening in enumerate(openings):
        if opening.start() < reached:
            continue
        follower = openings[index + 1].start() if index + 1 < len(openings) else len(text)
        close = _closing(text, opening.end(), closings)
        reached = follower if close < 0 else close
        words, parted, hint = text[opening.end() : max(close, 0)].partition("::")
        is_code = is_within(opening.end(), literal)  # of which signs alone may be asked, too
        fault = _fault(opening, "code" if is_code else words, is_closed=close >= 0, is_nested=close > follower)
        if fault:
            faults.append(Fault(opening.start(), fault))
            continue
        start, end = opening.end(), opening.end() + len(words)
        marks.append(Mark(start, end, MarkKind.BLANK, int(opening[1]), " ".join(hint.split()) if parted else ""))
        cuts += [(opening.start(), start), (end, close + 2)]
    return Blanks(tuple(marks), tuple(cuts), tuple(faults))


def _closing(text: str, start: int, closings: Sequence[int]) -> int:
    """Where the `}}` of a cloze begins; braces of the words themselves (`x^{2}`) stay in them. -1 if nowhere.

    `closings`: where any `}}` is.
    """
    index = bisect_left(closings, start)
    if index == len(closings):
        return -1
    first = closings[index]
    depth = 0
    for found in BRACE.finditer(text, start, max(first, start + REACH) + 2):
        if found[0] == "{":
            depth += 1
        elif depth:
            depth -= 1
        elif text.startswith("}}", found.start()):
            return found.start()
    return first  # braces that do not balance


def _fault(opening: re.Match[str], words: str, *, is_closed: bool, is_nested: bool) -> str:
    """What is wrong with a cloze, and what to do; empty if nothing is."""
    shown = " ".join(opening[0].split())
    digits = opening[1] or ""
    if not digits.isdecimal():
        return f'"{shown}" has several numbers; give each blank one: {{{{c1::words}}}}'
    if not 1 <= int(digits[: len(str(MAX_NUMBER)) + 1]) <= MAX_NUMBER:
        return f'"{shown}" has the number {digits[:9]}; numbers go from 1 to {MAX_NUMBER}'
    if not opening[2]:
        return f'"{shown}" has no "::" after it; write {{{{c1::words}}}}'
    if not is_closed:
        return f'"{shown}" is never closed; write {{{{c1::words}}}}'
    if is_nested:
        return f'"{shown}" has another blank inside it; close one before the next begins'
    if not _can_be_asked(words):
        return f'"{shown}}}}}" has no words; put them after the "::"'
    return ""


def _equals(text: str, taken: Sequence[Range], clozes: Sequence[Range]) -> Blanks:
    """The `==words==` of a text: each opening pairs with the next closing."""
    marks: list[Mark] = []
    cuts: list[Range] = []
    faults: list[Fault] = []
    opening = -1
    starts = [start for start, _ in clozes]
    for found in EQUALS.finditer(text):
        start, end = found.span()
        if found[0] != "==" or is_within(start, taken):
            continue
        before, after = text[start - 1 : start], text[end : end + 1]
        closes = before and not before.isspace() and not after.isalnum()
        if opening >= 0 and closes and start > opening + 2:
            if bisect_right(starts, start) > bisect_right(starts, opening):
                faults.append(Fault(opening, '"==" has another blank inside it; close one before the next begins'))
            elif is_within(opening + 2, taken) or _can_be_asked(text[opening + 2 : start]):
                marks.append(Mark(opening + 2, start, MarkKind.BLANK))
                cuts += [(opening, opening + 2), (start, end)]
            else:
                faults.append(Fault(opening, f'"{text[opening:end]}" has no words; put them between the "=="'))
            opening = -1
        elif opening < 0 and after and not after.isspace() and not before.isalnum():
            opening = start
    return Blanks(tuple(marks), tuple(cuts), tuple(faults))


def _can_be_asked(words: str) -> bool:
    """Whether there is more in a text than white space, punctuation and what cannot be seen."""
    return any(unicodedata.category(character)[0] in "LNS" for character in words)
