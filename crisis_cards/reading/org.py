"""Org: headlines, lists, tables and paragraphs, a statement a sentence; what is for Org alone is left out.

Emacs reads Org line by line, and so does this: a table of rules, each of which takes the lines that are its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from crisis_cards.model import Exhibit, ExhibitKind, MarkKind
from crisis_cards.reading import org_lines as org
from crisis_cards.reading.inline import Inline
from crisis_cards.reading.numbering import BREAK, counting
from crisis_cards.reading.org_blocks import block_of, caption_of, formula_of
from crisis_cards.reading.org_inline import STAMP, inline
from crisis_cards.reading.org_tables import Table, table_of
from crisis_cards.reading.pieces import OBJECT, Asked, Outline, Passage, Piece, Scrap, Title, lines_apart
from crisis_cards.reading.tags import anki_tag
from crisis_cards.reading.tex import BRACKETS, whole
from crisis_cards.source import Source

MAX_LEVEL = 6
RAW = frozenset({"src", "example", "export", "comment", "latex", "html", "ascii", "beamer", "texinfo"})
"""Blocks that are no text; that of all others, as quotations and theorems, is read."""

ATTACHED = frozenset({"NAME", "CAPTION", "HEADER", "HEADERS", "PLOT", "TBLNAME", "SRCNAME"})
ANSWERS = re.compile(r"(?:^|\n)[ \t]*[Aa]:[ \t]*$")
ANSWERS_ABOVE = re.compile(r"(?:^|\n)[ \t]*A:[ \t][^\n]*$")
TERM = re.compile(r"(?P<term>[^\n]*\S)[ \t]+::[ \t]*(?:\n(?P<rest>.*))?", re.DOTALL)
STARTS = re.compile(
    rf"[ \t]*#\+(?:[^\s:\[]+(?:\[[^\]\n]*\])?:|(?i:begin|end)_)|{org.COMMENT.pattern}"
    rf"|[ \t]*:(?:[\w-]+:[ \t]*$|[ \t]|$)|{org.PLANNING.pattern}|{org.RULE.pattern}|{org.ROW.pattern}|\[fn:[\w-]+\]"
    r"|\*+[ \t]"
)


@dataclass(slots=True)
class Item:
    """An open list item: where its sign stands, its list's group, the index of its first passage.

    `lead`: the paragraph that announces its list. `waits`: its first passage is still to come.
    """

    column: int
    group: int
    lead: int | None = None
    bullet: int | None = None
    waits: bool = True
    is_counted: bool = False


@dataclass(slots=True)
class Walk:
    """How far the lines are read.

    `closed`: where blocks and drawers end. `counted`: the lines whose numbers count a list. `attached`: the index of
    the first of the keywords that belong to what is right below them. `told`: what the file says of itself.
    """

    lines: list[str]
    closed: dict[int, int]
    counted: frozenset[int]
    words: frozenset[str]
    is_side: bool = False
    at: int = 0
    blanks: int = 0
    attached: int | None = None
    groups: int = 0
    pieces: list[Piece] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    told: dict[str, list[str]] = field(default_factory=dict)


def read_org(source: Source, *, is_side: bool = False) -> Outline:
    """The structure of an Org file, or of one side of a card in it."""
    lines = source.text.split("\n")
    walk = Walk(lines, org.closings(lines), _counted(lines), org.todo_words(lines), is_side)
    while walk.at < len(lines):
        if not lines[walk.at].strip():
            walk.at += 1
            walk.blanks += 1
            walk.attached = None
            if walk.blanks > 1:
                walk.items.clear()
            continue
        walk.blanks = 0
        next(rule for rule in RULES if rule(walk))
    title = " ".join(walk.told.get("TITLE", ()))
    heads = [piece for piece in walk.pieces if isinstance(piece, Title) and piece.level == 1]
    return Outline(
        tuple(walk.pieces),
        " ".join(inline(title).text.split()),
        " ".join(" ".join(walk.told.get("DECK", ())).split()),
        tuple(
            _anki_tags(tag for value in walk.told.get("FILETAGS", ()) for tag in org.tags_of(value.replace(" ", ":")))
        ),
        titled_by_heading=not title and len(heads) == 1,
    )


def _anki_tags(tags: Iterable[str]) -> Iterable[str]:
    return (anki_tag(tag) for tag in tags if tag not in org.TOOL_TAGS)


def _headline(walk: Walk) -> bool:
    """A headline; of one that is commented out, all that is below it."""
    head = org.headline_of(walk.lines[walk.at], walk.words)
    if head is None:
        return False
    first = walk.at
    walk.at += 1
    walk.items.clear()
    walk.attached = None
    if head.is_comment:
        while walk.at < len(walk.lines):
            below = org.HEADLINE.match(walk.lines[walk.at])
            if below and len(below[1]) <= head.level:
                break
            walk.at += 1
        _leave_out(walk, first, walk.at, "a comment")
        return True
    found = inline(head.title)
    skip = " #skip" if "skip" in head.tags else ""
    passage = Passage(first + 1, first + 1, found.text + skip, found.marks, found.literal, exhibits=found.exhibits)
    tags = tuple(_anki_tags(tag for tag in head.tags if tag != "skip"))
    walk.pieces.append(Title(passage, min(head.level, MAX_LEVEL), tags))
    return True


def _block(walk: Walk) -> bool:
    """A block whose text is not Org's; of others only the lines that open and close them are passed by."""
    opening = org.BLOCK.match(walk.lines[walk.at])
    if opening is None:
        return False
    name = (opening["name"] or "").lower()
    end = walk.closed.get(walk.at)
    is_dynamic = opening["name"] is None
    if opening["side"].lower() == "end" or end is None or not (name in RAW or is_dynamic):
        walk.at += 1
        walk.attached = None
        return True
    _leave(walk)
    first = _first(walk)
    reason, exhibits = block_of(name, opening["rest"], walk.lines[walk.at + 1 : end])
    if is_dynamic:
        reason = "what Org fills in itself"
    _leave_out(walk, first, end + 1, reason, exhibits, walk.lines[walk.at + 1 : end])
    walk.at = end + 1
    return True


