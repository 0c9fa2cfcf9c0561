"""likely-typo: a word that looks like a slip of the fingers.

What is misspelt in the notes is misspelt on the card, every time. Notes are full of rare words that are right, so
a word is told only if there is evidence: nobody knows it, the notes have it once, and it is one slip away from a word
of these notes or from a common one, or two words without their space, or has no vowel. Told, too, are a word that
stands twice (“the the”) and a verb where the sentence wants a noun (“inspections of the missile sits”). Nothing is
ever corrected.

    The crisis appeared to be on the brnk of escalating

Write instead: the word that you mean; or `#allow(likely-typo)` at the end of the line if it is right as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from crisis_cards.check.inspection import Finding, Inspection, Said, Sheet
from crisis_cards.check.slips import SWAPPED, are_substances, lacks_vowels, meant, parted, with_vowel
from crisis_cards.check.vocabulary import is_beginning, is_word
from crisis_cards.commonness import common_words
from crisis_cards.grammar import SUBJECTS
from crisis_cards.language import Lexicon
from crisis_cards.parse import Parse, Token

MIN_UNKNOWN = 3  # words: fewer do not tell that a line is in another language
MIN_LETTERS_OF_ANY = 4
MIN_LETTERS_OF_COMMON = 5
MAX_TIMES, MIN_LETTERS_OF_REPEATED = 3, 7  # who misspells a word once does so again; but so are rare words written
MIN_LETTERS_OF_RARE = 10  # a word this long that is one slip from a word of the lexicon is hardly another word

# No part of a name, an address, a file name, code, a word with a hyphen or an apostrophe.
_WORD = re.compile(r"(?<![\w'’.\-‑/@#\\_&])[a-z]{3,40}(?![\w'’\-‑/@\\_(&=]|\.\w)")
_ANY_WORD = re.compile(r"[^\W\d_]+")
_TWICE = re.compile(
    r"(?<![\w'’-])(the|an?|of|to|in|and|is|are|was|were|for|with|by|from|as|at|be|it|he|this) \1(?![\w'’-])"
)


def likely_typo(inspection: Inspection) -> Iterator[Finding]:
    """Words that are hardly what was meant."""
    if not inspection.lexicon.words:
        return
    written = Counter(
        word for sheet in inspection.sheets for said in sheet.said for word in _ANY_WORD.findall(said.text)
    )
    times: Counter[str] = Counter()
    for word, count in written.items():
        times[word.lower()] += count
    own = Counter({word: count for word, count in written.items() if word.islower()})
    for sheet in inspection.english:
        for said in sheet.said:
            for found in () if _is_foreign(said, inspection.lexicon) else _WORD.finditer(said.prose):
                count = times[found[0]]
                if count <= MAX_TIMES and (message := _doubt(found[0], own, inspection.lexicon, is_once=count == 1)):
                    yield Finding(said.span, message)
            if twice := _TWICE.search(said.prose):
                yield Finding(said.span, f"“{twice[0]}” has a word twice; leave one out")
        yield from _misplaced(sheet, inspection.lexicon)


def _is_foreign(said: Said, lexicon: Lexicon) -> bool:
    """Whether most words of a line are unknown: it is in another language, or full of names of things."""
    words = [found[0] for found in _WORD.finditer(said.prose) if len(found[0]) >= MIN_LETTERS_OF_ANY]
    unknown = sum(1 for word in words if not is_word(word, lexicon))
    return unknown >= MIN_UNKNOWN and unknown > len(words) / 2


def _doubt(word: str, written: Counter[str], lexicon: Lexicon, *, is_once: bool) -> str:
    """Why a word of the notes is hardly what was meant; empty if it may be.

    A word that comes again is rather right, so only a common word will do as what was meant.
    """
    if word in lexicon or word in common_words():
        return ""
    if word in SWAPPED:
        return f"“{word}” is no word that is known; did you mean “{SWAPPED[word]}”?"
    if len(word) < MIN_LETTERS_OF_ANY:
        return ""
    if not is_once:
        is_near = any(len(other) >= MIN_LETTERS_OF_REPEATED for other in meant(word, common_words()))
        is_doubtful = is_near and not is_word(word, lexicon) and not is_beginning(word, lexicon)
        return f"“{word}” is no word that is known, and nearly one that is; look at its letters" if is_doubtful else ""
    if two := parted(word, common_words()):
        return f"“{word}” lacks a space; did you mean “{two}”?"
    if is_word(word, lexicon):
        return ""
    if lacks_vowels(word):
        is_near = any(other in lexicon.words for other in with_vowel(word))
        return f"“{word}” has no vowel; write the word in full" if is_near else ""
    common = any(len(other) >= MIN_LETTERS_OF_COMMON for other in meant(word, common_words()))
    near = {other for other in meant(word, written) if other in common_words() or not are_substances(word, other)}
    own = sorted(near, key=lambda other: (-written[other], other))
    rare = len(word) >= MIN_LETTERS_OF_RARE and any(not are_substances(word, o) for o in meant(word, lexicon.words))
    if not (own or common or rare) or is_beginning(word, lexicon):
        return ""
    if own:
        return f"“{word}” is no word that is known; did you mean “{own[0]}”, as elsewhere in the notes?"
    return f"“{word}” is no word that is known, and nearly one that is; look at its letters"


# --- a verb in place of a noun ---------------------------------------------------------------------------------


def _misplaced(sheet: Sheet, lexicon: Lexicon) -> Iterator[Finding]:
    for account in sheet.accounts:
        for fact in account.facts:
            for token in fact.parse.tokens if fact.parse is not None else ():
                if fact.parse is not None and _is_verb_for_noun(fact.text, fact.parse, token, lexicon):
                    found = f"“{token.text}” is only a verb, and a noun is wanted here"
                    yield Finding(account.block.span, f"{found}; look at its letters")


def _is_verb_for_noun(text: str, parse: Parse, token: Token, lexicon: Lexicon) -> bool:
    """Whether a word that is a verb alone does not agree with its subject, and a letter more makes it a plural."""
    word = token.text
    is_whole = text[token.start : token.end] == word and word.islower()
    if token.tag != "VBZ" or not is_whole or lexicon.is_noun(word) or not lexicon.is_verb(word):
        return False
    return _disagrees(parse, token) and any(map(lexicon.is_noun, _plurals(word)))


def _plurals(word: str) -> Iterator[str]:
    """The plurals that a letter left out makes `word` of."""
    return (f"{word[:-1]}{letter}s" for letter in "aeiouy") if word.endswith("s") else iter(())


def _disagrees(parse: Parse, verb: Token) -> bool:
    """Whether a verb in the singular has a plural subject, which something singular parts from it."""
    subject = next((token for token in parse.children(verb) if token.dependency in SUBJECTS), None)
    before = parse.tokens[verb.index - 1] if verb.index else None
    return (
        subject is not None
        and before is not None
        and subject.tag == "NNS"
        and before.tag == "NN"
        and before.index > subject.index
        and any(token.dependency == "det" for token in parse.children(before))
    )
