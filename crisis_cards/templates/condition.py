"""condition: *if* and *unless* ask under what condition the rest holds, *when* and *once* when it does."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.dates import DATE
from crisis_cards.grammar import NOUNS, subject_of
from crisis_cards.model import Card, Fact, Grade
from crisis_cards.parse import Parse, Token
from crisis_cards.phrase import inside, say, say_instead
from crisis_cards.templates.clause import Clause, asked, clauses
from crisis_cards.templates.framing import question

MARKS = {"if": "Under what condition", "unless": "Under what condition", "when": "When", "once": "When"}


def condition(fact: Fact) -> Iterator[Card]:
    """One question for each conditional clause."""
    for clause in clauses(fact) if fact.grade is Grade.FULL else ():
        parse = clause.parse
        for inner in _conditionals(parse, clause.verb):
            hole = [*parse.subtree(inner), *(token for token in parse.children(clause.verb) if _goes_with_if(token))]
            wh = MARKS[next(token.text.lower() for token in parse.children(inner) if token.text.lower() in MARKS)]
            negated = any(token.dependency == "neg" for token in parse.children(clause.verb))
            if negated and any(token.text.lower() == "unless" for token in parse.children(inner)):
                continue  # "cannot unless" is "can if": the question would ask for the contrary
            if wh == "When" and DATE.search(say(fact, [token for token in clause.words if token not in hole])):
                continue
            named, answer = _swapped(clause, inner)
            prompt = asked(clause, wh, hole, named=named)
            yield question(fact, "condition", prompt, answer, frame=clause.frame)


def _swapped(clause: Clause, inner: Token) -> tuple[str, str]:
    """What is said for the subject, and the answer: a pronoun before which the condition names its noun changes places.

    *When radiation hits a light surface, it is reflected* asks when radiation is reflected: *when it hits …*.
    """
    fact, parse = clause.fact, clause.parse
    words = parse.subtree(inner)
    noun = subject_of(parse, inner)
    is_pronoun = clause.subject.tag == "PRP" and not any(fill.start == clause.subject.start for fill in fact.fills)
    if not is_pronoun or noun is None or noun.tag not in NOUNS or noun.index > clause.subject.index:
        return "", inside(fact, words)
    phrase = parse.subtree(noun)
    instead = {token.index: "" for token in phrase[1:]} | {phrase[0].index: clause.subject.text.lower()}
    return inside(fact, phrase), say_instead(fact, words, instead)


def _conditionals(parse: Parse, verb: Token) -> Iterator[Token]:
    for inner in parse.children(verb):
        if inner.dependency == "advcl" and any(
            token.dependency in {"mark", "advmod"} and token.text.lower() in MARKS for token in parse.children(inner)
        ):
            yield inner


def _goes_with_if(token: Token) -> bool:
    """Whether a word belongs to the condition: *then*, and *only* before *if*."""
    return token.dependency == "advmod" and token.text.lower() in {"then", "only"}
