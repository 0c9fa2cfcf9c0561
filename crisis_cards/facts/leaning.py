"""Words that point out of a text: pronouns that nothing before them explains, *this*, *such*, *there*, *the latter*."""

from __future__ import annotations

from collections.abc import Sequence

from crisis_cards.grammar import NAMES, SUBJECTS, is_person, subject_of
from crisis_cards.model import Fill
from crisis_cards.parse import Parse, Token

SHE_OR_HE = frozenset({"he", "him", "his", "she", "her", "hers", "himself", "herself"})
THEY_OR_IT = frozenset({"they", "them", "their", "theirs", "it", "its", "itself", "themselves"})
POINTING = frozenset({"this", "these", "those", "that", "such"})
PLACES = frozenset({"there", "here"})
ORDER_WORDS = frozenset({"former", "latter", "above"})
ONE, SEVERAL = frozenset({"NN", "NNP"}), frozenset({"NNS", "NNPS", "NNP", "CC"})
TIMES = frozenset("year month week day hour minute time century decade moment practice end beginning addition".split())


def leaning(parse: Parse, fills: Sequence[Fill] = ()) -> Token | None:
    """The first word that points out of the text and is not filled in, or None."""
    filled = {fill.start for fill in fills}
    found = [_pointing(parse), open_pronoun(parse, SHE_OR_HE), open_pronoun(parse, THEY_OR_IT)]
    open_words = [token for token in found if token is not None and token.start not in filled]
    return min(open_words, key=lambda token: token.index, default=None)


def _pointing(parse: Parse) -> Token | None:
    for token in parse.tokens:
        word = token.text.lower()
        follows = parse.tokens[token.index + 1].text.lower() if token.index + 1 < len(parse.tokens) else ""
        if word == "such" and follows != "as":
            return token
        if word in POINTING and token.tag == "DT" and (word != "that" or token.dependency == "det"):
            return token
        if word in PLACES and token.dependency == "advmod":
            return token
        if word in ORDER_WORDS and token.index and parse.tokens[token.index - 1].text.lower() == "the":
            return token
        if word == "same" and "as" not in {other.text.lower() for other in parse.tokens[token.index :]}:
            return token
    return None


def open_pronoun(parse: Parse, words: frozenset[str]) -> Token | None:
    """The first of the pronouns `words` before which the text names nobody and nothing that it could be."""
    for token in parse.tokens:
        if token.tag in {"PRP", "PRP$"} and token.text.lower() in words:
            earlier = _possible(parse, token)
            if words is SHE_OR_HE and any(is_person(parse, other) or other.tag in NAMES for other in earlier):
                return None
            fitting = ONE if token.text.lower().startswith("it") else SEVERAL
            found = any(other.tag in fitting and other.lemma not in TIMES for other in earlier)
            if words is THEY_OR_IT and (found or _is_expletive(parse, token)):
                return None
            return token
    return None


def _possible(parse: Parse, pronoun: Token) -> tuple[Token, ...]:
    """The words before a pronoun that it may stand for: not the subject of the verb that acts on it."""
    earlier = parse.tokens[: pronoun.index]
    if pronoun.tag != "PRP" or pronoun.dependency in SUBJECTS or pronoun.text.lower().endswith(("self", "selves")):
        return earlier
    verb = parse.tokens[pronoun.head]
    if pronoun.dependency == "pobj":
        verb = parse.tokens[verb.head]
    own = subject_of(parse, verb)
    words = parse.subtree(own) if own is not None else ()
    return tuple(token for token in earlier if token not in words)


def _is_expletive(parse: Parse, token: Token) -> bool:
    """*It* that points at nothing: *it takes time to*, *it is clear that*."""
    if token.text.lower() != "it":
        return False
    verb = parse.tokens[token.head]
    return token.dependency == "expl" or any(
        other.dependency in {"ccomp", "xcomp", "advcl", "csubj", "relcl"} and other.index > verb.index
        for other in parse.children(verb)
    )
