"""Measured precision: how often cards like one were called good, or good or weak, by readers who saw only the cards.

The table is made from judged cards by `quality/table.py`; nothing in it is set by hand. A cell is a template, a kind
of answer, a kind of front, and a grade of line. A cell with few judgements leans on its template, and a
template with few on a low start: what is not known to be good counts as bad.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from crisis_cards.model import Card
from crisis_cards.templates.kinds import front_of, kind_of

FILE = Path(__file__).parent / "precision.tsv"
START = (0.15, 0.5)  # of cards of which nothing is known: good, and good or weak
WEIGHT = 5  # judgements that a wider cell counts for in a narrower one
Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """The share of cards like one that are good, and that are good or weak."""

    good: float
    usable: float


def estimate(card: Card) -> Estimate:
    """What is to be expected of a card."""
    return _estimate(cell_of(card))


def cell_of(card: Card) -> Cell:
    """The cell of a card, from the widest to the narrowest of its parts."""
    return card.template, kind_of(card), front_of(card), str(card.fact.grade)


def loaded(rows: Iterable[str]) -> dict[Cell, tuple[int, int, int]]:
    """The counts of good, weak and bad cards for each cell and for each wider one that it is in."""
    table: dict[Cell, tuple[int, int, int]] = {}
    for row in rows:
        if row.startswith("#") or not row.strip():
            continue
        *cell, good, weak, bad = row.rstrip("\n").split("\t")
        for end in range(1, len(cell) + 1):
            have = table.get(tuple(cell[:end]), (0, 0, 0))
            table[tuple(cell[:end])] = (have[0] + int(good), have[1] + int(weak), have[2] + int(bad))
    return table


@cache
def _table() -> dict[Cell, tuple[int, int, int]]:
    return loaded(FILE.read_text("utf-8").splitlines())


@cache
def _estimate(cell: Cell) -> Estimate:
    good, usable = START
    for end in range(1, len(cell) + 1):
        counts = _table().get(cell[:end], (0, 0, 0))
        judged = sum(counts)
        good = (counts[0] + WEIGHT * good) / (judged + WEIGHT)
        usable = (counts[0] + counts[1] + WEIGHT * usable) / (judged + WEIGHT)
    return Estimate(good, usable)
