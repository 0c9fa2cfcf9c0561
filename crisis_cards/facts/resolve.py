"""What a fact leaves to the lines above it: filled in where it is certain, shown as context where it is not.

Three things are left out in notes. A line that begins with its verb has the subject of the line above, or is about
the bullet that it stands under. *He* and *she* are the last fitting person. *This*, *such*, *they*, *the same* point
at the line above as a whole, so that line is shown. A word that was filled in is never asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crisis_cards.dates import DATE
from crisis_cards.facts.grade import grade
from crisis_cards.grammar import (
    FINITE,
    NAMES,
    NOUNS,
    finite_verbs,
    is_person,
    is_question,
    main_verb,
    name_phrase,
    names_of_people,
    subject_of,
)
from crisis_cards.model import Context, Fact, Fill, Statement
from crisis_cards.parse import Parse, Piece, Token
from crisis_cards.phrase import inside, say

MAX_LINES_BACK = 3
MAX_CONTEXT_WORDS = 40  # more of it is a text to read, not a reminder
MAX_LABEL_WORDS = 6

SHE_OR_HE = frozenset({"he", "him", "his", "she", "her", "hers", "himself", "herself"})
POSSESSIVE = frozenset({"PRP$"})
THEY_OR_IT = frozenset({"they", "them", "their", "theirs", "it", "its", "itself", "themselves"})
POINTING = frozenset({"this", "these", "those", "that", "such"})
PLACES = frozenset({"there", "here"})
ORDER_WORDS = frozenset({"former", "latter", "above"})


@dataclass(frozen=True, slots=True)
class Line:
    """What a later line may lean on: a fact with its subject and the people it names."""

    fact: Fact
    subject: str = ""
    subject_is_person: bool = False
    people: tuple[str, ...] = ()


def missing_subjects(facts: Sequence[Fact]) -> dict[int, Fill]:
    """For the facts (by index) that begin with their verb, the subject to put there, where it is certain."""
    fills: dict[int, Fill] = {}
    above = Above()
    for index, fact in enumerate(facts):
        line = _line(fact)
        if fact.parse is not None and is_verb_first(fact.parse):
            subject = _subject_above(fact, above)
            if subject is not None:
                fills[index] = Fill(0, 0, subject.subject, subject.fact.block.span)
                line = replace(line, subject=subject.subject, subject_is_person=subject.subject_is_person)
        above.add(line)
    return fills


def as_piece(fill: Fill) -> Piece:
    """An elided subject as the parser reads it."""
    return Piece(0, 0, f"{fill.text} ")


def resolve(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The parsed facts of one document with pronouns filled in, contexts and grades."""
    above = Above()
    for fact in facts:
        done = fact
        if fact.parse is not None:
            done = _with_context(_with_pronoun(fact, above), above)
            done = replace(done, grade=grade(done.text, fact.parse))
        above.add(_line(done))
    return tuple(line.fact for line in above.lines)


# --- the lines above -------------------------------------------------------------------------------------------


class Above:
    """The lines of one document so far, by what a later line may lean on."""

    def __init__(self) -> None:
        """Start at the top of the document."""
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

    def parent(self, fact: Fact) -> list[Line]:
        """The line that `fact` is indented under, if any: the last sentence of that bullet."""
        parent = fact.block.parent if isinstance(fact.block, Statement) else None
        line = self._ending.get(parent.last) if parent is not None else None
        return [line] if line is not None else []


def _line(fact: Fact) -> Line:
    """What can be told of a fact for the lines below it."""
    parse = fact.parse
    if parse is None:
        return Line(fact)
    people = tuple(dict.fromkeys(say(fact, name_phrase(parse, head)) for head in names_of_people(parse)))
    elided = next((fill for fill in fact.fills if fill.start == fill.end), None)
    verb = main_verb(parse)
    head = subject_of(parse, verb) if verb is not None else None
    if elided is not None:
        known = head is not None and (is_person(parse, head) or head.entity == "PERSON")
        return Line(fact, elided.text, known, people or ((elided.text,) if known else ()))
    if head is None or head.tag in {"EX", "DT", "WP", "WDT"} or head.dependency in {"csubj", "csubjpass"}:
        return Line(fact, people=people)
    words = parse.subtree(head)
    if head.tag == "PRP":
        filled = next((fill for fill in fact.fills if fill.start == head.start and fill.end == head.end), None)
        return Line(fact, filled.text, True, people or (filled.text,)) if filled else Line(fact, people=people)
    joined = any(token.dependency == "conj" for token in parse.children(head))
    return Line(fact, inside(fact, words), is_person(parse, head) and not joined, people)


# --- elided subjects -------------------------------------------------------------------------------------------


def is_verb_first(parse: Parse) -> bool:
    """Whether the text begins with the verb of a main clause that has no subject: *Refused to allow …*."""
    root = parse.roots[0] if parse.roots else None
    if root is None or subject_of(parse, root) is not None:
        return False
    first = next((token for token in parse.tokens if token.tag not in {"RB", "RBR", "CC"}), None)
    if first is None or (first != root and not (first.head == root.index and first.dependency in {"aux", "auxpass"})):
        return False
    governed = {token.dependency for token in parse.children(root)}
    if first.tag == "VBN":
        return bool(governed & {"dobj", "xcomp", "ccomp"}) and "agent" not in governed
    if first.tag == "VB":
        return first.lemma == "be" and first.index > 0  # "Only be successful if …"; other bare verbs are commands
    return first.tag in FINITE


