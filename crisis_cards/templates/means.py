"""means: *by doing* asks how."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.model import Card, Fact, Grade
from crisis_cards.phrase import inside
from crisis_cards.templates.clause import asked, clauses
from crisis_cards.templates.framing import question


def means(fact: Fact) -> Iterator[Card]:
    """One question for each *by* with a gerund."""
    for clause in clauses(fact) if fact.grade is Grade.FULL else ():
        for prep in clause.parse.children(clause.verb):
            gerund = any(token.dependency == "pcomp" and token.tag == "VBG" for token in clause.parse.children(prep))
            if prep.text.lower() == "by" and gerund and prep.index > clause.verb.index:
                words = clause.parse.subtree(prep)
                yield question(fact, "means", asked(clause, "How", words), inside(fact, words), frame=clause.frame)
