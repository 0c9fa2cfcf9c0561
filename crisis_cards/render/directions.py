"""Controls of direction in a text: what is open at its end is closed there, and what closes nothing is taken out.

So a word that turns around what follows (U+202E and its like) turns around its own text and nothing after it.
"""

from __future__ import annotations

import re

_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ENDS_EMBEDDING, _ENDS_ISOLATE = "\u202c", "\u2069"
_ISOLATES = frozenset("\u2066\u2067\u2068")
NOTHING = "\0"
"""In place of a control that closes nothing: no text that is shown has this character."""


def directed(text: str) -> tuple[str, str]:
    """A text of the same length without controls that close nothing, and what closes those that are open at its end."""
    if text.isascii() or not _CONTROL.search(text):
        return text, ""
    opened: list[str] = []
    isolates = 0
    lost: set[int] = set()
    for found in _CONTROL.finditer(text):
        control = found[0]
        if control == _ENDS_ISOLATE:
            if not isolates:
                lost.add(found.start())
                continue
            while opened.pop() not in _ISOLATES:
                pass
            isolates -= 1
        elif control == _ENDS_EMBEDDING:
            if not opened or opened[-1] in _ISOLATES:
                lost.add(found.start())
            else:
                opened.pop()
        else:
            opened.append(control)
            isolates += control in _ISOLATES
    kept = "".join(NOTHING if at in lost else each for at, each in enumerate(text)) if lost else text
    return kept, "".join(_ENDS_ISOLATE if each in _ISOLATES else _ENDS_EMBEDDING for each in reversed(opened))


def balanced(text: str) -> str:
    """A text that leaves the direction of what follows it as it was."""
    kept, closing = directed(text)
    return kept.replace(NOTHING, "") + closing if kept is not text else text + closing
