"""Words compared by their stems: enough to see that an answer stands on the front in another form."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from math import ceil

from crisis_cards.lexicon import STOP_WORDS

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|\d+(?:[.,]\d+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
MIN_AKIN = 5
AKIN_SHARE = 0.8
TEXTS = 2_000  # that are at hand: the wordings of the lines that are looked at right now
STEM_LENGTH = 4  # "Cuba" and "Cuban", "missile" and "missiles", "diplomacy" and "diplomatic"


@lru_cache(maxsize=TEXTS)
def content_words(text: str) -> tuple[str, ...]:
    """The words of `text` that carry news, folded, in order."""
    words = (_POSSESSIVE.sub("", word) for word in _WORD.findall(unicodedata.normalize("NFKC", text)))
    return tuple(word.casefold() for word in words if word.casefold() not in STOP_WORDS or _is_short_form(word))


def _is_short_form(word: str) -> bool:
    """Whether a word only looks like a stop word: *US*, *IT*, *WHO*."""
    return len(word) > 1 and word.isupper()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The beginning by which forms of one word are known: all of a short word or a number, else most of it."""
    if len(word) <= STEM_LENGTH or not word.isalpha():
        return word
    for ending in (
        "isations",
        "isation",
        "izations",
        "ization",
        "ations",
        "ation",
        "ments",
        "ment",
        "ness",
        "ships",
        "ship",
        "ings",
        "ing",
        "ical",
        "ions",
        "ion",
        "ies",
        "ers",
        "er",
        "ians",
        "ian",
        "ans",
        "an",
        "ed",
        "es",
        "ly",
        "ic",
        "al",
        "s",
        "y",
        "e",
        "n",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= STEM_LENGTH:
            return word.removesuffix(ending)
    return word


@lru_cache(maxsize=TEXTS)
def stems(text: str) -> frozenset[str]:
    """The stems of the content words of `text`."""
    return frozenset(map(stem, content_words(text)))


def shared(answer: str, front: str) -> frozenset[str]:
    """The stems of `answer` that stand on `front` in some form."""
    shown = stems(front)
    return frozenset(one for one in stems(answer) if one in shown or any(_akin(one, other) for other in shown))


def _akin(one: str, other: str) -> bool:
    """Whether two stems are of one family: *overproduc* and *overproduct*."""
    shorter, longer = sorted((one, other), key=len)
    least = max(MIN_AKIN, AKIN_SHARE * len(shorter))
    return len(shorter) >= MIN_AKIN and shorter.isalpha() and shorter[: ceil(least)] == longer[: ceil(least)]
