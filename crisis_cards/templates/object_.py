"""object: whom or what the verb acts on, and what its last preposition leads to."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.model import Card, Fact, Grade
from crisis_cards.parse import Token
from crisis_cards.phrase import inside
from crisis_cards.templates.clause import Clause, asked, clauses, wh_of
from crisis_cards.templates.framing import question


def object_(fact: Fact) -> Iterator[Card]:
    """One question for the direct object, one for the object of the preposition that ends the clause."""
    for clause in clauses(fact) if fact.grade is Grade.FULL else ():
        for head in _objects(clause):
            words = clause.parse.subtree(head)
            if any(token.text.lower() == "same" for token in words):  # the same as what comes after: no answer alone
                continue
            wh = wh_of(clause.parse, fact, head).replace("Who", "Whom")
            if wh and all(token.is_shown for token in words):
                yield question(fact, "object", asked(clause, wh, words), inside(fact, words), frame=clause.frame)


def _objects(clause: Clause) -> Iterator[Token]:
    parse = clause.parse
    for token in parse.children(clause.verb):
        if token.dependency == "dobj" and token.index > clause.verb.index:
            yield token
        elif token.dependency in {"prep", "agent", "dative"} and token.index > clause.verb.index:
            inner = next((other for other in parse.children(token) if other.dependency == "pobj"), None)
            # The preposition is left at the end: nothing may follow it there.
            if inner is not None and parse.subtree(inner)[-1].index >= clause.words[-1].index:
                yield inner
