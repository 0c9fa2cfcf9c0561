"""What a fact is made from, without asking a parser: if nothing of it changed, neither has what was made of it.

Headings are among the inputs only of what leans on the lines above: a line without a subject is about what its
heading names. Elsewhere a heading may be renamed or moved, and nobody's cards change.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from crisis_cards.facts.glossary import Glossary
from crisis_cards.facts.split import has_blanks
from crisis_cards.model import Dating, Exhibit, Fact, Mark, Pair, Statement
from crisis_cards.tongues import ENGLISH

# How many lines before a fact in its paragraph can bear on it: three that it may lean on, and what these lean on.
REACH = 6


@dataclass(frozen=True, slots=True)
class Inputs:
    """The indices of the facts that one may lean on, nearest first, and digests of what it is made from.

    `alone`: of its own words, marks, date and parents; `with_above`: of these, the headings, and the lines that it may
    lean on.
    """

    above: tuple[int, ...]
    alone: str
    with_above: str


def inputs_of(facts: Sequence[Fact], glossary: Glossary) -> tuple[Inputs, ...]:
    """The inputs of each fact of one document, in order."""
    alone = [_digest(_own(fact, glossary)) for fact in facts]
    return tuple(
        Inputs(above, own, _digest([own, list(fact.block.trail), *(alone[index] for index in above)]))
        for fact, own, above in zip(facts, alone, _lines_above(facts), strict=True)
    )


def _lines_above(facts: Sequence[Fact]) -> Iterator[tuple[int, ...]]:
    """For each fact the lines before it in its paragraph, then its parents and what these may lean on."""
    paragraphs: dict[int, list[int]] = {}
    ending: dict[int, int] = {}
    reaches: list[tuple[int, ...]] = []
    for index, fact in enumerate(facts):
        block = fact.block
        reach: tuple[int, ...] = ()
        if isinstance(block, Statement):
            before = tuple(reversed(paragraphs.get(block.paragraph, [])[-REACH:]))
            parent = ending.get(block.parent.last) if block.parent is not None else None
            reach = before if parent is None else (*before, parent, *reaches[parent])
            paragraphs.setdefault(block.paragraph, []).append(index)
            ending[block.span.last] = index
        reaches.append(tuple(dict.fromkeys(reach)))
        yield reaches[-1]


def _own(fact: Fact, glossary: Glossary) -> list[object]:
    block = fact.block
    when = fact.when if fact.when is not None and fact.when.dating is not Dating.CARRIED else None
    terms = {term.short: [term.full, term.kind.value] for _, _, term in glossary.terms_in(fact.words)}
    said = [block.prompt, block.answer, block.both_ways] if isinstance(block, Pair) else [block.text]
    marks = [] if isinstance(block, Pair) else [_mark(mark) for mark in block.marks]
    skips = [] if isinstance(block, Pair) else [*block.skips, *block.called]
    dated = [when.text, when.dating.value] if when is not None else []
    parents = list(block.trail[len(block.trail) - block.depth :])
    place = [parents, fact.is_only_child, list(fact.members)]
    told = [fact.words, fact.label, fact.about, fact.cause, said, marks, skips, dated, place, sorted(terms.items())]
    is_left_to_us = isinstance(block, Statement) and not has_blanks(block)
    spoken = [fact.language] if fact.language != ENGLISH and is_left_to_us else []
    return [*told, *_shown(block), *spoken]


def _mark(mark: Mark) -> list[object]:
    told: list[object] = [mark.start, mark.end, mark.kind.value, mark.number, mark.hint]
    return [*told, mark.target] if mark.target else told


def _shown(block: Statement | Pair) -> list[object]:
    """What is shown with a block but its text; nothing when there is nothing."""
    if isinstance(block, Pair):
        sides = ((block.prompt_marks, block.prompt_exhibits), (block.answer_marks, block.answer_exhibits))
        shown = [([_mark(mark) for mark in marks], [_exhibit(each) for each in exhibits]) for marks, exhibits in sides]
        return [shown] if any(marks or exhibits for marks, exhibits in sides) else []
    return [[_exhibit(each) for each in block.exhibits]] if block.exhibits else []


def _exhibit(exhibit: Exhibit) -> list[object]:
    return [exhibit.kind.value, exhibit.text, exhibit.target, exhibit.is_within]


def _digest(value: object) -> str:
    return blake2b(json.dumps(value).encode("ascii"), digest_size=10).hexdigest()
