"""Obsidian_to_Anki: notes between `START` and `END` or `STARTI` and `ENDI`, `TARGET DECK`, `FILE TAGS`, ids.

What its users may define themselves as cards is in `obsidian_to_anki_styles`. See the source and the tests of
ObsidianToAnki/Obsidian_to_Anki.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from crisis_cards.reading.pieces import Range
from crisis_cards.reading.syntaxes.clozes import has_blanks, unmarked
from crisis_cards.reading.syntaxes.fences import in_fences_or_math
from crisis_cards.reading.syntaxes.margins import block_of
from crisis_cards.reading.syntaxes.obsidian_to_anki_styles import (
    ID,
    TAGS,
    is_asked,
    is_blanked,
    is_sign,
    styled,
    with_clozes,
    without_id,
)
from crisis_cards.reading.syntaxes.written import Side, Spent, Syntax, Told, Written
from crisis_cards.reading.tags import anki_tag, unique

DECK = re.compile(r"TARGET DECK(?:: (.*))?")
FILE_TAGS = re.compile(r"FILE TAGS(?:: (.*))?")
NUMBERED = re.compile(r"(?:<!--)?ID: \d{13}\b")
KIND = re.compile(r"[^\W\d_][^\n:.?!]{0,60}")
FROZEN = re.compile(r"FROZEN - ([^\n:]{1,60}):[ \t]*")
INLINE = re.compile(r"[ \t]*\[([^\]\n]{1,60})\](.*)")
FIELDS = ("Front", "Back", "Text", "Extra", "Back Extra", "Add Reverse")
KNOWN = re.compile(rf"({'|'.join(sorted(FIELDS, reverse=True))}):(?:\s|$)")
LABEL = re.compile(r"([^\W\d_][\w-]*(?: [\w-]+){0,2}):(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a note: its name, empty where it has none, its lines [start, end), and its text."""

    name: str
    start: int
    end: int
    text: str


def is_written(lines: Sequence[str]) -> bool:
    """Whether there is a note between its signs, a deck or an id as the plugin writes them, or `#flashcard`."""
    code = in_fences_or_math(lines)
    for at, line in enumerate(lines):
        if code[at]:
            continue
        if "STARTI [" in line and "ENDI" in line:
            return True
        if line.startswith(("<!--ID: ", "ID: ")) and NUMBERED.match(line) and at:
            return True
        if DECK.fullmatch(line.rstrip()) and _named(lines, at):
            return True
    return any(True for _ in _blocks(lines, code)) or is_asked(lines, code) or is_blanked(lines, code)


def cards(lines: Sequence[str]) -> Iterator[Written | Spent]:
    """The cards of a file, and the lines that only the plugin reads."""
    code = in_fences_or_math(lines)
    found: list[Written | Spent] = []
    taken = [False] * len(lines)
    ids: set[int] = set()
    closes = dict(_blocks(lines, code))
    frozen = _frozen(lines, code)
    at = 0
    while at < len(lines):
        line, end = lines[at], at + 1
        if at in closes:
            end = closes[at] + 1
            found += _block(lines, at, closes[at], frozen)
        elif code[at]:
            at += 1
            continue
        elif DECK.fullmatch(line.rstrip()) or FILE_TAGS.fullmatch(line.rstrip()):
            end += int(":" not in line and at + 1 < len(lines) and bool(lines[at + 1].strip()))
            found.append(Spent(at + 1, end, "a deck" if line.startswith("TARGET") else "tags"))
        elif FROZEN.fullmatch(line):
            end = _end_of_run(lines, end)
            found.append(Spent(at + 1, end, "what is added to cards"))
        elif line.strip() == "DELETE" and at + 1 < len(lines) and ID.match(lines[at + 1]):
            end += 1
            found.append(Spent(at + 1, end, "an id"))
        elif ID.match(line):
            ids.add(at)
            found.append(Spent(at + 1, end, "an id"))
        elif "STARTI" in line and (inline := list(_inline(line, at))):
            found += inline
        else:
            at += 1
            continue
        taken[at:end] = [True] * (end - at)
        at = end
    yield from sorted([*found, *styled(lines, taken, ids, code)], key=lambda each: each.first)