def _drawer(walk: Walk) -> bool:
    """A drawer, whatever it is called: ids, schedules, logs."""
    opening = org.DRAWER.match(walk.lines[walk.at])
    if opening is None or (walk.at not in walk.closed and opening["name"].upper() not in org.DRAWERS):
        return False
    last = org.end_of_drawer(walk.lines, walk.at, walk.closed)
    reason = "properties" if opening["name"].upper() == "PROPERTIES" else "a drawer"
    first, walk.at = walk.at, last + 1
    walk.attached = None
    _leave_out(walk, first, walk.at, reason)
    return True


def _keyword(walk: Walk) -> bool:
    """A setting of the file, or a line about what is right below it."""
    found = org.KEYWORD.match(walk.lines[walk.at])
    if found is None:
        return False
    name = found["name"].upper()
    if name == "RESULTS":
        return _results(walk)
    if name in ATTACHED or name.startswith("ATTR_"):
        walk.attached = walk.at if walk.attached is None else walk.attached
        walk.at += 1
        return True
    walk.told.setdefault(name, []).append(found["value"].strip())
    walk.at += 1
    walk.attached = None
    _leave_out(walk, walk.at - 1, walk.at, "a setting")
    return True


def _results(walk: Walk) -> bool:
    """What code gave: the lines, the table or the block right below."""
    first = walk.at
    walk.attached = None
    end = first + 1
    if end in walk.closed:
        end = walk.closed[end] + 1
    else:
        sign = next(
            (each for each in (org.FIXED, org.ROW) if end < len(walk.lines) and each.match(walk.lines[end])), None
        )
        while sign is not None and end < len(walk.lines) and sign.match(walk.lines[end]):
            end += 1
    walk.at = end
    _leave_out(walk, first, end, "results of code")
    return True


def _comment(walk: Walk) -> bool:
    return _run(walk, org.COMMENT, "a comment")


def _planning(walk: Walk) -> bool:
    return _run(walk, org.PLANNING, "a date to plan by")


def _rule(walk: Walk) -> bool:
    return _run(walk, org.RULE, "a rule")


def _drawn(walk: Walk) -> bool:
    """A table that is drawn with lines, as table.el does."""
    if not org.DRAWN.match(walk.lines[walk.at]):
        return False
    return _run(walk, re.compile(r"[ \t]*[|+]"), "a table")


def _run(walk: Walk, sign: re.Pattern[str], reason: str) -> bool:
    """The lines of one kind from here on, as one piece."""
    first = walk.at
    while walk.at < len(walk.lines) and sign.match(walk.lines[walk.at]):
        walk.at += 1
    if walk.at > first:
        walk.attached = None
        _leave_out(walk, first, walk.at, reason)
    return walk.at > first


def _fixed(walk: Walk) -> bool:
    """Lines that begin with a colon are shown as they are."""
    if not org.FIXED.match(walk.lines[walk.at]):
        return False
    _leave(walk)
    start = walk.at
    shown = []
    while walk.at < len(walk.lines) and (found := org.FIXED.match(walk.lines[walk.at])):
        shown.append(found["text"] or "")
        walk.at += 1
    text = "\n".join(shown)
    exhibits = (Exhibit(ExhibitKind.CODE, text),) if text.strip() else ()
    _leave_out(walk, _first(walk, start), walk.at, "code", exhibits, shown)
    return True


