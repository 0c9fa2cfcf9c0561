"""org-drill: headlines with the tag `:drill:`; blanks in square brackets, answers below headlines of their own.

The property DRILL_CARD_TYPE says how a card is asked. Where org-drill chooses at random what it hides, each of the
choices is a card. See its manual, https://orgmode.org/worg/org-contrib/org-drill.html, and org-drill.el.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from crisis_cards.reading.syntaxes.org_items import File, Item, blanked, cards_of, file_of, headed
from crisis_cards.reading.syntaxes.written import Side, Syntax, Written
from crisis_cards.reading.tidy import has_words

TAGS = frozenset({"drill", "leitner"})
MAX_SIDES = 6
"""A card for each side, and each shows all others: more would be lists of lists."""

# What has brackets and is no blank: links, math, code, footnotes, dates with their weekday.
# No group is possessive: Python before 3.11.5 matches such wrongly (gh-106052).
HOLE = re.compile(
    r"\[\[(?:[^\[\]\\\n]++|\\.)+\](?:\[(?:[^\[\]]++|\[[^\[\]]*+\])+\])?\]"
    r"|\\\((?:[^\\]|\\[^()])*\\\)|\\\[(?:[^\\]|\\[^\[\]])*\\\]|(?<![\\$\w])\$(?=[^\s$])[^$\n]*[^\s$\\]\$(?![$\w])"
    r"|(?<![\w=])=[^\s=][^=\n]*=(?![\w=])|(?<![\w~])~[^\s~][^~\n]*~(?![\w~])"
    r"|\[fn:[^\[\]]*\]|\[cite[:/][^\[\]]*\]|\[\d{4}-\d\d-\d\d \w[^\[\]]*\]"
    r"|(?<!\\)\[(?P<words>(?:[^\[\]|]|\|(?!\|))+)(?:\|\|(?P<hint>[^\[\]]*+))?\]"
)

OLD = re.compile(r"(\w[\w '-]*)\|(\w[\w '/-]*)")
"""Words and hint as org-drill wrote them before it doubled the sign between them."""


def is_written(lines: Sequence[str]) -> bool:
    """Whether a headline has the tag `:drill:`, and below it is what makes a card of it."""
    file = _file(lines)
    return any("drill" in item.tags and next(_cards(file, item), None) is not None for item in _items(file))


def cards(lines: Sequence[str]) -> Iterator[Written]:
    """The cards of a file; their headlines stay as headings unless they are what is asked."""
    file = _file(lines)
    for item in _items(file):
        yield from _cards(file, item)


def _file(lines: Sequence[str]) -> File:
    if not any(":drill:" in line or ":leitner:" in line for line in lines):
        return File(lines, [], [], [], [])
    return file_of(lines, TAGS)


def _items(file: File) -> list[Item]:
    return cards_of(file, TAGS)


def _cards(file: File, item: Item) -> Iterator[Written]:
    kind = item.properties.get("DRILL_CARD_TYPE", "").strip('"').lower()
    return KINDS.get(kind, _simple)(file, item)


def _simple(file: File, item: Item) -> Iterator[Written]:
    """All blanks at once; without blanks, or to a question, what is below the first headline is the answer."""
    sides = file.sides(item)
    body = file.side(item.body, item.body_end)
    is_question = bool(sides) and body.text.rstrip().endswith("?")
    found = [] if is_question else list(blanked(file, item, HOLE, lambda text: _blank(text, lambda _: 1)))
    if found:
        yield from found
    elif sides and file.has_text(sides[0].index + 1, file.end(sides[0])):
        answer = sides[0]
        end = file.end(answer)
        if file.has_text(item.body, item.body_end):
            yield Written(body.first, file.last(answer.index, end), body, file.side(answer.index + 1, end))
        else:
            yield headed(file, item, file.side(answer.index + 1, end), (answer.index, end))


def _each(file: File, item: Item) -> Iterator[Written]:
    """A card for each blank."""
    found = list(blanked(file, item, HOLE, lambda text: _blank(text, lambda index: index + 1)))
    yield from found or _simple(file, item)


def _only(place: Callable[[int], int]) -> Callable[[File, Item], Iterator[Written]]:
    """What hides a single blank of all; `place` says which of how many. The words of the others only stay."""

    def only(file: File, item: Item) -> Iterator[Written]:
        texts = list(blanked(file, item, HOLE, lambda text: text))
        total = sum(found["words"] is not None for each in texts for found in HOLE.finditer(each.prompt.text))
        count = 0
        for each in texts:
            chosen = place(total) - count
            count += sum(found["words"] is not None for found in HOLE.finditer(each.prompt.text))
            shown = _blank(each.prompt.text, partial(_is_chosen, chosen))
            if "{{c1::" in shown:
                yield Written(each.first, each.last, Side(each.prompt.first, shown), sign=each.sign)
        if not texts:
            yield from _simple(file, item)

    return only


def _is_chosen(chosen: int, index: int) -> int:
    return int(index == chosen)


def _two_sided(file: File, item: Item) -> Iterator[Written]:
    """The first two headlines, each asked for by the other; what is above them is on the front."""
    yield from _sided(file, item, file.sides(item)[:2])


def _many_sided(file: File, item: Item) -> Iterator[Written]:
    """All headlines, each asking for all others."""
    yield from _sided(file, item, file.sides(item)[:MAX_SIDES])


def _sided(file: File, item: Item, sides: Sequence[Item]) -> Iterator[Written]:
    sides = [side for side in sides if file.has_text(side.index + 1, file.end(side))]
    if len(sides) <= 1:
        yield from _each(file, item)
        return
    end = file.end(sides[-1])
    has_body = file.has_text(item.body, item.body_end)
    if len(sides) == len(("front", "back")) and not has_body:
        front, back = (file.side(side.index + 1, file.end(side)) for side in sides)
        yield Written(sides[0].index + 1, file.last(sides[0].index, end), front, back, both_ways=True)
        return
    first = item.body if has_body else sides[0].index
    for side in sides:
        others = [other for other in sides if other is not side]
        own = (item.body if has_body else side.index + 1, item.body_end if has_body else side.index + 1)
        prompt = _kept(file, first, end, [own, (side.index + 1, file.end(side))])
        heads = 0 if len(sides) > 1 + 1 else 1  # of several others, their headlines say which is which
        answer = _kept(file, first, end, [(other.index + heads, file.end(other)) for other in others])
        begin = first if side is sides[0] else side.index
        yield Written(file.side(begin, end).first, file.last(begin, file.end(side)), prompt, answer)


def _kept(file: File, first: int, end: int, ranges: Sequence[tuple[int, int]]) -> Side:
    """Some lines of [first, end) as a side; all others are blank, so that each line keeps its number."""
    shown = [""] * (end - first)
    for start, stop in ranges:
        shown[start - first : stop - first] = file.lines[start:stop]
    text = "\n".join(shown)
    begin = len(shown) - len(text.lstrip("\n").split("\n"))
    return Side(first + begin + 1, text.strip("\n"))


def _conjugated(file: File, item: Item) -> Iterator[Written]:
    """A verb or noun, as the properties tell, and its forms."""
    words = _property(item, "VERB_INFINITIVE") or _property(item, "NOUN")
    if not words or not file.has_text(item.body, item.body_end):
        yield from _each(file, item)
        return
    meaning = _property(item, "VERB_TRANSLATION") or _property(item, "NOUN_TRANSLATION")
    names = ("VERB_TENSE", "VERB_MOOD", "NOUN_GENDER")
    forms = [value for name in names if (value := _own(item, name))]
    said = ", ".join([f"{words} ({meaning})" if meaning else words, *(forms or [item.title])])
    answer = file.side(item.body, item.body_end)
    yield Written(answer.first, file.last(item.body, item.body_end), Side(answer.first, said), answer)


def _of_headlines(file: File, item: Item) -> Iterator[Written]:
    """What is below the first headline asks for what is below all others."""
    sides = file.sides(item)
    if len(sides) <= 1:
        yield from _simple(file, item)
        return
    end = file.end(sides[-1])
    prompt, answer = file.side(sides[0].index + 1, sides[0].end), file.side(sides[1].index, end)
    yield Written(sides[0].index + 1, file.last(sides[0].index, end), prompt, answer)


def _blank(text: str, number_of: Callable[[int], int]) -> str:
    """A text with Anki's blanks for those in brackets; `number_of` gives their numbers, 0 for one that is none."""
    index = -1

    def blank(found: re.Match[str]) -> str:
        nonlocal index
        words, hint = found["words"], found["hint"]
        if words is None:
            return found[0]
        index += 1
        number = number_of(index)
        if hint is None and (old := OLD.fullmatch(words)):
            words, hint = old.groups()
        if not number or not has_words(words) or "{{" in words or "}}" in words:
            return words if not number else found[0]
        if "::" in words:
            return f"=={words}=="
        return f"{{{{c{number}::{words}::{hint.replace('::', ':')}}}}}" if hint else f"{{{{c{number}::{words}}}}}"

    return HOLE.sub(blank, text)


def _own(item: Item, name: str) -> str:
    return item.properties.get(name, "").strip('" ')


def _property(item: Item, name: str) -> str:
    """A property of a headline or of one above it."""
    above: Item | None = item
    while above is not None:
        if found := _own(above, name):
            return found
        above = above.parent
    return ""


KINDS: dict[str, Callable[[File, Item], Iterator[Written]]] = {
    **dict.fromkeys(("", "nil", "simple", "simpletyped"), _simple),
    **dict.fromkeys(("hide1cloze", "hide2cloze", "multicloze", "hide1_firstmore"), _each),
    **dict.fromkeys(("show1cloze", "show2cloze", "show1_lastmore", "show1_firstless"), _each),
    "hidefirst": _only(lambda _: 0),
    "hidelast": _only(lambda total: total - 1),
    "twosided": _two_sided,
    "multisided": _many_sided,
    **dict.fromkeys(("conjugate", "decline_noun"), _conjugated),
    "spanish_verb": _of_headlines,
}
"""What each type of card gives; types that people made themselves are read as simple ones."""

ORG_DRILL = Syntax("org-drill", "org-drill", (".org",), is_written, cards)