def told(lines: Sequence[str]) -> Told:
    """The deck and the tags that a file names for all its cards."""
    code = in_fences_or_math(lines)
    deck, tags = "", ""
    for at, line in enumerate(lines):
        if not code[at] and line.startswith(("TARGET DECK", "FILE TAGS")):
            if DECK.fullmatch(line.rstrip()):
                deck = deck or _named(lines, at)
            elif FILE_TAGS.fullmatch(line.rstrip()):
                tags = tags or _named(lines, at)
    return Told(" ".join(deck.split()), unique(anki_tag(tag) for tag in tags.split()))


def _named(lines: Sequence[str], at: int) -> str:
    """What a line names after its colon, or the line below it."""
    _, colon, name = lines[at].partition(": ")
    return name.strip() if colon else lines[at + 1].strip() if at + 1 < len(lines) else ""


def _blocks(lines: Sequence[str], code: Sequence[bool]) -> Iterator[Range]:
    """The lines with `START` and `END` around notes that begin with the name of their type."""
    ends = [at for at, line in enumerate(lines) if line.rstrip() == "END"]
    reached = -1
    for at, line in enumerate(lines):
        if at <= reached or code[at] or line.rstrip() != "START":
            continue
        place = bisect_right(ends, at)
        kind = next((index for index in range(at + 1, len(lines)) if lines[index].strip()), len(lines))
        if place < len(ends) and kind < ends[place] and KIND.fullmatch(lines[kind].strip()):
            reached = ends[place]
            yield at, reached


def _frozen(lines: Sequence[str], code: Sequence[bool]) -> dict[str, dict[str, str]]:
    """What a file adds to the fields of all its notes of a type, between `START` and `END`."""
    found: dict[str, dict[str, str]] = {}
    reached = 0
    for at, line in enumerate(lines):
        kind = FROZEN.fullmatch(line) if at >= reached and not code[at] else None
        if kind:
            reached = _end_of_run(lines, at + 1)
            fields = _fields(lines, at + 1, reached, kind[1])
            found[kind[1]] = {field.name: " ".join(field.text.split()) for field in fields if field.name}
    return found


def _end_of_run(lines: Sequence[str], at: int) -> int:
    """The index of the first blank line from `at` on."""
    return next((index for index in range(at, len(lines)) if not lines[index].strip()), len(lines))


def _block(
    lines: Sequence[str], start: int, end: int, frozen: Mapping[str, Mapping[str, str]]
) -> Iterator[Written | Spent]:
    """The card of a note between `START` and `END`; without an answer or blanks its text is left to the notes."""
    filled = [at for at in range(start + 1, end) if lines[at].strip()]
    kind, last = lines[filled[0]].strip(), end
    if any(lines[at].strip() == "DELETE" for at in filled):
        yield Spent(start + 1, end + 1, "a card to delete")
        return
    tags: tuple[str, ...] = ()
    for at in reversed(filled[1:]):
        if TAGS.match(lines[at]):
            tags = unique(anki_tag(tag) for tag in lines[at].partition(":")[2].split())
        elif not ID.match(lines[at]):
            break
        last = at
    added, first = frozen.get(kind, {}), "Text" if "cloze" in kind.lower() else "Front"
    fields = [
        replace(field, text=_joined(field.text, added.get(field.name or first, "")))
        for field in _fields(lines, filled[0] + 1, last, kind)
    ]
    card = _card(lines, fields, kind)
    if card is None:
        yield Spent(start + 1, filled[0] + 1, "the beginning of a card")
        yield Spent(last + 1, end + 1, "the end of a card")
    elif card.answer is not None:
        yield replace(card, first=start + 1, last=end + 1, tags=tags)
    else:
        yield replace(card, first=start + 1, tags=tags)
        yield Spent(last + 1, end + 1, "the end of a card")


