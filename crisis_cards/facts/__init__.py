"""Blocks to facts: split, date, resolve; each fact can stand alone, carries its context, or says that it cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from crisis_cards.config import Term, TermKind
from crisis_cards.diagnostics import Span
from crisis_cards.facts.dating import date, under_date
from crisis_cards.facts.glossary import Glossary, defined_in
from crisis_cards.facts.inputs import Inputs, inputs_of
from crisis_cards.facts.named import Namer, is_foreign, named
from crisis_cards.facts.remarks import with_remarks
from crisis_cards.facts.split import labelled, split, with_shared_labels
from crisis_cards.facts.understand import MAX_CHARACTERS, Reader, is_automatic, understand
from crisis_cards.model import Block, Document, Fact, Heading, Leftover, Pair, Statement
from crisis_cards.tongues import ENGLISH, languages_of


def facts_of(document: Document, languages: Mapping[int, str] | None = None) -> tuple[Fact, ...]:
    """The facts of one document in order: split and dated, before any language processing.

    `languages`: what blocks are said in, by their index, where that is not English.
    """
    spoken = languages or {}
    children: dict[Span, list[str]] = {}
    for each in document.blocks:
        if isinstance(each, Statement) and each.parent is not None:
            children.setdefault(each.parent, []).append(each.text)
    facts: list[Fact] = []
    section: list[Fact] = []
    begun: set[tuple[str, ...]] = set()
    places: dict[tuple[str, ...], Span] = {}
    for index, block in enumerate((*document.blocks, None)):
        if block is None or isinstance(block, Heading):
            dated = (under_date(fact) for fact in date(section))
            facts += with_shared_labels(part for fact in dated for part in labelled(fact))
            section = []
            if block is not None:
                places[*block.trail, block.text] = block.span
        elif isinstance(block, Statement | Pair):
            parent = block.parent if isinstance(block, Statement) else None
            is_only_child = parent is not None and len(children[parent]) == 1
            members = tuple(children.get(block.span, ()))
            if parent is not None:
                places[block.trail] = parent
            roofs = tuple(places.get(block.trail[:end], block.span) for end in range(1, len(block.trail) + 1))
            is_first = block.trail not in begun
            begun.add(block.trail)
            section += (
                replace(fact, is_only_child=is_only_child, is_first=is_first, roofs=roofs, members=members)
                for fact in split(block, document.title, spoken.get(index, ENGLISH))
            )
    return with_remarks(facts)


def spoken_in(document: Document, declared: str) -> dict[int, str]:
    """The language of each statement and pair of a document that is not English, by the index of its block.

    `declared`: what deck.toml says of all notes; what the document says of itself goes before it.
    """
    # Headings tell of the language of what is below them, too.
    texts = {index: _said(block) for index, block in enumerate(document.blocks) if not isinstance(block, Leftover)}
    said = document.language or declared
    found = languages_of(list(texts.values()), said, is_certain=bool(document.language))
    return {index: language for index, language in zip(texts, found, strict=True) if language != ENGLISH}


def _said(block: Block) -> str:
    return f"{block.prompt}\n{block.answer}" if isinstance(block, Pair) else block.text


def glossaries_of(terms: Sequence[Term], documents: Sequence[Document]) -> tuple[Glossary, ...]:
    """For each document the terms of its front matter, those of deck.toml, and those that the notes define."""
    statements = (block.text for document in documents for block in document.blocks if isinstance(block, Statement))
    shared = [*terms, *defined_in(statements)]
    common = Glossary(shared)
    return tuple(
        Glossary([*(Term(short, full, TermKind(kind)) for short, full, kind in document.glossary), *shared])
        if document.glossary
        else common
        for document in documents
    )


__all__ = [
    "MAX_CHARACTERS",
    "Glossary",
    "Inputs",
    "Namer",
    "Reader",
    "facts_of",
    "glossaries_of",
    "inputs_of",
    "is_automatic",
    "is_foreign",
    "named",
    "spoken_in",
    "understand",
]
