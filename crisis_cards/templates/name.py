"""name: a person, place or body that the line names is blanked, with its kind as hint where that is certain.

Certain: the author's glossary says so; a name of two words or a title that the parser takes for a person; a country
of the list. A name that only tells which (`US` in *US missiles*) is no answer, and one member of a list is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_cards.grammar import GROUPS, NAMES, PEOPLE, PLACES, SUBJECTS, name_phrase
from crisis_cards.lexicon import COUNTRIES
from crisis_cards.model import Card, Fact
from crisis_cards.parse import Parse, Token
from crisis_cards.templates.framing import cloze_of

ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "appos", "attr", "oprd", "dative"})
HINTS = frozenset({"person", "place"})
NAMED = PEOPLE | PLACES | GROUPS | {"thing", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "FAC"}


def name(fact: Fact) -> Iterator[Card]:
    """One blank for each name that is an argument of the line; a subject last: it is better asked for."""
    parse = fact.parse
    if parse is None:
        return
    done: set[int] = set()
    for head in sorted(parse.tokens, key=lambda token: token.dependency in SUBJECTS):
        is_argument = head.tag in NAMES and head.dependency in ARGUMENTS and head.is_shown
        if head.entity not in NAMED or not is_argument or _listed(parse, head) or head.index in done:
            continue
        words = name_phrase(parse, head)
        if _is_part(fact, words) or fact.text[words[0].start : words[-1].end].islower():
            continue
        done.update(token.index for token in words)
        card = cloze_of(fact, "name", words, _hint(fact, head, words))
        if card is not None:
            yield card


_BEFORE = re.compile(r"[A-Z][\w’']+ (?:of|for|and) (?:the )?$")
_AFTER = re.compile(r"^(?:[’']s)?\s(?:of [A-Z]|[A-Z]\w+)")


def _is_part(fact: Fact, words: tuple[Token, ...]) -> bool:
    """Whether a longer name goes on before or after: *Secretary of State*, *London forces* in capitals."""
    before, after = fact.text[: words[0].start], fact.text[words[-1].end :]
    return _BEFORE.search(before) is not None or _AFTER.match(after) is not None


def _listed(parse: Parse, head: Token) -> bool:
    """Whether a name is one of several: joined by *and*, or places that commas part."""
    joined = head.dependency == "conj" or any(token.dependency == "conj" for token in parse.children(head))
    beside = [parse.tokens[head.head]] if head.dependency == "appos" else []
    beside += [token for token in parse.children(head) if token.dependency == "appos"]
    return joined or (head.entity in PLACES and any(token.entity in PLACES for token in beside))


def _hint(fact: Fact, head: Token, words: tuple[Token, ...]) -> str:
    text = fact.text[words[0].start : words[-1].end]
    if head.entity in HINTS:
        return head.entity
    if text.casefold() in COUNTRIES:
        return "place"
    return "person" if head.entity == "PERSON" and len(words) > 1 and all(t.entity == "PERSON" for t in words) else ""
