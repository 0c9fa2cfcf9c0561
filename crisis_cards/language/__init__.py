"""The only room that knows spaCy: texts in, our own frozen `Parse` values out."""

from crisis_cards.language.parser import Parser, load_parser

__all__ = ["Parser", "load_parser"]
