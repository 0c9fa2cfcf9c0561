"""oblique: what a preposition leads to: *Which country … to?*, *Through which place …?*, *Where …?*."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.commonness import is_common
from crisis_cards.dates import DATE
from crisis_cards.grammar import NAMES, PEOPLE, PLACES
from crisis_cards.lexicon import COUNTRIES
from crisis_cards.model import Card, Fact, Grade
from crisis_cards.parse import Token
from crisis_cards.phrase import inside, say
from crisis_cards.templates.classes import bare, wh_of
from crisis_cards.templates.clause import Clause, asked, clauses
from crisis_cards.templates.framing import question

PREPOSITIONS = frozenset(
    """
    to from into against with for by on through under over between at in of about as towards across among beyond onto
    around outside inside within near behind beside along via after before
    """.split()
)
LOCATIVE = frozenset({"in", "at", "near", "on", "behind", "under", "above", "below", "inside", "within", "outside"})
# These stay where they are: *What did it lead to?* is what people say.
STRANDED = frozenset({"to", "from", "for", "with", "by", "about", "of", "at", "into", "against", "on"})
# What these lead to is asked for by *what* alone; after the others a plain noun is as often a manner as a thing.
LEADING = frozenset({"to", "from", "into", "against", "by", "with", "through", "for", "across", "onto", "towards"})


def oblique(fact: Fact) -> Iterator[Card]:
    """One question for each noun phrase that a preposition joins to the verb of a clause."""
    for clause in clauses(fact) if fact.grade is Grade.FULL else ():
        for prep in clause.parse.children(clause.verb):
            if prep.dependency not in {"prep", "agent", "dative"} or prep.text.lower() not in PREPOSITIONS:
                continue
            inner = [token for token in clause.parse.children(prep) if token.dependency == "pobj"]
            is_apart = clause.parse.tokens[prep.index - 1].text in {",", "("}
            if len(inner) == 1 and prep.index > clause.verb.index and not is_apart:
                yield from _asked_with(clause, prep, inner[0])


def _asked_with(clause: Clause, prep: Token, head: Token) -> Iterator[Card]:
    fact, parse = clause.fact, clause.parse
    words = parse.subtree(head)
    text = say(fact, words)
    word = prep.text.lower()
    is_idiom = word == "in" and words[0].text.lower() == "order"
    if DATE.match(text) or is_idiom or not all(token.is_shown for token in words):
        return
    wh = wh_of(parse, fact, head)
    is_named = head.tag in NAMES and head.entity not in {*PEOPLE, "DATE", "TIME"}
    is_named = is_named or (head.tag in {"NN", "NNS"} and words[0].text.lower() == "the" and not is_common(text))
    is_place = is_named or bare(text).casefold() in COUNTRIES or head.entity in PLACES
    hole = (prep, *words)
    if word in LOCATIVE and is_place and (wh == "Which place" or not wh.startswith(("Which", "What kind"))):
        yield question(fact, "where", asked(clause, "Where", hole), f"{word} {text}", frame=clause.frame)
    elif wh and not wh.startswith("Who or") and (wh != "What" or word in LEADING):
        small = wh[0].lower() + wh[1:]
        asks = f"{word.capitalize()} {small.replace('who', 'whom', 1) if small.startswith('who') else small}"
        prompt = asked(clause, wh, words) if word in STRANDED else asked(clause, asks, hole)
        yield question(fact, "oblique", prompt, inside(fact, words), frame=clause.frame)
