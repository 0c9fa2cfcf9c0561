"""called: *X is called Y*, *known as*, *termed*: Y is the word to know."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.grammar import NOUNS
from crisis_cards.model import Card, Fact, Grade
from crisis_cards.parse import Token
from crisis_cards.phrase import inside, say
from crisis_cards.templates.clause import Clause, asked, clauses, core
from crisis_cards.templates.framing import question

PEOPLE = frozenset({"we", "people", "scientists", "economists", "historians", "they"})
NAMING_VERBS = frozenset({"call", "term", "name", "dub", "nickname", "label"})


def called(fact: Fact) -> Iterator[Card]:
    """One question for the name that a clause gives to its subject."""
    for clause in clauses(fact) if fact.grade is Grade.FULL else ():
        if clause.subject.text.lower() in PEOPLE and clause.verb.lemma in {*NAMING_VERBS, "refer"}:
            yield from _by_us(clause)
            continue
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


def _by_us(clause: Clause) -> Iterator[Card]:
    """*We call X Y*, *we refer to X as Y*: the last noun phrase is the word for what stands between."""
    parse, fact, verb = clause.parse, clause.fact, clause.verb
    after = [token for token in clause.words if token.index > verb.index]
    as_ = next((token for token in after if token.text == "as" and token.dependency == "prep"), None)
    if verb.lemma == "refer":
        to = next((token for token in after if token.text == "to" and token.dependency == "prep"), None)
        named = next((token for token in parse.children(as_) if token.dependency == "pobj"), None) if as_ else None
        if to is None or as_ is None or named is None or to.index > as_.index:
            return
        told = [token for token in after if to.index < token.index < as_.index]
        words = core(parse, named)
    else:
        named = next(
            (t for t in after if t.dependency in {"oprd", "attr"} or (t.tag in NOUNS and t == after[-1])), None
        )
        if named is None:
            return
        words = core(parse, named)
        told = [token for token in after if token.index < words[0].index]
    if told and words and clause.subject.tag == "PRP" and told[0].tag in {"DT", "NN", "NNS", "NNP", "PRP$", "JJ", "CD"}:
        be = "are" if any(t.tag in {"NNS", "NNPS"} and t.head == verb.index for t in told) else "is"
        yield question(fact, "called", f"What {be} {say(fact, told)} called?", inside(fact, words))
