"""event: a name with its date and nothing else, as bullets begin, asks when that was."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_cards.dates import DATE
from crisis_cards.grammar import PEOPLE, finite_verbs
from crisis_cards.model import Card, Fact
from crisis_cards.templates.framing import question

_BETWEEN = re.compile(r"[\s,:(–—-]*")
MAX_WORDS = 7


def event(fact: Fact) -> Iterator[Card]:
    """One question for the date that ends a line whose rest is a name."""
    parse = fact.parse
    found = list(DATE.finditer(fact.text.rstrip(" :)")))
    if parse is None or len(found) != 1 or found[0].end() != len(fact.text.rstrip(" :)")):
        return
    name = _BETWEEN.sub("", fact.text[: found[0].start()][::-1], count=1)[::-1]
    words = [token for token in parse.tokens if token.end <= len(name)]
    if (
        not name
        or len(words) > MAX_WORDS
        or any(mark in name for mark in ",;:(→")
        or any(True for _ in finite_verbs(parse))
    ):
        return
    last = words[-1] if words else None
    if last is None or last.tag not in {"NN", "NNP", "NNS", "NNPS"} or last.entity in PEOPLE:
        return
    yield question(fact, "event", f"When was {name}?", found[0][0])
