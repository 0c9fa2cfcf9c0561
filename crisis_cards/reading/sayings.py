"""What a side of a card says that the author wrote out: its text on as many lines as it has pieces, marks, exhibits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from crisis_cards.model import Exhibit, ExhibitKind, Mark, MarkKind
from crisis_cards.reading.groups import Part
from crisis_cards.reading.lines import lines_of
from crisis_cards.reading.links import link_cuts
from crisis_cards.reading.pieces import Passage, Piece, Scrap, Title, excerpt, exhibits_of
from crisis_cards.reading.tags import Ending
from crisis_cards.reading.tidy import tidy


@dataclass(frozen=True, slots=True)
class Saying:
    """A text with its marks, and what is shown below it."""

    text: str = ""
    marks: tuple[Mark, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()


def saying(parts: Sequence[Part], pieces: Sequence[Piece], below: Mapping[int, tuple[Exhibit, ...]]) -> Saying:
    """What some parts say: those of one passage go on in one line, others stand on lines of their own.

    `below`: what is shown below the passages, by their index.
    """
    text = ""
    marks: list[Mark] = []
    items: list[Mark] = []
    exhibits: list[Exhibit] = []
    before = -1
    for part in parts:
        piece = pieces[part.piece]
        if not isinstance(piece, Passage):
            continue
        run = excerpt(piece, *part.range)
        objects = [(at, at + 1) for at, _ in run.exhibits]
        tidied = tidy(run.text, run.marks, sorted([*link_cuts(run.text, run.literal), *objects]))
        is_next = part.piece != before
        if before >= 0 and is_next:
            exhibits += below.get(before, ())
        exhibits += [each for _, each in exhibits_of(run)]
        if tidied.text:
            text += ("\n" if is_next else " ") if text else ""
            start = len(text)
            text += tidied.text
            marks += [replace(mark, start=mark.start + start, end=mark.end + start) for mark in tidied.marks]
            if piece.is_item and part.piece != parts[0].piece:  # the first line is an item of what is around the card
                if is_next or not items:
                    items.append(Mark(start, len(text), MarkKind.ITEM, number=int(piece.is_counted)))
                else:
                    items[-1] = replace(items[-1], end=len(text))
        before = part.piece
    exhibits += below.get(before, ())
    return _worded(Saying(text, tuple(sorted([*marks, *items])), tuple(exhibits)))


def side(pieces: Sequence[Piece]) -> tuple[Saying, tuple[Ending, ...]]:
    """What a side says that is pieces of its own, without the tags that end its lines, and these."""
    passages = [
        piece.passage if isinstance(piece, Title) else piece for piece in pieces if isinstance(piece, Passage | Title)
    ]
    below: dict[int, tuple[Exhibit, ...]] = {}
    above = -1
    for piece in pieces:
        if isinstance(piece, Scrap):
            below[above] = (*below.get(above, ()), *(replace(each, line=piece.first) for each in piece.exhibits))
        elif isinstance(piece, Passage | Title):
            above += 1
    lines = [line for index, passage in enumerate(passages) for line in lines_of(index, passage)]
    said = saying([Part(line.piece, (line.start, line.ending.start)) for line in lines], passages, below)
    if lines and -1 in below:
        said = _worded(replace(said, exhibits=(*below[-1], *said.exhibits)))
    return said, tuple(line.ending for line in lines)


def _worded(said: Saying) -> Saying:
    """A side with nothing but one exhibit, in words: code and math themselves, a picture by its name."""
    if said.text or not said.exhibits:
        return said
    first, *others = said.exhibits
    match first.kind:
        case ExhibitKind.CODE:
            return Saying(first.text, (Mark(0, len(first.text), MarkKind.CODE, target=first.target),), tuple(others))
        case ExhibitKind.TABLE:
            return Saying(first.text, (Mark(0, len(first.text), MarkKind.TABLE),), tuple(others))
        case ExhibitKind.MATH:
            return Saying(first.text, (), tuple(others))
        case ExhibitKind.PICTURE | ExhibitKind.SOUND:
            return Saying(first.text.strip() or PurePosixPath(first.target).stem, (), said.exhibits)
        case ExhibitKind.HTML:
            return said
