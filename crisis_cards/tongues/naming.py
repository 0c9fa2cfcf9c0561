"""py3langid, asked for the language of a text: right of a page, a guess of a line, which tells how sure it is."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

LATIN = frozenset("ca cs da de en es fi fr hr hu id it nl no pl pt ro sk sl sv tr vi".split())
SHARING = {"ru": frozenset("be bg mk ru sr uk".split()), "ar": frozenset("ar fa ur".split())}
"""Languages in the letters of another."""

_OTHER_LETTERS = re.compile(r"[\u0370-\u1dff\u2c00-\ua6ff\ua800-\ufaff\ufb1d-\ufeff]+")

MAX_CHARACTERS = 20_000  # more of a text tells no more of its language


def scores(text: str, languages: Collection[str]) -> dict[str, float]:
    """How likely a text is in each of `languages`, as logarithms; words in other letters say nothing of Latin ones."""
    if LATIN.issuperset(languages):
        text = _OTHER_LETTERS.sub(" ", text)
    return {language: score for language, score in _ranks(text[:MAX_CHARACTERS]) if language in languages}


@lru_cache(maxsize=4096)
def _ranks(text: str) -> tuple[tuple[str, float], ...]:
    # It takes 0.6 s, and plainly English notes need it not. It has no types.
    import py3langid  # type: ignore[import-untyped]  # noqa: PLC0415

    return tuple(py3langid.rank(text))
