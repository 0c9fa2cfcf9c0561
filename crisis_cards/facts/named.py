"""Names in facts that are not said in English: what a model of their language finds, where there is one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from crisis_cards.facts.split import has_blanks
from crisis_cards.facts.understand import MAX_CHARACTERS
from crisis_cards.model import Fact, Name, Statement
from crisis_cards.tongues import ENGLISH

Namer = Callable[[Sequence[str]], Sequence[tuple[Name, ...]]]


def is_foreign(fact: Fact) -> bool:
    """Whether the cards of a fact are left to the templates that have no words of their own."""
    is_marked = not isinstance(fact.block, Statement) or has_blanks(fact.block) or bool(fact.block.columns)
    return fact.language != ENGLISH and not is_marked and len(fact.text) <= MAX_CHARACTERS


def named(
    documents: Sequence[Sequence[Fact]],
    wanted: Sequence[Collection[int]],
    namer_of: Callable[[str], Namer | None],
) -> tuple[tuple[Fact, ...], ...]:
    """The facts of each document, those whose index is `wanted` and that are not English with the names in them."""
    read = [list(facts) for facts in documents]
    places: dict[str, list[tuple[list[Fact], int]]] = {}
    for facts, own in zip(read, wanted, strict=True):
        for index in sorted(own):
            if is_foreign(facts[index]):
                places.setdefault(facts[index].language, []).append((facts, index))
    for language, found in places.items():
        namer = namer_of(language)
        texts = [facts[index].text for facts, index in found]
        for (facts, index), names in zip(found, namer(texts) if namer is not None else (), strict=namer is not None):
            facts[index] = replace(facts[index], names=names)
    return tuple(map(tuple, read))
