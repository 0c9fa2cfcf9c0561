"""Pictures and sounds in notes: which files they can be, and what is no file at all."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote

from crisis_cards.model import Exhibit, ExhibitKind

PICTURES = {
    ".avif": "image/avif",
    ".bmp": "image/bmp",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
SOUNDS = {
    ".aac": "audio/aac",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
}
"""The suffixes of what every Anki shows or plays, each with its media type."""

NOTES = frozenset({"", ".md", ".txt", ".org"})
MAX_SHOWN = 60  # characters of an address
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")


def exhibit_of(exhibit: Exhibit) -> Exhibit:
    """A picture or sound, by the suffix of the file that is named."""
    if SCHEME.match(exhibit.target):
        return exhibit
    whole = unquote(exhibit.target).replace("\\", "/").strip()
    target = whole if _suffix(whole) in (*PICTURES, *SOUNDS) else whole.partition("#")[0].strip()
    return replace(exhibit, target=target, kind=ExhibitKind.SOUND if _suffix(target) in SOUNDS else ExhibitKind.PICTURE)


def is_note(target: str) -> bool:
    """Whether what is embedded is another note: its name has no suffix, or that of one."""
    return _suffix(target.partition("#")[0].strip()) in NOTES


def why_unfit(exhibit: Exhibit) -> str:
    """Why no card can show or play a file, whether it is there or not; empty if one can."""
    shown = exhibit.target if len(exhibit.target) <= MAX_SHOWN else f"{exhibit.target[:MAX_SHOWN]}…"
    if SCHEME.match(exhibit.target):
        return f'"{shown}" is not in the folder of the notes, and cards load nothing; save it there'
    suffix = _suffix(exhibit.target)
    if suffix in PICTURES or suffix in SOUNDS:
        return ""
    return f'"{shown}" is no file that every phone shows or plays; save it as .png, .jpg or .mp3'


def _suffix(target: str) -> str:
    suffix = PurePosixPath(target).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]+", suffix) else ""
