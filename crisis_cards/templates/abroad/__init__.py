"""Cards of lines that are not said in English: only what needs no grammar and no word of ours.

A blank for what can be told in any language (a date, a quantity, a name, what is quoted, what a colon or a dash
defines, what the author emphasised), and the cells of tables. Nothing is asked in words: no line is parsed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from crisis_cards.model import Candidate, Card, Fact, Statement
from crisis_cards.templates.abroad.dated import dated
from crisis_cards.templates.abroad.gates import GATES_ABROAD
from crisis_cards.templates.abroad.labelled import labelled
from crisis_cards.templates.abroad.named import named
from crisis_cards.templates.abroad.quantity import quantity
from crisis_cards.templates.abroad.quoted import quoted
from crisis_cards.templates.cell import cell
from crisis_cards.templates.chain import chain
from crisis_cards.templates.emphasised import emphasised
from crisis_cards.templates.familiar import Familiar
from crisis_cards.templates.formula import formula
from crisis_cards.wording import prompt

MAX_CHARACTERS = 1000
"""As of an English line: a longer one is no one statement."""

TEMPLATES_ABROAD: tuple[Callable[[Fact], Iterator[Card]], ...] = (
    cell,
    labelled,
    formula,
    chain,
    emphasised,
    quoted,
    dated,
    quantity,
    named,
)


def candidates_abroad(fact: Fact, deck: Familiar) -> tuple[Candidate, ...]:
    """Every card thought of for a line that is not English; those that a gate keeps out say why."""
    if len(fact.text) > MAX_CHARACTERS:
        return ()
    is_row = isinstance(fact.block, Statement) and bool(fact.block.columns)
    templates = (cell,) if is_row else TEMPLATES_ABROAD
    cards = (card for template in templates for card in template(fact) if prompt(card.wording))
    return tuple(Candidate(card, _reason_against(card, deck)) for card in cards)


def _reason_against(card: Card, deck: Familiar) -> str:
    for gate in GATES_ABROAD:
        why = gate(card, deck)
        if why:
            return f"{gate.__name__.replace('_', '-')}: {why}"
    return ""


__all__ = ["GATES_ABROAD", "TEMPLATES_ABROAD", "candidates_abroad"]
