"""From another tool's cards and the notes around them to one outline.

The notes are read with a sign in place of each card, so that the reader of their format decides what the card is
under, and what is under it; then the card takes the place of its sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from crisis_cards.reading.pieces import Asked, Outline, Passage, Piece, Reader, Scrap, Title, excerpt, in_order
from crisis_cards.reading.syntaxes.written import Side, Spent, Syntax, Written
from crisis_cards.source import Source

# Noncharacters: no text has a reason to hold them, and one that does is not taken for a sign.
OPEN, CLOSE = "\ufdd0", "\ufdd1"
SIGN = re.compile(rf"{OPEN}(\d{{1,9}}){CLOSE}")


@dataclass(slots=True)
class Loom:
    """A file that is woven: its lines, what another tool's syntax says of them, and which cards have their place."""

    source: Source
    reader: Reader
    lines: list[str]
    found: tuple[Written | Spent, ...]
    placed: set[int] = field(default_factory=set)


def woven(source: Source, syntax: Syntax, reader: Reader) -> Outline:
    """The outline of a file: its cards as `syntax` has them, all else as notes in its format."""
    lines = source.text.split("\n")
    loom = Loom(source, reader, lines, tuple(syntax.cards(lines)))
    rest = list(lines)
    for index, each in enumerate(loom.found):
        rest[each.first - 1 : each.last] = [""] * (each.last - each.first + 1)
        if isinstance(each, Written):
            rest[each.first - 1] = f"{each.sign}{OPEN}{index}{CLOSE}"
    outline = reader(replace(source, text="\n".join(rest)))
    told = syntax.told(lines)
    return replace(
        outline,
        pieces=tuple(_pieces(loom, outline)),
        deck=told.deck or outline.deck,
        tags=(*outline.tags, *told.tags),
    )


def _pieces(loom: Loom, outline: Outline) -> Iterator[Piece]:
    """All pieces by their lines; parents, which are places in the list, follow."""
    parted = [list(_parted(loom, piece)) for piece in outline.pieces]
    # What has no sign left stands where its line is.
    missing = [_whole(loom, each) for index, each in enumerate(loom.found) if index not in loom.placed]
    return in_order(parted, missing)


def _parted(loom: Loom, piece: Piece) -> Iterator[Piece]:
    """A piece as what is between the signs in it, and the cards."""
    match piece:
        case Passage() if OPEN in piece.text:
            yield from _parts(loom, piece)
        case Scrap() if OPEN in piece.text:  # a block of code swallowed signs; the cards go elsewhere
            yield replace(piece, text=_unsigned(loom, piece.text))
        case Title() if (index := _index(loom, piece.passage.text, piece.passage.first)) is not None:
            yield replace(piece, passage=replace(piece.passage, text=""), is_bare=True)
            yield _placed(loom, index, None)
        case Title() if OPEN in piece.passage.text:
            yield replace(piece, passage=replace(piece.passage, text=_unsigned(loom, piece.passage.text)))
        case _:
            yield piece


def _parts(loom: Loom, passage: Passage) -> Iterator[Piece]:
    start = at = 0
    for number, line in enumerate(passage.text.split("\n"), passage.first):
        if (index := _index(loom, line, number)) is not None:
            if passage.text[start:at].strip():
                yield excerpt(passage, start, at - 1)
            yield _placed(loom, index, passage.parent)
            start = at + len(line) + 1
        at += len(line) + 1
    if passage.text[start:].strip():
        yield excerpt(passage, start, len(passage.text)) if start else passage


def _index(loom: Loom, line: str, number: int) -> int | None:
    """The card that begins on a line, if nothing but its sign stands there."""
    sign = SIGN.fullmatch(line.strip()) if OPEN in line else None
    index = int(sign[1]) if sign else len(loom.found)
    card = loom.found[index] if index < len(loom.found) else None
    return index if isinstance(card, Written) and card.first == number else None


def _placed(loom: Loom, index: int, parent: int | None) -> Piece:
    loom.placed.add(index)
    card = loom.found[index]
    return _asked(loom, card, parent) if isinstance(card, Written) else _whole(loom, card)


def _asked(loom: Loom, card: Written, parent: int | None) -> Asked:
    answer = None if card.answer is None else _side(loom, card.answer)
    return Asked(card.first, card.last, _side(loom, card.prompt), answer, card.both_ways, card.tags, parent)


def _side(loom: Loom, side: Side) -> tuple[Piece, ...]:
    """A side as its format has it, on the lines of the file; a blank line before it keeps front matter away."""
    outline = loom.reader(replace(loom.source, text=f"\n{side.text}"), is_side=True)
    return tuple(_moved(piece, side.first - 2) for piece in outline.pieces)


def _moved(piece: Piece, by: int) -> Piece:
    if isinstance(piece, Title):
        passage = piece.passage
        return replace(piece, passage=replace(passage, first=passage.first + by, last=passage.last + by))
    return replace(piece, first=piece.first + by, last=piece.last + by)


def _whole(loom: Loom, found: Written | Spent) -> Piece:
    if isinstance(found, Written):
        return _asked(loom, found, None)
    text = "\n".join(loom.lines[found.first - 1 : found.last]).strip()
    return Scrap(found.first, found.last, text, found.reason)


def _unsigned(loom: Loom, text: str) -> str:
    """A text with what stood in the place of signs."""

    def line_of(sign: re.Match[str]) -> str:
        index = int(sign[1])
        return loom.lines[loom.found[index].first - 1].strip() if index < len(loom.found) else sign[0]

    return SIGN.sub(line_of, text)
