"""From pieces to blocks: trails, tags and skips come down from above, the author's marks are read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from crisis_cards.diagnostics import Diagnostic, Severity, Span
from crisis_cards.model import Block, Exhibit, Heading, Leftover, MarkKind, Pair, Statement
from crisis_cards.reading.groups import Group, groups
from crisis_cards.reading.lines import Line, LineKind, lines_of
from crisis_cards.reading.links import with_embeds
from crisis_cards.reading.pairs import Sides, written
from crisis_cards.reading.pieces import OBJECT, Asked, Outline, Passage, Piece, Scrap, Title, joined
from crisis_cards.reading.sayings import saying, side
from crisis_cards.reading.statements import Place, plain_text, statements
from crisis_cards.reading.tags import unique
from crisis_cards.reading.tidy import has_words
from crisis_cards.reasons import COMMAND, COMMENT, MARKUP, NO_WORDS, PROPERTY, REPEATED, TAGS
from crisis_cards.source import Source

ANSWER_RULE = "answer-without-question"
SKIP_RULE = "skip-alone"
NAME_RULE = "name-alone"
RUNNING = 3  # times that a line of its own stands in a file whose pages begin or end with it
CHECKBOX = re.compile(r"\[[ xX/>?!-]\]\s+")


@dataclass(frozen=True, slots=True)
class Section:
    """An open heading: what is below it is in its trail (unless it names the document), tagged or skipped."""

    level: int
    text: str
    tags: tuple[str, ...]
    is_skipped: bool


@dataclass(frozen=True, slots=True)
class Roof:
    """What a passage gives to those that are indented under it."""

    trail: tuple[str, ...]
    span: Span | None


@dataclass(slots=True)
class Walk:
    """How far the pieces of a file are read, and what came of them.

    `parents`: for each piece, the index of the one that it is indented under. `roofed`: those that are one.
    `below`: what is shown below passages, by their index.
    """

    path: str
    outline: Outline
    parents: list[int | None]
    roofed: set[int]
    below: dict[int, tuple[Exhibit, ...]]
    blocks: list[Block] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    tags: tuple[str, ...] = ()
    roofs: dict[int, Roof] = field(default_factory=dict)
    paragraphs: dict[tuple[int | None, int], int] = field(default_factory=dict)

    @property
    def trail(self) -> tuple[str, ...]:
        """The texts of the open headings."""
        return tuple(section.text for section in self.sections if section.text)


def blocks(source: Source, outline: Outline) -> tuple[str, tuple[Block, ...], tuple[Diagnostic, ...]]:
    """The title that the first heading gives (or none), the blocks in order, and what to tell the author."""
    pieces = tuple(map(_with_embeds, outline.pieces))
    outline = replace(outline, pieces=pieces)
    roofed = {piece.parent for piece in pieces if isinstance(piece, Passage | Asked) and piece.parent is not None}
    parents = [None if isinstance(piece, Title) else piece.parent for piece in pieces]
    walk = Walk(source.path, outline, parents, roofed, _shown_below(pieces))
    lines = source.text.split("\n")
    title = ""
    beginning = next((index for index, piece in enumerate(pieces) if not isinstance(piece, Scrap)), 0)
    ends = [index for index, piece in enumerate(pieces) if isinstance(piece, Title) and index]
    for start, end in pairwise([0, *ends, len(pieces)]):
        head = pieces[start] if pieces else None
        count = len(walk.blocks)
        if isinstance(head, Title):
            names = start == beginning and head.level == 1 and outline.titled_by_heading
            title = _open(walk, head, names_document=names) or title
        _read_section(walk, start, end)
        first, below = _first_line(pieces, start, 1), _first_line(pieces, end, len(lines) + 1)
        walk.blocks += _unread(walk, lines, (first, below), walk.blocks[count:])
    in_order = sorted(walk.blocks, key=lambda block: block.span.first)
    return title, tuple(_once(in_order)), tuple(sorted(walk.diagnostics))


def _once(blocks: list[Block]) -> Iterator[Block]:
    """The blocks, with statements left over that stand word for word above, under the same lines.

    What stands alone three times is left over wherever it is: the headers and footers of pages.
    """
    plain = [block for block in blocks if isinstance(block, Statement) and not block.columns and block.parent is None]
    together = Counter(block.paragraph for block in plain)
    alone = Counter(block.text for block in plain if together[block.paragraph] == 1)
    first: dict[tuple[object, ...], Span] = {}
    for block in blocks:
        if isinstance(block, Statement) and not block.columns and not block.has_children:
            is_running = block.parent is None and alone[block.text] >= RUNNING and together[block.paragraph] == 1
            key = (block.text,) if is_running else (block.text, block.trail, block.parent, block.marks)
            is_marked = any(mark.kind is MarkKind.BLANK for mark in block.marks)
            if first.setdefault(key, block.span) is not block.span and not is_marked:
                yield Leftover(block.span, block.trail, block.text, REPEATED)
                continue
        yield block


def _with_embeds(piece: Piece) -> Piece:
    match piece:
        case Passage():
            return with_embeds(piece)
        case Asked():
            answer = None if piece.answer is None else tuple(map(_with_embeds, piece.answer))
            return replace(piece, prompt=tuple(map(_with_embeds, piece.prompt)), answer=answer)
        case _:
            return piece


def _shown_below(pieces: tuple[Piece, ...]) -> dict[int, tuple[Exhibit, ...]]:
    """What the scraps right below each passage show; at most one blank line is between them."""
    found: dict[int, tuple[Exhibit, ...]] = {}
    above, last = -1, 0
    for index, piece in enumerate(pieces):
        if isinstance(piece, Passage):
            above, last = index, piece.last
        elif not isinstance(piece, Scrap) or not piece.exhibits or piece.first > last + 2:
            above = -1
        elif above >= 0:
            found[above] = (*found.get(above, ()), *(replace(each, line=piece.first) for each in piece.exhibits))
            last = piece.last
    return found


def _first_line(pieces: tuple[Piece, ...], index: int, default: int) -> int:
    """The first line of a section that does not begin the file, else the default."""
    piece = pieces[index] if 0 < index < len(pieces) else None
    return piece.passage.first if isinstance(piece, Title) else default


def _unread(walk: Walk, lines: list[str], section: tuple[int, int], found: list[Block]) -> list[Block]:
    """The lines [first, end) of a section that no block tells of: addresses of links, empty bullets."""
    first, end = section
    read = {line for block in found for line in range(block.span.first, block.span.last + 1)}
    return [
        Leftover(Span(walk.path, number, number), walk.trail, text, _why_unread(text))
        for number, line in enumerate(lines[first - 1 : end - 1], first)
        if number not in read and (text := line.strip())
    ]


def _why_unread(text: str) -> str:
    if not has_words(text):
        return NO_WORDS
    return COMMENT if text.startswith(("%%", "<!--")) or text.endswith(("%%", "-->")) else MARKUP


def _open(walk: Walk, title: Title, *, names_document: bool) -> str:
    """Begin the section of a heading; its text if it names the document."""
    passage = title.passage
    while walk.sections and walk.sections[-1].level >= title.level:
        walk.sections.pop()
    lines = lines_of(0, passage)
    text = plain_text(passage, lines)
    span = Span(walk.path, passage.first, passage.last)
    if has_words(text):
        walk.blocks.append(Heading(span, walk.trail, text))
    else:
        if not title.is_bare:
            walk.blocks.append(Leftover(span, walk.trail, passage.text.replace(OBJECT, "").strip(), NO_WORDS))
        text = ""
    tags = (*title.tags, *(tag for line in lines for tag in line.ending.tags))
    is_skipped = any(line.ending.is_skipped for line in lines)
    stands_in_trail = not names_document or walk.outline.title not in ("", text)
    walk.sections.append(Section(title.level, text if stands_in_trail else "", tags, is_skipped))
    return text if names_document else ""


def _read_section(walk: Walk, start: int, end: int) -> None:
    """Read the pieces [start, end), which stand under one heading."""
    pieces = walk.outline.pieces
    lines: list[Line] = []
    for index in range(start, end):
        piece = pieces[index]
        above = _above(walk, walk.parents[index])
        if isinstance(piece, Scrap):
            span = Span(walk.path, piece.first, piece.last)
            walk.blocks.append(Leftover(span, above.trail, piece.text, piece.reason))
        elif isinstance(piece, Asked):
            walk.paragraphs.setdefault((piece.parent, -index), len(walk.paragraphs) + 1)
            for found in _asked(walk, index, piece, above):
                _add(walk, found)
        elif isinstance(piece, Passage):
            own = lines_of(index, piece)
            lines += own
            walk.paragraphs.setdefault((piece.parent, piece.group), len(walk.paragraphs) + 1)
            if index in walk.roofed:
                walk.roofs[index] = _roof(walk.path, piece, own, above)
    for group in groups(lines, pieces, walk.parents):
        _read_group(walk, group)


def _asked(walk: Walk, index: int, piece: Asked, above: Roof) -> Iterator[Statement | Pair | Leftover | Diagnostic]:
    """The card that the author wrote in another tool's way, and what stood in it that no card shows."""
    span = Span(walk.path, piece.first, piece.last)
    place = _place(walk, above, walk.paragraphs[piece.parent, -index], has_children=index in walk.roofed)
    place = replace(place, tags=unique((*place.tags, *piece.tags)))
    prompt, endings = side(piece.prompt)
    if index in walk.roofed:
        trail = (*above.trail, prompt.text) if has_words(prompt.text) else above.trail
        walk.roofs[index] = Roof(trail, span)
    if piece.answer is None:
        passage = joined(piece.prompt)
        lines = lines_of(index, passage)
        shown = tuple(each for part in piece.prompt if isinstance(part, Scrap) for each in part.exhibits)
        if lines:
            found = statements(passage, lines, place, shown, by_sentence=False)
            yield from (each if isinstance(each, Diagnostic) else replace(each, span=span) for each in found)
    else:
        answer, others = side(piece.answer)
        yield from written(Sides(span, prompt, answer, (*endings, *others), both_ways=piece.both_ways), place)
    for part in (*piece.prompt, *(piece.answer or ())):
        if isinstance(part, Scrap) and not part.exhibits:
            yield Leftover(Span(walk.path, part.first, part.last), place.trail, part.text, part.reason)


