"""What stands around an asking: topic, context, and the text of a fact with its fills in place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from crisis_cards.grammar import main_subject
from crisis_cards.lexicon import EMPTY_LABELS
from crisis_cards.model import Card, Cloze, Dating, Fact, Grade, Mark, MarkKind, Question, Statement
from crisis_cards.parse import Token
from crisis_cards.phrase import capital, elided, trim, uncapital
from crisis_cards.templates.stems import content_words, shared, stems
from crisis_cards.wording import answer as answer_of

# Templates that ask for the name of what a clause or section is about.
NAMING = frozenset({"subject", "label", "headed", "definition", "emphasised", "recall", "reverse", "parent"})

# Labels that say only that something is said.
REMARKS = frozenset(
    {"note", "nb", "n.b.", "remember", "important", "also", "def", "definition", "thm", "claim", "e.g.", "eg"}
)
MAX_TOPIC_WORDS = 9  # a longer line above is a sentence: it is context, not a topic
MAX_LINE_WORDS = 15
MAX_CONTEXT_LINES = 2
MAX_TOPIC_PARTS = 4  # below the title, the nearest ones


def question(fact: Fact, template: str, prompt: str, answer: str, *, without: str = "", frame: str = "") -> Card:
    """A question card; `without` is a line above that must not show (a date asked for), `frame` one more to show."""
    is_subject = bool(fact.fills) and fact.fills[0].end == 0 and stems(fact.fills[0].text) <= stems(fact.label)
    says_something = not set(content_words(fact.label)) <= EMPTY_LABELS and not is_subject
    label = (fact.label,) if says_something else ()
    context = tuple(part for part in (*_context(fact), *label, frame) if part not in {"", without})
    topic = tuple(part for part in _topic(fact, template, answer) if part != without)
    return Card(fact, template, Question(prompt, trim(answer), topic, context))


def cloze(fact: Fact, template: str, start: int, end: int, hint: str = "") -> Card | None:
    """A cloze card that blanks characters [start, end) of the fact's text, less what the title says; None if all."""
    if template not in {"date", "number", "formula"}:
        start, end = _tightened(fact, start, end)
    shown = shown_text(fact)
    blank = Mark(shown.at(start), shown.at(end), MarkKind.BLANK, 1, hint)
    words = shown.text[blank.start : blank.end]
    if not words.strip():
        return None
    marks = tuple(sorted([blank, *shown.marks]))
    return Card(fact, template, Cloze(shown.text, marks, _topic(fact, template, words), _context(fact)))


def cloze_of(fact: Fact, template: str, tokens: tuple[Token, ...], hint: str = "") -> Card | None:
    """A cloze card that blanks a run of tokens."""
    written = [token for token in tokens if token.is_shown]
    return cloze(fact, template, written[0].start, written[-1].end, hint) if written else None


def label_cloze(fact: Fact, template: str) -> Card:
    """A cloze card that blanks the label of a fact."""
    shown = shown_text(fact)
    name = fact.label or fact.about
    blank = Mark(0, len(name), MarkKind.BLANK, 1)
    topic = _topic(fact, template, name)
    return Card(fact, template, Cloze(shown.text, tuple(sorted([blank, *shown.marks])), topic, _context(fact)))


def cloze_in(fact: Fact, template: str, text: str, start: int, end: int, *, hint: str = "") -> Card:
    """A cloze card that blanks characters [start, end) of a text put together from a fact and the lines below it."""
    blank = Mark(start, end, MarkKind.BLANK, 1, hint)
    return Card(fact, template, Cloze(text, (blank,), _topic(fact, template, text[start:end]), _context(fact)))


def subject_cloze(fact: Fact, template: str) -> Card:
    """A cloze card that blanks the subject which was put before a fact."""
    shown = shown_text(fact)
    said = capital(fact.fills[0].text)
    blank = Mark(0, len(said), MarkKind.BLANK, 1)
    topic = _topic(fact, template, said)
    return Card(fact, template, Cloze(shown.text, tuple(sorted([blank, *shown.marks])), topic, _context(fact)))


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact's text with its label before it and its pronouns filled in, its marks, and where offsets have moved."""

    text: str
    marks: tuple[Mark, ...]
    shifts: tuple[tuple[int, int], ...]

    def at(self, offset: int) -> int:
        """Where character `offset` of the fact's own text stands in this one."""
        return offset + sum(shift for end, shift in self.shifts if end <= offset)


