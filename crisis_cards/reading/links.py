"""Links between notes, as Obsidian and others write them: `[[note]]`, `[[note#part|words]]`, `![[picture.png]]`, `^id`.

What a reader of the notes sees stays: the words of a link. An embedded file and the name of a line are syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from crisis_cards.model import Exhibit, ExhibitKind
from crisis_cards.reading.marks import is_within
from crisis_cards.reading.media import exhibit_of, is_note
from crisis_cards.reading.pieces import Passage, Range, Scrap

LINK = re.compile(r"(?P<embed>!?)\[\[(?P<target>[^\[\]|#\n]*)(?P<part>#[^\[\]|\n]*)?(?:\|(?P<words>[^\[\]\n]*))?\]\]")
BLOCK_ID = re.compile(r"(?<=\s)\^[A-Za-z0-9-]+(?=(?:[ \t]+#[^\s(]+(?:\([^()\n]*\))?)*[ \t]*$)", re.MULTILINE)
COMMENT = re.compile(r"(?<![\w%])%%(?!%).{0,2000}?(?<!%)%%(?![\w%])", re.DOTALL)
SIZE = re.compile(r"\d+(?:x\d+)?")


def with_embeds(passage: Passage) -> Passage | Scrap:
    """A passage with the pictures and sounds that are embedded in it; a scrap if it is nothing else."""
    if "![[" not in passage.text:
        return passage
    found = [
        (link.start(), _embedded(link))
        for link in LINK.finditer(passage.text)
        if link["embed"] and not is_within(link.start(), passage.literal) and not is_note(link["target"])
    ]
    if found and not passage.exhibits and not LINK.sub("", passage.text).strip():
        below = tuple(replace(each, is_within=False) for _, each in found)
        return Scrap(passage.first, passage.last, passage.text, f"a {below[0].kind}", passage.parent, below)
    return replace(passage, exhibits=tuple(sorted([*passage.exhibits, *found], key=lambda each: each[0])))


def _embedded(link: re.Match[str]) -> Exhibit:
    """The picture or sound of an embed; what stands after the bar is its name, unless it is a size."""
    name = (link["words"] or "").strip()
    said = "" if SIZE.fullmatch(name) else name
    return exhibit_of(Exhibit(ExhibitKind.PICTURE, said, link["target"].strip(), is_within=True))


def link_cuts(text: str, literal: Sequence[Range] = ()) -> Iterator[Range]:
    """The syntax of links to cut out of a text, and comments; nothing inside its literal ranges."""
    commented = []
    if "%%" in text:
        commented = [found.span() for found in COMMENT.finditer(text) if not is_within(found.start(), literal)]
        yield from commented
    if "[[" in text:
        for link in LINK.finditer(text):
            if not is_within(link.start(), literal) and not is_within(link.start(), commented):
                yield from _cuts(link)
    for start, name in line_names(text, literal):
        yield start, start + 1 + len(name)


def line_names(text: str, literal: Sequence[Range] = ()) -> Iterator[tuple[int, str]]:
    """The ids that end lines of a text, each with where it begins."""
    for found in BLOCK_ID.finditer(text):
        if not is_within(found.start(), literal):
            yield found.start(), found[0][1:]


def _cuts(link: re.Match[str]) -> Iterator[Range]:
    """All of an embedded file; of a link, what is not its words: these, else its target, else the part's name."""
    if link["embed"]:
        yield link.span()
        return
    if (link["words"] or "").strip():
        start, end = link.span("words")
    elif link["target"].strip():
        start, end = link.span("target")
    elif link["part"]:
        start, end = link.start("part") + 1, link.end("part")
    else:
        return
    yield link.start(), start
    yield end, link.end()
