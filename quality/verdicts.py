"""Verdicts: what readers said of cards, kept with the very words that they saw.

A line of `verdicts.tsv` is set, file, topic, context, front, back, verdict, reason. A card whose words change has no
verdict any more; the line stays, for the words may come back.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path

from quality.cards import Seen

FILE = Path(__file__).parent / "verdicts.tsv"
VERDICTS = ("good", "weak", "bad")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reader said of a card of a set."""

    of: str
    seen: Seen
    verdict: str
    reason: str = ""


def load(path: Path = FILE) -> dict[str, Verdict]:
    """The verdicts by the names of their cards."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None))
    found = (Verdict(row[0], Seen(*row[1:6]), *row[6:8]) for row in rows)
    return {each.seen.name: each for each in found}


def dump(verdicts: Iterable[Verdict], path: Path = FILE) -> None:
    """Write verdicts in the order of set, file and front."""
    rows = sorted([each.of, *astuple(each.seen), each.verdict, each.reason] for each in verdicts)
    path.write_text("".join("\t".join(row) + "\n" for row in rows), "utf-8")
