"""The text of a Markdown paragraph: syntax gone, emphasis and code as marks, a line feed where lines ended.

markdown-it does not say where in the source an inline token stood. Its rules that can swallow a line end
are wrapped here to note it, so that every sentence knows its lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, backtick, html_inline, image, link
from markdown_it.token import Token

from crisis_cards.model import Mark, MarkKind
from crisis_cards.reading.pieces import Range

InlineRule = Callable[[StateInline, bool], bool]
ENDS = "line ends"
MAX_NESTING = 60
MARKS = {"strong": MarkKind.STRONG, "em": MarkKind.EMPHASIS}
LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Inline:
    """The text of a paragraph. `dropped`: what was left out of it, images or HTML."""

    text: str
    marks: tuple[Mark, ...]
    literal: tuple[Range, ...]
    dropped: str = ""


@dataclass(slots=True)
class Writer:
    """The text so far. `owed`: line ends swallowed by syntax, to be written with the next one."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    owed: int = 0
    marks: list[Mark] = field(default_factory=list)
    literal: list[Range] = field(default_factory=list)
    open: list[tuple[str, int]] = field(default_factory=list)
    dropped: str = ""


def markdown() -> MarkdownIt:
    """CommonMark with tables and strikethrough, its inline rules noting the lines that they swallow."""
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    parser.disable("text_join")
    for name, rule in (("backticks", backtick), ("link", link), ("image", image), ("html_inline", html_inline)):
        parser.inline.ruler.at(name, _noting(rule))
    return parser


def inline(children: Sequence[Token]) -> Inline:
    """The text that some inline tokens make."""
    writer = Writer()
    for token in children:
        _write(writer, token)
    return Inline("".join(writer.text), tuple(sorted(writer.marks)), tuple(writer.literal), writer.dropped)


def _noting(rule: InlineRule) -> InlineRule:
    """A rule that notes, on the last token that it pushes, the line ends that it passed and shows nowhere."""

    def noting(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        pushed = state.tokens[count:]
        if pushed:
            shown = sum(token.type in ("softbreak", "hardbreak") for token in pushed)
            noted = sum(token.meta.get(ENDS, 0) for token in pushed)
            pushed[-1].meta[ENDS] = state.src.count("\n", start, state.pos) - shown - noted
        return True

    return noting


def _write(writer: Writer, token: Token) -> None:
    """Add one token to the text."""
    writer.owed += token.meta.get(ENDS, 0)
    match token.type:
        case "text":
            _put(writer, token.content)
        case "text_special":
            writer.literal.append((writer.length, writer.length + len(token.content)))
            _put(writer, token.content)
        case "code_inline":
            end = writer.length + len(token.content)
            if token.content:
                writer.literal.append((writer.length, end))
                writer.marks.append(Mark(writer.length, end, MarkKind.CODE))
            _put(writer, token.content)
        case "softbreak" | "hardbreak":
            _break(writer)
        case "image":
            writer.dropped = "an image"
        case "html_inline":
            if LINE_BREAK.fullmatch(token.content):
                _put(writer, " ")
            writer.dropped = writer.dropped or "html"
        case "strong_open" | "em_open":
            writer.open.append((token.tag, writer.length))
        case "strong_close" | "em_close":
            tag, start = writer.open.pop()
            if writer.length > start:
                writer.marks.append(Mark(start, writer.length, MARKS[tag]))
        case _:
            pass


def _put(writer: Writer, text: str) -> None:
    """Add text; a line feed that an entity stands for is no line end of the source."""
    writer.text.append(text.replace("\n", " "))
    writer.length += len(text)


def _break(writer: Writer) -> None:
    count = 1 + writer.owed
    writer.text.append("\n" * count)
    writer.length += count
    writer.owed = 0