def _fields(lines: Sequence[str], start: int, end: int, kind: str) -> list[Field]:
    """The fields of a note with their text; those of types that everyone has are known by name."""
    label = KNOWN if kind.startswith(("Basic", "Cloze")) else LABEL
    found = ((at, label.match(lines[at])) for at in range(start, end))
    begins = [(at, name[1], len(name[0].rstrip())) for at, name in found if name]
    first = next((at for at in range(start, end) if lines[at].strip()), end)
    if not begins or begins[0][0] > first:
        begins.insert(0, (first, "", 0))
    fields = []
    for (at, name, cut), after in zip(begins, [*(each[0] for each in begins[1:]), end], strict=True):
        text = block_of([lines[at][cut:], *lines[at + 1 : after]], 0, after - at).text if at < after else ""
        fields.append(Field(name, at, after, text.rstrip()))
    return fields


def _joined(text: str, more: str) -> str:
    """A text with what is added to it, below it if it ends with code."""
    return f"{text}\n{more}" if more and text.endswith(("```", "~~~")) else f"{text} {more}".rstrip()


def _card(lines: Sequence[str], fields: Sequence[Field], kind: str) -> Written | None:
    """The card that fields make; None if they make none."""
    first = next((field for field in fields if field.name in ("", "Front", "Text")), fields[0] if fields else None)
    if first is None:
        return None
    if "cloze" in kind.lower():
        text = with_clozes(first.text)
        return Written(first.start + 1, first.end, Side(first.start + 1, text)) if has_blanks(text) else None
    others = [field for field in fields if field is not first and field.name != "Add Reverse" and field.text.strip()]
    if not others or not first.text.strip() or fields[0] is not first:
        return None
    back, end = others[0], others[-1].end
    text = "\n".join([back.text, *[""] * (back.end - back.start - 1 - back.text.count("\n"))])
    if len(others) > 1:
        text += "\n" + "\n".join(lines[back.end : end])
    reverse = any(field.name == "Add Reverse" and field.text.strip() for field in fields)
    both_ways = reverse if "optional" in kind else "reversed" in kind
    prompt, answer = Side(first.start + 1, unmarked(first.text)), Side(back.start + 1, unmarked(text.rstrip()))
    return Written(first.start + 1, end, prompt, answer, both_ways)


def _inline(line: str, at: int) -> Iterator[Written]:
    """The cards of a line that stand between `STARTI` and `ENDI`, each with what is before it."""
    reached = 0
    made: list[Written] = []
    while (start := line.find("STARTI", reached)) >= 0 and (end := line.find("ENDI", start)) > 0:
        card = _inline_card(line[start + len("STARTI") : end], at + 1)
        if card is not None:
            made.append(replace(card, sign=line[reached:start]))
        else:
            return
        reached = end + len("ENDI")
    if made:
        made[-1] = replace(made[-1], tail=line[reached:].rstrip())
    yield from made


def _inline_card(text: str, number: int) -> Written | None:
    said = without_id(text)
    said, _, tags = said.partition(" Tags: ")
    found = INLINE.match(said)
    if found is None:
        return None
    kind, words = found[1].strip(), found[2].strip()
    own = unique(anki_tag(tag) for tag in tags.split())
    parts = [part.strip() for part in re.split(r"(?:^|(?<=\s))(?:Front|Back|Text|Extra):(?=\s|$)", words)]
    filled = [part for part in parts if part]
    if "cloze" in kind.lower() and filled:
        made = with_clozes(filled[0])
        return Written(number, number, Side(number, made), tags=own) if has_blanks(made) else None
    if not filled[1:]:
        return None
    prompt, answer = Side(number, unmarked(filled[0])), Side(number, unmarked(" ".join(filled[1:])))
    return Written(number, number, prompt, answer, "reversed" in kind and "optional" not in kind, own)


OBSIDIAN_TO_ANKI = Syntax(
    "obsidian-to-anki", "Obsidian_to_Anki", (".md", ".markdown"), is_written, cards, told, is_sign
)
