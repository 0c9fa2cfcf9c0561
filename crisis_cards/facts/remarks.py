"""Lines that only say what the line before them is like: *From their point of view, this was a perfect scenario*.

They are no facts of their own. They stand on the back of the cards of the line that they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crisis_cards.model import Fact, Statement

MAX_WORDS = 14
_REMARK = re.compile(r"(?:[^,;:]{1,50},\s+)?(?:this|that|these|those)\s+(?:is|was|are|were)\s", re.IGNORECASE)


def is_remark(fact: Fact) -> bool:
    """Whether a fact only judges the line before it: short, about *this*, and without a number or a quotation."""
    text = fact.text
    return (
        isinstance(fact.block, Statement)
        and _REMARK.match(text) is not None
        and len(text.split()) <= MAX_WORDS
        and not any(letter.isdigit() or letter in '‘“"' for letter in text)
    )


def with_remarks(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts of a document, each with the remarks that follow it in its paragraph."""
    done = list(facts)
    about: int | None = None
    for index, fact in enumerate(facts):
        before = facts[index - 1] if index else None
        if about is None or before is None or not _stand_together(before, fact) or not is_remark(fact):
            about = index
        else:
            done[about] = replace(done[about], remarks=(*done[about].remarks, fact.text))
    return tuple(done)


def _stand_together(one: Fact, other: Fact) -> bool:
    a, b = one.block, other.block
    return isinstance(a, Statement) and isinstance(b, Statement) and a.paragraph == b.paragraph
