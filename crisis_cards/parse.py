"""What a parser says of one text, as values of our own: rules are written and tested against these.

Tag names are those of the Penn Treebank, dependency labels those of ClearNLP, entity labels those of
OntoNotes 5: what spaCy's English pipelines give.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text.

    `start` and `end` are character offsets into the text as the author wrote it; a word that was put in for
    the parser only (an elided subject) has `start == end`. `head` is the index of the governing token, the
    token's own index for a root.
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
