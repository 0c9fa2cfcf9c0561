"""Notes that Markdown takes for code: a whole file between two fences, prose that is indented by four spaces.

People paste notes into a fence, or indent a paragraph with a tab; what reads as prose there is read as notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

PLAIN = frozenset({"", "text", "txt", "plain", "plaintext", "md", "markdown", "notes", "note"})
WORD = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*[,.;:!?)\"”’]*")
CODE_LINE = re.compile(
    r"[;{}\\]\s*$|^\s*[$>#%]\s|^\s*(?:def|class|import|return|if|for|while|function|const|let|var)\b.*[:;({]"
)
MIN_WORDS = 0.6  # of what white space parts: how much of prose are words
MAX_CODE = 0.2  # of its lines look like code


def unwrapped(lines: Sequence[str], tokens: Sequence[Token]) -> list[str] | None:
    """The lines of a file without what makes code of its prose; None if nothing does."""
    blocks = [token for token in tokens if token.type in ("fence", "code_block") and token.level == 0 and token.map]
    is_all = not any(token.type == "paragraph_open" for token in tokens)
    found = list(lines)
    for token in blocks:
        first, end = token.map or [0, 0]
        is_fence = token.type == "fence"
        if (is_fence and (not is_all or token.info.strip().lower() not in PLAIN)) or not reads_as_prose(token.content):
            continue
        if is_fence:
            found[first] = ""
            if end - first > 1 and found[end - 1].strip(" \t") and set(found[end - 1].strip()) <= {"`", "~"}:
                found[end - 1] = ""
        else:
            by = min(len(line) - len(line.lstrip()) for line in found[first:end] if line.strip())
            found[first:end] = [line[by:] for line in found[first:end]]
    return found if found != list(lines) else None


def reads_as_prose(text: str) -> bool:
    """Whether most of a text is words, and few of its lines are built as code is."""
    said = text.split()
    lines = [line for line in text.split("\n") if line.strip()]
    words = sum(1 for each in said if WORD.fullmatch(each))
    code = sum(1 for line in lines if CODE_LINE.search(line))
    return len(said) > len(lines) and words >= MIN_WORDS * len(said) and code <= MAX_CODE * len(lines)
