"""Run pandoc, which reads most kinds of documents and writes Markdown.

It runs in its sandbox, where it opens no file and no connection, gets the document by a pipe, and may have so much
memory. Its warnings are of no use to the author of the notes.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path

from crisis_cards.source.conversion.problems import UnreadableError
from crisis_cards.source.conversion.trees import Node

# Of its heap; it asks for half as much again when it tidies up.
MEMORY = "600m"

# What it ends with when the heap is full, and the signal that ends it when its seconds are over.
HEAP_FULL = 251
OUT_OF_TIME = getattr(signal, "SIGXCPU", 0)

READ = {
    ".docx": "docx",
    ".odt": "odt",
    ".epub": "epub-native_divs-native_spans",
    ".html": "html-native_divs-native_spans+tex_math_dollars",
    ".htm": "html-native_divs-native_spans+tex_math_dollars",
    ".rtf": "rtf",
}
"""The documents that it reads, each with the name that it has for them."""

WRITTEN = "commonmark+pipe_tables+strikeout+footnotes+task_lists+tex_math_dollars+definition_lists"

# The version of its trees; it refuses those of another one.
API = [1, 23, 1]


def program() -> Path | None:
    """Where pandoc is: in the package that brings it; None if that is not installed."""
    spec = find_spec("pypandoc")
    if spec is None or spec.origin is None:
        return None
    found = Path(spec.origin).parent / "files" / ("pandoc.exe" if os.name == "nt" else "pandoc")
    return found if found.is_file() else None


def tree_of(raw: bytes, suffix: str) -> tuple[dict[str, Node], list[Node]]:
    """What a document says of itself, and its blocks."""
    try:
        told = json.loads(_run(raw, "--from", READ[suffix], "--to", "json"))
    except RecursionError as error:
        raise UnreadableError("it is nested too deeply") from error
    return told["meta"], told["blocks"]


def markdown(blocks: list[Node]) -> str:
    """Blocks as Markdown."""
    try:
        written = json.dumps({"pandoc-api-version": API, "meta": {}, "blocks": blocks})
    except RecursionError as error:
        raise UnreadableError("it is nested too deeply") from error
    return _run(written.encode("utf-8"), "--from", "json", "--to", WRITTEN, "--wrap", "none").decode("utf-8")


def _run(given: bytes, *options: str) -> bytes:
    found = program()
    if found is None:
        raise UnreadableError("the converter is not installed")
    command = [str(found), "+RTS", f"-M{MEMORY}", "-RTS", "--sandbox", *options]
    ended = subprocess.run(command, input=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)  # noqa: S603 - no shell, and no word of the command is the document's
    if ended.returncode == HEAP_FULL:
        raise UnreadableError("it takes too much memory")
    if ended.returncode == -OUT_OF_TIME:
        raise UnreadableError("it takes too long")
    if ended.returncode:
        raise UnreadableError("it is broken or of another kind than its name says")
    return ended.stdout
