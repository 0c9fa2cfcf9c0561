"""Which lines make one card or one run of statements: questions find their answers here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crisis_cards.reading.lines import Line, LineKind, parted_question
from crisis_cards.reading.pieces import Passage, Piece, Range


@dataclass(frozen=True, slots=True)
class Part:
    """Characters of the passage `piece`, in one line of it."""

    piece: int
    range: Range


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together.

    `kind` is that of the first line; OTHER for a run of statements, whose lines are of one passage. `prompt`
    and `answer` are empty where there are none; a question without an answer has a prompt alone.
    """

    kind: LineKind
    lines: tuple[Line, ...]
    prompt: tuple[Part, ...] = ()
    answer: tuple[Part, ...] = ()


def groups(lines: Sequence[Line], pieces: Sequence[Piece], parents: Sequence[int | None]) -> Iterator[Group]:
    """Group the lines of one section. `parents[i]` is the piece that piece `i` is indented under."""
    at = 0
    while at < len(lines):
        line = lines[at]
        match line.kind:
            case LineKind.TAGS | LineKind.PROPERTY:
                group = Group(line.kind, (line,))
            case LineKind.QUESTION:
                group = _question(lines, at, pieces, parents)
            case LineKind.DEFINITION:
                run = _run(lines, at, None)
                definition = Part(line.piece, line.rest_at)
                group = Group(line.kind, run, _parts((line,)), (definition, *_parts(run[1:])))
            case _:
                end = at + 1
                while end < len(lines) and lines[end].piece == line.piece and _is_said(lines[end]):
                    end += 1
                group = Group(LineKind.OTHER, tuple(lines[at:end]))
        yield group
        at += len(group.lines)


def _parts(lines: Sequence[Line]) -> tuple[Part, ...]:
    return tuple(Part(line.piece, line.body_at) for line in lines)


def _question(lines: Sequence[Line], at: int, pieces: Sequence[Piece], parents: Sequence[int | None]) -> Group:
    """A question with its answer: below it, or else on its own line."""
    asked = _run(lines, at, parents)
    after = at + len(asked)
    if after < len(lines) and lines[after].kind is LineKind.ANSWER and _follows(lines[after], lines[at], parents):
        answered = _run(lines, after, parents)
        return Group(LineKind.QUESTION, asked + answered, _parts(asked), _parts(answered))
    first, piece = lines[at], pieces[lines[at].piece]
    if isinstance(piece, Passage) and (ranges := parted_question(first, piece)):
        question, answer = (Part(first.piece, each) for each in ranges)
        return Group(LineKind.QUESTION, asked, (question,), (answer, *_parts(asked[1:])))
    run = _run(lines, at, None)
    return Group(LineKind.QUESTION, run, _parts(run))


def _run(lines: Sequence[Line], at: int, parents: Sequence[int | None] | None) -> tuple[Line, ...]:
    """A line and those that go on from it: in its passage and, given the parents, in those indented under it."""
    head = lines[at].piece
    end = at + 1
    while end < len(lines) and lines[end].kind is LineKind.OTHER:
        piece = lines[end].piece
        if piece != head and (parents is None or not _is_under(piece, head, parents)):
            break
        end += 1
    return tuple(lines[at:end])


def _follows(answer: Line, question: Line, parents: Sequence[int | None]) -> bool:
    """Whether an answer stands in the same passage as a question, beside it, or under it."""
    if answer.piece == question.piece or parents[answer.piece] == parents[question.piece]:
        return True
    return _is_under(answer.piece, question.piece, parents)


def _is_under(piece: int, head: int, parents: Sequence[int | None]) -> bool:
    above = parents[piece]
    while above is not None and above > head:
        above = parents[above]
    return above == head


def _is_said(line: Line) -> bool:
    return line.kind in (LineKind.OTHER, LineKind.ANSWER)
