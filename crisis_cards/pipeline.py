"""The spine: the order of the stages, on one screen. Sources in, a deck and an account of every block out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from crisis_cards.config import Config
from crisis_cards.diagnostics import Diagnostic, Severity, Span
from crisis_cards.facts import MAX_CHARACTERS, facts_of, glossary_of, is_automatic, understand
from crisis_cards.identity import fact_keys, guids_of
from crisis_cards.language import Parser
from crisis_cards.model import Account, Build, Candidate, Deck, Document, Fact, Heading, Leftover, Note, Statement
from crisis_cards.notetypes import kind_of
from crisis_cards.parse import Parse, Request
from crisis_cards.reading import read
from crisis_cards.render import fields_of, ordinals_of, tag_of, why_not
from crisis_cards.source import Source
from crisis_cards.templates import Choice, Familiar, candidates, joined

Progress = Callable[[int, int], None]

# The languages that there are templates for.
LANGUAGES = frozenset({"en"})

# Between the positions of two new cards, so that notes added later find room.
GAP = 10


def build(sources: Sequence[Source], config: Config, parser_of: Callable[[str], Parser], progress: Progress) -> Build:
    """The deck of `sources`. `parser_of` loads the model of a name and is called only when something must be parsed."""
    reads = [read(source) for source in sources]
    documents = [document for document, _ in reads]
    diagnostics = [diagnostic for _, found in reads for diagnostic in found]

    facts = [facts_of(document) for document in documents]
    parsing, warnings = _parsing(facts, config, parser_of, progress)
    understood = understand(facts, glossary_of(config.glossary, documents), parsing)

    deck = Familiar.of(fact for found in understood for fact in found)
    choice = Choice(deck)
    accounts = [
        account
        for document, found in zip(documents, understood, strict=True)
        for account in _accounts(document, found, deck, choice)
    ]
    notes = tuple(_notes(documents, accounts, config.name))
    return Build(
        Deck(config.name, notes), tuple(accounts), tuple(sorted([*diagnostics, *warnings, *_unused(accounts)]))
    )


def _parsing(
    facts: Iterable[Sequence[Fact]], config: Config, parser_of: Callable[[str], Parser], progress: Progress
) -> tuple[Callable[[Sequence[Request]], Sequence[Parse]] | None, tuple[Diagnostic, ...]]:
    """How facts are parsed, or None when nothing must be or nothing can be, which the author is told."""
    if not any(is_automatic(fact) for found in facts for fact in found):
        return None, ()
    if config.language.partition("-")[0] not in LANGUAGES:
        message = f'no templates for language "{config.language}" yet; only marked lines get cards'
        return None, (Diagnostic(Span("deck.toml", 1, 1), Severity.WARNING, "language", message),)
    parser = parser_of(config.model)
    return lambda requests: parser.parse(requests, progress), ()


def _accounts(document: Document, facts: Sequence[Fact], deck: Familiar, choice: Choice) -> Iterator[Account]:
    """What became of each block of a document, in order."""
    of_block: dict[int, list[Fact]] = {}
    for fact in facts:
        of_block.setdefault(id(fact.block), []).append(fact)
    for block in document.blocks:
        match block:
            case Heading():
                yield Account(block, reason="a heading: it names what is below it")
            case Leftover(reason=reason):
                yield Account(block, reason=reason)
            case _:
                own = tuple(of_block.get(id(block), ()))
                tried = tuple(found for fact in own for found in choice.choose(_sound(candidates(fact, deck))))
                yield Account(block, own, tried, "" if any(not each.dropped for each in tried) else _reason(own, tried))


def _sound(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Candidates without those that Anki would show nothing of."""
    return tuple(
        Candidate(each.card, f"unshowable: {why}") if (why := why_not(each.card.wording)) else each for each in found
    )


def _reason(facts: Sequence[Fact], tried: Sequence[Candidate]) -> str:
    """Why a statement has no card, in one line."""
    if tried:
        return f"{len(tried)} cards were thought of, none was kept" if len(tried) > 1 else tried[0].dropped
    if any(len(fact.text) > MAX_CHARACTERS for fact in facts):
        return f"longer than {MAX_CHARACTERS:,} characters: no one statement"
    grades = {str(fact.grade) for fact in facts}
    return f"no template fits ({', '.join(sorted(grades))})"


def _notes(documents: Sequence[Document], accounts: Sequence[Account], deck: str) -> Iterator[Note]:
    """The notes of all kept cards, in the order of the notes."""
    homes = {document.path: document for document in documents}
    keys = iter(fact_keys(fact.words for account in accounts for fact in account.facts))
    above: dict[str, tuple[str, ...]] = {}
    position = 0
    for account in accounts:
        block, document = account.block, homes[account.block.span.path]
        if isinstance(block, Heading):
            above[document.path] = (*block.trail, block.text)
        for fact, key in zip(account.facts, keys, strict=False):
            cards = joined(each for each in account.candidates if each.card.fact is fact)
            tags = _tags(document, above.get(document.path, ()), fact)
            for card, guid in zip(cards, guids_of(key, [card.wording for card in cards]), strict=True):
                position += GAP
                yield Note(
                    guid=guid,
                    kind=kind_of(card.wording),
                    fields=fields_of(card, key),
                    ordinals=ordinals_of(card.wording),
                    tags=tags,
                    modified=document.modified,
                    position=position,
                    deck=document.deck or deck,
                )


def _tags(document: Document, headings: tuple[str, ...], fact: Fact) -> tuple[str, ...]:
    """The file and the headings above a fact as one tag, and the author's own."""
    place = tag_of((document.title, *(heading for heading in headings if heading != document.title)))
    own = (tag_of(tag.split("::")) for tag in (*document.tags, *fact.block.tags))
    return tuple(dict.fromkeys(tag for tag in (place, *own) if tag))


def _unused(accounts: Iterable[Account]) -> Iterator[Diagnostic]:
    """A warning for each `#skip(…)` that names no card's answer."""
    for account in accounts:
        skips = account.block.skips if isinstance(account.block, Statement) else ()
        used = sum(1 for each in account.candidates if each.dropped.startswith("skipped:"))
        if len(skips) > used:
            message = (
                f"no card has the answer “{skips[0]}”; `crisis-cards explain {account.block.span}` shows the answers"
            )
            yield Diagnostic(account.block.span, Severity.WARNING, "unused-skip", message)
