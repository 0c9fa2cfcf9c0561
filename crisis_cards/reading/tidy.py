"""Take the syntax of marks out of a text and make its white space single, so that all offsets follow."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crisis_cards.model import Mark
from crisis_cards.reading.pieces import Range

WHITE = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\u2028\u2029")
"""White space that only parts words. Spaces of a certain width (no-break, ideographic) are the author's."""

RUN = re.compile(r"[\t-\r\x1c-\x1f \x85\u2028\u2029]+")
UNTIDY = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]|  |^\s|\s$")
WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Tidied:
    """A text with its marks; `origins[i]` is where its character `i` stood in the text that it was made from."""

    text: str
    marks: tuple[Mark, ...]
    origins: Sequence[int]


def tidy(text: str, marks: Iterable[Mark] = (), cuts: Iterable[Range] = ()) -> Tidied:
    """Leave out `cuts`, make each run of white space one space, strip the ends, and move the marks along."""
    left_out = sorted(cuts)
    if not left_out and not UNTIDY.search(text):
        return Tidied(text, tuple(sorted(marks)), range(len(text)))
    origins: list[int] = []
    characters: list[str] = []
    position = 0
    for start, end in (*left_out, (len(text), len(text))):
        for index in range(position, start):
            character = text[index]
            if character in WHITE:
                if not characters or characters[-1] == " ":
                    continue
                character = " "
            elif not characters and character.isspace():
                continue
            characters.append(character)
            origins.append(index)
        position = max(position, end)
    while characters and characters[-1].isspace():
        characters.pop()
        origins.pop()
    tidied = "".join(characters)
    return Tidied(tidied, tuple(_moved(tidied, sorted(marks), origins)), origins)


def one_line(text: str) -> str:
    """A text with single spaces."""
    return RUN.sub(" ", text).strip()


def has_words(text: str) -> bool:
    """Whether a text has a letter or a digit."""
    return bool(WORD.search(text))


def _moved(text: str, marks: Iterable[Mark], origins: Sequence[int]) -> Iterable[Mark]:
    """The marks at their new places, without white space at their ends; those that lost all their text are gone."""
    for mark in marks:
        start, end = bisect_left(origins, mark.start), bisect_left(origins, mark.end)
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield replace(mark, start=start, end=end)
