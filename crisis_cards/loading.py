"""Facts to cards to shipments, document by document: what is asked of each fact, and which notes carry it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from crisis_cards.changes import Change
from crisis_cards.config import Profile
from crisis_cards.continuity import Dock
from crisis_cards.facts import MAX_CHARACTERS
from crisis_cards.keeping import same_blanks, survivors
from crisis_cards.ledger import Entry, Shipped
from crisis_cards.model import Account, Candidate, Card, Cloze, Document, Heading, Leftover, Wording
from crisis_cards.recognition import Seen
from crisis_cards.render import why_not
from crisis_cards.reunion import reunited
from crisis_cards.templates import Choice, Familiar, candidates, joined, with_topic
from crisis_cards.tongues import ENGLISH
from crisis_cards.wording import shown

UNCHANGED = "nothing of it has changed since it got no card; `crisis-cards build --refresh` looks at it again"


@dataclass(frozen=True, slots=True)
class Load:
    """A card with the note that it ships as, and where its fact stands."""

    card: Card
    note: Shipped
    key: str
    document: Document
    headings: tuple[str, ...]
    position: int


@dataclass(slots=True)
class Loading:
    """What has been loaded so far, in the order of the notes.

    `remembers`: whether the facts of what is loaded are kept with their parses.
    """

    dock: Dock
    choice: Choice
    familiar: Familiar
    profile: Profile
    remembers: bool = True
    loads: list[Load] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    shipped: dict[str, tuple[tuple[Card, Shipped], ...]] = field(default_factory=dict)

    def reserve(self, seen: Iterable[Seen]) -> None:
        """Shipped cards win: their prompts are taken before any new card is thought of."""
        for each in seen:
            if not each.is_fresh and each.entry is not None:
                self.shipped[each.entry.key] = shipped_cards(each)
                for card, _ in self.shipped[each.entry.key]:
                    self.choice.reserve(card)

    def load(self, document: Document, seen: Iterable[tuple[Seen, int]], *, is_looked_at: bool) -> Iterator[Account]:
        """The account of each block of a document; its facts with their positions are loaded on the way.

        `seen`: in the order of the blocks.
        """
        of_blocks = groupby(seen, key=lambda each: id(each[0].fact.block))
        at, group = next(of_blocks, (0, iter(())))
        headings: tuple[str, ...] = ()
        for block in document.blocks:
            match block:
                case Heading():
                    headings = (*block.trail, block.text)
                    yield Account(block, reason="a heading: it names what is below it")
                case Leftover(reason=reason):
                    yield Account(block, reason=reason)
                case _:
                    own = list(group) if at == id(block) else []
                    tried: list[Candidate] = []
                    for each, position in own:
                        tried += self._load_fact(document, headings, each, position, is_looked_at=is_looked_at)
                    reason = (
                        ""
                        if any(not each.dropped for each in tried)
                        else _reason([each for each, _ in own], tried, is_looked_at=is_looked_at)
                    )
                    yield Account(block, tuple(each.fact for each, _ in own), tuple(tried), reason)
                    if own:
                        at, group = next(of_blocks, (0, iter(())))

    def let_go(self, entry: Entry) -> None:
        """Retire the notes of an entry whose fact is gone."""
        shipment = self.dock.gone(entry)
        if shipment is not None:
            self.gone.add(entry.key)
            self.entries.append(shipment.entry)
            self.changes += shipment.changes

    def reunite(self) -> None:
        """Let new notes be those that a retired one was, where both ask the same."""
        fresh = [index for index, load in enumerate(self.loads) if self.dock.is_new(load.note)]
        retired = [note for entry in self.entries for note in entry.notes if note.is_retired]
        replaced: set[str] = set()
        instead: dict[str, tuple[str, Shipped]] = {}  # for a new note's GUID: of which fact it is, and the note it was
        again: list[Change] = []
        for place, former in reunited([self.loads[index].card.wording for index in fresh], retired).items():
            load = self.loads[fresh[place]]
            card, note, changes = self.dock.reship(load.card, former.guid, load.key)
            self.loads[fresh[place]] = replace(load, card=card, note=note)
            replaced |= {load.note.guid, former.guid}
            instead[load.note.guid] = load.key, note
            again += changes
        if instead:
            self.changes = [each for each in self.changes if each.guid not in replaced] + again
            self.entries = list(_with_notes(self.entries, instead))
        self.entries = [entry for entry in self.entries if entry.notes or entry.key not in self.gone]

    def _load_fact(
        self, document: Document, headings: tuple[str, ...], seen: Seen, position: int, *, is_looked_at: bool
    ) -> Sequence[Candidate]:
        if seen.is_fresh or seen.entry is None:
            former = seen.entry.notes if seen.entry is not None else ()
            found, kept = survivors(seen.fact, former, _sound(candidates(seen.fact, self.familiar)))
            tried: Sequence[Candidate] = self.choice.choose(found, kept)
            shipment = self.dock.fresh(seen, joined(tried), position)
        else:
            cards = self.shipped.get(seen.entry.key) or shipped_cards(seen)
            shipment = self.dock.unchanged(seen, seen.entry, cards, position)
            today = (
                Choice(self.familiar, self.profile).choose(_sound(candidates(seen.fact, self.familiar)))
                if is_looked_at
                else ()
            )
            tried = _as_shipped([card for card, _ in shipment.cards], today)
        self.entries.append(shipment.entry)
        self.changes += shipment.changes
        # Nobody reads what is chosen once more, and parses are half of all that is kept of a line.
        unread = replace(seen.fact, parse=None)
        for card, note in shipment.cards:
            loaded = card if self.remembers else replace(card, fact=unread)
            self.loads.append(Load(loaded, note, shipment.entry.key, document, headings, position))
        return tried


def _with_notes(entries: Iterable[Entry], instead: Mapping[str, tuple[str, Shipped]]) -> Iterator[Entry]:
    """Entries in which each new note of `instead` is the one that it was, which is nowhere else any more."""
    moved = {note.guid for _, note in instead.values()}
    for entry in entries:
        stay = [note for note in entry.notes if note.guid not in moved]
        notes = tuple(instead[note.guid][1] if note.guid in instead else note for note in stay)
        yield entry if notes == entry.notes else replace(entry, notes=notes)


def shipped_cards(seen: Seen) -> tuple[tuple[Card, Shipped], ...]:
    """The cards of an unchanged fact, as they shipped, under today's topic."""
    if seen.entry is None:
        return ()
    alive = [note for note in seen.entry.notes if not note.is_retired]
    return tuple((with_topic(Card(seen.fact, note.template, note.wording)), note) for note in alive)


