"""Which fact of this build is which one of the ledger: by the author's ids, then by what the statements say.

Facts are matched before cards are made. Whether anything that a fact was made from has changed, a digest tells.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from crisis_cards.changes import Change, ChangeKind
from crisis_cards.diagnostics import Diagnostic, Severity, Span
from crisis_cards.facts.inputs import Inputs
from crisis_cards.identity import words
from crisis_cards.ledger import Entry
from crisis_cards.matching import Sighting, match
from crisis_cards.model import Fact, Question, Statement

AS_NEW = "as-new"  # the tag by which an author says that a statement is none of those before


@dataclass(frozen=True, slots=True)
class Seen:
    """A fact of this build with what the ledger knows of it; `is_fresh` when its cards must be made anew."""

    fact: Fact
    inputs: Inputs
    entry: Entry | None = None
    is_fresh: bool = True


@dataclass(frozen=True, slots=True)
class Tie:
    """A fact that may continue one of `olds`, which is not guessed."""

    fact: Fact
    olds: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """The facts of a build in order, the entries that none of them is, and ties that were not guessed."""

    seen: tuple[Seen, ...]
    gone: tuple[Entry, ...]
    ties: tuple[Tie, ...]


def recognise(facts: Sequence[tuple[Fact, Inputs]], entries: Sequence[Entry], *, refreshes: bool) -> Recognised:
    """Match the facts with the entries of the ledger that are in reach of this build.

    Live entries come first; a fact that has none of them may be one that was retired, if its words are the same.
    `refreshes`: whether facts are to be made anew although nothing of them changed.
    """
    if _nothing_moved(facts, entries):
        known = (
            _seen(fact, own, entry, refreshes=refreshes) for (fact, own), entry in zip(facts, entries, strict=True)
        )
        return Recognised(tuple(known), (), ())
    claimed = dict(_named(facts, entries))
    free = [index for index, (fact, _) in enumerate(facts) if index not in claimed and AS_NEW not in fact.block.tags]
    undecided: list[Tie] = []
    for is_alive in (True, False):
        taken = {entry.key for entry in claimed.values()}
        pool = [entry for entry in entries if _is_alive(entry) is is_alive and entry.key not in taken]
        open_ones = [index for index in free if index not in claimed]
        before, now = [_sighting(entry) for entry in pool], [_seen_now(facts[index][0]) for index in open_ones]
        pairings, ambiguities = match(before, now)
        for pairing in pairings:
            entry, fact = pool[pairing.old], facts[open_ones[pairing.new]][0]
            if is_alive or entry.words == fact.words:
                claimed[open_ones[pairing.new]] = entry
        _by_marks(facts, claimed)
        if is_alive:
            undecided += (Tie(facts[open_ones[one.new]][0], tuple(pool[at] for at in one.olds)) for one in ambiguities)
    seen = tuple(
        _seen(fact, inputs, claimed.get(index), refreshes=refreshes) for index, (fact, inputs) in enumerate(facts)
    )
    taken = {entry.key for entry in claimed.values()}
    gone = tuple(entry for entry in entries if entry.key not in taken)
    return Recognised(seen, gone, tuple(undecided))


def _by_marks(facts: Sequence[tuple[Fact, Inputs]], claimed: dict[int, Entry]) -> None:
    """Among facts of the same words, let each have the entry of the same marks: they may have changed places.

    One that has no entry yet may be the one: another was put in above it.
    """
    groups: dict[str, list[int]] = {}
    for index, entry in claimed.items():
        if facts[index][0].words == entry.words:
            groups.setdefault(entry.words, []).append(index)
    free: dict[str, list[int]] = {}
    for index, (fact, _) in enumerate(facts):
        if index not in claimed and fact.words in groups:
            free.setdefault(fact.words, []).append(index)
    for words_, same in groups.items():
        others = free.get(words_, [])
        pool = [claimed[index] for index in same]
        if len(same) + len(others) == 1 or all(is_marked_like(facts[index][0], claimed[index]) for index in same):
            continue
        left = []
        for index in (*same, *others):
            twin = next((entry for entry in pool if is_marked_like(facts[index][0], entry)), None)
            if twin is not None:
                claimed[index] = twin
                pool.remove(twin)
            elif index in claimed:
                left.append(index)
        for index in left[len(pool) :]:
            del claimed[index]
        claimed |= dict(zip(left, pool, strict=False))


def is_marked_like(fact: Fact, entry: Entry) -> bool:
    """Whether the statement is the same to the letter, marks included; for a pair, whether it has the same answer."""
    block = fact.block
    if isinstance(block, Statement):
        return (block.text, block.marks) == (entry.text, entry.marks)
    return any(isinstance(note.wording, Question) and note.wording.answer == block.answer for note in entry.notes)


def _nothing_moved(facts: Sequence[tuple[Fact, Inputs]], entries: Sequence[Entry]) -> bool:
    """Whether the same statements stand in the same order in the same files: then each is what it was."""
    return len(facts) == len(entries) and all(
        (fact.words, fact.block.span.path, name_of(fact)) == (entry.words, entry.path, entry.name)
        and is_marked_like(fact, entry)
        and _is_alive(entry)
        for (fact, _), entry in zip(facts, entries, strict=True)
    )


def _named(facts: Sequence[tuple[Fact, Inputs]], entries: Sequence[Entry]) -> Iterator[tuple[int, Entry]]:
    """The facts whose author wrote which one they are: `^id`, a name given before or a fact's own key."""
    by_name = {entry.key: entry for entry in entries} | {entry.name: entry for entry in entries if entry.name}
    # Said once, "as new" holds: the next build finds the fact that was made then, as long as its words are the same.
    begun_anew = {(entry.path, words(entry.words)): entry for entry in entries if entry.name == AS_NEW}
    used: set[str] = set()
    for index, (fact, _) in enumerate(facts):
        entry = by_name.get(fact.block.name) if fact.block.name else None
        if AS_NEW in fact.block.tags:
            entry = begun_anew.get((fact.block.span.path, words(fact.words)))
        if entry is not None and entry.key not in used:
            used.add(entry.key)
            yield index, entry


