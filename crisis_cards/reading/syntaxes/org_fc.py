"""org-fc: headlines with the tag `:fc:`, whose property FC_TYPE says how they are asked; `{{text}{hint}@0}` is a hole.

The headline asks, its own text or what is below the headline "Back" answers. See the manual in docs/ of l3kn/org-fc.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from crisis_cards.reading.syntaxes.org_items import File, Item, blanked, cards_of, file_of, headed
from crisis_cards.reading.syntaxes.written import Side, Syntax, Written
from crisis_cards.reading.tidy import has_words

TAGS = frozenset({"fc"})
BACKS = frozenset({"back", "answer"})
BOTH_WAYS = frozenset({"double", "vocab"})
SIGN = re.compile(r"[ \t]*:(?:FC_[A-Z_]+:(?:\s|$)|REVIEW_DATA:[ \t]*$)")
# Of the words, all up to the first brace that closes, but that formulas are taken whole.
WORDS = r"(?>\$(?:(?!\}\})[^$\n])*\$|(?!\{\{)[^}])*"
HOLE = re.compile(rf"\{{\{{(?P<words>{WORDS})\}}(?:\{{(?P<hint>{WORDS})\}})?(?:@(?P<id>\d{{1,9}}))?\}}")


def is_written(lines: Sequence[str]) -> bool:
    """Whether a headline has the tag `:fc:`, and the file has a property or a drawer of org-fc's."""
    return any(SIGN.match(line) for line in lines) and bool(cards_of(file_of(lines, TAGS), TAGS))


def cards(lines: Sequence[str]) -> Iterator[Written]:
    """The cards of a file."""
    file = file_of(lines, TAGS)
    for item in cards_of(file, TAGS):
        if item.properties.get("FC_TYPE", "").lower() == "cloze":
            yield from _with_holes(file, item)
        else:
            yield from _asked(file, item)


def _with_holes(file: File, item: Item) -> Iterator[Written]:
    """What has holes, each paragraph for itself; a headline with holes is asked with what is below it."""
    if HOLE.search(item.title):
        text = item.title
        if file.has_text(item.body, item.body_end):
            text = _text(item, file.side(item.body, item.body_end), "" if text.endswith((".", ":", "?", "!")) else ".")
        last = file.last(item.index, item.body_end)
        prompt = Side(item.index + 1, _blank(text))
        yield Written(item.index + 1, last, prompt, tags=item.anki_tags, sign=item.sign)
    else:
        yield from blanked(file, item, HOLE, _blank)


def _asked(file: File, item: Item) -> Iterator[Written]:
    """A headline and its own text, answered below "Back"; or a headline alone, answered by its text."""
    sides = file.sides(item)
    at = next((index for index, side in enumerate(sides) if side.title.casefold() in BACKS), None)
    both_ways = item.properties.get("FC_TYPE", "").lower() in BOTH_WAYS
    has_body = file.has_text(item.body, item.body_end)
    body = file.side(item.body, item.body_end)
    if at is None:
        if has_body:
            yield headed(file, item, body, (body.first - 1, item.body_end), both_ways=both_ways)
        return
    start, end = sides[0].index, file.end(sides[at])
    begin = start + 1 if at == 0 else start  # what stands before the back is shown with it, under its own headline
    answer = file.side(begin, end)
    if not file.has_text(begin, end):
        return
    if not has_body:
        yield headed(file, item, answer, (start, end), both_ways=both_ways)
    elif end == item.end and "noheading" not in item.tags:
        prompt = Side(item.index + 1, _text(item, body))
        yield Written(item.index + 1, file.last(start, end), prompt, answer, both_ways, item.anki_tags, item.sign)
    else:
        yield Written(body.first, file.last(start, end), body, answer, both_ways)


def _text(item: Item, body: Side, stop: str = "") -> str:
    """A headline and its text as one side, on the lines that they stand on."""
    feeds = "\n" * (body.first - item.index - 1)
    return f"{item.title}{stop}{feeds}{body.text}"


def _blank(text: str) -> str:
    """A text with Anki's blanks for its holes; those of one id are one."""
    numbers: dict[str, int] = {}

    def blank(found: re.Match[str]) -> str:
        words, hint = found["words"].strip(), (found["hint"] or "").strip()
        if not has_words(words):
            return words
        number = numbers.setdefault(found["id"] or f"at {found.start()}", len(numbers) + 1)
        if "::" in words:
            return f"=={words}=="
        return f"{{{{c{number}::{words}::{hint.replace('::', ':')}}}}}" if hint else f"{{{{c{number}::{words}}}}}"

    return HOLE.sub(blank, text)


ORG_FC = Syntax("org-fc", "org-fc", (".org",), is_written, cards)
