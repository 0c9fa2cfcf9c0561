"""cell: a row of a table; its first cell says what it is about, the head of a column asks, the cell answers."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.model import Card, Fact, Statement
from crisis_cards.templates.framing import question

MAX_WORDS = 10
EMPTY = frozenset({"", "-", "–", "—", "?", "n/a", "none", "…", "...", "yes", "no", "true", "false", "x", "✓", "+"})


def cell(fact: Fact) -> Iterator[Card]:
    """One question for each cell after the first."""
    block = fact.block
    if not isinstance(block, Statement) or not block.columns:
        return
    cells = [part.strip() for part in fact.text.split(" | ")]
    named = cells[0] if cells else ""
    if len(cells) != len(block.columns) or named in EMPTY:
        return
    for column, text in zip(block.columns[1:], cells[1:], strict=True):
        if column.strip() and text.lower() not in EMPTY and len(text.split()) <= MAX_WORDS:
            kind = f"{block.columns[0]}: " if block.columns[0].strip() else ""
            yield question(fact, "cell", f"{kind}{named}. {column.strip().rstrip('?:')}?", text)
