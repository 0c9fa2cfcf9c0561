"""emphasised: words that the author set in bold, italics or code are blanked: the author says what matters."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.model import Card, Fact, MarkKind, Statement
from crisis_cards.templates.framing import cloze

MAX_WORDS = 6
MAX_RUNS = 40  # in one statement: where every word is emphasised, none is
EMPHASIS = frozenset({MarkKind.STRONG, MarkKind.EMPHASIS, MarkKind.CODE, MarkKind.UNDERLINED})


def emphasised(fact: Fact) -> Iterator[Card]:
    """One blank for each emphasised run of a few words, unless all of the text, or every word of it, is emphasised."""
    block = fact.block
    if not isinstance(block, Statement):
        return
    last = fact.offset + len(fact.text)
    inside = [mark for mark in block.marks if fact.offset <= mark.start and mark.end <= last and mark.kind in EMPHASIS]
    for mark in inside if len(inside) <= MAX_RUNS else ():
        words = block.text[mark.start : mark.end]
        if len(words.split()) <= MAX_WORDS and len(words) < len(fact.text.rstrip(" .:")):
            card = cloze(fact, "emphasised", mark.start - fact.offset, mark.end - fact.offset)
            if card is not None:
                yield card
