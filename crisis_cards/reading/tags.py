"""The tags at the end of a line, and the words to us that look like them.

These are `#skip`, `#skip(answer)` against one automatic card, `#he(Castro)` for a name, and `#allow(rule)` against a
finding of `check`. A tag begins with a letter, so `#1` is none; it stands after white space, so `C#` is none; nothing
but tags follows it, so `#include <stdio.h>` is none.
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
ALLOW = "allow"
PRONOUNS = ("he", "she", "it", "they", "this")
WORDS = "|".join((SKIP, ALLOW, *PRONOUNS))
TELLING = re.compile(rf"#({WORDS})\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
TELLING_BEGINS = re.compile(rf"#(?:{WORDS})\(")
MAX_WORDS = 60
"""No answer that a card may have is longer than this."""


@dataclass(frozen=True, slots=True)
class Ending:
    """The tags that end a line: where they begin, what they are, whether the line is skipped, and which answers.

    `called`: the pronouns whose nouns the author gives, each with its noun. `allows`: rules that are not to be told.
    """

    start: int
    tags: tuple[str, ...] = ()
    is_skipped: bool = False
    skips: tuple[str, ...] = ()
    called: tuple[tuple[str, str], ...] = ()
    allows: tuple[str, ...] = ()


def ending(text: str, start: int, end: int, literal: Sequence[Range] = ()) -> Ending:
    """The tags that end the line [start, end) of a text."""
    if text.find("#", start, end) < 0:
        return Ending(end)
    words = [found.span() for found in re.compile(r"\S+").finditer(text, start, end)]
    tags: list[str] = []
    told: list[tuple[str, str]] = []
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
            at, word, said = opened
            told.append((word, " ".join(said.split())))
            while words and words[-1][0] >= at:
                words.pop()
        elif not NAME.fullmatch(text, at, stop):
            break
        begin = at
    told.reverse()
    skips = tuple(said for word, said in told if word == SKIP)
    allows = tuple(rule for word, said in told if word == ALLOW for rule in said.replace(",", " ").split())
    called = tuple(each for each in told if each[0] in PRONOUNS)
    return Ending(begin, tuple(reversed(tags)), is_skipped, skips, called, allows)


def anki_tag(name: str) -> str:
    """A tag as Anki writes it: no white space, and `::` between the levels of a hierarchy."""
    levels = re.split(r"/|::", name.strip().removeprefix("#"))
    return "::".join("-".join(level.split()) for level in levels if level.strip())


def unique(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags in their order, each once, none empty."""
    return tuple(tag for tag in dict.fromkeys(tags) if tag)


def _opened(text: str, words: Sequence[Range], stop: int) -> tuple[int, str, str] | None:
    """Where the `#skip(` or `#he(` begins that closes at `stop`, its word, and what is in it."""
    for at, _ in reversed(words):
        if TELLING_BEGINS.match(text, at):
            found = TELLING.fullmatch(text, at, stop)
            return (at, found[1], found[2]) if found and found[2].strip() else None
    return None
