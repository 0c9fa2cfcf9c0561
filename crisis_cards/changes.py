"""What a build does to the learner's collection, note by note."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from crisis_cards.diagnostics import Span

RETIRED_TAG = "crisis-cards::retired"
"""The tag by which a learner finds notes whose statement is gone."""


class ChangeKind(StrEnum):
    """What happens to a note.

    A moved one only has another source, topic and tags: Anki is not told to update it. Ambiguous is a statement, not
    a note: it may be one of those before, which is not guessed, so its notes are new as well.
    """

    NEW = "new"
    REWORDED = "reworded"
    CORRECTED = "corrected"
    MOVED = "moved"
    RETIRED = "retired"
    REVIVED = "revived"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Change:
    """One note that changes; or an ambiguous statement, whose GUID is empty.

    `span`: where the statement stands, with line 0 when it is no longer in the notes.
    `before` and `after`: the wording, or the words of the statements, on one line, as `str` gives them; empty where
    there was or is none. Mostly nobody asks for them, so they need be no texts before somebody does.
    """

    kind: ChangeKind
    span: Span
    guid: str
    before: object
    after: object
