"""`::` and `:::` between the two sides of a card that is one line."""

from __future__ import annotations

import re

from crisis_cards.reading.marks import is_within
from crisis_cards.reading.syntaxes.clozes import CLOZE, unmarked
from crisis_cards.reading.syntaxes.fences import literal
from crisis_cards.reading.syntaxes.margins import ROW, parted
from crisis_cards.reading.syntaxes.written import Side, Written
from crisis_cards.reading.tidy import has_words

COLONS = re.compile(r":{2,}")
CURLY = re.compile(r"\{\{(?![cC]\d{1,3}::)[^\n{}]{1,1000}\}\}")
FIELD = re.compile(
    r"[\[(][\w -]{1,40}::|(?:alias(?:es)?|author|cards-deck|category|created|date|due|modified|parent|related|source"
    r"|status|tags?|topic|type|up|updated|url)::\s",
    re.IGNORECASE,
)
"""What Dataview reads: fields in brackets, and those that say something of the note."""


def one_line(line: str, number: int, *, may_be_field: bool = True) -> Written | None:
    """The card of a line, if colons outside of code, math and blanks part it; a row of a table is none."""
    if "::" not in line or ROW.match(line):
        return None
    sign, words = parted(line)
    taken = sorted([*literal(words), *(found.span() for sign in (CLOZE, CURLY) for found in sign.finditer(words))])
    runs = [found.span() for found in COLONS.finditer(words) if not is_within(found.start(), taken)]
    if not runs or (may_be_field and FIELD.match(words)):
        return None
    start, end = next((run for run in runs if run[1] - run[0] > len("::")), runs[0])
    both_ways = end - start > len("::")
    front, back = words[:start], words[start + len(":::" if both_ways else "::") :]
    if not has_words(front) or not back.strip():
        return None
    prompt, answer = Side(number, unmarked(front)), Side(number, unmarked(back))
    return Written(number, number, prompt, answer, both_ways, sign=sign)
