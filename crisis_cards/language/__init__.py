"""The only room that knows spaCy: texts in, our own frozen `Parse` values out."""

from crisis_cards.language.parser import Parser, load_parser
from crisis_cards.language.spelling import Lexicon

__all__ = ["Lexicon", "Parser", "load_parser"]
