"""From bytes to text: never a wrong character, so what is not surely known is refused by name."""

from __future__ import annotations

from crisis_cards.diagnostics import Diagnostic, Severity, Span


def decoded(name: str, raw: bytes) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text of a file, its lines parted by line feeds alone, and what to tell its author; None if it has none."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        found = f"byte 0x{raw[error.start]:02x} at offset {error.start} is not utf-8; save the file as utf-8"
        return None, (_error(name, raw, error.start, "not-utf8", found),)
    if "\0" in text:
        offset = raw.index(b"\0")
        message = f"byte 0x00 at offset {offset}: a file of notes is plain text"
        return None, (_error(name, raw, offset, "binary-file", message),)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), ()


def _error(name: str, raw: bytes, offset: int, rule: str, message: str) -> Diagnostic:
    line = raw.count(b"\n", 0, offset) + 1
    return Diagnostic(Span(name, line, line), Severity.ERROR, rule, message)
