"""date-without-year: days and months, and nothing near them says of which year.

Within the notes the year is plain; on a card, months later and between other decks, it is not. Told once a file, at
the first such date.

    26 Oct – JFK was still keeping his options open

Write instead: the year once, in a heading (`# Cuban Missile Crisis, 1962`) or in the first date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_cards.check.inspection import Finding, Inspection, Sheet
from crisis_cards.dates import DATE
from crisis_cards.model import Statement

NEAR = 5  # lines before and after that count as near

_YEAR = re.compile(r"(?<!\d)(?:1\d{3}|20\d{2})(?!\d)|\d\s?(?:BCE?|CE|AD)\b|['’]\d\d\b|\b\d\d[-–/]\d\d\b")
_MONTH = re.compile(r"[A-Z][a-z]{2}")


def date_without_year(inspection: Inspection) -> Iterator[Finding]:
    """The first date of a file that no year is near."""
    for sheet in inspection.english:
        yield from _first(sheet)


def _first(sheet: Sheet) -> Iterator[Finding]:
    document = sheet.document
    if _YEAR.search(f"{document.title}\n{document.path}"):
        return
    years = [said.span for said in sheet.said if _YEAR.search(said.text)]
    for said in sheet.said:
        block = said.block
        found = _dated(said.prose) if isinstance(block, Statement) else ""
        is_near = any(span.first - NEAR <= said.span.first <= span.last + NEAR for span in years) or _YEAR.search(
            "\n".join(block.trail)
        )
        if found and not is_near:
            yield Finding(said.span, f"“{found}” has no year, and no heading or line near it has one; write it once")
            return


def _dated(text: str) -> str:
    """The first day of a month in a text."""
    dates = (found[0] for found in DATE.finditer(text))
    return next(
        (each for each in dates if _MONTH.search(each) and re.search(r"\d", each) and not _YEAR.search(each)), ""
    )
