"""Blocks as lines that a person can read: what the case files of reading expect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crisis_cards.diagnostics import Diagnostic
from crisis_cards.model import Block, Document, Exhibit, Heading, Leftover, Mark, Pair, Statement


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
            yield from (f"prompt {_mark(block.prompt, mark)}" for mark in block.prompt_marks)
            yield from (f"answer {_mark(block.answer, mark)}" for mark in block.answer_marks)
            yield from (f"prompt shows {_exhibit(each)}" for each in block.prompt_exhibits)
            yield from (f"answer shows {_exhibit(each)}" for each in block.answer_exhibits)
            yield from (f"#{tag}" for tag in block.tags)
            yield from (f"allows {rule}" for rule in block.allows)
        case Statement():
            yield f'{_lines(block)} statement "{block.text}"{where}'
            yield from (_mark(block.text, mark) for mark in block.marks)
            yield from (f"#{tag}" for tag in block.tags)
            yield from (f'skips "{answer}"' for answer in block.skips)
            yield from (f'"{pronoun}" is "{noun}"' for pronoun, noun in block.called)
            yield from (f"shows {_exhibit(each)}" for each in block.exhibits)
            yield from (f"allows {rule}" for rule in block.allows)
            if block.parent:
                yield f"under {block.parent.first}"
            if block.has_children:
                yield "has children"


def _mark(text: str, mark: Mark) -> str:
    number = f" {mark.number}" if mark.number else ""
    hint = f' hint "{mark.hint}"' if mark.hint else ""
    target = f" to {mark.target}" if mark.target else ""
    return f'{mark.kind}{number} "{_shown(text[mark.start : mark.end])}"{hint}{target}'


def _exhibit(exhibit: Exhibit) -> str:
    target = f" of {exhibit.target}" if exhibit.target else ""
    where = "" if exhibit.is_within else " below"
    return f'{exhibit.kind}{target} "{_shown(exhibit.text)}"{where}'


def _shown(text: str) -> str:
    return text.replace("\n", "\\n")


def _lines(value: Block | Diagnostic) -> str:
    span = value.span
    return str(span.first) if span.first == span.last else f"{span.first}-{span.last}"
