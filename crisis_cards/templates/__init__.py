"""Facts to cards. One template a file; the table is in the order in which they are preferred.

A line in another language than English has templates and gates of its own, without a word of ours.

Templates over-generate: each gives every card it can. Gates keep the bad ones out, choice takes the best of the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from crisis_cards.model import Candidate, Card, Fact
from crisis_cards.templates.abroad import GATES_ABROAD, TEMPLATES_ABROAD, candidates_abroad
from crisis_cards.templates.answered import answered
from crisis_cards.templates.apposition import apposition
from crisis_cards.templates.author import author
from crisis_cards.templates.called import called
from crisis_cards.templates.cell import cell
from crisis_cards.templates.chain import chain
from crisis_cards.templates.choice import Choice, joined
from crisis_cards.templates.complement import complement
from crisis_cards.templates.condition import condition
from crisis_cards.templates.count import count
from crisis_cards.templates.date import date_blank
from crisis_cards.templates.definition import definition
from crisis_cards.templates.emphasised import emphasised
from crisis_cards.templates.equation import equation
from crisis_cards.templates.event import event
from crisis_cards.templates.familiar import Familiar
from crisis_cards.templates.formula import formula
from crisis_cards.templates.framing import with_topic
from crisis_cards.templates.gates import GATES, reason_against
from crisis_cards.templates.headed import headed
from crisis_cards.templates.label import label
from crisis_cards.templates.means import means
from crisis_cards.templates.members import members
from crisis_cards.templates.name import name
from crisis_cards.templates.number import number
from crisis_cards.templates.object_ import object_
from crisis_cards.templates.oblique import oblique
from crisis_cards.templates.outcome import outcome
from crisis_cards.templates.phrase_ import phrase_blank
from crisis_cards.templates.quotation import quotation
from crisis_cards.templates.quoted import quoted
from crisis_cards.templates.reason import reason
from crisis_cards.templates.recall import recall
from crisis_cards.templates.reverse import reverse
from crisis_cards.templates.sequence import sequence
from crisis_cards.templates.subject import subject
from crisis_cards.templates.when import when
from crisis_cards.tongues import ENGLISH
from crisis_cards.wording import prompt

Template = Callable[[Fact], Iterator[Card]]

TEMPLATES: tuple[Template, ...] = (
    answered,
    cell,
    definition,
    reverse,
    called,
    condition,
    equation,
    reason,
    means,
    quotation,
    complement,
    outcome,
    when,
    event,
    count,
    label,
    headed,
    apposition,
    sequence,
    members,
    recall,
    oblique,
    subject,
    object_,
    formula,
    chain,
    emphasised,
    quoted,
    date_blank,
    number,
    name,
    phrase_blank,
)


def candidates(fact: Fact, deck: Familiar) -> tuple[Candidate, ...]:
    """Every card thought of for `fact`; those that a gate keeps out say why. The author's cards are the only ones."""
    own = tuple(Candidate(card) for card in author(fact))
    if own:
        return own
    if fact.language != ENGLISH:
        return candidates_abroad(fact, deck)
    cards: Iterable[Card] = (card for template in TEMPLATES for card in template(fact) if prompt(card.wording))
    return tuple(Candidate(card, reason_against(card, deck)) for card in cards)


__all__ = [
    "GATES",
    "GATES_ABROAD",
    "TEMPLATES",
    "TEMPLATES_ABROAD",
    "Choice",
    "Familiar",
    "candidates",
    "joined",
    "with_topic",
]
