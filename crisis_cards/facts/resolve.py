"""What a fact leaves to the lines above it: filled in where it is certain, shown as context where it is not.

Three things are left out in notes. A line that begins with its verb has the subject of the line above, or is about
the bullet that it stands under. *He* and *she* are the last fitting person. *This*, *such*, *they*, *the same* point
at the line above as a whole, so that line is shown. A word that was filled in is never asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from crisis_cards.diagnostics import Span
from crisis_cards.facts.above import Above, Line, line_of
from crisis_cards.facts.grade import grade
from crisis_cards.facts.labels import Label, Names, naming, phrase
from crisis_cards.facts.leaning import SHE_OR_HE, THEY_OR_IT, leaning, open_pronoun
from crisis_cards.grammar import (
    FINITE,
    SUBJECTS,
    main_subject,
    main_verb,
)
from crisis_cards.model import Context, Fact, Fill, Statement
from crisis_cards.parse import Token
from crisis_cards.phrase import say

MAX_CONTEXT_WORDS = 40  # more of it is a text to read, not a reminder

HER = frozenset({"she", "her", "hers", "herself"})
HIM = frozenset({"he", "him", "his", "himself"})
FORMS = {
    "he": HIM,
    "she": HER,
    "it": frozenset({"it", "its", "itself"}),
    "they": frozenset({"they", "them", "their", "theirs", "themselves"}),
    "this": frozenset({"this", "that", "these", "those"}),
}
POSSESSIVE = frozenset({"PRP$"})
# Times that only another line tells.
_LATER = re.compile(
    r"\b(?:(?:\w+ )?(?:years?|months?|weeks?|days?|hours?) (?:later|earlier|before that|afterwards)"
    r"|later (?:that|the same)|(?:the )?(?:next|following) (?:day|year|month|morning|night)|by then"
    r"|at (?:that|this) (?:time|point)|soon after)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W_]+")


def resolve(facts: Sequence[Fact], names: Names) -> tuple[Fact, ...]:
    """The parsed facts of one document with pronouns filled in, contexts and grades."""
    above = Above(_hero(facts, names))
    for fact in facts:
        done = fact
        if fact.cause and above.lines and above.lines[-1].fact.block is fact.block:
            done = replace(done, cause=said_in_full(above.lines[-1].fact))
        if fact.parse is not None:
            done = replace(done, grade=grade(fact.text, fact.parse))
            done = _with_called(done)
            done = _with_it(_with_pronoun(done, above, names), above, names)
            done = _with_context(_with_about(done, names), above)
        above.add(line_of(done))
    return tuple(line.fact for line in above.lines)


# --- what the line is about ------------------------------------------------------------------------------------


def lacks_subject(fact: Fact) -> bool:
    """Whether a line is no clause with a subject, its own or one filled in."""
    return fact.parse is not None and not fact.fills and main_verb(fact.parse) is None


def starts_with_verb(fact: Fact) -> bool:
    """Whether a line begins with a verb and nobody knows whose it is."""
    tokens = fact.parse.tokens if fact.parse is not None else ()
    first = next((token for token in tokens if token.tag not in {"RB", "RBR", "CC"}), None)
    return lacks_subject(fact) and not fact.label and first is not None and first.tag in {*FINITE, "VBN"}


def _with_about(fact: Fact, names: Names) -> Fact:
    """A line without a subject that is not its label's: with what the nearest line above names."""
    block = fact.block
    if not lacks_subject(fact) or fact.label or not isinstance(block, Statement) or not block.depth:
        return fact
    label = naming(fact, names)
    return fact if label is None or fact.about else replace(fact, about=label.text)


# --- what the author says --------------------------------------------------------------------------------------


def _with_called(fact: Fact) -> Fact:
    """`fact` with the first form of each pronoun that the author explains at the end of the line filled in."""
    block = fact.block
    told = block.called if isinstance(block, Statement) else ()
    for word, noun in told:
        forms = FORMS[word]
        tokens = fact.parse.tokens if fact.parse is not None else ()
        pronoun = next((each for each in tokens if each.text.lower() in forms and each.dependency != "det"), None)
        if pronoun is not None:
            fact = _called(fact, pronoun, Label(noun, block.span))
    return fact


# --- he and she ------------------------------------------------------------------------------------------------


def _with_pronoun(fact: Fact, above: Above, names: Names) -> Fact:
    """`fact` with the first *he* or *she* that no one in the text explains filled in, when it is certain who."""
    if fact.parse is None:
        return fact
    pronoun = open_pronoun(fact.parse, SHE_OR_HE)
    if pronoun is None or pronoun.tag not in {"PRP", "PRP$"} or _is_filled(fact, pronoun):
        return fact
    if pronoun.dependency not in {*SUBJECTS, "poss"}:
        return fact
    is_her = pronoun.text.lower() in HER
    if above.hero is not None and (above.hero[1] == "she") is is_her:
        return _called(fact, pronoun, above.hero[0])
    rival = above.hero[0].text if above.hero is not None else ""
    named = naming(fact, names)
    for line in above.near(fact):
        person = line.subject if line.subject_is_person else line.people[0] if len(line.people) == 1 else ""
        if person and person != rival:
            if named is not None and named.is_person and named.text != person:
                return fact  # the one that the heading names, or the one of that line
            return _called(fact, pronoun, Label(person, line.fact.block.span))
        if line.people and not person:
            return fact
    return _called(fact, pronoun, named) if named is not None and named.is_person else fact


