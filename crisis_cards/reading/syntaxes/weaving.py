"""From another tool's cards and the notes around them to one outline.

The notes are read with a sign in place of each card, so that the reader of their format decides what the card is
under, and what is under it; then the card takes the place of its sign. The reader also knows best what is code: a sign
that ends up in some is taken back, and its lines are notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from crisis_cards.config import can_name_a_deck
from crisis_cards.reading.pieces import (
    Asked,
    Outline,
    Passage,
    Piece,
    Reader,
    Scrap,
    Title,
    excerpt,
    first_line,
    in_order,
    joined,
)
from crisis_cards.reading.syntaxes.fences import in_fences
from crisis_cards.reading.syntaxes.margins import without_tags
from crisis_cards.reading.syntaxes.written import Side, Spent, Syntax, Written
from crisis_cards.reading.tags import ending
from crisis_cards.reading.tidy import has_words
from crisis_cards.source import Source

# Noncharacters: no text has a reason to hold them; where one does, a replacement character stands for it.
OPEN, CLOSE = "\ufdd0", "\ufdd1"
REPLACED = str.maketrans({OPEN: "\ufffd", CLOSE: "\ufffd"})
SIGN = re.compile(rf"{OPEN}(\d+){CLOSE}")
NUMBER = re.compile(r"(?:^|\s)(\d{1,9}[.)])\s*$")
CODE = "code"
MARKUP = "markup"
FEW = 16


@dataclass(slots=True)
class Loom:
    """A file that is woven: its lines, what another tool's syntax says of them, and which cards have their place."""

    source: Source
    syntax: Syntax
    reader: Reader
    lines: list[str]
    found: tuple[Written | Spent, ...]
    placed: set[int] = field(default_factory=set)


def woven(source: Source, syntax: Syntax, reader: Reader) -> Outline:
    """The outline of a file: its cards as `syntax` has them, all else as notes in its format."""
    lines = source.text.split("\n")
    found = tuple(syntax.cards(lines))
    loom = Loom(source, syntax, reader, lines, found)
    outline = _outline(loom)
    in_code = {index for piece in outline.pieces for index in _in_code(piece)}
    if in_code:
        loom.found = tuple(each for index, each in enumerate(found) if index not in in_code)
        outline = _outline(loom)
    told = syntax.told(lines)
    return replace(
        outline,
        pieces=tuple(_pieces(loom, outline)),
        deck=told.deck if can_name_a_deck(told.deck) else outline.deck,
        tags=(*(tag for tag in outline.tags if not syntax.is_sign(tag)), *told.tags),
    )


def _outline(loom: Loom) -> Outline:
    """What the reader of the format says of the notes, with a sign in place of each card."""
    text = "\n".join(loom.lines).translate(REPLACED) if OPEN in loom.source.text or CLOSE in loom.source.text else None
    code = in_fences(loom.lines)
    lines = loom.lines if text is None else text.split("\n")
    rest = [line if code[index] else without_tags(line, loom.syntax.is_sign) for index, line in enumerate(lines)]
    before = 0
    for index, each in enumerate(loom.found):
        shares = each.first == before  # a line with the card before it
        start = each.first if shares else each.first - 1
        rest[start : each.last] = [""] * (each.last - start)
        if isinstance(each, Written) and not each.is_apart:
            sign = f"{each.sign}{OPEN}{index}{CLOSE}{each.tail}"
            rest[each.first - 1] = rest[each.first - 1] + sign if shares else sign
        before = each.last
    return loom.reader(replace(loom.source, text="\n".join(rest)))


def _in_code(piece: Piece) -> Iterator[int]:
    """The cards whose signs a block of code has swallowed."""
    if isinstance(piece, Scrap) and piece.reason == CODE and OPEN in piece.text:
        yield from (int(sign[1]) for sign in SIGN.finditer(piece.text))


def _pieces(loom: Loom, outline: Outline) -> Iterator[Piece]:
    """All pieces by their lines; parents, which are places in the list, follow."""
    parted = [list(_parted(loom, piece)) for piece in outline.pieces]
    # What has no sign left stands where its line is.
    missing = [_whole(loom, each) for index, each in enumerate(loom.found) if index not in loom.placed]
    return in_order(parted, missing)


def _parted(loom: Loom, piece: Piece) -> Iterator[Piece]:
    """A piece as what is between the signs in it, and the cards."""
    match piece:
        case Passage():
            yield from _parts(loom, _clean(piece)) if OPEN in piece.text else (_clean(piece),)
        case Title() if OPEN in piece.passage.text:
            yield from _headed(loom, piece)
        case Scrap():
            yield from _scraps(loom, piece)
        case _:
            yield piece


def _clean(passage: Passage) -> Passage:
    """A passage with no sign in what stands above or beside its text."""
    columns, exhibits = passage.columns, passage.exhibits
    if any(OPEN in column for column in columns):
        columns = tuple(SIGN.sub("", column) for column in columns)
    if any(OPEN in each.text + each.target for _, each in exhibits):
        exhibits = tuple(
            (at, replace(each, text=SIGN.sub("", each.text), target=SIGN.sub("", each.target))) for at, each in exhibits
        )
    return replace(passage, columns=columns, exhibits=exhibits)


