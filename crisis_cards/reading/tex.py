r"""Math in notes: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`. In texts it stands between the last two, as Anki has it."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

from crisis_cards.reading.marks import CLOZE

# As in Markdown: a dollar opens before what is no space and closes after it, and no digit or letter stands outside,
# so that prices are none.
DOLLARS = re.compile(r"(?<![\\$\w])(?:\$\$(?P<display>[^$]+?)\$\$|\$(?=[^\s$])(?P<inline>[^$\n]*?[^\s$\\])\$)(?![$\w])")
# Of a length at most, so that a line of many openings is read in time.
BRACKETS = re.compile(
    r"\\\((?P<inline>.{1,2000}?)\\\)|\\\[(?P<display>.{1,2000}?)\\\]",
    re.DOTALL,
)


def whole(tex: str, *, is_display: bool) -> str:
    """Math between the signs by which Anki knows it."""
    said = " ".join(tex.split())
    return rf"\[{said}\]" if is_display else rf"\({said}\)"


def is_text(math: str) -> bool:
    """Whether the author's own blanks are in some math, so that it must be read on."""
    return CLOZE.search(math) is not None


def with_brackets(text: str) -> str:
    """A plain text with its math between brackets instead of dollars."""
    return DOLLARS.sub(_bracketed, text) if "$" in text else text


def math_in(text: str) -> list[tuple[int, int]]:
    """Where a plain text has math without blanks of the author's."""
    return [found.span() for found in BRACKETS.finditer(text) if not is_text(found[0])] if "\\" in text else []


def bracketed(state: StateInline, silent: bool) -> bool:
    """The rule by which markdown-it reads math between brackets; without it, they would be escaped ones."""
    found = BRACKETS.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("math_inline" if found["inline"] else "math_inline_double", "math", 0)
        token.content = found["inline"] or found["display"]
    state.pos = found.end()
    return True


def _bracketed(found: re.Match[str]) -> str:
    return whole(found["display"] or found["inline"], is_display=found["display"] is not None)
