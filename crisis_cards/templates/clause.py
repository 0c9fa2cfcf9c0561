"""Questions from a clause: a constituent is taken out, the rest moved and inflected; no word comes in but wh and do."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from crisis_cards.grammar import FINITE, announced, consequence, main_verb, subject_of, verb_group
from crisis_cards.model import Fact
from crisis_cards.parse import Parse, Token
from crisis_cards.phrase import capital, inside, say, say_instead

_CONNECTIVES = frozenset(
    """
    however also consequently hence additionally therefore thus moreover furthermore then nevertheless besides
    """.split()
)
_SPACE_BEFORE = re.compile(r" +([,;:])")
ADVERBIAL = frozenset({"prep", "advcl", "advmod", "npadvmod", "punct", "cc", "agent"})
# What says nothing before a subject, and much behind it.
_OPENERS = frozenset({"so", "now", "anyway", "yes", "no"})
# What opens a contrast: a comma parts it from the question.
_CONTRASTS = frozenset({"unlike", "whereas", "although", "though", "while"})
# A question ends with what stood before the subject if that has few words and the question is short and has one verb.
MAX_MOVED, MAX_BEFORE_MOVED = 10, 14
NOT = frozenset({"n't", "n’t"})
_SINGULAR = {"are": "is", "were": "was", "have": "has", "do": "does", "'re": "is", "’re": "is", "'ve": "has"}


@dataclass(frozen=True, slots=True)
class Clause:
    """A finite verb with its subject, inside a fact; `frame` are the words of the sentence around it."""

    fact: Fact
    parse: Parse
    verb: Token
    subject: Token
    frame: str = ""

    @property
    def words(self) -> tuple[Token, ...]:
        """The tokens of the clause, without its conjunction and without verbs that are coordinated with its own."""
        parse, verb = self.parse, self.verb
        gone = {
            token.index
            for token in parse.children(verb)
            if token.dependency == "mark"
            or (token.dependency == "advmod" and token.text.lower() in _CONNECTIVES)
            or (token.index < self.subject.index and token.text.lower() in _OPENERS)
        }
        for other in parse.children(verb):
            if other.dependency == "conj" and other.tag[:2] in {"VB", "MD"}:
                joint = [
                    token for token in parse.children(verb) if token.dependency == "cc" and token.index < other.index
                ]
                gone |= {token.index for token in (*joint, *parse.subtree(other))}
        gone |= _bracketed(parse)
        for token in parse.tokens:
            if any(character.isalnum() for character in token.text) or token.text in "‘“\"'":
                break
            gone.add(token.index)
        last = parse.tokens[-1]
        gone |= {last.index} if last.text in {".", "!"} else set()
        return tuple(token for token in parse.subtree(verb) if token.index not in gone)


def _has_name(clause: Clause) -> bool:
    """Whether the subject is more than a letter that stands for something: `r` won't fight, `n` says so."""
    word = clause.subject.text
    return len(word) > 1 or word.isupper() or len(clause.parse.subtree(clause.subject)) > 1


def _says_there_is(clause: Clause) -> bool:
    return any(token.dependency == "expl" or token.tag == "EX" for token in clause.parse.children(clause.verb))


def _bracketed(parse: Parse) -> set[int]:
    """The tokens in round brackets, these included: a question does without them."""
    found: set[int] = set()
    opened = -1
    for token in parse.tokens:
        if token.text == "(":
            opened = token.index
        elif token.text == ")" and opened >= 0:
            found.update(range(opened, token.index + 1))
            opened = -1
    return found


def clauses(fact: Fact) -> Iterator[Clause]:
    """The clauses of a fact that can be asked about: the main one, and one that the main one only announces.

    *The proposal was that …*, *So important that …*, *Less well known was that …*: what follows *that* is the news.
    """
    parse = fact.parse
    if parse is None:
        return
    main = main_verb(parse)
    subject = subject_of(parse, main) if main is not None else None
    if main is not None and subject is not None:
        clause = Clause(fact, parse, main, subject)
        yield from (each for each in (clause, *_coordinated(clause)) if not _says_there_is(each) and _has_name(each))
    inner = consequence(parse) or announced(parse)
    subject = subject_of(parse, inner) if inner is not None else None
    if inner is not None and subject is not None:
        clause = Clause(fact, parse, inner, subject, _frame(fact, parse, inner))
        yield clause
        yield from _coordinated(clause)


