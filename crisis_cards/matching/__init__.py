"""Matching: which statement of today continues which one of the last build.

Each pass takes what it can prove, the best proof first, one to one: the author's id, the same words in order, the same
words elsewhere, other words between the same neighbours, and at last other words elsewhere. The neighbours know more
than the letters. A history that is lost is a nuisance, one that is given to another fact a lie: a tie is not guessed.
"""

from __future__ import annotations

from collections.abc import Sequence

from crisis_cards.matching.equals import match_equals, sides
from crisis_cards.matching.rewordings import match_reworded
from crisis_cards.matching.sighting import Ambiguity, How, Pairing, Sighting


def match(old: Sequence[Sighting], new: Sequence[Sighting]) -> tuple[tuple[Pairing, ...], tuple[Ambiguity, ...]]:
    """The pairs of an old and a new statement that are the same fact, by old index; and the ties that were not guessed.

    `old` in the order of the notes as last built, `new` in today's.
    """
    progress = sides(old, new)
    match_equals(progress)
    ambiguities = match_reworded(progress)
    pairings = (Pairing(left, right, progress.how[left]) for left, right in sorted(progress.news.items()))
    return tuple(pairings), ambiguities


__all__ = ["Ambiguity", "How", "Pairing", "Sighting", "match"]
