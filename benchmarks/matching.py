"""How well and how fast statements are matched: edits with known truth on generated notes, and times as ratios.

Run as `python benchmarks/matching.py`. The notes are seeded: every run gives the same counts. Wrong should be 0.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

from crisis_cards.matching import Sighting, match

SEED = 1962
LINES = 1_000
SIZES = (1_000, 2_000, 4_000, 8_000)
LINES_IN_FILE, LINES_IN_SECTION = 250, 10

START, MIDDLE, END = (
    "b br d dr f g gr k l m n p pl r s st t tr v z".split(),
    "a e i o u ai ou".split(),
    "n r l s th k".split(),
)

# Forms of a statement, each with two other ways to say the same. Many facts share a form, so look-alikes abound.
FORMS = tuple(
    tuple(form.split(" | "))
    for form in """\
{name} set up a colony in {other} in {year} | In {year} {name} set up a colony in {other} \
 | {name} founded a colony in {other} in {year}
The {thing} stores {stuff} for the {place} | The {thing} keeps {stuff} for the {place} \
 | {stuff} for the {place} is stored by the {thing}
{name} was leader of {other} until {year} | {name} led {other} until {year} \
 | Until {year} the leader of {other} was {name}
A rise in {stuff} lowers the rate of {thing} by {count}% | When {stuff} rises, the {thing} rate is lowered by {count}% \
 | A rise of {stuff} lowers {thing} rates by {count}%
{count} {thing} missiles in {other} could reach {place} \
 | {other} had {count} {thing} missiles that could reach {place} \
 | {count} {thing} missiles in {other} were able to reach {place}
{name} feared that the {thing} would weaken {stuff} and {place} \
 | {name} was afraid that the {thing} would weaken {stuff} and {place} \
 | The {thing} would weaken {stuff} and {place}, {name} feared
{stuff}: the part of a {thing} that makes {place} | {stuff}: part of the {thing} which makes {place} \
 | {stuff} - the part of a {thing} making {place}
The treaty of {other} ended the {thing} war over {stuff} in {year} \
 | In {year} the treaty of {other} ended the {thing} war over {stuff} \
 | The {thing} war over {stuff} was ended by the treaty of {other} in {year}\
""".replace("  |", " |").split("\n")
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A generated fact: which it is, how it is said, and what its form is filled with."""

    identity: int
    form: int
    parts: tuple[tuple[str, str], ...]
    path: str
    trail: tuple[str, ...]
    text: str
    also: int = 0  # the fact that was joined to it

    def said(self, way: int) -> Fact:
        """The same fact in another way of its form."""
        return replace(self, text=FORMS[self.form][way].format(**dict(self.parts)))

    def corrected(self, part: str, value: str) -> Fact:
        """The same fact with another value of one part, if it has that part."""
        old = dict(self.parts)
        if f"{{{part}}}" not in FORMS[self.form][0] or list(old.values()).count(old[part]) > 1:
            return self
        text = re.sub(rf"\b{old[part]}\b", value, self.text)
        return replace(self, text=text, parts=tuple((old | {part: value}).items()))


Notes = list[Fact]
Edit = Callable[[Notes, random.Random], Notes]


