"""What a heading, a parent bullet or a label names, as the subject of the lines under it.

`Treaty of Trianon 1920` names a treaty, `Brüning (chancellor 1930-32)` a person; `Causes` names nothing, so the
line above it is asked; `Rise of Hitler` names something that the lines under it are hardly the predicates of.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from crisis_cards.dates import DATE
from crisis_cards.diagnostics import Span
from crisis_cards.grammar import NAMES, NOUNS, finite_verbs, main_subject
from crisis_cards.lexicon import CLASS_NOUNS, EMPTY_LABELS
from crisis_cards.model import Fact, Statement
from crisis_cards.parse import Parse

# Labels that say what part a line plays in the notes; nothing is said of them.
STRUCTURAL = frozenset(
    """
    e.g eg ex example examples note notes nb problem problems cause causes result results aim aims goal effect effects
    reason reasons definition important summary tip warning
    """.split()
)
MAX_SHORT_FORM = 6
MAX_WORDS = 6
_NUMBERING = re.compile(
    r"^(?:\(?(?:\d{1,2}|[ivx]{1,4}|[IVX]{1,4}|[a-h])[.)]\s+|(?:chapter|week|part|unit)\s+\d+\W+|case study\W+)",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s*(?:[,;:(=]|\s[-–—]\s|->|→|=>).*$")
_OPAQUE = re.compile(
    r"\b(?:vs?\.?|versus|or|who|whom|what|which|when|where|why|how|if|is|are|was|were|has|have|had|do|does|did|will"
    r"|can|could|should|must|because|that|this|these|my|your|our|i|you|we)\b|[?!+&/\"“”]",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_UNFINISHED = re.compile(r"\b(?:of|in|the|and|to|for|from|since|until|by)$", re.IGNORECASE)
_EVENTFUL = re.compile(
    r"^(?:the\s)?(?:rise|fall|breakdown|collapse|origins?|history|development|growth|decline|spread|reign|life|death"
    r"|comparison|role|use|uses|types?|kinds?|forms?|stages?|steps?|parts?|list|examples?|properties|structure"
    r"|functions?|factors?|importance|significance|features?|attempts?|reactions?|opposition|evidence|trends?"
    r"|presidency|politics|victory|election|era|age|increase|decrease|change|changes|improvements?|expansion"
    r"|relations?|situation|context|conditions?|lives|childhood|youth|career|legacy|personality|background"
    r"|path|after|before|during|between|in|on|at|under|towards?|from|to|some|more|other)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A noun phrase from above a fact, ready to be a subject. `origin`: the line that it was read from."""

    text: str
    origin: Span
    is_plural: bool = False
    is_person: bool = False


@lru_cache(maxsize=4096)
def phrase(line: str) -> str | None:
    """The noun phrase that a line above may name; empty when it names nothing at all, None when it is something else.

    Numbering, dates and what follows a comma, colon, dash or bracket are cut off.
    """
    text = _NUMBERING.sub("", line.strip())
    bare = _CUT.sub("", text)
    if bare.isupper() and len(bare) > MAX_SHORT_FORM:
        return ""  # the heading of a part
    head = DATE.match(text)
    text = text[head.end() :].lstrip(" –—:,-") if head else text
    text = _CUT.sub("", text)
    tail = [match for match in DATE.finditer(text) if match.end() == len(text.rstrip())]
    cut = text[: tail[-1].start()].rstrip(" ,-–—") if tail else text.strip()
    text = text.strip() if _UNFINISHED.search(cut) else cut  # "Panic of 1819"
    words = re.findall(r"[\w’'-]+", text.lower())
    telling = [word for word in words if word not in EMPTY_LABELS]
    if not telling or all(word in {"of", "the", "and", "its", "in", "for"} for word in telling):
        return ""
    if len(words) > MAX_WORDS or _OPAQUE.search(text) or _EVENTFUL.match(text) or not text[:1].isalnum():
        return None
    if words[0] in EMPTY_LABELS and len(words) > 1 and words[1] in {"of", "for", "to"}:
        return ""
    return text


def lines_above(fact: Fact) -> Iterator[tuple[str, Span]]:
    """The label, the parents and the headings of a fact with their places, innermost first."""
    trail = fact.block.trail
    if fact.label or fact.about:
        yield fact.label or fact.about, fact.block.span
    yield from zip(reversed(trail), reversed(fact.roofs), strict=False)


def naming(fact: Fact, known: Names, before: Fact | None = None, parent: Fact | None = None) -> Label | None:
    """What the nearest line above that names anything names; None when it cannot be the subject of a line.

    `before`: the line before it in its paragraph; its label goes before the headings. `parent`: the line that it is
    indented under; its label goes before the rest of it.
    """
    above = list(lines_above(fact))
    if fact.label or fact.about:
        pass
    elif parent is not None and parent.label:
        above.insert(0, (parent.label, parent.block.span))
    elif before is not None and before.label and not _is_parented(fact):
        above.insert(0, (before.label, before.block.span))
    elif before is not None and not _is_parented(fact) and _has_own_subject(before):
        return None  # the heading, or what the line before is about
    for index, (text, origin) in enumerate(above):
        found = phrase(text)
        if found == "" and index == 0 and fact.label and text.lower() not in STRUCTURAL:
            found = text
        if found is None:
            return None
        if found:
            return None if _is_other(known, text, found, before) else known.label(found, origin)
    return None


