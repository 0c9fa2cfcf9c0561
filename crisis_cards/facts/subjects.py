"""Whose subject a line shares that begins with its verb, where no heading or parent names it: the line's above."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import takewhile

from crisis_cards.facts.labels import Label
from crisis_cards.grammar import is_person, main_subject
from crisis_cards.model import Fact, Statement
from crisis_cards.phrase import inside

MAX_WORDS = 8  # of a subject that other lines may share
PRONOUNS = frozenset({"EX", "DT", "WP", "WDT", "PRP"})


def subject_near(facts: Sequence[Fact], index: int) -> Label | None:
    """The subject of the line before a fact in its paragraph, or of its parent; None while that is not known."""
    fact = facts[index]
    above = line_before(facts, index) or line_over(facts, index)
    return subject_label(above) if above is not None and fact.parse is not None else None


def subject_label(fact: Fact) -> Label | None:
    """The subject of a fact as it may be filled in elsewhere: a noun phrase of its own, or what was filled in."""
    parse = fact.parse
    head = main_subject(parse)
    if parse is None or head is None:
        return None
    joined = any(token.dependency == "conj" for token in parse.children(head))
    is_plural = joined or head.tag in {"NNS", "NNPS"}
    for fill in fact.fills:
        if fill.start == fill.end or (fill.start, fill.end) == (head.start, head.end):
            return Label(fill.text, fill.origin, is_plural, is_person(parse, head))
    if head.tag in PRONOUNS or head.dependency in {"csubj", "csubjpass"} or not head.is_shown:
        return None
    text = inside(fact, parse.subtree(head))
    if "," in text or len(text.split()) > MAX_WORDS or not parse.is_stable:
        return None
    return Label(text, fact.block.span, is_plural, is_person(parse, head) and not joined)


def line_before(facts: Sequence[Fact], index: int) -> Fact | None:
    """The fact right before one in its paragraph."""
    block = facts[index].block
    above = facts[index - 1] if index else None
    if above is None or not isinstance(block, Statement) or not isinstance(above.block, Statement):
        return None
    return above if above.block.paragraph == block.paragraph else None


def line_over(facts: Sequence[Fact], index: int) -> Fact | None:
    """The fact that one is indented under."""
    block = facts[index].block
    parent = block.parent if isinstance(block, Statement) else None
    if parent is None:
        return None
    # Facts stand in the order of their lines, so a parent of a hundred thousand children is found at once.
    at = bisect_right(facts, parent.last, hi=index, key=lambda fact: fact.block.span.first)
    above = (facts[place] for place in range(at - 1, -1, -1))
    near = takewhile(lambda fact: fact.block.span.last >= parent.last, above)
    return next((fact for fact in near if fact.block.span.last == parent.last), None)
