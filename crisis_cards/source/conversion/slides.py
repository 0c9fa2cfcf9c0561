"""Slides of a .pptx file: titles, bullets as deep as they stand, tables, text boxes, and what the speaker is to say.

Pandoc reads such files, too, but makes no list of the usual bullets, and leaves out groups and the speaker's notes.
What stands on every slide (its number, the date, the footer) is no part of it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

from crisis_cards.source.conversion.problems import UnreadableError
from crisis_cards.source.conversion.trees import (
    Node,
    bullets,
    clean,
    counted,
    heading,
    inlines,
    paragraph,
    place,
    table,
)

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"

MAIN = "ppt/presentation.xml"
TITLES = ("title", "ctrTitle")
FURNITURE = ("sldNum", "dt", "ftr", "hdr", "sldImg")
UNLISTED = ("subTitle", *TITLES)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a text: its inlines, how deep it stands, and whether a list's sign is before it."""

    found: list[Node]
    level: int
    is_item: bool
    is_counted: bool


def slides(raw: bytes) -> Iterator[Node]:
    """The blocks of all slides, each slide with its place before it."""
    with ZipFile(BytesIO(raw)) as archive:
        parts = _related(archive, MAIN)
        order = _xml(archive, MAIN).iterfind(f"{_P}sldIdLst/{_P}sldId")
        named = [parts.get(each.get(f"{_R}id", ""), ("", "")) for each in order]
        for number, (_, part) in enumerate(named, 1):
            if part:
                yield from _slide(archive, part, number)


def _slide(archive: ZipFile, part: str, number: int) -> Iterator[Node]:
    tree = _xml(archive, part).find(f"{_P}cSld/{_P}spTree")
    shapes = [] if tree is None else list(_shapes(tree))
    titles = [shape for shape in shapes if _role(shape) in TITLES and any(_lines(shape, is_listed=False))]
    yield place(f"slide {number}", is_untitled=number > 1 and not titles)
    for shape in [*titles, *(shape for shape in shapes if shape not in titles)]:
        yield from _shape(shape)
    for kind, target in _related(archive, part).values():
        if kind.endswith("/notesSlide"):
            notes = _xml(archive, target).find(f"{_P}cSld/{_P}spTree")
            said = [] if notes is None else [shape for shape in _shapes(notes) if _role(shape) == "body"]
            found = [block for shape in said for block in _blocks(_lines(shape, is_listed=False))]
            if found:
                yield place(f"slide {number}, notes")
                yield from found


def _shapes(tree: Element) -> Iterator[Element]:
    """The shapes and frames of a tree, those in groups, too, but not what stands on every slide."""
    for each in tree:
        if each.tag in (f"{_P}grpSp", _CHOICE):
            yield from _shapes(each)
        elif each.tag == _ALTERNATE:
            yield from _shapes(Element("all", {}) if (choice := each.find(_CHOICE)) is None else choice)
        elif each.tag in (f"{_P}sp", f"{_P}graphicFrame") and _role(each) not in FURNITURE:
            yield each


def _role(shape: Element) -> str:
    """What a shape is for by its layout; empty for a text box."""
    found = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    return "" if found is None else found.get("type", "obj")


def _shape(shape: Element) -> Iterator[Node]:
    role = _role(shape)
    for grid in shape.iterfind(f".//{_A}tbl"):
        yield from _table(grid)
    lines = list(_lines(shape, is_listed=bool(role) and role not in UNLISTED))
    if role in TITLES and lines:
        words = [node for line in lines for node in ({"t": "Space"}, *line.found)][1:]
        level = 1 if role == "ctrTitle" else 2
        yield heading(level, [{"t": "Space"} if node["t"] == "LineBreak" else node for node in words])
    else:
        yield from _blocks(lines)


def _lines(shape: Element, *, is_listed: bool) -> Iterator[Line]:
    """The paragraphs of a shape's text that say something."""
    body = shape.find(f"{_P}txBody")
    for each in () if body is None else body.iterfind(f"{_A}p"):
        found = list(_runs(each))
        if not any(node["t"] != "LineBreak" for node in found):
            continue
        form = each.find(f"{_A}pPr")
        signs = {sign.tag for sign in form} if form is not None else set()
        depth = form.get("lvl", "0") if form is not None else "0"
        is_item = f"{_A}buNone" not in signs and (is_listed or bool(signs & {f"{_A}buChar", f"{_A}buAutoNum"}))
        yield Line(found, int(depth) if depth in "012345678" else 0, is_item, f"{_A}buAutoNum" in signs)


