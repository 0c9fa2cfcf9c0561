"""What a parse says of its clauses: verbs, subjects, names. Labels as in `parse`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from crisis_cards.parse import AT_HAND, Parse, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
NAMES = frozenset({"NNP", "NNPS"})
NOUNS = frozenset({"NN", "NNS"}) | NAMES
CLAUSES = frozenset({"advcl", "ccomp", "relcl", "acl", "csubj", "csubjpass", "parataxis", "conj"})

# Subjects of verbs that only announce what follows.
NEWS = frozenset({"news", "word", "report", "rumour", "rumor"})

# Labels of people: OntoNotes' own, and the glossary's.
PEOPLE = frozenset({"PERSON", "person"})
PLACES = frozenset({"GPE", "LOC", "place"})
GROUPS = frozenset({"ORG", "NORP", "organisation"})

# Heads of phrases that ask for "who": what people are called by their office, trade or side.
PERSON_NOUNS = frozenset(
    """
    president premier chancellor minister ambassador secretary general admiral marshal major colonel captain
    king queen emperor empress tsar pope bishop prince princess duke dictator leader chairman politician senator
    governor mayor judge pilot soldier officer spy author writer poet painter composer philosopher scientist
    physicist chemist biologist mathematician economist engineer inventor explorer physician doctor nurse
    teacher lawyer historian worker farmer peasant slave settler colonist man woman child people citizen voter
    """.split()
)


def verb_group(parse: Parse, verb: Token) -> tuple[Token, ...]:
    """The auxiliaries of a verb, its negation, the verb and its particle, in order."""
    parts = [token for token in parse.children(verb) if token.dependency in {"aux", "auxpass", "neg", "prt"}]
    return tuple(sorted([*parts, verb], key=lambda token: token.index))


def is_finite(parse: Parse, verb: Token) -> bool:
    """Whether a verb, or an auxiliary of it, is inflected."""
    return any(token.tag in FINITE for token in verb_group(parse, verb))


def subject_of(parse: Parse, verb: Token) -> Token | None:
    """The head of the subject of a verb, or None."""
    return next((token for token in parse.children(verb) if token.dependency in SUBJECTS), None)


@lru_cache(maxsize=AT_HAND)
def main_verb(parse: Parse) -> Token | None:
    """The finite verb of the only main clause, when the parse has one and it has a subject."""
    if len(parse.roots) != 1:
        return None
    root = parse.roots[0]
    if root.tag[:2] in {"VB", "MD"} and is_finite(parse, root) and subject_of(parse, root) is not None:
        return root
    return None


def main_subject(parse: Parse | None) -> Token | None:
    """The head of the subject of the only main clause; None when there is no such clause, or nothing was parsed."""
    verb = main_verb(parse) if parse is not None else None
    return subject_of(parse, verb) if parse is not None and verb is not None else None


def consequence(parse: Parse) -> Token | None:
    """The verb of the clause after *so … that*, when the rest of the text is only that: *So important that …*."""
    root = parse.roots[0] if len(parse.roots) == 1 else None
    if root is None or root.tag != "JJ" or not any(token.text.lower() == "so" for token in parse.children(root)):
        return None
    return _that_clause(parse, root)


def announced(parse: Parse) -> Token | None:
    """The verb of the clause that the main verb only announces: *Less well known was that …*, *News came that …*."""
    root = parse.roots[0] if len(parse.roots) == 1 else None
    head = subject_of(parse, root) if root is not None else None
    if root is not None and (root.lemma == "be" or (head is not None and head.lemma in NEWS)):
        return _that_clause(parse, root)
    return None


def _that_clause(parse: Parse, verb: Token) -> Token | None:
    for inner in parse.children(verb):
        has_that = any(token.dependency == "mark" and token.text.lower() == "that" for token in parse.children(inner))
        is_clause = inner.dependency == "ccomp" and inner.index > verb.index and inner.tag[:2] in {"VB", "MD"}
        if has_that and is_clause and subject_of(parse, inner) is not None and is_finite(parse, inner):
            return inner
    return None


def is_question(parse: Parse) -> bool:
    """Whether the text asks: a question mark at its end, a wh word of its main clause first, or an inverted verb."""
    if not parse.tokens or len(parse.roots) != 1:
        return bool(parse.tokens) and parse.tokens[-1].text == "?"
    first, root = parse.tokens[0], parse.roots[0]
    if parse.tokens[-1].text == "?":
        return True
    if first.tag in {"WP", "WP$", "WDT", "WRB"}:
        above = first
        while above.head != above.index and above.dependency not in CLAUSES:
            above = parse.tokens[above.head]
        return above == root
    subject = subject_of(parse, root)
    is_operator = first == root or (first.head == root.index and first.dependency in {"aux", "auxpass"})
    return is_operator and first.tag in FINITE and subject is not None and subject.index > first.index


def finite_verbs(parse: Parse) -> Iterator[Token]:
    """Every inflected verb, auxiliaries aside."""
    for token in parse.tokens:
        if token.tag[:2] in {"VB", "MD"} and token.dependency not in {"aux", "auxpass"} and is_finite(parse, token):
            yield token


def is_person(parse: Parse, head: Token) -> bool:
    """Whether the phrase of `head` is a person: by name, by glossary, or by what people are called."""
    return head.entity in PEOPLE or (
        head.lemma in PERSON_NOUNS
        and head.tag in NOUNS
        and not any(token.dependency == "compound" and token.index > head.index for token in parse.children(head))
    )


def names_of_people(parse: Parse) -> tuple[Token, ...]:
    """The heads of the names of people, in order: the last word of each."""
    found = []
    for token in parse.tokens:
        follows = parse.tokens[token.index + 1] if token.index + 1 < len(parse.tokens) else None
        if token.entity in PEOPLE and token.tag in NAMES and token.is_shown:
            if follows is not None and follows.entity in PEOPLE and follows.tag in NAMES:
                continue
            found.append(token)
    return tuple(found)


def name_phrase(parse: Parse, head: Token) -> tuple[Token, ...]:
    """The words of the name that `head` is part of: its neighbours of the same kind, without an article."""
    first = last = head.index
    while first and _goes_with(parse.tokens[first - 1], head):
        first -= 1
    while last + 1 < len(parse.tokens) and _goes_with(parse.tokens[last + 1], head):
        last += 1
    while first < last and parse.tokens[first].tag not in NAMES:
        first += 1
    while last > first and parse.tokens[last].tag not in NAMES:
        last -= 1
    return parse.tokens[first : last + 1]


def _goes_with(token: Token, head: Token) -> bool:
    return (
        token.is_shown
        and token.entity == head.entity
        and (token.tag in NAMES or token.tag in {"IN", "DT", "HYPH", "CD"})
    )
