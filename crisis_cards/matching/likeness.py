"""How alike two statements are: the words that they share, the rare ones counting most.

Distances between letters would call "RST aborts the connection at once" and "DNS resolves the name at once" alike.
Rare words tell them apart. A number or a name that became another is evidence against, however alike the rest is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from rapidfuzz.distance import OSA, LCSseq

# Words that hold sentences together, and what they weigh beside others of the same rarity.
SMALL = frozenset(
    "a an the and or but so as at by for from in into of on onto to with than then that this these those there it its "
    "is are was were be been being am has have had do does did can could may might must shall should will would he she "
    "they them their his her who which what when where how also very more most such some any each all both s t".split()
)
SMALL_WORTH = 0.3

# A word that is a slip of another counts nearly whole. Letters that may differ, by the length of the shorter word.
SLIP_WORTH = 0.9
SLIPS = ((7, 2), (4, 1))

# Of lines that share less than this, one is not the other: not worth a closer look.
MIN_SHARE = 0.2

# A line of which nothing was taken away, however much was added: enough in place.
WHOLE, WHOLE_WORDS = 0.95, 2
ADDED = (0.46, 0.25)

# What remains of the likeness when words trade places, when a number or a name became another, and the range in which
# a statement lies of which nothing but that changed: enough in place, less than any fair rewording.
ORDER_WORTH = 0.1
REPLACED_WORTH = 0.7
CORRECTED = (0.46, 0.25)

_ENDINGS = re.compile(r"(?<=[^\W\d_]{3})(?:'s|ies|ied|ing|edly|ed|es|ly|s|e|y)$")
_INNER_CAPITAL = re.compile(r"(?<=[^\s.!?:;•*\-–—#(>\"“‘'|/]\s)[\"“‘'(]?([^\W\d_][\w'’]*)")


@dataclass(frozen=True, slots=True)
class Line:
    """A statement for comparison: the weight of each of its stems, in the order in which they come."""

    weights: dict[str, float]
    total: float
    size: int  # words as the author counts them


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two lines are, 0 to 1; how much of the shorter one is in the other; how much was exchanged.

    `is_replaced`: a number or a name became another. `is_corrected`: that, in one place, and nothing else changed.
    """

    score: float
    contained: float
    exchanged: float = 0.0
    is_replaced: bool = False
    is_corrected: bool = False


UNLIKE = Likeness(0.0, 0.0)


