"""mdanki: each `## ` heading is a card; a line with `%` alone parts a longer front from the back.

A line of links whose words begin with `#` has the tags of its card, and the first `# ` heading names the deck. See the
README of ashlinchak/mdanki.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crisis_cards.config import can_name_a_deck
from crisis_cards.reading.syntaxes.fences import in_fences
from crisis_cards.reading.syntaxes.written import Side, Spent, Syntax, Told, Written
from crisis_cards.reading.tags import unique

FRONT = re.compile(r"##\s")
DECK = re.compile(r"#\s+(?P<name>.*?)[\s#]*")
BACK = re.compile(r"%[ \t]*")
TAG = re.compile(r"(?:#\[(?P<after>[^\[\]]{1,200})\]|\[#(?P<within>[^\[\]]{1,200})\])(?:\([^()]{0,1000}\))?")
TAGS = re.compile(rf"(?:{TAG.pattern.replace('?P<after>', '').replace('?P<within>', '')}\s*)+")
LATEX = re.compile(r"\[latex\](?P<tex>.{1,2000}?)\[/latex\]", re.DOTALL)
DISPLAY = re.compile(r"\\{1,2}\[(?P<tex>.*?)\\{1,2}\]|\$\$(?P<dollars>.*?)\$\$", re.DOTALL)


def is_written(lines: Sequence[str]) -> bool:
    """Whether below a heading is a lone `%` between text, or a line of tags as links; headings alone are notes."""
    code = in_fences(lines)
    for start, end in _sections(lines, code):
        back = _back(lines, code, start, end)
        is_parted = back < end and any(map(str.strip, lines[back + 1 : end]))
        if is_parted or any(_tags_of(lines[index]) and not code[index] for index in range(start + 1, end)):
            return True
    return False


def cards(lines: Sequence[str]) -> Iterator[Written | Spent]:
    """The cards of a file; a heading with nothing below it is none."""
    code = in_fences(lines)
    for start, end in _sections(lines, code):
        tags = [tag for index in range(start + 1, end) if not code[index] for tag in _tags_of(lines[index])]
        said = [
            "" if not code[index] and (_tags_of(lines[index]) or BACK.fullmatch(lines[index])) else lines[index]
            for index in range(start, end)
        ]
        back = _back(lines, code, start, end) - start
        back = back + 1 if back < len(said) else 1
        if any(map(str.strip, said[back:])):
            prompt, answer = _side(start + 1, said[:back]), _side(start + back + 1, said[back:])
            last = max(index for index in range(start, end) if lines[index].strip()) + 1
            yield Written(start + 1, last, prompt, answer, tags=unique(tags))
        else:  # it would else stand above the cards that follow
            yield Spent(start + 1, start + 1, "a heading with nothing below it")


def told(lines: Sequence[str]) -> Told:
    """The deck: the first heading of level 1."""
    code = in_fences(lines)
    names = (found["name"] for index, line in enumerate(lines) if not code[index] and (found := DECK.fullmatch(line)))
    name = " ".join(next(names, "").split())
    return Told(name if can_name_a_deck(name) else "")


def _sections(lines: Sequence[str], code: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The indices [start, end) of what begins with a heading of level 2."""
    start = -1
    for index, line in enumerate(lines):
        if code[index] or not (FRONT.match(line) or DECK.fullmatch(line)):
            continue
        if start >= 0:
            yield start, index
        start = index if FRONT.match(line) else -1
    if start >= 0:
        yield start, len(lines)


def _back(lines: Sequence[str], code: Sequence[bool], start: int, end: int) -> int:
    """The index of the line that parts front and back; `end` without one."""
    return next((index for index in range(start, end) if BACK.fullmatch(lines[index]) and not code[index]), end)


def _tags_of(line: str) -> tuple[str, ...]:
    """The tags of a line that has nothing else, with `_` for spaces."""
    if "#" not in line or "[" not in line or not TAGS.fullmatch(line.strip()):
        return ()
    return tuple("_".join((found["after"] or found["within"]).split()) for found in TAG.finditer(line))


def _side(first: int, lines: Sequence[str]) -> Side:
    return Side(first, LATEX.sub(_math, "\n".join(lines)).rstrip())


def _math(found: re.Match[str]) -> str:
    """Math as Anki has it; what stands in the tool's for LaTeX itself has its backslashes doubled."""
    tex = found["tex"]
    display = DISPLAY.fullmatch(tex.strip())
    if display is not None:
        return rf"\[{display['tex'] or display['dollars'] or ''}\]"
    return rf"\({tex.strip().strip('$')}\)"


MDANKI = Syntax("mdanki", "mdanki", (".md", ".markdown"), is_written, cards, told)
