"""chain: what one thing leads to by arrows: each link is asked for by its neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.lexicon import ARROW
from crisis_cards.model import Card, Fact
from crisis_cards.templates.framing import cloze
from crisis_cards.templates.stems import content_words

FEWEST = 3  # links: two are a cause and its outcome
MAX_WORDS = 8


def chain(fact: Fact) -> Iterator[Card]:
    """One blank for each link of a chain but the first, those that say most before the others."""
    cuts = [match.span() for match in ARROW.finditer(fact.text)]
    ends = [*(start for start, _ in cuts[1:]), len(fact.text.rstrip(" ."))]
    links = [(start, end) for (_, start), end in zip(cuts, ends, strict=True)] if cuts else []
    if len(links) + 1 < FEWEST or any(end - start == 1 for start, end in links):  # "X -> Y" is a formula
        return

    def told(link: tuple[int, int]) -> int:
        return len(set(content_words(fact.text[slice(*link)])))

    for start, end in sorted(links, key=told, reverse=True):
        if told((start, end)) and len(fact.text[start:end].split()) <= MAX_WORDS:
            card = cloze(fact, "chain", start, end)
            if card is not None:
                yield card
