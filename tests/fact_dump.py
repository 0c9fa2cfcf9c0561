"""Facts and candidates as readable lines, for case files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from crisis_cards.config import Config, Profile, Term, TermKind
from crisis_cards.language import Parser, load_parser
from crisis_cards.model import Account, Fact
from crisis_cards.pipeline import Build, Past, build
from crisis_cards.source import Source
from crisis_cards.templates import GATES
from crisis_cards.wording import shown

CONFIG = Config("Cases", profile=Profile.ALL, glossary=(Term("NK", "Nikita Khrushchev", TermKind.PERSON),))
OF_GATES = frozenset(gate.__name__.replace("_", "-") for gate in GATES)


@cache
def parser_of(model: str) -> Parser:
    """The pinned parser, loaded once."""
    return load_parser(model)


def built(text: str, path: str = "volcanoes.txt", config: Config = CONFIG) -> Build:
    """The build of one text as the only source."""
    return build([Source(path, text, 0)], config, Past(now=1), parser_of, lambda _done, _all: None)


def facts_dump(text: str) -> str:
    """Every fact with what was found out about it, and every statement without one."""
    return "\n".join(line for account in built(text, _path(text)).accounts for line in _account(account))


def cards_dump(text: str, only: str) -> str:
    """Every candidate of the template `only`, or kept out by the gate `only`; read as Markdown if there is any.

    Which of the sound candidates are chosen is told only where that is what is asked for: it is up to the table of
    measured precision, which grows.
    """
    return "\n".join(
        f"{account.block.span.first} {each.card.template}: "
        + "".join(f"[{part}] " for part in each.card.wording.context)
        + shown(each.card.wording)
        + (f" -- {each.dropped}" if each.dropped and _reason(each.dropped) in {only, *OF_GATES} else "")
        for account in built(text, _path(text)).accounts
        for each in account.candidates
        if only in {each.card.template, _reason(each.dropped)}
    )


def _path(text: str) -> str:
    """The name of a Markdown file for a text that looks like one."""
    is_markdown = any(line.startswith(("- ", "|", "# ")) or "**" in line for line in text.splitlines())
    return "volcanoes.md" if is_markdown else "volcanoes.txt"


def _reason(dropped: str) -> str:
    return dropped.partition(":")[0]


def _account(account: Account) -> Iterator[str]:
    for fact in account.facts:
        yield f"{account.block.span.first} {fact.text} ({fact.grade})"
        yield from (f"  {line}" for line in _findings(fact))


def _findings(fact: Fact) -> Iterator[str]:
    if fact.label:
        yield f"label: {fact.label}"
    if fact.when is not None:
        yield f"{fact.when.dating} date: {fact.when.text} (line {fact.when.origin.first})"
    for fill in fact.fills:
        yield f"filled in: {fact.text[fill.start : fill.end] or 'subject'} = {fill.text} (line {fill.origin.first})"
    for context in fact.context:
        yield f"context: {context.text} (line {context.origin.first})"
    if fact.is_adrift:
        yield "adrift"
    for short, full in fact.expansions:
        yield f"{short}: {full}"
