"""How much a text says, in words, where not every language has spaces between them."""

from __future__ import annotations

import re
from math import ceil

from crisis_cards.tongues import SMALL_FOREIGN

_LETTERS = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_JOINED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
HAN = re.compile(rf"[{_LETTERS}]")
SIGNS_OF_WORDS = re.compile(rf"[{_LETTERS}{_JOINED}]")
_HANGUL = re.compile(r"[\uac00-\ud7af]{2,}")
_THAI = re.compile(rf"[{_JOINED}]")
_WORD = re.compile(rf"(?:(?![{_LETTERS}{_JOINED}])[^\W_])+")

# So many signs are a word, near enough.
PER_HAN, PER_THAI = 2, 5
MIN_TELLING = 3  # letters


def length(text: str) -> int:
    """How many words a text has, near enough."""
    return len(_WORD.findall(text)) + _without_spaces(text)


def telling(text: str) -> int:
    """How many of them say something: words of three letters and more but the smallest ones, and numbers."""
    words = (word for word in _WORD.findall(text) if word.casefold() not in SMALL_FOREIGN)
    long = sum(len(word) >= MIN_TELLING or word.isdigit() or _HANGUL.match(word) is not None for word in words)
    return int(long) + _without_spaces(text)


def _without_spaces(text: str) -> int:
    han, thai = len(HAN.findall(text)), len(_THAI.findall(text))
    return ceil(han / PER_HAN) + ceil(thai / PER_THAI)
