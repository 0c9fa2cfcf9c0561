"""What kind of answer a card has, and what kind of front: two sides of the table of measured precision."""

from __future__ import annotations

import re

from crisis_cards.commonness import is_common
from crisis_cards.dates import DATE
from crisis_cards.grammar import FINITE, NAMES, PEOPLE, PLACES
from crisis_cards.model import Card
from crisis_cards.parse import Token
from crisis_cards.wording import answer, prompt

_NUMBER = re.compile(r"(?:about|around|roughly|nearly|over|almost|at least|at most|up to|only|ca\.)?\s?[£$€~]?\d")
LONG_PROMPT = 26  # words
_CLAUSE = frozenset({"to", "that", "because", "if", "when", "so", "by", "unless", "once", "due", "in order"})


def kind_of(card: Card) -> str:
    """One of date, number, person, place, name, clause, and common or rare phrase or word."""
    said = answer(card.wording)
    words = said.split()
    if DATE.fullmatch(said):
        return "date"
    if _NUMBER.match(said) or card.template in {"count", "number"}:
        return "number"
    tokens = _tokens(card, said)
    names = [token for token in tokens if token.tag in NAMES]
    if names and 2 * len(names) >= len([token for token in tokens if token.tag != "DT"]):
        if any(token.entity in PEOPLE for token in names):
            return "person"
        return "place" if any(token.entity in PLACES for token in names) else "name"
    if words[0].lower() in _CLAUSE or any(token.tag in FINITE for token in tokens):
        return "clause"
    form = "word" if len([word for word in words if word.lower() not in {"a", "an", "the"}]) == 1 else "phrase"
    return f"common {form}" if is_common(said) else f"rare {form}"


def front_of(card: Card) -> str:
    """What a front is like to read: long, in need of the lines above it, filled in from them, or plain."""
    if len(prompt(card.wording).split()) > LONG_PROMPT:
        return "long"
    if card.wording.context:
        return "in context"
    return "filled in" if card.fact.fills else "plain"


def _tokens(card: Card, said: str) -> list[Token]:
    """The tokens of the fact that make the answer, where it stands in the text as it is."""
    parse = card.fact.parse
    at = card.fact.text.lower().find(said.lower())
    if parse is None or at < 0:
        return []
    return [token for token in parse.tokens if token.is_shown and at <= token.start and token.end <= at + len(said)]
