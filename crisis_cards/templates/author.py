"""author: the cards that the author wrote or marked, exactly so."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.model import Card, Cloze, Fact, MarkKind, Pair, Question, Statement
from crisis_cards.templates.framing import MAX_TOPIC_WORDS


def author(fact: Fact) -> Iterator[Card]:
    """A question for each pair (two for `:::`), a cloze for a statement with blanks."""
    block = fact.block
    trail = block.trail
    topic = (fact.title, *(part for part in trail if len(part.split()) <= MAX_TOPIC_WORDS and part != fact.title))
    context = tuple(part for part in trail if len(part.split()) > MAX_TOPIC_WORDS)
    match block:
        case Pair():
            yield Card(fact, "author", Question(block.prompt, block.answer, topic, context))
            if block.both_ways:
                yield Card(fact, "author", Question(block.answer, block.prompt, topic, context))
        case Statement() if any(mark.kind is MarkKind.BLANK for mark in block.marks):
            yield Card(fact, "author", Cloze(block.text, block.marks, topic, context))
        case _:
            return
