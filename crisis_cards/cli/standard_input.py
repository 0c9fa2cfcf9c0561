"""Notes that come over standard input, named `-`: a file in a folder of its own, which is gone when the work is done.

So they have no deck.toml, no pictures, and a ledger that nobody keeps: whatever lies where the user stands stays as it
is, and every build begins afresh. Statements with the same words are the same notes in Anki all the same.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from crisis_cards.diagnostics import CouldNotRunError
from crisis_cards.source import CONFIG_NAME

SIGN = "-"
NAME = "stdin"
PREFIX = "crisis-cards-stdin-"

# What notes have in Markdown and hardly ever in plain text.
_MARKDOWN = re.compile(
    rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(?:[^\n]*\n){0,100}?---[ \t]*\r?$"  # front matter
    rb"|^ {0,3}(?:```|~~~)"  # a fence
    rb"|^ {0,3}#{2,6} +\S"  # a heading below another one
    rb"|^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|"  # the rule of a table
    rb"|!?\[[^\]\n]{1,200}\]\([^)\s]{1,500}\)|!?\[\[[^\]\n]{1,200}\]\]"  # links
    rb"|\*\*[^\s*][^*\n]{0,500}\*\*",
    re.MULTILINE,
)


def is_passing(folder: Path) -> bool:
    """Whether a folder is one that only standard input is in, so that its path tells nobody anything."""
    return folder.name == NAME and folder.parent.name.startswith(PREFIX)


def kept() -> Path:
    """The file that has what comes over standard input; it goes when the command ends."""
    try:
        raw = sys.stdin.buffer.read()
    except (AttributeError, OSError, ValueError) as error:  # Python has None for a stream that was closed
        raise CouldNotRunError("-: standard input cannot be read") from error
    folder = Path(click.get_current_context().with_resource(TemporaryDirectory(prefix=PREFIX)), NAME)
    folder.mkdir()
    (folder / CONFIG_NAME).touch()  # so that none further up is taken
    file = folder / f"{NAME}{'.md' if _MARKDOWN.search(raw) else '.txt'}"
    file.write_bytes(raw)
    return file
