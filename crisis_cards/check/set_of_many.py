"""set-of-many: an answer that lists many things.

Lists without an order are among the hardest things to recall: one of six is always missing, and the whole card
is failed for it.

    Q: Which countries border on Germany? A: Denmark, Poland, Czechia, Austria, Switzerland, France, Belgium

Write instead: a blank for each of them (`{{c1::Denmark}}, {{c2::Poland}}, …`), or a question for each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_cards.check.inspection import Finding, Inspection, cards_of
from crisis_cards.wording import answer

MAX_ITEMS = 5
MAX_WORDS_OF_ITEM = 6  # longer parts are clauses of a sentence

_PARTS = re.compile(r"\s*(?:[,;\n•]|\band\b|\bor\b|&)\s*")


def set_of_many(inspection: Inspection) -> Iterator[Finding]:
    """An answer of more than MAX_ITEMS parts."""
    for sheet in inspection.sheets:
        for block, card in cards_of(sheet):
            items = [part for part in _PARTS.split(answer(card.wording)) if part]
            if len(items) > MAX_ITEMS and all(len(item.split()) <= MAX_WORDS_OF_ITEM for item in items):
                found = f"the answer lists {len(items)} things; {MAX_ITEMS} is the most"
                yield Finding(block.span, f"{found}: blank them one by one, {{{{c1::…}}}} {{{{c2::…}}}}")
