"""equation: *X's strategy was to V* asks what the strategy was; the copula sets two things equal."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.grammar import NOUNS
from crisis_cards.model import Card, Fact, Grade
from crisis_cards.phrase import inside
from crisis_cards.templates.clause import asked, clauses
from crisis_cards.templates.framing import question


def equation(fact: Fact) -> Iterator[Card]:
    """One question for a noun that *is to do* something, or *is that* something is so."""
    for clause in clauses(fact) if fact.grade is Grade.FULL else ():
        parse, verb = clause.parse, clause.verb
        if verb.lemma != "be" or clause.subject.tag not in NOUNS:
            continue
        for inner in parse.children(verb):
            marks = [token for token in parse.children(inner) if token.dependency in {"aux", "mark"}]
            is_infinitive = inner.dependency == "xcomp" and any(token.tag == "TO" for token in marks)
            is_that = inner.dependency == "ccomp" and any(token.text.lower() == "that" for token in marks)
            if inner.index > verb.index and (is_infinitive or is_that):
                hole = parse.subtree(inner)
                yield question(fact, "equation", asked(clause, "What", hole), inside(fact, hole), frame=clause.frame)
