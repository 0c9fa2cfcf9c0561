"""date: the one date of a line, or the one that it begins with, is blanked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_cards.dates import date_in
from crisis_cards.model import Card, Fact
from crisis_cards.templates.abroad.measure import SIGNS_OF_WORDS
from crisis_cards.templates.framing import cloze

# Words before a year, which without one might count something.
_BEFORE = re.compile(
    r"(?:^|[^\W_]['’])$|(?<!\w)(?:im|in|seit|ab|bis|um|jahre?|en|dès|depuis|vers|après|avant|an|année|año|desde|hasta"
    r"|hacia|nel|dal|del|fino|anno|em|até|ano|de|på|år|året|i|w|roku|od|do|v|roce|в|к|с|от|году|год|jaar|sinds|vanaf"
    r"|tot|el|il|al|voor|nach|vor|około|ok|circa|ca|около|עד|בשנת|שנת|عام|سنة|في|ปี)\.?\s$|[,;:–—-]\s?$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s*(?:$|[.,;:–—-])")
_PARTIAL = re.compile(r"\d{1,2}\.?\s?(?:[/–-]|und|et|y|e|i|en|och|og|и)\s?$|\bund\s\w+\s$", re.IGNORECASE)
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]*$")


def dated(fact: Fact) -> Iterator[Card]:
    """One blank for the date of a line that has just one, or that begins with one."""
    found = [match for match in date_in(fact.language).finditer(fact.text) if _is_date(fact.text, match)]
    if not found or (len(found) > 1 and found[0].start()) or _BRACKETS.search(fact.text[: found[0].start()]):
        return
    card = cloze(fact, "date", *found[0].span())
    if card is not None:
        yield card


def _is_date(text: str, match: re.Match[str]) -> bool:
    """Whether what looks like a date is a whole one, and four digits are a year: what stands around them says so."""
    before, after = text[: match.start()], text[match.end() :]
    if _PARTIAL.search(before) or (after[:1].isalpha() and not SIGNS_OF_WORDS.match(after)):
        return False
    return not match[0].isdigit() or _BEFORE.search(before) is not None or _AFTER.match(after) is not None
