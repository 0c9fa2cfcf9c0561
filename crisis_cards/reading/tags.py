"""The tags at the end of a line: `#tag`, `#skip`, and `#skip(answer)` against one automatic card.

A tag begins with a letter, so `#1` is none; it stands after white space, so `C#` is none; nothing but tags
follows it, so `#include <stdio.h>` is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crisis_cards.reading.marks import is_within
from crisis_cards.reading.pieces import Range

TAG = re.compile(r"#([^\W\d_][\w/-]*)")
NAME = re.compile(r"\^[A-Za-z0-9-]+")  # the line's own id may stand among its tags
SKIP = "skip"
SKIPPED_ANSWER = re.compile(r"#skip\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
MAX_WORDS = 60
"""No answer that a card may have is longer than this."""


@dataclass(frozen=True, slots=True)
class Ending:
    """The tags that end a line: where they begin, what they are, whether the line is skipped, and which answers."""

    start: int
    tags: tuple[str, ...] = ()
    is_skipped: bool = False
    skips: tuple[str, ...] = ()


def ending(text: str, start: int, end: int, literal: Sequence[Range] = ()) -> Ending:
    """The tags that end the line [start, end) of a text."""
    if text.find("#", start, end) < 0:
        return Ending(end)
    words = [found.span() for found in re.compile(r"\S+").finditer(text, start, end)]
    tags: list[str] = []
    skips: list[str] = []
    is_skipped = False
    begin = end
    while words and not is_within(words[-1][0], literal):
        at, stop = words.pop()
        if found := TAG.fullmatch(text, at, stop):
            if found[1] == SKIP:
                is_skipped = True
            else:
                tags.append(anki_tag(found[1]))
        elif text[stop - 1] == ")" and (opened := _opened(text, [*words[-MAX_WORDS:], (at, stop)], stop)):
            at, answer = opened
            skips.append(" ".join(answer.split()))
            while words and words[-1][0] >= at:
                words.pop()
        elif not NAME.fullmatch(text, at, stop):
            break
        begin = at
    return Ending(begin, tuple(reversed(tags)), is_skipped, tuple(reversed(skips)))


def anki_tag(name: str) -> str:
    """A tag as Anki writes it: no white space, and `::` between the levels of a hierarchy."""
    levels = re.split(r"/|::", name.strip().removeprefix("#"))
    return "::".join("-".join(level.split()) for level in levels if level.strip())


def unique(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags in their order, each once, none empty."""
    return tuple(tag for tag in dict.fromkeys(tags) if tag)


def _opened(text: str, words: Sequence[Range], stop: int) -> tuple[int, str] | None:
    """Where the `#skip(` begins that closes at `stop`, and the answer in it."""
    for at, _ in reversed(words):
        if text.startswith("#skip(", at):
            found = SKIPPED_ANSWER.fullmatch(text, at, stop)
            return (at, found[1]) if found and found[1].strip() else None
    return None
