"""The spine: the order of the stages, on one screen. Sources and a ledger in; a deck, a ledger and an account out."""

from __future__ import annotations

import gc
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from crisis_cards.changes import Change, ChangeKind
from crisis_cards.config import Config
from crisis_cards.continuity import Dock, positions
from crisis_cards.diagnostics import Diagnostic, Severity, Span
from crisis_cards.facts import (
    Glossary,
    Namer,
    Reader,
    facts_of,
    glossaries_of,
    inputs_of,
    is_automatic,
    is_foreign,
    named,
    spoken_in,
    understand,
)
from crisis_cards.language import Parser, load_namer, model_for
from crisis_cards.ledger import Entry
from crisis_cards.loading import Loading
from crisis_cards.manifest import notes_of, retired_notes
from crisis_cards.media import Find, located
from crisis_cards.model import Account, Deck, Document, Fact, Statement
from crisis_cards.reading import read
from crisis_cards.recognition import Seen, Tie, advice_on, change_of, open_ties, recognise
from crisis_cards.source import Source
from crisis_cards.templates import Choice, Familiar
from crisis_cards.tongues import ENGLISH

Progress = Callable[[int, int], None]

MANY = 5000
"""Facts that were understood; after fewer, looking for what nobody needs any more costs more than it frees."""


@dataclass(frozen=True, slots=True)
class Past:
    """What the last build left, and how this one goes on from it.

    `now`: the time that what changes is dated with, in whole seconds. `is_within`: whether a path is in the part that
    is built; entries of others stay as they are. `refreshes`: whether facts get today's wordings although
    nothing of them changed. `looks_at`: whether to show every card thought of for the facts of a path. `remembers`:
    whether accounts keep their facts and candidates, ten times what the notes themselves take; without, they say only
    what became of a block, and why.
    """

    entries: tuple[Entry, ...] = ()
    now: int = 0
    is_within: Callable[[str], bool] = lambda _: True
    refreshes: bool = False
    looks_at: Callable[[str], bool] = lambda _: False
    remembers: bool = True


@dataclass(frozen=True, slots=True)
class Build:
    """The result of a run: the deck, the ledger, what became of every block, what changes, what to tell the author.

    `documents`: the notes as they were read.
    """

    deck: Deck
    entries: tuple[Entry, ...]
    accounts: tuple[Account, ...]
    changes: tuple[Change, ...]
    diagnostics: tuple[Diagnostic, ...]
    documents: tuple[Document, ...] = ()


