r"""TeX between `\(` and `\)` or `\[` and `\]` -> MathML, which browsers draw without a script.

Anki has MathJax for it. What cannot be read here stays as it was written, as code. Nothing that TeX says becomes
markup other than MathML: its elements and attributes are written here, from lists of what is known to be harmless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import escape, unescape
from xml.etree.ElementTree import Element

MAX_CHARACTERS = 2_000
"""More TeX than this is left as it is: the time for reading it grows faster than its length."""

_ELEMENTS = frozenset(
    "math mrow mi mn mo mtext ms mspace msup msub msubsup mmultiscripts mprescripts none mfrac msqrt mroot mover"
    " munder munderover mtable mtr mtd mlabeledtr mstyle mpadded mphantom menclose mfenced".split()
)
_ATTRIBUTES = frozenset(
    "display displaystyle scriptlevel stretchy fence form separator separators open close accent accentunder"
    " largeop movablelimits symmetric lspace rspace minsize maxsize mathvariant mathcolor width height depth voffset"
    " linethickness columnalign columnlines columnspacing rowlines rowspacing frame notation".split()
)
_PLAIN_VALUE = re.compile(r"[\w .,:/%#+()\[\]{}|-]*")

# A line break is no end of math; every other element is, as for MathJax.
_TAG = re.compile(r"""(<(?!br\b)/?[a-z!](?:[^>"']|"[^"]*"|'[^']*')*>)""", re.IGNORECASE)
_VERBATIM = re.compile(r"<(/?)(?:code|pre)\b", re.IGNORECASE)
_BRACE = re.compile(r"(?<!\\)[{}]")
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_MATH = re.compile(r"\\\((.+?)\\\)|\\\[(.+?)\\\]", re.DOTALL)


def with_mathml(html: str) -> str:
    """A side of a card with its math as MathML."""
    if "\\(" not in html and "\\[" not in html:
        return html
    return "".join(_pieces(html))


def _pieces(html: str) -> Iterator[str]:
    depth = 0  # of code
    # Text stands at even places, tags at odd ones.
    for place, part in enumerate(_TAG.split(html)):
        if place % 2:
            if found := _VERBATIM.match(part):
                depth = max(0, depth - 1) if found[1] else depth + 1
            yield part
        else:
            yield part if depth else _MATH.sub(_drawn, part)


def _drawn(found: re.Match[str]) -> str:
    is_display = found[2] is not None
    html = _BREAK.sub("\n", found[2] if is_display else found[1])
    mathml = _mathml(unescape(html), is_display=is_display)
    return mathml or f"<code>{_BREAK.sub(' ', found[0])}</code>"


@cache
def _mathml(tex: str, *, is_display: bool) -> str:
    """TeX as MathML; empty when it cannot be read."""
    from latex2mathml.converter import convert_to_element  # noqa: PLC0415 - slow to import, and few notes have math

    braces = _BRACE.findall(tex)
    if len(tex) > MAX_CHARACTERS or braces.count("{") != braces.count("}"):  # which would be drawn as something else
        return ""
    try:
        return _written(convert_to_element(tex, display="block" if is_display else "inline"))
    except Exception:  # noqa: BLE001 - the reader of TeX raises whatever it stumbles over, IndexError among others
        return ""


def _written(element: Element) -> str:
    """An element as text. Raises ValueError for one that is not MathML, or for a command that nobody has read."""
    said = unescape(element.text or "")
    if element.tag not in _ELEMENTS or re.match(r"\\[a-zA-Z]", said):
        raise ValueError(f"{element.tag} {said}")
    attributes = "".join(
        f' {name}="{escape(value)}"'
        for name, value in element.attrib.items()
        if name in _ATTRIBUTES and _PLAIN_VALUE.fullmatch(value)
    )
    inside = "".join(_written(child) + escape(unescape(child.tail or "")) for child in element)
    return f"<{element.tag}{attributes}>{escape(said)}{inside}</{element.tag}>"
