"""Obsidian Spaced Repetition: `Q::A`, `Q:::A`, `?` and `??` between lines, `==blanks==`; `#flashcards/deck` above them.

A card of several lines ends at a blank line, or at `+++` where a file has that. The plugin's schedules are comments,
`<!--SR:…-->`. See the documentation and the parser of st3v3nmw/obsidian-spaced-repetition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from crisis_cards.reading.markdown.front_matter import front_matter
from crisis_cards.reading.syntaxes.clozes import cloze, has_blanks, matches, replaced, unmarked
from crisis_cards.reading.syntaxes.colons import one_line
from crisis_cards.reading.syntaxes.fences import in_fences_or_math
from crisis_cards.reading.syntaxes.margins import (
    HEADING,
    block_of,
    front_of,
    parted,
    run_of,
    segments,
    tags_around,
    without_tags,
)
from crisis_cards.reading.syntaxes.written import Side, Spent, Syntax, Told, Written

TAGS = ("flashcards", "flashcard")
BEGINS = "<!--SR:"
SCHEDULE = re.compile(r"<!--SR:[^\n<]*?(?:-->|$)")
CALLOUT = "> [!sr|card-metadata]"
REACH = 4
"""How many lines a callout with a schedule has at most."""

CODE = re.compile(r" {4}| {0,3}\t")
END = "+++"
NUMBER = re.compile(r"\d{1,3}|[ash]{1,99}")
"""Of which card a blank is: its number, or what each card does with it: ask, show or hide."""

HIGHLIGHTED = r"==(?!=)(?P<said>[^\n]{1,1000}?)(?<!=)==(?!=)(?:\^\[(?P<hint>[^\]\n]{1,200})\])?"
HIGHLIGHT = re.compile(HIGHLIGHTED + r"(?:\[\^(?P<number>\d{1,3}|[ash]{1,99})\])?")
FOOTED = re.compile(HIGHLIGHTED + r"(?P<number>)")
"""In a file that has footnotes, for which `[^1]` stands."""

FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:")
AS_OURS = re.compile(r"(?<!\w)==(?!\s)[^\n]{1,1000}?(?<!\s)==(?!\w)")
BOLD = re.compile(r"\*\*(?![\s*])(?P<said>[^\n*]{1,1000})(?<!\s)\*\*(?P<hint>)(?P<number>)")
CURLY = re.compile(r"\{\{(?P<said>[^\n{}]{1,1000})\}\}(?P<hint>)(?P<number>)")
NUMBERED = re.compile(r"\{\{(?P<number>\d{1,3})::(?P<said>[^\n{}:]{1,1000})(?:::(?P<hint>[^\n{}]{1,200}))?\}\}")
"""As the documentation's pattern for blanks like Anki's has it, which one may choose."""

Found = tuple[Written | Spent, tuple[str, ...]]
"""What lines say, and the decks that it is in."""


@dataclass(slots=True)
class Sheet:
    """A file that is read, and how far.

    `plain`: its lines without the plugin's own words. `hidden`: which of them are code or a comment. `ends`: where the
    ends of cards are written. `blank`: what is one. `decks`: those of the tags so far. `found`: each with its decks.
    """

    lines: Sequence[str]
    plain: list[str]
    hidden: list[bool]
    ends: list[int]
    blank: re.Pattern[str] = HIGHLIGHT
    decks: tuple[str, ...] = ()
    found: list[Found] = field(default_factory=list)


def is_written(lines: Sequence[str]) -> bool:
    """Whether there is a schedule, cards that `?` parts again and again, or the plugin's tag and a card."""
    sheet = _sheet(lines)
    shown = [line for line, is_hidden in zip(lines, sheet.hidden, strict=True) if not is_hidden]
    if any("<!--SR:!" in line for line in shown) or sum(_parts(sheet, index) for index in range(len(lines))) > 1:
        return True
    tags = list(front_matter("", list(lines)).tags)
    for line in shown:
        own = tags_around(line) if "#" in line else []
        is_alone = len(own) == len(line.split())
        tags += [
            tag for tag in own if is_alone or tag.lower().startswith(TAGS[0])
        ]  # others end questions with the other
    return any(map(is_sign, tags)) and any(isinstance(each, Written) for each, _ in _found(lines))


def cards(lines: Sequence[str]) -> Iterator[Written | Spent]:
    """The cards of a file, and the lines that only the plugin reads; decks that are not the file's are tags."""
    found = _found(lines)
    deck = _common(found)
    for each, own in found:
        tags = tuple(name for name in own if name not in ("", deck))
        yield replace(each, tags=tags) if tags and isinstance(each, Written) else each


def told(lines: Sequence[str]) -> Told:
    """The deck that all cards of a file are in or below."""
    return Told(_common(_found(lines)))


