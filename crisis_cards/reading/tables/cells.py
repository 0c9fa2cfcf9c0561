"""What a cell of a table says: lines of text with marks, and what is shown in them; HTML only where there is some."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from crisis_cards.model import Exhibit, ExhibitKind, Mark, MarkKind
from crisis_cards.reading.html import Tag, tag_of
from crisis_cards.reading.media import exhibit_of
from crisis_cards.reading.pieces import OBJECT, Passage
from crisis_cards.reading.tex import math_in, whole, with_brackets

MARKUP = re.compile(
    r"</?(?:a|b|big|blockquote|br|code|div|em|font|h[1-6]|hr|i|img|kbd|li|ol|p|pre|s|small|span|strong|sub|sup|table"
    r"|tbody|td|th|tr|tt|u|ul)\b[^<>]*>|&(?:nbsp|amp|lt|gt|quot|#\d{1,7}|#x[0-9a-f]{1,6});",
    re.IGNORECASE,
)
"""By what a cell is known as HTML where nothing else tells."""

TAG = re.compile(r"<(?P<closing>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)\b[^<>]*>")
COMMENT, COMMENT_END = "<!--", "-->"
BREAKS = frozenset(
    (
        *("blockquote", "br", "center", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr"),
        *("li", "ol", "p", "pre", "section", "table", "tr", "ul"),
    )
)
UNSEEN = frozenset(("script", "style", "template", "title"))
SOUND = re.compile(r"\[sound:(?P<target>[^\[\]\n]+)\]")
OURS = re.compile(r"#(?:skip|allow)(?:\([^()]*\))?\s*$")
LEADS = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
# Math as Anki had it before it knew MathJax.
LATEX = re.compile(
    r"\[latex\](?P<latex>[^\[\]]*)\[/latex\]"
    r"|\[\$\$\](?P<display>[^\[\]]*)\[/\$\$\]|\[\$\](?P<inline>[^\[\]]*)\[/\$\]"
)


@dataclass(slots=True)
class Draft:
    """A line of a cell as far as it is read."""

    number: int
    parts: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)
    exhibits: list[tuple[int, Exhibit]] = field(default_factory=list)
    is_item: bool = False
    is_counted: bool = False


@dataclass(slots=True)
class Writer:
    """The lines of a cell so far.

    `open`: marks that have begun, each with where and the address of a link. `lists`: of those that are open, whether
    they count. `hidden`: the tag whose text no reader sees.
    """

    lines: list[Draft]
    open: list[tuple[MarkKind, int, str]] = field(default_factory=list)
    lists: list[bool] = field(default_factory=list)
    hidden: str = ""


def passages(cell: str, first: int, *, is_html: bool | None = None) -> list[Passage]:
    """The lines of a cell that begins on the line `first`; with `is_html` unknown, it is what it looks like.

    Nothing in them is a mark of ours but blanks and, at the end, `#skip` and `#allow(…)`: programs write tables, too.
    """
    if is_html is None:
        is_html = MARKUP.search(cell) is not None
    writer = Writer([Draft(first)])
    if is_html:
        _read_html(writer, cell)
    else:
        for index, line in enumerate(cell.split("\n")):
            if index:
                _break(writer, first + index)
            _put(writer, line)
    return [passage for line in writer.lines if (passage := _passage(line)).text.strip()]


def says(cell: str) -> str:
    """A cell's text on one line, without HTML."""
    return " ".join(" ".join(passage.text for passage in passages(cell, 1)).replace(OBJECT, " ").split())


def _passage(line: Draft) -> Passage:
    text = "".join(line.parts)
    is_ours = "{{c" in text or OURS.search(text) is not None
    return Passage(
        line.number,
        line.number,
        text,
        tuple(sorted(line.marks)),
        tuple(math_in(text)) if is_ours else ((0, len(text)),),
        exhibits=tuple(line.exhibits),
        is_item=line.is_item,
        is_counted=line.is_counted,
    )