def build(
    sources: Sequence[Source],
    config: Config,
    past: Past,
    parser_of: Callable[[str], Parser],
    progress: Progress,
    *,
    find: Find = lambda _path, target: f'"{target}" is nowhere: these notes are in no folder',
    namer_of: Callable[[str, str], Namer | None] = load_namer,
) -> Build:
    """The deck of `sources`. `parser_of` loads the model of a name and is called only when something must be parsed.

    `namer_of` gives what finds names in a language that is not English, by the language and the name of its model.
    """
    reads = [read(source, config.syntaxes) for source in sources]
    homes = [located(document, find) for document, _ in reads]
    documents = [home.document for home in homes]
    media = {medium.name: medium for home in homes for medium in home.media}
    diagnostics = [diagnostic for _, found in reads for diagnostic in found]
    diagnostics += [diagnostic for home in homes for diagnostic in home.diagnostics]
    glossaries = glossaries_of(config.glossary, documents)

    seen, gone, undecided = _recognised(documents, glossaries, past, config.language)
    wanted = [
        _wanted(own, is_looked_at=past.looks_at(document.path)) for document, own in zip(documents, seen, strict=True)
    ]
    texts = [own[index].fact for own, found in zip(seen, wanted, strict=True) for index in sorted(found)]
    namers = _namers(texts, config, namer_of)
    diagnostics += _bounds(texts, namers)
    seen = _understood(seen, wanted, glossaries, _reader(texts, config, parser_of, progress), namers)
    if len(texts) > MANY:
        gc.collect()  # the language model goes, unless somebody keeps it: 50 MB that nobody needs any more
    del texts  # as they were before

    # What has not changed needs no choice, so neither what the deck is about nor which prompts are taken.
    is_quiet = not any(wanted)
    familiar = Familiar.of(each.fact for own in seen for each in own if not is_quiet)
    choice = Choice(familiar, config.profile)
    loading = Loading(Dock(past.entries, past.now), choice, familiar, config.profile, past.remembers)
    loading.reserve(each for own in seen for each in own if not is_quiet)
    places = positions([each for own in seen for each in own])
    accounts: list[Account] = []
    waiting = deque(map(deque, seen))
    del seen
    for document in documents:
        # What is loaded is let go: the parses of long notes take as much as the notes that are made of them.
        placed = zip(_taken(waiting.popleft()), places, strict=False)  # as many places as the document has facts
        for account in loading.load(document, placed, is_looked_at=past.looks_at(document.path)):
            diagnostics += _unused(account)
            accounts.append(account if past.remembers else replace(account, facts=(), candidates=()))
    for entry in gone:
        loading.let_go(entry)
    loading.reunite()
    outside = [entry for entry in past.entries if not past.is_within(entry.path)]
    accounts = list(_with_notes(accounts, loading)) if past.remembers else accounts
    entries = tuple(sorted([*loading.entries, *outside], key=lambda entry: (entry.path, entry.position, entry.key)))
    notes = (*notes_of(loading.loads, config.name), *retired_notes(entries, config.name))
    new = {change.span for change in loading.changes if change.kind is ChangeKind.NEW}
    retired = {entry.key for entry in entries if any(note.is_retired for note in entry.notes)}
    ties = list(open_ties(undecided, new, retired))
    changes = (*loading.changes, *map(change_of, ties))
    told = sorted({*diagnostics, *map(advice_on, ties)})
    deck = Deck(config.name, notes, tuple(media[name] for name in sorted(media)))
    return Build(deck, entries, tuple(accounts), changes, tuple(told), tuple(documents))


def _taken(waiting: deque[Seen]) -> Iterator[Seen]:
    """What waits, in order; nobody keeps it."""
    while waiting:
        yield waiting.popleft()


def _with_notes(accounts: Iterable[Account], loading: Loading) -> Iterator[Account]:
    """The accounts with the notes that their blocks ship as."""
    guids: dict[int, list[str]] = {}
    for load in loading.loads:
        guids.setdefault(id(load.card.fact.block), []).append(load.note.guid)
    return (replace(account, guids=tuple(guids.get(id(account.block), ()))) for account in accounts)


def _recognised(
    documents: Sequence[Document], glossaries: Sequence[Glossary], past: Past, language: str
) -> tuple[list[tuple[Seen, ...]], tuple[Entry, ...], tuple[Tie, ...]]:
    """The facts of each document with what the ledger knows of them, the entries that are gone, and ties.

    `language`: what deck.toml says of all notes.
    """
    facts = [facts_of(document, spoken_in(document, language)) for document in documents]
    inputs = [inputs_of(found, glossary) for found, glossary in zip(facts, glossaries, strict=True)]
    flat = [pair for found, own in zip(facts, inputs, strict=True) for pair in zip(found, own, strict=True)]
    within = [entry for entry in past.entries if past.is_within(entry.path)]
    recognised = recognise(flat, within, refreshes=past.refreshes)
    ends = accumulate(map(len, facts), initial=0)
    return [recognised.seen[start:end] for start, end in pairwise(ends)], recognised.gone, recognised.ties


