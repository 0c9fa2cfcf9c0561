"""hashcards: `Q:` and `A:` over many lines, `C:` with the blanks in square brackets, `---` between cards.

A card goes on until the next sign; each pair of brackets is a card of its own. See the README of eudoxia0/hashcards.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence

from crisis_cards.config import can_name_a_deck
from crisis_cards.reading.marks import is_within
from crisis_cards.reading.syntaxes.fences import in_fences
from crisis_cards.reading.syntaxes.written import Side, Spent, Syntax, Told, Written
from crisis_cards.reading.tex import DOLLARS

SIGN = re.compile(r"([QAC]):(?![\\/])")
SEPARATOR = re.compile(r"\s*---\s*")
MIN_QUESTIONS = 2
FRONT_MATTER = "front matter"
# What is no blank, or is one; of a length at most, so that a line of many openings is read in time.
CODE = r"(?P<code>(?<!`)(?P<ticks>`+)(?!`).{1,2000}?(?<!`)(?P=ticks)(?!`))"
IMAGE = r"!\[(?:[^\[\]]|\[[^\[\]]{0,200}\]){0,1000}\](?:\([^()\n]{0,1000}\))?"
LINK = r"\[[^\[\]]{1,1000}\]\((?:https?://|mailto:|www\.|[./#]|[^()\s]{1,500}\.md\))[^()\n]{0,1000}\)?"
ESCAPED = r"\\(?P<escaped>[\[\]])"
BLANK = r"(?P<double>\[(?=\[[^\[\]]{1,1000}\]\]))?\[(?P<words>(?:[^\[\]\\]|\\.){1,5000})\](?(double)\])"
TOKEN = re.compile(f"{CODE}|{IMAGE}|{LINK}|{ESCAPED}|{BLANK}", re.DOTALL)
UNESCAPED = re.compile(r"\\([\[\]])")
ROW = re.compile(r"[ \t]*\|.*\[")
RULE = re.compile(r"[ \t]*\|[-|: \t]+")


def is_written(lines: Sequence[str]) -> bool:
    """Whether a line is `C:` with a blank, or all is `Q:` and `A:` in a way that is not our own."""
    code = in_fences(lines)
    signs = {index: _sign(line) for index, line in enumerate(lines) if not code[index] and _sign(line)}
    clozes = [index for index, sign in signs.items() if sign == "C" and lines[index][2:3] in ("", " ", "\t")]
    if any(_has_blank(_side(lines, start, _end(lines, code, start + 1)).text) for start in clozes):
        return True
    start = _front(lines)
    asked = list(signs.values())
    if asked != ["Q", "A"] * (len(asked) // 2) or not asked:
        return False
    if _name(lines):
        return True
    rules = [index for index in range(start, len(lines)) if not code[index] and SEPARATOR.fullmatch(lines[index])]
    cards_or_end = {None, *signs, *rules}
    is_all = all(_next(lines, index) in cards_or_end for index in (start - 1, *rules))
    is_alone = any(sign == "A" and not lines[index][2:].strip() for index, sign in signs.items())
    return is_all and len(asked) >= MIN_QUESTIONS * 2 and (bool(rules) or is_alone)


def cards(lines: Sequence[str]) -> Iterator[Written | Spent]:
    """The cards of a file, and the lines that part them."""
    code = in_fences(lines)
    at = _front(lines)
    if at and _table(lines):
        yield Spent(1, at, FRONT_MATTER)
    while at < len(lines):
        sign = "" if code[at] else _sign(lines[at])
        end = _end(lines, code, at + 1) if sign else at + 1
        if sign == "Q" and end < len(lines) and _sign(lines[end]) == "A":
            after = _end(lines, code, end + 1)
            prompt, answer = _side(lines, at, end), _side(lines, end, after)
            yield Written(at + 1, _last(lines, at, after), prompt, answer)
            at = after
        elif sign == "C":
            side = _side(lines, at, end)
            yield Written(at + 1, _last(lines, at, end), Side(side.first, with_blanks(side.text)))
            at = end
        elif not code[at] and SEPARATOR.fullmatch(lines[at]):
            yield Spent(at + 1, at + 1, "a rule")
            at += 1
        else:
            at += 1


def told(lines: Sequence[str]) -> Told:
    """The deck that the front matter names."""
    return Told(_name(lines))


def with_blanks(text: str) -> str:
    r"""A text whose blanks are as Anki has them; of `\[` only the bracket stays."""
    lines = text.split("\n")
    if any(map(ROW.match, lines)):  # the cells of a table would be shown, not asked
        text = "\n".join("" if RULE.fullmatch(line) else line for line in lines)
    math = [found.span() for found in DOLLARS.finditer(text)]
    count = 0

    def said(found: re.Match[str]) -> str:
        nonlocal count
        words, before = found["words"], text[found.start() - 1 : found.start()]
        if found["escaped"]:
            return found["escaped"]
        if found["code"]:
            return UNESCAPED.sub(r"\1", found[0])
        is_index = (before.isalnum() or before in ("_", "}")) and is_within(found.start(), math)
        if not words or not words.strip() or is_index:  # as of \sqrt[3]{x}
            return found[0]
        words = UNESCAPED.sub(r"\1", words)
        if "::" in words and "==" not in words:  # where a hint would begin
            return f"=={words}=="
        count += 1
        return f"{{{{c{count}::{words}}}}}"

    return TOKEN.sub(said, text)


def _has_blank(text: str) -> bool:
    return any((found["words"] or "").strip() for found in TOKEN.finditer(text))


def _front(lines: Sequence[str]) -> int:
    """How many lines the front matter has, between two rules: TOML, or what is not this tool's."""
    if not lines or not SEPARATOR.fullmatch(lines[0]):
        return 0
    close = next((index for index, line in enumerate(lines) if index and SEPARATOR.fullmatch(line)), 0)
    is_front = any(re.match(r"[\w-]+[ \t]*[=:]", line) and not SIGN.match(line) for line in lines[1:close])
    return close + 1 if is_front or close == 1 else 0


