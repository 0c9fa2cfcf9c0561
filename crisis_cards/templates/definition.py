"""definition: *X was a Y that …* asks what X was.

Only a bare or proper subject and an indefinite Y with something to tell it by (*The plan was a success* defines
nothing), or the one Y of which a clause is true.
"""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.grammar import NOUNS, is_person
from crisis_cards.model import Card, Fact, Grade
from crisis_cards.phrase import inside
from crisis_cards.templates.clause import Clause, asked, clauses
from crisis_cards.templates.framing import question
from crisis_cards.templates.lexicon import LIGHT_NOUNS, POINTING


def definition(fact: Fact) -> Iterator[Card]:
    """One question for a clause of *be* with an indefinite noun phrase."""
    for clause in clauses(fact) if fact.grade is Grade.FULL else ():
        parse, subject = clause.parse, clause.subject
        attribute = next((token for token in parse.children(clause.verb) if token.dependency == "attr"), None)
        if clause.verb.lemma != "be" or attribute is None or subject.tag not in NOUNS or not subject.is_shown:
            continue
        determiners = {token.text.lower() for token in parse.children(attribute) if token.dependency == "det"}
        bare = not any(
            token.dependency in {"det", "predet", "poss"} for token in parse.children(subject)
        ) and not _points(clause)
        told = any(
            token.dependency in {"amod", "prep", "relcl", "acl", "compound"} for token in parse.children(attribute)
        )
        indefinite = determiners <= {"a", "an"} and (determiners or attribute.tag == "NNS")
        # "The aspect is the direction a slope faces": the one thing of which the clause is true.
        only_one = determiners == {"the"} and any(
            token.dependency in {"relcl", "acl"} for token in parse.children(attribute)
        )
        if (
            told
            and ((bare and indefinite) or (only_one and not _points(clause)))
            and attribute.lemma not in LIGHT_NOUNS
        ):
            wh = "Who" if is_person(parse, subject) else "What"
            hole = parse.subtree(attribute)
            yield question(fact, "definition", asked(clause, wh, hole), inside(fact, hole), frame=clause.frame)


def _points(clause: Clause) -> bool:
    """Whether the subject is *such* or *this* something, or somebody's."""
    around = clause.parse.children(clause.subject)
    return any(token.dependency == "poss" or token.text.lower() in POINTING for token in around)
