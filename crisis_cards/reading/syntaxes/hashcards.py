"""hashcards: `Q:` and `A:` over many lines, `C:` with the blanks in square brackets, `---` between cards.

A card goes on until the next sign; each pair of brackets is a card of its own. See the README of eudoxia0/hashcards.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence

from crisis_cards.reading.syntaxes.fences import in_fences
from crisis_cards.reading.syntaxes.written import Side, Spent, Syntax, Told, Written

SIGN = re.compile(r"([QAC]):(?:\s|$)")
SEPARATOR = re.compile(r"---\s*")
BLANK = re.compile(r"(?<![!\\\[])\[((?:[^\[\]\\]|\\.)+)\](?![(\[])")
ESCAPED = re.compile(r"\\([\[\]])")


def is_written(lines: Sequence[str]) -> bool:
    """Whether a line is `C:` with a blank; `Q:` and `A:` alone are our own, too."""
    code = in_fences(lines)
    starts = [index for index, line in enumerate(lines) if line.startswith("C:") and not code[index]]
    return any(BLANK.search("\n".join(lines[start : _end(lines, code, start + 1)])) for start in starts)


def cards(lines: Sequence[str]) -> Iterator[Written | Spent]:
    """The cards of a file, and the lines that part them."""
    code = in_fences(lines)
    at = _front(lines)
    if at:
        yield Spent(1, at, "front matter")
    while at < len(lines):
        sign = "" if code[at] else _sign(lines[at])
        end = _end(lines, code, at + 1)
        if sign == "Q" and end < len(lines) and _sign(lines[end]) == "A":
            after = _end(lines, code, end + 1)
            prompt, answer = _side(lines, at, end), _side(lines, end, after)
            yield Written(at + 1, _last(lines, at, after), prompt, answer)
            at = after
        elif sign == "C":
            yield Written(at + 1, _last(lines, at, end), _with_blanks(_side(lines, at, end)))
            at = end
        elif not code[at] and SEPARATOR.fullmatch(lines[at]):
            yield Spent(at + 1, at + 1, "a rule")
            at += 1
        else:
            at += 1


def told(lines: Sequence[str]) -> Told:
    """The deck that the front matter names."""
    try:
        name = tomllib.loads("\n".join(lines[1 : max(_front(lines) - 1, 1)])).get("name")
    except (ValueError, RecursionError):
        return Told()
    return Told(" ".join(name.split())) if isinstance(name, str) else Told()


def _front(lines: Sequence[str]) -> int:
    """How many lines the front matter has: TOML between two rules."""
    if not lines or not SEPARATOR.fullmatch(lines[0]):
        return 0
    close = next((index for index, line in enumerate(lines) if index and SEPARATOR.fullmatch(line)), 0)
    is_toml = any(re.match(r"\w+\s*=", line) for line in lines[1:close])
    return close + 1 if is_toml else 0


def _sign(line: str) -> str:
    found = SIGN.match(line)
    return found[1] if found else ""


def _end(lines: Sequence[str], code: Sequence[bool], start: int) -> int:
    """The index of the first line from `start` on that begins something else."""
    for index in range(start, len(lines)):
        if not code[index] and (SIGN.match(lines[index]) or SEPARATOR.fullmatch(lines[index])):
            return index
    return len(lines)


def _last(lines: Sequence[str], start: int, end: int) -> int:
    """The number of the last line of [start, end) that is not blank."""
    return next(index for index in range(end - 1, start - 1, -1) if lines[index].strip() or index == start) + 1


def _side(lines: Sequence[str], start: int, end: int) -> Side:
    return Side(start + 1, "\n".join([lines[start][2:].lstrip(), *lines[start + 1 : end]]).rstrip())


def _with_blanks(side: Side) -> Side:
    count = iter(range(1, len(side.text)))
    text = BLANK.sub(lambda found: f"{{{{c{next(count)}::{found[1]}}}}}", side.text)
    return Side(side.first, ESCAPED.sub(r"\1", text))


HASHCARDS = Syntax("hashcards", "hashcards", (".md", ".markdown"), is_written, cards, told)
