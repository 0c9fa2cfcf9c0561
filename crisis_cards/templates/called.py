"""called: *X is called Y*, *known as*, *termed*: Y is the word to know."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.model import Card, Fact, Grade
from crisis_cards.parse import Token
from crisis_cards.phrase import inside
from crisis_cards.templates.clause import Clause, asked, clauses
from crisis_cards.templates.framing import question

NAMING_VERBS = frozenset({"call", "term", "name", "dub", "nickname", "label"})


def called(fact: Fact) -> Iterator[Card]:
    """One question for the name that a clause gives to its subject."""
    for clause in clauses(fact) if fact.grade is Grade.FULL else ():
        for head in _names(clause):
            words = clause.parse.subtree(head)
            if all(token.is_shown for token in words):
                prompt = asked(clause, "What", words)
                yield question(fact, "called", prompt, inside(fact, words).strip("\"‘’“”'"), frame=clause.frame)


def _names(clause: Clause) -> Iterator[Token]:
    parse, verb = clause.parse, clause.verb
    is_passive = any(token.dependency == "auxpass" for token in parse.children(verb))
    for token in parse.children(verb):
        if token.index < verb.index or not is_passive:
            continue
        if verb.lemma in NAMING_VERBS and token.dependency in {"oprd", "attr", "dobj"}:
            yield token
        elif verb.lemma in {"know", "refer"} and token.dependency == "prep" and token.text in {"as", "to"}:
            yield from (inner for inner in parse.children(token) if inner.dependency == "pobj" and token.text == "as")
