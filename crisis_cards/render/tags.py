"""Names of any kind -> tags that Anki keeps as they are."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

MAX_TAG_PART = 60
MAX_TAG = 200


def tag_of(parts: Sequence[str]) -> str:
    """A hierarchical tag from names of any kind, outermost first; empty if no letter or digit is in them.

    `("Causes of WW2", "1936 – Rhineland")` gives `Causes-of-WW2::1936-Rhineland`. Only letters, digits, accents
    and `_ . + #` stay: white space ends a tag in Anki, and quotes, colons and stars mean something in its search.
    """
    tag = ""
    for slug in filter(None, map(_slug, parts)):
        longer = f"{tag}::{slug}" if tag else slug
        if len(longer) > MAX_TAG:
            break
        tag = longer
    return tag


@lru_cache(maxsize=1000)
def _slug(name: str) -> str:
    kept = "".join(
        char if unicodedata.category(char)[0] in "LNM" or char in "_.+#" else "-"
        for char in unicodedata.normalize("NFC", name)
    )
    slug = "-".join(word for word in kept.split("-") if word)
    if not any(char.isalnum() for char in slug):
        return ""
    if len(slug) > MAX_TAG_PART:
        slug = slug[: MAX_TAG_PART + 1].rpartition("-")[0] or slug[:MAX_TAG_PART]
    return slug
