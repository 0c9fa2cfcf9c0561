"""From a tidy tree to Markdown, and at which of its lines each place begins."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from crisis_cards.source.conversion import pandoc
from crisis_cards.source.conversion.tidying import BEGINNING
from crisis_cards.source.conversion.trees import CLOSING, HASH, OPENING, PLACE, Node, clean, paragraph, text_of

# A place is told in a line beside the words; a longer one would hide them.
MAX_PLACE = 60

# What is written for the signs that are not pandoc's to write: brackets that begin nothing.
SIGNS = {ord(HASH): "#", ord(OPENING): "&#91;", ord(CLOSING): "&#93;"}

MARKER = re.compile(f"{PLACE}([0-9]+){PLACE}")

# A heading without words, below which those before do not hold.
UNTITLED = "##"

# What pandoc knows of a document, and front matter may say.
TOLD = ("title", "subtitle", "author", "date")


@dataclass(frozen=True, slots=True)
class Written:
    """A document as Markdown, with what begins at which line, 1-based."""

    text: str
    places: tuple[tuple[int, str], ...]


def written(blocks: Iterable[Node], about: dict[str, Node] | None = None) -> Written:
    """The blocks of a document as Markdown; `about` is what it says of itself."""
    begun: list[tuple[str, bool]] = []
    marked: list[Node] = []
    for block in blocks:
        match block["t"], block.get("c"):
            case "Place", [name, is_untitled]:
                marked.append(paragraph([{"t": "Str", "c": f"{PLACE}{len(begun)}{PLACE}"}]))
                begun.append((_short(name), is_untitled))
            case "Comment", str(text):
                marked.append(_comment(text))
            case _:
                if _would_join(marked, block):
                    marked.append(_comment(""))
                marked.append(block)
    lines = _front_matter(about or {})
    places: dict[int, str] = {1: BEGINNING}
    is_after_marker = False
    for line in pandoc.markdown(marked).rstrip("\n").split("\n"):
        if marker := MARKER.fullmatch(line):
            name, is_untitled = begun[int(marker[1])]
            places[len(lines) + 1] = name
            lines += [UNTITLED, ""] if is_untitled else []
        elif line or not is_after_marker:
            lines.append(line.translate(SIGNS))
        is_after_marker = marker is not None
    return Written("\n".join(lines) + "\n" * bool(lines), tuple(sorted(places.items())))


def _comment(text: str) -> Node:
    words = " ".join(clean(text).split()).replace("->", "→")
    return {"t": "RawBlock", "c": ["html", f"<!-- {words} -->" if words else "<!-- -->"]}


def _would_join(marked: list[Node], block: Node) -> bool:
    """Whether only a place stands between a list and another one."""
    lists = ("BulletList", "OrderedList")
    return block["t"] in lists and len(marked) > 1 and _is_marker(marked[-1]) and marked[-2]["t"] in lists


def _is_marker(block: Node) -> bool:
    return block["t"] == "Para" and text_of(block["c"]).startswith(PLACE)


def _short(name: str) -> str:
    """A name of one line, and not a long one."""
    words = " ".join(clean(name).split())
    return words if len(words) <= MAX_PLACE else f"{words[: MAX_PLACE - 1].rstrip()}…"


def _front_matter(about: dict[str, Node]) -> list[str]:
    """What a document says of itself, as lines of front matter; none without a title."""
    told = {key: clean(_told(about[key])) for key in TOLD if key in about}
    if not told.get("title"):
        return []
    # Text in JSON's quotes is text in YAML's.
    return ["---", *(f"{key}: {json.dumps(text)}" for key, text in told.items() if text), "---", ""]


def _told(value: Node) -> str:
    match value["t"]:
        case "MetaInlines":
            return text_of(value["c"])
        case "MetaString":
            return " ".join(str(value["c"]).split())
        case "MetaList":
            return ", ".join(filter(None, map(_told, value["c"])))
        case "MetaBlocks":
            return " ".join(text_of(block["c"]) for block in value["c"] if block["t"] in ("Para", "Plain"))
        case _:
            return ""
