"""What kind of answer a card has: one side of the table of measured precision."""

from __future__ import annotations

import re

from crisis_cards.commonness import is_common
from crisis_cards.dates import DATE
from crisis_cards.grammar import FINITE, NAMES, PEOPLE, PLACES
from crisis_cards.model import Card
from crisis_cards.parse import Token
from crisis_cards.wording import answer, prompt

_NUMBER = re.compile(r"(?:about|around|roughly|nearly|over|almost|at least|at most|up to|only|ca\.)?\s?[£$€~]?\d")
_WORDS = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
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


def anchors_of(card: Card) -> str:
    """How much on the front tells the card from others: names, numbers and rare words, topic aside."""
    shown = " ".join((*card.wording.context, prompt(card.wording)))
    said = set(_WORDS.findall(answer(card.wording).lower()))
    told = {word for word in _WORDS.findall(shown) if word.lower() not in said and _tells(word)}
    return ("no anchor", "an anchor", "anchors")[min(len(told), 2)]


def _tells(word: str) -> bool:
    return any(letter.isdigit() for letter in word) or word[1:] != word[1:].lower() or not is_common(word)


def _tokens(card: Card, said: str) -> list[Token]:
    """The tokens of the fact that make the answer, where it stands in the text as it is."""
    parse = card.fact.parse
    at = card.fact.text.lower().find(said.lower())
    if parse is None or at < 0:
        return []
    return [token for token in parse.tokens if token.is_shown and at <= token.start and token.end <= at + len(said)]
