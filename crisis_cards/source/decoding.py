"""From bytes to text: never a wrong character, so what is not surely known is refused by name."""

from __future__ import annotations

import re

from crisis_cards.diagnostics import Diagnostic, Severity, Span
from crisis_cards.source.naming import escapes, likely_name
from crisis_cards.source.western import NAME, Verdict, western

RULE = "not-utf8"
MARKS = ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
ADVICE = "save the file as utf-8"

MOSTLY, BY_CHANCE = 0.5, 0.1
"""Of the bytes that are no ASCII, those in whole characters of UTF-8: in UTF-8 that is broken, and in none of it."""

_LINE_END = re.compile("\r\n|\r")
_LINE_END_BYTES = re.compile(rb"\r\n|\r|\n")
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LEADING = range(0xC2, 0xC6)  # with one of these begin the Latin letters of UTF-8 that have an accent
_HIGH = re.compile(rb"[\x80-\xff]")
_SHIFTED = re.compile(rb"\+[A-Za-z0-9/]{3,}-")
_READABLE = range(0xA0, 0x20D0)
_ZEROS = 0.4  # of the bytes at one place in two or four


def decoded(name: str, raw: bytes) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text of a file, its lines parted by line feeds alone, and what to tell its author; None if it has none."""
    marked = next((encoding for mark, encoding in MARKS if raw.startswith(mark)), "utf-8")
    if marked == "utf-32":
        return None, (_refused(name, raw, 0, marked),)
    try:
        text = raw.decode(marked)
    except UnicodeDecodeError as error:
        if marked == "utf-16":
            found = f"{_byte(raw, error.start)} breaks off utf-16; {ADVICE}"
            return None, (_error(name, raw, error.start, RULE, found),)
        return _not_utf8(name, raw, error.start)
    if "\0" in text:
        return None, (_binary(name, raw),)
    if escaped := escapes(raw) if marked == "utf-8" else None:
        return None, (_refused(name, raw, escaped[1], escaped[0]),)
    if (shifted := _shifted(raw)) is not None:
        return None, (_refused(name, raw, shifted, "utf-7"),)
    return _with_line_feeds(text), ()


def _not_utf8(name: str, raw: bytes, at: int) -> tuple[str | None, tuple[Diagnostic, ...]]:
    if b"\0" in raw:
        return None, (_binary(name, raw),)
    whole = sum(len(found[0]) for found in _SEQUENCE.finditer(raw))
    share = whole / sum(1 for _ in _HIGH.finditer(raw))
    if share > MOSTLY:
        found = f"{_byte(raw, at)} is not utf-8, which the rest is; mend it and {ADVICE}"
        return None, (_error(name, raw, at, RULE, found),)
    is_cut = at == len(raw) - 1 and raw[at] in _LEADING
    verdict = western(raw) if share <= BY_CHANCE and not is_cut else Verdict()
    if verdict.text is None:
        likely = likely_name(raw, at)
        likely = f"{NAME} or {likely}" if likely and verdict.is_possible else likely
        return None, (_refused(name, raw, at, likely),)
    told = Diagnostic(_line(name, raw, at), Severity.WARNING, "encoding", f"read as {NAME}; {ADVICE}")
    return _with_line_feeds(verdict.text), (told,)


def _binary(name: str, raw: bytes) -> Diagnostic:
    """What to tell of a file with NUL bytes: it is a text without its mark, or no text."""
    offset = raw.index(b"\0")
    if likely := _unmarked(raw):
        return _refused(name, raw, offset, f"{likely} without a byte order mark")
    message = f"{_byte(raw, offset)}: a file of notes is plain text"
    return _error(name, raw, offset, "binary-file", message)


def _unmarked(raw: bytes) -> str:
    """Which encoding of two or four bytes a character a text without a mark has; empty if none."""
    zeros = [raw[place::4].count(0) / max(len(raw[place::4]), 1) for place in range(4)]
    many = [share > _ZEROS for share in zeros]
    if sum(many) == 3 and len(raw) % 4 == 0:  # noqa: PLR2004 - of four
        return "utf-32"
    is_paired = many in ([True, False, True, False], [False, True, False, True])
    return "utf-16" if is_paired else ""


def _shifted(raw: bytes) -> int | None:
    """Where an ASCII text first has a character of UTF-7; None if it has none."""
    if b"+" not in raw or not raw.isascii():
        return None
    places = list(_SHIFTED.finditer(raw))
    for found in places:
        try:
            said = found[0].decode("utf-7")
        except UnicodeDecodeError:
            return None
        if not all(ord(each) in _READABLE for each in said):
            return None
    return places[0].start() if places else None


def _with_line_feeds(text: str) -> str:
    return _LINE_END.sub("\n", text.removeprefix("\ufeff"))


def _refused(name: str, raw: bytes, offset: int, likely: str) -> Diagnostic:
    found = f"looks like {likely}: {_byte(raw, offset)}" if likely else f"{_byte(raw, offset)} is not utf-8"
    return _error(name, raw, offset, RULE, f"{found}; {ADVICE}")


def _byte(raw: bytes, offset: int) -> str:
    return f"byte 0x{raw[offset]:02x} at offset {offset}"


def _error(name: str, raw: bytes, offset: int, rule: str, message: str) -> Diagnostic:
    return Diagnostic(_line(name, raw, offset), Severity.ERROR, rule, message)


def _line(name: str, raw: bytes, offset: int) -> Span:
    before = raw[:offset].replace(b"\0", b"") if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else raw[:offset]
    line = sum(1 for _ in _LINE_END_BYTES.finditer(before)) + 1
    return Span(name, line, line)