def _runs(each: Element) -> Iterator[Node]:
    """The inlines of a paragraph."""
    for run in each:
        if run.tag == f"{_A}br":
            yield {"t": "LineBreak"}
        elif run.tag in (f"{_A}r", f"{_A}fld"):
            written = clean("".join(text.text or "" for text in run.iterfind(f"{_A}t")))
            yield from _formed(written, run.find(f"{_A}rPr"))
        elif run.tag not in (f"{_A}pPr", f"{_A}endParaRPr"):
            yield from inlines("".join(text.text or "" for text in run.iter(f"{_M}t")))


def _formed(written: str, form: Element | None) -> Iterator[Node]:
    """A run's words in their form; the spaces at its ends stand outside of that."""
    found = inlines(written.replace("\v", "\n"))
    if not found:
        yield from [{"t": "Space"}] * bool(written)
        return
    if form is not None:
        kinds = [kind for kind, name in (("Strong", "b"), ("Emph", "i")) if form.get(name) in ("1", "true")]
        raised = form.get("baseline", "0")
        kinds += ["Subscript" if raised.startswith("-") else "Superscript"] * (raised.strip("-0%") != "")
        for kind in kinds:
            found = [{"t": kind, "c": found}]
    yield from [{"t": "Space"}] * written[0].isspace()
    yield from found
    yield from [{"t": "Space"}] * written[-1].isspace()


def _blocks(lines: Iterable[Line]) -> Iterator[Node]:
    """Paragraphs and lists; what stands deeper than the line before is below it."""
    waiting: list[Line] = []
    for line in lines:
        if line.is_item:
            waiting.append(line)
            continue
        yield from _lists(waiting)
        waiting = []
        yield paragraph(line.found)
    yield from _lists(waiting)


def _lists(lines: list[Line]) -> Iterator[Node]:
    at = 0
    while at < len(lines):
        head = lines[at]
        items: list[list[Node]] = []
        while at < len(lines) and (lines[at].is_counted == head.is_counted or lines[at].level > head.level):
            end = at + 1
            while end < len(lines) and lines[end].level > lines[at].level:
                end += 1
            items.append([{"t": "Plain", "c": lines[at].found}, *_lists(lines[at + 1 : end])])
            at = end
        yield counted(items) if head.is_counted else bullets(items)


def _table(grid: Element) -> Iterator[Node]:
    rows = [
        [
            [node for each in cell.iterfind(f"{_A}txBody/{_A}p") for node in _cell(each)]
            for cell in row.iterfind(f"{_A}tc")
        ]
        for row in grid.iterfind(f"{_A}tr")
    ]
    rows = [row for row in rows if any(row)]
    width = max(map(len, rows), default=0)
    if len(rows) > 1 and width > 1:
        yield table([[*row, *([[]] * (width - len(row)))] for row in rows])
    else:
        yield from (paragraph(cell) for row in rows for cell in row if cell)


def _cell(each: Element) -> list[Node]:
    found: list[Node] = [{"t": "Space"} if node["t"] == "LineBreak" else node for node in _runs(each)]
    return [*found, {"t": "Space"}] if found else []


def _related(archive: ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to: by its id there, the kind and the part that it is."""
    folder, name = posixpath.split(part)
    try:
        root = _xml(archive, f"{folder}/_rels/{name}.rels")
    except KeyError:
        return {}
    return {
        each.get("Id", ""): (each.get("Type", ""), posixpath.normpath(f"{folder}/{target}").lstrip("/"))
        if not (target := each.get("Target", "")).startswith("/")
        else (each.get("Type", ""), target.lstrip("/"))
        for each in root
        if each.get("TargetMode") != "External"
    }


def _xml(archive: ZipFile, part: str) -> Element:
    try:
        raw = archive.read(part)
        if b"<!DOCTYPE" in raw:
            raise UnreadableError("it declares entities, which no slide does")
        return ET.fromstring(raw)  # noqa: S314 - in a process with limits; what it would load is refused
    except (ET.ParseError, BadZipFile, OSError, EOFError, NotImplementedError) as error:
        raise UnreadableError("it is broken") from error
