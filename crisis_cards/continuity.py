"""From the facts of this build and the ledger of the last: which is which, what ships, what the ledger says next.

Facts are matched before cards are made. An unchanged fact ships its notes word for word; a changed one keeps every
note whose asking survives. What is gone is retired: sent once more, with a tag that the learner can search for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crisis_cards.changes import Change, ChangeKind
from crisis_cards.diagnostics import Diagnostic, Severity, Span
from crisis_cards.facts.inputs import Inputs
from crisis_cards.identity import fresh_guid, fresh_key, words
from crisis_cards.keeping import is_corrected, same_blanks, same_question
from crisis_cards.ledger import Entry, Shipped
from crisis_cards.matching import Sighting, match
from crisis_cards.model import Card, Cloze, Fact, Question, Statement, Wording
from crisis_cards.notetypes import kind_of
from crisis_cards.render import content_hash, fields_of
from crisis_cards.templates import with_topic
from crisis_cards.wording import answer, shown

GAP = 100  # between the positions of two facts, so that facts added later find room
AS_NEW = "as-new"  # the tag by which an author says that a statement is none of those before


@dataclass(frozen=True, slots=True)
class Seen:
    """A fact of this build with what the ledger knows of it; `is_fresh` when its cards must be made anew."""

    fact: Fact
    inputs: Inputs
    entry: Entry | None = None
    is_fresh: bool = True


@dataclass(frozen=True, slots=True)
class Recognised:
    """The facts of a build in order, the entries that none of them is, and ties that were not guessed."""

    seen: tuple[Seen, ...]
    gone: tuple[Entry, ...]
    diagnostics: tuple[Diagnostic, ...]


# --- which fact is which ---------------------------------------------------------------------------------------


def recognise(
    facts: Sequence[tuple[Fact, Inputs]], entries: Sequence[Entry], refreshes: Callable[[str], bool]
) -> Recognised:
    """Match the facts with the entries of the ledger that are in reach of this build.

    Live entries come first; a fact that has none of them may be one that was retired, if its words are the same.
    `refreshes`: whether the facts of a path are to be made anew although nothing of them changed.
    """
    if _nothing_moved(facts, entries):
        known = (_seen(fact, own, entry, refreshes) for (fact, own), entry in zip(facts, entries, strict=True))
        return Recognised(tuple(known), (), ())
    claimed = dict(_named(facts, entries))
    free = [index for index, (fact, _) in enumerate(facts) if index not in claimed and AS_NEW not in fact.block.tags]
    diagnostics: list[Diagnostic] = []
    for is_alive in (True, False):
        taken = {entry.key for entry in claimed.values()}
        pool = [entry for entry in entries if _is_alive(entry) is is_alive and entry.key not in taken]
        open_ones = [index for index in free if index not in claimed]
        before, now = [_sighting(entry) for entry in pool], [_seen_now(facts[index][0]) for index in open_ones]
        pairings, ties = match(before, now)
        for pairing in pairings:
            entry, fact = pool[pairing.old], facts[open_ones[pairing.new]][0]
            if is_alive or entry.words == fact.words:
                claimed[open_ones[pairing.new]] = entry
        _by_marks(facts, claimed)
        if is_alive:
            diagnostics += (_ambiguous(facts[open_ones[tie.new]][0], [pool[old] for old in tie.olds]) for tie in ties)
    seen = tuple(_seen(fact, inputs, claimed.get(index), refreshes) for index, (fact, inputs) in enumerate(facts))
    taken = {entry.key for entry in claimed.values()}
    return Recognised(seen, tuple(entry for entry in entries if entry.key not in taken), tuple(diagnostics))


def _by_marks(facts: Sequence[tuple[Fact, Inputs]], claimed: dict[int, Entry]) -> None:
    """Among facts of the same words, let each have the entry of the same marks: they may have changed places."""
    groups: dict[str, list[int]] = {}
    for index, entry in claimed.items():
        if facts[index][0].words == entry.words:
            groups.setdefault(entry.words, []).append(index)
    for same in groups.values():
        pool = [claimed[index] for index in same]
        if len(same) == 1 or all(_is_marked_like(facts[index][0], claimed[index]) for index in same):
            continue
        left = []
        for index in same:
            twin = next((entry for entry in pool if _is_marked_like(facts[index][0], entry)), None)
            if twin is None:
                left.append(index)
            else:
                claimed[index] = twin
                pool.remove(twin)
        claimed |= dict(zip(left, pool, strict=True))


def _is_marked_like(fact: Fact, entry: Entry) -> bool:
    """Whether the statement is the same to the letter, marks included; for a pair, whether it has the same answer."""
    block = fact.block
    if isinstance(block, Statement):
        return (block.text, block.marks) == (entry.text, entry.marks)
    return any(isinstance(note.wording, Question) and note.wording.answer == block.answer for note in entry.notes)


def _nothing_moved(facts: Sequence[tuple[Fact, Inputs]], entries: Sequence[Entry]) -> bool:
    """Whether the same statements stand in the same order in the same files: then each is what it was."""
    return len(facts) == len(entries) and all(
        (fact.words, fact.block.span.path, _name(fact)) == (entry.words, entry.path, entry.name)
        and _is_marked_like(fact, entry)
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
    return Sighting(fact.words, fact.block.span.path, (fact.title, *fact.block.trail), _name(fact))


def _name(fact: Fact) -> str:
    """What the author calls the fact, for the ledger."""
    return AS_NEW if AS_NEW in fact.block.tags else fact.block.name


def _seen(fact: Fact, inputs: Inputs, entry: Entry | None, refreshes: Callable[[str], bool]) -> Seen:
    digest = inputs.with_above if entry is not None and entry.leans else inputs.alone
    is_same = entry is not None and entry.digest == digest and _is_alive(entry)
    return Seen(fact, inputs, entry, not is_same or refreshes(fact.block.span.path))


def _ambiguous(fact: Fact, olds: Sequence[Entry]) -> Diagnostic:
    keys = " or ".join(f"^{entry.key}" for entry in olds[:3])
    which = f"one of {len(olds)} statements" if len(olds) > 1 else "a statement"
    message = f"may be {which} from before, so it is new; if it is, end the line with {keys}"
    return Diagnostic(fact.block.span, Severity.WARNING, "ambiguous-match", message)


# --- what ships ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shipment:
    """What becomes of one fact: its cards with the notes that they are, its ledger entry, and what changes."""

    cards: tuple[tuple[Card, Shipped], ...]
    entry: Entry
    changes: tuple[Change, ...] = ()


class Dock:
    """Makes shipments, fact by fact, in the order of the notes; knows every key and GUID that is taken."""

    def __init__(self, entries: Iterable[Entry], now: int) -> None:
        """`entries`: all of the ledger. `now`: the time that what changes is dated with, in whole seconds."""
        self._now = now
        every = list(entries)
        self._keys = {entry.key for entry in every}
        self._past = {note.guid: note for entry in every for note in entry.notes}
        self._guids = set(self._past)

    def is_new(self, note: Shipped) -> bool:
        """Whether a note was never shipped before."""
        return note.guid not in self._past

    def reship(self, card: Card, guid: str, key: str) -> tuple[Card, Shipped, list[Change]]:
        """A card of a new note as the note `guid` that shipped before, for both ask the same."""
        if isinstance(card.wording, Cloze) and card.template != "author":
            unnumbered = (replace(mark, number=0) for mark in card.wording.marks)
            card = replace(card, wording=replace(card.wording, marks=tuple(sorted(unnumbered))))
        return self._ship(card, self._past[guid], key)

    def unchanged(self, seen: Seen, entry: Entry, cards: Sequence[tuple[Card, Shipped]], position: int) -> Shipment:
        """A fact that ships what it shipped; only where it stands may have changed."""
        fact = seen.fact
        place = (fact.block.span.path, (fact.title, *fact.block.trail), fact.words, _name(fact), position)
        now = entry
        if place != (entry.path, entry.trail, entry.words, entry.name, entry.position):
            path, trail, said, name, _ = place
            now = replace(entry, path=path, trail=trail, words=said, name=name, position=position)
        moved = entry.path != now.path
        changes = (Change(ChangeKind.MOVED, fact.block.span, note.guid, entry.path, "") for _, note in cards if moved)
        return Shipment(tuple(cards), now, tuple(changes))

    def fresh(self, seen: Seen, cards: Sequence[Card], position: int) -> Shipment:
        """A fact that is new or has changed, with the cards that were chosen for it."""
        fact, entry = seen.fact, seen.entry
        former = entry.notes if entry is not None else ()
        key = entry.key if entry is not None else self._new_key(fact)
        asked = [(card.template, card.wording) for card in cards if isinstance(card.wording, Question)]
        same = same_question(former, asked)
        twins = iter([former[same[index]] if index in same else None for index in range(len(asked))])
        cloze = next((note for note in former if isinstance(note.wording, Cloze)), None)
        shipped: list[tuple[Card, Shipped]] = []
        changes: list[Change] = []
        for card in cards:
            twin = next(twins) if isinstance(card.wording, Question) else cloze
            done, note, found = self._ship(card, twin, key)
            shipped.append((done, note))
            changes += found
            cloze = None if twin is cloze else cloze
        left = [note for note in former if note.guid not in {each.guid for _, each in shipped}]
        if entry is not None and entry.words == fact.words and _is_marked_like(fact, entry):
            # Only what is around the statement changed: whatever it asked, it still can.
            stay = [note for note in left if not note.is_retired and not _is_skipped(fact, note)]
            shipped += [(with_topic(Card(fact, note.template, note.wording)), note) for note in stay]
            left = [note for note in left if note not in stay]
        retired = [self._retired(note) for note in left]
        changes += (
            Change(ChangeKind.RETIRED, fact.block.span, note.guid, shown(note.wording), "")
            for note in left
            if not note.is_retired
        )
        block = fact.block
        leans = bool(fact.fills or fact.context or fact.is_adrift)
        now = Entry(
            key=key,
            path=block.span.path,
            trail=(fact.title, *block.trail),
            words=fact.words,
            position=position,
            digest=seen.inputs.with_above if leans else seen.inputs.alone,
            leans=leans,
            name=_name(fact),
            text=block.text if isinstance(block, Statement) else "",
            marks=block.marks if isinstance(block, Statement) else (),
            expansions=fact.expansions,
            notes=(*(note for _, note in shipped), *retired),
        )
        return Shipment(tuple(shipped), now, tuple(changes))

    def gone(self, entry: Entry) -> Shipment | None:
        """An entry whose fact is no longer in the notes: its notes retired; None when it never had any."""
        if not entry.notes:
            return None
        notes = tuple(self._retired(note) for note in entry.notes)
        span = Span(entry.path, 0, 0)
        changes = (
            Change(ChangeKind.RETIRED, span, note.guid, shown(note.wording), "")
            for note in entry.notes
            if not note.is_retired
        )
        return Shipment((), replace(entry, notes=notes), tuple(changes))

    def _ship(self, card: Card, twin: Shipped | None, key: str) -> tuple[Card, Shipped, list[Change]]:
        """A card as the note that it is, or as a new one."""
        numbers = twin.numbers if twin is not None else 0
        if isinstance(card.wording, Cloze):
            former = twin.wording if twin is not None and isinstance(twin.wording, Cloze) else None
            wording, numbers = same_blanks(former, card.wording, numbers)
            card = replace(card, wording=wording)
        content = content_hash(kind_of(card.wording), fields_of(card, key))
        bare = _without_topic(card.wording)
        if twin is None:
            guid = fresh_guid(key, card.wording, self._guids)
            self._guids.add(guid)
            note = Shipped(guid, card.template, bare, self._now, content, numbers)
            change = Change(ChangeKind.NEW, card.fact.block.span, guid, "", shown(card.wording))
            return card, note, [change]
        is_same = twin.content == content and not twin.is_retired
        note = Shipped(twin.guid, card.template, bare, twin.modified if is_same else self._now, content, numbers)
        kind = _kind_of_change(twin, card.wording, is_same=is_same)
        before, after = shown(twin.wording), shown(card.wording)
        return card, note, [Change(kind, card.fact.block.span, twin.guid, before, after)] if kind is not None else []

    def _retired(self, note: Shipped) -> Shipped:
        return note if note.is_retired else replace(note, is_retired=True, modified=self._now)

    def _new_key(self, fact: Fact) -> str:
        key = fresh_key(fact.words, self._keys)
        self._keys.add(key)
        return key


def _is_skipped(fact: Fact, note: Shipped) -> bool:
    """Whether the author named the answer of a note after `#skip`."""
    skips = fact.block.skips if isinstance(fact.block, Statement) else ()
    return any(words(answer(note.wording)) == words(skip) for skip in skips)


def _kind_of_change(twin: Shipped, wording: Wording, *, is_same: bool) -> ChangeKind | None:
    if twin.is_retired:
        return ChangeKind.REVIVED
    if is_same:
        return None
    return ChangeKind.CORRECTED if is_corrected(twin.wording, wording) else ChangeKind.REWORDED


def _without_topic(wording: Wording) -> Wording:
    """A wording as the ledger keeps it: the topic is made anew at each build and moves no note's time."""
    return replace(wording, topic=())


def positions(seen: Sequence[Seen]) -> Iterator[int]:
    """Where each fact stands in the queue of new cards: as before; new ones in the gaps between their neighbours."""
    known = [each.entry.position if each.entry is not None else None for each in seen]
    before = 0
    for index, position in enumerate(known):
        if position is None:
            ahead = next(((place, step) for step, place in enumerate(known[index:]) if place is not None), None)
            room = (ahead[0] - before) // (ahead[1] + 1) if ahead is not None and ahead[0] > before else GAP
            before += min(room, GAP)
        else:
            before = position
        yield before
