"""Card -> field HTML: the only room that writes markup, so the only one that must escape."""

from crisis_cards.render.fields import Fields, blank_kind, content_hash, fields_of, ordinals_of, why_not
from crisis_cards.render.markup import MARKUP, UNSAFE, cleaned, html_of, is_visible
from crisis_cards.render.tags import MAX_TAG, tag_of

__all__ = [
    "MARKUP",
    "MAX_TAG",
    "UNSAFE",
    "Fields",
    "blank_kind",
    "cleaned",
    "content_hash",
    "fields_of",
    "html_of",
    "is_visible",
    "ordinals_of",
    "tag_of",
    "why_not",
]
