"""Notes that ask what a retired one asks are that one: a statement split, joined, or put back together again.

The last pass of matching, at the level of cards: facts have been matched and cards made, and what is left on both sides
is compared by what it asks. Only the very same asking counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

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
        # Two are enough to know that there is not one.
        same = (note for note in old_by_asking.get(asking, ()) if _asks_the_same(note.wording, wording))
        twins = list(islice(same, 2))
        if len(twins) != 1:
            continue
        twin = twins[0]
        rivals = list(islice((other for other in new_by_asking[asking] if _asks_the_same(twin.wording, other)), 2))
        if len(rivals) == 1:
            found[index] = twin
    return found


def _asks_the_same(old: Wording, new: Wording) -> bool:
    """Whether two wordings of one `_asking` ask the same."""
    match old, new:
        case Question(), Question():
            return True
        case Cloze(), Cloze():
            shorter, longer = sorted((_words(old.text), _words(new.text)), key=len)
            return f" {shorter} " in f" {longer} " and len(shorter.split()) >= MIN_WORDS
        case _:
            return False


@lru_cache(maxsize=20_000)
def _words(text: str) -> str:
    """As `words`: one text is compared with each that has its answer."""
    return words(text)


def _asking(wording: Wording) -> tuple[str, ...]:
    """What wordings that ask the same have in common."""
    return (words(wording.answer), words(wording.prompt)) if isinstance(wording, Question) else _answers(wording)


def _answers(wording: Cloze) -> tuple[str, ...]:
    return tuple(sorted(words(wording.text[mark.start : mark.end]) for mark in blanks(wording)))
