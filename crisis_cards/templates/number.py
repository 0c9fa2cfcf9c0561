"""number: how many, asked with the noun that is counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_cards.dates import DATE
from crisis_cards.model import Card, Fact, Grade
from crisis_cards.parse import Token
from crisis_cards.templates.framing import cloze

_RANGE_BEFORE = re.compile(r"\d[\d.,]*\s?(?:-|–|to|and)\s?$")
_RANGE_AFTER = re.compile(r"\s?(?:-|–|to|and)\s?\d[\d.,]*\b")
SMALL = frozenset({"one", "1", "two"})  # said of anything


_NAMED = re.compile(r"(?:\b[A-Z][\w.’'-]*|\b(?:type|class|stage|phase|act|sc|scene|chapter|ch|week|handout|art))\s$")


def _is_part_of_name(fact: Fact, start: int) -> bool:
    """Whether a number belongs to the name before it: *Luna 3*, *type 2*."""
    before = fact.text[:start]
    return _NAMED.search(before) is not None and re.search(r"(?:^|[.:]\s)\S+\s$", before) is None


def _is_year(fact: Fact, match: re.Match[str]) -> bool:
    """Whether four digits are a year and count nothing."""
    return re.match(r"\s[a-z]+s\b", fact.text[match.end() :]) is None


_PLAIN = re.compile(r"\d{2,}(?:[.,]\d+)*|\d[.,]\d+")
_REFERENCE = re.compile(r"\b(?:figs?|slides?|pages?|pp?|nos?)\.? $|[$(]$", re.IGNORECASE)


def _counts(fact: Fact, token: Token) -> bool:
    """Whether a number counts or measures: it goes with a noun, or a line that is no clause only says how many."""
    is_said = token.dependency in {"nsubj", "pobj", "dobj", "attr", "ROOT", "npadvmod", "quantmod"}
    is_plain = _PLAIN.fullmatch(token.text) is not None and _REFERENCE.search(fact.text[: token.start]) is None
    return token.dependency == "nummod" or (fact.grade is not Grade.FULL and is_said and is_plain)


def number(fact: Fact) -> Iterator[Card]:
    """One blank for each number that counts a noun; a range is one number."""
    parse = fact.parse
    if parse is None:
        return
    taken = [match.span() for match in DATE.finditer(fact.text) if not match[0].isdigit() or _is_year(fact, match)]
    for token in parse.tokens:
        is_counting = token.tag == "CD" and _counts(fact, token) and token.text.lower() not in SMALL
        if _is_part_of_name(fact, token.start):
            continue
        if not is_counting or not token.is_shown or any(start <= token.start < end for start, end in taken):
            continue
        after = _RANGE_AFTER.match(fact.text, token.end)
        first = token
        while first.index and parse.tokens[first.index - 1].tag == "CD" and parse.tokens[first.index - 1].is_shown:
            first = parse.tokens[first.index - 1]
        before = _RANGE_BEFORE.search(fact.text[: first.start])
        start, end = before.start() if before else first.start, after.end() if after else token.end
        taken.append((start, end))
        card = cloze(fact, "number", start, end, "number")
        if card is not None:
            yield card
