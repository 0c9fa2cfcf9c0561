"""The text of a Markdown paragraph: syntax gone, emphasis and code as marks, a line feed where lines ended.

markdown-it does not say where in the source an inline token stood. Its rules that can swallow a line end
are wrapped here to note it, so that every sentence knows its lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_inline import StateInline, backtick, html_inline, image, link
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from crisis_cards.model import Exhibit, ExhibitKind, Mark, MarkKind
from crisis_cards.reading.html import Tag, tag_of
from crisis_cards.reading.media import exhibit_of
from crisis_cards.reading.pieces import OBJECT, Range
from crisis_cards.reading.tex import bracketed, is_text, whole

InlineRule = Callable[[StateInline, bool], bool]
ENDS = "line ends"
MAX_NESTING = 60
FOOTNOTE = re.compile(r"\[\^[^\]\s\[]{1,60}\](?::[ \t]*)?|\^\[(?P<words>[^\[\]\n]{1,1000})\]")
LEADS = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
MARKS = {"strong": MarkKind.STRONG, "em": MarkKind.EMPHASIS, "s": MarkKind.STRUCK}


@dataclass(frozen=True, slots=True)
class Inline:
    """The text of a paragraph. `dropped`: what was left out of it, images or HTML."""

    text: str
    marks: tuple[Mark, ...]
    literal: tuple[Range, ...]
    dropped: str = ""
    exhibits: tuple[tuple[int, Exhibit], ...] = ()


@dataclass(slots=True)
class Writer:
    """The text so far. `owed`: line ends swallowed by syntax, to be written with the next one.

    `open`: marks that have begun, each with where, and the address of a link.
    """

    text: list[str] = field(default_factory=list)
    length: int = 0
    owed: int = 0
    marks: list[Mark] = field(default_factory=list)
    literal: list[Range] = field(default_factory=list)
    open: list[tuple[MarkKind, int, str]] = field(default_factory=list)
    exhibits: list[tuple[int, Exhibit]] = field(default_factory=list)
    dropped: str = ""


def markdown() -> MarkdownIt:
    """CommonMark with tables, strikethrough and math, its inline rules noting the lines that they swallow."""
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    # With neither spaces inside nor digits outside: "$5 and $6" is money.
    parser.use(dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False, double_inline=True)
    parser.use(deflist_plugin)
    parser.disable("text_join")
    parser.block.ruler.at("reference", _no_footnote, {"alt": []})
    parser.inline.ruler.before("link", "footnote", footnote)
    dollars = next(rule.fn for rule in parser.inline.ruler.__rules__ if rule.name == "math_inline")
    parser.inline.ruler.before("escape", "math_brackets", _noting(bracketed))
    for name, rule in (
        ("backticks", backtick),
        ("link", _closing(link)),
        ("image", _closing(image)),
        ("html_inline", html_inline),
        ("math_inline", dollars),
    ):
        parser.inline.ruler.at(name, _noting(rule))
    return parser


def inline(children: Sequence[Token]) -> Inline:
    """The text that some inline tokens make."""
    writer = Writer()
    for token in children:
        _write(writer, token)
    return Inline(
        "".join(writer.text),
        tuple(sorted(writer.marks)),
        tuple(writer.literal),
        writer.dropped,
        tuple(writer.exhibits),
    )


def footnote(state: StateInline, silent: bool) -> bool:
    """Pass over what only leads to a footnote, `[^1]`; the words of one in the line, `^[words]`, stay in brackets."""
    found = FOOTNOTE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent and found["words"]:
        state.push("text", "", 0).content = f" ({found['words']})"
    state.pos = found.end()
    return True


def _no_footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Link references, without the footnotes that look like them: those are text."""
    at = state.bMarks[start] + state.tShift[start]
    return not state.src.startswith("[^", at) and reference(state, start, end, silent)


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


def _closing(rule: InlineRule) -> InlineRule:
    """A rule that is asked only where a bracket closes further on; each `[` of a long line looks for it anew."""

    def closing(state: StateInline, silent: bool) -> bool:
        return state.html_terminator_last("]") >= state.pos and rule(state, silent)

    return closing


def _write(writer: Writer, token: Token) -> None:
    """Add one token to the text."""
    writer.owed += token.meta.get(ENDS, 0)
    match token.type:
        case "text":
            _put(writer, token.content)
        case "text_special":
            _put_literal(writer, token.content)
        case "code_inline":
            if token.content:
                writer.marks.append(Mark(writer.length, writer.length + len(token.content), MarkKind.CODE))
            _put_literal(writer, token.content)
        case "math_inline" | "math_inline_double":
            said = whole(token.content, is_display=token.type.endswith("double"))
            (_put if is_text(said) else _put_literal)(writer, said)
        case "softbreak" | "hardbreak":
            _break(writer)
        case "image":
            _show(writer, Exhibit(ExhibitKind.PICTURE, token.content, str(token.attrs.get("src", "")), is_within=True))
        case "html_inline":
            _write_tag(writer, tag_of(token.content))
        case "strong_open" | "em_open" | "s_open":
            writer.open.append((MARKS[token.tag], writer.length, ""))
        case "link_open":
            _open_link(writer, str(token.attrs.get("href", "")))
        case "strong_close" | "em_close" | "s_close":
            _close(writer, MARKS[token.tag])
        case "link_close":
            _close(writer, MarkKind.LINK)
        case _:
            pass


def _write_tag(writer: Writer, tag: Tag) -> None:
    """Add what an HTML tag means: a mark, a line's end, a picture; of others only the text between them stays."""
    if tag.shows is not None:
        _show(writer, tag.shows)
    elif tag.kind is None:
        if tag.is_break:
            _put(writer, " ")
        writer.dropped = writer.dropped or "html"
    elif tag.is_closing:
        _close(writer, tag.kind)
    elif tag.kind is MarkKind.LINK:
        _open_link(writer, tag.target)
    else:
        writer.open.append((tag.kind, writer.length, ""))


def _open_link(writer: Writer, target: str) -> None:
    """Begin a link if it leads somewhere from a phone, too."""
    if LEADS.match(target):
        writer.open.append((MarkKind.LINK, writer.length, target))


def _close(writer: Writer, kind: MarkKind) -> None:
    """End the last mark of a kind that has begun."""
    at = next((index for index in reversed(range(len(writer.open))) if writer.open[index][0] is kind), None)
    if at is None:
        return
    _, start, target = writer.open.pop(at)
    if writer.length > start:
        writer.marks.append(Mark(start, writer.length, kind, target=target))


def _show(writer: Writer, exhibit: Exhibit) -> None:
    """Add something that is no text."""
    writer.exhibits.append((writer.length, exhibit_of(exhibit)))
    _put(writer, OBJECT)


def _put(writer: Writer, text: str) -> None:
    """Add text; a line feed that an entity stands for is no line end of the source."""
    writer.text.append(text.replace("\n", " "))
    writer.length += len(text)


def _put_literal(writer: Writer, text: str) -> None:
    """Add text in which no mark of ours can be."""
    writer.literal.append((writer.length, writer.length + len(text)))
    _put(writer, text)


def _break(writer: Writer) -> None:
    count = 1 + writer.owed
    writer.text.append("\n" * count)
    writer.length += count
    writer.owed = 0
