"""Which of the candidates become cards: few a statement, never two for one answer, no prompt twice in the deck."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import groupby

from crisis_cards.config import Profile
from crisis_cards.diagnostics import Span
from crisis_cards.model import Candidate, Card, Cloze, Mark, MarkKind, Question
from crisis_cards.templates.familiar import Familiar
from crisis_cards.templates.precision import estimate
from crisis_cards.templates.stems import stems
from crisis_cards.wording import answer, blanks, front, prompt

LONG_STATEMENT = 18  # words; a longer one may have MOST_OF_LONG cards
MOST_OF_SHORT = 2
MOST_OF_LONG = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """What a card must promise: the share of its like that is good, and that is good or weak."""

    good: float
    usable: float


# Questions for what a line is there to say come before blanks, where they reach the bar.
ASKING = frozenset(
    {"answered", "cell", "definition", "reverse", "called", "equation", "means", "quotation", "complement", "when"}
)

# The first card of a statement and what asks for the news, and the rest: what is asked already is asked again only by
# a card that is worth it.
BARS = {
    Profile.STRICT: (Bar(0.5, 0.85), Bar(0.6, 0.9)),
    Profile.BALANCED: (Bar(0.1, 0.6), Bar(0.4, 0.8)),
    Profile.ALL: (Bar(0, 0), Bar(0, 0)),
}


class Choice:
    """Chooses fact by fact, in the order of the notes; remembers the prompts of the deck."""

    def __init__(self, deck: Familiar, profile: Profile = Profile.BALANCED) -> None:
        """Start with no prompt taken; `deck` tells who the main actors are."""
        self._deck = deck
        self._bars = BARS[profile]
        self._profile = profile
        self._taken: dict[bytes, Span] = {}  # by a digest of each: prompts are longer than the notes

    def reserve(self, card: Card) -> None:
        """Take the prompt of a card that ships as it did: a new one that is too like it yields."""
        for key in _keys(card):
            self._taken[key] = card.fact.block.span

    def choose(self, candidates: Sequence[Candidate], kept: Collection[int] = ()) -> tuple[Candidate, ...]:
        """The candidates of one fact, in order of preference, those not chosen with the reason.

        `kept`: the indices of those that the learner already has; they are chosen whatever else is.
        """
        candidates = [each if index in kept else self._told_apart(each) for index, each in enumerate(candidates)]
        open_ones = [index for index, each in enumerate(candidates) if not each.dropped and index not in kept]
        chosen: list[int] = []
        reasons: dict[int, str] = {}
        for index in kept:
            if not any(_overlap(candidates[index].card, candidates[other].card) for other in chosen):
                chosen.append(index)
                reasons[index] = ""
                self.reserve(candidates[index].card)
        while open_ones:
            index = self._next(candidates, open_ones)
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

    def _told_apart(self, candidate: Candidate) -> Candidate:
        """A question that another line asks, too, with another answer: under its date, if it has one."""
        card = candidate.card
        when = card.fact.when
        is_twin = _digest(front(card.wording)) in self._taken and isinstance(card.wording, Question)
        if not is_twin or when is None or when.text in front(card.wording) or when.text in answer(card.wording):
            return candidate
        wording = replace(card.wording, context=(*card.wording.context, when.text))
        return replace(candidate, card=replace(card, wording=wording))

    def _next(self, candidates: Sequence[Candidate], open_ones: Sequence[int]) -> int:
        """The best that is left: what asks for the news, then what promises most; a main actor last."""

        def preference(index: int) -> tuple[bool, bool, float, int]:
            card = candidates[index].card
            promised = estimate(card)
            is_familiar = stems(answer(card.wording)) <= self._deck.stems
            return is_familiar, card.template not in ASKING, -(promised.good + promised.usable), index

        return min(open_ones, key=preference)

    def _against(self, candidates: Sequence[Candidate], chosen: Sequence[int], index: int) -> str:
        card = candidates[index].card
        for key in _keys(card):
            if key in self._taken:
                return f"same-prompt: {self._taken[key]} asks the same"
        if card.template == "author":
            return ""
        most = MOST_OF_LONG if len(card.fact.text.split()) > LONG_STATEMENT else MOST_OF_SHORT
        if len(chosen) >= most:
            return f"enough: {most} better cards of this statement"
        if any(_overlap(card, candidates[other].card) for other in chosen):
            return "same-answer: a better card of this statement blanks some of these words"
        said = stems(answer(card.wording))
        if chosen and said <= self._deck.stems:
            return "familiar: a main actor is asked for only when nothing better is"
        for other in chosen:
            have = stems(answer(candidates[other].card.wording))
            if said <= have or have <= said:
                return "same-answer: a better card of this statement has this answer"
        return self._too_little(card, is_first=not chosen)

    def _too_little(self, card: Card, *, is_first: bool) -> str:
        """Why a card promises too little for the profile, if it does."""
        is_like_first = is_first or card.template in ASKING
        bar = self._bars[0 if is_like_first else 1]
        promised = estimate(card)
        if promised.good >= bar.good and promised.usable >= bar.usable:
            return ""
        # Rounded down, so that what misses the bar does not look as if it had reached it.
        shares = f"{int(100 * promised.good)}% of its like are good, {int(100 * promised.usable)}% good or weak"
        wanted = f"{bar.good:.0%} and {bar.usable:.0%} of a {'first' if is_like_first else 'further'} card"
        return f"doubtful: {shares}; profile {self._profile} wants {wanted}"


def _overlap(one: Card, two: Card) -> bool:
    """Whether the blanks of two clozes share a character: one text cannot show both."""
    if not isinstance(one.wording, Cloze) or not isinstance(two.wording, Cloze):
        return False
    return any(a.start < b.end and b.start < a.end for a in blanks(one.wording) for b in blanks(two.wording))


def _keys(card: Card) -> tuple[bytes, ...]:
    """A card's front, and its prompt with its answer: neither is asked for twice."""
    wording = card.wording
    if card.template == "author":
        asked = answer(wording) if isinstance(wording, Cloze) else ""
        return (_digest("\n".join((front(wording), asked))),)
    return _digest(front(wording)), _digest("\n".join((prompt(wording), answer(wording))))


def _digest(said: str) -> bytes:
    return blake2b(said.casefold().encode("utf-8", "surrogatepass"), digest_size=12).digest()


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