class Vocabulary:
    """How rare each word is in two builds of the notes, which words are names, and so how alike two lines are."""

    def __init__(self, old: Sequence[str], new: Sequence[str], verbatim: Iterable[str]) -> None:
        """From the normalised lines of both builds, and their verbatim texts, which know capitals."""
        self._stems: dict[str, str] = {}
        self._old, self._new = (Counter(stem for line in side for stem in set(self.stems(line))) for side in (old, new))
        self._size = len(old) + len(new)
        self._names = self._names_in(verbatim)

    def stems(self, line: str) -> list[str]:
        """The words of a normalised line without their endings."""
        found = []
        for word in line.split():
            if word not in self._stems:
                self._stems[word] = _ENDINGS.sub("", word) if word not in SMALL else word
            found.append(self._stems[word])
        return found

    def line(self, text: str) -> Line:
        """A normalised line, weighed."""
        stems = self.stems(text)
        weights = {stem: self._weight(stem) for stem in stems}
        return Line(weights, sum(weights.values()), len(stems))

    def _weight(self, stem: str) -> float:
        rarity = log(1 + self._size / max(1, self._old[stem] + self._new[stem]))
        return rarity * SMALL_WORTH if stem in SMALL else rarity

    def _names_in(self, verbatim: Iterable[str]) -> frozenset[str]:
        """Stems that are mostly written with a capital where no sentence begins."""
        capital: Counter[str] = Counter()
        inner: Counter[str] = Counter()
        for text in verbatim:
            for word in _INNER_CAPITAL.findall(text):
                stem = _ENDINGS.sub("", word.casefold().replace("’", "").replace("'", ""))
                inner[stem] += 1
                capital[stem] += word[0].isupper()
        return frozenset(stem for stem, count in capital.items() if 2 * count > inner[stem] and stem not in SMALL)

    def likeness(self, old: Line, new: Line) -> Likeness:
        """How alike an old and a new line are."""
        both = [stem for stem in old.weights if stem in new.weights]
        shared = sum(old.weights[stem] for stem in both)
        if 2 * shared < MIN_SHARE * (old.total + new.total) or all(stem in SMALL for stem in both):
            return UNLIKE
        gone = [stem for stem in old.weights if stem not in new.weights]
        come = [stem for stem in new.weights if stem not in old.weights]
        of_old = of_new = shared
        for one, other in self._slips(gone, come):
            of_old += SLIP_WORTH * old.weights[one]
            of_new += SLIP_WORTH * new.weights[other]
            gone.remove(one)
            come.remove(other)
        share = (of_old + of_new) / (old.total + new.total)
        contained = max(of_old / old.total, of_new / new.total)
        here, there = both, [stem for stem in new.weights if stem in old.weights]
        order = LCSseq.normalized_similarity(here, there)
        score = share * (1 - ORDER_WORTH + ORDER_WORTH * order)
        if contained >= WHOLE and here == there and sum(stem not in SMALL for stem in both) >= WHOLE_WORDS:
            score = max(score, ADDED[0] + ADDED[1] * share)
        lost, gained = sum(old.weights[stem] for stem in gone), sum(new.weights[stem] for stem in come)
        exchanged = 2 * min(lost, gained) / (old.total + new.total)
        if not self._is_replaced(gone, come, here, there):
            return Likeness(score, contained, exchanged)
        is_one_place = _is_one_run(list(old.weights), gone) and _is_one_run(list(new.weights), come)
        is_one_kind = len({_is_number(stem) for stem in (*gone, *come)}) == 1
        is_corrected = (
            here == there and is_one_place and is_one_kind and all(self._is_telling(stem) for stem in (*gone, *come))
        )
        if is_corrected:
            return Likeness(
                CORRECTED[0] + CORRECTED[1] * share, contained, exchanged, is_replaced=True, is_corrected=True
            )
        return Likeness(score * REPLACED_WORTH, contained, exchanged, is_replaced=True)

    def _is_replaced(self, gone: Sequence[str], come: Sequence[str], here: Sequence[str], there: Sequence[str]) -> bool:
        """A number or a name for another, or two names that trade places."""
        numbers = any(_is_number(stem) for stem in gone) and any(_is_number(stem) for stem in come)
        names = any(stem in self._names for stem in gone) and any(stem in self._names for stem in come)
        return (
            numbers
            or names
            or [stem for stem in here if stem in self._names] != [stem for stem in there if stem in self._names]
        )

    def _is_telling(self, stem: str) -> bool:
        return _is_number(stem) or stem in self._names

    def _slips(self, gone: Sequence[str], come: Sequence[str]) -> list[tuple[str, str]]:
        """Words of which one is the other, misspelt: alike, and not both words that the notes knew and still know."""
        found = []
        free = list(come)
        for one in gone:
            for other in free:
                if self._is_slip(one, other):
                    found.append((one, other))
                    free.remove(other)
                    break
        return found

    def _is_slip(self, one: str, other: str) -> bool:
        if _is_number(one) or _is_number(other) or (self._new[one] and self._old[other]):
            return False
        length = min(len(one), len(other))
        allowed = next((letters for least, letters in SLIPS if length >= least), 0)
        if not allowed or abs(len(one) - len(other)) > allowed:
            return False
        return OSA.distance(one, other, score_cutoff=allowed) <= allowed


def _is_number(stem: str) -> bool:
    return any(char.isdigit() for char in stem)


def _is_one_run(stems: Sequence[str], some: Sequence[str]) -> bool:
    """Whether some stems of a line, in order, stand side by side."""
    first = stems.index(some[0]) if some else 0
    return list(some) == stems[first : first + len(some)]