def shown_text(fact: Fact) -> Shown:
    """The text that a cloze of `fact` shows."""
    subject = elided(fact)
    name = "" if fact.label.lower() in REMARKS else fact.label or fact.about
    came_of = capital(trim(fact.cause))
    prefix = f"{capital(subject)} " if subject else f"{came_of} → " if came_of else f"{capital(name)}: " if name else ""
    text = _inside_sentence(fact) if subject else fact.text
    shifts = [(0, len(prefix))]
    replaced = sorted((fill for fill in fact.fills if fill.end > fill.start), key=lambda fill: -fill.start)
    for fill in replaced:
        said = fill.text if fill.start else capital(fill.text)
        text = text[: fill.start] + said + text[fill.end :]
        shifts.append((fill.end, len(said) - (fill.end - fill.start)))
    shown = Shown(prefix + text, (), tuple(shifts))
    first, last = fact.offset, fact.offset + len(fact.text)
    block = fact.block
    own = (
        [mark for mark in block.marks if mark.start < last and first < mark.end] if isinstance(block, Statement) else []
    )
    marks = tuple(
        replace(mark, start=shown.at(max(mark.start, first) - first), end=shown.at(min(mark.end, last) - first))
        for mark in own
        if mark.kind is not MarkKind.LINK
    )
    return replace(shown, marks=marks)


def _inside_sentence(fact: Fact) -> str:
    """The text without a capital that only began the line."""
    first = next((token for token in fact.parse.tokens if token.is_shown), None) if fact.parse is not None else None
    return fact.text if first is None else uncapital(fact.text, first)


def _topic(fact: Fact, template: str, answer: str) -> tuple[str, ...]:
    """The title and the short lines above.

    What a section is about is worth asking for: then the line that names it is left out. Elsewhere a line above that
    says the answer makes the answer trivial, and the gates see it.
    """
    if template == "cell":
        answer = ""
    long = long_lines_above(fact)
    below = [part for part in fact.block.trail if part not in long]
    kept = (part for part in below if template not in NAMING or not shared(answer, part))
    return (fact.title, *[part for part in kept if part != fact.title][-MAX_TOPIC_PARTS:])


def with_topic(card: Card) -> Card:
    """A card under the topic that its fact has today."""
    said = answer_of(card.wording) if card.template != "author" else ""
    topic = _topic(card.fact, card.template, said)
    return replace(card, wording=replace(card.wording, topic=topic))


def long_lines_above(fact: Fact) -> tuple[str, ...]:
    """The lines that a fact is indented under and that say too much for a topic; headings are topic, however long."""
    trail = fact.block.trail
    lines = trail[len(trail) - fact.block.depth :]
    return tuple(line for line in lines if len(line.split()) > MAX_TOPIC_WORDS)


def _context(fact: Fact) -> tuple[str, ...]:
    """The long lines above, the lines that the fact leans on, and a date of its own."""
    parts = [_last_sentence(line) for line in long_lines_above(fact)] if not fact.label and _leans(fact) else []
    parts += [context.text for context in fact.context[-MAX_CONTEXT_LINES:]]
    if fact.when is not None and fact.when.dating is not Dating.CARRIED:
        parts.append(fact.when.text)
    return tuple(
        part
        for index, part in enumerate(parts)
        if not any(
            _says(other, part)
            for place, other in enumerate(parts)
            if place > index or (place < index and len(other) > len(part))
        )
    )


def _last_sentence(line: str) -> str:
    """What announces the lines below it: the last sentence of a long line."""
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", line)[-1] if len(line.split()) > MAX_LINE_WORDS else line


def _says(longer: str, part: str) -> bool:
    """Whether a line says all that another does."""
    one, other = (set(re.findall(r"\w+", text.casefold())) for text in (longer, part))
    return other <= one


def _leans(fact: Fact) -> bool:
    """Whether a fact cannot do without the long lines above it: it is no clause of its own, or points at something."""
    parse = fact.parse
    if (
        parse is None
        or fact.grade is not Grade.FULL
        or fact.context
        or not any(token.is_shown for token in parse.tokens)
    ):
        return True
    subject = main_subject(parse)
    if subject is None or subject.tag == "PRP":
        return True
    first = parse.subtree(subject)[0]
    return first.text.lower() in {"the", "this", "these", "that", "those", "its", "his", "her", "their"}


def _tightened(fact: Fact, start: int, end: int) -> tuple[int, int]:
    """[start, end) without the words at its ends that the title says: {{Jupiter}} missiles in the Missile Crisis."""
    words = []
    at = start
    for word in fact.text[start:end].split(" "):
        words.append((at, at + len(word), word))
        at += len(word) + 1
    given = stems(fact.title)
    while len(words) > 1 and stems(words[-1][2]) and stems(words[-1][2]) <= given:
        words.pop()
    while len(words) > 1 and stems(words[0][2]) and stems(words[0][2]) <= given:
        words.pop(0)
    return words[0][0], words[-1][1]