def _called(fact: Fact, pronoun: Token, label: Label) -> Fact:
    """`fact` with a person's name in place of a pronoun."""
    name = f"{label.text}’s" if pronoun.tag in POSSESSIVE else label.text
    return replace(fact, fills=(*fact.fills, Fill(pronoun.start, pronoun.end, name, label.origin)))


def _hero(facts: Sequence[Fact], names: Names) -> tuple[Label, str] | None:
    """The person that a document has in its title, and whether it is mostly *he* or *she* that it tells of.

    A title that is only the file's name counts when a line says it, too: `romeo_juliet.txt` is about nobody.
    """
    found = phrase(facts[0].title) if facts else None
    stem = PurePath(facts[0].block.span.path).stem if facts else ""
    is_file_name = bool(facts) and _WORDS.findall(stem.lower()) == _WORDS.findall(facts[0].title.lower())
    if is_file_name and not any(found and found in fact.text for fact in facts):
        return None
    label = names.label(found, facts[0].block.span) if found else None
    if label is None or not label.is_person:
        return None
    words = [word for fact in facts for word in re.findall(r"\w+", fact.text.lower())]
    hers, his = (sum(word in group for word in words) for group in (HER, HIM))
    return (label, "she" if hers > his else "he") if hers != his else None


# --- it and they -----------------------------------------------------------------------------------------------


def _with_it(fact: Fact, above: Above, names: Names) -> Fact:
    """`fact` with an *it* or *they* that is its subject filled in, when only one thing above can be meant.

    That is the subject of the line before it, unless that line has another thing of the same number in it; or what
    the nearest line above names, if the line before it has no subject of its own.
    """
    parse = fact.parse
    head = main_subject(parse)
    if parse is None or head is None or head.tag != "PRP" or head.text.lower() not in {"it", "they"}:
        return fact
    if head != open_pronoun(parse, THEY_OR_IT) or _is_filled(fact, head):
        return fact
    is_plural = head.text.lower() == "they"
    before = above.before(fact)
    if before is None or (before.fact.parse is not None and main_verb(before.fact.parse) is None):
        label = naming(fact, names)
        fits = label is not None and label.is_plural is is_plural and not label.is_person
        return _filled(fact, head, label.text, label.origin) if label is not None and fits else fact
    if not before.subject or before.is_plural is not is_plural or before.subject_is_person or _has_rival(before):
        return fact
    return _filled(fact, head, before.subject, before.fact.block.span)


def _is_filled(fact: Fact, token: Token) -> bool:
    return any(fill.start == token.start for fill in fact.fills)


def _filled(fact: Fact, token: Token, text: str, origin: Span) -> Fact:
    return replace(fact, fills=(*fact.fills, Fill(token.start, token.end, text, origin)))


def _has_rival(line: Line) -> bool:
    """Whether a line names another thing of its subject's number that the next one may be about."""
    parse = line.fact.parse
    verb = main_verb(parse) if parse is not None else None
    if parse is None or verb is None:
        return True
    wanted = {"NNS", "NNPS"} if line.is_plural else {"NN", "NNP"}
    return any(token.tag in wanted and token.dependency in {"dobj", "attr"} for token in parse.children(verb))


# --- context ---------------------------------------------------------------------------------------------------


def _with_context(fact: Fact, above: Above) -> Fact:
    """`fact` with the lines that it points at, or adrift when they are not there, too long, or no help."""
    if fact.parse is None:
        return fact
    word = leaning(fact.parse, fact.fills)
    unfilled = starts_with_verb(fact) and not fact.about
    if word is None and not unfilled and not _LATER.search(fact.text):
        return fact
    near = above.near(fact)
    if not near:
        return replace(fact, is_adrift=not unfilled)
    if word is not None and word.text.lower() in SHE_OR_HE and not _tells_who(near[0], word, above):
        return replace(fact, is_adrift=True)
    line = near[0].fact
    context = (*line.context, Context(_dated(line), line.block.span))
    if line.is_adrift or sum(len(part.text.split()) for part in context) > MAX_CONTEXT_WORDS:
        return replace(fact, is_adrift=True)
    return replace(fact, context=context)


def _tells_who(line: Line, word: Token, above: Above) -> bool:
    """Whether it can be known who *he* or *she* is: by the line that is shown, or because the notes are about them."""
    is_hero = above.hero is not None and (above.hero[1] == "she") is (word.text.lower() in HER)
    return is_hero or line.subject_is_person or bool(line.people)


def said_in_full(fact: Fact) -> str:
    """A fact's text with its subject, if that was filled in."""
    return say(fact, fact.parse.tokens) if fact.parse is not None and fact.fills else fact.text


def _dated(fact: Fact) -> str:
    """A fact as context: with its fills, its label and its own date."""
    text = said_in_full(fact)
    is_said = any(fill.start == fill.end for fill in fact.fills)
    label = f"{fact.label}: " if fact.label and not is_said else ""
    when = f"{fact.when.text} – " if fact.when is not None and fact.when.dating != "carried" else ""
    return f"{when}{label}{text}"
