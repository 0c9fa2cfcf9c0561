"""What the blocks of an Org file show: code with its language, formulas, HTML."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace

from crisis_cards.model import Exhibit, ExhibitKind
from crisis_cards.reading.html import shown_in
from crisis_cards.reading.media import exhibit_of
from crisis_cards.reading.org.inline import inline
from crisis_cards.reading.org.lines import KEYWORD
from crisis_cards.reading.tex import whole
from crisis_cards.reading.tidy import has_words
from crisis_cards.reasons import CODE, COMMENT, FORMULA, HTML

ESCAPE = re.compile(r"^([ \t]*),(?=\*|#\+|,)", re.MULTILINE)
# What TeX sets apart by itself; all of a block must be made of these to be drawn, else it is shown as it is written.
APART = re.compile(
    r"\\\[(?P<brackets>(?:[^\\]|\\[^\[\]])+)\\\]|\$\$(?P<dollars>[^$]++)\$\$"
    r"|\\begin\{(?P<name>[A-Za-z]+\*?)\}.*?\\end\{(?P=name)\}",
    re.DOTALL,
)
TAG = re.compile(r"<[^<>]*>")
REASONS = {"comment": COMMENT, "html": HTML, "latex": FORMULA}


def block_of(name: str, rest: str, lines: Sequence[str]) -> tuple[str, tuple[Exhibit, ...]]:
    """Why a block is no text, and what it shows. `rest`: what stands after its name."""
    words = rest.split()
    text = ESCAPE.sub(r"\1", textwrap.dedent("\n".join(lines))).strip("\n")
    kind = words[0].lower() if name == "export" and words else name
    if kind == "comment" or not text.strip():
        return REASONS.get(kind, CODE), ()
    if kind == "html":
        shown = tuple(replace(exhibit_of(each), is_within=False) for each in shown_in(text))
        return HTML, (*shown, *((Exhibit(ExhibitKind.HTML, text),) if has_words(TAG.sub("", text)) else ()))
    if kind == "latex":
        return FORMULA, formula_of(text)
    language = words[0] if name == "src" and words and not words[0].startswith((":", "-", "+")) else ""
    return CODE, (Exhibit(ExhibitKind.CODE, text, language),)


def formula_of(tex: str) -> tuple[Exhibit, ...]:
    """The formulas that some TeX is made of; TeX that is more than that is shown as code."""
    if APART.search(tex) is None:
        return ()  # it sets a page or a command
    if "%" not in tex.replace(r"\%", ""):
        found = list(APART.finditer(tex)) if tex.count(r"\begin") <= tex.count(r"\end") else []
        if found and not has_words(APART.sub("", tex)):
            said = (each["brackets"] or each["dollars"] or each[0] for each in found)
            return tuple(Exhibit(ExhibitKind.MATH, whole(each, is_display=True)) for each in said)
    return (Exhibit(ExhibitKind.CODE, textwrap.dedent(tex).strip("\n"), "latex"),)


def caption_of(lines: Sequence[str]) -> str:
    """The words of the caption among some keywords."""
    found = [KEYWORD.match(line) for line in lines]
    said = (each["value"] for each in found if each and each["name"].upper() == "CAPTION")
    return " ".join(inline(" ".join(said)).text.split())