def _frame(fact: Fact, parse: Parse, inner: Token) -> str:
    """The words around a clause, when they say what it is: *The basic proposal that NK was making*."""
    root = parse.roots[0]
    if root.tag == "JJ":
        return ""
    below = {token.index for token in parse.subtree(inner)}
    around = [token for token in parse.tokens if token.index not in below]
    if around and around[-1] == root and root.lemma == "be":
        around.pop()
    return say(fact, around)


def _coordinated(clause: Clause) -> Iterator[Clause]:
    """The clauses that *and* or *but* joins to one, with their own subject or its."""
    for verb in clause.parse.children(clause.verb):
        is_verb = verb.dependency == "conj" and verb.tag[:2] in {"VB", "MD"}
        if is_verb and any(token.tag in FINITE for token in verb_group(clause.parse, verb)):
            yield replace(clause, verb=verb, subject=subject_of(clause.parse, verb) or clause.subject)


def core(parse: Parse, head: Token) -> tuple[Token, ...]:
    """The phrase of `head` without what only tells more of it after a comma: *Explorer 1, the first US satellite*."""
    words = parse.subtree(head)
    comma = next((t.index for t in words if t.text == "," and t.index > head.index and t.head == head.index), None)
    joined = any(token.dependency == "conj" for token in parse.children(head))
    if comma is None or joined:
        return words
    return tuple(token for token in words if token.index < comma)


def asked(clause: Clause, wh: str, hole: Collection[Token], ending: str = "", named: str = "") -> str:
    """The question for something other than the subject: wh, auxiliary, subject, the rest without `hole`, `ending`.

    `named`: what is said in place of the subject, if anything. Empty when no good one can be made: a clause of its own
    before the subject, or words left behind `ending`.
    """
    parse, fact, verb = clause.parse, clause.fact, clause.verb
    group = verb_group(parse, verb)
    operator = _operator(group)
    subject = parse.subtree(clause.subject)
    gone = {token.index for token in (*hole, *subject)}
    before, rest = _around(clause, gone)
    if _is_awkward(parse, verb, before):
        return ""
    first_after = next((token for token in rest if hole and token.index > max(other.index for other in hole)), None)
    if first_after is not None and first_after.dependency == "cc":
        return ""  # the parser took a list apart
    after = [token for token in rest if hole and token.index > max(other.index for other in hole)]
    is_object = any(token.head == verb.index and token.dependency in {"dobj", "attr"} for token in hole)
    if (ending and any(token.dependency != "punct" for token in after)) or (is_object and _has_rival(verb, after)):
        return ""
    if operator is None:
        auxiliary, infinitive = _with_do(verb)
        tail = say_instead(fact, rest, {verb.index: infinitive})
    else:
        negation = [token for token in group if token.text.lower() in NOT and token.index == operator.index + 1]
        auxiliary = fact.text[operator.start : (negation or [operator])[-1].end] if operator.is_shown else operator.text
        tail = say_instead(fact, [token for token in rest if token != operator and token not in negation], {})
    tail = tail.rstrip(" ,;") if ending else tail
    said = named or inside(fact, core(parse, clause.subject))
    return _question(fact, before, wh, f"{auxiliary} {said} {tail} {ending}")


def _has_rival(verb: Token, after: Sequence[Token]) -> bool:
    """Whether another object is left behind what is asked for: the parser took a list apart."""
    return any(token.head == verb.index and token.dependency in {"dobj", "attr", "appos", "dep"} for token in after)


def asked_for_subject(clause: Clause, wh: str, ending: str = "") -> str:
    """The question for the subject: wh in its place, the verb in the singular unless `ending` says what is asked."""
    parse, fact = clause.parse, clause.fact
    subject = {token.index for token in parse.subtree(clause.subject)}
    before, rest = _around(clause, subject)
    if _is_awkward(parse, clause.verb, before) or not rest or not _opens_predicate(parse, clause.verb, rest[0]):
        return ""
    inflected = next((token for token in verb_group(parse, clause.verb) if token.tag in FINITE), clause.verb)
    plural = inflected.tag == "VBP" or inflected.text.lower() == "were"
    if ending or not plural or wh not in {"Who", "What"}:
        return _question(fact, before, wh, f"{say_instead(fact, rest, {}).strip(' ,')} {ending}")
    singular = _SINGULAR.get(inflected.text.lower(), third_person(inflected.text))
    return _question(fact, before, wh, say_instead(fact, rest, {inflected.index: singular}).lstrip(" ,"))


