"""Which language each text of a document is in: decided for the document first, which can be done for sure.

A line is in another language than its document on strong evidence only: letters of another script, or no word that
only English has and a likelihood that no English line of 6,600 reached. So one that is full of foreign names stays
English.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from crisis_cards.commonness import common_words
from crisis_cards.tongues.naming import LATIN, SHARING, scores
from crisis_cards.tongues.scripts import OTHER, WITHOUT_SPACES, of_script
from crisis_cards.tongues.small_words import ENGLISH as SMALL_ENGLISH
from crisis_cards.tongues.small_words import FOREIGN as SMALL_FOREIGN

ENGLISH = "en"

LANGUAGES = LATIN | frozenset().union(*SHARING.values()) | frozenset("el he hi ja ko th zh".split())
"""Languages that notes can say they are in."""

# Of the words in small letters, the share that common English ones have: 0.49 to 0.8 in English notes, up to 0.3 in
# German ones.
PLAINLY_ENGLISH, HARDLY_ENGLISH = 0.45, 0.4
HALF = 0.5
MIN_WORDS = 8

# By how much more likely (as a logarithm) another language must be.
STRONG, IN_MIXED = 25.0, 3.0

# From how many lines of a second language on a document is mixed, so that less is enough.
FEWEST_LINES, SHARE_OF_LINES = 2, 0.1

MAX_LINE = 400  # characters that are looked at; a line says what it is at its beginning
MAX_SAMPLE = 400  # lines

_WORD = re.compile(r"(?<![^\W_])[^\W\d_]+(?![^\W_])")


@dataclass(frozen=True)
class Traces:
    """What the words of a text say of its language, before it is looked at closely."""

    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words, but for single letters, which stand in formulas."""
        return tuple(word for word in _WORD.findall(self.text) if len(word) > 1)

    @cached_property
    def small(self) -> tuple[str, ...]:
        """Those in small letters: names are of no language."""
        return tuple(word for word in self.words if word.islower())

    @cached_property
    def english(self) -> float:
        """The share of its words in small letters that are common in English."""
        known = sum(word in common_words() and word not in SMALL_FOREIGN for word in self.small)
        return known / max(len(self.small), 1)

    @cached_property
    def plain_english(self) -> int:
        """How many small words it has that only English has."""
        return len({word.lower() for word in self.words} & SMALL_ENGLISH)

    @cached_property
    def is_suspect(self) -> bool:
        """Whether it has a small word of another language, or letters that English does not write."""
        return any(word in SMALL_FOREIGN or not word.isascii() for word in self.small) or any(
            not word.isascii() for word in self.words
        )


def languages_of(texts: Sequence[str], declared: str, *, is_certain: bool = False) -> tuple[str, ...]:
    """The language of each text of one document.

    `declared`: what most notes beside it are in, or, when that `is_certain`, what its author says of this one.
    """
    read = [text[:MAX_LINE] for text in texts]
    main = declared.partition("-")[0] if is_certain else language_of(read, declared)
    scripts = [of_script(text) for text in read]
    found = [main if script else _of_line(text, main) for text, script in zip(read, scripts, strict=True)]
    others = Counter(language for language in found if language != main)
    second, lines = others.most_common(1)[0] if others else ("", 0)
    if lines >= max(FEWEST_LINES, SHARE_OF_LINES * len(texts)):
        found = [
            _of_mixed(text, main, second) if language == main else language
            for text, language in zip(read, found, strict=True)
        ]
    return tuple(
        _of_letters(script, main) if script else language for script, language in zip(scripts, found, strict=True)
    )


def language_of(texts: Iterable[str], declared: str) -> str:
    """The language that most of a document is in."""
    declared = declared.partition("-")[0] or ENGLISH
    lines = [text[:MAX_LINE] for text in texts if text.strip()]
    sample = "\n".join(lines[:: max(1, len(lines) // MAX_SAMPLE)])
    script = of_script(sample)
    if script:
        near = SHARING.get(script, frozenset())
        if declared in near or (declared, script) == ("zh", "ja"):
            return declared
        return _surely(sample, script, near, STRONG) if near else script
    sample = "\n".join(line for line in sample.split("\n") if not of_script(line))
    traces = Traces(sample)
    if len(traces.small) >= MIN_WORDS and traces.english >= PLAINLY_ENGLISH:
        return ENGLISH if traces.plain_english >= FEWEST_LINES else declared
    is_little = len(traces.words) < FEWEST_LINES or (len(traces.small) <= MIN_WORDS and traces.plain_english)
    if declared != ENGLISH or traces.english >= HARDLY_ENGLISH or is_little:
        return declared
    return _surely(sample, ENGLISH, LATIN, STRONG)


def _of_letters(script: str, main: str) -> str:
    """The language of a line whose letters are of a script: that of its document if this is written so, too."""
    is_shared = main in SHARING.get(script, ()) or {main, script} <= {"ja", "zh"}
    return main if is_shared else script


def _of_line(text: str, main: str) -> str:
    """The language of a line in Latin letters: another than `main` on strong evidence only."""
    traces = Traces(text)
    if main != ENGLISH:
        is_plain = traces.plain_english >= FEWEST_LINES and traces.english >= HALF
        return _surely(text, main, {ENGLISH}, IN_MIXED) if is_plain and main in LATIN else ENGLISH if is_plain else main
    is_foreign = traces.is_suspect and not traces.plain_english and traces.english <= HALF
    return _surely(text, main, LATIN, STRONG) if is_foreign and len(traces.words) >= FEWEST_LINES else main


def _of_mixed(text: str, main: str, second: str) -> str:
    """The language of a line of a document in two languages that did not give itself away."""
    traces = Traces(text)
    if main == ENGLISH and second in LATIN and not traces.plain_english and traces.english <= HALF:
        return _surely(text, main, {second}, IN_MIXED)
    return main


def _surely(text: str, main: str, others: Collection[str], least: float) -> str:
    """The likeliest of `others` if it is likelier than `main` by `least`, else `main`."""
    found = scores(text, {*others, main})
    best = max(found, key=lambda language: found[language])
    return best if found[best] - found[main] >= least else main


__all__ = ["ENGLISH", "LANGUAGES", "OTHER", "SMALL_FOREIGN", "WITHOUT_SPACES", "language_of", "languages_of"]
