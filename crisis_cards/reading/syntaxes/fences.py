"""What is code or math, so that no sign in it is read: which lines, and which characters of a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from crisis_cards.reading.pieces import Range

FENCE = re.compile(r"[ \t>]*(?:[-*+][ \t]+)?(`{3,}|~{3,})(.*)")
RUN = re.compile(r"(?<!\\)(?:`+|\$\$?)")


def in_fences(lines: Sequence[str]) -> list[bool]:
    """For each line whether it is part of a fenced block of code, its two fences included."""
    found: list[bool] = []
    fence = ""
    for line in lines:
        match = FENCE.fullmatch(line)
        if fence:
            found.append(True)
            if match and match[1].startswith(fence) and not match[2].strip():
                fence = ""
        elif match and not (match[1][0] == "`" and "`" in match[2]):
            fence = match[1]
            found.append(True)
        else:
            found.append(False)
    return found


def in_fences_or_math(lines: Sequence[str]) -> list[bool]:
    """For each line whether it is part of a fenced block of code or of math between `$$`."""
    found = in_fences(lines)
    signs = [at for at, line in enumerate(lines) if not found[at] and line.count("$$") % 2]
    for start, end in zip(signs[::2], signs[1::2], strict=False):
        found[start : end + 1] = [True] * (end + 1 - start)
    return found


def literal(text: str) -> list[Range]:
    """Where code between backticks and math between dollars stand in a text, in order and with their signs."""
    if "`" not in text and "$" not in text:
        return []
    runs = list(RUN.finditer(text))
    closing: dict[str, list[int]] = {}
    for index, run in enumerate(runs):
        if _closes(text, run):
            closing.setdefault(run[0], []).append(index)
    found: list[Range] = []
    at = 0
    while at < len(runs):
        run = runs[at]
        partners = closing.get(run[0], [])
        place = bisect_right(partners, at)
        if place < len(partners) and _opens(text, run):
            found.append((run.start(), runs[partners[place]].end()))
            at = partners[place]
        at += 1
    return found


def _opens(text: str, run: re.Match[str]) -> bool:
    return run[0] != "$" or not text[run.end() : run.end() + 1].isspace()


def _closes(text: str, run: re.Match[str]) -> bool:
    """Whether code or math may end here; "$5 and $6" is money."""
    before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
    return run[0] != "$" or not (before.isspace() or after.isdigit())
