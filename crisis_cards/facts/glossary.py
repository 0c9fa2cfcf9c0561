"""Short forms and what they stand for: from deck.toml, or from `Full Name (FN)` in the notes themselves.

A short form of a person is read by the parser as a surname (alone, `NK` is tagged as an interjection), and stays as
written on the card; its full form stands on the back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from crisis_cards.config import Term, TermKind
from crisis_cards.model import Fact
from crisis_cards.parse import Parse, Piece, Token

_SMALL = r"(?:of|the|and|for|on|in|de|la)"
_DEFINED = re.compile(rf"((?:[A-Z][\w'’-]*\s(?:{_SMALL}\s)*){{1,7}}[A-Z][\w'’-]*)\s\(([A-Z][A-Za-z]{{1,7}})\)")


def defined_in(texts: Iterable[str]) -> Iterator[Term]:
    """The terms that the notes define: `North Atlantic Treaty Organization (NATO)`."""
    for text in texts:
        for match in _DEFINED.finditer(text):
            words = [word for word in match[1].split() if word[0].isupper()]
            short = match[2]
            capitals = [letter for letter in short if letter.isupper()]
            tail = words[-len(capitals) :]
            if [word[0] for word in tail] == capitals:
                full = match[1][match[1].index(tail[0]) :] if len(tail) < len(words) else match[1]
                yield Term(short, full, TermKind.THING)


class Glossary:
    """Terms by their short form; deck.toml goes before the notes."""

    def __init__(self, terms: Sequence[Term]) -> None:
        """Keep the first term of each short form."""
        self._terms: dict[str, Term] = {}
        for term in terms:
            self._terms.setdefault(term.short, term)
        longest_first = sorted(self._terms, key=lambda short: (-len(short), short))
        any_of = "|".join(map(re.escape, longest_first))
        self._pattern = re.compile(rf"(?<!\w)(?:{any_of})(?!\w)") if longest_first else None

    def terms_in(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """Where short forms stand in `text`: (start, end, term)."""
        if self._pattern is not None:
            for match in self._pattern.finditer(text):
                yield match.start(), match.end(), self._terms[match[0]]

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """What the parser reads in place of the short forms of people."""
        return tuple(
            Piece(start, end, surrogate)
            for start, end, term in self.terms_in(text)
            if (surrogate := _surrogate(term)) != term.short
        )

    def expansions(self, text: str) -> tuple[tuple[str, str], ...]:
        """The short forms in `text` with their full forms, each once, in order."""
        found = {term.short: term.full for _, _, term in self.terms_in(text)}
        return tuple((short, full) for short, full in found.items() if full and full != short)

    def name(self, fact: Fact, small: frozenset[str] = frozenset(), people: frozenset[str] = frozenset()) -> Fact:
        """`fact` with the words of its terms named by the author's own kinds, which are certain.

        `small`: words that the notes also write in lower case; one that begins a line is no name. `people`: words
        that elsewhere in the notes are names of people.
        """
        if fact.parse is None:
            return fact
        kinds = [(start, end, term.kind) for start, end, term in self.terms_in(fact.text)]
        before = fact.parse.tokens
        tokens = tuple(_renamed(token, _kind_at(kinds, token.start, token.end), small, people) for token in before)
        is_same = all(one is other for one, other in zip(tokens, before, strict=True))
        return fact if is_same else replace(fact, parse=Parse.of(tokens, is_stable=fact.parse.is_stable))


def _renamed(token: Token, kind: TermKind | None, small: frozenset[str], people: frozenset[str]) -> Token:
    if kind is not None:
        return replace(token, entity=kind.value)
    if token.start == 0 and token.is_shown and token.text[:1].isupper() and token.text.lower() in small:
        return replace(token, entity="", tag={"NNP": "NN", "NNPS": "NNS"}.get(token.tag, token.tag))
    if token.tag == "NNP" and token.text in people:
        return replace(token, entity="PERSON")
    return token


def _kind_at(kinds: Sequence[tuple[int, int, TermKind]], start: int, end: int) -> TermKind | None:
    return next((kind for first, last, kind in kinds if first <= start < end <= last), None)


def _surrogate(term: Term) -> str:
    """The surname, for a person whose full form ends in one; else the short form itself."""
    last = term.full.split()[-1] if term.full.split() else ""
    if term.kind is TermKind.PERSON and last.isalpha() and last[0].isupper():
        return last
    return term.short
