"""RTF, written a little differently before pandoc reads it, so that it keeps every character in its place.

Two slips of pandoc's reader (3.9): where the character that stands in for one in Unicode follows the number without a
space, it drops that and the next one; and a list right before a table goes to the top of the document.
"""

from __future__ import annotations

import re

from crisis_cards.source.conversion.problems import UnreadableError
from crisis_cards.source.conversion.trees import Node

# A paragraph between a list and a table. Its one character is for private use; it is taken out again.
PARTING = "\ue0a7"
_PARTING = rb"\pard\plain\u-8025 ?\par "

_WORDS = re.compile(
    rb"\\\\|\\(?P<end>par|row)(?![a-z])|(?P<number>\\u-?[0-9]{1,6})(?=[^\s\\{}0-9;])|(?P<table>\\trowd(?![a-z]))"
)


def mended(raw: bytes) -> bytes:
    """The same document, in words that pandoc reads as every other program does."""
    if not raw.lstrip().startswith(b"{\\rtf"):
        raise UnreadableError("it is no .rtf file")
    ended = b""

    def put(found: re.Match[bytes]) -> bytes:
        nonlocal ended
        if found["end"]:
            ended = found["end"]
        elif found["number"]:
            return found[0] + b" "
        elif found["table"] and ended == b"par":
            ended = b""
            return _PARTING + found[0]
        return found[0]

    return _WORDS.sub(put, raw)


def without_partings(blocks: list[Node]) -> list[Node]:
    """The blocks without the paragraphs that were put in."""
    parting = [{"t": "Str", "c": PARTING}]
    return [block for block in blocks if not (block["t"] == "Para" and block["c"] == parting)]
