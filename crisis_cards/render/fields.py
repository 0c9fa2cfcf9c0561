"""Card -> the fields of its note, as HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import overload

from crisis_cards.dates import DATE
from crisis_cards.model import Card, Cloze, Exhibit, Mark, MarkKind, NoteKind, Question, Statement, Wording
from crisis_cards.notetypes import kind_of, note_type
from crisis_cards.render.exhibits import shown, styled, table
from crisis_cards.render.markup import html_of, is_visible, marked
from crisis_cards.wording import answer, front

MAX_NUMBER = 500
"""Anki makes no card for a blank with a higher number."""

_TOLD = frozenset({"Question", "Answer", "Text", "Context", "Extra"})
_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"\d{4}")
_NUMBER = re.compile(r"[£$€~]?\d[\d.,]*(?:\s?%)?")

# --- wordings -----------------------------------------------------------------------------------------------------


def why_not(wording: Wording) -> str:
    """Why a wording cannot be a card in Anki; empty when it can."""
    match wording:
        case Question(prompt, answer):
            if not is_visible(prompt):
                return "prompt shows nothing"
            return "" if is_visible(answer) else "answer shows nothing"
        case Cloze(text, marks):
            blanks = _blanks(marks)
            if not blanks:
                return "no blank"
            if not all(is_visible(text[blank.start : blank.end]) for blank in blanks):
                return "blank shows nothing"
            if not all(0 < blank.number <= MAX_NUMBER for blank in blanks):
                return f"blank has no number from 1 to {MAX_NUMBER}"
            crossing = any(one.start < two.start < one.end < two.end for one in blanks for two in blanks)
            return "blanks cross" if crossing else ""


def ordinals_of(wording: Wording) -> tuple[int, ...]:
    """The cards of a wording's note, 0-based, each once: blanks of one number are one card."""
    if isinstance(wording, Question):
        return (0,)
    return tuple(sorted({blank.number - 1 for blank in _blanks(wording.marks)}))


@dataclass(frozen=True, slots=True, eq=False)
class Fields(Sequence[str]):
    """The fields of a card's note, made when somebody looks: HTML is three times what the card itself takes."""

    card: Card
    key: str

    def __len__(self) -> int:
        """How many fields the note type has."""
        return len(note_type(kind_of(self.card.wording)).fields)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...
    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        """One or some of them."""
        return fields_of(self.card, self.key)[place]

    def __iter__(self) -> Iterator[str]:
        """All of them, in the order of the note type."""
        return iter(fields_of(self.card, self.key))

    def __eq__(self, other: object) -> bool:
        """Whether the other fields are the same HTML."""
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        """That of the HTML."""
        return hash(tuple(self))


def fields_of(card: Card, key: str) -> tuple[str, ...]:
    """The fields of a card's note, in the order of its note type. `key`: the id of its fact.

    Raises ValueError for a wording that `why_not` has something against: Anki would make no card of it.
    """
    wording = card.wording
    if reason := why_not(wording):
        raise ValueError(f"{card.fact.block.span}: {card.template}: {reason}")
    fields = {
        "Topic": html_of(" › ".join(part.strip() for part in wording.topic if is_visible(part))),
        "Context": "".join(f'<div dir="auto">{html_of(line)}</div>' for line in wording.context if is_visible(line)),
        "Extra": _extra(card),
        "Reserved 1": _hint(card),
        "Source": html_of(str(card.fact.block.span)),
        "Key": html_of(key),
    }
    match wording:
        case Question():
            fields["Question"], fields["Answer"] = _sides(card, wording)
        case Cloze(text, marks):
            fields["Text"] = marked(text, _with_kinds(card, marks)) + shown(_on_front(card))
    return tuple(fields.get(name, "") for name in note_type(kind_of(wording)).fields)


def content_hash(kind: NoteKind, fields: Sequence[str]) -> str:
    """A hash of what a learner is asked and told: prompt, answer, context, extra.

    Topic, source and key are not in it: they follow an edit elsewhere in the notes, and that updates nobody's note.
    """
    told = [field for name, field in zip(note_type(kind).fields, fields, strict=True) if name in _TOLD]
    # JSON keeps the fields apart.
    return blake2b(json.dumps([kind, *told]).encode("ascii"), digest_size=10, person=b"crisis-cards").hexdigest()


