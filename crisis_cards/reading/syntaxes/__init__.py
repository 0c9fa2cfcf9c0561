"""The ways to write cards that are other tools': recognised file by file, or fixed by deck.toml."""

from __future__ import annotations

from collections.abc import Sequence

from pathspec import GitIgnoreSpec

from crisis_cards.reading.syntaxes.hashcards import HASHCARDS
from crisis_cards.reading.syntaxes.org_drill import ORG_DRILL
from crisis_cards.reading.syntaxes.org_fc import ORG_FC
from crisis_cards.reading.syntaxes.weaving import woven
from crisis_cards.reading.syntaxes.written import Syntax
from crisis_cards.source import Source

SYNTAXES: tuple[Syntax, ...] = (HASHCARDS, ORG_FC, ORG_DRILL)
"""In the order in which they are looked for: the more telling their signs, the earlier."""

NOTES = "notes"
"""What deck.toml calls notes in which no other tool's cards are looked for."""

NAMES = (NOTES, *(syntax.name for syntax in SYNTAXES))


def syntax_of(source: Source, fixed: Sequence[tuple[str, str]] = ()) -> Syntax | None:
    """The syntax that a file's cards are written in; None if they are our own.

    `fixed`: patterns of paths, as in a .gitignore, each with the name of the syntax; the last that fits holds.
    """
    for pattern, name in reversed(fixed):
        if GitIgnoreSpec.from_lines([pattern]).match_file(source.path):
            return next((syntax for syntax in SYNTAXES if syntax.name == name), None)
    lines = source.text.split("\n")
    return next(
        (syntax for syntax in SYNTAXES if source.suffix in syntax.suffixes and syntax.is_written(lines)),
        None,
    )


__all__ = ["NAMES", "NOTES", "SYNTAXES", "Syntax", "syntax_of", "woven"]
