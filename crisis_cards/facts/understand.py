"""The one stage of facts that asks a parser: every text in one batch, and those that lack their subject once more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from crisis_cards.facts.elided import first_word, is_predicate, with_subject
from crisis_cards.facts.glossary import Glossary
from crisis_cards.facts.labels import Label, Names, lines_above, naming, phrase
from crisis_cards.facts.resolve import resolve
from crisis_cards.facts.shorthand import written_out
from crisis_cards.facts.split import apart_from_term, has_blanks
from crisis_cards.facts.subjects import line_before, line_over, subject_near
from crisis_cards.grammar import NAMES, PEOPLE, main_subject, main_verb
from crisis_cards.lexicon import CLASS_NOUNS, PEOPLE_VERBS
from crisis_cards.model import Fact, Fill, Statement
from crisis_cards.parse import Parse, Piece, Request, Token
from crisis_cards.tongues import ENGLISH

# Words in lower case: not after a dot or bracket of a link, which are written small by rule.
_SMALL = re.compile(r"(?<![\w/.@#])[a-z]{3,}(?![\w/@])")


@dataclass(frozen=True, slots=True)
class Reader:
    """What a language gives: parses of texts in batches, and whether a word can be a form of a verb.

    `parse` tells of its progress, `parse_more` does the same in silence, for what statements need besides.
    """

    parse: Callable[[Sequence[Request]], Sequence[Parse]]
    parse_more: Callable[[Sequence[Request]], Sequence[Parse]]
    is_verb: Callable[[str], bool]


# A longer text is no one statement, and every card of it would be too long to read.
MAX_CHARACTERS = 1000
MIN_PREDICATE = 4  # words: a shorter line that begins with a participle is a noun with its adjective


def is_automatic(fact: Fact) -> bool:
    """Whether the cards of a fact come of its parse: it is English, the author marked none, it can be one statement."""
    is_marked = not isinstance(fact.block, Statement) or has_blanks(fact.block) or bool(fact.block.columns)
    return not is_marked and len(fact.text) <= MAX_CHARACTERS and fact.language == ENGLISH


def understand(
    documents: Sequence[Sequence[Fact]],
    wanted: Sequence[Collection[int]],
    glossaries: Sequence[Glossary],
    reader: Reader | None,
) -> tuple[tuple[Fact, ...], ...]:
    """The facts of each document, those whose index is `wanted` parsed, resolved and graded; others stay unread.

    A fact can only lean on facts that are wanted too. With `reader` None all stay unread. `glossaries`: one for each
    document.
    """
    read = [list(facts) for facts in documents]
    if reader is not None:
        of_path = {facts[0].block.span.path: own for facts, own in zip(read, glossaries, strict=True) if facts}
        read = _Reading(read, wanted, of_path, reader).resolved()
    for facts, own, glossary in zip(read, wanted, glossaries, strict=True):
        for index in own:
            facts[index] = _expanded(facts[index], glossary)
    return tuple(map(tuple, read))


@dataclass(slots=True)
class _Reading:
    """All wanted texts on their way: parsed in one batch, those that lack their subject once more with it."""

    documents: list[list[Fact]]
    wanted: Sequence[Collection[int]]
    glossaries: Mapping[str, Glossary]
    reader: Reader

    def resolved(self) -> list[list[Fact]]:
        """The facts with parses, fills, contexts and grades."""
        places = [
            (facts, index)
            for facts, own in zip(self.documents, self.wanted, strict=True)
            for index in sorted(own)
            if is_automatic(facts[index])
        ]
        phrases = self._phrases(facts[index] for facts, index in places)
        requests = [self._request(facts[index]) for facts, index in places]
        parses = self.reader.parse(requests)
        named = self.reader.parse_more([Request(text) for text in phrases])
        small = frozenset(word for facts in self.documents for fact in facts for word in _SMALL.findall(fact.text))
        people = _people([*parses, *named])
        for (facts, index), found in zip(places, parses, strict=True):
            parse = self._doubted(found)
            facts[index] = self._named(replace(facts[index], parse=parse), (small, people))
        read = [facts[index] for facts, index in places]
        names = Names(
            dict(zip(phrases, named, strict=True)),
            [fact.text for facts in self.documents for fact in facts],
            people,
            (fact.block.text.rstrip(":") for fact in read if isinstance(fact.block, Statement) and _is_clause(fact)),
        )
        self._part_from_terms(places, (small, people))
        self._complete(places, names, (small, people), is_past=_is_past(read))
        return [list(resolve(facts, names)) for facts in self.documents]

    def _doubted(self, parse: Parse) -> Parse:
        """A parse, unstable when the verb of its clause is a word that no verb has."""
        verb = main_verb(parse)
        is_known = verb is None or self.reader.is_verb(verb.text) or not verb.text.isalpha()
        return parse if is_known else replace(parse, is_stable=False)

    def _glossary(self, fact: Fact) -> Glossary:
        """The terms of the document that a fact is in."""
        return self.glossaries[fact.block.span.path]

    def _named(self, fact: Fact, told: tuple[frozenset[str], frozenset[str]]) -> Fact:
        return self._glossary(fact).name(fact, *told)

    def _request(self, fact: Fact, *pieces: Piece) -> Request:
        taken = [*pieces]
        found = [*self._glossary(fact).pieces(fact.text), *written_out(fact.text)]
        for piece in sorted(found, key=lambda each: each.start):
            if not any(one.start < piece.end and piece.start < one.end for one in taken):
                taken.append(piece)
        return Request(fact.text, tuple(sorted(taken, key=lambda each: (each.start, each.end))))

    def _phrases(self, facts: Iterable[Fact]) -> list[str]:
        found = [text for fact in facts for text in (*(line for line, _ in lines_above(fact)), fact.title)]
        return list(dict.fromkeys(phrase(text) or text for text in found if phrase(text) is not None))

    def _subject(self, facts: Sequence[Fact], index: int, names: Names) -> Label | None:
        """The subject that a line may lack: what the lines above name, else that of the line before it."""
        named = naming(facts[index], names, line_before(facts, index), line_over(facts, index))
        return named or subject_near(facts, index)

    def _part_from_terms(
        self, places: Sequence[tuple[list[Fact], int]], told: tuple[frozenset[str], frozenset[str]]
    ) -> None:
        """Read what follows a term in bold by itself, where the term is no subject: `**MTU** 1500 bytes`."""
        parted = [
            (facts, index, part)
            for facts, index in places
            if (part := apart_from_term(facts[index])) is not None and not _is_subject(facts[index], part.label)
        ]
        parses = self.reader.parse_more([self._request(part) for *_, part in parted]) if parted else ()
        for (facts, index, part), parse in zip(parted, parses, strict=True):
            facts[index] = self._named(replace(part, parse=parse), told)

    def _complete(
        self,
        places: Sequence[tuple[list[Fact], int]],
        names: Names,
        told: tuple[frozenset[str], frozenset[str]],
        *,
        is_past: bool,
    ) -> None:
        """Read each line that may lack its subject with the one that the lines above it name.

        A line may take its subject from the one above it, so this goes on as long as one more line is completed.
        """
        left = [(facts, index) for facts, index in places if _may_be_predicate(facts[index], self.reader.is_verb)]
        while left:
            tried = [
                (facts, index, label)
                for facts, index in left
                if (label := self._subject(facts, index, names)) is not None
            ]
            variants = [with_subject(facts[index], label, is_past=is_past) for facts, index, label in tried]
            requests = [
                self._request(facts[index], piece)
                for (facts, index, _), (piece, _) in zip(tried, variants, strict=True)
            ]
            done = set()
            for (facts, index, label), (_, is_passive), parse in zip(
                tried, variants, self.reader.parse_more(requests) if requests else (), strict=True
            ):
                done.add((id(facts), index))
                if is_predicate(parse, label, is_passive=is_passive, is_labelled=bool(facts[index].label)):
                    fill = Fill(0, 0, label.text, label.origin)
                    facts[index] = self._named(replace(facts[index], parse=parse, fills=(fill,)), told)
            left = [(facts, index) for facts, index in left if (id(facts), index) not in done]
            if not done:
                break


def _is_clause(fact: Fact) -> bool:
    return main_subject(fact.parse) is not None


def _is_subject(fact: Fact, term: str) -> bool:
    """Whether the clause of a fact has its subject in its first words, `term`."""
    subject = main_subject(fact.parse)
    if fact.parse is None or subject is None:
        return False
    return subject.start < len(term) <= fact.parse.tokens[subject.head].start


def _may_be_predicate(fact: Fact, is_verb: Callable[[str], bool]) -> bool:
    """Whether a parsed fact may lack its subject: it has none, or its first word may as well be its verb."""
    parse = fact.parse
    word = first_word(fact.text)
    is_short = len(fact.text.split()) < MIN_PREDICATE and (word or "").endswith("ed")  # "Improved education"
    if parse is None or word is None or not is_verb(word) or is_short:
        return False
    subject = main_subject(parse)
    if subject is None:
        return True
    # "Blocks connections started …": two plural nouns, or a verb and its object.
    first = parse.tokens[0]
    plural = {"NNS", "NNPS"}
    return subject.tag in plural and subject.index == 1 and first.text.lower().endswith("s")


def _people(parses: Iterable[Parse]) -> frozenset[str]:
    """The words that are read as part of a person's name more often than not."""
    counts = Counter(
        (token.text, token.entity in PEOPLE or _acts_as_person(parse, token))
        for parse in parses
        for token in parse.tokens
        if token.tag in NAMES
    )
    return frozenset(word for word, is_person in counts if is_person and counts[word, True] > counts[word, False])


def _acts_as_person(parse: Parse, token: Token) -> bool:
    """Whether a name is the subject of what only people do."""
    is_subject = token.dependency == "nsubj" and parse.tokens[token.head].lemma in PEOPLE_VERBS
    return (
        is_subject
        and token.entity not in {"GPE", "NORP"}
        and token.text.lower() not in CLASS_NOUNS
        and not token.text.isupper()
    )


def _is_past(facts: Iterable[Fact]) -> bool:
    """Whether notes tell what was rather than what is."""
    tags = Counter(token.tag for fact in facts if fact.parse is not None for token in fact.parse.tokens)
    return tags["VBD"] > tags["VBZ"] + tags["VBP"]


def _expanded(fact: Fact, glossary: Glossary) -> Fact:
    """`fact` with the full form of every short form that its cards may show."""
    block = fact.block
    shown = [block.text] if isinstance(block, Statement) else [block.prompt, block.answer]
    shown += [context.text for context in fact.context] + [fill.text for fill in fact.fills] + list(block.trail)
    return replace(fact, expansions=glossary.expansions("\n".join(shown)))
