"""Chains: the best run of pairs that rises on both sides, and the alignment of two texts by their equal lines."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from itertools import pairwise

Pair = tuple[int, int]

# Cells up to which equal lines without an anchor between them are aligned exactly; pure Python does 5 million a second.
MAX_CELLS = 40_000

# An equal line counts more than any company it keeps.
EQUAL, COMPANY = 8, 1


def longest(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest chain of `pairs`, which are sorted and have no number twice on either side."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, (_, right) in enumerate(pairs):
        length = bisect_left(tails, right)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [right]
        ends[length : length + 1] = [place]
    return _walk(pairs, before, ends[-1] if ends else -1)


def heaviest(weights: dict[Pair, float]) -> list[Pair]:
    """The chain with the greatest sum of weights; of equals, the one that begins first."""
    pairs = sorted(weights, key=lambda pair: (pair[0], -pair[1]))
    rank = {right: place for place, right in enumerate(sorted({right for _, right in pairs}), 1)}
    best = [(0.0, -1)] * (len(rank) + 1)  # a Fenwick tree of the best chain that ends at or before each right
    before: list[int] = []
    end = (0.0, -1)
    for place, pair in enumerate(pairs):
        at, top = rank[pair[1]] - 1, (0.0, -1)
        while at > 0:
            top = max(top, best[at], key=_weight)
            at -= at & -at
        before.append(top[1])
        mine = (top[0] + weights[pair], place)
        end = max(end, mine, key=_weight)
        at = rank[pair[1]]
        while at < len(best):
            best[at] = max(best[at], mine, key=_weight)
            at += at & -at
    return _walk(pairs, before, end[1])


def _weight(ending: tuple[float, int]) -> float:
    return ending[0]


def _walk(pairs: Sequence[Pair], before: Sequence[int], place: int) -> list[Pair]:
    chain = []
    while place >= 0:
        chain.append(pairs[place])
        place = before[place]
    return chain[::-1]


def aligned(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Pairs of equal lines in order: lines that come once are anchors, repeated ones keep what is beside them.

    Patience, again and again in what lies between the anchors; n log n but for short stretches of repeated lines.
    """
    found: list[Pair] = []
    stretches = [(0, len(old), 0, len(new))]
    while stretches:
        left, right, low, high = stretches.pop()
        counts = Counter(old[left:right]), Counter(new[low:high])
        lefts = [at for at in range(left, right) if old[at] in counts[1]]
        lows = [at for at in range(low, high) if new[at] in counts[0]]
        once = {new[at]: at for at in lows if counts[0][new[at]] == counts[1][new[at]] == 1}
        anchors = longest([(at, once[old[at]]) for at in lefts if old[at] in once])
        if anchors:
            found += anchors
            fences = [(left - 1, low - 1), *anchors, (right, high)]
            stretches += [(a + 1, b, c + 1, d) for (a, c), (b, d) in pairwise(fences)]
        elif len(lefts) * len(lows) <= MAX_CELLS:
            found += _by_company(lefts, lows, old, new)
        else:
            found += _by_count(lefts, lows, old, new)
    return sorted(found)


def _by_count(
    lefts: Sequence[int], lows: Sequence[int], old: Sequence[Hashable], new: Sequence[Hashable]
) -> list[Pair]:
    """The third of a line with the third of its equals, as far as they are in order."""
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for at in reversed(lows):
        waiting[new[at]].append(at)
    return longest([(at, waiting[old[at]].pop()) for at in lefts if waiting[old[at]]])


def _by_company(
    lefts: Sequence[int], lows: Sequence[int], old: Sequence[Hashable], new: Sequence[Hashable]
) -> list[Pair]:
    """The most equal lines in order; of such alignments, the one in which most of them keep their neighbours."""
    rows = [[0] * (len(lows) + 1)]
    for at in lefts:
        above, row = rows[-1], [0]
        for column, place in enumerate(lows):
            best = max(above[column + 1], row[column])
            if old[at] == new[place]:
                best = max(best, above[column] + EQUAL + COMPANY * _company(old, at, new, place))
            row.append(best)
        rows.append(row)
    pairs, row_at, column = [], len(lefts), len(lows)
    while row_at and column:
        score = rows[row_at][column]
        if score == rows[row_at - 1][column]:
            row_at -= 1
        elif score == rows[row_at][column - 1]:
            column -= 1
        else:
            row_at, column = row_at - 1, column - 1
            pairs.append((lefts[row_at], lows[column]))
    return pairs[::-1]


def _company(old: Sequence[Hashable], at: int, new: Sequence[Hashable], place: int) -> int:
    """How many neighbours two lines share; the edge of the notes is one."""
    before = (old[at - 1] if at else None) == (new[place - 1] if place else None)
    is_last, is_new_last = at + 1 == len(old), place + 1 == len(new)
    after = is_last == is_new_last and (is_last or old[at + 1] == new[place + 1])
    return before + after
