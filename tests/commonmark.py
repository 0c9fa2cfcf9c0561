"""The examples of the CommonMark specification: every word of each is in a block, or is told as written beside one.

The specification is under a licence of its own and is not part of this project: `npm pack commonmark-spec`, unpack it,
then `python tests/commonmark.py package/spec.txt`. Without a path it does nothing, so that tests can import it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from crisis_cards.model import Account
from crisis_cards.reading import read
from crisis_cards.report import SIGNS, explanation, written_of
from crisis_cards.source import Source

EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n", re.MULTILINE | re.DOTALL)
WORD = re.compile(r"\w+")
COUNTING = re.compile(r"^[ >\t]*\d{1,9}[.)](?=\s|$)", re.MULTILINE)  # in quotations, too, these are no words


def lost(text: str, path: str = "notes.md", fixed: Sequence[tuple[str, str]] = ()) -> set[str]:
    """The words of a file that `explain` shows nowhere; `fixed`: the syntax of its cards, as deck.toml has it."""
    document, _ = read(Source(path, text, 0), fixed)
    accounts = [Account(block) for block in document.blocks]
    told = "\n".join(
        line
        for account, written in zip(accounts, written_of(accounts, text.split("\n")), strict=True)
        for line in explanation(account, written)
    )
    return set(WORD.findall(SIGNS.sub(" ", COUNTING.sub("", text)))) - set(WORD.findall(told))


def main(spec: Path) -> int:
    """Print the examples that lose words, and how many there are."""
    examples = [found.replace("→", "\t") for found in EXAMPLE.findall(spec.read_text(encoding="utf-8"))]
    losing = [(number, words) for number, text in enumerate(examples, 1) if (words := lost(text))]
    for number, words in losing:
        print(f"example {number}: {', '.join(sorted(words))}")  # noqa: T201
    print(f"{len(examples)} examples, {len(losing)} lose words")  # noqa: T201
    return 1 if losing or not examples else 0


if __name__ == "__main__" and len(sys.argv) > 1:
    sys.exit(main(Path(sys.argv[1])))
