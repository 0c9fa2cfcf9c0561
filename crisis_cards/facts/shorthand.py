"""What telegraphic notes write for a word, as the parser reads it. What is shown stays as written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_cards.parse import Piece

WORDS = {
    "w/": "with",
    "w/o": "without",
    "b/c": "because",
    "bc": "because",
    "&": "and",
    "+": "and",
    "~": "about ",
    "ca.": "about",
    "approx.": "about",
    "iff": "if",
}
_SHORT = re.compile(r"(?<![\w/])(?:w/o|w/|b/c|bc|iff|ca\.|approx\.)(?=\s)|(?<=\s)[&+](?=\s)|(?<!\w)~(?=\d)")


def written_out(text: str) -> Iterator[Piece]:
    """The pieces that write out the short words of a text."""
    for match in _SHORT.finditer(text):
        yield Piece(match.start(), match.end(), WORDS[match[0]])