def _formula(walk: Walk) -> bool:
    """An environment of TeX by itself."""
    if walk.at not in walk.closed or not org.ENVIRONMENT.match(walk.lines[walk.at]):
        return False
    _leave(walk)
    end = walk.closed[walk.at] + 1
    tex = walk.lines[walk.at : end]
    _leave_out(walk, _first(walk), end, "a formula", formula_of("\n".join(tex)), tex)
    walk.at = end
    return True


def _table(walk: Walk) -> bool:
    """A table: a piece for each row, or all of it when it is an answer or part of a side."""
    if not org.ROW.match(walk.lines[walk.at]):
        return False
    _leave(walk)
    first = _first(walk)
    start = walk.at
    while walk.at < len(walk.lines) and org.ROW.match(walk.lines[walk.at]):
        walk.at += 1
    found = table_of(walk.lines[start : walk.at], start + 1)
    above = walk.pieces[-1] if walk.pieces else None
    parent = _parent(walk.items)
    if walk.is_side or (isinstance(above, Passage) and ANSWERS.search(above.text)):
        exhibits = (Exhibit(ExhibitKind.TABLE, found.text),) if found.text.strip() else ()
        walk.pieces.append(Scrap(first + 1, walk.at, found.text, "a table", parent, exhibits))
    else:
        _add_rows(walk, found, first, parent)
    return True


def _add_rows(walk: Walk, table: Table, first: int, parent: int | None) -> None:
    walk.groups += 1
    if table.head is not None:
        walk.pieces.append(Scrap(first + 1, table.head[1], table.head[0], "the head of a table", parent))
    for passage in table.rows:
        walk.pieces.append(replace(passage, group=walk.groups, parent=parent))


def _item(walk: Walk) -> bool:
    """An item of a list; one with a box is a to-do."""
    line = walk.lines[walk.at]
    found = org.ITEM.match(line)
    if found is None:
        return False
    column = org.column_of(line)
    siblings: Item | None = None
    while walk.items and walk.items[-1].column >= column:
        siblings = walk.items.pop()
    if siblings is None or siblings.column != column:
        walk.groups += 1
        siblings = Item(column, walk.groups, _lead_in(walk))
    item = Item(column, siblings.group, siblings.lead, is_counted=found["number"] is not None)
    walk.items.append(item)
    first = walk.at
    is_text = found["number"] is not None and walk.at not in walk.counted
    said = [line[found.start("sign") if is_text else found.end() :].strip(), *_gathered(walk, column)]
    walk.attached = None
    if found["box"]:
        item.bullet, item.waits = _parent(walk.items[:-1]) if item.lead is None else item.lead, False
        _leave_out(walk, first, walk.at, "a to-do", text=said)
    elif any(said):
        _add_text(walk, first, "\n".join(said))
    return True


def _paragraph(walk: Walk) -> bool:
    """Whatever is nothing else."""
    _leave(walk)
    first = walk.at
    line = walk.lines[first]
    sign = org.NOTE.match(line)
    said = [line[sign.end() if sign else 0 :].strip(), *_gathered(walk, -1)]
    _add_text(walk, first, "\n".join(said))
    return True


def _gathered(walk: Walk, column: int) -> list[str]:
    """The lines that go on with the one at hand, which stand further in than `column`."""
    start = walk.at + 1
    walk.at = start
    while walk.at < len(walk.lines) and (line := walk.lines[walk.at]).strip():
        item = org.ITEM.match(line)
        begins = item is not None and (item["number"] is None or walk.at in walk.counted)
        if begins or STARTS.match(line) or org.column_of(line) <= column or walk.at in walk.closed:
            break
        walk.at += 1
    return [line.strip() for line in walk.lines[start : walk.at]]


