"""author: the cards that the author wrote or marked, exactly so."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.model import Card, Cloze, Fact, MarkKind, Pair, Question, Statement
from crisis_cards.templates.framing import MAX_TOPIC_PARTS, long_lines_above


def author(fact: Fact) -> Iterator[Card]:
    """A question for each pair (two for `:::`), a cloze for a statement with blanks."""
    block = fact.block
    context = long_lines_above(fact)
    topic = (fact.title, *[part for part in block.trail if part not in (*context, fact.title)][-MAX_TOPIC_PARTS:])
    match block:
        case Pair():
            yield Card(fact, "author", Question(block.prompt, block.answer, topic, context))
            if block.both_ways:
                yield Card(fact, "author", Question(block.answer, block.prompt, topic, context))
        case Statement() if any(mark.kind is MarkKind.BLANK for mark in block.marks):
            yield Card(fact, "author", Cloze(block.text, block.marks, topic, (*context, *_explained(block))))
        case _:
            return


def _explained(block: Statement) -> Iterator[str]:
    """Who or what the author says that a pronoun stands for, unless that is asked for."""
    asked = [block.text[mark.start : mark.end] for mark in block.marks if mark.kind is MarkKind.BLANK]
    for word, noun in block.called:
        if not any(noun in each or each in noun for each in asked):
            yield f"{word.capitalize()}: {noun}"
