"""outcome: what holds under a condition that begins the line."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.lexicon import POINTING
from crisis_cards.model import Card, Fact, Grade
from crisis_cards.phrase import inside, say
from crisis_cards.templates.clause import clauses
from crisis_cards.templates.framing import question


def outcome(fact: Fact) -> Iterator[Card]:
    """One question for the main clause after *if …,*."""
    for clause in clauses(fact) if fact.grade is Grade.FULL else ():
        parse, verb = clause.parse, clause.verb
        for inner in parse.children(verb):
            words = parse.subtree(inner)
            mark = words[0].text.lower()
            first = parse.subtree(clause.subject)[0].index
            if inner.dependency != "advcl" or mark not in {"if", "when"} or words[-1].index >= first:
                continue
            told = [token for token in clause.words if token not in words and token.dependency != "punct"]
            told = [token for token in told if token.text.lower() != "then"]
            if told and told[0].text.lower() not in POINTING and not clause.frame:
                yield question(
                    fact,
                    "outcome",
                    f"What happens {say(fact, words)[:1].lower()}{say(fact, words)[1:]}?",
                    inside(fact, told),
                )
