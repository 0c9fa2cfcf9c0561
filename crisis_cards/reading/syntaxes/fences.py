"""Which lines are code, so that no sign in them is read."""

from __future__ import annotations

import re
from collections.abc import Sequence

FENCE = re.compile(r"[ \t>]*(?:[-*+][ \t]+)?(`{3,}|~{3,})(.*)")


def in_fences(lines: Sequence[str]) -> list[bool]:
    """For each line whether it is part of a fenced block of code, its two fences included."""
    found: list[bool] = []
    fence = ""
    for line in lines:
        match = FENCE.fullmatch(line)
        if fence:
            found.append(True)
            if match and match[1].startswith(fence) and not match[2].strip():
                fence = ""
        elif match and not (match[1][0] == "`" and "`" in match[2]):
            fence = match[1]
            found.append(True)
        else:
            found.append(False)
    return found
