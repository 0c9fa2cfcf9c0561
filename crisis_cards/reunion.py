"""Notes that ask what a retired one asks are that one: a statement split, joined, or put back together again.

The last pass of matching, at the level of cards: facts have been matched and cards made, and what is left on both sides
is compared by what it asks. Only the very same asking counts.
"""

from __future__ import annotations

from collections.abc import Sequence

from crisis_cards.identity import words
from crisis_cards.ledger import Shipped
from crisis_cards.model import Cloze, Question, Wording
from crisis_cards.wording import blanks

MIN_WORDS = 3  # of a prompt or text; less is asked in many places


def reunited(news: Sequence[Wording], retired: Sequence[Shipped]) -> dict[int, Shipped]:
    """For the new wordings (by index) the retired notes that they are; one to one, and only where there is one."""
    if not retired:
        return {}
    old_by_asking: dict[tuple[str, ...], list[Shipped]] = {}
    for note in retired:
        old_by_asking.setdefault(_asking(note.wording), []).append(note)
    new_by_asking: dict[tuple[str, ...], list[Wording]] = {}
    for wording in news:
        new_by_asking.setdefault(_asking(wording), []).append(wording)
    found: dict[int, Shipped] = {}
    for index, wording in enumerate(news):
        asking = _asking(wording)
        twins = [note for note in old_by_asking.get(asking, ()) if _asks_the_same(note.wording, wording)]
        rivals = [other for other in new_by_asking[asking] if twins and _asks_the_same(twins[0].wording, other)]
        if len(twins) == 1 and len(rivals) == 1:
            found[index] = twins[0]
    return found


def _asks_the_same(old: Wording, new: Wording) -> bool:
    match old, new:
        case Question(), Question():
            return words(old.answer) == words(new.answer) and words(old.prompt) == words(new.prompt)
        case Cloze(), Cloze():
            shorter, longer = sorted((words(old.text), words(new.text)), key=len)
            is_part = f" {shorter} " in f" {longer} " and len(shorter.split()) >= MIN_WORDS
            return _answers(old) == _answers(new) and is_part
        case _:
            return False


def _asking(wording: Wording) -> tuple[str, ...]:
    """What wordings that ask the same have in common."""
    return (words(wording.answer), words(wording.prompt)) if isinstance(wording, Question) else _answers(wording)


def _answers(wording: Cloze) -> tuple[str, ...]:
    return tuple(sorted(words(wording.text[mark.start : mark.end]) for mark in blanks(wording)))
