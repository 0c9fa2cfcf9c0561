"""Markdown: CommonMark with tables, strikethrough and front matter; bullets nest, paragraphs hold sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from crisis_cards.model import Exhibit, ExhibitKind, MarkKind
from crisis_cards.reading.html import shown_in
from crisis_cards.reading.markdown.front_matter import front_matter
from crisis_cards.reading.markdown.inline import Inline, inline, markdown
from crisis_cards.reading.markdown.unwrapping import unwrapped
from crisis_cards.reading.media import exhibit_of
from crisis_cards.reading.numbering import BREAK, counting
from crisis_cards.reading.pieces import (
    OBJECT,
    Asked,
    Outline,
    Passage,
    Piece,
    Scrap,
    Title,
    excerpt,
    in_order,
    lines_apart,
)
from crisis_cards.reading.syntaxes.fences import in_fences
from crisis_cards.reading.tex import BRACKETS, whole
from crisis_cards.reading.tidy import has_words
from crisis_cards.reasons import CODE, COMMENT, FORMULA, FRONT_MATTER, HTML, RULE, TABLE, TABLE_HEAD
from crisis_cards.source import Source

PARSER = markdown()
CALLOUT = re.compile(r"\[!\w+\][+-]?(?:[^\n]*\n|[ \t]*(?=\S))")  # its title, if it has one, is no statement
SCRAPS = {"fence": CODE, "code_block": CODE, "html_block": HTML, "hr": RULE, "math_block": FORMULA}
ANSWER_LAST = re.compile(r"(?:^|\n)[ \t]*A:[ \t][^\n]*$")
ANSWER_BEGINS = re.compile(r"(?:^|\n)[ \t]*[Aa]:[ \t]*$")  # and is the table below it
TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
TAG_ALONE = re.compile(r"<[^>]*>")


@dataclass(slots=True)
class Item:
    """An open list item: its list's group, its number where that is text, the index of its first passage.

    Also an open list, whose first passage is the paragraph that announces it, if any.
    """

    group: int
    number: str = ""
    bullet: int | None = None
    is_counted: bool = False


@dataclass(slots=True)
class Walk:
    """How far the tokens are read.

    `lists` holds the group of each open list, `row` the cells of a table's row, `columns` those of its head. `answer`:
    the rows of a table that is the answer to the question above it, or part of a side. `definitions`: of each open
    definition list, where the pieces of its terms and definitions begin.
    """

    lines: list[str]
    pieces: list[Piece] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    groups: int = 0
    row: list[Inline] | None = None
    columns: tuple[str, ...] = ()
    answer: list[str] | None = None
    is_side: bool = False
    definitions: list[list[tuple[str, int]]] = field(default_factory=list)


def read_markdown(source: Source, *, is_side: bool = False) -> Outline:
    """The structure of a Markdown file, or of one side of a card in it."""
    lines = source.text.split("\n")
    front = front_matter(source.path, lines)
    body = [""] * front.length + lines[front.length :]
    comments = list(_comments(body))
    for comment in comments:
        body[comment.first - 1 : comment.last] = [""] * (comment.last - comment.first + 1)
    tokens = PARSER.parse("\n".join(body))
    if not is_side and (freed := unwrapped(body, tokens)) is not None:
        body = freed
        tokens = PARSER.parse("\n".join(body))
    walk = Walk(body, is_side=is_side)
    if front.length:
        walk.pieces.append(Scrap(1, front.length, "\n".join(lines[: front.length]), FRONT_MATTER))
    written = _written_numbers(tokens)
    for index in range(len(tokens)):
        _read(walk, tokens, index, written)
    return Outline(
        tuple(in_order([[piece] for piece in walk.pieces], comments)),
        front.title,
        front.deck,
        front.tags,
        front.glossary,
        front.diagnostics,
        front.language,
        titled_by_heading=True,
    )


def _comments(lines: Sequence[str]) -> Iterator[Scrap]:
    """The comments, between `%%` and `%%`, that lines begin and end with."""
    code = in_fences(lines)
    begun = -1
    for index, line in enumerate(lines):
        text = line.strip()
        if code[index] or "%%" not in text:
            continue
        if begun < 0 and text.startswith("%%") and (text == "%%" or text.count("%%") % 2):
            begun = index
        elif begun >= 0 and text.endswith("%%"):
            yield Scrap(begun + 1, index + 1, "\n".join(lines[begun : index + 1]).strip(), COMMENT)
            begun = -1


def _is_comment(html: str) -> bool:
    said = html.strip()
    return said.startswith("<!--") and said.find("-->") == len(said) - len("-->")


def _close_definitions(walk: Walk) -> None:
    """Make a card of each term of a definition list, with all that defines it."""
    begun = walk.definitions.pop()
    if not begun:
        return
    ends = [at for _, at in begun[1:]] + [len(walk.pieces)]
    cards: list[tuple[list[Piece], list[Piece]]] = []
    for (kind, start), end in zip(begun, ends, strict=True):
        if kind == "dt_open" and (not cards or cards[-1][1]):
            cards.append(([], []))
        cards[-1][kind == "dd_open"].extend(walk.pieces[start:end])
    del walk.pieces[begun[0][1] :]
    for prompt, answer in cards:
        lines = [piece.passage if isinstance(piece, Title) else piece for piece in (*prompt, *answer)]
        if lines:
            first, last = min(each.first for each in lines), max(each.last for each in lines)
            walk.pieces.append(Asked(first, last, tuple(prompt), tuple(answer), parent=_parent(walk.items)))


def _read(walk: Walk, tokens: Sequence[Token], index: int, written: dict[int, str]) -> None:
    """Read one token of the document."""
    token = tokens[index]
    match token.type:
        case "bullet_list_open" | "ordered_list_open":
            walk.groups += 1
            walk.lists.append(walk.groups)
            walk.items.append(Item(walk.groups, "", _lead_in(walk, token)))
        case "bullet_list_close" | "ordered_list_close":
            walk.lists.pop()
            walk.items.pop()
        case "list_item_open":
            walk.items.append(Item(walk.lists[-1], written.get(index, ""), is_counted=bool(token.info)))
        case "list_item_close":
            walk.items.pop()
        case "inline":
            _read_inline(walk, token, tokens[index - 1])
        case "table_open":
            above = walk.pieces[-1] if walk.pieces else None
            is_answer = isinstance(above, Passage) and ANSWER_BEGINS.search(above.text)
            walk.answer = [] if is_answer or walk.is_side else None
        case "table_close" if walk.answer is not None:
            first, last = _lines_of(walk, next(each for each in reversed(tokens[:index]) if each.type == "table_open"))
            rows = "\n".join(walk.answer)
            table = Exhibit(ExhibitKind.TABLE, rows)
            walk.pieces.append(Scrap(first, last, rows, TABLE, _parent(walk.items), (table,)))
        case "dl_open":
            walk.definitions.append([])
        case "dt_open" | "dd_open":
            walk.definitions[-1].append((token.type, len(walk.pieces)))
        case "dl_close":
            _close_definitions(walk)
        case "tr_open":
            walk.row = []
        case "tr_close":
            _close_row(walk, tokens, index)
        case _ if token.type in SCRAPS:
            first, last = _lines_of(walk, token)
            text = token.content.strip("\n") or "\n".join(walk.lines[first - 1 : last]).strip()
            shown = tuple(_exhibits_of(token))
            reason = COMMENT if _is_comment(token.content) else SCRAPS[token.type]
            walk.pieces.append(Scrap(first, last, text, reason, _parent(walk.items), shown))
        case _:
            pass


def _exhibits_of(token: Token) -> Iterator[Exhibit]:
    """What a block that is no text shows."""
    match token.type:
        case "fence" | "code_block" if token.content.strip():
            language = token.info.split(maxsplit=1)[0] if token.info.strip() else ""
            yield Exhibit(ExhibitKind.CODE, token.content.rstrip("\n"), language)
        case "math_block":
            yield Exhibit(ExhibitKind.MATH, whole(token.content, is_display=True))
        case "html_block":
            for each in shown_in(token.content):
                yield replace(exhibit_of(each), is_within=False)
            if has_words(_without_tags(token.content)):
                yield Exhibit(ExhibitKind.HTML, token.content)
        case _:
            return


def _without_tags(html: str) -> str:
    """The text of some HTML. What never closes is text, and is looked at once: each comment looks for its own end."""
    comments = html.rfind("-->") + len("-->") if "-->" in html else 0
    tags = max(comments, html.rfind(">") + 1)
    return TAG.sub("", html[:comments]) + TAG_ALONE.sub("", html[comments:tags]) + html[tags:]


def _lead_in(walk: Walk, token: Token) -> int | None:
    """The paragraph right above a list that announces it: one that ends in a colon, is bold, or is an answer."""
    if not walk.pieces or not isinstance(above := walk.pieces[-1], Passage):
        return None
    text = above.text.rstrip()
    is_bold = any(mark.kind is MarkKind.STRONG and mark.end - mark.start >= len(text) for mark in above.marks)
    first = _lines_of(walk, token)[0]
    is_next = first <= above.last + 2  # at most one blank line between
    is_answer = first == above.last + 1 and ANSWER_LAST.search(above.text) is not None
    return len(walk.pieces) - 1 if is_answer or (is_next and (text.endswith(":") or is_bold)) else None


def _read_inline(walk: Walk, token: Token, opening: Token) -> None:
    """Read the text of a paragraph, a heading or a table's cell."""
    found = inline(token.children or ())
    if walk.row is not None:
        walk.row.append(found)
        return
    first, last = _lines_of(walk, opening)
    if opening.type == "heading_open":
        passage = Passage(first, last, found.text, found.marks, found.literal, exhibits=found.exhibits)
        walk.pieces.append(Title(passage, int(opening.tag[1])))
    elif scrap := _scrap_of(found):
        reason, exhibits = scrap
        walk.pieces.append(Scrap(first, last, token.content, reason, _parent(walk.items), exhibits))
    else:
        _add_passage(walk, found, first, last)


