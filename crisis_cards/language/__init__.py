"""The only room that knows spaCy: texts in, our own frozen `Parse` values out."""

from crisis_cards.language.namer import Namer, load_namer, model_for
from crisis_cards.language.parser import Parser, load_parser
from crisis_cards.language.spelling import Lexicon

__all__ = ["Lexicon", "Namer", "Parser", "load_namer", "load_parser", "model_for"]
