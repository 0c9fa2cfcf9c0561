"""The ways to write cards that are other tools': recognised file by file, or fixed by deck.toml."""

from __future__ import annotations

from collections.abc import Sequence

from crisis_cards.reading.syntaxes.flashcards_obsidian import FLASHCARDS_OBSIDIAN
from crisis_cards.reading.syntaxes.hashcards import HASHCARDS
from crisis_cards.reading.syntaxes.inka import INKA
from crisis_cards.reading.syntaxes.mdanki import MDANKI
from crisis_cards.reading.syntaxes.obsidian_spaced_repetition import OBSIDIAN_SPACED_REPETITION
from crisis_cards.reading.syntaxes.obsidian_to_anki import OBSIDIAN_TO_ANKI
from crisis_cards.reading.syntaxes.org_drill import ORG_DRILL
from crisis_cards.reading.syntaxes.org_fc import ORG_FC
from crisis_cards.reading.syntaxes.remnote import REMNOTE
from crisis_cards.reading.syntaxes.weaving import woven
from crisis_cards.reading.syntaxes.written import Syntax
from crisis_cards.source import Source, fits

SYNTAXES: tuple[Syntax, ...] = (
    OBSIDIAN_TO_ANKI,
    OBSIDIAN_SPACED_REPETITION,
    FLASHCARDS_OBSIDIAN,
    INKA,
    HASHCARDS,
    MDANKI,
    REMNOTE,
    ORG_FC,
    ORG_DRILL,
)
"""In the order in which they are looked for: the more telling their signs, the earlier."""

NOTES = "notes"
"""What deck.toml calls notes in which no other tool's cards are looked for."""

TEXTS = frozenset({".md", ".markdown", ".txt", ".text"})

NAMES = (NOTES, *(syntax.name for syntax in SYNTAXES))


def syntax_of(source: Source, fixed: Sequence[tuple[str, str]] = ()) -> Syntax | None:
    """The syntax that a file's cards are written in; None if they are our own.

    `fixed`: patterns of paths, as in a .gitignore, each with the name of the syntax; the last that fits holds. One of a
    whole folder says nothing of the tables in it, nor one of Markdown of its Org files.
    """
    for pattern, name in reversed(fixed):
        if fits(pattern, source.path):
            found = next((syntax for syntax in SYNTAXES if syntax.name == name), None)
            if found is None or _can_be_in(found, source.suffix):
                return found
    lines = source.text.split("\n")
    return next(
        (syntax for syntax in SYNTAXES if source.suffix in syntax.suffixes and syntax.is_written(lines)),
        None,
    )


def _can_be_in(syntax: Syntax, suffix: str) -> bool:
    """Whether cards of a syntax can be in a file with a suffix; many a text file is in fact Markdown."""
    return suffix in syntax.suffixes or (suffix in TEXTS and not TEXTS.isdisjoint(syntax.suffixes))


__all__ = ["NAMES", "NOTES", "SYNTAXES", "Syntax", "syntax_of", "woven"]