class Writer:
    """Writes facts out of a vocabulary that grows with the notes."""

    def __init__(self, rng: random.Random, lines: int) -> None:
        """A vocabulary for `lines` lines."""
        self.rng = rng
        self.words = [self._word() for _ in range(200 + lines // 2)]
        self.count = 0

    def _word(self) -> str:
        rng = self.rng
        return "".join(rng.choice(START) + rng.choice(MIDDLE) for _ in range(rng.randint(1, 3))) + rng.choice(END)

    def fact(self, path: str, trail: tuple[str, ...]) -> Fact:
        """A fact that was not there yet."""
        rng = self.rng
        self.count += 1
        thing, stuff, place, name, other = (self.words[int(len(self.words) * rng.random() ** 2)] for _ in range(5))
        year, count = str(rng.randint(1400, 2000)), str(rng.randint(3, 99))
        parts = {"thing": thing, "stuff": stuff, "place": place, "name": name.title(), "other": other.title()}
        parts |= {"year": year, "count": count}
        form = rng.randrange(len(FORMS))
        return Fact(self.count, form, tuple(parts.items()), path, trail, FORMS[form][0].format(**parts))

    def notes(self, lines: int) -> Notes:
        """Notes of some files with some headings each."""
        places = ((number // LINES_IN_FILE, number // LINES_IN_SECTION) for number in range(lines))
        return [self.fact(f"chapter{file:02}.txt", (f"Section {section}",)) for file, section in places]


def some(notes: Notes, rng: random.Random, change: Callable[[Fact], Fact], one_in: int = 20) -> Notes:
    """The notes with one fact in `one_in` changed."""
    return [change(fact) if rng.randrange(one_in) == 0 else fact for fact in notes]


def with_typo(fact: Fact, rng: random.Random) -> Fact:
    """A fact with two letters of a longer word swapped."""
    words = fact.text.split()
    at = max(range(len(words)), key=lambda number: (len(words[number]), rng.random()))
    cut = len(words[at]) // 2
    words[at] = words[at][: cut - 1] + words[at][cut] + words[at][cut - 1] + words[at][cut + 1 :]
    return replace(fact, text=" ".join(words))


def formatted(fact: Fact) -> Fact:
    """A fact as another program would save it."""
    return replace(fact, text=f"- **{fact.text[:5]}**{fact.text[5:].upper()}\u200b.")


def moved(notes: Notes, rng: random.Random, change: Callable[[Fact], Fact]) -> Notes:
    """One fact in twenty taken out, changed, and put anywhere."""
    taken = [fact for fact in notes if rng.randrange(20) == 0]
    found = [fact for fact in notes if fact not in taken]
    for fact in taken:
        at = rng.randrange(len(found))
        found.insert(at, replace(change(fact), path=found[at].path, trail=found[at].trail))
    return found


def look_alike(fact: Fact, rng: random.Random) -> Fact:
    """Another fact that differs by one name, number or noun; itself where two parts of the fact are equal."""
    part, value = rng.choice([(part, value) for part, value in fact.parts if f"{{{part}}}" in FORMS[fact.form][0]])
    word = Writer(rng, 0).words[0]
    new = str(int(value) + rng.randint(1, 40)) if value.isdigit() else word
    other = fact.corrected(part, new.title() if value.istitle() else new)
    return other if other is fact else replace(other, identity=-fact.identity)


def with_look_alikes(notes: Notes, rng: random.Random, way: int) -> Notes:
    """Look-alikes put before or after facts, which are themselves said in another way; way 0 leaves them."""
    found: Notes = []
    for fact in notes:
        other = look_alike(fact, rng)
        pair = [fact.said(way), other] if rng.randrange(20) == 0 and other is not fact else [fact]
        found += pair if rng.random() < 0.5 else pair[::-1]  # noqa: PLR2004 -- heads or tails
    return found


def replaced_by_look_alikes(notes: Notes, rng: random.Random) -> Notes:
    """Facts deleted, and look-alikes of them put elsewhere."""
    gone = [fact for fact in notes if rng.randrange(20) == 0]
    found = [fact for fact in notes if fact not in gone]
    for fact in gone:
        found.insert(rng.randrange(len(found)), look_alike(fact, rng))
    return [replace(fact, path=found[max(0, at - 1)].path) for at, fact in enumerate(found)]


def swapped(notes: Notes, rng: random.Random, way: int) -> Notes:
    """Facts trade places with those below them; both are then said in another way."""
    found = list(notes)
    for at in range(0, len(found) - 1, 2):
        if rng.randrange(10) == 0:
            found[at], found[at + 1] = found[at + 1].said(way), found[at].said(way)
    return found


def joined(notes: Notes, rng: random.Random) -> Notes:
    """A fact and the one below it in one line, which continues both."""
    found: Notes = []
    for fact in notes:
        if found and rng.randrange(20) == 0 and not found[-1].also:
            found[-1] = replace(found[-1], text=f"{found[-1].text}; {fact.text}", also=fact.identity)
        else:
            found.append(fact)
    return found


def mixed(notes: Notes, rng: random.Random) -> Notes:
    """A bit of everything at once."""
    found = [fact for fact in notes if rng.randrange(30)]
    found = with_look_alikes(moved(found, rng, lambda fact: fact), rng, 0)
    return some(some(found, rng, lambda fact: fact.said(rng.randint(1, 2))), rng, lambda fact: with_typo(fact, rng))


def _value(fact: Fact, rng: random.Random) -> Fact:
    part = rng.choice(["year", "count"])
    return fact.corrected(part, str(int(dict(fact.parts)[part]) + rng.randint(1, 9)))


EDITS: dict[str, Edit] = {
    "nothing": lambda notes, _: notes,
    "format only": lambda notes, rng: some(notes, rng, formatted, 1),
    "a typo": lambda notes, rng: some(notes, rng, lambda fact: with_typo(fact, rng)),
    "reworded": lambda notes, rng: some(notes, rng, lambda fact: fact.said(rng.randint(1, 2))),
    "reworded, half of all": lambda notes, rng: some(notes, rng, lambda fact: fact.said(rng.randint(1, 2)), 2),
    "number corrected": lambda notes, rng: some(notes, rng, lambda fact: _value(fact, rng)),
    "name corrected": lambda notes, rng: some(notes, rng, lambda fact: fact.corrected("other", "Zanzibar")),
    "deleted": lambda notes, rng: [fact for fact in notes if rng.randrange(10)],
    "reordered": lambda notes, rng: rng.sample(notes, len(notes)),
    "headings renamed": lambda notes, _: [replace(fact, trail=("New",)) for fact in notes],
    "files renamed": lambda notes, _: [replace(fact, path=f"new/{fact.path}") for fact in notes],
    "files renamed, reworded": lambda notes, rng: some(
        [replace(fact, path=f"new/{fact.path}") for fact in notes], rng, lambda fact: fact.said(rng.randint(1, 2))
    ),
    "files split": lambda notes, _: [replace(fact, path=f"{fact.path}-{fact.trail[0]}") for fact in notes],
    "moved": lambda notes, rng: moved(notes, rng, lambda fact: fact),
    "moved and reworded": lambda notes, rng: moved(notes, rng, lambda fact: fact.said(rng.randint(1, 2))),
    "joined": joined,
    "look-alikes inserted": lambda notes, rng: with_look_alikes(notes, rng, 0),
    "look-alikes beside reworded": lambda notes, rng: with_look_alikes(notes, rng, rng.randint(1, 2)),
    "deleted, look-alike elsewhere": replaced_by_look_alikes,
    "neighbours swapped": lambda notes, rng: swapped(notes, rng, 0),
    "neighbours swapped, reworded": lambda notes, rng: swapped(notes, rng, 1),
    "all at once": mixed,
}


def sightings(notes: Notes) -> list[Sighting]:
    """The notes as the matcher sees them."""
    return [Sighting(fact.text, fact.path, fact.trail) for fact in notes]


def outcome(old: Notes, new: Notes) -> tuple[int, int, int, int]:
    """How many histories were kept, lost, and given to another fact; and how many ties were reported."""
    pairings, ambiguities = match(sightings(old), sightings(new))
    kept = sum(old[pair.old].identity in {new[pair.new].identity, new[pair.new].also} for pair in pairings)
    still = {fact.identity for fact in old} & {fact.identity for fact in new}
    wrong = len(pairings) - kept
    matched = {old[pair.old].identity for pair in pairings}
    merged = {fact.also for fact in new} | {fact.identity for fact in new if fact.also}
    halves = sum(bool(fact.also) and not {fact.identity, fact.also} & matched for fact in new)
    return kept, len(still - matched - merged) + halves, wrong, len(ambiguities)


def seconds(old: Notes, new: Notes) -> float:
    """The time of one match, the best of three."""
    before, after = sightings(old), sightings(new)
    times = []
    for _ in range(3):
        start = perf_counter()
        match(before, after)
        times.append(perf_counter() - start)
    return min(times)


def main() -> None:
    """Print both tables."""
    print(f"{LINES:,} lines, {'plain, and with a look-alike beside one in ten':>78}")
    print(f"{'':32}" + f"{'kept':>8}{'lost':>8}{'wrong':>8}{'ties':>8}" * 2)
    notes = Writer(random.Random(SEED), LINES).notes(LINES)
    alike = with_look_alikes(with_look_alikes(notes, random.Random(SEED), 0), random.Random(SEED + 1), 0)
    for name, edit in EDITS.items():
        figures = (*outcome(notes, edit(notes, random.Random(SEED))), *outcome(alike, edit(alike, random.Random(SEED))))
        print(f"{name:32}" + "".join(f"{figure:8}" for figure in figures))
    print(f"\n{'lines':>8}{'no edit':>12}{'some edits':>12}{'half edited':>12}{'replaced':>12}   seconds")
    before = [0.0] * 4
    for size in SIZES:
        rng = random.Random(SEED)
        writer = Writer(rng, size)
        notes = [replace(fact, path="notes.txt") for fact in writer.notes(size)]
        other = [replace(fact, path="notes.txt") for fact in writer.notes(size)]
        edited = [
            replace(fact, path="notes.txt")
            for fact in some(mixed(notes[:100], rng) + notes[100:], rng, lambda f: f.said(1), 100)
        ]
        half = some(notes, rng, lambda fact: fact.said(1), 2)
        times = [seconds(notes, new) for new in (notes, edited, half, other)]
        cells = [
            f"{time:.2f}" + (f" x{time / past:.1f}" if past else "") for time, past in zip(times, before, strict=True)
        ]
        print(f"{size:8}" + "".join(f"{cell:>12}" for cell in cells))
        before = times


if __name__ == "__main__":
    main()
