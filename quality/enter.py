"""Enter the verdicts of readers: `python -m quality.enter open verdicts-1.tsv …`.

A line is the name of a card, a verdict (good, weak or bad), and a reason, parted by tabs. Cards that the set does not
have any more are passed over and counted.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from quality.cards import SETS, all_made
from quality.verdicts import VERDICTS, Verdict, dump, load


def main() -> None:
    """Enter the verdicts of some files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("of", choices=SETS)
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args()
    known = {each.seen.name: each.seen for _, found, _ in all_made(options.of) for each in found}
    verdicts = load()
    entered = passed = 0
    for path in options.files:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            name, verdict, reason = (*line.split("\t"), "", "")[:3]
            if verdict not in VERDICTS:
                sys.exit(f'{path}:{number}: verdict "{verdict}" is none of {", ".join(VERDICTS)}')
            if name in known:
                verdicts[name] = Verdict(options.of, known[name], verdict, reason.strip())
                entered += 1
            else:
                passed += 1
    dump(verdicts.values())
    print(f"{entered} entered, {passed} of cards that are not made any more")


if __name__ == "__main__":
    main()