def _read_html(writer: Writer, cell: str) -> None:
    """Read a cell as HTML, whose line feeds only part words."""
    number, counted = writer.lines[0].number, 0
    for start, end, tag in _tokens(cell):
        number += cell.count("\n", counted, start)
        counted = start
        if tag is None:
            if not writer.hidden:
                _put(writer, html.unescape(cell[start:end]).replace("\xa0", " ").replace("\n", " "))
            continue
        name, is_closing = tag["name"].lower(), bool(tag["closing"])
        if writer.hidden or name in UNSEEN:
            writer.hidden = "" if is_closing and name in (writer.hidden, "") else writer.hidden or name
        else:
            _read_tag(writer, name, tag_of(tag[0]), number, is_closing=is_closing)


def _tokens(cell: str) -> Iterator[tuple[int, int, re.Match[str] | None]]:
    """The tags and the texts of a cell, in order; comments are passed by."""
    last = cell.rfind(COMMENT_END)
    at = 0
    while at < len(cell):
        start = cell.find("<", at)
        if start < 0:
            yield at, len(cell), None
            return
        if start > at:
            yield at, start, None
        if start < last and cell.startswith(COMMENT, start):
            at = cell.index(COMMENT_END, start) + len(COMMENT_END)
        elif tag := TAG.match(cell, start):
            yield start, tag.end(), tag
            at = tag.end()
        else:
            yield start, start + 1, None
            at = start + 1


def _read_tag(writer: Writer, name: str, tag: Tag, number: int, *, is_closing: bool) -> None:
    """Add what a tag means: the end of a line, an item of a list, a mark, a picture."""
    if name in BREAKS:
        _break(writer, number)
    match name:
        case "ul" | "ol" if is_closing:
            del writer.lists[-1:]
        case "ul" | "ol":
            writer.lists.append(name == "ol")
        case "li" if not is_closing:
            line = writer.lines[-1]
            line.is_item, line.is_counted = True, bool(writer.lists) and writer.lists[-1]
        case "td" | "th" if not is_closing and writer.lines[-1].length:
            _put(writer, " ")
        case _:
            pass
    line = writer.lines[-1]
    if tag.shows is not None:
        _show(line, exhibit_of(tag.shows))
    elif tag.kind is not None and not is_closing:
        if tag.kind is not MarkKind.LINK or LEADS.match(tag.target):
            writer.open.append((tag.kind, line.length, tag.target))
    elif tag.kind is not None:
        at = next((index for index in reversed(range(len(writer.open))) if writer.open[index][0] is tag.kind), None)
        if at is not None:
            kind, start, target = writer.open.pop(at)
            if line.length > start:
                line.marks.append(Mark(start, line.length, kind, target=target))


def _break(writer: Writer, number: int) -> None:
    """Begin a new line; marks that are open go on in it."""
    line = writer.lines[-1]
    line.marks += [Mark(start, line.length, kind, target=to) for kind, start, to in writer.open if line.length > start]
    writer.open = [(kind, 0, target) for kind, _, target in writer.open]
    writer.lines.append(Draft(number))


def _put(writer: Writer, text: str) -> None:
    """Add text, with its math between brackets and its sounds as such."""
    line = writer.lines[-1]
    text = with_brackets(LATEX.sub(_math, text) if "[" in text else text)
    at = 0
    for found in SOUND.finditer(text):
        _write(line, text[at : found.start()])
        _show(line, exhibit_of(Exhibit(ExhibitKind.SOUND, "", html.unescape(found["target"]), is_within=True)))
        at = found.end()
    _write(line, text[at:])


def _math(found: re.Match[str]) -> str:
    if found["latex"] is None:
        return whole(found["display"] or found["inline"] or "", is_display=found["display"] is not None)
    said = found["latex"].strip()
    inner = said.removeprefix("$$").removesuffix("$$").strip("$")
    return whole(inner, is_display=said.startswith("$$"))


def _show(line: Draft, exhibit: Exhibit) -> None:
    line.exhibits.append((line.length, exhibit))
    _write(line, OBJECT)


def _write(line: Draft, text: str) -> None:
    line.parts.append(text)
    line.length += len(text)
