"""inka: sections between `---`, with `Deck:`, `Tags:`, numbered questions, and their answers as quotes.

A number without a quote below it is a text with blanks, in Anki's way or shorter: `{1::words}`, `{words}`. See the
wikis of lazy-void/inka and sysid/inka2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crisis_cards.config import can_name_a_deck
from crisis_cards.reading.syntaxes.fences import in_fences
from crisis_cards.reading.syntaxes.written import Side, Spent, Syntax, Told, Written
from crisis_cards.reading.tags import anki_tag, unique

RULE = "---"
NUMBER = re.compile(r"\d+\.")
TOLD = re.compile(r"(?P<key>Deck|Tags):(?P<value>.*)")
ID = re.compile(r"<!--ID:\S+-->")
QUOTE = re.compile(r">\s?")
# What is read as it is, or a blank; of a length at most, so that a line of many openings is read in time.
TOKEN = re.compile(
    r"(?P<literal>```.{1,5000}?```|`[^`]{1,2000}`|(?<!\\)\$\$.{1,2000}?(?<!\\)\$\$|(?<!\\)\$[^$\n]{1,2000}(?<!\\)\$)"
    r"|(?P<anki>\{\{c\d+::.{0,2000}?\}\})"
    r"|\{c?(?P<number>\d+)::(?P<numbered>[^{}]{1,2000})\}"
    r"|\{(?P<words>[^{}]{1,2000})\}",
    re.DOTALL,
)


def is_written(lines: Sequence[str]) -> bool:
    """Whether a section names a deck or tags, or has an id, and has a card; or is all cards, answered right below."""
    code = in_fences(lines)
    for start, end in _sections(lines, code):
        made = [each for each in _cards(lines, code, (start, end), has_several=False) if isinstance(each, Written)]
        is_told = any(TOLD.match(line) or ID.fullmatch(line) for line in lines[start:end])
        if made and (is_told or _is_all(lines, made, start, end)):
            return True
    return False


def _is_all(lines: Sequence[str], made: Sequence[Written], start: int, end: int) -> bool:
    """Whether the lines [start, end) are nothing but questions with their answers on the next line."""
    at = start
    for card in made:
        is_below = card.answer is not None and card.answer.first == card.first + 1
        if not is_below or any(map(str.strip, lines[at : card.first - 1])):
            return False
        at = card.last
    return not any(map(str.strip, lines[at:end]))


def cards(lines: Sequence[str]) -> Iterator[Written | Spent]:
    """The cards of all sections, and the lines that are the tool's own."""
    code = in_fences(lines)
    has_several = len(_decks(lines)) > 1
    for start, end in _sections(lines, code):
        found = list(_cards(lines, code, (start, end), has_several=has_several))
        if not found:  # front matter, or notes between two rules
            continue
        yield Spent(start, start, "a rule")
        yield from found
        yield Spent(end + 1, end + 1, "a rule")


def told(lines: Sequence[str]) -> Told:
    """The deck that all sections name, if it is one."""
    decks = _decks(lines)
    return Told(decks[0] if len(decks) == 1 else "")


def _sections(lines: Sequence[str], code: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The indices [start, end) of what is between each two rules."""
    rules = [index for index, line in enumerate(lines) if line.rstrip() == RULE and not code[index]]
    return ((start + 1, end) for start, end in zip(rules[::2], rules[1::2], strict=False))


def _decks(lines: Sequence[str]) -> list[str]:
    """The names of all decks, each once."""
    code = in_fences(lines)
    found = (_value(lines, start, end, "Deck") for start, end in _sections(lines, code))
    return list(dict.fromkeys(" ".join(name.split()) for name in found if can_name_a_deck(name.strip())))


def _value(lines: Sequence[str], start: int, end: int, key: str) -> str:
    """What a section says of its deck or its tags."""
    return next(
        (found["value"] for line in lines[start:end] if (found := TOLD.match(line)) and found["key"] == key), ""
    )


def _cards(
    lines: Sequence[str], code: Sequence[bool], section: tuple[int, int], *, has_several: bool
) -> Iterator[Written | Spent]:
    """The cards of a section, and what it says of them; a file is one deck, so of several each becomes a tag."""
    start, end = section
    deck = _value(lines, start, end, "Deck").strip() if has_several else ""
    tags = unique(anki_tag(tag) for tag in (*_value(lines, start, end, "Tags").split(), deck))
    at = start
    while at < end:
        if ID.fullmatch(lines[at].rstrip()):
            yield Spent(at + 1, at + 1, "an id")
        elif TOLD.match(lines[at]):
            yield Spent(at + 1, at + 1, "the deck or tags of a section")
        elif NUMBER.match(lines[at]) and not code[at]:
            stop = _end(lines, code, at + 1, end)
            card = _card(lines, at, stop, tags)
            if card is not None:
                yield card
            at = stop
            continue
        at += 1


def _end(lines: Sequence[str], code: Sequence[bool], start: int, end: int) -> int:
    """The index of the first line from `start` on that begins something else."""
    return next(
        (
            index
            for index in range(start, end)
            if ID.match(lines[index]) or (not code[index] and (NUMBER.match(lines[index]) or TOLD.match(lines[index])))
        ),
        end,
    )


def _card(lines: Sequence[str], start: int, end: int, tags: tuple[str, ...]) -> Written | None:
    """A card that begins with its number; None if it has neither an answer nor a blank."""
    quote = next((index for index in range(start + 1, end) if lines[index].startswith(">")), end)
    first = lines[start][NUMBER.match(lines[start]).end() :].lstrip()  # type: ignore[union-attr]
    text = "\n".join([first, *lines[start + 1 : quote]]).rstrip()
    prompt = Side(start + 1, text)
    if quote < end:
        close = next((index for index in range(quote, end) if not lines[index].startswith(">")), end)
        answer = "\n".join(QUOTE.sub("", line, count=1).rstrip() for line in lines[quote:close])
        return (
            Written(start + 1, close, prompt, Side(quote + 1, answer), tags=tags) if text and answer.strip() else None
        )
    said = with_blanks(text)
    if "{{c" not in said and "==" not in said:
        return None
    return Written(start + 1, start + 1 + text.count("\n"), Side(start + 1, said), tags=tags)


def with_blanks(text: str) -> str:
    """A text whose blanks are as Anki has them; one without a number has that of its place among them."""
    place = 0

    def said(found: re.Match[str]) -> str:
        nonlocal place
        if found["literal"]:
            return found[0]
        place += 1
        words = found["numbered"] or found["words"] or ""
        if found["anki"] or not words.strip():
            return found[0]
        if "::" in words and found["words"]:  # where a hint would begin
            return f"=={words}=="
        return f"{{{{c{found['number'] or place}::{words}}}}}"

    return TOKEN.sub(said, text)


INKA = Syntax("inka", "inka", (".md", ".markdown"), is_written, cards, told)
