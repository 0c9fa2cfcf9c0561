"""The lines of a passage, each with its kind and the tags that end it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from crisis_cards.reading.marks import blanks, is_within
from crisis_cards.reading.pieces import Passage, Range
from crisis_cards.reading.tags import Ending, ending
from crisis_cards.reading.tidy import one_line

QUESTION = re.compile(r"\s*[Qq]:(?=\s|$)")
ANSWER = re.compile(r"\s*[Aa]:(?=\s|$)")
ANSWER_WITHIN = re.compile(r"(?<=\s)[Aa]:(?=\s)")
# What Logseq, Obsidian's Dataview, Org and Notion keep of a note, not what the note says; Pandoc's boxes.
PROPERTY = re.compile(
    r"\s*(?:[^\W\d][\w.-]*::(?=\s|$)|(?:SCHEDULED|DEADLINE|CLOSED):\s*[<\[]|:[A-Z]+:\s*$"
    r"|(?:Created|Created time|Created by|Date created|Last edited|Last edited time|Last edited by|Modified|Updated"
    r"|Tags|Aliases|URL):(?=\s|$)|:{3,}[ \t]*(?:\{[^{}]*\}|[\w-]{0,30})[ \t]*$)"
)
SEPARATOR = re.compile(r"(?<=\s):::?(?=\s)")


class LineKind(StrEnum):
    """What a line is by the way in which it is written."""

    TAGS = "tags"
    PROPERTY = "property"
    QUESTION = "question"
    ANSWER = "answer"
    DEFINITION = "definition"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a passage: characters [start, end) of its text, the tags that end it included.

    `piece`: the index of the passage. `number`: 1-based, in the source. `body`: what is said, on one line and
    without the sign of a question or an answer; of a definition, the term. `rest`: the definition. `body_at` and
    `rest_at`: where the two stand in the text of the passage.
    """

    piece: int
    number: int
    start: int
    end: int
    ending: Ending
    kind: LineKind
    body: str
    rest: str = ""
    both_ways: bool = False
    body_at: Range = (0, 0)
    rest_at: Range = (0, 0)


def lines_of(piece: int, passage: Passage) -> list[Line]:
    """The lines of a passage, in order; lines without text are left out."""
    lines = []
    start = 0
    for count, text in enumerate(passage.text.split("\n")):
        if text.strip():
            lines.append(_line(piece, passage, passage.first + count, start, start + len(text)))
        start += len(text) + 1
    return lines


def parted_question(line: Line, passage: Passage) -> tuple[Range, Range] | None:
    """Where the question and the answer stand of a line that has both: "Q: … A: …"."""
    start, end = line.body_at
    for found in ANSWER_WITHIN.finditer(passage.text, start, end):
        if is_within(found.start(), passage.literal):
            continue
        has_both = passage.text[start : found.start()].strip() and passage.text[found.end() : end].strip()
        return ((start, found.start()), (found.end(), end)) if has_both else None
    return None


def _line(piece: int, passage: Passage, number: int, start: int, end: int) -> Line:
    tail = ending(passage.text, start, end, passage.literal)
    body = passage.text[start : tail.start]
    whole = (start, tail.start)
    if tail.start < end and not body.strip():
        return Line(piece, number, start, end, tail, LineKind.TAGS, "", body_at=whole)
    if PROPERTY.match(body):
        return Line(piece, number, start, end, tail, LineKind.PROPERTY, "", body_at=whole)
    for kind, sign in ((LineKind.QUESTION, QUESTION), (LineKind.ANSWER, ANSWER)):
        found = sign.match(body)
        if found and not is_within(start + found.end() - 1, passage.literal):
            said = (start + found.end(), tail.start)
            return Line(piece, number, start, end, tail, kind, one_line(body[found.end() :]), body_at=said)
    if separator := _separator(body, start, passage.literal):
        term, definition = one_line(body[: separator.start()]), one_line(body[separator.end() :])
        both_ways = len(separator[0]) == len(":::")
        if term and definition:
            ranges = (start, start + separator.start()), (start + separator.end(), tail.start)
            return Line(piece, number, start, end, tail, LineKind.DEFINITION, term, definition, both_ways, *ranges)
    return Line(piece, number, start, end, tail, LineKind.OTHER, one_line(body), body_at=whole)


def _separator(body: str, start: int, literal: Sequence[tuple[int, int]]) -> re.Match[str] | None:
    """The one `::` or `:::` of a line that stands outside code and blanks; none if there are several."""
    if "::" not in body:
        return None
    moved = [(max(a - start, 0), b - start) for a, b in literal if b > start and a < start + len(body)]
    taken = sorted([*moved, *blanks(body, moved).ranges])
    found = [each for each in SEPARATOR.finditer(body) if not is_within(each.start(), taken)]
    return found[0] if len(found) == 1 else None
