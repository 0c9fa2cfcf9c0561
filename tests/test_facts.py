"""Facts: what each statement becomes before any card is thought of."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from case_files import Case, read_cases
from fact_dump import built, facts_dump
from hypothesis import given, settings
from hypothesis import strategies as st

from crisis_cards.config import Term, TermKind
from crisis_cards.diagnostics import Span
from crisis_cards.facts import facts_of
from crisis_cards.facts.glossary import Glossary, defined_in
from crisis_cards.model import Document, Statement

CASES = Path(__file__).parent / "cases"
PIECES = st.sampled_from(
    [
        "26 Oct",
        "1962",
        " – ",
        " - ",
        ": ",
        "; ",
        "Same day",
        "Next day",
        "JFK",
        "it was",
        "a long letter",
        "(",
        ")",
        " ",
        "Oct 3,",
    ]
)


@pytest.mark.parametrize("case", read_cases(CASES / "facts.txt"), ids=str)
def test_case(case: Case) -> None:
    """Facts are split, dated, resolved and graded as their case file says."""
    assert facts_dump(case.text) == case.expected


@given(st.lists(PIECES, min_size=1, max_size=12).map("".join))
def test_facts_are_pieces_of_their_statement(text: str) -> None:
    """A fact's text stands at its offset in its statement, and no letter of a statement is in two facts."""
    statement = Statement(Span("a.txt", 1, 1), (), text)

    facts = facts_of(Document("a.txt", "A", 0, (statement,)))

    assert facts
    assert all(text[fact.offset :].startswith(fact.text) for fact in facts)
    assert all(one.offset + len(one.text) <= two.offset for one, two in pairwise(facts))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("abc XYZ.,;:–'’“”()1", min_size=1, max_size=40), min_size=1, max_size=5).map("\n".join))
def test_fills_lie_in_their_text(text: str) -> None:
    """What is filled in stands for characters of the fact, and every statement has facts or is accounted for."""
    accounts = built(text).accounts

    fills = [(fact, fill) for account in accounts for fact in account.facts for fill in fact.fills]
    assert all(0 <= fill.start <= fill.end <= len(fact.text) for fact, fill in fills)
    assert all(account.facts or account.reason for account in accounts)


def test_deck_toml_goes_before_the_notes() -> None:
    """A short form that deck.toml explains keeps that meaning."""
    glossary = Glossary(
        [Term("VDAP", "our own", TermKind.THING), *defined_in(["The Volcano Disaster Aid Program (VDAP)"])]
    )

    assert glossary.expansions("VDAP sends experts") == (("VDAP", "our own"),)


def test_initials_must_fit() -> None:
    """A bracket after a name is no short form of it unless its capitals are the initials."""
    assert not list(defined_in(["Mount Saint Helens (Washington) erupted", "The Great Lakes (GLX) froze"]))
