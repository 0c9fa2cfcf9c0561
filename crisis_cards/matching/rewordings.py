"""Statements whose words changed, in their place or elsewhere: what needs judgement. Better lost than wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from crisis_cards.matching.chains import Pair, heaviest
from crisis_cards.matching.equals import Progress, Side
from crisis_cards.matching.gaps import Gap, close_gaps, wide_gaps
from crisis_cards.matching.likeness import SMALL, WHOLE, Likeness, Line, Vocabulary
from crisis_cards.matching.sighting import Ambiguity, How

# Measured on 393 versions of real notes: the least likeness in a gap, and elsewhere with its distance to the next best.
HERE, ELSEWHERE = 0.45, 0.72
MARGIN_HERE, MARGIN_ELSEWHERE = 0.05, 0.12

# Elsewhere, a line that says one rare thing where the other says another is a look-alike: so much may be exchanged.
EXCHANGED = 0.08

# Where fences are farther apart than this, they prove less, and more is asked of the words.
NEAR_LINES, FAR = 24, 0.55

# Below LOOSE, one line must contain this much of the other.
LOOSE, MOST = 0.6, 0.75

# A text of at most so many words is matched only where it is all that is between its neighbours.
SHORT = 2
SHORT_ELSEWHERE = 3

# A crossing pair must be this much better than what it crosses: weak pairs do not add up to a strong one.
FLOOR = 0.35

# What is compared: everything in gaps of up to MAX_CELLS, else lines at about the same place, and lines anywhere that
# share rare words, of which so many are counted and so many looked at.
MAX_CELLS, BAND = 400, 4
COUNTED, LOOKED_AT = 300, 10


class Candidates:
    """The pairs of unmatched statements that may be one fact, with their likeness."""

    def __init__(self, progress: Progress, gaps: Iterable[Gap]) -> None:
        """Compare what stands in the same gap, and what shares rare words anywhere."""
        self._progress = progress
        old, new = progress.old, progress.new
        seen = {one.words: None for side in (old, new) for one in side.seen}
        self._vocabulary = Vocabulary(old.words, new.words, seen)
        self.olds = self._lines(old, progress.news)
        self.news = self._lines(new, progress.olds)
        self._was = Counter(old.words)
        self._is = Counter(new.words)
        self.alike: dict[Pair, Likeness] = {}
        self.of_old: dict[int, list[int]] = defaultdict(list)
        self.of_new: dict[int, list[int]] = defaultdict(list)
        self.add(pair for gap in gaps for pair in _cells(gap))
        self.add(self._sharing())

    def _lines(self, side: Side, matched: Mapping[int, int]) -> dict[int, Line]:
        return {at: self._vocabulary.line(text) for at, text in enumerate(side.words) if at not in matched}

    def add(self, pairs: Iterable[Pair]) -> None:
        """Compare `pairs` that are not known yet, and keep those that are alike at all."""
        for old, new in pairs:
            if (old, new) in self.alike or not self._may_be_one(old, new):
                continue
            likeness = self._vocabulary.likeness(self.olds[old], self.news[new])
            if likeness.score >= (HERE if likeness.contained >= MOST or likeness.is_corrected else LOOSE):
                self.alike[old, new] = likeness
                self.of_old[old].append(new)
                self.of_new[new].append(old)

    def rivals(self, old: int, new: int) -> Iterable[Pair]:
        """The other pairs of either."""
        yield from ((old, other) for other in self.of_old[old] if other != new)
        yield from ((other, new) for other in self.of_new[new] if other != old)

    def _may_be_one(self, old: int, new: int) -> bool:
        """A new line whose very words the old notes have is a copy of those; two ids are two statements."""
        names = self._progress.old.seen[old].name, self._progress.new.seen[new].name
        return not all(names) and not self._was[self._progress.new.words[new]]

    def is_join(self, pair: Pair, rival: Pair) -> bool:
        """Two old lines are both whole in a new one, which continues either."""
        return rival[1] == pair[1] and all(self.alike[one].contained >= WHOLE for one in (pair, rival))

    def _sharing(self) -> Iterable[Pair]:
        """For each new line, the old ones that share the most, by its rarest words."""
        places: dict[str, list[int]] = defaultdict(list)
        for at, line in self.olds.items():
            for stem in line.weights:
                if stem not in SMALL:
                    places[stem].append(at)
        for to, line in self.news.items():
            votes: dict[int, float] = defaultdict(float)
            budget = COUNTED
            for stem in sorted((stem for stem in line.weights if stem in places), key=lambda stem: len(places[stem])):
                budget -= len(places[stem])
                if budget < 0 and votes:
                    break
                for at in places[stem][:COUNTED]:
                    votes[at] += line.weights[stem]
            for at in sorted(votes, key=lambda at: (-votes[at], at))[:LOOKED_AT]:
                yield at, to

    def is_look_alike(self, old: int, new: int) -> bool:
        """One name, number or rare word for another: the same fact corrected, or another one of the same form."""
        likeness = self.alike[old, new]
        return likeness.is_replaced or likeness.exchanged > EXCHANGED

    def is_clear_elsewhere(self, old: int, new: int) -> bool:
        """Very like, long enough, nothing rare exchanged, and the old words are gone."""
        likeness = self.alike[old, new]
        return (
            likeness.score >= ELSEWHERE
            and not self.is_look_alike(old, new)
            and not self._is[self._progress.old.words[old]]
            and min(self.olds[old].size, self.news[new].size) > SHORT_ELSEWHERE
        )

    def score(self, old: int, new: int) -> float:
        """How alike a pair is; 0 where it was not worth keeping."""
        likeness = self.alike.get((old, new))
        return likeness.score if likeness else 0.0


def _cells(gap: Gap) -> Iterable[Pair]:
    if len(gap.olds) * len(gap.news) <= MAX_CELLS:
        yield from ((old, new) for old in gap.olds for new in gap.news)
        return
    for number, new in enumerate(gap.news):
        middle = number * len(gap.olds) // len(gap.news)
        yield from ((old, new) for old in gap.olds[max(0, middle - BAND) : middle + BAND + 1])


def match_reworded(progress: Progress) -> tuple[Ambiguity, ...]:
    """Match what is like enough; give the ties, of which none is matched."""
    if len(progress.news) == len(progress.old.seen) or len(progress.olds) == len(progress.new.seen):
        return ()
    wide = list(wide_gaps(progress))
    candidates = Candidates(progress, wide)
    ties: dict[int, set[int]] = defaultdict(set)
    _in_gaps(progress, candidates, wide, ties)
    close = list(close_gaps(progress))
    candidates.add(pair for gap in close for pair in _cells(gap))
    _in_gaps(progress, candidates, close, ties)
    _elsewhere(progress, candidates, ties)
    still = ((new, sorted(old for old in olds if old not in progress.news)) for new, olds in sorted(ties.items()))
    return tuple(Ambiguity(new, tuple(olds)) for new, olds in still if olds and new not in progress.olds)


def _in_gaps(progress: Progress, candidates: Candidates, gaps: Iterable[Gap], ties: dict[int, set[int]]) -> None:
    """Match by the best chain of each gap, but for pairs that a better one, or one as good, speaks against."""
    gap_of: dict[Pair, Gap] = {}
    taken: set[int] = set()
    for gap in gaps:
        free = set(gap.news) - taken
        weights = {
            (old, new): candidates.score(old, new) - FLOOR
            for old in gap.olds
            for new in candidates.of_old.get(old, ())
            if new in free and _fits(candidates, old, new, gap)
        }
        for pair in heaviest(weights):
            gap_of[pair] = gap
            taken.add(pair[1])
    served = (
        {old: candidates.score(old, new) for old, new in gap_of},
        {new: candidates.score(old, new) for old, new in gap_of},
    )
    for (old, new), gap in gap_of.items():
        score = candidates.score(old, new)
        is_tied = is_outdone = False
        for rival in candidates.rivals(old, new):
            their = candidates.score(*rival)
            other = served[1].get(rival[1], 0.0) if rival[0] == old else served[0].get(rival[0], 0.0)
            if other >= their + (MARGIN_HERE if candidates.is_look_alike(old, new) else 0):
                continue
            is_here = rival[0] in gap.olds and rival[1] in gap.news
            is_outdone |= their > score + MARGIN_HERE
            if is_here and abs(their - score) <= MARGIN_HERE and not candidates.is_join((old, new), rival):
                is_tied = True
                ties[new].add(old)
                ties[rival[1]].add(rival[0])
        if not is_tied and not is_outdone:
            progress.pair(old, new, How.REWORDED)


def _fits(candidates: Candidates, old: int, new: int, gap: Gap) -> bool:
    """Like enough for what the place proves."""
    if min(candidates.olds[old].size, candidates.news[new].size) <= SHORT and gap.lines > 1:
        return False
    return candidates.score(old, new) >= (HERE if gap.lines <= NEAR_LINES else FAR)


def _elsewhere(progress: Progress, candidates: Candidates, ties: dict[int, set[int]]) -> None:
    """Match what is very like and not in its place, where nothing else is nearly so like on either side."""
    free = {
        pair: likeness
        for pair, likeness in sorted(candidates.alike.items())
        if pair[0] not in progress.news and pair[1] not in progress.olds
    }
    best_of_old, best_of_new = ({at: [0.0, 0.0] for at in {pair[side] for pair in free}} for side in (0, 1))
    for (old, new), likeness in free.items():
        for best in (best_of_old[old], best_of_new[new]):
            best[:] = sorted((*best, likeness.score))[:0:-1]
    for (old, new), likeness in free.items():
        if not candidates.is_clear_elsewhere(old, new):
            continue
        best = [bests[likeness.score >= bests[0]] for bests in (best_of_old[old], best_of_new[new])]
        if likeness.score >= max(best) + MARGIN_ELSEWHERE:
            progress.pair(old, new, How.FOUND)
        elif likeness.score > max(best) - MARGIN_ELSEWHERE:
            ties[new].add(old)
