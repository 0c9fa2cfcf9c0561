"""twin-prompts: two cards that ask the same.

Each is the other's wrong answer: you cannot know which of the two is meant. Where the answers are alike, one of
the cards is only work.

    Q: What is the capital? A: Havana
    Q: What is the capital? A: Ankara

Write instead: what sets them apart (`capital of Cuba`), or only one of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.check.inspection import Finding, Inspection, cards_of
from crisis_cards.diagnostics import Span
from crisis_cards.wording import answer, front


def twin_prompts(inspection: Inspection) -> Iterator[Finding]:
    """A front that an earlier card has, too; the case of its letters and its signs do not count."""
    first: dict[str, tuple[Span, str]] = {}
    for sheet in inspection.sheets:
        for block, card in cards_of(sheet):
            shown = "".join(letter for letter in front(card.wording).casefold() if letter.isalnum())
            said = answer(card.wording)
            place, other = first.setdefault(shown, (block.span, said))
            if place != block.span:
                what = "asks the same" if other.casefold() == said.casefold() else f"asks the same and wants “{other}”"
                yield Finding(block.span, f"{place} {what}; say how the two differ, or leave one out")
