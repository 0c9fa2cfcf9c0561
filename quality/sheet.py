"""Write sheets of cards that nobody has judged yet: `python -m quality.sheet open --parts 4 --into sheets/`.

A sheet shows a card as a learner meets it, under a name that says nothing of how it was made. Besides the cards of
the deck come, on demand, some that were not chosen, so that the table of precision knows of them, too.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path

from quality.cards import SETS, Made, Seen, all_made
from quality.verdicts import load

SPARE = 40  # judged candidates that every template should have


def unjudged(name: str, seed: int, *, with_spare: bool) -> list[Seen]:
    """The cards of a set without a verdict, in an order that says nothing."""
    judged = load()
    made = [each for _, found, _ in all_made(name) for each in found]
    chosen = {each.seen.name: each for each in made if not each.dropped}
    counts = Counter(each.template for each in made if each.seen.name in judged or each.seen.name in chosen)
    spare = [each for each in made if each.dropped and each.is_open] if with_spare else []
    random.Random(seed).shuffle(spare)
    wanted: dict[str, Made] = {key: each for key, each in chosen.items() if key not in judged}
    for each in spare:
        key = each.seen.name
        if counts[each.template] < SPARE and key not in judged and key not in wanted:
            counts[each.template] += 1
            wanted[key] = each
    names = sorted(wanted)
    random.Random(seed).shuffle(names)
    return [wanted[key].seen for key in names]


def sheet(cards: list[Seen]) -> str:
    """The text of a sheet."""
    return "\n".join(
        f"## {card.name}\nTopic: {card.topic}\n"
        + (f"Context: {card.context}\n" if card.context else "")
        + f"Front: {card.front}\nBack: {card.back}\n"
        for card in cards
    )


def main() -> None:
    """Write the sheets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("of", choices=SETS)
    parser.add_argument("--parts", type=int, default=1)
    parser.add_argument("--into", type=Path, default=Path())
    parser.add_argument("--seed", type=int, default=1962)
    parser.add_argument("--spare", action="store_true", help="also cards that were not chosen")
    options = parser.parse_args()
    cards = unjudged(options.of, options.seed, with_spare=options.spare)
    for part in range(options.parts):
        path = options.into / f"{options.of}-{part + 1}.md"
        path.write_text(sheet(cards[part :: options.parts]), "utf-8")
        print(f"{path}: {len(cards[part :: options.parts])} cards")


if __name__ == "__main__":
    main()