def _add_text(walk: Walk, first: int, text: str) -> None:
    """Add a paragraph; the first of a list item is the bullet that the rest of the item is under."""
    item = walk.items[-1] if walk.items else None
    parent = _parent(walk.items)
    is_item = item is not None and item.waits
    found = inline(text)
    scrap = _scrap_of(found, text)
    start, walk.attached = _first(walk, first), None
    if scrap is not None:
        reason, exhibits = scrap
        said = caption_of(walk.lines[start:first])
        exhibits = tuple(replace(each, text=each.text or said) for each in exhibits)
        walk.pieces.append(Scrap(start + 1, walk.at, text, reason, parent, exhibits))
        return
    group = item.group if item is not None and is_item else walk.groups + 1
    walk.groups = max(walk.groups, group)
    if item is not None and is_item:
        item.bullet, item.waits = len(walk.pieces), False
        defined = TERM.fullmatch(text)
        if defined and not (defined["rest"] or "").strip():
            found = inline(defined["term"])
        elif defined and not walk.is_side:
            prompt, answer = inline(defined["term"]), inline(defined["rest"])
            sides = _passage(prompt, first, first + 1), _passage(answer, first + 1, walk.at)
            walk.pieces.append(Asked(first + 1, walk.at, (sides[0],), (sides[1],), parent=parent))
            return
    passage = replace(
        _passage(found, first, walk.at),
        group=group,
        parent=parent,
        is_item=is_item,
        is_counted=is_item and item is not None and item.is_counted,
    )
    walk.pieces += [passage] if item else lines_apart(passage)


def _passage(found: Inline, first: int, end: int) -> Passage:
    return Passage(first + 1, end, found.text, found.marks, found.literal, exhibits=found.exhibits)


def _scrap_of(found: Inline, written: str) -> tuple[str, tuple[Exhibit, ...]] | None:
    """Why a paragraph is no text, and what it shows; None if it is one."""
    text = found.text.replace(OBJECT, "").strip()
    if not text and found.exhibits:
        shown = tuple(replace(each, is_within=False) for _, each in found.exhibits)
        return f"a {shown[0].kind}", shown
    math = BRACKETS.fullmatch(text)
    if math is not None and math["display"] and not found.exhibits:
        return "a formula", (Exhibit(ExhibitKind.MATH, whole(math["display"], is_display=True)),)
    if STAMP.fullmatch(written.strip()):
        return "a date alone", ()
    return None


def _lead_in(walk: Walk) -> int | None:
    """The paragraph right above a list that announces it: one that ends in a colon, is bold, or is an answer."""
    if not walk.pieces or not isinstance(above := walk.pieces[-1], Passage) or above.is_item or above.columns:
        return None
    text = above.text.rstrip()
    is_bold = any(mark.kind is MarkKind.STRONG and mark.end - mark.start >= len(text) for mark in above.marks)
    first = walk.at + 1
    is_answer = first == above.last + 1 and ANSWERS_ABOVE.search(above.text) is not None
    is_next = first <= above.last + 2  # at most one blank line between
    return len(walk.pieces) - 1 if is_answer or (is_next and (text.endswith(":") or is_bold)) else None


def _leave(walk: Walk) -> None:
    """Close the items that the line at hand does not stand further in than."""
    column = org.column_of(walk.lines[walk.at])
    while walk.items and walk.items[-1].column >= column:
        walk.items.pop()


def _leave_out(  # noqa: PLR0917 - a scrap has as many parts
    walk: Walk,
    first: int,
    end: int,
    reason: str,
    exhibits: tuple[Exhibit, ...] = (),
    text: list[str] | None = None,
) -> None:
    """Add the lines [first, end) as what is no text."""
    said = "\n".join(text or ()).strip("\n") or "\n".join(walk.lines[first:end]).strip()
    walk.pieces.append(Scrap(first + 1, end, said, reason, _parent(walk.items), exhibits))


def _first(walk: Walk, start: int | None = None) -> int:
    """Where what begins at hand really begins: with the keywords that are about it."""
    first = walk.at if start is None else start
    found, walk.attached = walk.attached, None
    return first if found is None else found


def _parent(items: list[Item]) -> int | None:
    """The passage that is above: that of the innermost item that has one, or what announces its list."""
    for item in reversed(items):
        if item.bullet is not None:
            return item.bullet
        if item.lead is not None:
            return item.lead
    return None


def _counted(lines: list[str]) -> frozenset[int]:
    """The lines whose numbers count a list; "22. Juni" is a date."""
    numbers: list[tuple[int, int, int]] = []
    counted = set()
    for index, line in enumerate(lines):
        found = org.ITEM.match(line)
        if line.startswith("*") and org.HEADLINE.match(line):
            numbers.append((index, BREAK, 0))
        elif found and found["dot"] == ".":
            numbers.append((index, org.column_of(line), int(found["number"])))
        elif found and found["number"]:
            counted.add(index)
    return counting(numbers, ones_count=True) | counted


RULES: tuple[Callable[[Walk], bool], ...] = (
    _headline,
    _block,
    _keyword,
    _comment,
    _drawer,
    _fixed,
    _planning,
    _rule,
    _formula,
    _drawn,
    _table,
    _item,
    _paragraph,
)
"""In the order in which they are asked; a line that is nothing else is part of a paragraph."""
