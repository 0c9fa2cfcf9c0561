"""recall: the line describes what its label, its parent or its heading names, and asks for that name."""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.grammar import NAMES, is_person, main_subject
from crisis_cards.lexicon import LIGHT_VERBS
from crisis_cards.model import Card, Fact, Grade
from crisis_cards.templates.classes import class_noun
from crisis_cards.templates.clause import asked_for_subject, clauses
from crisis_cards.templates.framing import question, subject_cloze
from crisis_cards.templates.stems import content_words

MIN_TOLD = 3
MIN_TOLD_OF_NOBODY = 4  # where neither a name nor a number tells of what it is said


def recall(fact: Fact) -> Iterator[Card]:
    """One question for an elided subject that a line above names, when enough is told of it."""
    if not fact.fills or fact.fills[0].end or fact.grade is not Grade.FULL or fact.parse is None:
        return
    parse = fact.parse
    told = [word for word in content_words(fact.text) if word not in LIGHT_VERBS]
    is_anchored = any(token.tag in {*NAMES, "CD"} and token.is_shown for token in parse.tokens)
    if len(told) < (MIN_TOLD if is_anchored else MIN_TOLD_OF_NOBODY):
        return
    head = main_subject(parse)
    main = next(clauses(fact), None)
    if head is None or main is None:
        return
    noun = class_noun(parse, head)
    wh = f"Which {noun}" if noun else "Who" if is_person(parse, head) else "What"
    if wh == "What" and head.tag in NAMES and len(parse.subtree(head)) == 1 and not head.text.isupper():
        wh = "Who or what"
    if wh.startswith("Who or"):
        yield subject_cloze(fact, "recall")
    else:
        yield question(fact, "recall", asked_for_subject(main, wh), fact.fills[0].text)
