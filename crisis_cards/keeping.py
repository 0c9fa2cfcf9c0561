"""Which card of a changed fact is which: a card whose answer survives keeps its note, its kind and its number.

A note is one asking over the years. When its statement is reworded the asking stays, in new words; when its answer
is corrected (the prompt or the rest of the text is as it was) it stays, and is reported. Anything else is another
asking: a new note, and the old one is retired. A blank's number, once given to an answer, stays with it and is never
reused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from rapidfuzz.distance import Levenshtein

from crisis_cards.identity import words
from crisis_cards.ledger import Shipped
from crisis_cards.model import Candidate, Cloze, Fact, Mark, MarkKind, Question, Wording
from crisis_cards.templates.framing import cloze as cloze_card
from crisis_cards.wording import answer, blanks

TYPO = 0.8  # answers at least this like (1 is equal) differ by a slip of the pen


# What keeps a card out although the learner has it: it would be wrong now, or is unwanted.
FATAL = frozenset({"skipped", "adrift", "filled-in", "given-away", "asking", "about-notes", "unshowable"})


def survivors(fact: Fact, former: Sequence[Shipped], found: Sequence[Candidate]) -> tuple[list[Candidate], list[int]]:
    """The candidates of a changed fact, and the indices of those by which notes that shipped go on.

    A blank whose words are still in the text is a candidate even if no template thinks of it today.
    """
    candidates = list(found)
    sound = [index for index, each in enumerate(found) if each.dropped.partition(":")[0] not in FATAL]
    asked = [
        (index, found[index].card.template, wording)
        for index in sound
        if isinstance(wording := found[index].card.wording, Question)
    ]
    same = same_question(former, [(template, wording) for _, template, wording in asked])
    kept = [asked[place][0] for place in sorted(same)]
    cloze = next((note for note in former if isinstance(note.wording, Cloze)), None)
    if cloze is None or not isinstance(cloze.wording, Cloze) or cloze.template == "author":
        return candidates, kept
    for mark in blanks(cloze.wording):
        said = _blanked(cloze.wording, mark)
        twin = next((index for index in sound if _is_blank_of(found[index].card.wording, said)), None)
        if twin is not None:
            kept.append(twin)
            continue
        is_fatal = any(_is_blank_of(each.card.wording, said) for each in found)
        again = None if is_fatal else _blank_again(fact, cloze, said, mark.hint)
        if again is not None:
            kept.append(len(candidates))
            candidates.append(again)
    return candidates, kept


def _is_blank_of(wording: Wording, said: str) -> bool:
    return isinstance(wording, Cloze) and words(answer(wording)) == words(said)


def _blank_again(fact: Fact, note: Shipped, said: str, hint: str) -> Candidate | None:
    """A blank of the same words, if they stand in the text of the fact just once."""
    places = [match.start() for match in re.finditer(re.escape(said), fact.text, re.IGNORECASE)]
    if len(places) != 1 or fact.parse is None:
        return None
    card = cloze_card(fact, note.template, places[0], places[0] + len(said), hint)
    return Candidate(card) if card is not None else None


def same_question(shipped: Sequence[Shipped], questions: Sequence[tuple[str, Question]]) -> dict[int, int]:
    """Which of the shipped notes each question is: index of question to index of shipped; one to one.

    `questions`: each with its template. By equal answers first, then by equal prompts (a corrected answer), then by
    answers that differ by a typo; of several, one of the same template first.
    """
    old = [(index, note) for index, note in enumerate(shipped) if isinstance(note.wording, Question)]
    tests = (_same_answer, _same_prompt, _similar_answer)
    found: dict[int, int] = {}
    for is_same in tests:
        for by_template in (True, False):
            for new, (template, question) in enumerate(questions):
                for index, note in old:
                    is_free = new not in found and index not in found.values()
                    is_kin = template == note.template or not by_template
                    if is_free and is_kin and isinstance(note.wording, Question) and is_same(note.wording, question):
                        found[new] = index
    return found


def _same_answer(old: Question, new: Question) -> bool:
    return words(old.answer) == words(new.answer)


def _same_prompt(old: Question, new: Question) -> bool:
    return words(old.prompt) == words(new.prompt)


def _similar_answer(old: Question, new: Question) -> bool:
    return _is_typo(old.answer, new.answer)


def same_blanks(old: Cloze | None, new: Cloze, numbers: int) -> tuple[Cloze, int]:
    """`new` with each unnumbered blank numbered: as in `old` where it asks for the same, else above `numbers`.

    Numbers that the author wrote stay; in a note that was never shipped the others get the lowest free ones. Gives
    the cloze and the highest number ever used.
    """
    own = blanks(new)
    given = {index: mark.number for index, mark in enumerate(own) if mark.number}
    if old is not None:
        former = [mark for mark in blanks(old) if mark.number not in given.values()]
        given |= _matched(old, former, new, [(index, mark) for index, mark in enumerate(own) if not mark.number])
    highest = max([numbers, *given.values()])
    taken = set(given.values())
    free = (number for number in count(1 if old is None else highest + 1) if number not in taken)
    for index in range(len(own)):
        if index not in given:
            given[index] = next(free)
    highest = max([highest, *given.values()])
    numbered = [replace(mark, number=given[index]) for index, mark in enumerate(own)]
    others = [mark for mark in new.marks if mark.kind is not MarkKind.BLANK]
    return replace(new, marks=tuple(sorted([*numbered, *others]))), highest


def _matched(old: Cloze, former: Sequence[Mark], new: Cloze, own: Sequence[tuple[int, Mark]]) -> dict[int, int]:
    """Numbers for the new blanks that ask what an old one asked: same words, same text around them, a typo."""
    found: dict[int, int] = {}
    left = list(former)
    for is_same in (_same_place, _same_words, _same_surroundings, _similar_words):
        for index, mark in own:
            twin = next((each for each in left if index not in found and is_same(old, each, new, mark)), None)
            if twin is not None:
                found[index] = twin.number
                left = [each for each in left if each.number != twin.number]
    return found


def _same_place(old: Cloze, one: Mark, new: Cloze, two: Mark) -> bool:
    """The very same words of the same text, where these words come more than once."""
    return _same_words(old, one, new, two) and _same_surroundings(old, one, new, two)


def _same_words(old: Cloze, one: Mark, new: Cloze, two: Mark) -> bool:
    return words(_blanked(old, one)) == words(_blanked(new, two))


def _same_surroundings(old: Cloze, one: Mark, new: Cloze, two: Mark) -> bool:
    return _around(old, one) == _around(new, two)


def _similar_words(old: Cloze, one: Mark, new: Cloze, two: Mark) -> bool:
    return _is_typo(_blanked(old, one), _blanked(new, two))


def _blanked(cloze: Cloze, mark: Mark) -> str:
    return cloze.text[mark.start : mark.end]


def _around(cloze: Cloze, mark: Mark) -> tuple[str, str]:
    return words(cloze.text[: mark.start]), words(cloze.text[mark.end :])


def _is_typo(old: str, new: str) -> bool:
    """Whether two answers are one answer but for a slip; numbers must be equal, for 1961 is no slip of 1962."""
    one, two = words(old), words(new)
    same_numbers = [each for each in one if each.isdigit()] == [each for each in two if each.isdigit()]
    return same_numbers and Levenshtein.normalized_similarity(one, two) >= TYPO


def is_corrected(old: Wording, new: Wording) -> bool:
    """Whether an asking stayed and its answer did not."""
    match old, new:
        case Question(), Question():
            return words(old.answer) != words(new.answer)
        case Cloze(), Cloze():
            before = {mark.number: words(_blanked(old, mark)) for mark in old.marks if mark.kind is MarkKind.BLANK}
            after = {mark.number: words(_blanked(new, mark)) for mark in new.marks if mark.kind is MarkKind.BLANK}
            return any(before[number] != after[number] for number in before.keys() & after.keys())
        case _:
            return False
