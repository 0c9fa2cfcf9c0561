"""under-used: a long statement without a card.

There is much in it, and you will be asked for nothing of it: it is too long to be shown, or leans on its
neighbours, and no part of it stands for itself.

    Although the president … and the Soviets … , which … because … while … (forty-five words and more)

Write instead: several lines that each say one thing, or blank what you want to be asked: `==word==`.
"""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.check.inspection import Finding, Inspection
from crisis_cards.check.lessons import speaks_of_lessons
from crisis_cards.model import Statement
from crisis_cards.templates.about_notes import speaking_of_notes

MIN_WORDS = 45


def under_used(inspection: Inspection) -> Iterator[Finding]:
    """A statement of at least MIN_WORDS words that gives no card; the row of a table cannot be parted."""
    for sheet in inspection.english:
        for account in sheet.accounts:
            block = account.block
            if (
                not isinstance(block, Statement)
                or block.columns
                or any(not candidate.dropped for candidate in account.candidates)
            ):
                continue
            words = len(block.text.split())
            is_aside = speaks_of_lessons(block.text) or any(map(speaking_of_notes, account.facts))
            if words >= MIN_WORDS and not is_aside:
                yield Finding(
                    block.span, f"{words} words and no card; write a line for each thing, or blank ==what to ask=="
                )
