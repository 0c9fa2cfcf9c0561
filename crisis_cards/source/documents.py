"""Documents: files that are no text, made text by a converter that the extra `documents` brings.

Documents are written by others and read by programs that were, too. So each is converted in a process of its own that
has limits, is stopped when it takes too long, and has no say in anything but its answer.
"""

from __future__ import annotations

import codecs
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile

from crisis_cards.diagnostics import Diagnostic, Severity, Span
from crisis_cards.source.conversion.pandoc import OUT_OF_TIME, program
from crisis_cards.source.decoding import decoded
from crisis_cards.source.opening import content_of
from crisis_cards.source.texts import DOCUMENTS, Source

# A document in bytes, and seconds for one, after which whatever is done is stopped.
MAX_BYTES = 128 * 2**20
SECONDS = 120

# What a converter may answer, in bytes.
MAX_ANSWER = 64 * 2**20

PAGES = (".html", ".htm")
RULE = "unreadable-document"
BROKEN = "the converter breaks down on it"
INSTALL = 'pip install "crisis-cards[documents]"'

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_HEAD = 4096
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# The encodings in which web pages are, but for UTF-8, by Python's names; and those that browsers read as a larger one.
ENCODING = re.compile(r"cp\d+|iso8859-\d+|ascii|koi8-[rtu]|gb\w+|big5\w*|shift_jis\w*|euc_\w+|mac-\w+|tis-620|utf-16.*")
WINDOWS = {"iso8859-1": "cp1252", "ascii": "cp1252"}

# What stands at the top of the pages that `crisis-cards preview` writes.
PREVIEW = b'<meta name="generator" content="crisis-cards">'

# The new interpreter looks for modules where this one does, and nowhere else: not in the folder where it is started.
_PROGRAM = """
import json, sys
sys.path[:] = json.loads(sys.argv.pop(1))
from crisis_cards.source.conversion.__main__ import main
main(sys.argv[1])
"""


def is_document(name: str) -> bool:
    """Whether a file of this name is a document."""
    return name.lower().endswith(DOCUMENTS)


def can_convert() -> bool:
    """Whether the extra is installed."""
    return program() is not None and find_spec("pypdfium2") is not None


def not_read(names: Sequence[str]) -> str:
    """What to say of documents when the extra is not installed."""
    kinds = ", ".join(sorted({PurePosixPath(name).suffix.lower() for name in names}))
    if len(names) == 1:
        return f"1 document ({kinds}) is not read; {INSTALL} reads it"
    return f"{len(names)} documents ({kinds}) are not read; {INSTALL} reads them"


def none_read(names: Sequence[str]) -> Diagnostic:
    """The one warning of all documents when the extra is not installed, at the first of them."""
    return Diagnostic(Span(names[0], 1, 1), Severity.WARNING, "documents", not_read(names))


def read_document(file: Path, name: str) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """A document as a source in Markdown, and what to tell its author; None if it cannot be one.

    Nor can a preview that was written here, which may lie among the notes; of that nothing is told. A file that has not
    changed since it was last asked for in this process is not converted again: `watch` builds at every save.
    """
    seen = file.stat()
    return _read(file, name, (seen.st_ino, seen.st_mtime_ns, seen.st_size))


@lru_cache(maxsize=1000)
def _read(file: Path, name: str, seen: tuple[int, int, int]) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """Read a document; `seen`: its inode, when it was changed, in nanoseconds since 1970, and its size."""
    _, modified, size = seen
    if size > MAX_BYTES:
        return None, (_unreadable(name, f"it has {size >> 20} MB, and {MAX_BYTES >> 20} is the most"),)
    raw = content_of(file, MAX_BYTES)
    if not raw:
        return None, (_unreadable(name, "it is empty"),)
    suffix = PurePosixPath(name).suffix.lower()
    told: tuple[Diagnostic, ...] = ()
    if suffix in PAGES:
        if PREVIEW in raw[:_HEAD]:
            return None, ()
        text, told = _page_text(name, raw)
        if text is None:
            return None, told
        raw = text.encode("utf-8", "replace")
    match _answer(raw, suffix):
        case {"problem": str(problem)}:
            return None, (*told, _unreadable(name, problem))
        case {"text": str(text), "places": list(places)}:
            begun = tuple((int(first), str(place)) for first, place in places)
            return Source(name, text, modified // 10**9, ".md", begun), told
        case _:
            return None, (*told, _unreadable(name, BROKEN))


def _page_text(name: str, raw: bytes) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text of a web page: in the encoding that it says itself, else as any other text."""
    said = CHARSET.search(raw, 0, _HEAD)
    if said is not None and not raw.startswith(_MARKS):
        with suppress(LookupError, UnicodeError, ValueError):
            encoding = codecs.lookup(said[1].decode("ascii")).name
            if ENCODING.fullmatch(encoding):
                return raw.decode(WINDOWS.get(encoding, encoding)), ()
    return decoded(name, raw)


def _answer(raw: bytes, suffix: str) -> dict[str, object]:
    """What the converter says of a document."""
    command = [sys.executable, "-I", "-c", _PROGRAM, json.dumps(sys.path), suffix]
    with TemporaryFile() as given, TemporaryFile() as answer:
        given.write(raw)
        given.seek(0)
        with subprocess.Popen(  # noqa: S603 - no shell, and no word of the command is the document's
            command, stdin=given, stdout=answer, stderr=subprocess.DEVNULL, start_new_session=True
        ) as process:
            try:
                status = process.wait(SECONDS)
            except subprocess.TimeoutExpired:
                _end(process)
                return {"problem": f"it takes longer than {SECONDS} seconds"}
            except BaseException:
                _end(process)
                raise
        answer.seek(0)
        said = answer.read(MAX_ANSWER)
    if status:
        return {"problem": "it takes too long" if status == -OUT_OF_TIME else BROKEN}
    try:
        told = json.loads(said)
    except (ValueError, RecursionError):
        return {"problem": BROKEN}
    return told if isinstance(told, dict) else {}


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a converter, and what it has started."""
    with suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _unreadable(name: str, problem: str) -> Diagnostic:
    message = f"cannot be read: {problem}; save it as .txt or .md"
    return Diagnostic(Span(name, 1, 1), Severity.ERROR, RULE, message)