def _above(walk: Walk, parent: int | None) -> Roof:
    """What stands above a piece that is indented under `parent`."""
    return Roof(walk.trail, None) if parent is None else walk.roofs.get(parent, Roof(walk.trail, None))


def _roof(path: str, passage: Passage, lines: list[Line], above: Roof) -> Roof:
    """What stands above the children of a passage: its text, or the question or term that it is."""
    kind = lines[0].kind if lines else LineKind.TAGS
    if kind is LineKind.TAGS and len(lines) <= 1:
        return above
    text = plain_text(passage, lines).rstrip(":").rstrip()
    if kind in (LineKind.QUESTION, LineKind.DEFINITION):
        text = lines[0].body
    text = CHECKBOX.sub("", text, count=1) if CHECKBOX.match(text) else text
    trail = (*above.trail, text) if has_words(text) else above.trail
    return Roof(trail, Span(path, passage.first, passage.last))


def _read_group(walk: Walk, group: Group) -> None:
    """Add the blocks of one group of lines."""
    index = group.lines[0].piece
    passage = walk.outline.pieces[index]
    if not isinstance(passage, Passage):
        return
    above = _above(walk, passage.parent)
    paragraph = walk.paragraphs[passage.parent, passage.group]
    place = _place(walk, above, paragraph, has_children=index in walk.roofed)
    place = replace(place, columns=passage.columns)
    match group.kind:
        case LineKind.TAGS:
            _add_tags(walk, group.lines[0], passage, place)
        case LineKind.PROPERTY:
            line = group.lines[0]
            text = passage.text[line.start : line.end].strip()
            walk.blocks.append(
                Leftover(
                    Span(walk.path, line.number, line.number),
                    place.trail,
                    text,
                    COMMAND if text[0] == ":" else PROPERTY,
                )
            )
        case LineKind.QUESTION | LineKind.DEFINITION:
            for found in _pair(walk, group, place):
                _add(walk, found)
        case _:
            _tell_answers(walk, group, passage)
            below = walk.below.get(index, ())
            for each in statements(passage, group.lines, place, below, by_sentence=not passage.columns):
                _add(walk, each)


