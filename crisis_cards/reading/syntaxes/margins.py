"""What stands around the words of a line: quotes, signs of lists and headings before them, tags on both sides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from textwrap import dedent

from crisis_cards.reading.syntaxes.written import Side
from crisis_cards.reading.tags import NAME, TAG, anki_tag

MARGIN = re.compile(r"(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)]|#{1,6})(?=[ \t])))*[ \t]*")
BOX = re.compile(r"\[[ xX]\][ \t]+")
ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]")
HEADING = re.compile(r"(?: {0,3}>)*[ ]{0,3}#{1,6}[ \t]")
ROW = re.compile(r"[ \t>]*\|")
QUOTED = re.compile(r"[ \t>]+")
WORDS = re.compile(r"\S+")
RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")


def parted(line: str) -> tuple[str, str]:
    """What stands before the words of a line, and these; the box of a task is neither."""
    found = MARGIN.match(line)
    end = found.end() if found else 0
    box = BOX.match(line, end)
    return line[:end], line[box.end() if box else end :]


def is_structure(line: str) -> bool:
    """Whether a line is a heading, a row of a table or a rule, which no text goes on into."""
    return bool(HEADING.match(line) or ROW.match(line) or RULE.fullmatch(line))


def segments(lines: Sequence[str], code: Sequence[bool], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines [start, end) as runs of text: items of lists and paragraphs; headings, tables and code are none."""
    first = start
    for index in range(start, end):
        if code[index] or is_structure(lines[index]):
            if first < index:
                yield first, index
            first = index + 1
        elif index > first and ITEM.match(lines[index]):
            yield first, index
            first = index
    if first < end:
        yield first, end


def run_of(lines: Sequence[str], start: int, end: int) -> tuple[str, Side]:
    """The margin of the text in lines [start, end), and that text without its margins."""
    sign, words = parted(lines[start])
    is_quote = ">" in sign
    rest = [QUOTED.sub("", line, count=1) if is_quote else line.lstrip() for line in lines[start + 1 : end]]
    return sign, Side(start + 1, "\n".join([words, *rest]))


def block_of(lines: Sequence[str], start: int, end: int) -> Side:
    """The lines [start, end) as one side, without what they are all indented by."""
    return Side(start + 1, dedent("\n".join(lines[start:end])))


def front_of(lines: Sequence[str], start: int, end: int) -> tuple[str, Side]:
    """The margin of a prompt on lines [start, end), and the prompt; several items of a list stay one."""
    if any(ITEM.match(line) or is_structure(line) for line in lines[start + 1 : end]):
        return "", block_of(lines, start, end)
    return run_of(lines, start, end)


def without_tags(line: str, is_sign: Callable[[str], bool]) -> str:
    """A line without those tags before and after its words that only say what is a card."""
    if "#" not in line:
        return line
    margin, _ = parted(line)
    words = list(WORDS.finditer(line, len(margin)))
    start, end = 0, len(words)
    while start < end and _is_sign(words[start][0], is_sign):
        start += 1
    kept: list[str] = []
    while end > start and (TAG.fullmatch(words[end - 1][0]) or NAME.fullmatch(words[end - 1][0])):
        end -= 1
        if not _is_sign(words[end][0], is_sign):
            kept.append(words[end][0])
    if start == 0 and end + len(kept) == len(words):
        return line
    said = line[words[start].start() : words[end - 1].end()] if start < end else ""
    return (margin + " ".join(filter(None, [said, *reversed(kept)]))).rstrip()


def tags_around(line: str) -> list[str]:
    """The tags before and after the words of a line, as Anki writes them."""
    words = WORDS.findall(parted(line)[1]) if "#" in line else []
    start, end = 0, len(words)
    while start < end and TAG.fullmatch(words[start]):
        start += 1
    while end > start and (TAG.fullmatch(words[end - 1]) or NAME.fullmatch(words[end - 1])):
        end -= 1
    return [anki_tag(word) for word in (*words[:start], *words[end:]) if word.startswith("#")]


def tags_after(line: str) -> list[str]:
    """The tags after the words of a line, as Anki writes them."""
    words = WORDS.findall(parted(line)[1]) if "#" in line else []
    end = len(words)
    while end and (TAG.fullmatch(words[end - 1]) or NAME.fullmatch(words[end - 1])):
        end -= 1
    return [anki_tag(word) for word in words[end:] if word.startswith("#")]


def _is_sign(word: str, is_sign: Callable[[str], bool]) -> bool:
    tag = TAG.fullmatch(word)
    return tag is not None and is_sign(anki_tag(tag[1]))