def _table(lines: Sequence[str]) -> dict[str, object]:
    """What the front matter says; nothing if it is not TOML."""
    try:
        return tomllib.loads("\n".join(lines[1 : max(_front(lines) - 1, 1)]))
    except (ValueError, RecursionError):
        return {}


def _name(lines: Sequence[str]) -> str:
    name = _table(lines).get("name")
    return " ".join(name.split()) if isinstance(name, str) and can_name_a_deck(name) else ""


def _sign(line: str) -> str:
    found = SIGN.match(line)
    return found[1] if found else ""


def _end(lines: Sequence[str], code: Sequence[bool], start: int) -> int:
    """The index of the first line from `start` on that begins something else."""
    for index in range(start, len(lines)):
        if not code[index] and (SIGN.match(lines[index]) or SEPARATOR.fullmatch(lines[index])):
            return index
    return len(lines)


def _next(lines: Sequence[str], index: int) -> int | None:
    """The index of the next line below that is not blank."""
    return next((below for below in range(index + 1, len(lines)) if lines[below].strip()), None)


def _last(lines: Sequence[str], start: int, end: int) -> int:
    """The number of the last line of [start, end) that is not blank."""
    return next(index for index in range(end - 1, start - 1, -1) if lines[index].strip() or index == start) + 1


def _side(lines: Sequence[str], start: int, end: int) -> Side:
    """A side without its sign; `@/` is the folder of all notes, where files are looked for anyway."""
    text = "\n".join([lines[start][2:].lstrip(), *lines[start + 1 : end]]).rstrip()
    return Side(start + 1, text.replace("](@/", "]("))


HASHCARDS = Syntax("hashcards", "hashcards", (".md", ".markdown"), is_written, cards, told)
