"""Make the table of measured precision from the judged cards of the open notes: `python -m quality.table`.

The locked notes have no part in it: what is measured on them says how well the table serves notes it has not seen.
"""

from __future__ import annotations

from collections import Counter

from crisis_cards.templates import precision
from quality.cards import all_made
from quality.verdicts import load

HEAD = "# template, kind of answer, kind of front, grade of the line; good, weak, bad. Made by quality/table.py.\n"


def rows() -> list[str]:
    """The lines of the table, in order."""
    verdicts = load()
    counts: dict[tuple[str, ...], Counter[str]] = {}
    for _, found, _ in all_made("open"):
        for each in {each.seen.name: each for each in found}.values():
            if each.seen.name in verdicts and each.is_open:
                counts.setdefault(each.cell, Counter())[verdicts[each.seen.name].verdict] += 1
    return [
        "\t".join((*cell, str(found["good"]), str(found["weak"]), str(found["bad"])))
        for cell, found in sorted(counts.items())
    ]


def main() -> None:
    """Write the table into the package."""
    made = rows()
    precision.FILE.write_text(HEAD + "".join(f"{row}\n" for row in made), "utf-8")
    print(f"{precision.FILE.name}: {len(made)} cells")


if __name__ == "__main__":
    main()
