"""formula: `F = ma` asks for what stands right of its first equals sign, words that explain it aside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_cards.model import Card, Fact
from crisis_cards.templates.framing import cloze

_SIGN = re.compile(r"(?<=\S)\s(?:=|<=|>=|≈)\s(?=\S)")
_WORD = re.compile(r"[A-Za-z]{3,}")
_END = re.compile(r"[,;]\s|\s\(|$")
# Words that stand in formulas.
SYMBOLS = frozenset(
    """
    sin cos tan log exp sqrt sum max min alpha beta gamma delta epsilon theta lambda mu sigma omega phi rho tau pi
    mol kg cm mm km
    """.split()
)
MAX_LEFT_WORDS = 5
MAX_RIGHT_WORDS = 12
MIN_RIGHT = 2  # characters: one letter may be the first of a longer term
MAX_SIGNS = 1


def formula(fact: Fact) -> Iterator[Card]:
    """One blank for the right side of an equation, or of *X = what X is*, that begins the line."""
    sign = _SIGN.search(fact.text)
    if sign is None or len(fact.text[: sign.start()].split()) > MAX_LEFT_WORDS or "," in fact.text[: sign.start()]:
        return
    end = sign.end() + _END.search(fact.text[sign.end() :]).start()  # type: ignore[union-attr]  # "$" is always found
    right = fact.text[sign.end() : end]
    if _is_symbolic(fact.text[: sign.start()]):
        word = next((found for found in _WORD.finditer(right) if found[0].lower() not in SYMBOLS), None)
        if word is not None and word.start() and not _is_symbolic(right):
            end = sign.end() + word.start()
    right = fact.text[sign.end() : end].strip()
    if len(right) < MIN_RIGHT or "=" in right or len(right.split()) > MAX_RIGHT_WORDS:
        return
    card = cloze(fact, "formula", sign.end(), sign.end() + len(right))
    if card is not None:
        yield card


def _is_symbolic(text: str) -> bool:
    """Whether nothing in a text is an ordinary word."""
    return all(word.lower() in SYMBOLS for word in _WORD.findall(text))
