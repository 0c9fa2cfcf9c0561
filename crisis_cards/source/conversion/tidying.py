"""Make pandoc's tree of a document one that can be written as plain Markdown, and lose no word of it.

What only looks like something is undone: parts and anchors, lists that were torn in pieces, tables that only place
things side by side. Pictures go, for no path in a document may name a file. Notes in the margin and headers of pages
are no part of the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from crisis_cards.source.conversion.trees import (
    CLOSING,
    HASH,
    NO_ATTRIBUTES,
    OPENING,
    Node,
    bullets,
    clean,
    paragraph,
    place,
    table,
    text_of,
)

BEGINNING = "beginning"

# Where a link may lead; what leads to a place in the document, or to a file, is its words alone.
ADDRESS = re.compile(r"(?:https?|mailto):", re.IGNORECASE)

# The sign of a list, typed before a paragraph; a dash is one only where a list is open.
TYPED = [{"t": "Str", "c": sign} for sign in "•◦▪▸►‣●○■"]
DASHES = [{"t": "Str", "c": sign} for sign in "-–—"]

# Pandoc would put backslashes before them, and so begin formulas.
BRACKETS = str.maketrans("[]", OPENING + CLOSING)

# A table with more columns is a layout.
MAX_COLUMNS = 60


def tidy(blocks: Iterable[Node]) -> list[Node]:
    """The blocks of a document, tidied up."""
    found: list[Node] = []
    for block in chain.from_iterable(map(_tidied, blocks)):
        before: Node = found[-1] if found else {"t": ""}
        if before["t"] == block["t"] == "BulletList":
            before["c"] += block["c"]  # one that was torn, as those of Word's styles "List Bullet 2" are
        elif before["t"] == "BulletList" and block["t"] == "Para" and _is_typed_item(block["c"], DASHES):
            before["c"].append([{"t": "Plain", "c": block["c"][2:]}])
        else:
            found.append(block)
    return found


def with_headings_as_places(blocks: Iterable[Node]) -> Iterator[Node]:
    """The blocks, and before each heading the place that it names."""
    for block in blocks:
        name = text_of(block["c"][2]) if block["t"] == "Header" else ""
        if name:
            yield place(name)
        yield block


def _tidied(block: Node) -> Iterator[Node]:
    kind: str = block["t"]
    inside: Any = block.get("c")
    match kind:
        case "Div":
            yield from tidy(inside[1])
        case "Figure":
            yield from tidy([*inside[2], *inside[1][1]])
        case "Para" | "Plain":
            found = _trimmed(_inlines(inside))
            if _is_typed_item(found, TYPED):
                yield bullets([[{"t": "Plain", "c": found[2:]}]])
            elif found:
                yield {"t": kind, "c": found}
        case "LineBlock":
            lines = [found for line in inside if (found := _trimmed(_inlines(line)))]
            parted = [node for line in lines for node in ({"t": "LineBreak"}, *line)][1:]
            if parted:
                yield paragraph(parted)
        case "Header":
            found = _trimmed([{"t": "Space"} if node["t"] == "LineBreak" else node for node in _inlines(inside[2])])
            if found:
                yield {"t": kind, "c": [inside[0], NO_ATTRIBUTES, found]}
        case "BlockQuote":
            if within := tidy(inside):
                yield {"t": kind, "c": within}
        case "BulletList":
            if items := _items(inside):
                yield {"t": kind, "c": items}
        case "OrderedList":
            if items := _items(inside[1]):
                yield {"t": kind, "c": [[inside[0][0], {"t": "Decimal"}, {"t": "Period"}], items]}
        case "DefinitionList":
            yield {"t": kind, "c": [[_trimmed(_inlines(term)), _items(said)] for term, said in inside]}
        case "CodeBlock":
            yield {"t": kind, "c": [["", inside[0][1][:1], []], clean(inside[1])]}
        case "Table":
            yield from _table(inside)
        case "HorizontalRule" | "Place" | "Comment":
            yield block
        case _:  # what is raw is for another format than ours
            pass


def _is_typed_item(found: Sequence[Node], signs: Sequence[Node]) -> bool:
    return len(found) > 2 and found[0] in signs and found[1]["t"] == "Space"  # noqa: PLR2004 - a sign, a space, words


def _items(items: Sequence[Sequence[Node]]) -> list[list[Node]]:
    """The items of a list, close together if each of them is one paragraph with what is below it."""
    found = [within for item in items if (within := tidy(item))]
    if all(sum(block["t"] == "Para" for block in item) <= (item[0]["t"] == "Para") for item in found):
        for item in found:
            if item[0]["t"] == "Para":
                item[0] = {"t": "Plain", "c": item[0]["c"]}
    return found


def _inlines(nodes: Iterable[Node]) -> list[Node]:
    return list(chain.from_iterable(map(_inline, nodes)))


def _inline(node: Node) -> Iterator[Node]:
    kind: str = node["t"]
    inside: Any = node.get("c")
    match kind:
        case "Str":
            if text := clean(inside):
                yield {"t": kind, "c": _with_tag(text).translate(BRACKETS)}
        case "SoftBreak":
            yield {"t": "Space"}
        case "Emph" | "Strong" | "Underline" | "Strikeout" | "Superscript" | "Subscript":
            if found := _inlines(inside):
                yield {"t": kind, "c": found}
        case "SmallCaps":
            yield from _inlines(inside)
        case "Quoted":
            yield {"t": kind, "c": [inside[0], _inlines(inside[1])]}
        case "Span" | "Cite":
            yield from _inlines(inside[1])
        case "Link":
            words = _inlines(inside[1])
            if ADDRESS.match(inside[2][0]) and words:
                yield {"t": kind, "c": [NO_ATTRIBUTES, words, [inside[2][0], ""]]}
            else:
                yield from words
        case "Code":
            yield {"t": kind, "c": [NO_ATTRIBUTES, clean(inside[1])]}
        case "Math":
            yield {"t": kind, "c": [inside[0], clean(inside[1])]}
        case "Note":
            if found := tidy(inside):
                yield {"t": kind, "c": found}
        case "Space" | "LineBreak":
            yield node
        case _:  # pictures, and what is raw
            pass


def _with_tag(text: str) -> str:
    """A word whose `#` begins a tag, which pandoc would make one that begins none."""
    return HASH + text[1:] if text.startswith("#") and text[1:2].strip("#") else text


def _trimmed(nodes: Sequence[Node]) -> list[Node]:
    """Inlines without the spaces and line breaks at their ends."""
    spaces = ("Space", "LineBreak")
    words = [index for index, node in enumerate(nodes) if node["t"] not in spaces]
    return list(nodes[words[0] : words[-1] + 1]) if words else []


def _table(inside: Sequence[Any]) -> Iterator[Node]:
    """A table of which each cell is one run of words; of another one, what is in its cells, one after the other."""
    _, caption, _, head, bodies, foot = inside
    rows = [*head[1], *(row for body in bodies for row in [*body[2], *body[3]]), *foot[1]]
    cells = [[(cell[2], cell[3], tidy(cell[4])) for cell in row[1]] for row in rows]
    yield from tidy(caption[1])
    grid = _grid(cells)
    if grid is None:
        for row in cells:
            yield from chain.from_iterable(blocks for _, _, blocks in row)
    else:
        yield table(grid)


def _grid(rows: Sequence[Sequence[tuple[int, int, list[Node]]]]) -> list[list[list[Node]]] | None:
    """The rows, each with as many cells; what reaches over several of them is in the first. None if it is a layout."""
    blocks = [block for row in rows for _, _, found in row for block in found]
    if any(block["t"] not in ("Plain", "Para") for block in blocks):
        return None
    taken: dict[int, int] = {}  # columns into which a cell from above reaches, and for how many rows more
    grid: list[list[list[Node]]] = []
    for row in rows:
        line: list[list[Node]] = []
        for height, width, found in row:
            while taken.get(len(line), 0):
                line.append([])
            if len(line) + width > MAX_COLUMNS:
                return None
            for column in range(len(line), len(line) + width):
                taken[column] = height
            line += [_joined(found), *([[]] * (width - 1))]
        while taken.get(len(line), 0):
            line.append([])
        taken = {column: left - 1 for column, left in taken.items()}
        if any(line):
            grid.append(line)
    width = max(map(len, grid), default=0)
    if len(grid) == 1 or width <= 1:
        return None
    return [[*line, *([[]] * (width - len(line)))] for line in grid]


def _joined(blocks: Iterable[Node]) -> list[Node]:
    """The inlines of paragraphs as one run."""
    found: list[Node] = []
    for block in blocks:
        found += [{"t": "Space"}] * bool(found)
        found += [{"t": "Space"} if node["t"] == "LineBreak" else node for node in block["c"]]
    return found
