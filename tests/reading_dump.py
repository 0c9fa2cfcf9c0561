"""Blocks as lines that a person can read: what the case files of reading expect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crisis_cards.diagnostics import Diagnostic
from crisis_cards.model import Block, Document, Heading, Leftover, Mark, Pair, Statement


def dump(document: Document, diagnostics: Iterable[Diagnostic]) -> str:
    """One line for a block: its lines, what it is, its text, and whatever else it has."""
    lines = ["; ".join(_parts(block)) for block in document.blocks]
    found = [f"! {_lines(each)} {each.severity} {each.rule}: {each.message}" for each in diagnostics]
    return "\n".join(lines + found)


def _parts(block: Block) -> Iterator[str]:
    where = f" in {' > '.join(block.trail)}" if block.trail else ""
    match block:
        case Heading():
            yield f'{_lines(block)} heading "{block.text}"{where}'
        case Leftover():
            yield f'{_lines(block)} leftover "{_shown(block.text)}"{where}'
            yield block.reason
        case Pair():
            arrow = "<->" if block.both_ways else "->"
            yield f'{_lines(block)} pair "{_shown(block.prompt)}" {arrow} "{_shown(block.answer)}"{where}'
            yield from (f"#{tag}" for tag in block.tags)
        case Statement():
            yield f'{_lines(block)} statement "{block.text}"{where}'
            yield from (_mark(block.text, mark) for mark in block.marks)
            yield from (f"#{tag}" for tag in block.tags)
            yield from (f'skips "{answer}"' for answer in block.skips)
            yield from (f'"{pronoun}" is "{noun}"' for pronoun, noun in block.called)
            if block.parent:
                yield f"under {block.parent.first}"
            if block.has_children:
                yield "has children"


def _mark(text: str, mark: Mark) -> str:
    number = f" {mark.number}" if mark.number else ""
    hint = f' hint "{mark.hint}"' if mark.hint else ""
    return f'{mark.kind}{number} "{text[mark.start : mark.end]}"{hint}'


def _shown(text: str) -> str:
    return text.replace("\n", "\\n")


def _lines(value: Block | Diagnostic) -> str:
    span = value.span
    return str(span.first) if span.first == span.last else f"{span.first}-{span.last}"