def _is_alive(entry: Entry) -> bool:
    return not entry.notes or not all(note.is_retired for note in entry.notes)


def _sighting(entry: Entry) -> Sighting:
    return Sighting(entry.words, entry.path, entry.trail, entry.name)


def _seen_now(fact: Fact) -> Sighting:
    return Sighting(fact.words, fact.block.span.path, (fact.title, *fact.block.trail), name_of(fact))


def name_of(fact: Fact) -> str:
    """What the author calls the fact, for the ledger."""
    return AS_NEW if AS_NEW in fact.block.tags else fact.block.name


def _seen(fact: Fact, inputs: Inputs, entry: Entry | None, *, refreshes: bool) -> Seen:
    digest = inputs.with_above if entry is not None and entry.leans else inputs.alone
    is_same = entry is not None and entry.digest == digest and _is_alive(entry)
    return Seen(fact, inputs, entry, not is_same or refreshes)


def open_ties(ties: Iterable[Tie], new: Container[Span], retired: Container[str]) -> Iterator[Tie]:
    """The ties that matter to the learner: with cards that are new, and statements of which cards are retired.

    `new`: where statements stand that have new cards. `retired`: the keys of entries that have retired ones.
    """
    for tie in ties:
        olds = tuple(old for old in tie.olds if old.key in retired)
        if olds and tie.fact.block.span in new:
            yield Tie(tie.fact, olds)


def change_of(tie: Tie) -> Change:
    """A tie among what changes."""
    before = " | ".join(entry.words for entry in tie.olds)
    return Change(ChangeKind.AMBIGUOUS, tie.fact.block.span, "", before, tie.fact.words)


def advice_on(tie: Tie) -> Diagnostic:
    """What the author can do about a tie."""
    keys = " or ".join(f"^{entry.key}" for entry in tie.olds[:3])
    which = f"one of {len(tie.olds)} statements" if len(tie.olds) > 1 else "a statement"
    message = f"may be {which} from before, so it is new; if it is, end the line with {keys}"
    return Diagnostic(tie.fact.block.span, Severity.WARNING, "ambiguous-match", message)
