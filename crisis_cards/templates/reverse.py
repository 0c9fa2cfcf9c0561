"""reverse: the term that a definition is of."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.grammar import NOUNS, is_person
from crisis_cards.model import Card, Fact, Grade
from crisis_cards.phrase import inside, say
from crisis_cards.templates.clause import Clause, asked_for_subject, clauses, core
from crisis_cards.templates.definition import defining
from crisis_cards.templates.framing import question
from crisis_cards.templates.stems import content_words

MIN_TOLD = 4  # content words: a gas at room temperature is many things


def reverse(fact: Fact) -> Iterator[Card]:
    """One question for the subject of a clause that defines it."""
    for clause in clauses(fact) if fact.grade is Grade.FULL else ():
        head = defining(clause)
        own = clause.parse.subtree(clause.subject)
        told = content_words(say(fact, [token for token in clause.words if token not in own]))
        if head is not None and clause.subject.is_shown and len(told) >= MIN_TOLD:
            yield from _named(clause)


def _named(clause: Clause) -> Iterator[Card]:
    fact, parse = clause.fact, clause.parse
    term = inside(fact, core(parse, clause.subject))
    if clause.subject.tag not in NOUNS:
        return
    if is_person(parse, clause.subject):
        yield question(fact, "reverse", asked_for_subject(clause, "Who"), term)
    else:
        yield question(fact, "reverse", asked_for_subject(clause, "What", "called"), term)
