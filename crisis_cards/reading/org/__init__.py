"""Org: headlines, lists, tables and paragraphs, a statement a sentence; what is for Org alone is left out.

Emacs reads Org line by line, and so does this: a table of rules, each of which takes the lines that are its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from crisis_cards.model import Exhibit, ExhibitKind
from crisis_cards.reading.org import lines as org
from crisis_cards.reading.org.blocks import block_of, formula_of
from crisis_cards.reading.org.inline import inline
from crisis_cards.reading.org.tables import Table, table_of
from crisis_cards.reading.org.text import item_of_list, paragraph
from crisis_cards.reading.org.walk import Walk, counted_in, first_of, leave, leave_out, parent_of
from crisis_cards.reading.pieces import Outline, Passage, Scrap, Title
from crisis_cards.reading.tags import anki_tag
from crisis_cards.reading.tidy import has_words
from crisis_cards.reasons import (
    CODE,
    COMMENT,
    DRAWER,
    FILLED_IN,
    FORMULA,
    PLANNING,
    PROPERTY,
    RESULTS,
    RULE,
    SETTING,
    TABLE,
    TABLE_HEAD,
)
from crisis_cards.source import Source

MAX_LEVEL = 6
RAW = frozenset({"src", "example", "export", "comment", "latex", "html", "ascii", "beamer", "texinfo"})
"""Blocks that are no text; that of all others, as quotations and theorems, is read."""

ATTACHED = frozenset({"NAME", "CAPTION", "HEADER", "HEADERS", "PLOT", "TBLNAME", "SRCNAME"})
ANSWERS = re.compile(r"(?:^|\n)[ \t]*[Aa]:[ \t]*$")


def read_org(source: Source, *, is_side: bool = False) -> Outline:
    """The structure of an Org file, or of one side of a card in it."""
    lines = source.text.split("\n")
    walk = Walk(lines, org.closings(lines), counted_in(lines), org.todo_words(lines), is_side)
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
        leave_out(walk, first, walk.at, COMMENT)
        return True
    found = inline(head.title)
    skip = " #skip" if "skip" in head.tags else ""
    passage = Passage(first + 1, first + 1, found.text + skip, found.marks, found.literal, exhibits=found.exhibits)
    tags = tuple(_anki_tags(tag for tag in head.tags if tag != "skip"))
    walk.pieces.append(Title(passage, min(head.level, MAX_LEVEL), tags, is_bare=not has_words(found.text)))
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
    leave(walk)
    first = first_of(walk)
    reason, exhibits = block_of(name, opening["rest"], walk.lines[walk.at + 1 : end])
    if is_dynamic:
        reason = FILLED_IN
    leave_out(walk, first, end + 1, reason, exhibits, walk.lines[walk.at + 1 : end])
    walk.at = end + 1
    return True


def _drawer(walk: Walk) -> bool:
    """A drawer, whatever it is called: ids, schedules, logs."""
    opening = org.DRAWER.match(walk.lines[walk.at])
    if opening is None or (walk.at not in walk.closed and opening["name"].upper() not in org.DRAWERS):
        return False
    last = org.end_of_drawer(walk.lines, walk.at, walk.closed)
    reason = PROPERTY if opening["name"].upper() == "PROPERTIES" else DRAWER
    first, walk.at = walk.at, last + 1
    walk.attached = None
    leave_out(walk, first, walk.at, reason)
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
    leave_out(walk, walk.at - 1, walk.at, SETTING)
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
    leave_out(walk, first, end, RESULTS)
    return True


def _comment(walk: Walk) -> bool:
    return _run(walk, org.COMMENT, COMMENT)


def _planning(walk: Walk) -> bool:
    return _run(walk, org.PLANNING, PLANNING)


def _rule(walk: Walk) -> bool:
    return _run(walk, org.RULE, RULE)


def _drawn(walk: Walk) -> bool:
    """A table that is drawn with lines, as table.el does."""
    if not org.DRAWN.match(walk.lines[walk.at]):
        return False
    return _run(walk, re.compile(r"[ \t]*[|+]"), TABLE)


def _run(walk: Walk, sign: re.Pattern[str], reason: str) -> bool:
    """The lines of one kind from here on, as one piece."""
    first = walk.at
    while walk.at < len(walk.lines) and sign.match(walk.lines[walk.at]):
        walk.at += 1
    if walk.at > first:
        walk.attached = None
        leave_out(walk, first, walk.at, reason)
    return walk.at > first


def _fixed(walk: Walk) -> bool:
    """Lines that begin with a colon are shown as they are."""
    if not org.FIXED.match(walk.lines[walk.at]):
        return False
    leave(walk)
    start = walk.at
    shown = []
    while walk.at < len(walk.lines) and (found := org.FIXED.match(walk.lines[walk.at])):
        shown.append(found["text"] or "")
        walk.at += 1
    text = "\n".join(shown)
    exhibits = (Exhibit(ExhibitKind.CODE, text),) if text.strip() else ()
    leave_out(walk, first_of(walk, start), walk.at, CODE, exhibits, shown)
    return True


def _formula(walk: Walk) -> bool:
    """An environment of TeX by itself."""
    if walk.at not in walk.closed or not org.ENVIRONMENT.match(walk.lines[walk.at]):
        return False
    leave(walk)
    end = walk.closed[walk.at] + 1
    tex = walk.lines[walk.at : end]
    leave_out(walk, first_of(walk), end, FORMULA, formula_of("\n".join(tex)), tex)
    walk.at = end
    return True


def _table(walk: Walk) -> bool:
    """A table: a piece for each row, or all of it when it is an answer or part of a side."""
    if not org.ROW.match(walk.lines[walk.at]):
        return False
    leave(walk)
    first = first_of(walk)
    start = walk.at
    while walk.at < len(walk.lines) and org.ROW.match(walk.lines[walk.at]):
        walk.at += 1
    found = table_of(walk.lines[start : walk.at], start + 1)
    above = walk.pieces[-1] if walk.pieces else None
    parent = parent_of(walk.items)
    if walk.is_side or (isinstance(above, Passage) and ANSWERS.search(above.text)):
        exhibits = (Exhibit(ExhibitKind.TABLE, found.text),) if found.text.strip() else ()
        walk.pieces.append(Scrap(first + 1, walk.at, found.text, TABLE, parent, exhibits))
    else:
        _add_rows(walk, found, first, parent)
    return True


def _add_rows(walk: Walk, table: Table, first: int, parent: int | None) -> None:
    walk.groups += 1
    if table.head is not None:
        walk.pieces.append(Scrap(first + 1, table.head[1], table.head[0], TABLE_HEAD, parent))
    for passage in table.rows:
        walk.pieces.append(replace(passage, group=walk.groups, parent=parent))


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
    item_of_list,
    paragraph,
)
"""In the order in which they are asked; a line that is nothing else is part of a paragraph."""
