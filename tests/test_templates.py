"""Templates, gates and choice: which cards are thought of, and which are kept."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from case_files import Case, read_cases
from fact_dump import built, cards_dump
from hypothesis import given, settings
from hypothesis import strategies as st

from crisis_cards.config import Config, Profile
from crisis_cards.model import Candidate, Cloze, MarkKind, Question, Statement
from crisis_cards.templates import GATES, TEMPLATES
from crisis_cards.templates.choice import BARS
from crisis_cards.templates.precision import estimate
from crisis_cards.wording import answer, prompt

CASES = Path(__file__).parent / "cases"
SEED = Path(__file__).parent.parent / "source_notes" / "cuban-missile-crisis.txt"

WORDS = st.sampled_from(
    """NK JFK he She they it this such The a an 26 Oct 1962 in of to by because if so that only convinced was were has
    sent told ordered agreed refused missiles island Turkey London president letter strategy crisis – - : ; , . ? "
    ‘quoted words’ ( ) and or not never such as 3 200 km""".split()
)
NOTES = st.lists(st.lists(WORDS, min_size=2, max_size=14).map(" ".join), min_size=1, max_size=6).map("\n".join)


@pytest.mark.parametrize("case", read_cases(CASES / "templates.txt"), ids=str)
def test_case(case: Case) -> None:
    """The template or gate that a case is named after does as its case file says."""
    only = case.title.partition(":")[0]

    found = cards_dump(case.text, only)

    assert found == case.expected


def test_every_template_and_gate_has_a_case() -> None:
    """Nothing in the two tables goes untried: each template makes a card in a case, each gate keeps one out."""
    said = "\n".join(case.expected for case in read_cases(CASES / "templates.txt"))
    made = {re.sub(r"_(?:blank)?$", "", template.__name__) for template in TEMPLATES}
    gates = {gate.__name__.replace("_", "-") for gate in GATES}

    assert made <= set(re.findall(r"^\d+ ([a-z]+):", said, re.MULTILINE))
    assert gates <= set(re.findall(r" -- ([a-z-]+):", said))


def kept(text: str) -> list[Candidate]:
    """The cards of a text that are kept."""
    return [each for account in built(text).accounts for each in account.candidates if not each.dropped]


@settings(max_examples=60, deadline=None)
@given(NOTES)
def test_cards_keep_the_rules(text: str) -> None:
    """No answer is filled in, no statement has more than three cards, and words come from the notes."""
    cards = kept(text)

    for candidate in cards:
        fact, said = candidate.card.fact, answer(candidate.card.wording)
        assert said.strip()
        assert not any(fill.text and fill.text in said for fill in fact.fills)
    for account in built(text).accounts:
        for fact in account.facts:
            assert sum(1 for each in account.candidates if each.card.fact is fact and not each.dropped) <= 3
    prompts = [(each.card.wording.topic, each.card.wording.context, prompt(each.card.wording)) for each in cards]
    assert len(set(prompts)) == len(prompts)


@settings(max_examples=60, deadline=None)
@given(NOTES)
def test_fronts_stand_alone(text: str) -> None:
    """No front begins with a word that only another line explains, and none shows its answer."""
    for candidate in kept(text):
        wording = candidate.card.wording
        shown = prompt(wording)
        first = re.match(r"(he|she|it|they|this|such)\b(?! is| was)", shown, re.IGNORECASE)

        assert wording.context or not first
        if isinstance(wording, Question):
            assert answer(wording).casefold() not in shown.casefold()


@pytest.mark.parametrize("profile", Profile)
def test_profiles_keep_what_they_promise(profile: Profile) -> None:
    """A card that is kept reaches the bar of the profile; one that is dropped for that says by how much it fails."""
    bars = BARS[profile]
    candidates = [
        each
        for account in built(SEED.read_text("utf-8"), config=Config("Profiles", profile=profile)).accounts
        for each in account.candidates
    ]
    automatic = [each for each in candidates if each.card.template != "author"]
    promised = [estimate(each.card) for each in automatic if not each.dropped]
    doubtful = [each.dropped for each in automatic if each.dropped.startswith("doubtful: ")]

    assert all(each.good >= bars[0].good and each.usable >= bars[0].usable for each in promised)
    assert all(f"profile {profile} wants" in each for each in doubtful)
    assert bool(doubtful) is (profile is not Profile.ALL)


@settings(max_examples=60, deadline=None)
@given(NOTES)
def test_answers_are_the_authors_words(text: str) -> None:
    """Every word of an automatic answer stands in the notes."""
    words = set(re.findall(r"\w+", text.lower())) | {"the", "day", "after"}  # "the day after 26 Oct"

    for candidate in kept(text):
        assert set(re.findall(r"\w+", answer(candidate.card.wording).lower())) <= words


@settings(max_examples=60, deadline=None)
@given(NOTES)
def test_blanks_of_a_note_stand_apart(text: str) -> None:
    """The blanks of one cloze do not overlap, and are numbered from 1 in the order of the text."""
    for candidate in kept(text):
        wording = candidate.card.wording
        if isinstance(wording, Cloze):
            found = [mark for mark in wording.marks if mark.kind is MarkKind.BLANK]
            assert [mark.number for mark in found] == list(range(1, len(found) + 1))
            assert all(one.end <= two.start for one, two in pairwise(found))


def test_seed_is_covered() -> None:
    """The seed's cards are as many as promised: statements, questions and blanks."""
    accounts = built(SEED.read_text("utf-8"), SEED.name).accounts

    chosen = [each for account in accounts for each in account.candidates if not each.dropped]
    assert sum(1 for account in accounts if isinstance(account.block, Statement) and not account.reason) >= 26
    assert sum(1 for each in chosen if isinstance(each.card.wording, Question)) >= 15
    assert sum(1 for each in chosen if isinstance(each.card.wording, Cloze)) >= 20
