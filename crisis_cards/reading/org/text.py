"""The text of an Org file: the items of lists, and paragraphs."""

from __future__ import annotations

import re
from dataclasses import replace

from crisis_cards.model import Exhibit, ExhibitKind, MarkKind
from crisis_cards.reading.markdown.inline import Inline
from crisis_cards.reading.org import lines as org
from crisis_cards.reading.org.blocks import caption_of
from crisis_cards.reading.org.inline import STAMP, inline
from crisis_cards.reading.org.walk import Item, Walk, first_of, leave, leave_out, parent_of
from crisis_cards.reading.pieces import OBJECT, Asked, Passage, Scrap, lines_apart
from crisis_cards.reading.tex import BRACKETS, whole
from crisis_cards.reasons import DATE, FORMULA, TODO

ANSWERS_ABOVE = re.compile(r"(?:^|\n)[ \t]*A:[ \t][^\n]*$")
TERM = re.compile(r"(?P<term>[^\n]*\S)[ \t]+::[ \t]*(?:\n(?P<rest>.*))?", re.DOTALL)
STARTS = re.compile(
    rf"[ \t]*#\+(?:[^\s:\[]+(?:\[[^\]\n]*\])?:|(?i:begin|end)_)|{org.COMMENT.pattern}"
    rf"|[ \t]*:(?:[\w-]+:[ \t]*$|[ \t]|$)|{org.PLANNING.pattern}|{org.RULE.pattern}|{org.ROW.pattern}|\[fn:[\w-]+\]"
    r"|\*+[ \t]"
)


def item_of_list(walk: Walk) -> bool:
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
        item.bullet, item.waits = parent_of(walk.items[:-1]) if item.lead is None else item.lead, False
        leave_out(walk, first, walk.at, TODO, text=said)
    elif any(said):
        _add_text(walk, first, "\n".join(said))
    return True


def paragraph(walk: Walk) -> bool:
    """Whatever is nothing else."""
    leave(walk)
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
    parent = parent_of(walk.items)
    is_item = item is not None and item.waits
    found = inline(text)
    scrap = _scrap_of(found, text)
    start, walk.attached = first_of(walk, first), None
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
        return FORMULA, (Exhibit(ExhibitKind.MATH, whole(math["display"], is_display=True)),)
    if STAMP.fullmatch(written.strip()):
        return DATE, ()
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
