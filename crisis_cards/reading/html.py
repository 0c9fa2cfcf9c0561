"""HTML in notes: some tags mean what a mark means, pictures and sounds are shown, all others are left out.

No attribute but an address is read, so nothing that an author pastes can run, load or look like something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from crisis_cards.model import Exhibit, ExhibitKind, MarkKind

KINDS = {
    **dict.fromkeys(("b", "strong"), MarkKind.STRONG),
    **dict.fromkeys(("i", "em", "cite", "var"), MarkKind.EMPHASIS),
    **dict.fromkeys(("s", "del", "strike"), MarkKind.STRUCK),
    **dict.fromkeys(("u", "ins"), MarkKind.UNDERLINED),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), MarkKind.CODE),
    "sub": MarkKind.SUBSCRIPT,
    "sup": MarkKind.SUPERSCRIPT,
    "a": MarkKind.LINK,
}
SHOWN = {"img": ExhibitKind.PICTURE, "audio": ExhibitKind.SOUND, "source": ExhibitKind.SOUND}


@dataclass(frozen=True, slots=True)
class Tag:
    """What one tag means: the mark that it begins or ends, a line's end, or what is shown in its place."""

    kind: MarkKind | None = None
    is_closing: bool = False
    is_break: bool = False
    target: str = ""
    shows: Exhibit | None = None


def tag_of(html: str) -> Tag:
    """What the tag means that `html` begins with; a comment means nothing."""
    reader = _Reader()
    reader.feed(html)
    return reader.found[0] if reader.found else Tag()


def shown_in(html: str) -> Iterator[Exhibit]:
    """The pictures and sounds of a block of HTML."""
    reader = _Reader()
    reader.feed(html)
    return (tag.shows for tag in reader.found if tag.shows is not None)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in SHOWN and told.get("src"):
            shown = Exhibit(SHOWN[tag], told.get("alt", ""), told["src"], is_within=True)
            self.found.append(Tag(shows=shown))
        else:
            self.found.append(Tag(KINDS.get(tag), is_break=tag == "br", target=told.get("href", "")))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(Tag(KINDS.get(tag), is_closing=True))
