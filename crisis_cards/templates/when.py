"""when: a date that the line itself has, or names as *same day*, is asked for; a carried one never."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.dates import DATE
from crisis_cards.grammar import SUBJECTS
from crisis_cards.model import Card, Dating, Fact, Grade
from crisis_cards.phrase import say
from crisis_cards.templates.clause import Clause, asked, clauses
from crisis_cards.templates.framing import question

# With these the date is one of many on which it was so.
LASTING = frozenset(["still", "already", "always", "often", "usually", "never"])


def when(fact: Fact) -> Iterator[Card]:
    """One question for the date at the head of the line, else for one that hangs on the verb."""
    for clause in clauses(fact) if fact.grade is Grade.FULL else ():
        if clause.frame or _lasts(clause):
            continue
        if fact.when is not None and fact.when.dating is not Dating.CARRIED:
            yield question(fact, "when", asked(clause, "When", ()), fact.when.text, without=fact.when.text)
        else:
            yield from _inner(clause)


def _inner(clause: Clause) -> Iterator[Card]:
    parse, fact = clause.parse, clause.fact
    for token in parse.children(clause.verb):
        words = parse.subtree(token)
        text = say(fact, words)
        at = DATE.search(text)
        if token.dependency in {"prep", "npadvmod"} and token.dependency not in SUBJECTS and at is not None:
            bare = text.removeprefix("in ").removeprefix("In ").removeprefix("on ").removeprefix("On ")
            if DATE.fullmatch(bare):
                yield question(fact, "when", asked(clause, "When", words), bare)


def _lasts(clause: Clause) -> bool:
    lasting = any(token.lemma in LASTING for token in clause.parse.children(clause.verb))
    return lasting or clause.verb.lemma == "be"
