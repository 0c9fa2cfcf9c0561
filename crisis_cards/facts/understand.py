"""The one stage of facts that asks a parser: every text in one batch, and those that lack their subject once more."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from crisis_cards.facts.glossary import Glossary
from crisis_cards.facts.resolve import as_piece, missing_subjects, resolve
from crisis_cards.facts.split import has_blanks
from crisis_cards.model import Fact, Statement
from crisis_cards.parse import Parse, Request

# Words in lower case: not after a dot or bracket of a link, which are written small by rule.
_SMALL = re.compile(r"(?<![\w/.@#])[a-z]{3,}(?![\w/@])")

Parsing = Callable[[Sequence[Request]], Sequence[Parse]]


# A longer text is no one statement, and every card of it would be too long to read.
MAX_CHARACTERS = 1000


def is_automatic(fact: Fact) -> bool:
    """Whether the cards of a fact are left to the templates: the author marked none, and it can be one statement."""
    is_marked = not isinstance(fact.block, Statement) or has_blanks(fact.block)
    return not is_marked and len(fact.text) <= MAX_CHARACTERS


def understand(
    documents: Sequence[Sequence[Fact]],
    wanted: Sequence[Collection[int]],
    glossary: Glossary,
    parsing: Parsing | None,
) -> tuple[tuple[Fact, ...], ...]:
    """The facts of each document, those whose index is `wanted` parsed, resolved and graded; others stay unread.

    A fact can only lean on facts that are wanted too. With `parsing` None all stay unread.
    """
    read = [list(facts) for facts in documents]
    if parsing is not None:
        read = _resolved(read, wanted, glossary, parsing)
    for facts, own in zip(read, wanted, strict=True):
        for index in own:
            facts[index] = _expanded(facts[index], glossary)
    return tuple(map(tuple, read))


def _resolved(
    documents: Sequence[Sequence[Fact]], wanted: Sequence[Collection[int]], glossary: Glossary, parsing: Parsing
) -> list[list[Fact]]:
    """All wanted texts parsed in one batch, those that lack their subject once more with it, and then resolved."""
    read = [list(facts) for facts in documents]
    small = frozenset(word for facts in documents for fact in facts for word in _SMALL.findall(fact.text))
    places = [
        (facts, index) for facts, own in zip(read, wanted, strict=True) for index in own if is_automatic(facts[index])
    ]
    requests = [Request(facts[index].text, glossary.pieces(facts[index].text)) for facts, index in places]
    for (facts, index), parse in zip(places, parsing(requests), strict=True):
        facts[index] = glossary.name(replace(facts[index], parse=parse), small)
    lacking = [(facts, index, fill) for facts in read for index, fill in missing_subjects(facts).items()]
    requests = [
        Request(facts[index].text, (as_piece(fill), *glossary.pieces(facts[index].text)))
        for facts, index, fill in lacking
    ]
    for (facts, index, fill), parse in zip(lacking, parsing(requests) if requests else (), strict=True):
        facts[index] = glossary.name(replace(facts[index], parse=parse, fills=(fill,)), small)
    return [list(resolve(facts)) for facts in read]


def _expanded(fact: Fact, glossary: Glossary) -> Fact:
    """`fact` with the full form of every short form that its cards may show."""
    block = fact.block
    shown = [block.text] if isinstance(block, Statement) else [block.prompt, block.answer]
    shown += [context.text for context in fact.context] + [fill.text for fill in fact.fills] + list(block.trail)
    return replace(fact, expansions=glossary.expansions("\n".join(shown)))
