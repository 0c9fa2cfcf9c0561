"""Sources: which files are notes, and what they are as text."""

from crisis_cards.source.finding import KINDS, Found, find_root, find_sources, is_unread, name_of
from crisis_cards.source.ignoring import IGNORE_NAME, fits, is_tools, why_unfit
from crisis_cards.source.opening import content_of
from crisis_cards.source.texts import CONFIG_NAME, SUFFIXES, Source

__all__ = [
    "CONFIG_NAME",
    "IGNORE_NAME",
    "KINDS",
    "SUFFIXES",
    "Found",
    "Source",
    "content_of",
    "find_root",
    "find_sources",
    "fits",
    "is_tools",
    "is_unread",
    "name_of",
    "why_unfit",
]
