"""quoted: words that the author put between quotation marks are the words that matter."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.model import Card, Fact
from crisis_cards.templates.framing import cloze
from crisis_cards.templates.quotation import MIN_WORDS, QUOTED


def quoted(fact: Fact) -> Iterator[Card]:
    """One blank for each quoted phrase that is too short to be a speech."""
    for match in QUOTED.finditer(fact.text):
        if len(match["words"].split()) < MIN_WORDS:
            card = cloze(fact, "quoted", *match.span("words"))
            if card is not None:
                yield card
