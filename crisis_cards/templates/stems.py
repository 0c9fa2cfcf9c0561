"""Words compared by their stems: enough to see that an answer stands on the front in another form."""

from __future__ import annotations

import re
import unicodedata

from crisis_cards.templates.lexicon import STOP_WORDS

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|\d+(?:[.,]\d+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
STEM_LENGTH = 4  # "Cuba" and "Cuban", "missile" and "missiles", "diplomacy" and "diplomatic"


def content_words(text: str) -> tuple[str, ...]:
    """The words of `text` that carry news, folded, in order."""
    words = (_POSSESSIVE.sub("", word) for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold()))
    return tuple(word for word in words if word not in STOP_WORDS)


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


def stems(text: str) -> frozenset[str]:
    """The stems of the content words of `text`."""
    return frozenset(map(stem, content_words(text)))


def shared(answer: str, front: str) -> frozenset[str]:
    """The stems of `answer` that stand on `front`, a compound counting for its parts."""
    return stems(answer) & stems(front)
