"""Which of the candidates become cards: few a statement, never two for one answer, no prompt twice in the deck."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from crisis_cards.model import Candidate, Card, Cloze, Mark, MarkKind, Question
from crisis_cards.templates.gates import Familiar
from crisis_cards.templates.stems import stems
from crisis_cards.wording import answer, blanks, front

LONG_STATEMENT = 18  # words; a longer one may have MOST_OF_LONG cards
MOST_OF_SHORT = 2
MOST_OF_LONG = 3
MOST_PHRASES_OF_SHORT = 1
MOST_PHRASES_OF_LONG = 2

LAST_RESORTS = frozenset({"name", "phrase"})

# What asks for the news of a statement; the others ask for whatever can be blanked.
STRONG = frozenset(
    {
        *("answered", "cell", "definition", "reverse", "equation", "condition", "reason", "means", "quotation"),
        *("complement", "outcome", "when", "count", "label", "recall", "oblique", "formula"),
    }
)


class Choice:
    """Chooses fact by fact, in the order of the notes; remembers the prompts of the deck."""

    def __init__(self, deck: Familiar) -> None:
        """Start with no prompt taken; `deck` tells who the main actors are."""
        self._deck = deck
        self._taken: dict[str, str] = {}

    def reserve(self, card: Card) -> None:
        """Take the prompt of a card that ships as it did: a new one that is too like it yields."""
        self._taken[_key(card)] = str(card.fact.block.span)

    def choose(self, candidates: Sequence[Candidate], kept: Collection[int] = ()) -> tuple[Candidate, ...]:
        """The candidates of one fact, in order of preference, those not chosen with the reason.

        `kept`: the indices of those that the learner already has; they are chosen whatever else is.
        """
        open_ones = [index for index, each in enumerate(candidates) if not each.dropped and index not in kept]
        chosen: list[int] = []
        reasons: dict[int, str] = {}
        for index in kept:
            if not any(_overlap(candidates[index].card, candidates[other].card) for other in chosen):
                chosen.append(index)
                reasons[index] = ""
                self.reserve(candidates[index].card)
        while open_ones:
            index = self._next(candidates, open_ones, chosen)
            open_ones.remove(index)
            why = self._against(candidates, chosen, index)
            if why:
                reasons[index] = why
            else:
                chosen.append(index)
                self.reserve(candidates[index].card)
        return tuple(
            replace(candidate, dropped=reasons.get(index, candidate.dropped))
            for index, candidate in enumerate(candidates)
        )

    def _next(self, candidates: Sequence[Candidate], open_ones: Sequence[int], chosen: Sequence[int]) -> int:
        """The best that is left: what asks for the news first, a main actor last, the kinds in turn."""
        kinds = {type(candidates[index].card.wording) for index in chosen}

        def preference(index: int) -> tuple[bool, bool, bool, int]:
            card = candidates[index].card
            is_familiar = stems(answer(card.wording)) <= self._deck.stems
            return card.template not in STRONG, is_familiar, {type(card.wording)} == kinds, index

        return min(open_ones, key=preference)

    def _against(self, candidates: Sequence[Candidate], chosen: Sequence[int], index: int) -> str:
        card = candidates[index].card
        if _key(card) in self._taken:
            return f"same-prompt: {self._taken[_key(card)]} asks the same"
        if card.template == "author":
            return ""
        most = MOST_OF_LONG if len(card.fact.text.split()) > LONG_STATEMENT else MOST_OF_SHORT
        if len(chosen) >= most:
            return f"enough: {most} better cards of this statement"
        phrases = sum(1 for other in chosen if candidates[other].card.template == card.template == "phrase")
        if phrases >= (MOST_PHRASES_OF_LONG if most == MOST_OF_LONG else MOST_PHRASES_OF_SHORT):
            return "enough: another phrase of this statement is blanked"
        if chosen and card.template in LAST_RESORTS and _is_last_resort(card):
            return "last-resort: it is kept only where there is nothing better"
        if any(_overlap(card, candidates[other].card) for other in chosen):
            return "same-answer: a better card of this statement blanks some of these words"
        said = stems(answer(card.wording))
        is_strong = [candidates[other].card.template in STRONG for other in chosen]
        if card.template not in STRONG and said <= self._deck.stems and any(is_strong):
            return "familiar: a main actor is asked for only when nothing better is"
        for other in chosen:
            have = stems(answer(candidates[other].card.wording))
            if said <= have or have <= said:
                return "same-answer: a better card of this statement has this answer"
        return ""


def _overlap(one: Card, two: Card) -> bool:
    """Whether the blanks of two clozes share a character: one text cannot show both."""
    if not isinstance(one.wording, Cloze) or not isinstance(two.wording, Cloze):
        return False
    return any(a.start < b.end and b.start < a.end for a in blanks(one.wording) for b in blanks(two.wording))


def _is_last_resort(card: Card) -> bool:
    """A blank for the subject's name (who did it is a question), a name of no person, or a lone common word."""
    words = answer(card.wording)
    if card.template == "phrase":
        return len(words.split()) == 1 and words.islower()
    if not isinstance(card.wording, Cloze):
        return False
    return card.wording.text.startswith(words) or any(mark.hint != "person" for mark in blanks(card.wording))


def _key(card: Card) -> str:
    wording = card.wording
    asked = answer(wording) if isinstance(wording, Cloze) and card.template == "author" else ""
    return "\n".join((front(wording), asked)).casefold()


def joined(chosen: Iterable[Candidate]) -> tuple[Card, ...]:
    """The cards of one fact for its notes: the clozes of one text become one, its blanks without numbers as yet."""
    cards = [candidate.card for candidate in chosen if not candidate.dropped]
    questions = [card for card in cards if isinstance(card.wording, Question) or card.template == "author"]
    clozes = [card for card in cards if card not in questions]
    return (*questions, *(_one_cloze(list(group)) for _, group in groupby(clozes, key=lambda card: card.fact)))


def _one_cloze(cards: Sequence[Card]) -> Card:
    wordings = [card.wording for card in cards if isinstance(card.wording, Cloze)]
    first = wordings[0]
    found = sorted(mark for wording in wordings for mark in blanks(wording))
    unnumbered = [replace(mark, number=0) for mark in found]
    others: list[Mark] = [mark for mark in first.marks if mark.kind is not MarkKind.BLANK]
    topic = tuple(part for part in first.topic if all(part in wording.topic for wording in wordings))
    return replace(cards[0], wording=replace(first, marks=tuple(sorted([*unnumbered, *others])), topic=topic))
