"""long-answer: an answer too long to grade yourself on.

A card asks for one thing. Past some twenty-five words you recall a part, press Good, and the schedule is told
something untrue.

    Q: What did the blockade do?
    A: It kept ships with weapons away, it gave both sides time, it … (and thirty more words)

Write instead: one card for each thing that you want to know, or `==blanks==` in the sentence that says it.
"""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.check.inspection import Finding, Inspection, cards_of
from crisis_cards.wording import answer

MAX_WORDS = 25


def long_answer(inspection: Inspection) -> Iterator[Finding]:
    """An answer of more than MAX_WORDS words."""
    for sheet in inspection.sheets:
        for block, card in cards_of(sheet):
            words = len(answer(card.wording).split())
            if words > MAX_WORDS:
                yield Finding(
                    block.span, f"the answer has {words} words; {MAX_WORDS} is the most: ask for less at a time"
                )
