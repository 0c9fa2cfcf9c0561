r"""Card -> field HTML: the only room that writes markup, so the only one that must escape.

Anki reads more into a field than HTML: cloze deletions, sound and speech tags, LaTeX tags, a typing box. Nothing
that an author writes may be taken for one of these; `\(` and `\[` alone still begin math, as everywhere in Anki.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import pairwise

from crisis_cards.model import Card, Cloze, Fact, Mark, MarkKind, NoteKind, Question, Statement, Wording
from crisis_cards.notetypes import kind_of, note_type

MAX_NUMBER = 500
"""Anki makes no card for a blank with a higher number."""

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
_BRACKET = re.compile(r"(?<!\\)\[|\[(?=sound:|anki:|/?latex\]|/?\$\$?\])", re.IGNORECASE)
# Math as Anki finds it in a cloze (it does not ask whether the ends match), and what we write around text.
_MATH = re.compile(r"\\[(\[].*?\\[)\]]", re.DOTALL)
_SYNTAX = re.compile(r"(?P<opens>\{\{c\d+::|<(?:b|i|code)>)|(?P<closes>\}\}|</(?:b|i|code)>)|::")
_DRAWS_NOTHING = frozenset("\u115f\u1160\u2800\u3164\uffa0") | {chr(point) for point in range(0xFE00, 0xFE10)}
# Controls, halves of pairs, and what is no character at all by the Unicode Standard (23.7).
UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
_MARKUP = {MarkKind.STRONG: "b", MarkKind.EMPHASIS: "i", MarkKind.CODE: "code"}
_TOLD = frozenset({"Question", "Answer", "Text", "Context", "Extra"})


def html_of(text: str) -> str:
    """A text as HTML that shows exactly it and means nothing else to Anki."""
    return _BRACKET.sub("&#91;", cleaned(text).translate(_ESCAPES))


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


# --- wordings -----------------------------------------------------------------------------------------------------


def why_not(wording: Wording) -> str:
    """Why a wording cannot be a card in Anki; empty when it can."""
    match wording:
        case Question(prompt, answer):
            if not is_visible(prompt):
                return "prompt shows nothing"
            return "" if is_visible(answer) else "answer shows nothing"
        case Cloze(text, marks):
            blanks = _blanks(marks)
            if not blanks:
                return "no blank"
            if not all(is_visible(text[blank.start : blank.end]) for blank in blanks):
                return "blank shows nothing"
            if not all(0 < blank.number <= MAX_NUMBER for blank in blanks):
                return f"blank has no number from 1 to {MAX_NUMBER}"
            crossing = any(one.start < two.start < one.end < two.end for one in blanks for two in blanks)
            return "blanks cross" if crossing else ""


def ordinals_of(wording: Wording) -> tuple[int, ...]:
    """The cards of a wording's note, 0-based, each once: blanks of one number are one card."""
    if isinstance(wording, Question):
        return (0,)
    return tuple(sorted({blank.number - 1 for blank in _blanks(wording.marks)}))


def fields_of(card: Card, key: str) -> tuple[str, ...]:
    """The fields of a card's note, in the order of its note type. `key`: the id of its fact.

    Raises ValueError for a wording that `why_not` has something against: Anki would make no card of it.
    """
    wording = card.wording
    if reason := why_not(wording):
        raise ValueError(f"{card.fact.block.span}: {card.template}: {reason}")
    fields = {
        "Topic": html_of(" › ".join(part.strip() for part in wording.topic if is_visible(part))),
        "Context": "".join(f'<div dir="auto">{html_of(line)}</div>' for line in wording.context if is_visible(line)),
        "Extra": _extra(card.fact),
        "Source": html_of(str(card.fact.block.span)),
        "Key": html_of(key),
    }
    match wording:
        case Question(prompt, answer):
            fields |= {"Question": html_of(prompt.strip()), "Answer": html_of(answer.strip())}
        case Cloze(text, marks):
            fields["Text"] = _marked(text, marks)
    return tuple(fields.get(name, "") for name in note_type(kind_of(wording)).fields)


