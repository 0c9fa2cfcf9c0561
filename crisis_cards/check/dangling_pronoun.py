"""dangling-pronoun: “he”, “it” or “this” begins a line, and nothing that a card can show says who or what is meant.

A card is seen alone. A word that points at another line points at nothing there, so such a line gets no card.

    ## Aftermath
    He was removed two years later

Write instead: the name, or put it at the end of the line: `He was removed two years later #he(Khrushchev)`.
"""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.check.inspection import Finding, Inspection
from crisis_cards.check.lessons import speaks_of_lessons
from crisis_cards.facts.leaning import SHE_OR_HE, THEY_OR_IT, leaning
from crisis_cards.grammar import NOUNS, SUBJECTS, is_question
from crisis_cards.model import Account, Block, Fact, Heading, Statement
from crisis_cards.parse import Parse, Token
from crisis_cards.templates.about_notes import speaking_of_notes

POINTING = frozenset({"this", "these"})
# The word after “#” by which the author explains a pronoun.
CALLED = {
    "she": "she",
    "her": "she",
    "hers": "she",
    "they": "they",
    "their": "they",
    "them": "they",
    "it": "it",
    "its": "it",
}
MIN_WORDS = 5  # a shorter line is rather a remark


def dangling_pronoun(inspection: Inspection) -> Iterator[Finding]:
    """A line without a card whose first word for somebody or something could not be resolved.

    *This* after another line is that line, as every reader sees, so only one right below a heading is told. In running
    text every other sentence leans on the one before; only what begins a line is told.
    """
    for sheet in inspection.english:
        blocks = [account.block for account in sheet.accounts]
        for before, account in zip((None, *blocks), sheet.accounts, strict=False):
            word = _open_word(account)
            if word is None or _goes_on(before, account.block, word):
                continue
            said = word.text.lower()
            name = "this" if said in POINTING else CALLED.get(said, "he")
            found = f"“{word.text}” stands for nothing that a card can show"
            yield Finding(account.block.span, f"{found}; write what it is, or #{name}(…)")


def _goes_on(before: Block | None, block: Block, word: Token) -> bool:
    """Whether a block is the next sentence of a running text, or says *this* of the line before it."""
    if before is None or isinstance(before, Heading):
        return False
    return before.span.last == block.span.first or word.text.lower() in POINTING


def _open_word(account: Account) -> Token | None:
    """The word that keeps a block from having cards."""
    is_lead_in = isinstance(account.block, Statement) and account.block.has_children
    is_asked = any(not candidate.dropped for candidate in account.candidates)
    if is_asked or is_lead_in or len(account.facts) != 1 or account.facts[0].text.endswith(":"):
        return None
    fact = account.facts[0]
    parse = fact.parse
    if parse is None or not fact.is_adrift or not _is_said_of_the_world(fact, parse):
        return None
    word = leaning(parse, fact.fills)
    return word if word is not None and _begins(parse, word) else None


def _is_said_of_the_world(fact: Fact, parse: Parse) -> bool:
    """Whether a line states something of what the notes are about."""
    is_aside = speaks_of_lessons(fact.text) or bool(speaking_of_notes(fact))
    return not is_question(parse) and not is_aside and len(fact.text.split()) >= MIN_WORDS


def _begins(parse: Parse, word: Token) -> bool:
    """Whether a word that points is, or belongs to, the subject of its line, with nothing named before it."""
    said = word.text.lower()
    if said not in SHE_OR_HE | THEY_OR_IT | POINTING:
        return False
    head = parse.tokens[word.head] if word.dependency in {"det", "poss"} else word
    return head.dependency in SUBJECTS and not any(token.tag in NOUNS for token in parse.tokens[: word.index])
