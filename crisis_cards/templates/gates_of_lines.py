"""Gates for what a line is: none of its cards can be good, or none that blanks it there."""

from __future__ import annotations

import re

from crisis_cards.grammar import consequence, is_question, main_subject
from crisis_cards.model import Card, Cloze
from crisis_cards.templates.about_notes import speaking_of_notes
from crisis_cards.templates.familiar import Familiar
from crisis_cards.wording import blanks

MAX_SIGNS = 0.05  # of the characters
_MEASURE = re.compile(r"[%<>≤≥~/°£$€↑↓→]")  # *women < 120 g/L* is no formula
_EXAMPLE = re.compile(r"\b(?:e\.?g\.?|for example|such as)[ ,:]+$", re.IGNORECASE)
# Authors before a year: *Rosenthal & Jacobson (*, *Taylor et al. (*; and in the brackets: *(Breiman, *.
_CITED = re.compile(r"[A-Z][\w’'-]+ (?:(?:&|and|\+) [A-Z][\w’'-]+|et al\.?),? \($")
_AUTHOR = re.compile(r"\((?:[^()]*[;&+] |see )?[A-Z][\w’'-]+(?: et al\.?)?,? $")


def adrift(card: Card, _: Familiar) -> str:
    """It points at lines that are not there, or at more of them than a card can show."""
    if card.fact.is_adrift:
        return "it needs lines that are too long or too far away to show"
    parse = card.fact.parse
    if isinstance(card.wording, Cloze) and parse is not None and consequence(parse) is not None:
        return "what is so is not on the card"
    return ""


def symbolic(card: Card, _: Familiar) -> str:
    """Code and formulas: a blank of a word or a number in them asks for a letter of a spelling."""
    text = card.fact.text
    if card.template == "number":
        text = _MEASURE.sub("", text)
    signs = sum(
        not character.isalnum() and not character.isspace() and character not in ".,;:'’-–\"“”()" for character in text
    )
    is_blank = card.template in {"phrase", "number", "name", "date"}
    return "the line is a formula or code" if is_blank and signs > MAX_SIGNS * len(text) else ""


def aside(card: Card, _: Familiar) -> str:
    """What stands in brackets, or after *e.g.*, is said by the way: one of several, or the source of a claim."""
    before = card.wording.text[: blanks(card.wording)[0].start] if isinstance(card.wording, Cloze) else ""
    in_brackets = before.count("(") > before.count(")")
    if card.template in {"name", "phrase"} and (in_brackets or _EXAMPLE.search(before)):
        return "it is said by the way, in brackets or as an example"
    is_cited = _CITED.search(before) or (in_brackets and _AUTHOR.search(before))
    return "the year only tells where a claim was made" if card.template == "date" and is_cited else ""


def asking(card: Card, _: Familiar) -> str:
    """A line that asks states nothing; what stands under it answers it."""
    parse = card.fact.parse
    return "it asks, and says nothing" if parse is not None and is_question(parse) and not card.fact.label else ""


def about_notes(card: Card, _: Familiar) -> str:
    """*The following table compares …*: it speaks of the notes, not of what they are about."""
    said = speaking_of_notes(card.fact)
    return f"“{said}” speaks of the notes themselves" if said else ""


def comment(card: Card, _: Familiar) -> str:
    """What the author thinks of the line above, which has the fact: *This was a perfect scenario*."""
    parse = card.fact.parse
    subject = main_subject(parse)
    if parse is not None and subject is not None and subject.tag == "DT" and parse.tokens[subject.head].lemma == "be":
        return "it only says what the line above is like"
    return ""


def bare_fragment(card: Card, _: Familiar) -> str:
    """A fragment with nothing above it to say what it is about."""
    is_dated = card.template == "date" and isinstance(card.wording, Cloze) and blanks(card.wording)[0].start == 0
    is_whole = card.fact.label or card.template in {"sequence", "chain"} or is_dated
    if isinstance(card.wording, Cloze) and card.fact.grade == "fragment" and not is_whole:
        has_anchor = card.wording.context or len(card.wording.topic) > 1
        return "" if has_anchor else "a fragment that says of nothing what it says"
    return ""
