"""answer-given-away: the answer stands on the front.

A card that can be answered by reading it tests nothing, and its easy intervals hide that.

    Q: What was the Jupiter missile? A: a missile
    The ==blockade== of Cuba was a blockade in all but name

Write instead: blank the word in all its places, under one number (`{{c1::…}}` twice), or ask for what is new.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_cards.check.inspection import Finding, Inspection, cards_of
from crisis_cards.model import Card, Question
from crisis_cards.templates.stems import shared, stems
from crisis_cards.wording import answer, prompt

_CHOICE = re.compile(r"\b(?:or|than|which of|whether|true|false)\b", re.IGNORECASE)  # the answer is one of those named


def answer_given_away(inspection: Inspection) -> Iterator[Finding]:
    """A card all of whose answer can be read on its front."""
    for sheet in inspection.sheets:
        for block, card in cards_of(sheet):
            if card.template == "author" and (given := _given(card)):
                yield Finding(
                    block.span, f"the front shows “{given}”, which is the answer; ask for what it does not say"
                )


def _given(card: Card) -> str:
    """The answer, if all its words stand on the front."""
    asked, said = prompt(card.wording), answer(card.wording)
    words = stems(said)
    if not words or (isinstance(card.wording, Question) and _CHOICE.search(asked)):
        return ""
    return said if shared(said, asked) == words else ""
