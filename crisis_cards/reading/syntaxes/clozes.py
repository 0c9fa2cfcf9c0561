"""Other tools' ways to write blanks, made into `{{c1::words::hint}}`; nothing inside code and math is one."""

from __future__ import annotations

import re
from collections.abc import Callable

from crisis_cards.reading.marks import blanks, is_within
from crisis_cards.reading.syntaxes.fences import literal

CLOZE = re.compile(r"\{\{[cC]\d{1,3}::[^\n]{1,1000}?\}\}")
"""Anki's own, within a line; its reach is bounded, so that a line of many openings is read in time."""

HIGHLIGHT = re.compile(r"==(?!=)([^\n]{1,1000}?)(?<!=)==(?!=)")


def cloze(number: int | str, words: str, hint: str = "") -> str:
    """A blank as Anki writes it."""
    return f"{{{{c{number}::{words}::{hint}}}}}" if hint else f"{{{{c{number}::{words}}}}}"


def replaced(text: str, pattern: re.Pattern[str], cloze_of: Callable[[re.Match[str]], str]) -> str:
    """A text in which what a pattern finds outside of code, math and Anki's blanks has become something else."""
    taken = sorted([*literal(text), *(found.span() for found in CLOZE.finditer(text))])
    return pattern.sub(lambda found: found[0] if is_within(found.start(), taken) else cloze_of(found), text)


def matches(text: str, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """What a pattern finds outside of code, math and Anki's blanks."""
    found = list(pattern.finditer(text))
    if not found:
        return []
    taken = sorted([*literal(text), *(each.span() for each in CLOZE.finditer(text))])
    return [each for each in found if not is_within(each.start(), taken)]


def unmarked(text: str) -> str:
    """A text without the signs of highlights, which are no blanks in a card of two sides."""
    return replaced(text, HIGHLIGHT, lambda found: found[1]) if "==" in text else text


def has_blanks(text: str) -> bool:
    """Whether a text has a blank that we read."""
    return ("==" in text or "{{" in text) and bool(blanks(text, literal(text)).marks)
