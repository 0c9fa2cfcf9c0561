"""definition: *X was a Y that …* asks what X was.

Only a bare or proper subject and an indefinite Y with something to tell it by (*The plan was a success* defines
nothing), or the one Y of which a clause is true.
"""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.grammar import NOUNS, is_person
from crisis_cards.lexicon import LIGHT_NOUNS, POINTING
from crisis_cards.model import Card, Fact, Grade
from crisis_cards.parse import Token
from crisis_cards.phrase import inside
from crisis_cards.templates.clause import Clause, asked, clauses
from crisis_cards.templates.framing import question

# Verbs that define by themselves, and the preposition that leads to the definition.
DEFINING = {"refer": "to", "define": "as", "describe": "as"}

# "a type of rock" tells what something is, though "a type" alone would not.
KINDS = frozenset({"type", "kind", "form", "sort", "part"})


def definition(fact: Fact) -> Iterator[Card]:
    """One question for a clause that defines its subject."""
    for clause in clauses(fact) if fact.grade is Grade.FULL else ():
        head = defining(clause) or _after_defining_verb(clause)
        if head is not None and clause.subject.is_shown and not _points(clause):
            wh = "Who" if is_person(clause.parse, clause.subject) and clause.verb.lemma == "be" else "What"
            hole = clause.parse.subtree(head)
            yield question(fact, "definition", asked(clause, wh, hole), inside(fact, hole), frame=clause.frame)


def defining(clause: Clause) -> Token | None:
    """The noun that the subject *is*, when it tells what the subject is and not only how it is."""
    parse = clause.parse
    if clause.subject.tag not in NOUNS or _points(clause):
        return None
    attribute = next((token for token in parse.children(clause.verb) if token.dependency == "attr"), None)
    if clause.verb.lemma != "be" or attribute is None:
        return None
    around = tuple(parse.children(attribute))
    is_kind = attribute.lemma in KINDS and any(token.text == "of" for token in around)
    if attribute.lemma in LIGHT_NOUNS and not is_kind:
        return None
    determiners = {token.text.lower() for token in around if token.dependency == "det"}
    before = {token.text.lower() for token in parse.children(clause.subject) if token.dependency in {"det", "predet"}}
    bare = before <= {"a", "an"}
    told = any(token.dependency in {"amod", "prep", "relcl", "acl", "compound"} for token in around)
    indefinite = determiners <= {"a", "an"} and (determiners or attribute.tag == "NNS")
    # "The aspect is the direction a slope faces": the one thing of which this is true.
    only_one = determiners == {"the"} and any(
        token.dependency in {"relcl", "acl"} or token.text == "of" for token in around
    )
    return attribute if told and ((bare and indefinite) or only_one) else None


def _after_defining_verb(clause: Clause) -> Token | None:
    """The noun after *refers to*, *is defined as*, *is known as*."""
    wanted = DEFINING.get(clause.verb.lemma)
    for token in clause.parse.children(clause.verb):
        if token.dependency == "prep" and token.text == wanted:
            return next((inner for inner in clause.parse.children(token) if inner.dependency == "pobj"), None)
    return None


def _points(clause: Clause) -> bool:
    """Whether the subject is *such* or *this* something, or somebody's."""
    around = clause.parse.children(clause.subject)
    return any(token.dependency == "poss" or token.text.lower() in POINTING for token in around)
