"""Something to tell the author: where it is, how bad it is, which rule says so, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CouldNotRunError(Exception):
    """The work cannot be done at all: one line for the user, exit status 2, nothing written."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of lines in one source, 1-based, both ends included; `path` is relative to the notes' root.

    `place`: what an author calls it where lines tell nothing, as *page 3* of a document.
    """

    path: str
    first: int
    last: int
    place: str = ""

    def __str__(self) -> str:
        return f"{self.path}, {self.place}" if self.place else f"{self.path}:{self.first}"


class Severity(StrEnum):
    """An error is something the author must mend; a warning, something to look at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One finding. They sort in the order in which an author reads the notes."""

    span: Span
    severity: Severity
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.span}: {self.severity}[{self.rule}] {self.message}"
