"""What is loaded, as Anki's notes: fields, tags, deck and place in the queue; and the notes that are retired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from crisis_cards.changes import RETIRED_TAG
from crisis_cards.diagnostics import Span
from crisis_cards.ledger import Entry, Shipped
from crisis_cards.loading import Load
from crisis_cards.model import Card, Fact, Note, Pair, Question, Statement
from crisis_cards.notetypes import kind_of
from crisis_cards.recognition import AS_NEW
from crisis_cards.render import Fields, ordinals_of, tag_of
from crisis_cards.templates import with_topic


def notes_of(loads: Sequence[Load], deck: str) -> Iterator[Note]:
    """The notes of all cards that ship, those of one fact right after one another in the queue."""
    before: Counter[str] = Counter()
    tags: dict[tuple[str, ...], tuple[str, ...]] = {}  # the same ones are there once
    ordinals: dict[tuple[int, ...], tuple[int, ...]] = {}
    for load in loads:
        yield Note(
            guid=load.note.guid,
            kind=kind_of(load.card.wording),
            fields=Fields(load.card, load.key),
            ordinals=ordinals.setdefault(numbers := ordinals_of(load.card.wording), numbers),
            tags=tags.setdefault(own := _tags(load), own),
            modified=load.note.modified,
            position=load.position + before[load.key],
            deck=load.document.deck or deck,
        )
        before[load.key] += 1


def retired_notes(entries: Iterable[Entry], deck: str) -> Iterator[Note]:
    """The notes that a package still carries so that the learner can find and delete them."""
    for entry in entries:
        for note in entry.notes:
            if note.is_retired:
                card = _former_card(entry, note)
                yield Note(
                    guid=note.guid,
                    kind=kind_of(note.wording),
                    fields=Fields(card, entry.key),
                    ordinals=ordinals_of(note.wording),
                    tags=(RETIRED_TAG,),
                    modified=note.modified,
                    position=entry.position,
                    deck=deck,
                )


def _former_card(entry: Entry, note: Shipped) -> Card:
    """The card of a retired note, its back from what the ledger knows of the statement."""
    span = Span(entry.path, 0, 0)
    title, *trail = entry.trail or ("",)
    block: Statement | Pair
    if not entry.text and isinstance(note.wording, Question):
        block = Pair(span, tuple(trail), note.wording.prompt, note.wording.answer)
    else:
        block = Statement(span, tuple(trail), entry.text, entry.marks)
    fact = Fact(block, entry.words, entry.words, title, expansions=entry.expansions)
    card = Card(fact, note.template, note.wording)
    return replace(with_topic(card), fact=fact)


def _tags(load: Load) -> tuple[str, ...]:
    """The file and the headings above a fact as one tag, and the author's own."""
    title = load.document.title
    place = tag_of((title, *(heading for heading in load.headings if heading != title)))
    own = (tag_of(tag.split("::")) for tag in (*load.document.tags, *load.card.fact.block.tags))
    return tuple(dict.fromkeys(tag for tag in (place, *own) if tag not in {"", AS_NEW}))
