"""count: how many of something, with the thing counted in the question."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.dates import DATE
from crisis_cards.lexicon import PLAIN_ADJECTIVES
from crisis_cards.model import Card, Fact, Grade
from crisis_cards.parse import Token
from crisis_cards.phrase import say
from crisis_cards.templates.clause import Clause, asked, asked_for_subject, clauses
from crisis_cards.templates.framing import question

UNITS = frozenset({"%", "percent", "per cent"})
FRACTIONS = frozenset({"half", "third", "quarter", "fifth", "tenth"})
NO_COUNT = frozenset({"one", "1"})


def count(fact: Fact) -> Iterator[Card]:
    """One question for a number that counts the subject, the object, or what a preposition leads to."""
    for clause in clauses(fact) if fact.grade is Grade.FULL else ():
        parse, verb = clause.parse, clause.verb
        yield from _of_phrase(clause, clause.subject, None)
        for token in parse.children(verb):
            if token.dependency in {"dobj", "attr"} and token.index > verb.index:
                yield from _of_phrase(clause, token, None)
            elif token.dependency == "prep" and token.index > verb.index:
                inner = [each for each in parse.children(token) if each.dependency == "pobj"]
                if len(inner) == 1 and token.text.lower() in {"for", "with", "in", "at", "to", "from", "by", "of"}:
                    yield from _of_phrase(clause, inner[0], token)


def _is_date(fact: Fact, number: Token) -> bool:
    """Whether a number is part of a date: *44 BC*."""
    return any(found.start() < number.end and number.start < found.end() for found in DATE.finditer(fact.text))


def _of_phrase(clause: Clause, head: Token, prep: Token | None) -> Iterator[Card]:
    fact, parse = clause.fact, clause.parse
    words = parse.subtree(head)
    number = next((token for token in parse.children(head) if token.dependency == "nummod"), None)
    if number is None or not all(token.is_shown for token in words) or number.index > head.index:
        return
    counted = parse.subtree(number)
    if number.text.lower() in NO_COUNT or _is_date(fact, number) or number.tag != "CD":
        return
    left = [token for token in words if token not in counted]
    comma = next((token.index for token in left if token.dependency == "punct"), len(parse.tokens))
    left = [token for token in left if token.index < comma]
    if head.lemma in FRACTIONS:
        return
    if any(
        token.text.lower() in PLAIN_ADJECTIVES | {"the", "all", "these", "those", "both"}
        for token in left
        if token.index < head.index
    ):
        return
    is_share = head.text in UNITS or head.text.lower() in UNITS
    rest = [token for token in left if not (is_share and token == head)]
    of = say(fact, rest)
    wh = f"What percentage {of}".strip() if is_share else f"How many {of}"
    if "$" in of or "£" in of or "€" in of or (rest and rest[0].dependency == "det"):
        return
    answer = say(fact, [*counted, *([head] if is_share else [])])
    if head == clause.subject:
        yield question(fact, "count", asked_for_subject(clause, wh), answer, frame=clause.frame)
    elif prep is None:
        yield question(fact, "count", asked(clause, wh, words), answer, frame=clause.frame)
    else:
        asks = f"{prep.text.capitalize()} {wh[0].lower()}{wh[1:]}"
        yield question(fact, "count", asked(clause, asks, (prep, *words)), answer, frame=clause.frame)
