"""Names come from the author's words and from nothing else; no two are equal."""

from __future__ import annotations

import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_cards.identity import ROOM, fact_key, fact_keys, guid_of, guids_of, number_ids, spread, words
from crisis_cards.model import Cloze, Mark, MarkKind, NoteKind, Question, Wording

ANY_TEXT = st.text(st.characters())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Castro’s regime", "castro's Regime."),
        ("26 Oct – JFK  kept\this options open", "26 oct - JFK kept his options open"),
        ("ﬁnal Straße", "final STRASSE"),
        ("Cafe\u0301", "Café"),
        ("mis\u00adsile\u200b \u202ecrisis\ufe0f", "missile crisis"),
        ("==Jupiter== missiles in **Tur**key", "Jupiter missiles in Turkey"),
        ("{{c1::Jupiter::name}} <b>missiles</b> `here`", "Jupiter missiles here"),
        ("“high-risk” (strategy)", "high risk strategy"),
    ],
)
def test_what_does_not_count(one: str, other: str) -> None:
    """Form, case, spacing, markup, punctuation and invisible characters make no difference."""
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x > y", "x < y"),
        ("rose 5%", "rose 5"),
        ("1.5 m", "15 m"),
        ("charge of -1", "charge of 1"),
        ("C#", "C"),
        ("C++", "C"),
        ("~10 years", "10 years"),
        ("1914–18", "1914 18"),
        ("?", "!"),
        ("résumé", "resume"),
    ],
)
def test_what_counts(one: str, other: str) -> None:
    """Symbols, accents, and the signs of numbers make a difference."""
    assert words(one) != words(other)


def test_a_text_without_words_is_its_own_words() -> None:
    """Punctuation alone is kept as it is, so that two such texts are not taken for one."""
    assert words("  ?! ") == "?!"


@given(ANY_TEXT, st.sampled_from([".", " ", "\n", "\u200b", "\u00ad", "”"]))
def test_an_ending_that_does_not_count_never_does(text: str, ending: str) -> None:
    """Whatever the text, a full stop, a space or something invisible after it changes no word."""
    letters = text + "x"

    assert words(letters + ending) == words(letters)


@given(ANY_TEXT)
def test_unicode_form_never_counts(text: str) -> None:
    """Composed or decomposed, the words are the same."""
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


@given(st.lists(ANY_TEXT, max_size=8))
def test_no_fact_key_comes_twice(texts: list[str]) -> None:
    """Facts of equal words are told apart by a counter; the keys are short and plain."""
    keys = fact_keys([*texts, *texts])

    assert len(set(keys)) == len(keys)
    assert all(len(key) == 16 and set(key) <= set(string.ascii_lowercase + string.digits) for key in keys)


def test_an_inserted_statement_changes_no_other_key() -> None:
    """A key does not depend on what else is in the notes, or where."""
    before = fact_keys(["One thing", "Another thing"])

    after = fact_keys(["Another thing!", "A third", "one thing"])

    assert set(before) < set(after)


def test_names_are_the_same_on_every_machine_and_version() -> None:
    """These very names are in learners' collections: should they change, every history is lost."""
    key = fact_key("NK sent a long and rambling telegraph to JFK", 0)

    assert key == "vptqc7lowrbj7kfg"
    assert guid_of(key, NoteKind.CLOZE, "", 0) == "la2kpfe2j2bnq57l"
    assert guid_of(key, NoteKind.QUESTION, "26 Oct", 0) == "ju5zyx5jqflm7onb"
    assert number_ids({"abc": (0, 4)})["abc"].note == 1531046618807
    assert number_ids({"abc": (0, 4)})["abc"].cards == (1335352229540, 1577216633275)


def test_a_question_is_its_answer_and_a_cloze_is_not() -> None:
    """A question's answer, its words only, is in its GUID; what a cloze blanks, and how a prompt is put, are not."""
    one, reworded, other = Question("Who?", "JFK"), Question("Which president?", "jfk."), Question("Who?", "NK")
    blank, later = (Cloze("JFK and NK", (Mark(start, end, MarkKind.BLANK, 1),)) for start, end in ((0, 3), (8, 10)))

    guids = {guids_of("key", [wording]) for wording in (one, reworded, other, blank, later)}

    assert len(guids) == 3


def test_the_order_of_templates_changes_no_guid() -> None:
    """Equal notes of one fact are counted by what they say, so templates may trade places."""
    wordings: list[Wording] = [
        Question("Who blinked?", "NK"),
        Cloze("JFK and NK", (Mark(8, 10, MarkKind.BLANK, 1),)),
        Cloze("JFK and NK", (Mark(0, 3, MarkKind.BLANK, 1),)),
        Question("A blinked first?", "NK"),
    ]

    guids = guids_of("key", wordings)

    assert len(set(guids)) == 4
    assert guids_of("key", wordings[::-1]) == guids[::-1]


def test_note_and_card_ids_lie_in_the_past() -> None:
    """Anki replaces ids later than now; these are milliseconds of the 2010s."""
    ids = number_ids({f"guid{number}": (0, 1, 2) for number in range(500)})

    notes = {owned.note for owned in ids.values()}
    cards = {card for owned in ids.values() for card in owned.cards}
    assert len(notes) == 500
    assert len(cards) == 1500
    assert all(number in ROOM for number in notes | cards)


@given(st.permutations([f"name{number}" for number in range(9)]))
def test_collisions_are_resolved_whatever_the_order(names: list[str]) -> None:
    """With nine names for ten numbers most collide; each still gets one of its own, always the same."""
    places = spread(names, range(100, 110))

    assert len(set(places.values())) == 9
    assert places == spread(sorted(names), range(100, 110))
