"""name: a person, place or body that the line names is blanked, with its kind as hint where that is certain.

Certain: the author's glossary says so; a name of two words or a title that the parser takes for a person; a country
of the list. A name that only tells which (`US` in *US missiles*) is no answer, and one member of a list is no answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.grammar import GROUPS, NAMES, PEOPLE, PLACES, SUBJECTS, name_phrase
from crisis_cards.model import Card, Fact
from crisis_cards.parse import Parse, Token
from crisis_cards.templates.framing import cloze_of
from crisis_cards.templates.lexicon import COUNTRIES

ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "appos", "attr", "oprd", "dative"})
HINTS = frozenset({"person", "place"})


def name(fact: Fact) -> Iterator[Card]:
    """One blank for each name that is an argument of the line."""
    parse = fact.parse
    if parse is None:
        return
    # A subject last: who did it is asked as a question where that is safe.
    for head in sorted(parse.tokens, key=lambda token: token.dependency in SUBJECTS):
        named = head.entity in PEOPLE | PLACES | GROUPS | {"thing", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "FAC"}
        if named and head.tag in NAMES and head.dependency in ARGUMENTS and head.is_shown and not _listed(parse, head):
            words = name_phrase(parse, head)
            card = cloze_of(fact, "name", words, _hint(fact, head, words))
            if card is not None:
                yield card


def is_apposition(parse: Parse, head: Token) -> bool:
    """Whether a name only says who the words before it are: *the Soviet ambassador, Dobrynin*."""
    return head.dependency == "appos" or any(t.dependency == "appos" for t in parse.children(head))


def _listed(parse: Parse, head: Token) -> bool:
    return head.dependency == "conj" or any(token.dependency == "conj" for token in parse.children(head))


def _hint(fact: Fact, head: Token, words: tuple[Token, ...]) -> str:
    text = fact.text[words[0].start : words[-1].end]
    if head.entity in HINTS:
        return head.entity
    if text.casefold() in COUNTRIES:
        return "place"
    return "person" if head.entity == "PERSON" and len(words) > 1 and all(t.entity == "PERSON" for t in words) else ""
