"""A note that was retired and is made anew goes on as one note, wherever both of them are."""

from __future__ import annotations

from dataclasses import replace

from crisis_cards.config import Profile
from crisis_cards.continuity import Dock
from crisis_cards.diagnostics import Span
from crisis_cards.ledger import Entry, Shipped
from crisis_cards.loading import Load, Loading
from crisis_cards.model import Card, Cloze, Document, Fact, Mark, MarkKind, Statement
from crisis_cards.templates import Choice, Familiar

TEXT = "Around 600 Swiss Guards die"
WORDING = Cloze(TEXT, (Mark(7, 10, MarkKind.BLANK, 1),))


def test_a_note_made_anew_beside_its_own_retired_one_is_that_one() -> None:
    """A fact whose cards were made anew: its new note asks what the one that it just retired asked, so it is that."""
    statement = Statement(Span("notes.txt", 1, 1), (), TEXT)
    before = Shipped("former", "number", WORDING, 1_700_000_000, "then", 1)
    entry = Entry("key", "notes.txt", ("Notes",), TEXT, 100, "digest", text=TEXT, notes=(before,))
    fresh = replace(before, guid="fresh", modified=1_700_000_100, content="now")
    familiar = Familiar(frozenset())
    loading = Loading(Dock((entry,), 1_700_000_100), Choice(familiar), familiar, Profile.BALANCED)
    card = Card(Fact(statement, TEXT, TEXT, "Notes"), "number", WORDING)
    loading.loads = [Load(card, fresh, "key", Document("notes.txt", "Notes", 0, (statement,)), (), 100)]
    loading.entries = [replace(entry, notes=(fresh, replace(before, is_retired=True)))]

    loading.reunite()

    assert [(note.guid, note.is_retired) for each in loading.entries for note in each.notes] == [("former", False)]
    assert [load.note.guid for load in loading.loads] == ["former"]
