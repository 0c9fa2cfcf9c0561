"""Words of a fact back to text, with what was filled in: the author's spacing where words stand together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from crisis_cards.grammar import NAMES
from crisis_cards.model import Fact, Fill
from crisis_cards.parse import Token

AUXILIARIES = frozenset({"aux", "auxpass"})
_SPACE_BEFORE = re.compile(r"\s+([,;:.!?)\]’”])")
_EDGES = " ,;:–—-"


def say(fact: Fact, tokens: Iterable[Token]) -> str:
    """The text of `tokens` in their order, fills in place; commas and dashes at its ends are cut off."""
    return trim(_said(fact, tokens, {}))


def say_instead(fact: Fact, tokens: Sequence[Token], instead: Mapping[int, str]) -> str:
    """The text of `tokens` inside a sentence, those whose index is in `instead` replaced; a comma may begin it."""
    text = _said(fact, tokens, instead)
    is_filled = not tokens or tokens[0].index in instead or _fill_at(fact, tokens[0]) is not None
    return text if is_filled else uncapital(text, tokens[0])


def _said(fact: Fact, tokens: Iterable[Token], instead: Mapping[int, str]) -> str:
    parts: list[str] = []
    before: Token | None = None
    filled: Fill | None = None
    for token in tokens:
        fill = _fill_at(fact, token)
        own = fact.text[token.start : token.end] if token.is_shown else token.text
        words = own if fill is None else fill.text
        words = instead.get(token.index, words)
        if before is not None and not before.is_shown:
            words = uncapital(words, token)
        if fill is not None and fill is filled:
            before = token
            continue
        adjacent = before is not None and token.index == before.index + 1 and before.is_shown and token.is_shown
        if before is not None:
            touches = before.is_shown and token.is_shown and before.end == token.start
            parts.append(fact.text[before.end : token.start] if adjacent or touches else " ")
        parts.append(words)
        before, filled = token, fill
    text = " ".join("".join(parts).split())
    return _SPACE_BEFORE.sub(r"\1", text)


def elided(fact: Fact) -> str:
    """The words put before a fact's text to make it a clause: its subject, and *was* or *are* before a participle."""
    tokens = fact.parse.tokens if fact.parse is not None else ()
    before = []
    for token in tokens:
        if token.is_shown:
            break
        before.append(token)
    return _said(fact, before, {}) if fact.fills and fact.fills[0].end == 0 else ""


def trim(text: str) -> str:
    """`text` without separators at its ends, and without a full stop that ends no abbreviation."""
    text = text.strip(_EDGES)
    if text.endswith(".") and not re.search(r"(?:\b\w|\.\w|\betc|\bal)\.$", text):
        text = text[:-1]
    return text.strip(_EDGES)


def inside(fact: Fact, tokens: Sequence[Token]) -> str:
    """The text of `tokens` as it stands inside a sentence: a capital that only began the line is taken off."""
    text = say(fact, tokens)
    return uncapital(text, tokens[0]) if tokens and _fill_at(fact, tokens[0]) is None else text


def uncapital(text: str, first: Token) -> str:
    """`text`, whose first word is `first`, without a capital that only began the line."""
    word = text.split(maxsplit=1)[0] if text else ""
    if first.start > 0 or not first.is_shown or not word or not word[0].isupper() or word == "I":
        return text
    if any(letter.isupper() for letter in word[1:]) or word[1:2] == ".":
        return text
    if first.tag in {"NN", "NNP"} and re.match(r"\S+ \d", text):  # "Voskhod 1"
        return text
    is_name = first.tag in NAMES or (first.tag[:2] in {"JJ", "NN"} and first.entity)
    if is_name and not _is_common(first):
        return text
    return text[0].lower() + text[1:]


def capital(text: str) -> str:
    """`text` as it begins a sentence; words such as `iPhone` and `f(x)` keep their first letter."""
    if len(text) > 1 and text[0].islower() and (text[1].islower() or text[1] == " "):
        return text[0].upper() + text[1:]
    return text


# Endings of nouns that only abstract, common nouns have: a line that begins with one is often tagged as a name.
_ABSTRACT = re.compile(r"(?:ship|ism|isms|ness|tion|tions|sion|ment|ity|ance|ence|acy|ology|graphy|osis|ysis)$")


def _is_common(token: Token) -> bool:
    return token.entity == "" and bool(_ABSTRACT.search(token.text.lower()))


def _fill_at(fact: Fact, token: Token) -> Fill | None:
    return next(
        (
            fill
            for fill in fact.fills
            if (fill.start <= token.start and token.end <= fill.end and token.is_shown)
            or (fill.start == fill.end == token.start and not token.is_shown and token.dependency not in AUXILIARIES)
        ),
        None,
    )
