"""From the facts of this build and the ledger of the last: what ships, and what the ledger says next.

An unchanged fact ships its notes word for word; a changed one keeps every note whose asking survives. What is gone is
retired: sent once more, with a tag that the learner can search for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from crisis_cards.changes import Change, ChangeKind
from crisis_cards.diagnostics import Span
from crisis_cards.identity import fresh_guid, fresh_key, words
from crisis_cards.keeping import is_corrected, same_blanks, same_question
from crisis_cards.ledger import Entry, Shipped
from crisis_cards.model import Card, Cloze, Fact, Question, Statement, Wording
from crisis_cards.notetypes import kind_of
from crisis_cards.recognition import Seen, is_marked_like, name_of
from crisis_cards.render import content_hash, fields_of
from crisis_cards.templates import with_topic
from crisis_cards.wording import Shown, answer

GAP = 100  # between the positions of two facts, so that facts added later find room


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
        self._counts: Counter[str] = Counter()
        self._past = {note.guid: note for entry in every for note in entry.notes}
        self._guids = set(self._past)
        self._trails: dict[tuple[str, ...], tuple[str, ...]] = {}  # the same ones are there once

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
        place = (fact.block.span.path, (fact.title, *fact.block.trail), fact.words, name_of(fact), position)
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
        if entry is not None and entry.words == fact.words and is_marked_like(fact, entry):
            # Only what is around the statement changed: whatever it asked, it still can.
            stay = [note for note in left if not note.is_retired and not _is_skipped(fact, note)]
            shipped += [(with_topic(Card(fact, note.template, note.wording)), note) for note in stay]
            left = [note for note in left if note not in stay]
        retired = [self._retired(note) for note in left]
        changes += (
            Change(ChangeKind.RETIRED, fact.block.span, note.guid, Shown(note.wording), "")
            for note in left
            if not note.is_retired
        )
        block = fact.block
        leans = bool(fact.fills or fact.context or fact.is_adrift)
        trail = fact.title, *block.trail
        now = Entry(
            key=key,
            path=block.span.path,
            trail=self._trails.setdefault(trail, trail),
            words=fact.words,
            position=position,
            digest=seen.inputs.with_above if leans else seen.inputs.alone,
            leans=leans,
            name=name_of(fact),
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
            Change(ChangeKind.RETIRED, span, note.guid, Shown(note.wording), "")
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
            change = Change(ChangeKind.NEW, card.fact.block.span, guid, "", Shown(bare))
            return card, note, [change]
        is_same = twin.content == content and not twin.is_retired
        note = Shipped(twin.guid, card.template, bare, twin.modified if is_same else self._now, content, numbers)
        kind = _kind_of_change(twin, card.wording, is_same=is_same)
        before, after = Shown(twin.wording), Shown(bare)
        return card, note, [Change(kind, card.fact.block.span, twin.guid, before, after)] if kind is not None else []

    def _retired(self, note: Shipped) -> Shipped:
        return note if note.is_retired else replace(note, is_retired=True, modified=self._now)

    def _new_key(self, fact: Fact) -> str:
        key = fresh_key(fact.words, self._keys, self._counts)
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
    del seen  # it holds all parses
    ahead: list[tuple[int, int]] = []  # for each fact from the last to the first: the next known position, how far off
    for position in reversed(known):
        following, distance = ahead[-1] if ahead else (0, 0)
        ahead.append((position, 0) if position is not None else (following, distance + 1))
    before = 0
    for position, (following, distance) in zip(known, reversed(ahead), strict=True):
        room = (following - before) // (distance + 1) if following > before else GAP
        before = position if position is not None else before + min(room, GAP)
        yield before
