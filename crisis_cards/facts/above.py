"""The lines of a document so far, by what a later one may lean on."""

from __future__ import annotations

from dataclasses import dataclass

from crisis_cards.facts.labels import Label
from crisis_cards.facts.subjects import subject_label
from crisis_cards.grammar import name_phrase, names_of_people
from crisis_cards.model import Fact, Statement
from crisis_cards.phrase import say

MAX_LINES_BACK = 3


@dataclass(frozen=True, slots=True)
class Line:
    """What a later line may lean on: a fact with its subject and the people it names."""

    fact: Fact
    subject: str = ""
    subject_is_person: bool = False
    people: tuple[str, ...] = ()
    is_plural: bool = False


class Above:
    """The lines of one document so far, by what a later line may lean on."""

    def __init__(self, hero: tuple[Label, str] | None) -> None:
        """Start at the top of the document; `hero`: the person that it is about, with *he* or *she*."""
        self.hero = hero
        self.lines: list[Line] = []
        self._paragraphs: dict[int, list[Line]] = {}
        self._ending: dict[int, Line] = {}

    def add(self, line: Line) -> None:
        """Add the next line."""
        self.lines.append(line)
        if isinstance(line.fact.block, Statement):
            self._paragraphs.setdefault(line.fact.block.paragraph, []).append(line)
            self._ending[line.fact.block.span.last] = line

    def near(self, fact: Fact) -> list[Line]:
        """The lines before `fact` in its paragraph, nearest first, then its parent."""
        if not isinstance(fact.block, Statement):
            return []
        before = self._paragraphs.get(fact.block.paragraph, [])[-MAX_LINES_BACK:]
        return before[::-1] + self.parent(fact)

    def before(self, fact: Fact) -> Line | None:
        """The line right before `fact` in its paragraph, if any."""
        block = fact.block
        lines = self._paragraphs.get(block.paragraph, []) if isinstance(block, Statement) else []
        return lines[-1] if lines else None

    def parent(self, fact: Fact) -> list[Line]:
        """The line that `fact` is indented under, if any: the last sentence of that bullet."""
        parent = fact.block.parent if isinstance(fact.block, Statement) else None
        line = self._ending.get(parent.last) if parent is not None else None
        return [line] if line is not None else []


def line_of(fact: Fact) -> Line:
    """What can be told of a fact for the lines below it."""
    parse = fact.parse
    if parse is None:
        return Line(fact)
    people = tuple(dict.fromkeys(say(fact, name_phrase(parse, head)) for head in names_of_people(parse)))
    subject = subject_label(fact)
    if subject is None:
        return Line(fact, people=people)
    known = people or ((subject.text,) if subject.is_person else ())
    return Line(fact, subject.text, subject.is_person, known, subject.is_plural)
