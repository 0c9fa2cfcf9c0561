"""date: a date inside the line is blanked."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.dates import DATE
from crisis_cards.model import Card, Fact
from crisis_cards.templates.framing import cloze


def date_blank(fact: Fact) -> Iterator[Card]:
    """One blank for the date of a line that has just one."""
    found = list(DATE.finditer(fact.text))
    if len(found) == 1:
        card = cloze(fact, "date", *found[0].span(), "date")
        if card is not None:
            yield card