def _common(found: Sequence[Found]) -> str:
    """The deck above the first ones of all cards; empty if they have none in common."""
    decks = {next(iter(own), "") for each, own in found if isinstance(each, Written)}
    levels = zip(*(deck.split("::") for deck in decks), strict=False)
    return "::".join(level[0] for level in takewhile(lambda level: len(set(level)) == 1, levels))


def is_sign(tag: str) -> bool:
    """Whether a tag is the plugin's own, with or without a deck."""
    return tag.partition("::")[0].lower() in TAGS


def _sheet(lines: Sequence[str]) -> Sheet:
    hidden = in_fences_or_math(lines)
    last = max((index for index, line in enumerate(lines) if "-->" in line), default=-1)
    is_comment = False
    for index, line in enumerate(lines):
        if not hidden[index] and index <= last:
            is_comment = is_comment or (line.startswith("<!--") and not line.startswith(BEGINS))
        if is_comment:
            hidden[index] = True
            is_comment = "-->" not in line
    plain = [line if hidden[index] else _plain(line) for index, line in enumerate(lines)]
    return Sheet(lines, plain, hidden, [at for at, line in enumerate(lines) if line.strip() == END and not hidden[at]])


def _plain(line: str) -> str:
    """A line without the plugin's tags and schedules."""
    return without_tags(SCHEDULE.sub("", line).rstrip() if BEGINS in line else line, is_sign)


def _found(lines: Sequence[str]) -> list[Found]:
    """What the lines say, each with the decks that it is in."""
    sheet = _sheet(lines)
    front = front_matter("", list(lines))
    sheet.decks = _decks(front.tags)
    blocks = list(_blocks(sheet, front.length))
    sheet.blank = _blank(sheet, blocks)
    for start, end in blocks:
        _read(sheet, start, end)
    return sheet.found


def _decks(tags: Sequence[str]) -> tuple[str, ...]:
    """The decks that tags name, one empty for the plugin's own."""
    return tuple(dict.fromkeys(tag.partition("::")[2] for tag in tags if is_sign(tag)))


def _blocks(sheet: Sheet, at: int) -> Iterator[tuple[int, int]]:
    """The runs of lines without a blank one outside of code; a card with a written end goes on to that."""
    count, ends = len(sheet.lines), iter([*sheet.ends, len(sheet.lines)])
    marker = next(ends)
    while at < count:
        end, is_parted = at, False
        while end < count and (sheet.hidden[end] or sheet.lines[end].strip()):
            is_parted = is_parted or _parts(sheet, end)
            end += 1
        if end == at:
            at += 1
            continue
        while marker < end and marker < count:
            marker = next(ends)
        if is_parted and end < marker < count and not any(_parts(sheet, index) for index in range(end, marker)):
            end = marker
        yield at, end
        at = end


def _parts(sheet: Sheet, at: int) -> bool:
    """Whether a line parts a prompt right above it from an answer below it."""
    lines = sheet.lines
    if lines[at].strip() not in ("?", "??") or sheet.hidden[at] or not 0 < at < len(lines) - 1:
        return False
    is_answered = sheet.plain[at + 1].strip() or (sheet.ends and sheet.ends[-1] > at)
    return bool(lines[at - 1].strip() and is_answered)


def _blank(sheet: Sheet, blocks: Sequence[tuple[int, int]]) -> re.Pattern[str]:
    """What blanks are: highlights, unless something has a schedule that has none, and nothing else to be a card."""
    for start, end in blocks:
        first = start
        for at in range(start, end):
            if BEGINS not in sheet.lines[at]:
                continue
            text = "\n".join(sheet.plain[first : at + 1])
            first = at + 1
            if any(sign in text for sign in ("::", "==", "\n?")):
                continue
            if found := next((each for each in (CURLY, BOLD) if each.search(text)), None):
                return found
    return FOOTED if any(map(FOOTNOTE.match, sheet.plain)) else HIGHLIGHT


def _read(sheet: Sheet, start: int, end: int) -> None:
    """Read one run of lines."""
    at = first = start
    own: tuple[str, ...] = ()  # tags above a card of several lines are that card's alone
    while at < end:
        line = sheet.lines[at]
        if sheet.hidden[at]:
            at += 1
        elif line.startswith((BEGINS, CALLOUT)) or line.strip() == END:
            _read_blanks(sheet, first, at, own)
            after = at + 1
            if line.startswith(CALLOUT):
                near = range(at, min(at + REACH, end))
                after = next((index + 1 for index in near if BEGINS in sheet.lines[index]), after)
            reason = "a separator" if line.strip() == END else "a schedule"
            sheet.found.append((Spent(at + 1, after, reason), ()))
            first = at = after
        elif (decks := _decks(tags := tags_around(line))) and len(parted(line)[1].split()) == len(tags):
            _read_blanks(sheet, first, at, own)
            own = decks
            if all(map(is_sign, tags)):
                sheet.found.append((Spent(at + 1, at + 1, "the sign of a deck"), ()))
            first = at = at + 1
        elif _parts(sheet, at) and (card := _in_two(sheet, first, at, end)):
            sheet.found.append((card, own or sheet.decks))
            if card.last < end and any(each.strip() for each in sheet.lines[card.last : end]):
                sheet.found.append((Spent(card.last + 1, end, "a schedule"), ()))
            return
        elif card := _in_one(sheet, at):
            _read_blanks(sheet, first, at, own)
            sheet.decks = own or sheet.decks
            own = ()
            if not card.sign.strip() and not CODE.match(sheet.lines[start]):  # no code, for it goes on a paragraph
                card = replace(card, sign="")
            sheet.found.append((card, _own(line) or sheet.decks))
            first = at = at + 1
        else:
            at += 1
    if not _read_blanks(sheet, first, end, own) and own:
        sheet.decks = own


