"""What a parser says of one text, as values of our own: rules are written and tested against these.

Tag names are those of the Penn Treebank, dependency labels those of ClearNLP, entity labels those of
OntoNotes 5: what spaCy's English pipelines give.
"""

from __future__ import annotations

import marshal
import zlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

# Parses whose tokens are at hand: those of the lines that are looked at right now, and of the headings above them.
AT_HAND = 1000


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
    """The tokens of one text in order; `is_stable` when a full stop at the end would change nothing.

    Notes may have a hundred thousand lines, whose parses are all needed until the end; as tokens they are 4 kB each.
    So they are kept `packed`, in a twentieth of that, and unpacked when somebody looks.
    """

    packed: bytes
    is_stable: bool = True

    @classmethod
    def of(cls, tokens: Iterable[Token], *, is_stable: bool = True) -> Self:
        """The parse with these tokens."""
        return cls(_packed(tokens), is_stable)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The words of the text."""
        return _unpacked(self.packed)

    @property
    def roots(self) -> tuple[Token, ...]:
        """The tokens that nothing governs: one for each sentence that the parser saw."""
        return _roots(self.packed)

    def children(self, token: Token) -> Iterator[Token]:
        """The tokens that `token` governs directly, in order."""
        return (other for other in self.tokens if other.head == token.index and other.index != token.index)

    def subtree(self, token: Token) -> tuple[Token, ...]:
        """`token` and all that hangs below it, in the order of the text."""
        tokens = self.tokens
        below = {token.index}
        grew = True
        while grew:
            more = {other.index for other in tokens if other.head in below} - below
            grew = bool(more)
            below |= more
        return tuple(other for other in tokens if other.index in below)


# What most parses have much of: zlib says it in a few bits.
WINDOW = -12  # 4 kB, without a checksum
_USUAL = marshal.dumps(
    (
        tuple("PERSON GPE ORG DATE CARDINAL NORP EVENT LOC MONEY".split()),
        tuple(
            "compound amod det prep pobj nsubj ROOT dobj nummod advmod cc conj punct aux auxpass nsubjpass poss case"
            " mark relcl acl advcl ccomp xcomp attr appos npadvmod pcomp agent dep".split()
        ),
        tuple("NNP NN NNS JJ IN DT CD VBD VBZ VBN VBP VBG VB RB CC PRP PRP$ TO , . : HYPH POS MD WDT WP".split()),
        (None, None, "the", "of", "and", "in", "to", "a", "be", ""),
    ),
    2,
)


def _packed(tokens: Iterable[Token]) -> bytes:
    """Tokens column by column; a lemma that is the word itself is left out."""
    told = tuple(tokens)
    numbers = array("I", [number for token in told for number in (token.start, token.end, token.head)])
    columns = (
        tuple(token.text for token in told),
        tuple(None if token.lemma == token.text.lower() else token.lemma for token in told),
        tuple(token.tag for token in told),
        tuple(token.dependency for token in told),
        tuple(token.entity for token in told),
        numbers.tobytes(),
    )
    squeezing = zlib.compressobj(wbits=WINDOW, memLevel=5, zdict=_USUAL)
    return squeezing.compress(marshal.dumps(columns, 2)) + squeezing.flush()


@lru_cache(maxsize=AT_HAND)
def _unpacked(packed: bytes) -> tuple[Token, ...]:
    plain = zlib.decompressobj(WINDOW, _USUAL).decompress(packed)
    *words, numbers = marshal.loads(plain)  # noqa: S302 - what this very program has packed, in memory
    places = array("I", numbers)
    return tuple(
        Token(index, start, end, text, text.lower() if lemma is None else lemma, tag, dependency, head, entity)
        for index, (text, lemma, tag, dependency, entity, start, end, head) in enumerate(
            zip(*words, places[::3], places[1::3], places[2::3], strict=True)
        )
    )


@lru_cache(maxsize=AT_HAND)
def _roots(packed: bytes) -> tuple[Token, ...]:
    return tuple(token for token in _unpacked(packed) if token.head == token.index)
