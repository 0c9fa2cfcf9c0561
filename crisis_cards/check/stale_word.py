"""stale-word: “currently”, “nowadays”, “this year”: true when it was written.

A card is shown for years. What was so when you wrote it is then told as if it were so now, and nobody sees it.

    Cuba currently has 11 million people

Write instead: the year, `Cuba had 11 million people in 2022`, or leave the word out where it says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_cards.check.inspection import Finding, Inspection
from crisis_cards.check.lessons import speaks_of_lessons
from crisis_cards.model import Heading

_NOW = re.compile(
    r"\b(?:currently|nowadays|at present(?! in)|at the moment(?! (?:of|when|that))|these days|right now"
    r"|as of (?:now|today)|(?:this|last|next) year(?![’'])|(?:has|have) recently|recently (?:has|have)"
    r"|to date(?=[.,;]|$))(?!\w)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:1\d{3}|20\d{2})(?!\d)")
# *The process currently running*, *if it is currently on*: at the time that the line itself speaks of.
_ANY_TIME = re.compile(
    r"\b(?:(?:if|when|whenever|not) (?:\w+ ){0,3}"
    r"|(?:the|an?|each|every|any) (?:(?!is |are |was |has |have )\w+ ){0,3})$",
    re.IGNORECASE,
)


def stale_word(inspection: Inspection) -> Iterator[Finding]:
    """A word that points at the day of writing, in a line without a year."""
    for sheet in inspection.english:
        for said in sheet.said:
            found = _NOW.search(said.prose)
            is_idle = isinstance(said.block, Heading) or _YEAR.search(said.text) or speaks_of_lessons(said.text)
            if found is None or is_idle:
                continue
            if found[0].islower() and " " not in found[0] and _ANY_TIME.search(said.prose[: found.start()]):
                continue
            yield Finding(said.span, f"“{found[0]}” will not stay true; write the year instead")
