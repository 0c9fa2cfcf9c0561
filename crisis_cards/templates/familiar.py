"""What the notes speak of all the time: no answer, for it would fit many lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from crisis_cards.model import Fact
from crisis_cards.templates.stems import stems

SHARE = 0.1
FEWEST = 4  # facts


@dataclass(frozen=True, slots=True)
class Familiar:
    """The stems that so many facts of a deck have that a blank of one asks nothing."""

    stems: frozenset[str]

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> Familiar:
        """What more than SHARE of the facts say."""
        counts: Counter[str] = Counter()
        total = 0
        for fact in facts:
            counts.update(stems(fact.text))
            total += 1
        least = max(FEWEST, SHARE * total)
        return cls(frozenset(word for word, count in counts.items() if count >= least))