def _is_other(known: Names, line: str, found: str, before: Fact | None) -> bool:
    """Whether a line above is a clause of which only the beginning was taken, and the line before is about another."""
    is_clause = known.says_something(line) and line != found
    return is_clause and before is not None and not before.fills


def is_title(text: str) -> bool:
    """Whether every long word of a phrase is capitalised."""
    return all(word[0].isupper() for word in re.findall(r"\w{4,}", text))


def _has_own_subject(fact: Fact) -> bool:
    """Whether a line is a clause of something that it names itself."""
    subject = main_subject(fact.parse)
    return subject is not None and subject.is_shown and subject.tag != "PRP" and not fact.fills


def _is_parented(fact: Fact) -> bool:
    return isinstance(fact.block, Statement) and fact.block.depth > 0


class Names:
    """The phrases of all lines above facts, with what a parser and the notes say of them."""

    def __init__(
        self, parses: dict[str, Parse], texts: Sequence[str], people: Iterable[str], clauses: Iterable[str]
    ) -> None:
        """Keep the parse of each phrase; `texts` tell how the notes write it, `people` who is a person.

        `clauses`: the lines that have a finite verb.
        """
        self._clauses = frozenset(clauses)
        self._parses = parses
        self._texts = texts
        self._people = frozenset(people)
        self._lines = _lines_with({word for text in parses for word in _WORD.findall(text.lower())}, texts)
        self._written: dict[str, tuple[bool, bool]] = {}

    def says_something(self, line: str) -> bool:
        """Whether a line above facts is a clause."""
        return line in self._clauses

    def label(self, text: str, origin: Span) -> Label | None:
        """The label that `text` is, if it is a noun phrase."""
        parse = self._parses.get(text)
        tokens = parse.tokens if parse is not None else ()
        last = next((token for token in reversed(tokens) if token.tag[:1].isalpha()), None)
        if parse is None or last is None or any(True for _ in finite_verbs(parse)):
            return None
        if tokens[0].tag in {"JJR", "JJS", "RBR", "RB", "IN", "VBN", "VBG", "PRP", "PRP$", "CD"} and not is_title(text):
            return None
        root = parse.roots[0]
        is_name = any(token.tag in NAMES for token in tokens)
        if not is_name and (root.tag not in NOUNS or last.tag not in NOUNS):
            return None
        if any(_EVENTFUL.match(token.text) for token in tokens[-1:] if len(tokens) > 1):
            return None
        head = root if root.tag in NOUNS else last
        joined = any(token.dependency == "conj" and token.tag in NOUNS for token in tokens)
        is_person = text in self._people or text.rsplit(maxsplit=1)[-1] in self._people
        is_plural = joined or head.tag in {"NNS", "NNPS"}
        return Label(self._with_article(text, parse, head.index, is_person=is_person), origin, is_plural, is_person)

    def _with_article(self, text: str, parse: Parse, head: int, *, is_person: bool) -> str:
        """The phrase as the notes write it inside a sentence: *the* and small letters where they do."""
        first = text.split(maxsplit=1)[0]
        if first.lower() in {"the", "a", "an"}:
            return text[:1].lower() + text[1:]
        if is_person:
            return text
        is_small, has_article = self._as_written(text)
        shown = text[:1].lower() + text[1:] if is_small and not first.isupper() else text
        if has_article:
            return f"the {shown}"
        noun = parse.tokens[head].text.lower()
        is_one = parse.tokens[head].tag in {"NN", "NNP"}
        named = any(token.tag in NAMES and token.index != head for token in parse.tokens)
        if is_one and named and len(parse.tokens) > 1 and noun in CLASS_NOUNS:
            return f"the {shown}"
        return shown

    def _as_written(self, text: str) -> tuple[bool, bool]:
        """Whether the notes write a phrase in small letters inside a sentence, and whether with *the* before it."""
        if text not in self._written:
            # Looked for only in the lines that have its rarest word: notes may have as many headings as lines.
            words = _WORD.findall(text.lower())
            rarest = min((self._lines.get(word, ()) for word in words), key=len, default=range(len(self._texts)))
            lead = () if 0 in rarest[:1] else ("",)  # all but the very first text stand below another one
            notes = "\n".join((*lead, *(self._texts[index] for index in rarest)))
            lowered = text[:1].lower() + text[1:]
            is_small = re.search(rf"(?<![\w-])(?<!\n){re.escape(lowered)}(?!\w)", notes) is not None
            has_article = re.search(rf"\bthe {re.escape(text)}(?!\w)", notes, re.IGNORECASE) is not None
            self._written[text] = is_small, has_article
        return self._written[text]


def _lines_with(words: AbstractSet[str], texts: Iterable[str]) -> dict[str, array[int]]:
    """For each word the indices of the texts that have it."""
    found: dict[str, array[int]] = {}
    for index, text in enumerate(texts):
        for word in words & set(_WORD.findall(text.lower())):
            found.setdefault(word, array("L")).append(index)
    return found
