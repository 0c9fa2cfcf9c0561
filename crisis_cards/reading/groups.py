"""Which lines make one card or one run of statements: questions find their answers here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crisis_cards.reading.lines import Line, LineKind, parted_question


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together.

    `kind` is that of the first line; OTHER for a run of statements, whose lines are of one passage. `prompt`
    and `answer` are empty where there are none; a question without an answer has a prompt alone.
    """

    kind: LineKind
    lines: tuple[Line, ...]
    prompt: str = ""
    answer: str = ""


def groups(lines: Sequence[Line], parents: Sequence[int | None]) -> Iterator[Group]:
    """Group the lines of one section. `parents[i]` is the piece that piece `i` is indented under."""
    at = 0
    while at < len(lines):
        line = lines[at]
        match line.kind:
            case LineKind.TAGS:
                group = Group(line.kind, (line,))
            case LineKind.QUESTION:
                group = _question(lines, at, parents)
            case LineKind.DEFINITION:
                run = _run(lines, at, None)
                group = Group(line.kind, run, line.body, joined((line, *run[1:]), line.rest))
            case _:
                end = at + 1
                while end < len(lines) and lines[end].piece == line.piece and _is_said(lines[end]):
                    end += 1
                group = Group(LineKind.OTHER, tuple(lines[at:end]))
        yield group
        at += len(group.lines)


def joined(lines: Sequence[Line], first: str = "") -> str:
    """What lines say: those of one passage go on in one line, others stand on lines of their own."""
    said = first or lines[0].body
    for before, line in pairwise(lines):
        said += (" " if before.piece == line.piece else "\n") + line.body
    return said.strip()


def _question(lines: Sequence[Line], at: int, parents: Sequence[int | None]) -> Group:
    """A question with its answer: below it, or else on its own line."""
    asked = _run(lines, at, parents)
    after = at + len(asked)
    if after < len(lines) and lines[after].kind is LineKind.ANSWER and _follows(lines[after], lines[at], parents):
        answered = _run(lines, after, parents)
        prompt, answer = joined(asked), joined(answered)
        if prompt and answer:
            return Group(LineKind.QUESTION, asked + answered, prompt, answer)
    elif parts := parted_question(lines[at]):
        return Group(LineKind.QUESTION, asked, parts[0], joined(asked, parts[1]))
    run = _run(lines, at, None)
    return Group(LineKind.QUESTION, run, joined(run))


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
