"""reverse: the term that a definition is of."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.grammar import NOUNS, is_person
from crisis_cards.model import Card, Fact, Grade
from crisis_cards.parse import Token
from crisis_cards.phrase import inside
from crisis_cards.templates.clause import Clause, clauses
from crisis_cards.templates.definition import defining
from crisis_cards.templates.framing import question
from crisis_cards.templates.stems import content_words

MIN_TOLD = 3


def reverse(fact: Fact) -> Iterator[Card]:
    """One question for the subject of a clause that defines it."""
    for clause in clauses(fact) if fact.grade is Grade.FULL else ():
        head = defining(clause)
        if head is not None and clause.subject.is_shown:
            yield from _named(clause, head)


def _named(clause: Clause, head: Token) -> Iterator[Card]:
    fact, parse = clause.fact, clause.parse
    told = inside(fact, parse.subtree(head))
    term = inside(fact, parse.subtree(clause.subject))
    if len(content_words(told)) < MIN_TOLD or clause.subject.tag not in NOUNS:
        return
    past = any(
        token.text.lower() in {"was", "were"} for token in parse.children(clause.verb)
    ) or clause.verb.text.lower() in {"was", "were"}
    if is_person(parse, clause.subject):
        yield question(fact, "reverse", f"Who {'was' if past else 'is'} {told}?", term)
        return
    plural = head.tag in {"NNS", "NNPS"}
    be = {(False, False): "is", (False, True): "was", (True, False): "are", (True, True): "were"}[plural, past]
    yield question(fact, "reverse", f"What {be} {told} called?", term)