def _understood(
    seen: Sequence[Sequence[Seen]],
    wanted: Sequence[Collection[int]],
    glossaries: Sequence[Glossary],
    reader: Reader | None,
    namers: Mapping[str, Namer | None],
) -> list[tuple[Seen, ...]]:
    """What was seen with those facts understood that are wanted."""
    understood = understand([[each.fact for each in own] for own in seen], wanted, glossaries, reader)
    understood = named(understood, wanted, namers.__getitem__)
    return [tuple(map(_with, own, found)) for own, found in zip(seen, understood, strict=True)]


def _with(seen: Seen, fact: Fact) -> Seen:
    """What was seen, with its fact understood; one that nobody had to understand has the full forms that it had."""
    if seen.entry is not None and not seen.is_fresh and fact.parse is None and seen.entry.expansions:
        fact = replace(fact, expansions=seen.entry.expansions)
    return seen if fact is seen.fact else replace(seen, fact=fact)


def _wanted(seen: Sequence[Seen], *, is_looked_at: bool) -> set[int]:
    """The facts of a document that must be understood: those whose cards are made, and those that they may lean on."""
    fresh = [index for index, each in enumerate(seen) if each.is_fresh or is_looked_at]
    asked = [index for index in fresh if is_automatic(seen[index].fact)]
    return {*fresh, *(above for index in asked for above in seen[index].inputs.above)}


def _reader(
    texts: Iterable[Fact], config: Config, parser_of: Callable[[str], Parser], progress: Progress
) -> Reader | None:
    """How English facts are parsed, or None when there are none to parse."""
    if not any(map(is_automatic, texts)):
        return None
    parser = parser_of(config.model if _own(config) == ENGLISH else "")
    return Reader(lambda requests: parser.parse(requests, progress), parser.parse, parser.is_verb)


def _namers(
    texts: Sequence[Fact], config: Config, namer_of: Callable[[str, str], Namer | None]
) -> dict[str, Namer | None]:
    """What finds names in each language that facts to be made anew are said in, beside English."""
    spoken = dict.fromkeys(fact.language for fact in texts if is_foreign(fact))
    return {each: namer_of(each, config.model if _own(config) == each else "") for each in spoken}


def _own(config: Config) -> str:
    """The language that deck.toml speaks of."""
    return config.language.partition("-")[0]


def _bounds(texts: Sequence[Fact], namers: Mapping[str, Namer | None]) -> Iterator[Diagnostic]:
    """What is not done for notes that are mostly in another language, told once and of the one that has most lines."""
    spoken = Counter(fact.language for fact in texts if is_foreign(fact))
    if not spoken or 2 * spoken.total() <= len(texts):
        return
    language, lines = spoken.most_common(1)[0]
    model = model_for(language)
    names = (
        f"; names are blanked, too, once the spaCy model {model} is installed"
        if model and namers[language] is None
        else ""
    )
    message = (
        f'{lines:,} lines in language "{language}" get blanks (dates, numbers, quotations, terms) and no questions'
    )
    yield Diagnostic(Span("deck.toml", 1, 1), Severity.WARNING, "language", message + names)


def _unused(account: Account) -> Iterator[Diagnostic]:
    """A warning for a statement with a `#skip(…)` that names no card's answer, or a noun for a word that it lacks."""
    if isinstance(account.block, Statement):
        skips = account.block.skips
        used = sum(1 for each in account.candidates if each.dropped.startswith("skipped:"))
        span = account.block.span
        if len(skips) > used and any(fact.parse is not None for fact in account.facts):
            message = f"no card has the answer “{skips[0]}”; `crisis-cards explain {span}` shows the answers"
            yield Diagnostic(span, Severity.WARNING, "unused-skip", message)
        filled = {fill.text.removesuffix("’s") for fact in account.facts for fill in fact.fills}
        for word, noun in account.block.called:
            if noun not in filled and any(fact.parse is not None for fact in account.facts):
                message = f"#{word}({noun}) explains no “{word}” of this line; write the word that stands in it"
                yield Diagnostic(span, Severity.WARNING, "unused-name", message)
