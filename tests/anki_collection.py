"""Anki itself, for tests: a fresh collection, packages imported into it, and cards as a learner meets them."""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

_OUTCOMES = ("new", "updated", "duplicate", "conflicting", "first_field_match", "missing_notetype", "missing_deck")


@cache
def _empty_collection() -> bytes:
    """Made once a run: it takes Anki longer than the copy."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection.anki2"
        Collection(str(path)).close()
        return path.read_bytes()


@contextmanager
def opened_collection() -> Iterator[Collection]:
    """An empty collection of its own, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection.anki2"
        path.write_bytes(_empty_collection())
        collection = Collection(str(path))
        try:
            yield collection
        finally:
            collection.close()


def imported(collection: Collection, package: Path) -> dict[str, int]:
    """How many notes met which outcome, with the options that Anki's own dialog starts with."""
    request = ImportAnkiPackageRequest(package_path=str(package.resolve()), options=ImportAnkiPackageOptions())
    log = collection.import_anki_package(request).log
    collection.models._clear_cache()
    counts = {outcome: len(getattr(log, outcome)) for outcome in (*_OUTCOMES, "empty_first_field")}
    return {outcome: number for outcome, number in counts.items() if number}


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card in a collection: its note, its place, and both its sides as HTML."""

    id: int
    guid: str
    ordinal: int
    deck: str
    due: int
    tags: tuple[str, ...]
    question: str
    answer: str


def shown_cards(collection: Collection) -> list[ShownCard]:
    """All cards, in the order in which new ones come."""
    shown = []
    for card_id in collection.find_cards(""):
        card = collection.get_card(card_id)
        note = card.note()
        shown.append(
            ShownCard(
                id=card_id,
                guid=note.guid,
                ordinal=card.ord,
                deck=collection.decks.name(card.did),
                due=card.due,
                tags=tuple(note.tags),
                question=card.question(),
                answer=card.answer(),
            )
        )
    return sorted(shown, key=lambda card: (card.due, card.ordinal))


def text_in(html: str, css_class: str = "") -> str:
    """The words that a reader sees, or those inside elements of a class; white space does not count."""
    reader = _Reader(css_class)
    reader.feed(html)
    reader.close()
    return normal("".join(reader.pieces))


def normal(text: str) -> str:
    """A text as Anki stores and HTML shows it: in Unicode form C, white space in single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


class _Reader(HTMLParser):
    def __init__(self, css_class: str) -> None:
        super().__init__(convert_charrefs=True)
        self.css_class = css_class
        self.open: list[tuple[str, bool]] = []
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"br", "hr", "img"}:
            self.pieces.append(" " * self._is_inside())
            return
        classes = (dict(attrs).get("class") or "").split()
        is_inside = self._is_inside() or self.css_class in classes
        self.open.append((tag, is_inside and tag != "style"))
        self.pieces.append(" " * (tag in {"div", "li", "ul"}))

    def handle_endtag(self, tag: str) -> None:
        closed, _ = self.open.pop()
        assert closed == tag, f"</{tag}> closes <{closed}>"
        self.pieces.append(" " * (tag in {"div", "li", "ul"}))

    def handle_data(self, data: str) -> None:
        self.pieces.append(data * self._is_inside())

    def _is_inside(self) -> bool:
        return self.open[-1][1] if self.open else not self.css_class
