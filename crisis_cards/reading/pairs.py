"""From the two sides of a card that the author wrote out to a pair, or to what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crisis_cards.diagnostics import Diagnostic, Severity, Span
from crisis_cards.model import Leftover, Pair
from crisis_cards.reading.sayings import Saying
from crisis_cards.reading.statements import Place
from crisis_cards.reading.tags import Ending, unique
from crisis_cards.reasons import SKIPPED

QUESTION_RULE = "question-without-answer"


@dataclass(frozen=True, slots=True)
class Sides:
    """What the author wrote on some lines: a prompt, an answer, and what ends their lines."""

    span: Span
    prompt: Saying
    answer: Saying
    endings: tuple[Ending, ...]
    both_ways: bool = False


def written(sides: Sides, place: Place) -> Iterator[Pair | Leftover | Diagnostic]:
    """The pair that two sides make; what is left over, and what to tell the author, if one has no words."""
    span, prompt, answer = sides.span, sides.prompt, sides.answer
    if place.is_skipped or any(ending.is_skipped for ending in sides.endings):
        yield Leftover(span, place.trail, f"{prompt.text}\n{answer.text}".strip(), SKIPPED)
    elif not prompt.text or not answer.text:
        missing = "an answer" if prompt.text else "words"
        said = f'question without {missing}; write "Q: …" and below it "A: …"'
        yield Diagnostic(span, Severity.ERROR, QUESTION_RULE, said)
        text = f"{prompt.text}\n{answer.text}".strip() or "Q:"
        yield Leftover(span, place.trail, text, f"a question without {missing}")
    else:
        yield Pair(
            span,
            place.trail,
            prompt.text,
            answer.text,
            sides.both_ways,
            unique((*place.tags, *(tag for ending in sides.endings for tag in ending.tags))),
            place.depth,
            prompt_marks=prompt.marks,
            answer_marks=answer.marks,
            prompt_exhibits=prompt.exhibits,
            answer_exhibits=answer.exhibits,
            allows=unique(rule for ending in sides.endings for rule in ending.allows),
        )
