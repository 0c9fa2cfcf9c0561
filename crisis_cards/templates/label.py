"""label: `X: …` or `X – …` asks which label the words after it belong to, and what a defined X is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_cards.commonness import is_common
from crisis_cards.grammar import NOUNS
from crisis_cards.lexicon import EMPTY_LABELS
from crisis_cards.model import Card, Fact, Grade, Statement
from crisis_cards.phrase import trim
from crisis_cards.templates.framing import label_cloze, question
from crisis_cards.templates.stems import content_words

MIN_CONTENT = 3
MIN_COMMAS = 2  # of a list
MAX_ARTICLED = 2  # "The Ruhr" is a name, "The monk wrote" is not
_SYMBOLIC = re.compile(r"[\\{}^|=_]")
_ARTICLE = re.compile(r"(?:the|an?|his|her|its|their)\b", re.IGNORECASE)


def label(fact: Fact) -> Iterator[Card]:
    """A question for the definition of a label, and a blank for the label itself."""
    is_sentence = _ARTICLE.match(fact.label) is not None and len(fact.label.split()) > MAX_ARTICLED
    if fact.about and not fact.label and not fact.cause:
        yield from _recalled(fact)
    if (fact.label[-1:].isdigit() and " " in fact.label) or _SYMBOLIC.search(fact.label):  # "Week 6"
        return
    if fact.label in fact.block.trail or is_sentence:  # it names the section once more, or begins to say something
        return
    words = set(content_words(fact.label))
    if fact.label.endswith("ed") or not words or words <= EMPTY_LABELS or len(content_words(fact.text)) < MIN_CONTENT:
        return
    if defines(fact):
        prompt = f"What is meant by “{fact.label}”?"
        yield question(fact, "label", prompt, trim(fact.text), without=fact.label)
    # What is said by a clause with a subject of its own is not said of the label; a common word has many lists.
    if is_common(fact.label) and len(fact.label.split()) == 1 and _lists(fact):
        return
    is_equal = isinstance(fact.block, Statement) and fact.block.text[: fact.offset].rstrip().endswith("=")
    if is_equal or fact.grade is not Grade.FULL or any(fill.start == fill.end for fill in fact.fills):
        yield label_cloze(fact, "label")


def _recalled(fact: Fact) -> Iterator[Card]:
    """A blank for the parent that a line without a verb describes."""
    told = content_words(fact.text)
    named = any(token.tag in {"NNP", "NNPS", "CD"} for token in (fact.parse.tokens if fact.parse is not None else ()))
    is_one = fact.is_only_child or (fact.about.split()[-1][:1].isupper() and not fact.about.endswith("s"))
    if is_one and fact.grade is Grade.FRAGMENT and (len(told) > MIN_CONTENT or (named and len(told) >= MIN_CONTENT)):
        yield label_cloze(fact, "parent")


def _lists(fact: Fact) -> bool:
    return fact.grade is Grade.FRAGMENT and fact.text.count(",") >= MIN_COMMAS


def defines(fact: Fact) -> bool:
    """Whether a fact is a noun phrase that tells more of its noun, as a definition does of what stands before it."""
    parse = fact.parse
    if parse is None or fact.grade is Grade.FULL or len(parse.roots) != 1 or parse.roots[0].tag not in NOUNS:
        return False
    first = parse.tokens[0].text.lower()
    if first in {"at", "less", "more", "about", "last", "first", "no"} or any(t.tag == "CD" for t in parse.tokens[:4]):
        return False
    told = any(token.dependency in {"relcl", "acl", "prep"} for token in parse.children(parse.roots[0]))
    return told and (first in {"a", "an", "the", "any"} or parse.roots[0].tag in {"NN", "NNS"})
