"""Make statements of a run of lines: blanks and tags found, syntax taken out, sentences parted."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crisis_cards.diagnostics import Diagnostic, Severity, Span
from crisis_cards.model import Exhibit, Leftover, Mark, MarkKind, Statement
from crisis_cards.reading.lines import Line
from crisis_cards.reading.links import line_names, link_cuts
from crisis_cards.reading.marks import Fault, blanks
from crisis_cards.reading.no_facts import why_no_fact
from crisis_cards.reading.pieces import Passage, clip, excerpt, exhibits_of
from crisis_cards.reading.sentences import sentences
from crisis_cards.reading.tags import Ending, unique
from crisis_cards.reading.tidy import Tidied, has_words, tidy
from crisis_cards.reasons import NO_WORDS, SKIPPED

MARK_RULE = "unbalanced-mark"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run of lines stands, and what it has from above."""

    path: str
    trail: tuple[str, ...]
    tags: tuple[str, ...]
    is_skipped: bool
    paragraph: int
    parent: Span | None
    has_children: bool
    depth: int = 0
    columns: tuple[str, ...] = ()


def statements(
    passage: Passage, lines: Sequence[Line], place: Place, below: tuple[Exhibit, ...] = (), *, by_sentence: bool
) -> Iterator[Statement | Leftover | Diagnostic]:
    """The statements of some lines of a passage, what is none, and what to tell the author.

    `below`: what is shown below the passage; it goes with the last statement.
    """
    base = lines[0].start
    run = excerpt(passage, base, lines[-1].end)
    found = blanks(run.text, run.literal)
    tags = [(line.ending.start - base, line.end - base) for line in lines]
    objects = [(at, at + 1) for at, _ in run.exhibits]
    tidied = tidy(run.text, run.marks + found.marks, (*found.cuts, *link_cuts(run.text, run.literal), *tags, *objects))
    spans = _lines_of(tidied, run, _parts(tidied, by_sentence=by_sentence))
    endings = _endings(spans, lines)
    names = _names(run, tidied, spans)
    for index, (start, end, first, last) in enumerate(spans):
        span = Span(place.path, first, last)
        text = tidied.text[start:end]
        own = endings[index]
        faults = [fault for fault in found.faults if start <= bisect_left(tidied.origins, fault.at) < end]
        if place.is_skipped or any(each.is_skipped for each in own):
            yield Leftover(span, place.trail, text, SKIPPED)
        elif faults:
            yield from (_diagnostic(place.path, run, fault) for fault in faults)
            yield Leftover(span, place.trail, text, "; ".join(dict.fromkeys(fault.message for fault in faults)))
        elif not has_words(text):
            yield Leftover(span, place.trail, text, NO_WORDS)
        elif reason := _why_no_fact(text, clipped := tuple(clip(tidied.marks, start, end)), place):
            yield Leftover(span, place.trail, text, reason)
        else:
            yield Statement(
                span,
                place.trail,
                text,
                clipped,
                unique((*place.tags, *(tag for each in own for tag in each.tags))),
                unique(answer for each in own for answer in each.skips),
                place.paragraph,
                place.parent,
                place.has_children,
                place.depth,
                names.get(index, ""),
                place.columns,
                _called(own),
                exhibits=(*_within(run, tidied, spans, index), *(below if index == len(spans) - 1 else ())),
                allows=unique(rule for each in own for rule in each.allows),
            )


def _why_no_fact(text: str, marks: tuple[Mark, ...], place: Place) -> str:
    """Why a text is no fact by its form; empty if it may be one, or if its author wants it to be asked."""
    if place.columns or any(mark.kind is MarkKind.BLANK for mark in marks):
        return ""
    return why_no_fact(text, marks, is_under=place.parent is not None or place.has_children)


def _called(endings: Sequence[Ending]) -> tuple[tuple[str, str], ...]:
    """The pronouns that the author explains, each with its first noun."""
    found: dict[str, str] = {}
    for word, noun in (pair for each in endings for pair in each.called):
        found.setdefault(word, noun)
    return tuple(found.items())


def plain_text(passage: Passage, lines: Sequence[Line]) -> str:
    """What the lines of a passage say, without tags, pictures and the syntax of blanks."""
    tags = [(line.ending.start, line.end) for line in lines]
    links = link_cuts(passage.text, passage.literal)
    objects = [(at, at + 1) for at, _ in passage.exhibits]
    return tidy(passage.text, (), (*blanks(passage.text, passage.literal).cuts, *links, *tags, *objects)).text


def _within(run: Passage, tidied: Tidied, spans: Sequence[tuple[int, int, int, int]], index: int) -> Iterator[Exhibit]:
    """What stands in a part of a run but its text; of two parts, what is between them is the first one's."""
    begin = tidied.origins[spans[index][0]] if index else 0
    end = tidied.origins[spans[index + 1][0]] if index + 1 < len(spans) else len(run.text)
    return (each for at, each in exhibits_of(run) if begin <= at < end)


def _parts(tidied: Tidied, *, by_sentence: bool) -> list[tuple[int, int]]:
    if not by_sentence:
        return [(0, len(tidied.text))] if tidied.text else []
    whole = (MarkKind.BLANK, MarkKind.CODE)
    return sentences(tidied.text, [(mark.start, mark.end) for mark in tidied.marks if mark.kind in whole])


def _lines_of(tidied: Tidied, run: Passage, parts: Sequence[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Each part with the first and the last line that it stands on."""
    breaks = [at for at, character in enumerate(run.text) if character == "\n"]
    return [
        (
            start,
            end,
            run.first + bisect_left(breaks, tidied.origins[start]),
            run.first + bisect_left(breaks, tidied.origins[end - 1]),
        )
        for start, end in parts
    ]


def _endings(spans: Sequence[tuple[int, int, int, int]], lines: Sequence[Line]) -> list[list[Ending]]:
    """For each part the tags that are its own: those of the line that it ends on, or else runs on from."""
    found: list[list[Ending]] = [[] for _ in spans]
    last_lines = [last for *_, last in spans]
    for line in lines:
        if line.ending.start == line.end or not spans:
            continue
        begin, end = bisect_left(last_lines, line.number), bisect_right(last_lines, line.number)
        if begin == end:
            begin = min(begin, len(spans) - 1)
            end = begin + 1
        for index in range(begin, end):
            found[index].append(line.ending)
    return found


def _names(run: Passage, tidied: Tidied, spans: Sequence[tuple[int, int, int, int]]) -> dict[int, str]:
    """The ids that the author wrote, by the index of the part that each ends."""
    begins = [tidied.origins[start] for start, *_ in spans]
    found = ((bisect_right(begins, at) - 1, name) for at, name in line_names(run.text, run.literal))
    return {index: name for index, name in found if index >= 0}


def _diagnostic(path: str, run: Passage, fault: Fault) -> Diagnostic:
    line = run.first + run.text.count("\n", 0, fault.at)
    return Diagnostic(Span(path, line, line), Severity.ERROR, MARK_RULE, fault.message)
