"""emphasised: words that the author set in bold, italics or code are blanked: the author says what matters."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.model import Card, Fact, MarkKind, Statement
from crisis_cards.templates.framing import cloze

MAX_WORDS = 6
EMPHASIS = frozenset({MarkKind.STRONG, MarkKind.EMPHASIS, MarkKind.CODE, MarkKind.UNDERLINED})


def emphasised(fact: Fact) -> Iterator[Card]:
    """One blank for each emphasised run of a few words, unless all of the text is emphasised."""
    block = fact.block
    if not isinstance(block, Statement):
        return
    last = fact.offset + len(fact.text)
    for mark in block.marks:
        inside = fact.offset <= mark.start and mark.end <= last and mark.kind in EMPHASIS
        words = block.text[mark.start : mark.end]
        if inside and len(words.split()) <= MAX_WORDS and len(words) < len(fact.text.rstrip(" .:")):
            card = cloze(fact, "emphasised", mark.start - fact.offset, mark.end - fact.offset)
            if card is not None:
                yield card
