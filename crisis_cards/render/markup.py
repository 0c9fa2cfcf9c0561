r"""Text with its marks -> HTML. Rooms that write markup must escape, and this one does it for all.

Anki reads more into a field than HTML: cloze deletions, sound and speech tags, LaTeX tags, a typing box. Nothing
that an author writes may be taken for one of these; `\(` and `\[` alone still begin math, as everywhere in Anki.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from crisis_cards.model import Mark, MarkKind
from crisis_cards.render.directions import balanced, directed

# --- text to HTML -------------------------------------------------------------------------------------------------

_LINE_BREAKS = re.compile("\r\n|[\n\r\u2028\u2029]")
_ESCAPES = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "'": "&#39;",
        "{": "&#123;",
        "}": "&#125;",
        "\n": "<br>",
        # Anki composes what it stores, and `>` with this stroke is one character, so the tag before it has no end.
        "\u0338": "&#824;",
    }
)
# A bracket, unless it is that of `\[`; and even then if it would begin one of Anki's own tags.
_RUNS = re.compile(r"(java|vb)(script)", re.IGNORECASE)
_STYLE = re.compile(r"\\style(?![A-Za-z])")
_BRACKET = re.compile(r"(?<!\\)\[|\[(?=sound:|anki:|/?latex\]|/?\$\$?\])", re.IGNORECASE)
# Math as Anki finds it in a cloze (it does not ask whether the ends match), and what we write around text.
_MATH = re.compile(r"\\[(\[].*?\\[)\]]", re.DOTALL)
_SYNTAX = re.compile(r"(?P<opens>\{\{c\d+::|<(?:b|i|s|u|sub|sup|code|a)\b[^>]*>)|(?P<closes>\}\}|</[a-z]+>)|::")
_DRAWS_NOTHING = frozenset("\u115f\u1160\u2800\u3164\uffa0") | {chr(point) for point in range(0xFE00, 0xFE10)}
# Controls, halves of pairs, and what is no character at all by the Unicode Standard (23.7).
UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
MARKUP = {
    MarkKind.STRONG: "b",
    MarkKind.EMPHASIS: "i",
    MarkKind.STRUCK: "s",
    MarkKind.UNDERLINED: "u",
    MarkKind.SUBSCRIPT: "sub",
    MarkKind.SUPERSCRIPT: "sup",
    MarkKind.CODE: "code",
    MarkKind.LINK: "a",
}
_INLINE = frozenset({MarkKind.BLANK, *MARKUP})


def html_of(text: str) -> str:
    """A text as HTML that shows exactly it and means nothing else to Anki or to what follows."""
    return _escaped(balanced(text))


def _escaped(text: str) -> str:
    safe = cleaned(text)
    if "\\href" in safe:  # MathJax would make a link of it that runs
        safe = _RUNS.sub("\\1\u200b\\2", safe)
    if "\\style" in safe:  # and load what a style names: now the style is this one sign, and what was one is shown
        safe = _STYLE.sub("\\\\style\u200b", safe)
    return _BRACKET.sub("&#91;", safe.translate(_ESCAPES))


def escaped_syntax(html: str) -> str:
    """HTML, which is already clean, in which nothing means more to Anki than HTML."""
    safe = cleaned(balanced(html)).replace("{", "&#123;").replace("}", "&#125;").replace("\u0338", "&#824;")
    return _BRACKET.sub("&#91;", safe.replace("\n", "&#10;"))


def cleaned(text: str) -> str:
    r"""A text without characters that cannot be shown or stored; line breaks of all kinds are `\n`."""
    if text.isprintable() or not (UNSAFE.search(text) or _LINE_BREAKS.search(text)):
        return text
    return UNSAFE.sub(_instead, _LINE_BREAKS.sub("\n", text))


def is_visible(text: str) -> bool:
    """Whether a reader sees anything of a text."""
    return any(
        unicodedata.category(char) not in {"Zs", "Zl", "Zp", "Cc", "Cf"} and char not in _DRAWS_NOTHING
        for char in cleaned(text)
    )


def _instead(found: re.Match[str]) -> str:
    """What is shown for an unsafe character: line feeds stay, other white space parts words, the rest is gone."""
    char = found[0]
    return char if char == "\n" else " " if char.isspace() else ""


def marked(text: str, marks: Iterable[Mark]) -> str:
    """A text with its marks as markup and its blanks as Anki writes them.

    Blanks stay whole; other marks are closed and opened again wherever a blank or another mark would cut them.
    """
    text, closing = directed(text)
    spans = list({mark for mark in marks if mark.start < mark.end and mark.kind in _INLINE})
    spans.sort(key=lambda mark: (mark.kind is not MarkKind.BLANK, mark.start, -mark.end, mark))
    edges = sorted({0, len(text)} | {min(edge, len(text)) for mark in spans for edge in (mark.start, mark.end)})
    pieces: list[str] = []
    opened: list[Mark] = []
    for start, end in pairwise(edges):
        wanted = [mark for mark in spans if mark.start <= start and end <= mark.end]
        shared = next((n for n, (one, two) in enumerate(zip(opened, wanted, strict=False)) if one != two), None)
        shared = min(len(opened), len(wanted)) if shared is None else shared
        pieces += [_close(mark) for mark in reversed(opened[shared:])]
        pieces += [_open(mark) for mark in wanted[shared:]]
        pieces.append(_without_colons(text[start:end]))
        opened = wanted
    pieces += [_close(mark) for mark in reversed(opened)]
    return _with_whole_math("".join(pieces)) + closing


def _open(mark: Mark) -> str:
    if mark.kind is MarkKind.LINK:
        return f'<a href="{_without_colons(mark.target)}">'
    return f"{{{{c{mark.number}::" if mark.kind is MarkKind.BLANK else f"<{MARKUP[mark.kind]}>"


def _close(mark: Mark) -> str:
    if mark.kind is not MarkKind.BLANK:
        return f"</{MARKUP[mark.kind]}>"
    hint = _without_colons(balanced(mark.hint.strip())).replace("\\", "&#92;")  # math in a hint would end outside
    return f"::{hint}}}}}" if is_visible(mark.hint) else "}}"


def _without_colons(text: str) -> str:
    """Text in which no colon can end an answer and begin a hint."""
    return _escaped(text).replace(":", "&#58;")


def _with_whole_math(html: str) -> str:
    r"""A cloze text in which math is either whole or no math.

    Anki takes all markup out from between `\(` and `\)`, so a blank or element that begins outside and ends
    within would lose its end: then the backslashes are written so that Anki sees none. Line breaks become spaces.
    """
    if any(_is_cut(found[0]) for found in _MATH.finditer(html)):
        return html.replace("\\", "&#92;")
    return _MATH.sub(lambda found: found[0].replace("<br>", " "), html)


def _is_cut(math: str) -> bool:
    depth = 0
    for found in _SYNTAX.finditer(math):
        depth += (found["opens"] is not None) - (found["closes"] is not None)
        if depth < 0 or (depth == 0 and found[0] == "::"):
            return True
    return depth != 0
