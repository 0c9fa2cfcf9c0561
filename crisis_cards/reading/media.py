"""Pictures and sounds in notes: which files they can be, and what is no file at all."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import unquote

from crisis_cards.model import Exhibit, ExhibitKind

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp"})
SOUNDS = frozenset({".mp3", ".ogg", ".oga", ".opus", ".wav", ".m4a", ".aac", ".flac"})
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
