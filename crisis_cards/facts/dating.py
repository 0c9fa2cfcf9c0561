"""Dating facts.

A date at the head of a line dates that line; the lines below it, until the next date or heading, carry it. A carried
date may be wrong (an event noted later in the list happened later), so it is told on the back of a card and never
asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from crisis_cards.dates import DATE, NEXT, SAME
from crisis_cards.model import Dating, Fact, Statement, When
from crisis_cards.tongues import ENGLISH

_SEPARATOR = re.compile(r"\s*(?:[:–—]|\s--?|,(?=\s[A-Z]))\s+")
# Nothing but white space, as in a timeline: "1789 Bastille", but not "1789 saw".
_SPACE = re.compile(r"\s+(?=[\"“‘(]?[^\W\d_a-z])")


def date(facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts of one section with their dates; a date at the head of a text is cut off it."""
    last: When | None = None
    section = list(facts)
    listed = _timelines(section)
    for index, fact in enumerate(section):
        if fact.language != ENGLISH:
            yield fact
            continue
        now, length = _leading(fact, last, is_listed=index in listed)
        alone = DATE.fullmatch(fact.text.rstrip(" :"))
        if alone is not None:  # "February 1933:" dates what is below it and says nothing itself
            last = When(alone[0], fact.block.span, Dating.CARRIED)
            yield fact
        elif now is None:
            yield replace(fact, when=last)
        else:
            last = When(now.text, now.origin, Dating.CARRIED)
            yield replace(fact, when=now, text=fact.text[length:], offset=fact.offset + length)


def under_date(fact: Fact) -> Fact:
    """`fact` with the date that is its heading or parent, unless it has one of its own."""
    trail = fact.block.trail
    above = DATE.fullmatch(trail[-1].strip(" :")) if trail and fact.language == ENGLISH else None
    if above is None or (fact.when is not None and fact.when.dating is not Dating.CARRIED):
        return fact
    return replace(fact, when=When(above[0], fact.roofs[-1] if fact.roofs else fact.block.span, Dating.NAMED))


def _timelines(facts: Sequence[Fact]) -> frozenset[int]:
    """The places of the facts that begin with a date, as does one beside them in their list or paragraph."""
    dated = {index for index, fact in enumerate(facts) if fact.text[:1].isalnum() and DATE.match(fact.text)}
    found: set[int] = set()
    for index in dated:
        one, two = facts[index].block, facts[index + 1].block if index + 1 in dated else None
        if isinstance(one, Statement) and isinstance(two, Statement) and one.paragraph == two.paragraph:
            found |= {index, index + 1}
    return frozenset(found)


def _leading(fact: Fact, last: When | None, *, is_listed: bool) -> tuple[When | None, int]:
    """The date that `fact` begins with and how many characters it takes, its separator included."""
    for pattern in (DATE, SAME, NEXT):
        match = pattern.match(fact.text)
        separator = _SEPARATOR.match(fact.text, match.end()) if match else None
        if match is not None and separator is None and is_listed and pattern is DATE:
            separator = _SPACE.match(fact.text, match.end())
        if match is None or separator is None or separator.end() == len(fact.text):
            continue
        if pattern is DATE:
            return When(match[0], fact.block.span, Dating.OWN), separator.end()
        if last is not None:
            text = last.text if pattern is SAME else f"the {match[1].lower()} after {last.text}"
            return When(text, last.origin, Dating.NAMED), separator.end()
    return None, 0
