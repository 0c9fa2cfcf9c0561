"""What is matched, and what a match says: statements as two builds saw them, by their place in each build's order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Sighting:
    """A statement as a build saw it: the author's words, verbatim, and where it stood.

    `trail`: the headings above it. `name`: the id that the author wrote for it, if any.
    """

    words: str
    path: str
    trail: tuple[str, ...] = ()
    name: str = ""


class How(StrEnum):
    """What proves that an old statement and a new one are the same fact."""

    NAMED = "named"  # the author's own id
    SAME = "same"  # the same words, in the same file, in order
    MOVED = "moved"  # the same words elsewhere
    REWORDED = "reworded"  # like enough, between neighbours that are matched
    FOUND = "found"  # elsewhere, very like, and clearly the best on both sides


@dataclass(frozen=True, slots=True, order=True)
class Pairing:
    """An old statement and the new one that continues it, each by its index."""

    old: int
    new: int
    how: How


@dataclass(frozen=True, slots=True, order=True)
class Ambiguity:
    """A new statement that may continue one of `olds`, or an old one that others would continue as well: no guess."""

    new: int
    olds: tuple[int, ...]
