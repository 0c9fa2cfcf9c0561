"""Fuzz the readers with atheris, outside CI.

`pip install atheris`, then, for ten minutes:

    python tests/fuzz.py -max_total_time=600 -timeout=20 -rss_limit_mb=2048 corpus/

The first byte of an input chooses the format, the rest is the file. What must hold: no exception but the ones that are
meant for the author, every word told, and no input that takes long. Every crash becomes a case, in `cases/`.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["crisis_cards"]):
    from commonmark import lost

    from crisis_cards.reading import READERS
    from crisis_cards.reading.syntaxes import SYNTAXES
    from crisis_cards.source.decoding import decoded

FORMATS = [(suffix, "") for suffix in READERS] + [
    (suffix, syntax.name) for syntax in SYNTAXES for suffix in syntax.suffixes
]


def one_input(data: bytes) -> None:
    """Read one file of notes, in one of the formats, as one of the syntaxes."""
    if not data:
        return
    suffix, syntax = FORMATS[data[0] % len(FORMATS)]
    text, _ = decoded(f"notes{suffix}", data[1:])
    if text is None:
        return
    missing = lost(text, f"notes{suffix}", [("*", syntax)] if syntax else [])
    if missing:
        raise AssertionError(f"{sorted(missing)} untold, of {suffix} as {syntax or 'notes'}")


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
