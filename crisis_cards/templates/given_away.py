"""given-away: the answer stands on the front in some form, or is spelt out there."""

from __future__ import annotations

import re

from crisis_cards.model import Card, Cloze
from crisis_cards.templates.stems import content_words, shared, stem, stems
from crisis_cards.wording import answer, front, prompt

# What a question names as the class of its answer is the answer's own word, and meant to be.
_CLASS = re.compile(r"\b(?:which|what kind of) [\w-]+", re.IGNORECASE)
# The years in a title are those of all that the notes tell.
DATED = frozenset({"when", "event", "date"})
# An explanation says again what it explains; what it adds must be enough.
EXPLAINING = frozenset(
    {"definition", "condition", "label", "headed", "outcome", "reason", "answered", "complement", "means"}
)
FEW_STEMS = 2  # an answer of more is an explanation, not a name
MIN_FRESH = 2


def what_is_given(card: Card) -> frozenset[str]:
    """The stems of the answer that the front gives away; none if what is left to recall is enough."""
    said = answer(card.wording)
    words = stems(said)
    lines = (*card.wording.topic[1:], *card.wording.context, prompt(card.wording))
    shown = "\n".join(lines) if card.template in DATED else front(card.wording)
    if said.isupper() and said.isalpha() and _are_initials(said, shown):
        return frozenset({said})
    given = shared(said, shown)
    if not given:
        return given
    if card.template in EXPLAINING and len(words) > FEW_STEMS:
        fresh = words - given
        return frozenset() if len(fresh) >= MIN_FRESH and len(fresh) >= len(given) / 2 else given
    # A part of the answer may stand in the title, which is the same on every card of the notes.
    near = shared(said, "\n".join((*lines[:-1], _CLASS.sub("", lines[-1]))))
    numbers = any(any(letter.isdigit() for letter in word) for word in given)
    head = content_words(said)[-1] if isinstance(card.wording, Cloze) else ""
    is_too_much = 2 * len(given) > len(words) or 2 * len(near) >= len(words)
    return given if numbers or is_too_much or (head and stem(head) in near) else frozenset()


def _are_initials(short: str, text: str) -> bool:
    """Whether a short form has the initials of words that stand in a row: *write-ahead logging*, *WAL*."""
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", text)).lower()
    return len(short) > 1 and short.lower() in initials
