"""apposition: *Dobrynin, the Soviet ambassador, …* asks who that was; *the Soviet ambassador, Dobrynin, …* too."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.grammar import NAMES, PERSON_NOUNS, finite_verbs, name_phrase
from crisis_cards.model import Card, Fact
from crisis_cards.parse import Token
from crisis_cards.phrase import inside, say
from crisis_cards.templates.framing import question

MAX_WORDS = 8
FEWEST = 3  # words of the office, with its article: *the ambassador* are many


def apposition(fact: Fact) -> Iterator[Card]:
    """One question for each person that the line names beside the one office they hold."""
    parse = fact.parse
    if parse is None:
        return
    is_past = any(verb.tag in {"VBD", "VBN"} for verb in finite_verbs(parse))
    for token in parse.tokens:
        if token.dependency != "appos":
            continue
        first, second = sorted((token, parse.tokens[token.head]), key=lambda each: each.index)
        name, office = (first, second) if _is_name(first) else (second, first)
        if not _is_name(name) or office.lemma not in PERSON_NOUNS:
            continue
        named = {each.index for each in parse.subtree(name)} if name is second else set()
        words = [each for each in parse.subtree(office) if each.index not in named]
        words = words[: next((i for i, each in enumerate(words) if each.text == ","), len(words))]
        is_one = bool(words) and words[0].text.lower() == "the" and FEWEST <= len(words) <= MAX_WORDS
        if is_one and all(each.is_shown for each in words):
            prompt = f"Who {'was' if is_past else 'is'} {inside(fact, words)}?"
            yield question(fact, "apposition", prompt, say(fact, name_phrase(parse, name)))


def _is_name(token: Token) -> bool:
    """Whether a word is a name; that it is a person's, the office beside it tells."""
    return token.tag in NAMES and token.lemma not in PERSON_NOUNS
