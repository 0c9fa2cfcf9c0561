"""reason: *because*, *so that*, *in order to*, *due to* ask why.

*As* and *since* count after a comma only: without one, as often as not, they mean a time.
"""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.grammar import subject_of
from crisis_cards.model import Card, Fact, Grade
from crisis_cards.parse import Parse, Token
from crisis_cards.phrase import inside
from crisis_cards.templates.clause import asked, clauses
from crisis_cards.templates.framing import question


def reason(fact: Fact) -> Iterator[Card]:
    """One question for each reason or purpose that hangs on the verb of a clause."""
    for clause in clauses(fact) if fact.grade is Grade.FULL else ():
        for inner in clause.parse.children(clause.verb):
            words = clause.parse.subtree(inner)
            if inner.index > clause.verb.index and _gives_reason(clause.parse, clause.verb, inner, words):
                yield question(fact, "reason", asked(clause, "Why", words), inside(fact, words), frame=clause.frame)


def _gives_reason(parse: Parse, verb: Token, inner: Token, words: tuple[Token, ...]) -> bool:
    opening = " ".join(token.text.lower() for token in words[:3])
    if inner.dependency in {"advcl", "prep"} and opening.startswith(
        ("because ", "so that ", "due to ", "in order to ")
    ):
        return True
    before = parse.tokens[words[0].index - 1].text if words[0].index else ""
    if inner.dependency == "advcl" and before == "," and words[0].text.lower() in {"as", "since"}:
        return subject_of(parse, inner) is not None and opening.split()[1:2] not in (["though"], ["if"])
    # "used it to test …": a purpose, when the verb has its object and does not govern the infinitive itself.
    return (
        inner.dependency == "advcl"
        and words[0].tag == "TO"
        and inner.tag == "VB"
        and any(token.dependency == "dobj" and token.index < inner.index for token in parse.children(verb))
    )