def _as_shipped(cards: Sequence[Card], today: Sequence[Candidate]) -> Sequence[Candidate]:
    """The shipped cards as kept ones, then what today's templates would think of."""
    have = {shown(card.wording) for card in cards}
    others = [each for each in today if shown(each.card.wording) not in have]
    late = "unshipped: what shipped stays until the statement changes; `build --refresh` would reconsider"
    return [*(Candidate(card) for card in cards), *(replace(each, dropped=each.dropped or late) for each in others)]


def _sound(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Candidates without those that Anki would show nothing of."""
    return tuple(
        Candidate(each.card, f"unshowable: {why}") if (why := why_not(_numbered(each.card.wording))) else each
        for each in found
    )


def _numbered(wording: Wording) -> Wording:
    """A wording as it would ship if it were new."""
    return same_blanks(None, wording, 0)[0] if isinstance(wording, Cloze) else wording


def _reason(seen: Sequence[Seen], tried: Sequence[Candidate], *, is_looked_at: bool) -> str:
    """Why a statement has no card, in one line."""
    if tried:
        return f"{len(tried)} cards were thought of, none was kept" if len(tried) > 1 else tried[0].dropped
    if any(len(each.fact.text) > MAX_CHARACTERS for each in seen):
        return f"longer than {MAX_CHARACTERS:,} characters: no one statement"
    if not is_looked_at and any(not each.is_fresh for each in seen):
        return UNCHANGED
    spoken = {each.fact.language for each in seen} - {ENGLISH}
    if spoken:
        return f'no blank fits (in language "{min(spoken)}" nothing is asked in words)'
    grades = {str(each.fact.grade) for each in seen}
    return f"no template fits ({', '.join(sorted(grades))})"