def _parts(loom: Loom, passage: Passage) -> Iterator[Piece]:
    """The text before, between and after signs, and their cards; of a table's row, only what has words."""
    signs = list(SIGN.finditer(passage.text))
    if len(signs) > FEW:  # halves of halves: a cut goes through all marks of a passage
        middle = signs[len(signs) // 2].start()
        at = passage.text.rfind("\n", 0, middle)
        if at > signs[0].start():
            yield from _parts(loom, excerpt(passage, 0, at))
            yield from _parts(loom, excerpt(passage, at + 1, len(passage.text)))
            return
    at = 0
    for sign in signs:
        yield from _between(passage, at, _begin(loom, passage.text, at, sign))
        yield from _card(loom, sign, passage.parent)
        at = sign.end()
    yield from _between(passage, at, len(passage.text))


def _begin(loom: Loom, text: str, at: int, sign: re.Match[str]) -> int:
    """Where a sign begins with the number of its item, which a reader may take for words."""
    card = loom.found[int(sign[1])]
    number = NUMBER.search(card.sign) if isinstance(card, Written) else None
    before = text[at : sign.start()].rstrip(" \t")
    return at + len(before) - len(number[1]) if number and before.endswith(number[1]) else sign.start()


def _between(passage: Passage, start: int, end: int) -> Iterator[Passage]:
    text = passage.text[start:end]
    start += len(text) - len(text.lstrip("\n"))
    end -= len(text) - len(text.rstrip("\n"))
    if text.strip() and (has_words(text) or not passage.columns):
        yield excerpt(passage, start, end)


def _card(loom: Loom, sign: re.Match[str], parent: int | None) -> Iterator[Asked]:
    """The card that a sign stands for, once."""
    index = int(sign[1])
    card = loom.found[index]
    if isinstance(card, Written) and index not in loom.placed:
        loom.placed.add(index)
        yield _asked(loom, card, parent)


def _headed(loom: Loom, title: Title) -> Iterator[Piece]:
    """A heading that is a card, or has become one's neighbour by a rule below it."""
    parts = list(_parts(loom, title.passage))
    cards = [each for each in parts if isinstance(each, Asked)]
    others = [each for each in parts if not isinstance(each, Asked)]
    if others:
        yield replace(title, passage=joined(others))
    elif cards and title.passage.first == title.passage.last and (sign := _kept(loom, title)):
        prompt = replace(joined(cards[0].prompt), first=cards[0].first, last=cards[0].first)
        # Its tags are the card's: of what is below it, the other tool says nothing.
        end = ending(prompt.text, 0, len(prompt.text), prompt.literal).start if "#" in sign else 0
        yield replace(title, passage=excerpt(prompt, 0, end), is_bare=not end)
    yield from cards


def _kept(loom: Loom, title: Title) -> str:
    """What the first card in a heading has before it."""
    sign = SIGN.search(title.passage.text)
    card = loom.found[int(sign[1])] if sign else None
    return card.sign.strip() if isinstance(card, Written) else ""


def _scraps(loom: Loom, scrap: Scrap) -> Iterator[Piece]:
    """What is no text by its form, without the cards that it swallowed, and these."""
    own = [scrap.text, *(part for each in scrap.exhibits for part in (each.text, each.target))]
    if not any(OPEN in text for text in own):
        yield scrap
        return
    cards = [card for text in own for sign in SIGN.finditer(text) for card in _card(loom, sign, scrap.parent)]
    exhibits = tuple(
        replace(each, text=SIGN.sub("", each.text), target=SIGN.sub("", each.target)) for each in scrap.exhibits
    )
    yield replace(scrap, text=SIGN.sub("", scrap.text), exhibits=exhibits)
    yield from cards


def _asked(loom: Loom, card: Written, parent: int | None) -> Asked:
    answer = None if card.answer is None else _side(loom, card.answer)
    return Asked(card.first, card.last, _side(loom, card.prompt), answer, card.both_ways, card.tags, parent)


def _side(loom: Loom, side: Side) -> tuple[Piece, ...]:
    """A side as its format has it, on the lines of the file; a blank line before it keeps front matter away.

    What the format says of none of its pieces, as the title of a callout, is told as such.
    """
    outline = loom.reader(replace(loom.source, text=f"\n{side.text}"), is_side=True)
    pieces = [_moved(piece, side.first - 2) for piece in outline.pieces]
    read = {line for piece in pieces for line in range(first_line(piece), _last_of(piece) + 1)}
    for number, line in enumerate(side.text.split("\n"), side.first):
        if number not in read and has_words(line):
            pieces.append(Scrap(number, number, line.strip(), MARKUP))
    return tuple(pieces)


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


def _last_of(piece: Piece) -> int:
    return piece.passage.last if isinstance(piece, Title) else piece.last
