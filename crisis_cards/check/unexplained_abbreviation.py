"""unexplained-abbreviation: capitals that the notes use and never write out.

You know now what they stand for; in a year, on a card without its notes, you may not. Told once, at the first place;
what everybody knows (UN, DNA) is not told.

    The EXCOM met at noon
    The EXCOM was divided

Write instead: `Executive Committee (EXCOM)` once, or a line under `[glossary]` in deck.toml; then the full form stands
on the back of every card with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from crisis_cards.check.inspection import Finding, Inspection, Said, Sheet
from crisis_cards.commonness import common_words
from crisis_cards.diagnostics import Span
from crisis_cards.model import Heading

MIN_TIMES = 2
MAX_CHANCE = 3  # letters that words in a row may begin with by chance
SMALL = frozenset("of the and for on in a to de la".split())
MIN_CUT = 4  # letters that a word is cut off after
MIN_SMALL = 0.5  # of the letters of a line: where all is in capitals, capitals say nothing

# Beside those that are common words, as “nato”; known to whoever learns the subject, or no abbreviation.
KNOWN = frozenset(
    """
    UN UK US USA EU USSR UAE DDR GDR NATO NASA DNA RNA HIV AIDS BC AD BCE CE AM PM TV PC CD ID OK PDF HTML HTTP
    HTTPS URL USB CEO PHD GCSE AQA EDEXCEL OCR IB AP MCQ SAQ LEQ DBQ FRQ NB PS FYI TODO FAQ ASAP WW WWI WWII CPU
    GPU RAM SQL CSS XML JSON ASCII API GPS SMS IQ LED AC DC UV IR NHS BBC CIA FBI KGB CO NO OH NH CN SO HCN ATP
    SI STEM RIP VIP DIY PR OECD ABC XYZ AI IT ACID NULL KKK TCP UDP DNS VPN LAN WAN
    """.split()
)
_SHORT = re.compile(r"(?<![\w.&/’'+=^_-])[A-Z]{3,6}(?=s?(?![\w’'&/+=^_(-]|\.\w))")
_ROMAN = re.compile(r"M*(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_INITIALS = re.compile(r"[A-Za-z]+")


def unexplained_abbreviation(inspection: Inspection) -> Iterator[Finding]:
    """Capitals written at least MIN_TIMES and explained nowhere."""
    first: dict[str, Span] = {}
    times: Counter[str] = Counter()
    for sheet in inspection.english:
        for said in sheet.said:
            for short in _shorts(said):
                times[short] += 1
                if not sheet.glossary.expansions(short):
                    first.setdefault(short, said.span)
    for short, span in first.items():
        if times[short] >= MIN_TIMES and not any(_explains(sheet, short) for sheet in inspection.sheets):
            wanted = f"write Full Form ({short}) once, or explain it under [glossary] in deck.toml"
            yield Finding(span, f"“{short}” is never written out; {wanted}")


def _shorts(said: Said) -> Iterator[str]:
    letters = [letter for letter in said.text if letter.isalpha()]
    if sum(1 for letter in letters if letter.islower()) < MIN_SMALL * len(letters):
        return
    for found in _SHORT.finditer(said.prose):
        short = found[0]
        if short not in KNOWN and not _is_word(short.lower()) and not _ROMAN.fullmatch(short):
            yield short


def _is_word(short: str) -> bool:
    """Whether capitals are a common word, or cut off one: *NOT*, *MULT*."""
    words = common_words()
    return short in words or (len(short) >= MIN_CUT and any(word.startswith(short) for word in words))


def _explains(sheet: Sheet, short: str) -> bool:
    """Whether a file writes a short form out: before or in brackets, after a colon or a sign, or in a title."""
    own = re.escape(short)
    wanted = re.compile(
        rf"\(\s*{own}s?\b|\b{own}s?\s*(?:\(|[:=–—]|- |is an?\b|are\b|stands? for\b|means?\b|meaning\b)|[=/]\s*{own}\b"
    )
    if _has_initials(sheet.document.title, short) or wanted.search(sheet.document.title):
        return True
    for said in sheet.said:
        is_near = short in said.text or isinstance(said.block, Heading) or len(short) > MAX_CHANCE
        if wanted.search(said.text) or _has_initials(said.text, short, only_big=not is_near):
            return True
    return False


def _has_initials(text: str, short: str, *, only_big: bool = False) -> bool:
    """Whether words in a row begin with the letters of a short form; small words between them need not count.

    `only_big`: whether they must be capitalised, as of three letters some three words begin so by chance.
    """
    words = [word for word in _INITIALS.findall(text) if word != short]
    if only_big:
        words = [word if word[0].isupper() else "." for word in words if word not in SMALL]
    whole = "".join(word[0] for word in words).upper()
    without_small = "".join(word[0] for word in words if word not in SMALL).upper()
    return short in whole or short in without_small
