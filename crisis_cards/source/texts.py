"""A file of notes as text, whatever it was before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

CONFIG_NAME = "deck.toml"

TEXTS = (".txt", ".text", ".md", ".markdown", ".org")
"""The suffixes of files that are text already."""

SUFFIXES = TEXTS


@dataclass(frozen=True, slots=True)
class Source:
    """One file of notes.

    `path`: relative to the root, with forward slashes and without characters that cannot be printed.
    `text`: without a byte order mark, lines parted by a line feed alone. `modified`: whole seconds since 1970.
    `converted_to`: the suffix of the format that `text` is in, for a file that was none; lines of it are then known by
    `places`: what begins at which line, 1-based and in order, as `(12, "page 3")`.
    """

    path: str
    text: str
    modified: int
    converted_to: str = ""
    places: tuple[tuple[int, str], ...] = ()

    @property
    def suffix(self) -> str:
        """The format of its text, as a suffix in small letters."""
        return self.converted_to or PurePosixPath(self.path).suffix.lower()
