"""answered: a line that asks, with the only line under it as its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_cards.model import Card, Fact, Grade
from crisis_cards.phrase import capital, trim
from crisis_cards.templates.framing import question

# A line that begins so asks, with or without its question mark; "When war broke out, …" has its comma.
_ASKS = re.compile(r"(?:who|whom|whose|what|which|when|where|why|how)\b[^,:]*\??$", re.IGNORECASE)
MIN_WORDS = 3
MAX_WORDS = 20


def _answers(fact: Fact, asked: str) -> bool:
    """Whether the first line under a question answers it: a reason after *why*, a noun phrase after *what is*."""
    first = asked.lower().split()[:2]
    if first[:1] == ["why"]:
        return fact.grade is Grade.FULL
    return first in (["what", "is"], ["what", "are"], ["what", "was"]) and fact.grade is Grade.FRAGMENT


def answered(fact: Fact) -> Iterator[Card]:
    """One question for an only child whose parent asks."""
    trail = fact.block.trail
    above = trail[-1].strip() if trail else ""
    is_asked = above.endswith("?") or _ASKS.fullmatch(above) is not None
    is_answer = fact.is_only_child or (fact.is_first and _answers(fact, above))
    if is_answer and is_asked and MIN_WORDS <= len(above.split()) <= MAX_WORDS:
        label = f"{fact.label}: " if fact.label else ""
        yield question(fact, "answered", f"{capital(above.rstrip('?'))}?", trim(label + fact.text), without=above)
