"""What a parser says of one text, as values of our own: rules are written and tested against these.

Tag names are those of the Penn Treebank, dependency labels those of ClearNLP, entity labels those of
OntoNotes 5: what spaCy's English pipelines give.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """What the parser reads in place of characters [start, end) of the author's text.

    An abbreviation is read as a surname, `willingto` as two words; an elided subject is put in where
    start == end. What is shown never changes.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Request:
    """A text to parse, with its pieces in order; they do not overlap."""

    text: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text.

    `text` is what the parser read; `start` and `end` are character offsets into what the author wrote, and
    equal for a word that was put in for the parser only. `head` is the index of the governing token, the
    token's own index for a root. `entity`: the label of the named entity that the word is part of; in lower case
    (`person`, `place`, …) when the author's glossary says so, which makes it certain.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    tag: str
    dependency: str
    head: int
    entity: str = ""

    @property
    def is_shown(self) -> bool:
        """Whether the author wrote this word."""
        return self.end > self.start


@dataclass(frozen=True, slots=True)
class Parse:
    """The tokens of one text in order; `is_stable` when a full stop at the end would change nothing."""

    tokens: tuple[Token, ...]
    is_stable: bool = True

    @property
    def roots(self) -> tuple[Token, ...]:
        """The tokens that nothing governs: one for each sentence that the parser saw."""
        return tuple(token for token in self.tokens if token.head == token.index)

    def children(self, token: Token) -> Iterator[Token]:
        """The tokens that `token` governs directly, in order."""
        return (other for other in self.tokens if other.head == token.index and other.index != token.index)

    def subtree(self, token: Token) -> tuple[Token, ...]:
        """`token` and all that hangs below it, in the order of the text."""
        below = {token.index}
        grew = True
        while grew:
            more = {other.index for other in self.tokens if other.head in below} - below
            grew = bool(more)
            below |= more
        return tuple(other for other in self.tokens if other.index in below)