def content_hash(kind: NoteKind, fields: Sequence[str]) -> str:
    """A hash of what a learner is asked and told: prompt, answer, context, extra.

    Topic, source and key are not in it: they follow an edit elsewhere in the notes, and that updates nobody's note.
    """
    told = [field for name, field in zip(note_type(kind).fields, fields, strict=True) if name in _TOLD]
    # JSON keeps the fields apart.
    return blake2b(json.dumps([kind, *told]).encode("ascii"), digest_size=10, person=b"crisis-cards").hexdigest()


def _blanks(marks: Iterable[Mark]) -> list[Mark]:
    return [mark for mark in marks if mark.kind is MarkKind.BLANK]


def _marked(text: str, marks: Iterable[Mark]) -> str:
    """A text with its marks as markup and its blanks as Anki writes them.

    Blanks stay whole; other marks are closed and opened again wherever a blank or another mark would cut them.
    """
    spans = list({mark for mark in marks if mark.start < mark.end})
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
    return _with_whole_math("".join(pieces))


def _open(mark: Mark) -> str:
    return f"{{{{c{mark.number}::" if mark.kind is MarkKind.BLANK else f"<{_MARKUP[mark.kind]}>"


def _close(mark: Mark) -> str:
    if mark.kind is not MarkKind.BLANK:
        return f"</{_MARKUP[mark.kind]}>"
    hint = _without_colons(mark.hint.strip()).replace("\\", "&#92;")  # math in a hint would end outside
    return f"::{hint}}}}}" if is_visible(mark.hint) else "}}"


def _without_colons(text: str) -> str:
    """Text in which no colon can end an answer and begin a hint."""
    return html_of(text).replace(":", "&#58;")


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


def _extra(fact: Fact) -> str:
    """What the back adds: the whole statement, what the notes remark on it, and what is short in it."""
    pieces = []
    if isinstance(fact.block, Statement) and is_visible(fact.block.text):
        styles = [mark for mark in fact.block.marks if mark.kind is not MarkKind.BLANK]
        pieces.append(f'<div class="statement" dir="auto">{_marked(fact.block.text, styles)}</div>')
    pieces += [f'<div class="statement" dir="auto">{html_of(remark)}</div>' for remark in fact.remarks]
    if fact.expansions:
        items = "".join(f'<li dir="auto">{html_of(f"{short}: {full}")}</li>' for short, full in fact.expansions)
        pieces.append(f'<ul class="expansions">{items}</ul>')
    return "".join(pieces)


# --- tags ---------------------------------------------------------------------------------------------------------

MAX_TAG_PART = 60
MAX_TAG = 200


def tag_of(parts: Sequence[str]) -> str:
    """A hierarchical tag from names of any kind, outermost first; empty if no letter or digit is in them.

    `("Causes of WW2", "1936 – Rhineland")` gives `Causes-of-WW2::1936-Rhineland`. Only letters, digits, accents
    and `_ . + #` stay: white space ends a tag in Anki, and quotes, colons and stars mean something in its search.
    """
    tag = ""
    for slug in filter(None, map(_slug, parts)):
        longer = f"{tag}::{slug}" if tag else slug
        if len(longer) > MAX_TAG:
            break
        tag = longer
    return tag


def _slug(name: str) -> str:
    kept = "".join(
        char if unicodedata.category(char)[0] in "LNM" or char in "_.+#" else "-"
        for char in unicodedata.normalize("NFC", name)
    )
    slug = "-".join(word for word in kept.split("-") if word)
    if not any(char.isalnum() for char in slug):
        return ""
    if len(slug) > MAX_TAG_PART:
        slug = slug[: MAX_TAG_PART + 1].rpartition("-")[0] or slug[:MAX_TAG_PART]
    return slug
