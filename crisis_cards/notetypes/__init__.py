"""The two note types: their ids, their fields, and their faces, which are the .html and .css files beside this one.

The fields are frozen. Anki tells note types apart by id and field list; after a change of either, no note that a
learner already has is updated any more. What is new goes into a spare field.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from crisis_cards.model import NoteKind, Question, Wording

QUESTION_FIELDS = (
    "Question",
    "Answer",
    "Topic",
    "Context",
    "Extra",
    "Source",
    "Key",
    "Reserved 1",
    "Reserved 2",
)
CLOZE_FIELDS = ("Text", "Topic", "Context", "Extra", "Source", "Key", "Reserved 1", "Reserved 2")

FACES_MODIFIED = 1795438800
"""When the faces last changed, in whole seconds since 1970 (2026-11-23): raise it with every change of them.

Anki takes over a note type's faces only when this is newer than what it has, and then the learner's own styling
is gone; so it moves when they change, and only then.
"""


@dataclass(frozen=True, slots=True)
class NoteType:
    """What Anki must know of a kind of note. `front` and `back` are Anki templates, `css` is for both."""

    kind: NoteKind
    id: int
    name: str
    fields: tuple[str, ...]
    front: str
    back: str
    css: str


def kind_of(wording: Wording) -> NoteKind:
    """The kind of note that a wording becomes."""
    return NoteKind.QUESTION if isinstance(wording, Question) else NoteKind.CLOZE


@cache
def note_type(kind: NoteKind) -> NoteType:
    """The note type of a kind, with its faces."""
    faces = _face(f"{kind}_front.html"), _face(f"{kind}_back.html"), _face("card.css")
    match kind:
        case NoteKind.QUESTION:
            return NoteType(kind, 1710284693, "crisis-cards question", QUESTION_FIELDS, *faces)
        case NoteKind.CLOZE:
            return NoteType(kind, 1386149527, "crisis-cards cloze", CLOZE_FIELDS, *faces)


def _face(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
