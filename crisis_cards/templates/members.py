"""members: a line that announces a few short ones asks which they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_cards.model import Card, Fact
from crisis_cards.phrase import capital, trim
from crisis_cards.templates.framing import question

FEWEST, MOST = 2, 4
MAX_WORDS = 4  # of a member: a longer one says something of its own
MIN_PROMPT_WORDS, MAX_PROMPT_WORDS = 2, 8
_TAIL = re.compile(r"\s*(?:\([^)]*\)|[–—-]\s.*)$")
NUMBERS = ("", "", "two", "three", "four")


def members(fact: Fact) -> Iterator[Card]:
    """One question for two to four members, each of a few words."""
    found = [trim(_TAIL.sub("", member)) for member in fact.members]
    said = trim(fact.text.rstrip(": "))
    is_short = all(found) and all(len(member.split()) <= MAX_WORDS and not set(":?") & set(member) for member in found)
    if (
        not FEWEST <= len(found) <= MOST
        or not is_short
        or not MIN_PROMPT_WORDS <= len(said.split()) <= MAX_PROMPT_WORDS
        or said.endswith("?")
    ):
        return
    yield question(fact, "members", f"{capital(said)}: which {NUMBERS[len(found)]}?", "; ".join(found))
