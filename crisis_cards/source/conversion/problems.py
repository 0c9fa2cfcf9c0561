"""Why a document cannot be read."""

from __future__ import annotations


class UnreadableError(Exception):
    """A document that is not converted; its text says why, as an author would want to know it."""
