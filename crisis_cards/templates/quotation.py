"""quotation: who said the words between quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_cards.grammar import NAMES, is_person, subject_of
from crisis_cards.model import Card, Fact
from crisis_cards.phrase import say
from crisis_cards.templates.framing import question

QUOTED = re.compile(r"(?<!\w)[‘“\"'](?P<words>[^‘’“”\"]+(?:’\w+[^‘’“”\"]*)*)[’”\"'](?!\w)")
SAYING = frozenset(
    """
    say declare announce write state argue claim ask reply answer shout proclaim remark
    """.split()
)
MIN_WORDS = 4


def quotation(fact: Fact) -> Iterator[Card]:
    """One question for each quotation of four words or more that has its speaker in the line."""
    parse = fact.parse
    if parse is None:
        return
    for match in QUOTED.finditer(fact.text):
        verbs = [token for token in parse.tokens if token.lemma in SAYING and token.end <= match.start()]
        speaker = subject_of(parse, verbs[-1]) if verbs else None
        named = speaker is not None and (is_person(parse, speaker) or speaker.tag in NAMES)
        if speaker is not None and named and len(match["words"].split()) >= MIN_WORDS:
            prompt = f"Who {verbs[-1].text} “{match['words'].strip()}”?"
            yield question(fact, "quotation", prompt, say(fact, parse.subtree(speaker)))
