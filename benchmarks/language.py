"""What reading costs beside the bare pipeline: `nlp.pipe` over the same lines, in the same run.

Prints shares of its throughput: by processor time of one process, and by the clock with the second process that long
notes start. The lines are those of `quality/notes`, each once.
"""

from __future__ import annotations

import time
from pathlib import Path

import spacy

from crisis_cards.language import load_parser
from crisis_cards.language.parser import DEFAULT_MODEL, SHARED
from crisis_cards.parse import Request

NOTES = Path(__file__).parent.parent / "quality" / "notes"
ALONE = 1_000_000  # more lines than there are


def main() -> None:
    """Time the bare pipeline and the parser, both warm."""
    texts = (
        line.strip(" -*#\t") for path in sorted(NOTES.glob("*/*.*")) for line in path.read_text("utf-8").split("\n")
    )
    lines = list(dict.fromkeys(text for text in texts if text))
    requests = [Request(line) for line in lines]
    bare, alone, shared = spacy.load(DEFAULT_MODEL), load_parser("", ALONE), load_parser("", SHARED)
    for warm in (lambda: list(bare.pipe(lines[:200])), lambda: alone.parse(requests[:200])):
        warm()

    start, clock = time.process_time(), time.perf_counter()
    docs = sum(1 for _ in bare.pipe(lines))
    bare_time, bare_clock = time.process_time() - start, time.perf_counter() - clock
    start = time.process_time()
    alone.parse(requests)
    alone_time = time.process_time() - start
    clock = time.perf_counter()
    shared.parse(requests)
    shared_clock = time.perf_counter() - clock
    print(f"{docs:,} lines; shares of the throughput of nlp.pipe:")
    print(f"  one process, by processor time  {bare_time / alone_time:.0%}")
    print(f"  as a build does, by the clock   {bare_clock / shared_clock:.0%}")


if __name__ == "__main__":
    main()
