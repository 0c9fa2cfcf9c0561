"""Reading: from a source to its blocks. Structure and the author's marks only: no language, no guessing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from crisis_cards.diagnostics import CouldNotRunError, Diagnostic, Span
from crisis_cards.model import Block, Document, Statement
from crisis_cards.reading.clearing import cleared
from crisis_cards.reading.markdown import read_markdown
from crisis_cards.reading.org import read_org
from crisis_cards.reading.outline import blocks
from crisis_cards.reading.pieces import Reader
from crisis_cards.reading.plain import read_plain
from crisis_cards.reading.syntaxes import NAMES, syntax_of, woven
from crisis_cards.reading.tables import is_exported, read_table
from crisis_cards.source import Source

READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".org": read_org,
    ".csv": read_table,
    ".tsv": read_table,
}

SMALL_WORDS = ("a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")


def read(source: Source, fixed: Sequence[tuple[str, str]] = ()) -> tuple[Document, tuple[Diagnostic, ...]]:
    """What a source says, block by block, and what to tell its author.

    `fixed`: what deck.toml says of the syntax of cards: patterns of paths, each with a syntax's name.
    """
    reader = READERS.get(source.suffix)
    if reader is None:
        raise CouldNotRunError(f"{source.path}: not a kind of notes")
    source = replace(source, text=cleared(source.text))
    if reader is read_plain and is_exported(source.text):
        reader = read_table
    syntax = syntax_of(source, fixed)
    outline = woven(source, syntax, reader) if syntax is not None else reader(source)
    heading, found, diagnostics = blocks(source, outline)
    title = outline.title or heading or title_of(source.path)
    tool = syntax.tool if syntax is not None else ""
    said = (outline.deck, outline.tags, outline.glossary, tool, outline.language)
    document = Document(source.path, title, source.modified, found, *said)
    told = tuple(sorted({*outline.diagnostics, *diagnostics}))
    return (document, told) if not source.places else _placed(document, told, _places_of(source))


def _places_of(source: Source) -> Callable[[Span], Span]:
    """What puts the place into a span: that which its first line is in."""
    begins = [first for first, _ in source.places]

    def placed(span: Span) -> Span:
        index = bisect_right(begins, span.first) - 1
        return replace(span, place=source.places[max(index, 0)][1])

    return placed


def _placed(
    document: Document, told: Sequence[Diagnostic], placed: Callable[[Span], Span]
) -> tuple[Document, tuple[Diagnostic, ...]]:
    """A document that was converted, with places of its own instead of lines."""

    def moved(block: Block) -> Block:
        found = replace(block, span=placed(block.span))
        if isinstance(found, Statement) and found.parent is not None:
            return replace(found, parent=placed(found.parent))
        return found

    blocks_ = tuple(moved(block) for block in document.blocks)
    return replace(document, blocks=blocks_), tuple(replace(each, span=placed(each.span)) for each in told)


def title_of(path: str) -> str:
    """A title from a file's name: "cuban-missile-crisis.txt" gives "Cuban Missile Crisis"."""
    stem = PurePosixPath(path).stem
    words = re.sub(r"[-_]+", " ", stem).split()
    if stem == stem.lower():
        words = [
            word if place and word in SMALL_WORDS else word[:1].upper() + word[1:] for place, word in enumerate(words)
        ]
    return " ".join(words) or stem


__all__ = ["NAMES", "READERS", "read", "title_of"]
