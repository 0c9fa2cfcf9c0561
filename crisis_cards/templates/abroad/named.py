"""name: what a line names is blanked: as a model of its language says, or by capitals where nouns have none.

German writes every noun with a capital, and other scripts have no capitals: there only a model tells names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_cards.model import Card, Fact
from crisis_cards.templates.abroad.measure import length
from crisis_cards.templates.framing import cloze
from crisis_cards.tongues import SMALL_FOREIGN

# Kinds as the models of different languages call them; what they call MISC is as often no name at all.
KINDS = frozenset("PER PERSON PRS PS persName LOC GPE LC geogName placeName ORG OG orgName".split())
CAPITALS = frozenset("fr es it pt ca ro nl sv da no fi pl cs sk sl hr hu tr id ru uk be bg sr mk el".split())
MAX_WORDS = 5
MIN_LETTERS = 3

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_AFTER = re.compile(r"\s*(?:$|[.,;:)–—-]|\d)")
_BEGINS = re.compile(r"(?:^|[.!?:;–—\"“«(]\s?)$")
_LONGER = re.compile(r"([^\W\d_]\w*)\s+[^\W\d_]{1,5}\s$")
_LONGER_AFTER = re.compile(r"\s[^\W\d_]{1,5}\s([^\W\d_])")
LINKS = frozenset("de da do dos di van von of ibn bin al".split())
# Before one word with a capital these make an institution of it (*la República*, *do Estado*), as often as a name.
ARTICLES = {
    "fr": "le la les un une des du au aux".split(),
    "es": "el la los las un una del al".split(),
    "ca": "el la els les un una del dels al als".split(),
    "it": "il lo la gli i un uno una del dello della dei degli delle allo alla ai alle dal dalla nel nella".split(),
    "pt": "o os as um uma do da dos das ao à aos às no na nos nas pelo pela".split(),
    "nl": "de het een".split(),
}
_JOINED = re.compile(r"(?:,|\s(?:et|y|e|i|a|en|och|og|und|och|и|та|kaj|és|ve))\s$", re.IGNORECASE)
_JOINS = re.compile(r"(?:,\s|\s(?:et|y|e|i|en|och|og|und|и|та|és|ve)\s)[^\W\d_]", re.IGNORECASE)
MAX_SHARE_OF_CAPITALS = 0.6


def named(fact: Fact) -> Iterator[Card]:
    """One blank for each name that stands alone; one of several that are listed is no answer."""
    for start, end in _of_model(fact) if fact.names else _of_capitals(fact):
        words = fact.text[start:end]
        is_listed = _JOINED.search(fact.text[:start]) is not None or _JOINS.match(fact.text, end) is not None
        is_word = sum(sign.isalpha() for sign in words) >= MIN_LETTERS and length(words) <= MAX_WORDS
        if is_word and not is_listed and len(words) < len(fact.text.strip(" .")):
            card = cloze(fact, "name", start, end)
            if card is not None:
                yield card


def _of_model(fact: Fact) -> Iterator[tuple[int, int]]:
    """Where a model of the language found names of people, places and bodies."""
    for name in fact.names:
        text = fact.text[name.start : name.end]
        before, after = fact.text[: name.start][-1:], fact.text[name.end :][:1]
        is_whole = not (before.isalnum() and text[0].isascii()) and after not in {"-", "’", "'"}
        if name.kind in KINDS and is_whole and text[0] == text[0].upper() and "\n" not in text:
            yield name.start, name.end


def _of_capitals(fact: Fact) -> Iterator[tuple[int, int]]:
    """Where words with capitals stand that only names can be."""
    words = [word for word in fact.text.split() if word[:1].isalpha()]
    capitals = sum(word[0].isupper() for word in words)
    if fact.language not in CAPITALS or capitals > MAX_SHARE_OF_CAPITALS * len(words):
        return
    for start, end, several in _runs(fact.text):
        before = fact.text[:start]
        last = (re.findall(r"\w+", before.lower()) or [""])[-1]
        longer, after = _LONGER.search(before), _LONGER_AFTER.match(fact.text, end)
        is_part = (longer is not None and longer[1][0].isupper()) or (after is not None and after[1].isupper())
        is_alone = several or last not in ARTICLES.get(fact.language, ())
        is_whole = _AFTER.match(fact.text, end) is not None or _is_small(fact.text[end:])
        if is_whole and is_alone and not is_part and (several or not _BEGINS.search(before)):
            yield start, end


def _runs(text: str) -> Iterator[tuple[int, int, bool]]:
    """Runs of words with capitals, and whether there are several; the first word of a line needs another beside it."""
    run: list[re.Match[str]] = []
    for match in (*_WORD.finditer(text), None):
        is_near = bool(run) and match is not None and text[run[-1].end() : match.start()] == " "
        is_link = match is not None and match[0] in LINKS and (len(run) > 1 or (bool(run) and run[0].start() > 0))
        if match is not None and is_near and (match[0][0].isupper() or is_link):
            run.append(match)
            continue
        while run and not run[-1][0][0].isupper():
            run.pop()
        if run and run[0][0].casefold() in SMALL_FOREIGN:
            run = run[1:]
        if run:
            yield run[0].start(), run[-1].end(), len(run) > 1
        run = [match] if match is not None and match[0][0].isupper() else []


def _is_small(after: str) -> bool:
    """Whether a small word follows: an adjective might belong to the name, as in *Guerre froide*."""
    word = re.match(r"\s([^\W\d_]+)(?:\s|['’])", after)
    return word is not None and word[1] in SMALL_FOREIGN
