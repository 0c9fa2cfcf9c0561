"""The lines of a PDF: what is written on each page, how large, and where.

PDFium gives characters in the order in which the program that made the file wrote them, which nearly always is that in
which they are read; columns come one after the other.
"""

from __future__ import annotations

import ctypes
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2
from pypdfium2 import raw as pdfium

from crisis_cards.source.conversion.problems import UnreadableError

# What ctypes has of PDFium's values: nothing that a checker of types could know.
TextPage = Any
Box = Any

# What PDFium puts for a hyphen at the end of a line; and what a line that goes on without one ends with here.
HYPHENS = ("\x02", "\ufffe", "\u00ad")
BROKEN = "\u00ad"
CELL = "\t"
WITHOUT_HYPHENS = {ord(sign): None for sign in HYPHENS}

LINE_ENDS = (10, 13)

MAX_PAGES = 5000
BOLD = 600

# A gap that is wider than so many sizes of the letters parts cells.
GAP = 1.6

# Where more of its letters are not known, a file does not say what its glyphs are.
MAX_UNKNOWN = 0.1
UNKNOWN = "\ufffd"
UNKNOWN_CODE = ord(UNKNOWN)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page; lengths are in points from the lower left corner, `size` is that of its font.

    PDFium makes one of lines with a broken word between them: it begins at the height of `top`, and ends at `bottom`.
    A text that ends in BROKEN goes on in the next line with the rest of its last word. `cells`: where the parts of the
    text begin that CELL parts, if there are wide gaps in it.
    """

    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    is_bold: bool
    cells: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its lines in order; its number is 1-based."""

    number: int
    height: float
    lines: tuple[Line, ...]


def pages(raw: bytes) -> list[Page]:
    """The pages of a PDF that has text."""
    if b"%PDF-" not in raw[:1024]:
        raise UnreadableError("it is no .pdf file")
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        is_locked = "assword" in str(error)
        raise UnreadableError("it is encrypted" if is_locked else "it is broken") from error
    count = len(document)
    if count > MAX_PAGES:
        raise UnreadableError(f"it has {count} pages, and {MAX_PAGES} is the most")
    found = [_page(document, index) for index in range(count)]
    written = "".join(line.text for page in found for line in page.lines)
    if not written:
        raise UnreadableError("it has no text, as scanned pages have none")
    if written.count(UNKNOWN) > MAX_UNKNOWN * len(written):
        raise UnreadableError("its fonts do not say which letters they show")
    return found


def _page(document: pypdfium2.PdfDocument, index: int) -> Page:
    try:
        page = document[index]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:  # one that is broken among others that are not
        return Page(index + 1, 0, ())
    found = Page(index + 1, page.get_height(), tuple(_lines(text.raw, index + 1)))
    text.close()
    page.close()
    return found


def _lines(text: TextPage, page: int) -> Iterator[Line]:
    """The lines of a page that have words."""
    at: list[int] = []
    codes: list[int] = []
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code not in LINE_ENDS:
            at.append(index)
            codes.append(UNKNOWN_CODE if pdfium.FPDFText_HasUnicodeMapError(text, index) == 1 else code)
        elif at:
            yield from _line(text, page, at, codes)
            at, codes = [], []
    if at:
        yield from _line(text, page, at, codes)


def _line(text: TextPage, page: int, at: list[int], codes: list[int]) -> Iterator[Line]:
    # What is beyond the first plane comes as two halves, or as one.
    signs = [chr(code) if code <= sys.maxunicode else UNKNOWN for code in codes]
    seen = [place for place, sign in enumerate(signs) if not sign.isspace()]
    if not seen:
        return
    first, last = _box(text, at[seen[0]]), _box(text, at[seen[-1]])
    size = max(_size(text, at[seen[0]]), _size(text, at[seen[-1]]))
    cells = [first.left]
    for before, after in pairwise(seen):
        signs[before + 1 : after] = [" "] * (after - before - 1)
        if after > before + 1:
            left = _box(text, at[after]).left
            if left - _box(text, at[before]).right > GAP * size:
                signs[after - 1] = CELL
                cells.append(left)
    written = "".join(signs).encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
    is_broken = len(written) > 1 and (written[-1] in HYPHENS or (written[-1] == "-" and written[-2].isalpha()))
    parts = [
        " ".join(part.split()) for part in written.translate(WITHOUT_HYPHENS).removesuffix("-" * is_broken).split(CELL)
    ]
    if not all(parts):
        cells = []
    words = CELL.join(parts) if cells else " ".join(filter(None, parts))
    if words:
        yield Line(
            words + BROKEN * is_broken,
            page,
            first.left,
            last.right,
            first.bottom,
            last.bottom,
            size,
            _is_bold(text, at[seen[0]]) and _is_bold(text, at[seen[-1]]),
            tuple(cells) if len(cells) > 1 else (),
        )


def _box(text: TextPage, index: int) -> Box:
    """The room of a character, as deep as those of its font are."""
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, index, box)
    return box


def _size(text: TextPage, index: int) -> float:
    """The size of a character's font as it is shown, in points."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    return float(pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d))


def _is_bold(text: TextPage, index: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(text, index) >= BOLD:
        return True
    name = ctypes.create_string_buffer(100)
    length = pdfium.FPDFText_GetFontInfo(text, index, name, len(name), ctypes.c_int())
    return 0 < length <= len(name) and b"bold" in name.value.lower()
