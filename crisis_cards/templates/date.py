"""date: a date inside the line is blanked, and that of a line which is no clause: *1882 – Triple Alliance*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from crisis_cards.dates import DATE
from crisis_cards.model import Card, Dating, Fact, Grade
from crisis_cards.templates.framing import cloze, cloze_in, shown_text

NO_CLAUSE = frozenset({Grade.FRAGMENT, Grade.TELEGRAPHIC})  # `when` asks for the date of a clause
_OF = re.compile(r"[A-Z]\w+ of (?:the )?$")  # "War of 1812" is a name


def _counts(fact: Fact, start: int) -> bool:
    """Whether what looks like a year counts something: *1500 bytes*."""
    parse = fact.parse
    token = next((token for token in parse.tokens if token.start == start), None) if parse is not None else None
    return (
        parse is not None
        and token is not None
        and token.dependency == "nummod"
        and parse.tokens[token.head].tag in {"NN", "NNS"}
        and parse.tokens[token.head].index == token.index + 1
        and parse.tokens[token.head].tag == "NNS"
    )


def date_blank(fact: Fact) -> Iterator[Card]:
    """One blank for the date of a line that has just one."""
    found = list(DATE.finditer(fact.text))
    if not found and fact.when is not None and fact.when.dating is Dating.OWN and fact.grade in NO_CLAUSE:
        undated = replace(fact, when=None)
        said, date = shown_text(undated).text, fact.when.text
        yield replace(cloze_in(undated, "date", f"{date}: {said}", 0, len(date), hint="date"), fact=fact)
    if len(found) == 1 and not _OF.search(fact.text[: found[0].start()]) and not _counts(fact, found[0].start()):
        card = cloze(fact, "date", *found[0].span(), "date")
        if card is not None:
            yield card
