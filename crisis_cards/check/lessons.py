"""Lines that speak of lessons, exams and the author: nobody misses a card of them."""

from __future__ import annotations

import re

_WORDS = re.compile(
    r"\b(?:I|I['’]m|you|my|your|exams?|the test|lessons?|lectures?|booklets?|handouts?|textbooks?"
    r"|\d+[ -]markers?|essays?|homework|this paper|worth noting|worth \d+ ?%|Figure)\b"
)


def speaks_of_lessons(text: str) -> bool:
    """Whether a line is told to whoever learns, not about what there is to know."""
    return bool(_WORDS.search(text))
