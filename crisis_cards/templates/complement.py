"""complement: *ordered them to V*, *was convinced that …*, *was told that …* ask for what follows the verb."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.grammar import subject_of
from crisis_cards.lexicon import COMPLEMENT_PREPOSITIONS, RAISING
from crisis_cards.model import Card, Fact, Grade
from crisis_cards.parse import Parse, Token
from crisis_cards.phrase import inside, say
from crisis_cards.templates.clause import Clause, asked, clauses
from crisis_cards.templates.framing import question
from crisis_cards.templates.stems import content_words

# Who said it says little of what was said: the rest of the prompt must tell it.
REPORTING = frozenset("say estimate claim argue suggest show mean know think believe state explain note report".split())
MIN_REPORTED = 4

QUOTES = frozenset("'\"‘“`")


def complement(fact: Fact) -> Iterator[Card]:
    """One question for an infinitive or a *that* clause that the verb, or its adjective, governs."""
    for clause in clauses(fact) if fact.grade is Grade.FULL else ():
        parse, verb = clause.parse, clause.verb
        governors = [verb, *(token for token in parse.children(verb) if token.dependency == "acomp")]
        for governor in governors:
            for inner in parse.children(governor):
                if inner.index > governor.index:
                    yield from _cards(clause, governor, inner)


def _cards(clause: Clause, governor: Token, inner: Token) -> Iterator[Card]:
    parse, fact, verb = clause.parse, clause.fact, clause.verb
    words = parse.subtree(inner)
    opening = [
        token for token in parse.children(inner) if token.dependency in {"aux", "mark"} and token.index < inner.index
    ]
    if inner.dependency == "xcomp" and verb.lemma == "be" and governor == verb:
        return  # "The plan was to …": the equation
    if _is_infinitive(inner, opening) and governor.lemma not in RAISING and verb.lemma not in {"need", "have"}:
        # "allow the allies to view it": who is to do it stays in the question.
        agent = subject_of(parse, inner)
        kept = parse.subtree(agent) if agent is not None else ()
        hole = [token for token in words if token not in kept]
        answer = [token for token in hole if token not in opening]
        prompt = asked(clause, "What", hole, "to do")
        yield question(fact, "complement", prompt, inside(fact, answer), frame=clause.frame)
    elif inner.dependency == "ccomp" and _is_that(parse, inner, opening):
        preposition = COMPLEMENT_PREPOSITIONS.get(governor.text.lower(), "")
        told = content_words(say(fact, [token for token in clause.words if token not in words]))
        is_open = verb.lemma in REPORTING and verb.tag != "VBN" and len(told) < MIN_REPORTED
        if (preposition or verb.lemma != "be") and not is_open:
            prompt = asked(clause, "What", words, preposition)
            yield question(fact, "complement", prompt, inside(fact, words), frame=clause.frame)


def _is_infinitive(inner: Token, opening: list[Token]) -> bool:
    return inner.dependency in {"xcomp", "ccomp"} and inner.tag == "VB" and [token.tag for token in opening] == ["TO"]


def _is_that(parse: Parse, inner: Token, opening: list[Token]) -> bool:
    first = parse.subtree(inner)[0]
    return first.text not in QUOTES and any(token.text.lower() == "that" for token in opening)
