"""What learners already have is never broken: fields are frozen, faces change only together with their time."""

from __future__ import annotations

import re
from hashlib import sha256
from itertools import pairwise

import pytest

from crisis_cards.model import NoteKind
from crisis_cards.notetypes import FACES_MODIFIED, NoteType, note_type

# Append-only: when the faces change, raise FACES_MODIFIED and add a line with the digest that the test reports.
FACES = {
    1793491200: "c0103a951b8db7a5",
    1795392000: "ce129d835f89fef9",
    1795438800: "72e1e3d6852de580",
}

# Colour pairs that stand on each other, and the least contrast (WCAG 2.2: 7 is AAA, 4.5 AA for text).
CONTRASTS = [
    ("--ink", "--paper", 7.0),
    ("--aside-ink", "--aside-paper", 7.0),
    ("--blank-ink", "--blank-paper", 7.0),
    ("--link", "--paper", 7.0),
    *((ink, "--aside-paper", 7.0) for ink in ("--word", "--text", "--number", "--name")),
    ("--quiet", "--paper", 4.5),
]

KINDS = [note_type(kind) for kind in NoteKind]


def test_fields_and_ids_are_frozen() -> None:
    """After a change of these no note that a learner has would be updated any more: never edit this test."""
    question, cloze = note_type(NoteKind.QUESTION), note_type(NoteKind.CLOZE)

    shared = ("Topic", "Context", "Extra", "Source", "Key", "Reserved 1", "Reserved 2")
    assert question.fields == ("Question", "Answer", *shared)
    assert cloze.fields == ("Text", *shared)
    assert (question.id, question.name) == (1710284693, "crisis-cards question")
    assert (cloze.id, cloze.name) == (1386149527, "crisis-cards cloze")


def test_faces_change_together_with_their_time() -> None:
    """Anki takes new faces only when their time is newer, and only then should it."""
    faces = [part for kind in KINDS for part in (kind.name, *kind.fields, kind.front, kind.back, kind.css)]
    digest = sha256("\0".join(faces).encode()).hexdigest()[:16]

    assert {FACES_MODIFIED: digest}.items() <= FACES.items()
    assert max(FACES) == FACES_MODIFIED
    assert all(earlier < later for earlier, later in pairwise(FACES))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_faces_are_plain_and_local(kind: NoteType) -> None:
    """No script, nothing from the network, no inline style; every block of text finds its own direction."""
    faces = kind.front + kind.back

    assert not re.search(r"<script|javascript:|\bon\w+=|style=|//|@import|url\(", faces + kind.css, re.IGNORECASE)
    texts = [line for line in faces.splitlines() if "{{" in line and not re.search("Extra|Reserved", line)]
    assert all('dir="auto"' in line for line in texts)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_faces_show_known_fields_and_no_empty_ones(kind: NoteType) -> None:
    """A field that may be empty takes its frame with it; the front holds nothing that belongs on the back."""
    used = set(re.findall(r"\{\{(?:cloze:)?([A-Z][\w ]*)\}\}", kind.front + kind.back))
    guarded = set(re.findall(r"\{\{#([\w ]+)\}\}", kind.back))

    assert used <= set(kind.fields)
    assert guarded == {"Topic", "Context", "Extra", "Source"}
    assert {"Topic", "Context", "Reserved 1"} == set(re.findall(r"\{\{#([\w ]+)\}\}", kind.front))
    assert not re.search(r"Answer|Extra|Source|Key", kind.front)


@pytest.mark.parametrize("scheme", ["day", "night"])
@pytest.mark.parametrize(("ink", "paper", "least"), CONTRASTS)
def test_contrast(scheme: str, ink: str, paper: str, least: float) -> None:
    """Text is readable in sunlight and in the dark."""
    day, night = re.findall(r"\{([^}]*--paper:[^}]*)\}", KINDS[0].css)
    colours = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", day if scheme == "day" else night))

    assert _contrast(colours[ink], colours[paper]) >= least


def test_colours_stand_in_the_two_schemes_only() -> None:
    """So the measured contrast is the one that is shown; both schemes name the same colours."""
    day, night = re.findall(r"\{([^}]*--paper:[^}]*)\}", KINDS[0].css)

    assert len(re.findall(r"#[0-9a-f]{3,8}\b|rgb|hsl", KINDS[0].css)) == len(re.findall("--", day + night))
    assert re.findall(r"--[\w-]+", day) == re.findall(r"--[\w-]+", night)


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
