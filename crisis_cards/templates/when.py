"""when: a date that the line itself has, or names as *same day*, is asked for; a carried one never."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.dates import DATE
from crisis_cards.model import Card, Dating, Fact, Grade
from crisis_cards.parse import Token
from crisis_cards.templates.clause import Clause, asked, clauses
from crisis_cards.templates.framing import question

# With these the date is one of many on which it was so.
LASTING = frozenset(["still", "already", "always", "often", "usually", "never"])
ASKING = {"in": "When", "on": "When", "at": "When", "by": "By when", "until": "Until when", "since": "Since when"}


def when(fact: Fact) -> Iterator[Card]:
    """One question for the date at the head of the line, else for one that hangs on the verb."""
    for clause in clauses(fact) if fact.grade is Grade.FULL else ():
        if clause.frame or _lasts(clause) or any(token.text.lower() == "when" for token in clause.words):
            continue
        if fact.when is not None and fact.when.dating is not Dating.CARRIED:
            yield question(fact, "when", asked(clause, "When", ()), fact.when.text, without=fact.when.text)
        else:
            yield from _inner(clause)


def _inner(clause: Clause) -> Iterator[Card]:
    found = list(DATE.finditer(clause.fact.text))
    words = clause.words
    dated = [token for token in words if found and found[0].start() <= token.start < found[0].end() and token.is_shown]
    if len(found) != 1 or not dated or not all(_hangs_on(clause, token) for token in dated):
        return
    before = next((token for token in reversed(words) if token.index < dated[0].index), None)
    wh = ASKING.get(before.text.lower()) if before is not None and before.dependency == "prep" else None
    # "The Social War, 91-88 BC, the allies revolt": the date of a name, and not of the clause.
    is_aside = before is not None and before.text == "," and 0 < before.index < clause.verb.index
    is_free = (
        before is not None
        and not is_aside
        and (before.text == "," or any(token.head == clause.verb.index for token in dated))
    )
    if wh is None and not is_free:
        return
    hole = [*([before] if before is not None else []), *dated] if wh else dated
    yield question(clause.fact, "when", asked(clause, wh or "When", hole), found[0][0])


def _hangs_on(clause: Clause, token: Token) -> bool:
    """Whether a word belongs to the clause itself and to no other verb in it, nor to a name."""
    above = token
    while above != clause.verb:
        if above.dependency in {"compound", "amod", "poss", "relcl", "acl"} and above.index != token.index:
            return False
        if above.dependency in {"compound", "nmod"} and clause.parse.tokens[above.head].tag in {"NN", "NNS"}:
            return False
        up = clause.parse.tokens[above.head]
        if up == above or (up != clause.verb and up.tag[:2] in {"VB", "MD"}):
            return False
        above = up
    return True


def _lasts(clause: Clause) -> bool:
    lasting = any(token.lemma in LASTING for token in clause.parse.children(clause.verb))
    return lasting or clause.verb.lemma == "be"
