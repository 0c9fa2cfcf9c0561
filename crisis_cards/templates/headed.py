"""headed: a heading, and under it at once what it means: *Moraine*, *the rock that a glacier leaves behind*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from crisis_cards.lexicon import EMPTY_LABELS
from crisis_cards.model import Card, Fact
from crisis_cards.phrase import trim
from crisis_cards.templates.framing import label_cloze, question
from crisis_cards.templates.label import defines
from crisis_cards.templates.stems import content_words

MAX_TERM_WORDS = 4
MIN_CONTENT = 3  # words of a definition that tell something
_ASIDE = re.compile(r"^\(?[\divx]{1,4}[.)]\s+|\s*\([^)]*\)", re.IGNORECASE)
ARTICLES = frozenset({"a", "an", "the", "any"})


def headed(fact: Fact) -> Iterator[Card]:
    """A question for what the line above means, and a blank for what it is called, when the first line below defines.

    It does when it is a noun phrase that says more of its noun by a clause, or, after an article, by a preposition.
    """
    trail = fact.block.trail
    term = _ASIDE.sub("", trail[-1]).strip(" :–—-") if trail else ""
    words = content_words(term)
    is_term = 0 < len(term.split()) <= MAX_TERM_WORDS and words and not set(words) <= EMPTY_LABELS
    if not fact.is_first or fact.label or not is_term or term == fact.title or not _means(fact):
        return
    yield question(fact, "headed", f"What is meant by “{term}”?", trim(fact.text))
    yield label_cloze(replace(fact, about=term), "headed")


def _means(fact: Fact) -> bool:
    """Whether a line defines: with an article, or a plural that a clause tells from others."""
    parse = fact.parse
    if parse is None or fact.fills or not defines(fact) or len(content_words(fact.text)) < MIN_CONTENT:
        return False
    root = parse.roots[0]
    has_clause = any(token.dependency in {"relcl", "acl"} for token in parse.children(root))
    is_class = root.tag == "NNS" and has_clause and not any(token.tag == "CD" for token in parse.tokens)
    return parse.tokens[0].text.lower() in ARTICLES or is_class
