"""What needs no judgement: the author's ids, and the same words; in order, moved, or in a file of another name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from crisis_cards.identity import words
from crisis_cards.matching.chains import aligned
from crisis_cards.matching.sighting import How, Sighting


@dataclass(slots=True)
class Side:
    """All statements of one build, their words as identity compares them, and their indices by file."""

    seen: Sequence[Sighting]
    words: list[str]
    files: dict[str, list[int]]
    beside: list[tuple[str, str]]  # the words before and after, in the same file; "" at its ends


@dataclass(slots=True)
class Progress:
    """What is matched so far, by old and by new index."""

    old: Side
    new: Side
    news: dict[int, int] = field(default_factory=dict)
    olds: dict[int, int] = field(default_factory=dict)
    how: dict[int, How] = field(default_factory=dict)

    def pair(self, old: int, new: int, how: How) -> None:
        """Match two statements of which neither is matched yet."""
        self.news[old], self.olds[new], self.how[old] = new, old, how


def sides(old: Sequence[Sighting], new: Sequence[Sighting]) -> Progress:
    """Two builds of which nothing is matched yet."""
    known: dict[str, str] = {}
    return Progress(_side(old, known), _side(new, known))


def _side(seen: Sequence[Sighting], known: dict[str, str]) -> Side:
    for one in seen:
        if one.words not in known:
            known[one.words] = words(one.words)
    texts = [known[one.words] for one in seen]
    files: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(seen):
        files[one.path].append(at)
    beside = [("", "")] * len(seen)
    for places in files.values():
        around = ["", *(texts[at] for at in places), ""]
        for number, at in enumerate(places):
            beside[at] = around[number], around[number + 2]
    return Side(seen, texts, dict(files), beside)


def match_equals(progress: Progress) -> None:
    """Match what the author named, and everything whose words stand on both sides, as often as they do."""
    _named(progress)
    for path in sorted(progress.old.files.keys() & progress.new.files.keys()):
        _in_order(progress, path, path, How.SAME)
    for (path, other), _ in sorted(_moves(progress).items(), key=lambda move: (-move[1], move[0])):
        _in_order(progress, path, other, How.MOVED)
    _moved(progress)


def _named(progress: Progress) -> None:
    """Match equal ids; one that a side has twice names nothing."""
    named = [
        {one.name: at for at, one in enumerate(side.seen) if one.name and count[one.name] == 1}
        for side, count in ((side, Counter(one.name for one in side.seen)) for side in (progress.old, progress.new))
    ]
    for name, at in named[0].items():
        if name in named[1]:
            progress.pair(at, named[1][name], How.NAMED)


def _in_order(progress: Progress, path: str, other: str, how: How) -> None:
    """Match what is equal in two files, in order; repeated lines under the same headings first, then under any."""
    old, new = progress.old, progress.new
    lefts, rights = old.files[path], new.files[other]
    counts = Counter(old.words[at] for at in lefts), Counter(new.words[at] for at in rights)
    once = {line for line, count in counts[0].items() if count == counts[1][line] == 1}
    for loose in (once, counts[0].keys()):
        # A matched line is an anchor: its old index, which only its other half has.
        keys = [at if at in progress.news else _key(old, at, loose) for at in lefts]
        others = [progress.olds[at] if at in progress.olds else _key(new, at, loose) for at in rights]
        for left, right in aligned(keys, others):
            if lefts[left] not in progress.news:
                progress.pair(lefts[left], rights[right], how)


def _key(side: Side, at: int, loose: Container[str]) -> Hashable:
    line = side.words[at]
    return line if line in loose else (line, side.seen[at].trail)


def _moves(progress: Progress) -> Counter[tuple[str, str]]:
    """From which file to which other one lines moved that are left once on either side, and how many."""
    lefts, rights = (
        _once(side, matched) for side, matched in ((progress.old, progress.news), (progress.new, progress.olds))
    )
    moves = (
        (progress.old.seen[at].path, progress.new.seen[rights[line]].path)
        for line, at in lefts.items()
        if line in rights
    )
    return Counter(move for move in moves if move[0] != move[1])


def _once(side: Side, matched: Iterable[int]) -> dict[str, int]:
    taken = set(matched)
    left = [at for at in range(len(side.seen)) if at not in taken]
    count = Counter(side.words[at] for at in left)
    return {side.words[at]: at for at in left if count[side.words[at]] == 1}


# What a repeated line keeps when it moves, the best evidence first; the last, nothing, pairs the rest in order.
_Company = Callable[[Side, int], Hashable]
_KEPT: tuple[_Company, ...] = (
    lambda side, at: (side.seen[at].trail, side.beside[at]),
    lambda side, at: (side.seen[at].trail, side.beside[at][0]),
    lambda side, at: (side.seen[at].trail, side.beside[at][1]),
    lambda side, at: (side.seen[at].trail, side.seen[at].path),
    lambda side, at: side.seen[at].trail,
    lambda side, at: side.beside[at],
    lambda side, at: side.beside[at][0],
    lambda side, at: side.beside[at][1],
    lambda side, at: side.seen[at].path,
    lambda _side, _at: None,
)


def _moved(progress: Progress) -> None:
    """Match equal words wherever they stand, repeated ones by what they keep, and then in order."""
    left = [at for at in range(len(progress.old.seen)) if at not in progress.news]
    right = [at for at in range(len(progress.new.seen)) if at not in progress.olds]
    both = {progress.old.words[at] for at in left} & {progress.new.words[at] for at in right}
    left = [at for at in left if progress.old.words[at] in both]
    right = [at for at in right if progress.new.words[at] in both]
    for kept in _KEPT:
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for at in reversed(right):
            waiting[progress.new.words[at], kept(progress.new, at)].append(at)
        for at in left:
            places = waiting.get((progress.old.words[at], kept(progress.old, at)))
            if places:
                progress.pair(at, places.pop(), How.MOVED)
        left = [at for at in left if at not in progress.news]
        right = [at for at in right if at not in progress.olds]
