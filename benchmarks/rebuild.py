"""What a rebuild costs, as a share of the first build: `make bench`.

Notes of 5,000 statements are built for the first time, then again with one line edited, then without any edit; each
is a process of its own, and only shares of one run are compared, for machines differ. The bars: 1/10 and 1/25 of the
first build's time, and 200 MB.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WHO = "Lacroix Glicken Pliny Hamilton Perret Voight Tazieff Krafft".split()
DID = "measured described predicted mapped photographed rejected published defended".split()
KIND = "northern southern early violent slow hidden glassy acid hollow broken narrow".split()
THING = "crater vent dome plume fissure caldera lahar chamber ridge flank spine lake".split()
WHERE = "Iceland Italy Japan Chile Ecuador Indonesia Martinique Alaska Kenya Tonga".split()


def notes(statements: int, seed: int = 1815) -> list[str]:
    """Made-up statements in five shapes, a blank line after every twelfth; none twice."""
    pick = random.Random(seed)
    lines = []
    for number in range(statements):
        one, two = pick.choice(KIND), pick.choice(KIND)
        this, that = f"{pick.choice(THING)} {number}", pick.choice(THING)
        shapes = (
            f"{pick.choice(WHO)} {pick.choice(DID)} the {one} {this} of {pick.choice(WHERE)}",
            f"{pick.randint(1500, 2000)} – the {one} {this} destroyed the harbour of {pick.choice(WHERE)}",
            f"He was convinced that the {one} {this} would collapse into the {two} {that}",
            f"The governor ordered the army to close the {one} {this} because of the {two} {that}",
            f"A {one} {this} is a {two} {that} that was formed in {pick.choice(WHERE)}",
        )
        lines.append(shapes[number % len(shapes)])
        if number % 12 == 11:  # noqa: PLR2004 - the last of each dozen
            lines.append("")
    return lines


def build(folder: Path) -> tuple[float, float]:
    """Seconds of processor time that a build of a folder takes, and the most memory that it holds, in MB."""
    command = [sys.executable, "-m", "crisis_cards", "build", str(folder), "-o", str(folder.parent / "a.apkg"), "-q"]
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
    _, status, spent = os.wait4(started.pid, 0)
    if status:
        raise SystemExit(f"the build failed: {os.waitstatus_to_exitcode(status)}")
    return spent.ru_utime + spent.ru_stime, spent.ru_maxrss / 1024


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--statements", type=int, default=5000)
    statements = parser.parse_args().statements
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "notes"
        folder.mkdir()
        file = folder / "notes.txt"
        lines = notes(statements)
        file.write_text("\n".join(lines), encoding="utf-8")
        first, _ = build(folder)
        same = min(build(folder)[0] for _ in range(3))
        edits = []
        for turn in range(3):
            lines[len(lines) // 2 + turn] += " again"
            file.write_text("\n".join(lines), encoding="utf-8")
            time.sleep(1)  # notes are dated in whole seconds
            edits.append(build(folder))
        print(f"{statements} statements, first build: {first:.1f} s of processor time")
        seconds, memory = min(edits)
        print(f"one line edited: 1/{first / seconds:.1f} of it, {memory:.0f} MB")
        print(f"nothing edited: 1/{first / same:.1f} of it")


if __name__ == "__main__":
    main()
