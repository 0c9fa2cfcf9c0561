"""Lists in plain text: the signs that their items begin with, and which of these stand under which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crisis_cards.reading.numbering import BREAK, Sign, counting, dotted, lettering

TAB = 4
SOLID, HOLLOW, SQUARE = "•●⚫∙\uf0b7", "◦○⚬", "▪■▫□\uf0a7"
GLYPHS = f"{SOLID}{HOLLOW}{SQUARE}‣⁃◆◇❖►▶▸➢➤❯✓✔✗✘☐☑☒★☆\uf0d8\uf0fc\uf076\uf0e0\uf0f0\uf02d"
ARROW = r"-{1,2}>|={1,2}>|[→⇒➔➜⟶⟹]"
BULLET = re.compile(rf"(?:[-*+·»–—]|\*{{2,4}}|--|[{GLYPHS}]|{ARROW})\s+(?=\S)|[{GLYPHS}](?=\w)")
NUMBER = re.compile(r"(\d{1,2})\.\s+(?=\S)")
DOTTED = re.compile(r"(\d{1,2}(?:\.\d{1,2})+)\.?\s+(?=[^\W\d_a-z])")
BRACKETED = re.compile(r"(?:\(\d{1,2}\)|\d{1,2}\)|[①-⑳❶-❿➀-➓])\s+(?=\S)|[①-⑳❶-❿➀-➓](?=\w)")
LETTERS = re.compile(r"(\(?)([a-z]|[A-Z]|[ivx]{2,6}|[IVX]{2,6})([.)])\s+(?=\S)")
HOLLOW_LETTER = re.compile(r"o(?:\t|[ \xa0]{2})\s*(?=\S)")
CLOSE_DASH = re.compile(r"[-–—](?=[^\W\d_a-zß-öø-ÿ])")
HOLLOW_WORD = re.compile(r"o\s(?=\S)")
BESIDE_HOLLOW = (SOLID[0], HOLLOW[0], SQUARE[0])
DOTTED_FAMILY = re.compile(r"[1-9]\.")  # 1.1 is one deep, 1.1.1 two
IS_ARROW = re.compile(ARROW)


@dataclass(frozen=True, slots=True)
class Item:
    """The sign of a list at the beginning of a line: its `length`, the `column` of its line and of the `text` after it.

    `family`: the same for the signs of one list. `rank`: how deep the item stands among those that begin in its column.
    """

    length: int
    column: int
    text: int
    family: str
    rank: int = 0
    is_counted: bool = False


def column_of(line: str, at: int = 0) -> int:
    """Where the text of a line begins, a tab going on to the next multiple of four, after its first `at` characters."""
    column = 0
    for index, character in enumerate(line):
        if character == "\t":
            column += TAB - column % TAB
        elif character.isspace() or index < at:
            column += 1
        else:
            break
    return column


def items_of(lines: Sequence[str], headings: Iterable[int]) -> dict[int, Item]:
    """The lines that begin with the sign of a list. `headings`: the lines that are none, and end all lists."""
    breaks = frozenset(headings)
    families: dict[int, tuple[int, str]] = {}
    numbers: list[tuple[int, int, int]] = []
    letters: list[Sign] = []
    parts: list[tuple[int, tuple[int, ...]]] = []
    for index, line in enumerate(lines):
        text = line.strip()
        column = column_of(line)
        if index in breaks:
            numbers.append((index, BREAK, 0))
            letters.append(Sign(index, BREAK, "", ""))
        elif not text:
            continue
        elif found := BULLET.match(text) or BRACKETED.match(text):
            families[index] = found.end(), _family(found[0].rstrip())
        elif found := NUMBER.match(text):
            families[index] = found.end(), "0."
            numbers.append((index, column, int(found[1])))
            parts.append((index, (int(found[1]),)))
        elif found := DOTTED.match(text):
            families[index] = found.end(), f"{found[1].count('.')}."
            parts.append((index, tuple(map(int, found[1].split(".")))))
        elif found := HOLLOW_LETTER.match(text):
            families[index] = found.end(), HOLLOW[0]
        elif found := LETTERS.match(text):
            families[index] = found.end(), ""
            letters.append(Sign(index, column, found[1] + found[3], found[2]))
        else:
            letters.append(Sign(index, column, "", ""))
    counted, lettered = counting(numbers), lettering(letters)
    counted |= dotted(parts)
    for index in {index for index, *_ in numbers} | {index for index, _ in parts}:
        if index not in counted:
            families.pop(index, None)
    for sign in letters:
        if sign.place in lettered:
            length, _ = families[sign.place]
            case = "A" if sign.said.isupper() else "a"
            families[sign.place] = length, f"{sign.style}{case}{lettered[sign.place]}"
        else:
            families.pop(sign.place, None)
    _add_neighbours(lines, families)
    found_ = {
        index: Item(
            length,
            column_of(lines[index]),
            column_of(lines[index], len(lines[index]) - len(lines[index].lstrip()) + length),
            family,
            is_counted=family[:1].isdigit(),
        )
        for index, (length, family) in sorted(families.items())
    }
    return _ranked(lines, found_, breaks)


def _family(sign: str) -> str:
    """What the signs of one list have in common."""
    if any(character.isdecimal() for character in sign):
        return f"1{sign[-1]}{len(sign) > 1 and sign[0] == '('}"
    for glyphs in (SOLID, HOLLOW, SQUARE):
        if sign in glyphs:
            return glyphs[0]
    return "1" if not sign.isascii() and sign.isnumeric() else "->" if IS_ARROW.fullmatch(sign) else sign


def _add_neighbours(lines: Sequence[str], families: dict[int, tuple[int, str]]) -> None:
    """Add what is a sign only beside others.

    Word's second bullet is an "o", which is a word in other languages; a dash may stand close to a capital.
    """
    for step in (1, -1):
        before = ""
        for index in range(len(lines))[::step]:
            text = lines[index].strip()
            if index not in families and before in BESIDE_HOLLOW and (found := HOLLOW_WORD.match(text)):
                families[index] = found.end(), HOLLOW[0]
            elif index not in families and CLOSE_DASH.match(text):
                if before == "-":
                    families[index] = 1, "-"
                before = "-"
                continue
            before = families[index][1] if index in families else ""


def _ranked(lines: Sequence[str], items: dict[int, Item], breaks: frozenset[int]) -> dict[int, Item]:
    """The items with their ranks, list by list: a run of items in one column, with nothing but deeper lines between."""
    ranked: dict[int, Item] = {}
    runs: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        item = items.get(index)
        if item is None and not line.strip() and index not in breaks:
            continue
        column = BREAK if index in breaks else column_of(line)
        ended = [each for each in runs if each > column or (each == column and item is None)]
        for each in ended:
            ranked |= _ranks(items, runs.pop(each))
        if item is not None:
            runs.setdefault(column, []).append(index)
    for run in runs.values():
        ranked |= _ranks(items, run)
    return ranked


def _ranks(items: dict[int, Item], run: Sequence[int]) -> dict[int, Item]:
    """The items of one run with their ranks: a sign is under another that comes back after it, or that goes before."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for index in run:
        first.setdefault(items[index].family, index)
        last[items[index].family] = index
    stack: list[str] = []
    found = {}
    for index in run:
        family = items[index].family
        while stack and stack[-1] != family and not _is_under(family, stack[-1], first, last):
            stack.pop()
        if not stack or stack[-1] != family:
            stack.append(family)
        is_dotted = DOTTED_FAMILY.fullmatch(family) is not None
        found[index] = replace(items[index], rank=int(family[0]) if is_dotted else len(stack) - 1)
    return found


def _is_under(family: str, above: str, first: dict[str, int], last: dict[str, int]) -> bool:
    order = (SOLID[0], HOLLOW[0], SQUARE[0])
    if family in order and above in order:
        return order.index(above) < order.index(family)
    return first[above] < first[family] and (family == "->" or first[family] < last[above])
