"""quoted: what stands in quotation marks, of any language, and is too short to be a speech is blanked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_cards.model import Card, Fact
from crisis_cards.templates.abroad.measure import length
from crisis_cards.templates.framing import cloze

MAX_WORDS = 6
MIN_LETTERS = 2
# Opening and closing marks: those that stand free, those of East Asia, and those that are alike.
_FREE = (("„", "“"), ("„", "”"), ("«", "»"), ("»", "«"), ("“", "”"), ("‚", "‘"), ("‹", "›"))
_JOINED = (("「", "」"), ("『", "』"), ("《", "》"))
_ALIKE = (('"', '"'), ("״", "״"), ("”", "”"))
_QUOTED = re.compile(
    "|".join(
        [
            *(rf"{a}\s?([^{a}{b}]+?)\s?{b}(?!\w(?<![\u3040-\u9fff]))" for a, b in _FREE),
            *(rf"{a}([^{a}{b}]+){b}" for a, b in _JOINED),
            *(rf"(?<!\w){a}([^{a}]+){b}(?!\w)" for a, b in _ALIKE),
        ]
    )
)
_LISTED = re.compile(r"\s?(?:,|und|et|y|e|i|och|og|und|и)\s[„«»“‚‹\"]", re.IGNORECASE)
_LISTED_BEFORE = re.compile(r"[“”«»‘›\"]\s?(?:,|und|et|y|e|i|och|og|und|и)\s[„«»“‚‹\"]$", re.IGNORECASE)


def quoted(fact: Fact) -> Iterator[Card]:
    """One blank for each quoted phrase."""
    for match in _QUOTED.finditer(fact.text):
        group = match.lastindex or 0
        words = match[group]
        is_said = sum(sign.isalpha() for sign in words) >= MIN_LETTERS and not words.rstrip().endswith((",", ";", ":"))
        is_listed = _LISTED.match(fact.text, match.end()) or _LISTED_BEFORE.search(fact.text[: match.start(group)])
        is_lone = fact.language == "de" and words.islower() and len(words.split()) == 1  # an adjective, mostly
        if is_said and not is_listed and not is_lone and length(words) <= MAX_WORDS:
            card = cloze(fact, "quoted", *match.span(group))
            if card is not None:
                yield card
