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

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")


def exhibit_of(exhibit: Exhibit) -> Exhibit | None:
    """A picture or sound by the file that is named; None for other files and for what is not in a folder at all."""
    if SCHEME.match(exhibit.target):
        return None
    target = unquote(exhibit.target.partition("#")[0]).replace("\\", "/").strip()
    suffix = PurePosixPath(target).suffix.lower()
    if suffix in PICTURES:
        return replace(exhibit, kind=ExhibitKind.PICTURE, target=target)
    return replace(exhibit, kind=ExhibitKind.SOUND, target=target) if suffix in SOUNDS else None