def _scrap_of(found: Inline) -> tuple[str, tuple[Exhibit, ...]] | None:
    """Why a paragraph is no text, and what it shows; None if it is one."""
    text = found.text.replace(OBJECT, "").strip()
    if not text and found.exhibits:
        shown = tuple(replace(each, is_within=False) for _, each in found.exhibits)
        return f"a {shown[0].kind}", shown
    if not text and found.dropped:
        return found.dropped, ()
    math = BRACKETS.fullmatch(text)
    if math is not None and math["display"] and not found.exhibits:
        return SCRAPS["math_block"], (Exhibit(ExhibitKind.MATH, text),)
    return None


def _add_passage(walk: Walk, found: Inline, first: int, last: int) -> None:
    """Add a paragraph; the first of a list item is the bullet that the rest of the item is under."""
    item = walk.items[-1] if walk.items else None
    parent = _parent(walk.items)
    is_item = item is not None and item.bullet is None
    if item and item.bullet is None:
        group = item.group
        item.bullet = len(walk.pieces)
        found = _prefixed(found, item.number)
    else:
        walk.groups += 1
        group = walk.groups
    passage = Passage(
        first,
        last,
        found.text,
        found.marks,
        found.literal,
        group,
        parent,
        exhibits=found.exhibits,
        is_item=is_item,
        is_counted=is_item and item is not None and item.is_counted,
    )
    callout = CALLOUT.match(found.text)
    if callout is not None:
        passage = excerpt(passage, callout.end(), len(found.text))
    walk.pieces += lines_apart(passage) if not item else [passage]


