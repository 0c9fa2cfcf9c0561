"""How near words are to each other, and which names a word may stand for."""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import OSA

MAX_NAMED = 3
MIN_LIKE = 0.5  # of the letters


def nearest(word: str, names: Collection[str]) -> str:
    """The names that `word` may stand for, as the end of a sentence; all of them if it is like none."""
    scored = process.extract(
        word, sorted(names), scorer=OSA.normalized_similarity, limit=MAX_NAMED, score_cutoff=MIN_LIKE
    )
    parts = [name for name in sorted(names) if word and word in name.split("-")]
    found = list(dict.fromkeys([*(name for name, *_ in scored), *parts]))[:MAX_NAMED]
    return f"did you mean {' or '.join(found)}?" if found else f"known rules: {', '.join(sorted(names))}"


def distance(one: str, other: str) -> int:
    """How many letters are put in, left out, changed or swapped between two words."""
    return int(OSA.distance(one, other))
