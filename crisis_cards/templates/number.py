"""number: how many, asked with the noun that is counted."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.dates import DATE
from crisis_cards.model import Card, Fact
from crisis_cards.templates.framing import cloze_of

SMALL = frozenset({"one", "1"})


def number(fact: Fact) -> Iterator[Card]:
    """One blank for each number that counts a noun, or is a share of something."""
    parse = fact.parse
    if parse is None:
        return
    dates = [match.span() for match in DATE.finditer(fact.text)]
    for token in parse.tokens:
        is_counting = token.tag == "CD" and token.dependency == "nummod"
        in_date = any(start <= token.start < end for start, end in dates)
        if is_counting and not in_date and token.text.lower() not in SMALL and token.is_shown:
            card = cloze_of(fact, "number", (token,), "number")
            if card is not None:
                yield card
