"""number: how many, asked with the noun that is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_cards.dates import DATE
from crisis_cards.model import Card, Fact
from crisis_cards.templates.framing import cloze

_RANGE_BEFORE = re.compile(r"\d[\d.,]*\s?(?:-|–|to|and)\s?$")
_RANGE_AFTER = re.compile(r"\s?(?:-|–|to|and)\s?\d[\d.,]*\b")
SMALL = frozenset({"one", "1", "two"})  # said of anything


def number(fact: Fact) -> Iterator[Card]:
    """One blank for each number that counts a noun; a range is one number."""
    parse = fact.parse
    if parse is None:
        return
    taken = [match.span() for match in DATE.finditer(fact.text)]
    for token in parse.tokens:
        is_counting = token.tag == "CD" and token.dependency == "nummod" and token.text.lower() not in SMALL
        if not is_counting or not token.is_shown or any(start <= token.start < end for start, end in taken):
            continue
        before = _RANGE_BEFORE.search(fact.text[: token.start])
        after = _RANGE_AFTER.match(fact.text, token.end)
        start, end = before.start() if before else token.start, after.end() if after else token.end
        taken.append((start, end))
        card = cloze(fact, "number", start, end, "number")
        if card is not None:
            yield card