def _close_row(walk: Walk, tokens: Sequence[Token], index: int) -> None:
    """Add a table row; that of the head has the line of dashes below it too."""
    opening = next(tokens[at] for at in range(index, -1, -1) if tokens[at].type == "tr_open")
    first, _ = opening.map or [0, 0]
    cells = tuple(cell.text.strip() for cell in walk.row or ())
    text = " | ".join(cells)
    if walk.answer is not None:
        walk.answer.append(text.replace(OBJECT, ""))
    elif tokens[index + 1].type == "thead_close":
        walk.pieces.append(Scrap(first + 1, first + 2, text, TABLE_HEAD, _parent(walk.items)))
        walk.columns = cells
        walk.groups += 1
    else:
        own = list(zip(walk.row or (), _shifts(walk.row or ()), strict=True))
        literal = tuple((start + by, end + by) for cell, by in own for start, end in cell.literal)
        exhibits = tuple((at + by, each) for cell, by in own for at, each in cell.exhibits)
        walk.pieces.append(
            Passage(first + 1, first + 1, text, (), literal, walk.groups, _parent(walk.items), walk.columns, exhibits)
        )
    walk.row = None


def _shifts(cells: Sequence[Inline]) -> Iterator[int]:
    """By how much the text of each cell is moved in the text of their row."""
    at = 0
    for cell in cells:
        yield at - (len(cell.text) - len(cell.text.lstrip()))
        at += len(cell.text.strip()) + len(" | ")


def _prefixed(found: Inline, prefix: str) -> Inline:
    """A text with something put before it."""
    if not prefix:
        return found
    by = len(prefix)
    marks = tuple(replace(mark, start=mark.start + by, end=mark.end + by) for mark in found.marks)
    literal = tuple((a + by, b + by) for a, b in found.literal)
    exhibits = tuple((at + by, each) for at, each in found.exhibits)
    return Inline(prefix + found.text, marks, literal, found.dropped, exhibits)


def _parent(items: Sequence[Item]) -> int | None:
    """The passage of the innermost item that has one."""
    return next((item.bullet for item in reversed(items) if item.bullet is not None), None)


def _written_numbers(tokens: Sequence[Token]) -> dict[int, str]:
    """The numbers that only look like those of a list ("22. Juni 1941"), by the index of their item's token."""
    numbers = [
        (index, token.level, int(token.info))
        for index, token in enumerate(tokens)
        if token.type == "list_item_open" and token.info and token.markup == "."
    ]
    breaks = [(index, BREAK, 0) for index, token in enumerate(tokens) if token.type == "heading_open"]
    counted = counting(sorted(numbers + breaks), ones_count=True)
    return {index: f"{tokens[index].info}. " for index, *_ in numbers if index not in counted}


def _lines_of(walk: Walk, token: Token) -> tuple[int, int]:
    """The lines of a token, 1-based, both ends included."""
    first, end = token.map or [0, 1]
    return first + 1, max(min(end, len(walk.lines)), first + 1)
