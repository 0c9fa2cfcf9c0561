"""What notes of many megabytes cost, by the megabyte: `python benchmarks/size.py`.

Made-up notes of 0.5, 1 and 2 MB (with `--full` of 10 MB, too) in one file are built, each by a process of its own.
Printed are processor time, the most memory that the building process held, and the most that all of its processes
held together; and how each grew from the size before. The bars for 10 MB: 1 GB for all, and time that grows as the
notes do.
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

MEGABYTE = 1_000_000
PAUSE = 0.2  # seconds between two looks at the memory


WHO = "Kennedy Khrushchev Castro Truman Stalin Churchill Eisenhower Nixon Brezhnev Mao Dulles Acheson".split()
DID = "ordered signed rejected announced visited criticised supported ended began opposed".split()
WHAT = ("the treaty", "the blockade", "a secret deal", "the new policy", "the summit in Vienna", "the trade agreement")
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def notes(megabytes: float, seed: int = 1) -> str:
    """Made-up dated statements, one a line, none twice."""
    pick = random.Random(seed)
    lines: list[str] = []
    room = megabytes * MEGABYTE
    while room > 0:
        said = f"{pick.choice(WHO)} {pick.choice(DID)} {pick.choice(WHAT)} in district {len(lines)}"
        lines.append(f"{pick.randint(1, 28)} {pick.choice(MONTHS)} {pick.randint(1900, 1999)} – {said}\n")
        room -= len(lines[-1])
    return "".join(lines)


def held(process: int) -> int:
    """How much memory a process and those that it started hold now, in kB; 0 where the system does not tell."""
    found = 0
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    found += sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    return found + sum(held(int(child)) for child in children)


def build(folder: Path) -> tuple[float, float, float]:
    """Seconds of processor time that a build takes, the most MB of the process itself, and of all together."""
    command = [sys.executable, "-m", "crisis_cards", "build", str(folder), "-o", str(folder.parent / "a.apkg"), "-q"]
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
    most = 0
    while True:
        ended, status, spent = os.wait4(started.pid, os.WNOHANG)
        if ended:
            break
        most = max(most, held(started.pid))
        time.sleep(PAUSE)
    if status:
        raise SystemExit(f"the build failed: {os.waitstatus_to_exitcode(status)}")
    return spent.ru_utime + spent.ru_stime, spent.ru_maxrss / 1024, most / 1024


def main() -> None:
    """Print the costs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="10 MB, too: a quarter of an hour")
    sizes = [0.5, 1, 2, *([10] if parser.parse_args().full else [])]
    before: tuple[float, ...] = ()
    for size in sizes:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "notes"
            folder.mkdir()
            text = notes(size)
            (folder / "notes.txt").write_text(text, encoding="utf-8")
            costs = (len(text.encode()) / MEGABYTE, *build(folder))
        megabytes, seconds, own, together = costs
        print(f"{megabytes:.2f} MB: {seconds:.0f} s of processor time, {own:.0f} MB, {together:.0f} MB all together")
        if before:
            grown = [now / then for now, then in zip(costs, before, strict=True)]
            print("  times {:.2f}: time {:.2f}, memory {:.2f}, all together {:.2f}".format(*grown))
        before = costs


if __name__ == "__main__":
    main()
