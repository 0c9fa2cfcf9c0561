"""What telegraphic notes write for a word, as the parser reads it. What is shown stays as written."""

from __future__ import annotations

import re
import unicodedata
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
# What says nothing to a parser (soft hyphens, joiners, directions), one letter that is written as two or in another
# form (an accent of its own, a ligature, full width), and spaces of other widths.
_UNSEEN = r"[\xad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe00-\ufe0f\ufeff]+"
_FORM = r"[^\W\d_][\u0300-\u036f]+|[\ufb00-\ufb06]|[\uff01-\uff5e]|[¼½¾\u2150-\u215e]|\u2212(?=\d)"
_WIDE = r"[\xa0\u2000-\u200a\u202f\u205f\u3000]"
_MATH = str.maketrans({"\u2044": "/", "\u2212": "-"})
_WRITTEN = re.compile(f"(?P<unseen>{_UNSEEN})|(?P<form>{_FORM})|{_WIDE}")
_SHORT = re.compile(r"(?<![\w/])(?:w/o|w/|b/c|bc|iff|ca\.|approx\.)(?=\s)|(?<=\s)[&+](?=\s)|(?<!\w)~(?=\d)")


def written_out(text: str) -> Iterator[Piece]:
    """The pieces that write out the short words of a text."""
    for match in _SHORT.finditer(text):
        yield Piece(match.start(), match.end(), WORDS[match[0]])
    if not text.isascii():
        yield from _as_typed(text)


def _as_typed(text: str) -> Iterator[Piece]:
    """The pieces that write the words of a text as a keyboard does."""
    for match in _WRITTEN.finditer(text):
        said = (
            ""
            if match["unseen"]
            else unicodedata.normalize("NFKC", match[0]).translate(_MATH)
            if match["form"]
            else " "
        )
        if said != match[0]:
            yield Piece(match.start(), match.end(), said)
