"""Names in other languages: what the entity recogniser of an installed spaCy model of that language finds.

Nothing but its entities is used: the templates are written for the tags and dependencies of English, and no question
of theirs is one that another language would ask.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from crisis_cards.diagnostics import CouldNotRunError
from crisis_cards.language.parser import PLAIN
from crisis_cards.model import Name

if TYPE_CHECKING:
    from spacy.language import Language

# The languages that Explosion publishes models for, where these are named otherwise than by the language's own code.
_NAMED = {"zh": "zh_core_web", "no": "nb_core_news"}
MODELLED = frozenset("ca da de el es fi fr hr it ja ko lt mk nl no pl pt ro ru sl sv uk zh".split())
SIZES = ("lg", "md", "sm", "trf")
UNNEEDED = ["parser", "senter", "tagger", "morphologizer", "lemmatizer", "attribute_ruler"]


class Namer:
    """A loaded pipeline, of which only the entities are asked for."""

    def __init__(self, pipeline: Language) -> None:
        """Wrap `pipeline`, which may have any components."""
        self._pipeline = pipeline

    def __call__(self, texts: Sequence[str]) -> tuple[tuple[Name, ...], ...]:
        """The names in each text."""
        plain = [text.translate(PLAIN) for text in texts]
        unneeded = [name for name in UNNEEDED if name in self._pipeline.pipe_names]
        docs = self._pipeline.pipe(plain, disable=unneeded)
        return tuple(
            tuple(Name(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents) for doc in docs
        )


def model_for(language: str) -> str:
    """The name of the smallest model that Explosion publishes for a language; empty if there is none."""
    return f"{_NAMED.get(language, f'{language}_core_news')}_sm" if language in MODELLED else ""


@cache
def load_namer(language: str, model: str = "") -> Namer | None:
    """The model that deck.toml names for a language, else an installed one, the largest first; None without one."""
    if model and (not model.isidentifier() or importlib.util.find_spec(model) is None):
        raise CouldNotRunError(f'deck.toml: language model "{model}" is not installed; install it with pip')
    stem = model_for(language).removesuffix("_sm")
    names = [model] if model else [f"{stem}_{size}" for size in SIZES if stem]
    name = next((each for each in names if importlib.util.find_spec(each) is not None), None)
    if name is None:
        return None
    import spacy  # noqa: PLC0415 - 0.7 s, and mostly there is no model

    try:
        return Namer(spacy.load(name))
    except (ImportError, OSError, ValueError) as error:
        if not model:  # one that only happens to be there, of another version or without what it needs
            return None
        reason = str(error).splitlines()[0]
        raise CouldNotRunError(f'deck.toml: language model "{name}" cannot be loaded: {reason}') from error
