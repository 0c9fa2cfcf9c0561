"""Text boxes of .docx and .odt documents, put after the paragraph that they are fixed to: pandoc leaves them out."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO


@dataclass(frozen=True, slots=True)
class Kind:
    """Where the text of a document is, what begins and ends paragraphs and boxes there, and what is in the way."""

    main: str
    parts: re.Pattern[bytes]
    box: bytes
    dropped: re.Pattern[bytes]


KINDS = {
    ".docx": Kind(
        "word/document.xml",
        re.compile(rb"<w:p(?:\s[^<>]*)?(?<!/)>|</w:p>|</?w(?:ne)?:txbxContent>"),
        b"txbxContent",
        re.compile(rb"(?!)"),
    ),
    ".odt": Kind(
        "content.xml",
        re.compile(rb"<(?:text:[ph]|draw:text-box)(?:\s[^<>]*)?(?<!/)>|</(?:text:[ph]|draw:text-box)>|</draw:frame>"),
        b"draw:text-box",
        re.compile(rb"</?(?:loext:content-control|text:(?:text-input|placeholder))(?:\s[^<>]*)?>"),  # fields to fill in
    ),
}

# A box that is fixed to no paragraph stands in a frame.
FRAME_END = b"</draw:frame>"

# In Word's files a box is there twice, once for older programs.
_FALLBACK = re.compile(rb"<mc:Fallback>|</mc:Fallback>")


def with_text_boxes(raw: bytes, suffix: str) -> bytes:
    """The document with the paragraphs of its boxes among the others; the same if it has none."""
    kind = KINDS[suffix]
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        if kind.main not in archive.namelist():
            return raw
        text = kind.dropped.sub(b"", archive.read(kind.main))
        if kind.box in text:
            text = b"".join(_moved(b"".join(_without_fallbacks(text)), kind))
        written = BytesIO()
        with zipfile.ZipFile(written, "w") as other:
            for member in archive.infolist():
                other.writestr(member.filename, text if member.filename == kind.main else archive.read(member.filename))
    return written.getvalue()


def _moved(text: bytes, kind: Kind) -> Iterator[bytes]:
    """The text of the document, with each box after the end of the paragraph it is in."""
    waiting: list[bytes] = []
    open_paragraphs = boxes = at = 0
    for found in kind.parts.finditer(text):
        piece, tag = text[at : found.start()], found[0]
        at = found.end()
        is_box, ends = kind.box in tag, tag.startswith(b"</")
        if boxes:
            waiting.append(piece if is_box else piece + tag)
            boxes += is_box * (-1 if ends else 1)
        else:
            yield piece
            if is_box:
                boxes += not ends
                continue
            yield tag
            if tag != FRAME_END:
                open_paragraphs = max(open_paragraphs + (-1 if ends else 1), 0)
            if not open_paragraphs:
                yield from waiting
                waiting = []
    yield text[at:]
    yield from waiting


def _without_fallbacks(text: bytes) -> Iterator[bytes]:
    depth = at = 0
    for found in _FALLBACK.finditer(text):
        if not depth:
            yield text[at : found.start()]
        at = found.end()
        depth = max(depth + (-1 if found[0].startswith(b"</") else 1), 0)
    if not depth:
        yield text[at:]
