"""How much of a clause a text is: the trial's best predictor of whether a question made from it is right."""

from __future__ import annotations

import re

from crisis_cards.facts.elided import INTRANSITIVE, IRREGULAR
from crisis_cards.grammar import (
    FINITE,
    PLACES,
    announced,
    consequence,
    finite_verbs,
    is_finite,
    main_verb,
    subject_of,
    verb_group,
)
from crisis_cards.model import Grade
from crisis_cards.parse import Parse, Token

# What telegraphic notes write in place of words.
SHORTHAND = re.compile(r"->|=>|→|⇒|←|--|\bvs\b|(?<=\s)[=~|](?=\s)|[:;…]|\.\.\.|\?")


def grade(text: str, parse: Parse) -> Grade:
    """FULL only when the one main clause has its subject and the parse does not hang on a full stop."""
    if not any(True for _ in finite_verbs(parse)):
        return Grade.FRAGMENT
    root = main_verb(parse) or consequence(parse) or announced(parse)
    if root is None or not parse.is_stable or SHORTHAND.search(text):
        return Grade.TELEGRAPHIC
    subject = subject_of(parse, root)
    spliced = any(
        token.dependency in {"parataxis", "dep", "ccomp"}
        and token.tag[:2] in {"VB", "MD"}
        and is_finite(parse, token)
        and token.index < (subject.index if subject else 0)
        for token in parse.children(root)
    )
    reduced = subject is not None and _is_reduced(parse, root, subject)
    titled = root.text[:1].isupper() and root.index > 0  # "Some Americans Supported …": a heading, not a sentence
    voiceless = subject is not None and _is_voiceless(parse, root)
    doubtful = voiceless or spliced or reduced or titled or _disagrees(parse, root, subject) or _mismatched(parse)
    return Grade.TELEGRAPHIC if doubtful else Grade.FULL


def _is_voiceless(parse: Parse, root: Token) -> bool:
    """Whether a past form may as well be a participle: *Caesar stabbed at a meeting*, *Awadh annexed 1856*."""
    word = root.text.lower()
    if root.tag not in {"VBD", "VBN"} or not (word.endswith("ed") or word in IRREGULAR) or word in INTRANSITIVE:
        return False
    around = tuple(parse.children(root))
    if any(
        token.dependency in {"aux", "auxpass", "dobj", "ccomp", "xcomp", "attr", "acomp", "prt", "oprd"}
        for token in around
    ):
        return False
    after = parse.tokens[root.index + 1] if root.index + 1 < len(parse.tokens) else None
    if after is not None and after.tag == "RB" and after.index + 1 < len(parse.tokens):
        after = parse.tokens[after.index + 1]
    return after is not None and (after.tag in {"IN", "CD", "TO"} or after.dependency == "npadvmod")


def _is_reduced(parse: Parse, root: Token, subject: Token) -> bool:
    """Whether the verb only tells of the noun before its comma: *Treaty of Versailles, signed 1919*."""
    last = parse.subtree(subject)[-1].index
    between = parse.tokens[last + 1 : root.index]
    return bool(between) and between[0].text == "," and all(token.text == "," for token in between)


def _mismatched(parse: Parse) -> bool:
    """Whether a common noun is coordinated with a place: *over Cuba and the pilot …*, two clauses read as one."""
    return any(
        token.dependency == "conj" and token.tag in {"NN", "NNS"} and parse.tokens[token.head].entity in PLACES
        for token in parse.tokens
    )


def _disagrees(parse: Parse, root: Token, subject: Token | None) -> bool:
    """Whether a plural subject has a singular verb: a wrong parse, or a slip such as `the missile sits`."""
    inflected = next((token for token in verb_group(parse, root) if token.tag in FINITE), root)
    joined = subject is not None and any(token.dependency == "conj" for token in parse.children(subject))
    return subject is not None and subject.tag in {"NNS", "NNPS"} and inflected.tag == "VBZ" and not joined