def _subject_above(fact: Fact, above: Above) -> Line | None:
    """Whose subject a verb-first line shares: its parent's name, else that of the line above it."""
    for parent in above.parent(fact):
        parse = parent.fact.parse
        if parse is not None and _is_label(parent.fact):
            name = parent.fact.text.rstrip(":")
            return Line(parent.fact, name, any(is_person(parse, root) for root in parse.roots))
        return parent if parent.subject and not (parse is not None and is_question(parse)) else None
    near = above.near(fact)
    return near[0] if near and near[0].subject else None


def _is_label(fact: Fact) -> bool:
    """Whether a fact is a short noun phrase with a name in it: what the lines under it are about."""
    parse = fact.parse
    return (
        parse is not None
        and 0 < len(fact.text.split()) <= MAX_LABEL_WORDS
        and len(parse.roots) == 1
        and parse.roots[0].tag in NAMES
        and DATE.search(fact.text) is None
        and not any(True for _ in finite_verbs(parse))
    )


# --- he and she ------------------------------------------------------------------------------------------------


def _with_pronoun(fact: Fact, above: Above) -> Fact:
    """`fact` with the first *he* or *she* that no one in the text explains filled in, when it is certain who."""
    if fact.parse is None:
        return fact
    pronoun = _open_pronoun(fact.parse, SHE_OR_HE)
    if pronoun is None or pronoun.tag not in {"PRP", "PRP$"}:
        return fact
    for line in above.near(fact):
        person = line.subject if line.subject_is_person else line.people[0] if len(line.people) == 1 else ""
        if person:
            name = f"{person}’s" if pronoun.tag in POSSESSIVE else person
            fill = Fill(pronoun.start, pronoun.end, name, line.fact.block.span)
            return replace(fact, fills=(*fact.fills, fill))
        if line.people:
            return fact
    return fact


def _open_pronoun(parse: Parse, words: frozenset[str]) -> Token | None:
    """The first of the pronouns `words` before which the text names nobody and nothing that it could be."""
    for token in parse.tokens:
        if token.tag in {"PRP", "PRP$"} and token.text.lower() in words:
            earlier = parse.tokens[: token.index]
            if words is SHE_OR_HE and any(is_person(parse, other) for other in earlier):
                return None
            if words is THEY_OR_IT and (any(other.tag in NOUNS for other in earlier) or _is_expletive(parse, token)):
                return None
            return token
    return None


def _is_expletive(parse: Parse, token: Token) -> bool:
    """*It* that points at nothing: *it takes time to*, *it is clear that*."""
    if token.text.lower() != "it":
        return False
    verb = parse.tokens[token.head]
    return token.dependency == "expl" or any(
        other.dependency in {"ccomp", "xcomp", "advcl", "csubj", "relcl"} and other.index > verb.index
        for other in parse.children(verb)
    )


# --- context ---------------------------------------------------------------------------------------------------


def leaning(parse: Parse, fills: Sequence[Fill] = ()) -> Token | None:
    """The first word that points out of the text and is not filled in, or None."""
    filled = {fill.start for fill in fills}
    found = [_pointing(parse), _open_pronoun(parse, SHE_OR_HE), _open_pronoun(parse, THEY_OR_IT)]
    open_words = [token for token in found if token is not None and token.start not in filled]
    return min(open_words, key=lambda token: token.index, default=None)


def _pointing(parse: Parse) -> Token | None:
    for token in parse.tokens:
        word = token.text.lower()
        follows = parse.tokens[token.index + 1].text.lower() if token.index + 1 < len(parse.tokens) else ""
        if word == "such" and follows != "as":
            return token
        if word in POINTING and token.tag == "DT" and (word != "that" or token.dependency == "det"):
            return token
        if word in PLACES and token.dependency == "advmod":
            return token
        if word in ORDER_WORDS and token.index and parse.tokens[token.index - 1].text.lower() == "the":
            return token
        if word == "same" and "as" not in {other.text.lower() for other in parse.tokens[token.index :]}:
            return token
    return None


def _with_context(fact: Fact, above: Above) -> Fact:
    """`fact` with the lines that it points at, or adrift when they are not there, too long, or no help."""
    if fact.parse is None:
        return fact
    word = leaning(fact.parse, fact.fills)
    unfilled = is_verb_first(fact.parse) and not any(fill.start == fill.end for fill in fact.fills)
    if word is None and not unfilled:
        return fact
    near = above.near(fact)
    if not near:
        return replace(fact, is_adrift=not unfilled)
    if word is not None and word.text.lower() in SHE_OR_HE and not (near[0].people or near[0].subject_is_person):
        return replace(fact, is_adrift=True)  # who that is, the line above does not say
    line = near[0].fact
    context = (*line.context, Context(_dated(line), line.block.span))
    if line.is_adrift or sum(len(part.text.split()) for part in context) > MAX_CONTEXT_WORDS:
        return replace(fact, is_adrift=True)
    return replace(fact, context=context)


def _dated(fact: Fact) -> str:
    """A fact as context: with its fills, its label and its own date."""
    text = say(fact, fact.parse.tokens) if fact.parse is not None and fact.fills else fact.text
    label = f"{fact.label}: " if fact.label else ""
    when = f"{fact.when.text} – " if fact.when is not None and fact.when.dating != "carried" else ""
    return f"{when}{label}{text}"
