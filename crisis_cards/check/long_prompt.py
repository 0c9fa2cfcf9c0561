"""long-prompt: a question so long that you stop reading it.

You see a card many times. What is long is soon known by its looks, not read, and then the answer hangs on the
looks.

    Q: When, after weeks of … and while … although … (fifty words), did Khrushchev give in?

Write instead: the shortest question that has one answer; what is good to know besides belongs behind the answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.check.inspection import Finding, Inspection, cards_of
from crisis_cards.wording import prompt

MAX_WORDS = 45


def long_prompt(inspection: Inspection) -> Iterator[Finding]:
    """A question, or a text around a blank, of more than MAX_WORDS words."""
    for sheet in inspection.sheets:
        for block, card in cards_of(sheet):
            words = len(prompt(card.wording).split())
            if words > MAX_WORDS:
                yield Finding(
                    block.span, f"the prompt has {words} words; {MAX_WORDS} is the most: leave out what is not asked"
                )