def _opens_predicate(parse: Parse, verb: Token, token: Token) -> bool:
    """Whether what follows the subject begins with its verb; else a piece of the subject was left behind."""
    return token in verb_group(parse, verb) or token.tag.startswith("RB") or token.dependency in {"punct", "prep"}


def _is_awkward(parse: Parse, verb: Token, before: Sequence[Token]) -> bool:
    """Whether what stands before the subject is more than when, where or on what condition.

    A clause that no conjunction opens is a sentence of its own, run into this one; anything else than an adverbial
    is a piece that the parser could not place.
    """
    if before and (before[-1].tag in {"IN", "TO"} or (len(before) == 1 and before[0].text.lower() == "first")):
        return True
    for token in before:
        marks = [other for other in parse.children(token) if other.dependency in {"mark", "advmod"}]
        is_opened = any(other.index < token.index for other in marks)
        if token.tag[:2] in {"VB", "MD"} and subject_of(parse, token) is not None and not is_opened:
            return True
        if token.head == verb.index and (token.dependency not in ADVERBIAL or _is_loose(token, is_opened=is_opened)):
            return True
    return False


def _is_loose(token: Token, *, is_opened: bool) -> bool:
    """Whether what stands before the subject is a note of its own: *Signed 27 July, Rhee …*, *Egg shaped hill, …*."""
    is_participle = token.dependency == "advcl" and token.tag != "VBG" and not is_opened
    is_adjective = token.dependency in {"advcl", "advmod"} and token.tag in {"JJ", "NN", "NNS", "NNP", "WRB"}
    is_noun = token.dependency == "npadvmod" and token.entity not in {"DATE", "TIME"}
    return is_participle or (is_adjective and not is_opened) or is_noun


def _around(clause: Clause, gone: Collection[int]) -> tuple[list[Token], list[Token]]:
    """What stands before the subject, connectives aside, and what follows it; without the tokens in `gone`."""
    first = clause.parse.subtree(clause.subject)[0].index
    kept = [token for token in clause.words if token.index not in gone]
    before = [token for token in kept if token.index < first]
    verb_first = [token for token in verb_group(clause.parse, clause.verb) if token.index < first]
    if verb_first:  # inversion, as after "so" or "never": everything counts as after the subject
        return [], kept
    while before and before[0].dependency in {"punct", "cc"}:
        before = before[1:]
    return before, [token for token in kept if token.index >= first]


def _question(fact: Fact, before: Sequence[Token], wh: str, rest: str) -> str:
    """The question; *after the war*, short, is clumsy before it and stands at its end."""
    question = f"{wh} {rest.rstrip(' ,;:.–—-')}"
    is_short = len(before) <= MAX_MOVED and len(question.split()) <= MAX_BEFORE_MOVED
    if before and is_short and not set(',;("') & set(question):
        comma = "," if before[0].text.lower() in _CONTRASTS else ""
        question = f"{question}{comma} {inside(fact, before).removesuffix(' then')}"
    elif before:
        question = f"{capital(say(fact, before))}, {wh[0].lower()}{wh[1:]} {rest}"
    text = _SPACE_BEFORE.sub(r"\1", " ".join(question.split()))
    return f"{text.rstrip(' ,;:.–—-')}?"


def _operator(group: Sequence[Token]) -> Token | None:
    """The auxiliary that moves before the subject; a form of *be* moves itself."""
    first = next((token for token in group if token.dependency in {"aux", "auxpass"} and token.tag != "TO"), None)
    if first is not None:
        return first
    return next((token for token in group if token.lemma == "be" or token.tag == "MD"), None)


def _with_do(verb: Token) -> tuple[str, str]:
    """*Sent* as *did … send*, *opposes* as *does … oppose*."""
    return {"VBZ": "does", "VBP": "do"}.get(verb.tag, "did"), verb.lemma


def third_person(verb: str) -> str:
    """The third person singular of a regular verb's plain form."""
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2:-1] not in set("aeiou"):
        return f"{verb[:-1]}ies"
    return f"{verb}s"
