"""A statement keeps its history through edits, and none is given to another fact."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from case_files import Case, read_cases
from hypothesis import given
from hypothesis import strategies as st

from crisis_cards.identity import words
from crisis_cards.matching import How, Sighting, match
from crisis_cards.matching.chains import aligned, heaviest, longest

CASES = read_cases(Path(__file__).parent / "cases" / "matching.txt")

FEW_WORDS = "Castro Cuba missiles the of in 1959 1962 took left power Turkey not cells make energy".split()
OTHER_WORDS = "xylophone quartz zebra jungle 77 88 vortex nymph".split()


def texts(vocabulary: list[str]) -> st.SearchStrategy[str]:
    """Statements out of few words, so that equal ones and look-alikes are common."""
    return st.lists(st.sampled_from(vocabulary), min_size=1, max_size=7).map(" ".join)


def sightings(vocabulary: list[str]) -> st.SearchStrategy[list[Sighting]]:
    """Notes of up to three files, in order of their paths."""
    one = st.builds(
        Sighting,
        texts(vocabulary),
        st.sampled_from(["a.txt", "b.txt", "c.txt"]),
        st.sampled_from([(), ("One",), ("One", "Two")]),
    )
    return st.lists(one, max_size=14).map(lambda seen: sorted(seen, key=lambda sighting: sighting.path))


NOTES = sightings(FEW_WORDS)


def seen_in(lines: list[str]) -> list[Sighting]:
    """Statements a line; `#` begins a file, `##` a heading, `^` an id."""
    path, trail = "notes.txt", ""
    found = []
    for line in lines:
        if line.startswith("# "):
            path = line[2:]
        elif line.startswith("##"):
            trail = line
        else:
            text, _, name = line.partition(" ^")
            found.append(Sighting(text, path, (trail,), name))
    return found


@pytest.mark.parametrize("case", CASES, ids=str)
def test_cases(case: Case) -> None:
    """Each new statement continues the old one that its case names, and for the reason that it names."""
    before, after = case.text.removesuffix("\n").split("\n=>\n")
    old, new = seen_in(before.split("\n")), seen_in(after.split("\n"))

    pairings, ambiguities = match(old, new)

    found = {pairing.new: f"{pairing.how} {pairing.old + 1}" for pairing in pairings}
    found |= {tie.new: "tie " + " ".join(str(place + 1) for place in tie.olds) for tie in ambiguities}
    lines = [one.words + f" ^{one.name}" * bool(one.name) for one in new]
    assert "\n".join(f"{found.get(place, 'new')}: {line}" for place, line in enumerate(lines)) == case.expected


@given(NOTES)
def test_unedited_notes_are_the_same(notes: list[Sighting]) -> None:
    """Every statement continues itself, repeated ones as well."""
    pairings, ambiguities = match(notes, notes)

    assert [(pairing.old, pairing.new, pairing.how) for pairing in pairings] == [
        (place, place, How.SAME) for place in range(len(notes))
    ]
    assert ambiguities == ()


@given(st.data(), NOTES)
def test_equal_words_always_find_each_other(data: st.DataObject, old: list[Sighting]) -> None:
    """However the statements are put into another order, files and headings, none is lost."""
    places = st.tuples(st.sampled_from(["a.txt", "z.txt"]), st.sampled_from([(), ("New",)]))
    new = [
        Sighting(f"- **{one.words}**.", *data.draw(places)) for one in data.draw(st.permutations(old), label="order")
    ]

    pairings, _ = match(old, sorted(new, key=lambda one: one.path))

    assert len(pairings) == len(old)
    assert {pairing.how for pairing in pairings} <= {How.SAME, How.MOVED}


@given(NOTES, NOTES)
def test_one_to_one_and_sorted(old: list[Sighting], new: list[Sighting]) -> None:
    """No statement continues two or is continued by two, equal words go first, and a tie is of unmatched ones."""
    pairings, ambiguities = match(old, new)

    olds, news = [pairing.old for pairing in pairings], [pairing.new for pairing in pairings]
    equal = sum(words(old[pairing.old].words) == words(new[pairing.new].words) for pairing in pairings)
    both = Counter(words(one.words) for one in old) & Counter(words(one.words) for one in new)
    assert olds == sorted(set(olds))
    assert len(set(news)) == len(news)
    assert equal == both.total()
    assert all(tie.new not in news and tie.olds and not set(tie.olds) & set(olds) for tie in ambiguities)


@given(st.data(), NOTES)
def test_an_inserted_statement_moves_no_other(data: st.DataObject, old: list[Sighting]) -> None:
    """A statement more, whatever it says, and every other continues its equal."""
    text = data.draw(texts([*FEW_WORDS, *OTHER_WORDS]))
    place = data.draw(st.integers(0, len(old)))
    path = old[max(0, place - 1)].path if old else "a.txt"
    new = [*old[:place], Sighting(text, path), *old[place:]]

    pairings, ambiguities = match(old, new)

    assert len(pairings) == len(old)
    assert all(words(old[pairing.old].words) == words(new[pairing.new].words) for pairing in pairings)
    assert ambiguities == ()


@given(st.data(), NOTES)
def test_a_new_statement_leaves_the_others_in_place(data: st.DataObject, old: list[Sighting]) -> None:
    """Where its words are new, every other statement, repeated ones too, continues the very same one."""
    place = data.draw(st.integers(0, len(old)))
    path = old[max(0, place - 1)].path if old else "a.txt"
    new = [*old[:place], Sighting("Zebra jungle vortex", path), *old[place:]]

    pairings, _ = match(old, new)

    assert all(pairing.new == pairing.old + (pairing.old >= place) for pairing in pairings)


@given(NOTES, sightings(OTHER_WORDS))
def test_what_shares_no_word_is_never_one_fact(old: list[Sighting], new: list[Sighting]) -> None:
    """Neither place nor length makes one fact of two texts without a common word."""
    assert match(old, new) == ((), ())


@given(NOTES, NOTES)
def test_the_same_twice(old: list[Sighting], new: list[Sighting]) -> None:
    """The same notes give the same pairings."""
    assert match(old, new) == match(tuple(old), tuple(new))


def test_an_id_that_comes_twice_names_nothing() -> None:
    """Which of the two it means is not guessed: their words decide."""
    old = [Sighting("NATO was founded in Washington", "a.txt", (), "x")]
    new = [
        Sighting("Castro took power", "a.txt", (), "x"),
        Sighting("NATO was founded in Washington", "a.txt", (), "x"),
    ]

    pairings, _ = match(old, new)

    assert [(pairing.old, pairing.new, pairing.how) for pairing in pairings] == [(0, 1, How.SAME)]


def test_a_file_that_is_replaced_gives_nothing_away() -> None:
    """Hundreds of other facts in the place of hundreds: all are new."""
    old = [Sighting(f"King number {number} ruled the land of Spain", "a.txt") for number in range(400)]
    new = [Sighting(f"King number {number + 400} ruled the land of Spain", "a.txt") for number in range(400)]

    pairings, _ = match(old, new)

    assert pairings == ()


PAIRS = st.lists(st.integers(0, 9), max_size=8, unique=True).map(lambda rights: list(enumerate(rights)))


@given(PAIRS)
def test_longest_is_longest(pairs: list[tuple[int, int]]) -> None:
    """No chain that rises on both sides is longer, by trying them all."""
    chains = [[pair] for pair in pairs]
    best = 0
    while chains:
        chain = chains.pop()
        best = max(best, len(chain))
        chains += [[*chain, pair] for pair in pairs if pair[0] > chain[-1][0] and pair[1] > chain[-1][1]]

    found = longest(pairs)

    assert len(found) == best
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))


@given(st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 5)), st.floats(0.125, 1, width=16), max_size=9))
def test_heaviest_is_heaviest(weights: dict[tuple[int, int], float]) -> None:
    """No chain that rises on both sides weighs more, by trying them all."""
    best = 0.0
    chains: list[list[tuple[int, int]]] = [[pair] for pair in weights]
    while chains:
        chain = chains.pop()
        best = max(best, sum(weights[pair] for pair in chain))
        chains += [[*chain, pair] for pair in weights if pair[0] > chain[-1][0] and pair[1] > chain[-1][1]]

    found = heaviest(weights)

    assert sum(weights[pair] for pair in found) == pytest.approx(best)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))


def test_long_stretches_of_repeated_lines_are_aligned_by_count() -> None:
    """Where there is no anchor, and too much for an exact alignment, the third is the third."""
    old, new = ["a", "b"] * 300, ["a", "b"] * 299

    pairs = aligned(old, new)

    assert pairs == [(place, place) for place in range(598)]
