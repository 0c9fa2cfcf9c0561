"""What a slip of the fingers makes of a word, and which word it may have been.

A slip swaps two letters, leaves one out, puts one in, or takes one vowel for another. The first letter is nearly always
right, and another last one rather makes another form of the word, so both are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from crisis_cards.language.spelling import GLUED, MIN_PART

LETTERS = "abcdefghijklmnopqrstuvwxyz"
VOWELS = "aeiou"
MIN_LETTERS = 6  # a shorter word that is nearly another one is too often a word of its own
MIN_LETTERS_OF_SWAP = 4

# Two words that many write as one.
JOINED = {
    "alot": "a lot",
    "aswell": "as well",
    "atleast": "at least",
    "eachother": "each other",
    "incase": "in case",
    "infact": "in fact",
    "inspite": "in spite",
    "noone": "no one",
}
# Small words with two letters swapped, the commonest slips of all.
SWAPPED = {
    word[:at] + word[at + 1] + word[at] + word[at + 2 :]: word
    for word in ("the", "and", "that", "this", "with", "their", "which", "from", "have", "they", "when", "what")
    for at in range(len(word) - 1)
    if word[at] != word[at + 1]
}
# How names of substances end.
SUBSTANCES = frozenset("ane ene yne ate ite ide ase ose ine one".split())
MIN_CONSONANTS = 4

_ONLY_CONSONANTS = re.compile(r"[b-df-hj-np-tv-xz]+")


def meant(word: str, words: Collection[str]) -> Iterator[str]:
    """Those of `words` that one slip makes `word` of."""
    for shift in range(1, len(word)):
        before, after = word[:shift], word[shift:]
        for other, least in _mended(before, after):
            if len(word) >= least and other != word and other in words:
                yield other


def _mended(before: str, after: str) -> Iterator[tuple[str, int]]:
    """What a word was if a slip happened between two parts of it, and how long the word must be to believe that."""
    if len(after) > 1:
        yield before + after[1] + after[0] + after[2:], MIN_LETTERS_OF_SWAP
        yield before + after[1:], MIN_LETTERS - 1 if after[0] == before[-1] else MIN_LETTERS
    for letter in LETTERS:
        is_doubled = letter in {before[-1], after[0]}
        yield before + letter + after, MIN_LETTERS - 1 if is_doubled else MIN_LETTERS
        if len(after) > 1 and letter in VOWELS and after[0] in VOWELS:
            yield before + letter + after[1:], MIN_LETTERS


def are_substances(one: str, other: str) -> bool:
    """Whether two words are names of one family that chemistry tells apart by a vowel: *hexane*, *hexene*."""
    return one[:-3] == other[:-3] and one[-3:] in SUBSTANCES and other[-3:] in SUBSTANCES


def parted(word: str, words: Collection[str]) -> str:
    """The two common words that `word` is without its space; empty if it is none."""
    if word in JOINED:
        return JOINED[word]
    for ending in GLUED:
        first = word.removesuffix(ending)
        if first != word and len(first) >= MIN_PART and first in words:
            return f"{first} {ending}"
    return ""


def lacks_vowels(word: str) -> bool:
    """Whether a word is of consonants alone and too long for it."""
    return len(word) >= MIN_CONSONANTS and bool(_ONLY_CONSONANTS.fullmatch(word))


def with_vowel(word: str) -> Iterator[str]:
    """A word with one vowel put in somewhere."""
    return (word[:at] + vowel + word[at:] for at in range(1, len(word)) for vowel in VOWELS)
