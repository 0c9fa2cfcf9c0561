"""The lines of an Org file by their first signs: headlines, and what is no text from one line to another.

Org is a language of lines: what a line is shows at its beginning, and a headline ends whatever is open above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

TAB = 8
HEADLINE = re.compile(r"(\*+)[ \t]+(.*)", re.DOTALL)
TAGS = re.compile(r":(?:[\w@#%-]+:)+")
PRIORITY = re.compile(r"\[#\w{1,2}\][ \t]*")
COOKIE = re.compile(r"[ \t]*\[(?:\d*/\d*|\d*%)\]")
KEYWORD = re.compile(r"[ \t]*#\+(?P<name>[^\s:\[]+)(?:\[[^\]\n]*\])?:(?P<value>.*)")
BLOCK = re.compile(r"[ \t]*#\+(?P<side>begin|end)(?:_(?P<name>\S+)|(?=:))(?P<rest>.*)", re.IGNORECASE)
DRAWER = re.compile(r"[ \t]*:(?P<name>[\w-]+):[ \t]*$")
PROPERTY = re.compile(r"[ \t]*:(?P<name>[^\s:]+):(?:[ \t]+(?P<value>.*))?$")
COMMENT = re.compile(r"[ \t]*#(?:[ \t]|$)")
FIXED = re.compile(r"[ \t]*:(?:[ \t](?P<text>.*)|$)")
PLANNING = re.compile(r"[ \t]*(?:(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):[ \t]*[<\[\d]|CLOCK:[ \t]*=>)")
RULE = re.compile(r"[ \t]*-{5,}[ \t]*$")
ROW = re.compile(r"[ \t]*\|")
LINE = re.compile(r"[ \t]*\|-")
DRAWN = re.compile(r"[ \t]*\+(?:[-=]+\+)+[ \t]*$")
ITEM = re.compile(
    r"(?P<indent>[ \t]*)(?P<sign>[-+]|(?P<number>\d{1,9})(?P<dot>[.)])|[A-Za-z]\)|(?<=[ \t])\*)(?:[ \t]+|$)"
    r"(?:\[@\w+\](?:[ \t]+|$))?(?P<box>\[[ xX-]\](?:[ \t]+|$))?"
)
NOTE = re.compile(r"\[fn:[\w-]+\](?:[ \t]+|$)")
ENVIRONMENT = re.compile(r"[ \t]*\\begin\{(?P<name>[A-Za-z0-9*]+)\}")
ENVIRONMENT_END = re.compile(r"\\end\{(?P<name>[A-Za-z0-9*]+)\}[ \t]*$")

DRAWERS = frozenset({"PROPERTIES", "LOGBOOK", "CLOCK", "REVIEW_DATA", "END"})
"""What can only be a drawer, even if nothing closes it."""

TODO_WORDS = frozenset("TODO DONE NEXT WAITING WAIT STARTED HOLD SOMEDAY CANCELLED CANCELED INPROGRESS".split())
"""What Org and those who use it set before the headline of a task; a file may name others."""

TOOL_TAGS = frozenset("drill leitner leech fc suspended noheading notitle noexport ATTACH ARCHIVE".split())
"""Tags that tell a tool what to do, and nobody what the notes are about."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline: its number of stars, its words, its tags; whether all below it is commented out."""

    level: int
    title: str
    tags: tuple[str, ...] = ()
    is_comment: bool = False


def headline_of(line: str, words: frozenset[str] = TODO_WORDS) -> Headline | None:
    """The headline that a line is, without the words for tasks, its priority and its counts; None if it is none."""
    found = HEADLINE.fullmatch(line) if line.startswith("*") else None
    if found is None:
        return None
    title, tags = _tagged(found[2].strip())
    first, _, rest = title.partition(" ")
    if first in words:
        title = rest.lstrip()
    if sign := PRIORITY.match(title):
        title = title[sign.end() :]
    first, _, rest = title.partition(" ")
    is_comment = first == "COMMENT"
    title = COOKIE.sub("", rest if is_comment else title).strip()
    return Headline(len(found[1]), title, tags, is_comment)


def column_of(line: str) -> int:
    """Where the text of a line begins, a tab going on to the next multiple of eight."""
    column = 0
    for character in line:
        if character == "\t":
            column += TAB - column % TAB
        elif character == " ":
            column += 1
        else:
            break
    return column


def tags_of(text: str) -> tuple[str, ...]:
    """The tags of `:one:two:`."""
    return tuple(tag for tag in text.split(":") if tag)


def todo_words(lines: Sequence[str]) -> frozenset[str]:
    """The words for tasks, those included that the file names itself."""
    found = set(TODO_WORDS)
    for line in lines:
        told = KEYWORD.match(line) if "#+" in line else None
        if told and told["name"].upper() in ("TODO", "SEQ_TODO", "TYP_TODO"):
            found |= {word.partition("(")[0] for word in told["value"].replace("|", " ").split()}
    return frozenset(found)


def closings(lines: Sequence[str]) -> dict[int, int]:
    """Where each block, drawer and environment of TeX ends, by the index of the line that it begins on.

    What is never closed before the next headline is none of these.
    """
    ends: dict[str, int] = {}
    found: dict[int, int] = {}
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.startswith("*") and HEADLINE.match(line):
            ends.clear()
        elif block := BLOCK.match(line):
            name = f"#{(block['name'] or '').lower()}"
            if block["side"].lower() == "end":
                ends[name] = index
            elif name in ends:
                found[index] = ends[name]
        elif drawer := DRAWER.match(line):
            if drawer["name"].upper() == "END":
                ends[":"] = index
            elif ":" in ends:
                found[index] = ends[":"]
        elif "\\" in line:
            if closing := ENVIRONMENT_END.search(line):
                ends[f"\\{closing['name']}"] = index
            opening = ENVIRONMENT.match(line)
            if opening and f"\\{opening['name']}" in ends:
                found[index] = ends[f"\\{opening['name']}"]
    return found


def end_of_drawer(lines: Sequence[str], index: int, closed: dict[int, int]) -> int:
    """The last line of the drawer that begins at `index`; if nothing closes it, what can only be in one."""
    if index in closed:
        return closed[index]
    last = index
    if DRAWER.match(lines[index]):
        while last + 1 < len(lines) and (PROPERTY.match(lines[last + 1]) or ROW.match(lines[last + 1])):
            last += 1
    return last


def _tagged(title: str) -> tuple[str, tuple[str, ...]]:
    """A headline's words and its tags."""
    words = title.rsplit(maxsplit=1)
    if words and TAGS.fullmatch(words[-1]):
        return words[0].rstrip() if len(words) > 1 else "", tags_of(words[-1])
    return title, ()
