"""subject: who, which or what did it."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.lexicon import LIGHT_NOUNS
from crisis_cards.model import Card, Fact, Grade
from crisis_cards.parse import Parse, Token
from crisis_cards.phrase import inside
from crisis_cards.templates.classes import wh_of
from crisis_cards.templates.clause import asked_for_subject, clauses, core
from crisis_cards.templates.definition import defining
from crisis_cards.templates.framing import question


def subject(fact: Fact) -> Iterator[Card]:
    """One question for the subject of a clause, when it is sure how to ask for it."""
    for clause in clauses(fact) if fact.grade is Grade.FULL else ():
        head, parse = clause.subject, clause.parse
        words = parse.subtree(head)
        copies = clause.verb.lemma == "be" and any(
            t.dependency in {"ccomp", "xcomp"} for t in parse.children(clause.verb)
        )
        if copies or not all(token.is_shown for token in words):
            continue
        if defining(clause) is not None:  # "reverse" asks for it
            continue
        if clause.verb.lemma == "be" and any(
            token.dependency == "attr" and token.lemma in LIGHT_NOUNS for token in parse.children(clause.verb)
        ):
            continue  # "energy is an issue": much else is one, too
        if _is_plain(parse, head):
            continue
        wh = "What" if head.dependency in {"csubj", "csubjpass"} else wh_of(parse, fact, head)
        if wh and not wh.startswith("Who or"):  # the name is blanked instead
            answer = inside(fact, core(parse, head))
            yield question(fact, "subject", asked_for_subject(clause, wh), answer, frame=clause.frame)


def _is_plain(parse: Parse, head: Token) -> bool:
    """Whether a subject is *a signal*, *the roof*: nothing in its words tells it from others of its kind."""
    words = [token for token in core(parse, head) if token.dependency != "punct"]
    return head.tag in {"NN", "NNS"} and [token.dependency == "det" for token in words] == [True, False]
