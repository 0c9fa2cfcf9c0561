"""What the page shows, as values: the notes row by row, each with its cards, its findings and what changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from crisis_cards.changes import RETIRED_TAG, Change, ChangeKind
from crisis_cards.diagnostics import Diagnostic, Span
from crisis_cards.ledger import Entry
from crisis_cards.model import Account, Deck, Heading, Leftover, Medium, Note, Pair, Statement
from crisis_cards.notetypes import note_type
from crisis_cards.preview.math import with_mathml
from crisis_cards.preview.sides import Side, sides
from crisis_cards.wording import shown


@dataclass(frozen=True, slots=True)
class CardView:
    """A card as Anki shows it, with math drawn.

    `change`: what happens to its note since the ledger, if anything, and `before` what it said then. `template`: what
    made it; empty when the ledger does not know.
    """

    front: Side
    back: Side
    kind: str
    template: str
    tags: tuple[str, ...]
    deck: str
    change: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A block of the notes, a file's name, or a statement that is gone.

    `kind`: file, heading, statement, pair, leftover or retired. `line` is 0 where there is none, and `place` is what
    the author calls it where lines tell nothing. `depth`: how many headings a heading is under, or lines a statement.
    `trail`: what is above it, as of the block. `answer`: of a pair. `drawn` and `drawn_answer`: both as HTML, where
    there is math in them. `reason`: why there is no card; `tried`, the wordings that were thought of, each with what
    kept it out; `advice`, how to get a card.
    """

    kind: str
    path: str
    line: int
    text: str
    last: int = 0
    place: str = ""
    answer: str = ""
    drawn: str = ""
    drawn_answer: str = ""
    depth: int = 0
    trail: tuple[str, ...] = ()
    reason: str = ""
    tried: tuple[tuple[str, str], ...] = ()
    advice: tuple[str, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    cards: tuple[CardView, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """The whole page. `retired`: statements of which cards are retired. `css`: of the cards."""

    deck: str
    rows: tuple[Row, ...]
    retired: tuple[Row, ...]
    changes: tuple[Change, ...]
    media: tuple[Medium, ...]
    css: str


def view_of(
    deck: Deck,
    accounts: Sequence[Account],
    *,
    entries: Sequence[Entry],
    changes: Sequence[Change],
    diagnostics: Iterable[Diagnostic],
    advice: Callable[[Account], Iterable[str]],
) -> View:
    """What there is to see of a build. `advice`: what the author of a line without cards can do."""
    cards = _cards(deck, entries, changes)
    places = _places(accounts)
    told: dict[int, list[Diagnostic]] = {}
    of_files: dict[str, list[Diagnostic]] = {}
    for diagnostic in sorted(diagnostics):
        place = next(_around(diagnostic.span, places.get(diagnostic.span.path, ())), None)
        if place is None:
            of_files.setdefault(diagnostic.span.path, []).append(diagnostic)
        else:
            told.setdefault(place, []).append(diagnostic)
    rows = [_file(path, found) for path, found in of_files.items() if path not in places]
    path = None
    for place, account in enumerate(accounts):
        if account.block.span.path != path:
            path = account.block.span.path
            rows.append(_file(path, of_files.get(path, ())))
        own = [card for guid in account.guids for card in cards.get(guid, ())]
        rows.append(_row(account, tuple(own), tuple(told.get(place, ())), tuple(advice(account))))
    retired = tuple(_retired(entry, cards) for entry in entries if any(note.is_retired for note in entry.notes))
    css = next((note_type(note.kind).css for note in deck.notes), "")
    return View(deck.name, tuple(rows), retired, tuple(changes), deck.media, css)


def _cards(deck: Deck, entries: Iterable[Entry], changes: Iterable[Change]) -> dict[str, list[CardView]]:
    """The cards of each note, by its GUID."""
    templates = {note.guid: note.template for entry in entries for note in entry.notes}
    by_guid = {change.guid: change for change in changes}
    return {note.guid: list(_views(note, templates, by_guid.get(note.guid))) for note in deck.notes}


def _views(note: Note, templates: Mapping[str, str], change: Change | None) -> Iterator[CardView]:
    for ordinal in note.ordinals:
        front, back = (Side(with_mathml(side.html), side.sounds) for side in sides(note, ordinal))
        yield CardView(
            front,
            back,
            str(note.kind),
            templates.get(note.guid, ""),
            tuple(tag for tag in note.tags if tag != RETIRED_TAG),
            note.deck,
            str(change.kind) if change is not None else "",
            str(change.before) if change is not None and change.kind is not ChangeKind.RETIRED else "",
        )


def _places(accounts: Sequence[Account]) -> dict[str, list[tuple[Span, int]]]:
    """Of each file, where its blocks stand, and which accounts they are."""
    places: dict[str, list[tuple[Span, int]]] = {}
    for place, account in enumerate(accounts):
        places.setdefault(account.block.span.path, []).append((account.block.span, place))
    return places


def _around(span: Span, places: Iterable[tuple[Span, int]]) -> Iterator[int]:
    """The blocks in which something begins."""
    return (place for own, place in places if own.first <= span.first <= own.last)


def _file(path: str, findings: Iterable[Diagnostic]) -> Row:
    return Row("file", path, 0, path, findings=tuple(findings))


def _row(
    account: Account, cards: tuple[CardView, ...], findings: tuple[Diagnostic, ...], advice: tuple[str, ...]
) -> Row:
    block = account.block
    span = block.span
    answer, depth = "", 0
    match block:
        case Heading(text=text):
            kind, depth = "heading", len(block.trail)
        case Statement(text=text):
            kind, depth = "statement", block.depth
        case Pair(prompt=text, answer=answer):
            kind, depth = "pair", block.depth
        case Leftover(text=text):
            kind = "leftover"
    is_told = any(finding.message == account.reason for finding in findings)
    reason = "" if cards or kind == "heading" or is_told else account.reason
    tried = tuple((shown(each.card.wording), each.dropped) for each in account.candidates if reason and each.dropped)
    return Row(
        kind=kind,
        path=span.path,
        line=span.first,
        last=span.last,
        place=span.place,
        text=text,
        answer=answer,
        drawn=_drawn(text),
        drawn_answer=_drawn(answer),
        depth=depth,
        trail=block.trail,
        reason=reason,
        tried=tried,
        advice=advice if reason else (),
        findings=findings,
        cards=cards,
    )


def _drawn(text: str) -> str:
    """A text with math as HTML; empty when there is none in it."""
    plain = escape(text)
    html = with_mathml(plain)
    return "" if html == plain else html


def _retired(entry: Entry, cards: Mapping[str, Sequence[CardView]]) -> Row:
    own = [card for note in entry.notes if note.is_retired for card in cards.get(note.guid, ())]
    return Row("retired", entry.path, 0, entry.words, trail=entry.trail[1:], cards=tuple(own))
