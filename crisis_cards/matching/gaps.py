"""Gaps: what is left between statements that are matched, on both sides at once."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from crisis_cards.matching.chains import longest
from crisis_cards.matching.equals import Progress


@dataclass(frozen=True, slots=True)
class Gap:
    """What is not matched between two fences that stand in the same order on both sides.

    `lines`: how far apart the fences are on the side where they are farther, matched lines between them included.
    """

    olds: tuple[int, ...]
    news: tuple[int, ...]
    lines: int


def wide_gaps(progress: Progress) -> Iterator[Gap]:
    """The gaps of each file: between the longest run of its matches that kept their order, and its two ends."""
    for path, other in _homes(progress):
        places, others = progress.old.files[path], progress.new.files[other]
        pairs = [(at, progress.news[at]) for at in places if at in progress.news]
        chain = longest([pair for pair in pairs if progress.new.seen[pair[1]].path == other])
        ends = (places[0] - 1, others[0] - 1), (places[-1] + 1, others[-1] + 1)
        for fence, following in pairwise([ends[0], *chain, ends[1]]):
            yield from _gap(progress, (path, fence[0], following[0]), (other, fence[1], following[1]))


def close_gaps(progress: Progress) -> Iterator[Gap]:
    """The gaps between two matched neighbours, wherever they stand today: inside what was moved as one piece."""
    for path, places in progress.old.files.items():
        matched = [at for at in places if at in progress.news]
        for one, following in pairwise(matched):
            fence, other_fence = progress.news[one], progress.news[following]
            other = progress.new.seen[fence].path
            if following - one > 1 and fence < other_fence and progress.new.seen[other_fence].path == other:
                yield from _gap(progress, (path, one, following), (other, fence, other_fence))


def _gap(progress: Progress, old: tuple[str, int, int], new: tuple[str, int, int]) -> Iterator[Gap]:
    lefts = _between(progress.old.files[old[0]], old[1], old[2])
    rights = _between(progress.new.files[new[0]], new[1], new[2])
    olds = tuple(at for at in lefts if at not in progress.news)
    news = tuple(at for at in rights if at not in progress.olds)
    if olds and news:
        yield Gap(olds, news, max(len(lefts), len(rights)))


def _between(places: list[int], fence: int, following: int) -> list[int]:
    return places[bisect_left(places, fence + 1) : bisect_left(places, following)]


def _homes(progress: Progress) -> list[tuple[str, str]]:
    """Each old file with the new one that has most of it, by what is matched; without a match, that of its name."""
    votes = Counter((progress.old.seen[at].path, progress.new.seen[to].path) for at, to in progress.news.items())
    votes.update((path, path) for path in progress.old.files.keys() & progress.new.files.keys())
    homes: dict[str, str] = {}
    for path, other in sorted(votes, key=lambda move: (-votes[move], move[0] != move[1], move)):
        homes.setdefault(path, other)
    return sorted(homes.items())
