"""Terse study notes in, an Anki deck out."""

__version__ = "0.1.0"
