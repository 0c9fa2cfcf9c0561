"""label: the term before a colon or a dash is blanked, where what stands after it tells what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_cards.dates import date_in
from crisis_cards.model import Card, Cloze, Fact
from crisis_cards.templates.abroad.generic import GENERIC
from crisis_cards.templates.abroad.measure import HAN, SIGNS_OF_WORDS, length, telling
from crisis_cards.templates.framing import cloze
from crisis_cards.tongues import SMALL_FOREIGN

_LABEL = re.compile(r"(?P<label>[^:：–—;；。.!?？,、|=<>→]{1,60}?)\s?(?::\s+|：\s*|\s[-–—]\s+|——\s*)(?=[^\s\d])")
MAX_WORDS = 4
MIN_TOLD = 3
MAX_TOLD = 25
MIN_LETTERS = 2
ARTICLES = frozenset("der die das le la les l' el los las il lo gli i o a os as de het den det".split())
LINKS = frozenset(
    """
    trotz wegen laut während malgré selon pour pendant según durante secondo segundo apesar mimo podczas zamiast ondanks
    volgens trots enligt несмотря после при для из-за
    """.split()
)
_QUOTES = "\"'«»„“”‘’「」『』"


def labelled(fact: Fact) -> Iterator[Card]:
    """One blank for the label of a line that tells enough of it."""
    match = _LABEL.match(fact.text)
    if match is None or not _is_term(fact, match["label"].strip(" *_")):
        return
    told = fact.text[match.end() :]
    if told.rstrip().endswith((":", "：")):  # it announces what is below it
        return
    if MIN_TOLD <= telling(told) <= MAX_TOLD and told[0] not in _QUOTES:
        card = cloze(fact, "label", match.start("label"), match.start("label") + len(match["label"].rstrip()))
        if card is not None and isinstance(card.wording, Cloze):
            yield card


def _ends_generic(label: str) -> bool:
    """Whether a label without spaces between its words ends with one that any line may have: *配置示例*."""
    return any(len(label) > size and HAN.match(label[-1]) and label[-size:] in GENERIC for size in (2, 3))


def _is_term(fact: Fact, label: str) -> bool:
    """Whether a label names what a line is about: a term, not a date, and none that any line of notes may have."""
    words = label.casefold().split()
    is_generic = any(word.strip("().,") in GENERIC or word in GENERIC for word in words) or _ends_generic(label)
    is_phrase = words[:1] and (words[0] not in SMALL_FOREIGN or words[0] in ARTICLES) and words[-1] not in SMALL_FOREIGN
    is_phrase = is_phrase and words[0] not in LINKS
    is_capital = label[:1].isupper() or label[:1] == label[:1].swapcase()
    return (
        0 < length(label) <= MAX_WORDS
        and sum(sign.isalpha() or SIGNS_OF_WORDS.match(sign) is not None for sign in label) >= MIN_LETTERS
        and bool(is_phrase)
        and is_capital
        and not is_generic
        and label.count("(") == label.count(")")
        and date_in(fact.language).search(label) is None
        and not any(label.casefold() in part.casefold() for part in (*fact.block.trail, fact.title))
    )
