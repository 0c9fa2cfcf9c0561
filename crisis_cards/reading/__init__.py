"""Reading: from a source to its blocks. Structure and the author's marks only: no language, no guessing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from crisis_cards.diagnostics import CouldNotRunError, Diagnostic
from crisis_cards.model import Document
from crisis_cards.reading.markdown import read_markdown
from crisis_cards.reading.outline import blocks
from crisis_cards.reading.pieces import Outline
from crisis_cards.reading.plain import read_plain
from crisis_cards.source import Source

READERS: dict[str, Callable[[Source], Outline]] = {
    ".txt": read_plain,
    ".md": read_markdown,
}

SMALL_WORDS = ("a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")


def read(source: Source) -> tuple[Document, tuple[Diagnostic, ...]]:
    """What a source says, block by block, and what to tell its author."""
    reader = READERS.get(PurePosixPath(source.path).suffix.lower())
    if reader is None:
        raise CouldNotRunError(f"{source.path}: not a kind of notes; {' and '.join(READERS)} files are read")
    outline = reader(source)
    heading, found, diagnostics = blocks(source, outline)
    title = outline.title or heading or title_of(source.path)
    document = Document(source.path, title, source.modified, found, outline.deck, outline.tags, outline.glossary)
    return document, tuple(sorted({*outline.diagnostics, *diagnostics}))


def title_of(path: str) -> str:
    """A title from a file's name: "cuban-missile-crisis.txt" gives "Cuban Missile Crisis"."""
    stem = PurePosixPath(path).stem
    words = re.sub(r"[-_]+", " ", stem).split()
    if stem == stem.lower():
        words = [
            word if place and word in SMALL_WORDS else word[:1].upper() + word[1:] for place, word in enumerate(words)
        ]
    return " ".join(words) or stem