def _own(line: str) -> tuple[str, ...]:
    """The decks of tags that begin a line, which are for that line alone."""
    words = takewhile(lambda word: word.startswith("#"), parted(line)[1].split()) if "#" in line else ()
    return tuple(filter(None, _decks(tags_around(" ".join(words)))))


def _in_one(sheet: Sheet, at: int) -> Written | None:
    """The card of a line that has `::` or `:::` in it; with a schedule it is no field."""
    following = sheet.lines[at + 1] if at + 1 < len(sheet.lines) else ""
    has_schedule = BEGINS in sheet.lines[at] or following.startswith((BEGINS, CALLOUT))
    return one_line(sheet.plain[at], at + 1, may_be_field=not has_schedule)


def _in_two(sheet: Sheet, first: int, at: int, end: int) -> Written | None:
    """The card whose prompt and answer a line with `?` or `??` parts; a heading is a prompt right above it only."""
    heads = [index for index in range(first, at) if HEADING.match(sheet.lines[index]) and not sheet.hidden[index]]
    if heads:
        first = min(heads[-1] + 1, at - 1)
    filled = [index for index in range(at + 1, end) if sheet.plain[index].strip() and not _is_schedule(sheet, index)]
    if first == at or not filled:
        return None
    sign, prompt = front_of(sheet.plain, first, at)
    answer = block_of(sheet.plain, at + 1, filled[-1] + 1)
    sides = (replace(prompt, text=unmarked(prompt.text)), replace(answer, text=unmarked(answer.text)))
    return Written(first + 1, filled[-1] + 1, *sides, sheet.lines[at].strip() == "??", sign=sign)


def _is_schedule(sheet: Sheet, at: int) -> bool:
    line = sheet.lines[at]
    return not sheet.hidden[at] and (line.startswith((BEGINS, CALLOUT)) or (line.startswith(">") and BEGINS in line))


def _read_blanks(sheet: Sheet, start: int, end: int, own: tuple[str, ...]) -> bool:
    """Read the texts with blanks in some lines; whether there are any."""
    count = len(sheet.found)
    for first, after in segments(sheet.plain, sheet.hidden, start, end):
        sign, side = run_of(sheet.plain, first, after)
        text = replaced(side.text, NUMBERED, lambda found: cloze(found["number"], found["said"], found["hint"] or ""))
        text = _with_clozes(text, sheet.blank)
        if has_blanks(text):
            card = Written(first + 1, after, Side(first + 1, text), sign=sign)
            sheet.found.append((card, own or sheet.decks))
    return len(sheet.found) > count


def _with_clozes(text: str, blank: re.Pattern[str]) -> str:
    """A text with the plugin's blanks as Anki's; those that are ours stay when all are."""
    found = matches(text, blank)
    said = {each.start(): _said(each) for each in found}
    are_numbered = any(number for number, *_ in said.values())
    are_plain = blank in (HIGHLIGHT, FOOTED) and not are_numbered and not any(hint for *_, hint in said.values())
    if are_plain and all(AS_OURS.match(text, each.start()) for each in found):
        return text
    count = iter(range(1, len(found) + 1))

    def cloze_of(each: re.Match[str]) -> str:
        number, words, hint = said[each.start()]
        if not are_numbered:
            return cloze(next(count), words, hint)
        return cloze(number, words, hint) if number else each["said"]

    return replaced(text, blank, cloze_of)


def _said(found: re.Match[str]) -> tuple[int, str, str]:
    """The number of a blank, 0 without one, its words and its hint."""
    parts = found["said"].split(";;")
    number = parts.pop(0) if len(parts) > 1 and NUMBER.fullmatch(parts[0]) else found["number"] or ""
    hint = parts.pop() if len(parts) > 1 else found["hint"] or ""
    place = int(number) if number.isdigit() else number.find("a") + 1
    return place, ";;".join(parts), hint


OBSIDIAN_SPACED_REPETITION = Syntax(
    "obsidian-spaced-repetition",
    "Obsidian Spaced Repetition",
    (".md", ".markdown"),
    is_written,
    cards,
    told,
    is_sign,
)
