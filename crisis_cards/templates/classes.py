"""How a phrase is asked for: *Who*, *Which treaty*, *What kind of colonies*, *In which year*, *What*.

The class comes from the phrase itself: a title or office, the noun that a name ends or begins with, a number's unit.
A name of which nothing tells the class is not asked for by *what*: *who* and *what* would be a guess.
"""

from __future__ import annotations

import re

from crisis_cards.dates import DATE
from crisis_cards.grammar import GROUPS, NAMES, NOUNS, PLACES, is_person
from crisis_cards.lexicon import CLASS_NOUNS, COUNTRIES, LIGHT_NOUNS, PEOPLE_VERBS, PLAIN_ADJECTIVES, TITLES
from crisis_cards.model import Fact
from crisis_cards.parse import Parse, Token
from crisis_cards.phrase import say

YEAR = re.compile(r"\d{4}")
MONTH = re.compile(r"[A-Z][a-z]+\.? \d{4}")


def wh_of(parse: Parse, fact: Fact, head: Token) -> str:
    """How the phrase of `head` is asked for; empty when that is unsure."""
    words = parse.subtree(head)
    text = say(fact, words)
    joined = [token for token in parse.children(head) if token.dependency == "conj"]
    if joined and head.tag in NAMES and not _acts(parse, head):
        return _of_several(parse, fact, words)
    if head.tag in NAMES and class_noun(parse, head):
        return _of_name(parse, head)
    if is_someone(parse, head):
        title = next((t for t in parse.children(head) if t.dependency == "compound" and t.text.lower() in TITLES), None)
        return f"Which {title.text.lower()}" if title is not None else "Who"
    if bare(text).casefold() in COUNTRIES:
        return "Which country"
    if DATE.fullmatch(text):
        return "Which year" if YEAR.fullmatch(text) else "Which date"
    if head.tag in NAMES:
        if head.dependency == "nsubj" and head.text.isupper() and parse.tokens[head.head].lemma in PEOPLE_VERBS:
            return "Who or what"
        return "Who" if _acts(parse, head) else _of_name(parse, head)
    if head.tag not in {"NN", "NNS", "VBG"}:
        return ""
    return _of_noun(parse, fact, head)


def _acts(parse: Parse, head: Token) -> bool:
    """Whether somebody is the subject of a verb that only people are: *Baddeley and Hitch (1974) replaced …*."""
    is_subject = head.dependency == "nsubj" and parse.tokens[head.head].lemma in PEOPLE_VERBS
    return is_subject and not head.text.isupper()


def bare(text: str) -> str:
    """A phrase without an article before it."""
    return re.sub(r"^(?:the|an?)\s", "", text, flags=re.IGNORECASE)


def is_someone(parse: Parse, token: Token) -> bool:
    """Whether a phrase is asked for by *who*."""
    return is_person(parse, token) or token.entity == "organisation" or (token.entity == "NORP" and token.tag == "NNPS")


def class_noun(parse: Parse, head: Token) -> str:
    """The word of a name that says what it names: *war* of *the Spanish Civil War*, *treaty* of *Treaty of X*."""
    return head.text.lower() if head.text.lower() in CLASS_NOUNS and len(parse.subtree(head)) > 1 else ""


def _of_several(parse: Parse, fact: Fact, words: tuple[Token, ...]) -> str:
    names = [token for token in words if token.tag in NAMES and token.dependency not in {"compound", "nmod"}]
    if all(is_someone(parse, token) for token in names):
        return "Who"
    if all(bare(fact.text[token.start : token.end]).casefold() in COUNTRIES for token in names):
        return "Which countries"
    return "" if any(token.entity == "PERSON" for token in names) else "What"


def _of_name(parse: Parse, head: Token) -> str:
    noun = class_noun(parse, head)
    if noun:
        return f"Which {noun}"
    if head.entity in PLACES and head.dependency != "nsubj":
        return "Which place"
    if head.entity in GROUPS | PLACES or not head.text.isupper():
        return "Who or what"
    return "What"


def _of_noun(parse: Parse, fact: Fact, head: Token) -> str:
    """*What*, or *which* and (for an object) *what kind of* with the phrase's own noun, where its modifiers tell."""
    before = [token for token in parse.children(head) if token.index < head.index and token.dependency != "punct"]
    after = [token for token in parse.children(head) if token.index > head.index and token.dependency != "punct"]
    noun = fact.text[head.start : head.end]
    telling = [token for token in before if token.dependency in {"amod", "compound", "nmod"}]
    determiners = [token for token in before if token.dependency == "det"]
    if len(telling) + len(determiners) != len(before) or after or not telling:
        return "What"
    if all(token.tag in NAMES and token.entity not in {"GPE", "place", "NORP"} for token in telling):
        return f"Which {noun}" if determiners or head.tag == "NNS" else "What"
    indefinite = all(token.text.lower() in {"a", "an"} for token in determiners)
    plain = any(
        token.text.lower() in PLAIN_ADJECTIVES or token.tag in {*NAMES, "JJR", "JJS", "CD"} for token in telling
    )
    if head.dependency in {"dobj", "pobj", "attr"} and indefinite and not plain and head.lemma not in LIGHT_NOUNS:
        return f"What kind of {noun}" if head.tag in NOUNS else "What"
    return "What"
