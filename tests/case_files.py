"""Case files: many small cases in one file, each `title`, `.`, input, `.`, expected, `.`, on lines of their own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FENCE = "."


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `text` ends with a line feed unless it is empty; `expected` has none at its end."""

    title: str
    text: str
    expected: str

    def __str__(self) -> str:
        return self.title


def read_cases(path: Path) -> list[Case]:
    """The cases of a file, in order. Blank lines between cases are passed over."""
    lines = path.read_text(encoding="utf-8").split("\n")
    cases: list[Case] = []
    while any(line.strip() for line in lines):
        title, text, expected = (_take(lines, path) for _ in range(3))
        cases.append(Case(title.strip(), text + "\n" if text else "", expected))
    assert len({case.title for case in cases}) == len(cases), f"{path.name}: two cases have one title"
    return cases


def _take(lines: list[str], path: Path) -> str:
    """Remove the lines up to the next fence and give them back."""
    assert FENCE in lines, f"{path.name}: a case is not closed"
    at = lines.index(FENCE)
    taken = lines[:at]
    del lines[: at + 1]
    return "\n".join(taken)
