"""over-split: a line that fell apart into pieces too small to stand alone.

Semicolons, arrows and dashes part facts. Where the parts are single words, none of them says anything, and the line
gets no card.

    blockade → secret letters → pledge

Write instead: a sentence that says how the parts belong together (`The blockade led to …`), or a list under a line that
names what they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.check.inspection import Finding, Inspection
from crisis_cards.model import Statement

MIN_FACTS = 3
MAX_WORDS = 3  # of a piece
MIN_SHARE = 0.6  # of the facts


def over_split(inspection: Inspection) -> Iterator[Finding]:
    """A statement of many small facts and no card."""
    for sheet in inspection.english:
        for account in sheet.accounts:
            facts = account.facts
            small = sum(1 for fact in facts if len(fact.text.split()) <= MAX_WORDS)
            is_asked = any(not candidate.dropped for candidate in account.candidates)
            is_line = isinstance(account.block, Statement) and not account.block.columns
            if is_line and not is_asked and len(facts) >= MIN_FACTS and small >= MIN_SHARE * len(facts):
                found = f"{len(facts)} pieces and no card: {small} have {MAX_WORDS} words or fewer"
                yield Finding(account.block.span, f"{found}; say in a sentence how they belong together")
