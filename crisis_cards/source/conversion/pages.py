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
from typing import Any

import pypdfium2
from pypdfium2 import raw as pdfium

from crisis_cards.source.conversion.problems import UnreadableError

# What PDFium puts for a hyphen at the end of a line; and what a line that goes on without one ends with here.
HYPHENS = ("\x02", "\ufffe", "\u00ad")
BROKEN = "\u00ad"
WITHOUT_HYPHENS = {ord(sign): None for sign in HYPHENS}

LINE_ENDS = (10, 13)

MAX_PAGES = 5000
BOLD = 600

# Where more of its letters are not known, a file does not say what its glyphs are.
MAX_UNKNOWN = 0.1
UNKNOWN = "\ufffd"
UNKNOWN_CODE = ord(UNKNOWN)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page; lengths are in points from the lower left corner, `size` is that of its font.

    A text that ends in BROKEN goes on in the next line with the rest of its last word.
    """

    text: str
    page: int
    left: float
    right: float
    bottom: float
    size: float
    is_bold: bool


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


def _lines(text: Any, page: int) -> Iterator[Line]:
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


def _line(text: Any, page: int, at: list[int], codes: list[int]) -> Iterator[Line]:
    # What is beyond the first plane comes as two halves, or as one.
    signs = [chr(code) if code <= sys.maxunicode else UNKNOWN for code in codes]
    written = "".join(signs).encode("utf-16", "surrogatepass").decode("utf-16", "replace").rstrip()
    is_broken = written[-1:] in HYPHENS and len(written) > 1
    words = " ".join(written.translate(WITHOUT_HYPHENS).split())
    seen = [index for index, sign in zip(at, signs, strict=True) if not sign.isspace()]
    if not words or not seen:
        return
    first, last = _box(text, seen[0]), _box(text, seen[-1])
    yield Line(
        words + BROKEN * is_broken,
        page,
        first.left,
        max(first.right, last.right),
        min(first.bottom, last.bottom),
        max(_size(text, seen[0]), _size(text, seen[-1])),
        _is_bold(text, seen[0]) and _is_bold(text, seen[-1]),
    )


def _box(text: Any, index: int) -> Any:
    """The room of a character, as deep as those of its font are."""
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, index, box)
    return box


def _size(text: Any, index: int) -> float:
    """The size of a character's font as it is shown, in points."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    return float(pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d))


def _is_bold(text: Any, index: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(text, index) >= BOLD:
        return True
    name = ctypes.create_string_buffer(100)
    length = pdfium.FPDFText_GetFontInfo(text, index, name, len(name), ctypes.c_int())
    return 0 < length <= len(name) and b"bold" in name.value.lower()
