"""Which words exist, and which one was two words before a space went missing.

The lexicon is the one that the language model's own lemmatizer ships (WordNet's lemmas): nothing more to install,
and as fixed as the model. It serves the parser only; what the author wrote is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crisis_cards.parse import Piece

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.lookups import Lookups

WORD = re.compile(r"(?<![\w'’.-])[a-z]{5,}(?![\w'’-])")

# Function words that a missing space glues to the word before them. Shorter ones (a, at, in, on) end too many
# real words.
GLUED = ("from", "that", "the", "with", "and", "to", "of")

# A part shorter than this is no evidence: "into" is not "in to".
MIN_PART = 4


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lower-case lemmas, irregular forms, the endings that make regular forms; verbs and nouns by themselves, too."""

    words: frozenset[str]
    endings: tuple[tuple[str, str], ...]
    verbs: frozenset[str] = frozenset()
    verb_endings: tuple[tuple[str, str], ...] = ()
    nouns: frozenset[str] = frozenset()
    noun_endings: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, pipeline: Language) -> Lexicon:
        """The lexicon of a pipeline's rule lemmatizer; empty when it has none."""
        if not pipeline.has_pipe("lemmatizer"):
            return cls(frozenset(), ())
        lookups = pipeline.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]  # a pipe is any callable
        words: set[str] = set(pipeline.Defaults.stop_words)
        for name in ("lemma_index", "lemma_exc"):
            if lookups.has_table(name):
                for forms in lookups.get_table(name).values():
                    words.update(forms)
        endings = []
        if lookups.has_table("lemma_rules"):
            for rules in lookups.get_table("lemma_rules").values():
                endings += [(old, new) for old, new in rules if old.isalpha()]
        verbs, verb_endings = _part_of_speech(lookups, "verb")
        nouns, noun_endings = _part_of_speech(lookups, "noun")
        return cls(frozenset(words), tuple(sorted(set(endings))), verbs, verb_endings, nouns, noun_endings)

    def is_verb(self, word: str) -> bool:
        """Whether the lower-case `word` can be a form of a verb."""
        return _is_form(word, self.verbs, self.verb_endings)

    def is_noun(self, word: str) -> bool:
        """Whether the lower-case `word` can be a noun, in the plural or not."""
        return _is_form(word, self.nouns, self.noun_endings)

    def __contains__(self, word: str) -> bool:
        """Whether the lower-case `word`, or what it is a regular form of, is a word."""
        return _is_form(word, self.words, self.endings)


def _part_of_speech(lookups: Lookups, name: str) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """The lemmas and irregular forms of one part of speech, and the endings that make its regular forms."""
    found: set[str] = set()
    for table in ("lemma_index", "lemma_exc"):
        if lookups.has_table(table) and name in lookups.get_table(table):
            found.update(lookups.get_table(table)[name])
    endings = [("s", "")]
    if lookups.has_table("lemma_rules") and name in lookups.get_table("lemma_rules"):
        endings += [(old, new) for old, new in lookups.get_table("lemma_rules")[name] if old.isalpha()]
    return frozenset(found), tuple(sorted(set(endings)))


def _is_form(word: str, words: frozenset[str], endings: tuple[tuple[str, str], ...]) -> bool:
    """Whether `word`, or what one of `endings` makes it of, is among `words`."""
    return word in words or any(word.removesuffix(old) + new in words for old, new in endings if word.endswith(old))


def split_words(text: str, lexicon: Lexicon) -> Iterator[Piece]:
    """The places where a space is missing: the word is unknown, and it is a known word and a function word."""
    if not lexicon.words:
        return
    for match in WORD.finditer(text):
        word = match[0]
        for ending in GLUED:
            first = word.removesuffix(ending)
            if first != word and len(first) >= MIN_PART and first in lexicon and word not in lexicon:
                at = match.start() + len(first)
                yield Piece(at, at, " ")
                break
