"""What an author can do about a line without a card: what to change in it, and the mark that gets one whatever else.

The marked line is made of a card that was thought of, so it can be copied into the notes as it stands; a card that
would be no good however it is written is not proposed.
"""

from __future__ import annotations

from collections.abc import Iterator

from crisis_cards.model import Account, Candidate, Cloze, MarkKind, Question, Statement
from crisis_cards.tongues import ENGLISH
from crisis_cards.wording import answer, blanks

MARKS = "blank what you want to be asked, ==word==, or write Q: … A: …"
# Gates that find fault with how little a line says or promises, not with what the card asks.
WORTH_MARKING = frozenset({"doubtful", "thin", "long-answer", "long-prompt", "same-prompt", "symbolic", "negative"})

MEANT = "name who or what is meant in the line, or end it with that: #he(…), #it(…), #they(…)"
# What helps, by the gate that kept the card out. Gates that say enough by themselves, as `skipped`, are not in it.
HELP = {
    "about-notes": "write what there is to know, not where it stands",
    "adrift": MEANT,
    "asking": "write the answer, too, as Q: … A: …",
    "bare-fragment": "say of what: write a whole sentence, or put it under a line that names it",
    "comment": "nothing need be done: it stands on the back of the card above, if there is one",
    "doubtful": 'profile = "all" in deck.toml, and `build --refresh`, takes it',
    "familiar": "say what sets the line apart: a date, a place, another name",
    "filled-in": "write the name in place of the pronoun",
    "long-answer": "split the line into two",
    "long-prompt": "split the line into two",
    "negative": "say what was so instead of what was not",
    "pointing": "name what it points at",
    "same-prompt": "say in one of the two lines how they differ",
    "symbolic": "write the formula as term = formula, or blank a part of it",
    "thin": "say more: when, where, of whom",
    "trivial": "say something of its own: a name, a number, a term",
    "unresolved": MEANT,
}


def how_to_get_a_card(account: Account) -> Iterator[str]:
    """For a statement without cards: what to change in the line, and a marked line that gets one."""
    block = account.block
    if not isinstance(block, Statement) or not account.reason:
        return
    if not account.candidates:
        is_foreign = any(fact.language != ENGLISH for fact in account.facts)
        yield MARKS if is_foreign else f"write it as a sentence; or {MARKS}"
        return
    helped = dict.fromkeys(HELP[gate] for each in account.candidates if (gate := _gate(each)) in HELP)
    yield from list(helped)[:2]
    best = next((each for each in account.candidates if _gate(each) in WORTH_MARKING), None)
    yield f"write: {_marked(best, block)}" if best is not None else MARKS


def _with_blank(wording: Cloze) -> str:
    """A text with its blank as an author marks it."""
    (blank,) = blanks(wording)
    text = wording.text
    return f"{text[: blank.start]}=={text[blank.start : blank.end]}=={text[blank.end :]}"


def _gate(candidate: Candidate) -> str:
    return candidate.dropped.partition(":")[0]


def _marked(candidate: Candidate, block: Statement) -> str:
    """The line that gets the card whatever else: with a blank where the answer stands in it, else written out."""
    wording = candidate.card.wording
    said = answer(wording)
    if isinstance(wording, Cloze) and candidate.card.fact.fills and len(blanks(wording)) == 1:
        # The line alone would not say who: as the card would, with the name.
        return _with_blank(wording)
    at = block.text.find(said)
    if isinstance(wording, Question) and (at < 0 or any(mark.kind is MarkKind.CODE for mark in block.marks)):
        return f"Q: {wording.prompt} A: {said}"
    return f"{block.text[:at]}=={said}=={block.text[at + len(said) :]}"
