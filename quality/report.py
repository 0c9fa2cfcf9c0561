"""What readers say of today's cards: `python -m quality.report` (as `make quality`).

For each set of notes: the share of good, weak and bad cards with its interval, by template and by style, and how many
of the statements have a card. Exit 1 when the locked notes fare worse than they did, or when too many of their cards
have no verdict any more; `--accept` makes what is measured now what later ones are held to.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from quality.cards import SETS, Coverage, Made, all_made
from quality.verdicts import Verdict, load

BASELINE = Path(__file__).parent / "locked.tsv"
MAX_UNJUDGED = 0.1
# A cell is held to its figures once it has so many cards; its shares may fall by this much, which is a card or two.
MIN_CELL, MAX_FALL = 15, 0.05
Z = 1.96  # two sides of 95 %


@dataclass(frozen=True, slots=True)
class Tally:
    """How many cards there are, and how many of them were called good, weak and bad."""

    cards: int
    good: int
    weak: int
    bad: int

    @property
    def judged(self) -> int:
        """The cards that have a verdict."""
        return self.good + self.weak + self.bad


def tally(made: Iterable[Made], verdicts: dict[str, Verdict]) -> Tally:
    """Count the verdicts of some cards."""
    cards = list(made)
    found = Counter(verdicts[each.seen.name].verdict for each in cards if each.seen.name in verdicts)
    return Tally(len(cards), found["good"], found["weak"], found["bad"])


def share(part: int, whole: int) -> str:
    """A share with its 95 % interval after Wilson, as `53 % (49-57)`."""
    if not whole:
        return "-"
    p = part / whole
    middle = (p + Z * Z / (2 * whole)) / (1 + Z * Z / whole)
    half = Z * math.sqrt(p * (1 - p) / whole + Z * Z / (4 * whole * whole)) / (1 + Z * Z / whole)
    return f"{p:.0%} ({middle - half:.0%}-{middle + half:.0%})"


def line(name: str, found: Tally) -> str:
    """A row of the report."""
    good, usable = share(found.good, found.judged), share(found.good + found.weak, found.judged)
    return f"  {name:<28} {found.cards:>5} {found.judged:>6}   {good:<18} {usable:<18} {found.bad:>4}"


def chosen_of(name: str) -> tuple[list[tuple[str, Made]], list[Coverage]]:
    """The cards in the decks of a set, each with its file, and the coverage of the files."""
    cards: list[tuple[str, Made]] = []
    coverages = []
    for path, made, coverage in all_made(name):
        cards += [(path.name, each) for each in made if not each.dropped]
        coverages.append(coverage)
    return cards, coverages


def by_template(cards: Iterable[tuple[str, Made]], verdicts: dict[str, Verdict]) -> dict[str, Tally]:
    """The tally of each template, those with most cards first."""
    groups: dict[str, list[Made]] = {}
    for _, made in cards:
        groups.setdefault(made.template, []).append(made)
    return {name: tally(each, verdicts) for name, each in sorted(groups.items(), key=lambda item: -len(item[1]))}


def report(name: str, verdicts: dict[str, Verdict]) -> dict[str, Tally]:
    """Print a set; its tallies by template, and that of all as `all`."""
    cards, coverages = chosen_of(name)
    cells = {"all": tally((made for _, made in cards), verdicts), **by_template(cards, verdicts)}
    print(f"{name} notes             {'cards':>14} {'judged':>6}   {'good':<18} {'good or weak':<18} {'bad':>4}")
    for cell, found in cells.items():
        print(line(cell, found))
    print()
    for coverage in coverages:
        print(line(coverage.file, tally((made for file, made in cards if file == coverage.file), verdicts)), end="")
        print(f"   {coverage.asked} of {coverage.facts} asked")
    asked, facts = sum(each.asked for each in coverages), sum(each.facts for each in coverages)
    statements = sum(each.statements for each in coverages)
    print(f"\n  a card for {asked} of {facts} statements that state a fact ({asked / facts:.0%}), of {statements}\n")
    return cells


def baseline() -> dict[str, Tally]:
    """The figures that the locked notes are held to."""
    rows = (row.split("\t") for row in BASELINE.read_text("utf-8").splitlines() if not row.startswith("#"))
    return {name: Tally(*map(int, counts)) for name, *counts in rows}


def complaints(now: dict[str, Tally], before: dict[str, Tally]) -> list[str]:
    """What is worse than it was."""
    found = []
    unjudged = now["all"].cards - now["all"].judged
    if unjudged > MAX_UNJUDGED * now["all"].cards:
        found.append(f"{unjudged} of {now['all'].cards} cards of the locked notes have no verdict; judge them anew")
    for name, then in before.items():
        cell = now.get(name, Tally(0, 0, 0, 0))
        if min(cell.judged, then.judged) < MIN_CELL:
            continue
        good = then.good / then.judged - cell.good / cell.judged
        usable = cell.bad / cell.judged - then.bad / then.judged
        if max(good, usable) > MAX_FALL:
            found.append(
                f"{name}: {share(cell.good, cell.judged)} good, {cell.bad} of {cell.judged} bad; it was better"
            )
    return found


def main() -> None:
    """Print the report of both sets, and hold the locked one to what it was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accept", action="store_true", help="hold later reports to what is measured now")
    options = parser.parse_args()
    verdicts = load()
    cells = {name: report(name, verdicts) for name in SETS}
    print(f"{len(verdicts)} verdicts, {sum(each.of == 'locked' for each in verdicts.values())} of them on locked notes")
    if options.accept:
        rows = (f"{name}\t{t.cards}\t{t.good}\t{t.weak}\t{t.bad}\n" for name, t in cells["locked"].items())
        BASELINE.write_text("# template, cards, good, weak, bad. Made by quality/report.py --accept.\n" + "".join(rows))
        return
    found = complaints(cells["locked"], baseline())
    for each in found:
        print(f"worse: {each}", file=sys.stderr)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
