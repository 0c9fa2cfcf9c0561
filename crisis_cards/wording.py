"""A wording as text: what its front shows, what it asks for, and all of it on one line."""

from __future__ import annotations

from dataclasses import dataclass

from crisis_cards.model import Cloze, Mark, MarkKind, Question, Wording


def front(wording: Wording) -> str:
    """All that stands on the front of a card: topic, context, and the prompt without what is blanked."""
    return "\n".join((*wording.topic, *wording.context, prompt(wording)))


def prompt(wording: Wording) -> str:
    """The question, or the cloze text without what is blanked."""
    if isinstance(wording, Question):
        return wording.prompt
    parts, at = [], 0
    for mark in blanks(wording):
        parts.append(wording.text[at : mark.start])
        at = mark.end
    return " … ".join([*parts, wording.text[at:]])


def answer(wording: Wording) -> str:
    """What the learner is to recall."""
    if isinstance(wording, Question):
        return wording.answer
    return " … ".join(wording.text[mark.start : mark.end] for mark in blanks(wording))


def blanks(wording: Cloze) -> tuple[Mark, ...]:
    """The blanks of a cloze in the order of its text."""
    return tuple(mark for mark in wording.marks if mark.kind is MarkKind.BLANK)


def shown(wording: Wording) -> str:
    """A wording on one line: prompt and answer, or the text with its blanks as an author would mark them."""
    if isinstance(wording, Question):
        return f"{wording.prompt} → {wording.answer}"
    text = wording.text
    for mark in sorted(wording.marks, reverse=True):
        if mark.kind is MarkKind.BLANK:
            hint = f"::{mark.hint}" if mark.hint else ""
            text = f"{text[: mark.start]}{{{{{text[mark.start : mark.end]}{hint}}}}}{text[mark.end :]}"
    return text


@dataclass(frozen=True, slots=True)
class Shown:
    """A wording that is put on one line when somebody asks for its `str`."""

    wording: Wording

    def __str__(self) -> str:
        """What `shown` says."""
        return shown(self.wording)