def _place(walk: Walk, above: Roof, paragraph: int, *, has_children: bool) -> Place:
    return Place(
        walk.path,
        above.trail,
        unique((*walk.tags, *(tag for section in walk.sections for tag in section.tags))),
        any(section.is_skipped for section in walk.sections),
        paragraph,
        above.span,
        has_children,
        len(above.trail) - len(walk.trail),
    )


def _tell_answers(walk: Walk, group: Group, passage: Passage) -> None:
    """Warn of lines that are answers by their sign, and answer nothing; `a:` may be anything."""
    for line in group.lines:
        if line.kind is LineKind.ANSWER and passage.text[line.start : line.end].lstrip().startswith("A"):
            said = 'answer without a question above it; write "Q: …" there, or leave "A:" out'
            span = Span(walk.path, line.number, line.number)
            walk.diagnostics.append(Diagnostic(span, Severity.WARNING, ANSWER_RULE, said))


def _add(walk: Walk, found: Block | Diagnostic) -> None:
    if isinstance(found, Diagnostic):
        walk.diagnostics.append(found)
    else:
        walk.blocks.append(found)


def _add_tags(walk: Walk, line: Line, passage: Passage, place: Place) -> None:
    """Tags on a line of their own are for all that is below them."""
    span = Span(walk.path, line.number, line.number)
    text = passage.text[line.start : line.end].strip()
    walk.blocks.append(Leftover(span, place.trail, text, TAGS))
    walk.tags = unique((*walk.tags, *line.ending.tags))
    if line.ending.is_skipped or line.ending.skips:
        said = '"#skip" stands alone and skips nothing; put it at the end of the line or heading to skip'
        walk.diagnostics.append(Diagnostic(span, Severity.WARNING, SKIP_RULE, said))
    for word, noun in line.ending.called:
        said = f'"#{word}({noun})" stands alone and explains nothing; put it at the end of the line that says “{word}”'
        walk.diagnostics.append(Diagnostic(span, Severity.WARNING, NAME_RULE, said))


def _pair(walk: Walk, group: Group, place: Place) -> Iterator[Pair | Leftover | Diagnostic]:
    span = Span(place.path, group.lines[0].number, group.lines[-1].number)
    answering = {part.piece for part in group.answer}
    asked = {index: shown for index, shown in walk.below.items() if index not in answering}
    prompt = saying(group.prompt, walk.outline.pieces, asked)
    answer = saying(group.answer, walk.outline.pieces, walk.below)
    endings = tuple(line.ending for line in group.lines)
    return written(Sides(span, prompt, answer, endings, both_ways=group.lines[0].both_ways), place)
