"""ambiguous-blank: a blank that many words would fill.

What stands around the blank must tell which word is meant. If it does not, you answer something true and have to
fail yourself, or learn the shape of the line by heart.

    It ==failed==
    The blockade was ==the== answer

Write instead: say in the line when, where and of whom, and blank a word that carries the news.
"""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.check.inspection import Finding, Inspection, cards_of
from crisis_cards.lexicon import STOP_WORDS
from crisis_cards.model import Card, Cloze
from crisis_cards.templates.stems import content_words
from crisis_cards.wording import blanks, prompt

MIN_WORDS = 2


def ambiguous_blank(inspection: Inspection) -> Iterator[Finding]:
    """An author's blank of a word without news, or with too little around it."""
    for sheet in inspection.english:
        for block, card in cards_of(sheet):
            if isinstance(card.wording, Cloze) and card.template == "author":
                yield from (Finding(block.span, why) for why in _faults(card, card.wording))


def _faults(card: Card, wording: Cloze) -> Iterator[str]:
    for mark in blanks(wording):
        blanked = wording.text[mark.start : mark.end]
        if not mark.hint and blanked.isalpha() and blanked in STOP_WORDS:
            yield f"“{blanked}” says too little to be asked for; blank a word that carries the news"
            return
    around = content_words("\n".join((prompt(wording), *card.wording.context, *card.fact.block.trail)))
    if len(around) < MIN_WORDS and not any(mark.hint for mark in blanks(wording)):
        yield "too little around the blank to tell what is meant; say when, where or of whom"
