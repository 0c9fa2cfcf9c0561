"""Headings in plain text: underlined, boxed, between signs, in capitals, numbered, or named as chapters are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crisis_cards.reading.numbering import dotted
from crisis_cards.reading.plain.lists import BULLET, NUMBER
from crisis_cards.reading.tidy import has_words

MIN_CAPITALS = 5  # letters: fewer are as likely a short form
MAX_TITLE = 6  # words
MAX_LONG_TITLE = 10  # words of a title that a number or a box shows to be one
MAX_BOX = 2  # lines
MAX_BELOW = 2  # lines
MAX_CHARACTERS = 200
MIN_LETTERS = 4  # of a word that is capitalised in a title
HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
RULE = re.compile(r"([-*_=~–—])(?:\s*\1){2,}\s*")
UNDERLINE = re.compile(r"(={3,}|-{3,}|~{4,}|\*{4,}|_{4,}|\^{4,}|¯{3,}|‾{3,}|─{3,}|═{3,})\s*")
ADORNED = re.compile(r"([*=~_-])(\1+)\s*([^\W_].*?)\s*\1{3,}|(={2})\s+([^\W_].*?)\s+==")
BRACKETED = re.compile(r"\[([A-Z][^\[\]|:]*)\]:?")
BOX_EDGE = re.compile(r"([*#=+~_-])\1{3,}|\+[-=]{3,}\+|[┌╔╭└╚╰][─═]{3,}[┐╗╮┘╝╯]")
SIDES = "*#|│║+ \t"
CHAPTER = re.compile(
    r"(?:chapter|part|unit|lecture|module|section|topic|lesson|appendix|week|kapitel|teil|chapitre|cap[ií]tulo|capitolo)"
    r"\s+(?:\d{1,3}|[IVX]{1,5}|[A-H]|one|two|three|four|five|six|seven|eight|nine|ten)(?:(?:\s*[:.–—-])?\s+(\S.*)|[:.]?)",
    re.IGNORECASE,
)
DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2})+)\.?\s+(?=[^\W\d_])|(\d{1,2})\.?\s+(?=[^\W\d_])")
CHAPTERS, BRACKETS, CAPITALS = 1, 3, 2
LEVELS = {"*": 1, "#": 1, "=": 2, "~": 3, "-": 4, "_": 4}
ENDS = (".", ",", ";", ":", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class Found:
    """A heading: how many lines it takes, what it says, and its level; `is_title`: whether it is that of the file."""

    lines: int
    text: str
    level: int
    is_title: bool = False


def headings_of(lines: Sequence[str]) -> dict[int, Found]:
    """The headings that their form shows, by the index of their first line, those that are counted aside."""
    found: dict[int, Found] = {}
    numbered = _decimals(lines)
    index = 0
    while index < len(lines):
        heading = _heading(lines, index) or numbered.get(index)
        if heading is not None:
            found[index] = heading
        index += heading.lines if heading is not None else 1
    return found


def is_capital(text: str) -> bool:
    """Whether a line is a heading in capitals: a few words, and a short form or two are not enough."""
    words = text.split("(", maxsplit=1)[0].split()
    letters = "".join(character for word in words for character in word if character.isalpha())
    return letters.isupper() and len(letters) >= MIN_CAPITALS and len(words) <= MAX_TITLE and text[-1] not in ".,;:!?"


def _heading(lines: Sequence[str], index: int) -> Found | None:
    text = lines[index].strip()
    if not text or len(text) > MAX_CHARACTERS:
        return None
    above = lines[index - 1].strip() if index else ""
    below = lines[index + 1].strip() if index + 1 < len(lines) else ""
    if found := _boxed(lines, index) or _underlined(text, below):
        return found
    if match := HEADING.fullmatch(text):
        return Found(1, _unclosed(match[2]), len(match[1]))
    if match := ADORNED.fullmatch(text):
        if match[4] and above:
            return None
        said = match[3] or match[5]
        count = len(match[2]) + 1 if match[3] else len(match[4])
        is_wiki = text[0] == "=" and count <= MAX_TITLE
        return Found(1, said, count if is_wiki else LEVELS[text[0]]) if len(said.split()) <= MAX_LONG_TITLE else None
    if above:
        return None
    if below and (match := BRACKETED.fullmatch(text)) and len(match[1].split()) <= MAX_TITLE:
        return Found(1, match[1], BRACKETS)
    if below and text.endswith(":") and is_capital(text[:-1].rstrip() or ":"):
        return Found(1, text[:-1].rstrip(), CAPITALS)
    if _is_chapter(text) and _begins_something(lines, index):
        return Found(1, text.rstrip(":."), CHAPTERS)
    if _is_title(lines, index):
        return Found(1, text, 1, is_title=True)
    return None


def _underlined(text: str, below: str) -> Found | None:
    """The heading that a line of about its own length underlines."""
    if not UNDERLINE.fullmatch(below) or not has_words(text) or BULLET.match(text) or HEADING.fullmatch(text):
        return None
    leeway = max(2, len(text) // 4) if below[0] in "=-" else 2
    if abs(len(text) - len(below)) > leeway:
        return None
    return Found(2, text, 1 if below[0] in "=*═" else 2)


def _boxed(lines: Sequence[str], index: int) -> Found | None:
    """The heading between two rules of one kind that begins at a line."""
    edge = lines[index].strip()
    if not BOX_EDGE.fullmatch(edge):
        return None
    for last in range(index + 2, min(index + 2 + MAX_BOX, len(lines))):
        below = lines[last].strip()
        if not BOX_EDGE.fullmatch(below):
            continue
        within = [lines[each].strip().strip(SIDES) for each in range(index + 1, last)]
        said = " ".join(within)
        is_close = abs(len(below) - len(edge)) <= 1 and len(said) <= len(edge) + 2
        if below[0] not in "└╚╰" and below[:2] != edge[:2]:
            return None
        if not is_close or not all(map(has_words, within)) or said.endswith(ENDS) or "|" in said or "│" in said:
            return None
        return Found(last - index + 1, said, 1) if len(said.split()) <= MAX_LONG_TITLE else None
    return None


def _unclosed(text: str) -> str:
    """The text of a heading without the signs that may close it."""
    stripped = text.rstrip("#")
    return stripped if not stripped or stripped[-1].isspace() else text


def _is_chapter(text: str) -> bool:
    match = CHAPTER.fullmatch(text)
    if match is None or text.endswith(("!", "?", ";", ",")):
        return False
    return match[1] is None or (len(match[1].split()) <= MAX_TITLE and not match[1].endswith("."))


def _begins_something(lines: Sequence[str], index: int) -> bool:
    """Whether what follows a line is neither the end nor another of its kind."""
    below = _below(lines, index)
    said = lines[below].strip() if below else ""
    return bool(said) and not CHAPTER.fullmatch(said) and not _is_alike(lines[index], said)


def _below(lines: Sequence[str], index: int) -> int:
    """The next line that says something, after a blank one at most; 0 if there is none, or a heading."""
    found = next((each for each in range(index + 1, min(index + 1 + MAX_BELOW, len(lines))) if lines[each].strip()), 0)
    return 0 if found and HEADING.fullmatch(lines[found].strip()) else found


def _is_alike(text: str, below: str) -> bool:
    """Whether two lines begin alike, as those of a list do."""
    return text.split(maxsplit=1)[0].casefold() == below.split(maxsplit=1)[0].casefold()


def _is_title(lines: Sequence[str], index: int) -> bool:
    """Whether a file begins with its title: alone, with a capital for each long word, or with a rule below it."""
    text = lines[index].strip()
    if index > MAX_BOX or any(line.strip() for line in lines[:index]):
        return False
    below = lines[index + 1].strip() if index + 1 < len(lines) else ""
    words = re.findall(r"[^\W\d_]+", text)
    long_words = [word for word in words if len(word) >= MIN_LETTERS]
    is_short = 1 < len(text.split()) <= MAX_LONG_TITLE and not text.endswith(ENDS) and text[:1].isalnum()
    if not is_short or NUMBER.match(text) or not words:
        return False
    if RULE.fullmatch(below) and len(below) >= len(text):
        return True
    is_alone = not below and _below(lines, index) > 0
    return is_alone and len(long_words) > 1 and all(word[0].isupper() for word in long_words)


def _decimals(lines: Sequence[str]) -> dict[int, Found]:
    """Headings that count as chapters and their parts do, 1, 1.1, 1.2, 1.2.1, 2: what is below them is no such line."""
    found: dict[int, Found] = {}
    counted: list[tuple[int, tuple[int, ...], str]] = []
    for index, line in enumerate(lines):
        match = DECIMAL.match(line) if line[:1].isdigit() else None
        said = line[match.end() :].strip() if match is not None else ""
        if match is None or not _may_be_title(said):
            continue
        counted.append((index, tuple(map(int, (match[1] or match[2]).split("."))), said))
    neighbours = dotted((index, number) for index, number, _ in counted)
    for index, number, said in reversed(counted):
        below = _below(lines, index)
        is_above_text = below > 0 and not DECIMAL.match(lines[below])
        if index in neighbours and (is_above_text or below in found):
            found[index] = Found(1, said, min(len(number) + 1, 6))
    return found


def _may_be_title(said: str) -> bool:
    return said[:1].isupper() and len(said.split()) <= MAX_LONG_TITLE and not said.endswith(ENDS)
