"""sequence: a line that announces stages, steps or a path: each one below it is asked for by its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_cards.dates import DATE
from crisis_cards.model import Card, Fact
from crisis_cards.phrase import capital, trim
from crisis_cards.templates.framing import cloze_in

FEWEST, MOST = 3, 7
MAX_WORDS = 6  # of a stage: a longer one says something of its own
MAX_PROMPT_WORDS = 8
_ORDERED = re.compile(
    r"\b(?:stages?|steps?|phases?|process|order|sequence|cycle|path|pathway|route|timeline|chronology|succession)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*(?:\([^)]*\)|[–—-]\s.*|:\s.*)$")
_NUMBER = re.compile(r"^\(?\d{1,2}[.)]\s+")


def sequence(fact: Fact) -> Iterator[Card]:
    """One blank for each stage but the first."""
    said = trim(fact.text.rstrip(": "))
    stages = [trim(_TAIL.sub("", _NUMBER.sub("", member))) for member in fact.members]
    is_short = all(stages) and all(len(stage.split()) <= MAX_WORDS and "?" not in stage for stage in stages)
    if not FEWEST <= len(stages) <= MOST or not is_short or not _ORDERED.search(said):
        return
    is_twice = len({stage.casefold() for stage in stages}) < len(stages)
    if len(said.split()) > MAX_PROMPT_WORDS or is_twice or any(DATE.fullmatch(stage) for stage in stages):
        return
    text = f"{capital(said)}: {' → '.join(stages)}"
    at = len(text) - len(" → ".join(stages[1:]))
    for stage in stages[1:]:
        yield cloze_in(fact, "sequence", text, at, at + len(stage))
        at += len(stage) + len(" → ")