def _blanks(marks: Iterable[Mark]) -> list[Mark]:
    return [mark for mark in marks if mark.kind is MarkKind.BLANK]


def _sides(card: Card, wording: Question) -> tuple[str, str]:
    """Both sides of a question: as the author wrote them, or with the code of its statement set as code."""
    block, prompt, said = card.fact.block, wording.prompt.strip(), wording.answer.strip()
    if isinstance(block, Statement):
        return styled(prompt, _code_in(prompt, block)), styled(said, _code_in(said, block))
    sides = [
        (block.prompt, block.prompt_marks, block.prompt_exhibits),
        (block.answer, block.answer_marks, block.answer_exhibits),
    ]
    if wording.prompt != block.prompt:
        sides.reverse()
    # What shipped may be from before an edit that changed no word: then it is shown as it was.
    html = [styled(text, marks) + shown(exhibits) for text, marks, exhibits in sides]
    is_current = [text for text, *_ in sides] == [wording.prompt, wording.answer]
    return (html[0], html[1]) if is_current else (html_of(prompt), html_of(said))


def _code_in(text: str, block: Statement) -> list[Mark]:
    """Where a text says what is code in the statement."""
    own = {block.text[mark.start : mark.end] for mark in block.marks if mark.kind is MarkKind.CODE}
    found = [each for code in own for each in re.finditer(rf"(?<!\w){re.escape(code)}(?!\w)", text)]
    return [Mark(*each.span(), MarkKind.CODE) for each in found]


def _with_kinds(card: Card, marks: Iterable[Mark]) -> list[Mark]:
    """Marks whose blanks say what is asked for, where the words themselves tell; an author's blanks are as written."""
    if card.template == "author" or not isinstance(card.wording, Cloze):
        return [mark for mark in marks if mark.kind is not MarkKind.LINK]  # an address may give the answer away
    text = card.wording.text
    unsaid = [mark for mark in marks if mark.kind is MarkKind.BLANK and not mark.hint]
    return [replace(mark, hint=blank_kind(text[mark.start : mark.end])) if mark in unsaid else mark for mark in marks]


def blank_kind(said: str) -> str:
    """The kind of a blank that its words themselves tell; empty for most."""
    if DATE.fullmatch(said):
        return "year" if _YEAR.fullmatch(said) else "date"
    return "number" if _NUMBER.fullmatch(said) else ""


def _on_front(card: Card) -> list[Exhibit]:
    """What stands in a line with the author's own blanks is part of what they ask."""
    block = card.fact.block
    is_authors = card.template == "author" and isinstance(block, Statement)
    return [each for each in block.exhibits if each.is_within] if is_authors and isinstance(block, Statement) else []


def _hint(card: Card) -> str:
    """The full forms of what is short on the front, for who taps on it; none that would tell the answer.

    A name in full is no help to who knows neither.
    """
    if not card.fact.expansions:
        return ""
    asked, seen = _words(answer(card.wording)), _words(front(card.wording))
    told = [
        (short, full)
        for short, full in card.fact.expansions
        if _words(short) <= seen and not _words(short) <= _words(full) and not asked & _words(f"{short} {full}")
    ]
    return _full_forms(told)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _extra(card: Card) -> str:
    """What the back adds: the whole statement, what the notes remark on it, and what is short in it."""
    fact, block = card.fact, card.fact.block
    pieces = []
    if isinstance(block, Statement):
        if is_visible(block.text):
            pieces.append(_whole(block))
        on_front = _on_front(card)
        pieces.append(shown(each for each in block.exhibits if each not in on_front))
    pieces += [f'<div class="statement" dir="auto">{html_of(remark)}</div>' for remark in fact.remarks]
    return "".join([*pieces, _full_forms(fact.expansions)])


def _whole(block: Statement) -> str:
    cells = block.text.split(" | ")
    if block.columns and len(cells) == len(block.columns):
        return table([block.columns, cells], "statement wide")
    html = marked(block.text, [mark for mark in block.marks if mark.kind is not MarkKind.BLANK])
    return f'<div class="statement" dir="auto">{html}</div>'


def _full_forms(expansions: Iterable[tuple[str, str]]) -> str:
    items = "".join(f'<li dir="auto">{html_of(f"{short}: {full}")}</li>' for short, full in expansions)
    return f'<ul class="expansions">{items}</ul>' if items else ""
