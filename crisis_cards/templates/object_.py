"""object: whom or what the verb acts on."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.model import Card, Fact, Grade
from crisis_cards.phrase import inside
from crisis_cards.templates.classes import wh_of
from crisis_cards.templates.clause import asked, clauses
from crisis_cards.templates.framing import question

PARTICLES = frozenset({"back", "out", "up", "off", "down", "away", "in", "over", "apart", "together"})
# What somebody has, gets, does or lets is seldom one thing.
EMPTY_VERBS = frozenset({"have", "do", "get", "let", "be", "want", "need"})


def object_(fact: Fact) -> Iterator[Card]:
    """One question for the direct object of each clause."""
    for clause in clauses(fact) if fact.grade is Grade.FULL else ():
        for head in clause.parse.children(clause.verb):
            if head.dependency != "dobj" or head.index < clause.verb.index:
                continue
            words = clause.parse.subtree(head)
            if words[0].text.lower() in PARTICLES or clause.verb.lemma in EMPTY_VERBS:
                continue
            is_bare = [token.dependency in {"det", "poss"} for token in words] == [True, False]
            if is_bare and head.tag in {"NN", "NNS"}:
                continue
            if any(token.text.lower() == "same" for token in words):  # the same as what comes after: no answer alone
                continue
            wh = wh_of(clause.parse, fact, head).replace("Who", "Whom", 1)
            if wh and not wh.startswith("Who or") and all(token.is_shown for token in words):
                yield question(fact, "object", asked(clause, wh, words), inside(fact, words), frame=clause.frame)
