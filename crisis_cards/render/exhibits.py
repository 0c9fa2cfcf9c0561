"""What stands on a card beside running text -> HTML: lists, code, formulas, pictures, sounds, cleaned HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

import nh3

from crisis_cards.model import Exhibit, ExhibitKind, Mark, MarkKind
from crisis_cards.reading.pieces import clip
from crisis_cards.render.listing import listing
from crisis_cards.render.markup import escaped_syntax, html_of, is_visible, marked

TAGS = frozenset(
    "b blockquote br caption code dd del details div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i ins kbd li mark "
    "ol p pre q rp rt ruby s samp small span strong sub summary sup table tbody td tfoot th thead tr u ul var".split()
)
"""What stays of an author's HTML. No attribute does but those of a table's cells and the direction of a text."""

_LISTS = frozenset({"ul", "ol"})
_BLOCKS = frozenset({MarkKind.ITEM, MarkKind.TABLE})

ATTRIBUTES = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "*": {"dir"}}


def styled(text: str, marks: Sequence[Mark]) -> str:
    """A text of one or more lines: items of a list as such, code of several lines as a block, the rest as it runs."""
    if not marks:
        return html_of(text)
    blocks = [mark for mark in marks if mark.kind in _BLOCKS or _is_listing(text, mark)]
    inner = [mark for mark in marks if mark not in blocks]
    pieces: list[tuple[str, str]] = []
    at = 0
    for block in sorted(blocks, key=lambda mark: mark.start):
        if block.start >= at:
            pieces += _running(text, inner, at, block.start)
            pieces.append(_block(text, inner, block))
            at = block.end
    pieces += _running(text, inner, at, len(text))
    return "".join(
        f"<{tag}>{''.join(html for _, html in group)}</{tag}>" if tag in _LISTS else "".join(html for _, html in group)
        for tag, group in groupby(pieces, key=itemgetter(0))
    )


def _is_listing(text: str, mark: Mark) -> bool:
    return mark.kind is MarkKind.CODE and (bool(mark.target) or "\n" in text[mark.start : mark.end])


def _block(text: str, inner: Sequence[Mark], block: Mark) -> tuple[str, str]:
    """A block with the tag that it is grouped under."""
    own = text[block.start : block.end]
    if block.kind is MarkKind.CODE:
        return "pre", listing(own, block.target)
    if block.kind is MarkKind.TABLE:
        return "table", table([line.split(" | ") for line in own.split("\n")])
    return (
        "ol" if block.number else "ul",
        f'<li dir="auto">{marked(own, clip(tuple(inner), block.start, block.end))}</li>',
    )


def _running(text: str, inner: Sequence[Mark], start: int, end: int) -> Iterator[tuple[str, str]]:
    """What runs between two blocks, without the line ends beside them; nothing if there is nothing."""
    while start < end and text[start] == "\n":
        start += 1
    while start < end and text[end - 1] == "\n":
        end -= 1
    if start < end:
        yield "", marked(text[start:end], clip(tuple(inner), start, end))


def shown(exhibits: Iterable[Exhibit]) -> str:
    """Exhibits one below the other."""
    return "".join(map(_shown, exhibits))


def table(rows: Sequence[Sequence[str]], css: str = "wide") -> str:
    """A table, the head first, in a frame of its own that a wide one scrolls in."""
    head, *others = rows
    html = _row(head, "th") + "".join(_row(cells, "td") for cells in others)
    return f'<div class="{css}" tabindex="0"><table>{html}</table></div>'


def _row(cells: Sequence[str], tag: str) -> str:
    inside = "".join(f'<{tag} dir="auto">{html_of(each)}</{tag}>' for each in cells)
    return f"<tr>{inside}</tr>"


def _shown(exhibit: Exhibit) -> str:
    match exhibit.kind:
        case ExhibitKind.PICTURE:
            return f'<img class="exhibit" src="{html_of(exhibit.target)}" alt="{html_of(exhibit.text)}">'
        case ExhibitKind.SOUND:
            # Anki plays what stands so, and shows a button to play it again.
            return f"[sound:{html_of(exhibit.target)}]"
        case ExhibitKind.CODE:
            return listing(exhibit.text, exhibit.target)
        case ExhibitKind.TABLE:
            return table([line.split(" | ") for line in exhibit.text.split("\n")])
        case ExhibitKind.MATH:
            return f'<div class="wide" tabindex="0">{html_of(exhibit.text)}</div>'
        case ExhibitKind.HTML:
            return _cleaned(exhibit.text)


def _cleaned(html: str) -> str:
    """An author's HTML without what could run, load, or look like something else; empty if nothing is to be seen."""
    clean = nh3.clean(html, tags=set(TAGS), attributes=ATTRIBUTES, link_rel=None)
    text = nh3.clean(html, tags=set())
    return f'<div class="wide" tabindex="0">{escaped_syntax(clean)}</div>' if is_visible(text) else ""
