"""A document as a tree: pandoc's, in the form in which it writes it as JSON.

A block or an inline is a mapping of its kind, `t`, to what is in it, `c`. Documents that pandoc cannot read are built
from the functions here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Node = dict[str, Any]

NO_ATTRIBUTES: list[Any] = ["", [], []]

# Characters that no text may have. Where they are put, they can be found again in what pandoc writes.
PLACE, HASH, OPENING, CLOSING = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_CLEAN = dict.fromkeys(map(ord, (PLACE, HASH, OPENING, CLOSING)))


def clean(text: str) -> str:
    """A text of the document without the characters that are ours, and without control characters."""
    return "".join(sign for sign in text.translate(_CLEAN) if sign >= " " or sign in "\n\t")


def inlines(text: str) -> list[Node]:
    """A text as inlines; its line feeds break the line."""
    found: list[Node] = []
    for count, line in enumerate(clean(text).split("\n")):
        if count:
            found.append({"t": "LineBreak"})
        for place, word in enumerate(line.split()):
            if place:
                found.append({"t": "Space"})
            found.append({"t": "Str", "c": word})
    return found


def paragraph(found: Sequence[Node]) -> Node:
    """A paragraph of inlines."""
    return {"t": "Para", "c": list(found)}


def heading(level: int, found: Sequence[Node]) -> Node:
    """A heading, of level 1 to 6."""
    return {"t": "Header", "c": [level, NO_ATTRIBUTES, list(found)]}


def place(name: str, *, is_untitled: bool = False) -> Node:
    """What is no block of pandoc's: from here on, this is the place; if it is untitled, no heading above is for it."""
    return {"t": "Place", "c": [name, is_untitled]}


def comment(text: str) -> Node:
    """What is kept for the author to see, and is no text of the document."""
    return {"t": "Comment", "c": text}


def bullets(items: Iterable[Sequence[Node]]) -> Node:
    """A list; each item is its blocks."""
    return {"t": "BulletList", "c": [list(item) for item in items]}


def counted(items: Iterable[Sequence[Node]], first: int = 1) -> Node:
    """A list with numbers; each item is its blocks."""
    style = [first, {"t": "Decimal"}, {"t": "Period"}]
    return {"t": "OrderedList", "c": [style, [list(item) for item in items]]}


def table(rows: Sequence[Sequence[Sequence[Node]]]) -> Node:
    """A table of cells that are inlines; the first row is its head, and all rows have as many cells."""

    def row(cells: Sequence[Sequence[Node]]) -> list[Any]:
        written = [[NO_ATTRIBUTES, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": list(each)}]] for each in cells]
        return [NO_ATTRIBUTES, written]

    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in rows[0]]
    body = [NO_ATTRIBUTES, 0, [], [row(cells) for cells in rows[1:]]]
    return {
        "t": "Table",
        "c": [
            NO_ATTRIBUTES,
            [None, []],
            columns,
            [NO_ATTRIBUTES, [row(rows[0])]],
            [body],
            [NO_ATTRIBUTES, []],
        ],
    }


def text_of(found: Iterable[Node]) -> str:
    """The words of inlines, on one line."""
    return " ".join("".join(_texts(found)).split())


def _texts(found: Iterable[Node]) -> Iterable[str]:
    for node in found:
        match node["t"]:
            case "Str":
                yield node["c"]
            case "Space" | "SoftBreak" | "LineBreak":
                yield " "
            case "Code" | "Math":
                yield node["c"][1]
            case "Link":
                yield from _texts(node["c"][1])
            case "Quoted":
                yield from ("“", *_texts(node["c"][1]), "”")
            case "Emph" | "Strong" | "Underline" | "Strikeout" | "Superscript" | "Subscript":
                yield from _texts(node["c"])
            case _:
                pass
