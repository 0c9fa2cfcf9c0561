"""What is written where: results to stdout, all else to stderr; colour and progress only for eyes."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TextIO

import click

from crisis_cards.diagnostics import Diagnostic, Severity

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
PATIENCE = 1.0  # seconds of work that need no word


def with_output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command -q, -v and --color, as one `Terminal`."""

    @click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
    @click.option("-v", "--verbose", is_flag=True, help="Say more.")
    @click.option("--color/--no-color", default=None, help="Colour messages; by default, on a terminal.")
    @wraps(command)
    def wrapper(*, quiet: bool, verbose: bool, color: bool | None, **options: Any) -> Any:  # noqa: ANN401 - click's
        return command(terminal=Terminal(is_quiet=quiet, is_verbose=verbose, has_colour=color), **options)

    return wrapper


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether someone looks at a stream; Python has None for one that was closed by who ran it."""
    return stream is not None and stream.isatty()


def _printable(text: str) -> str:
    """A text in which nothing that notes say steers the terminal, or turns around the lines that follow."""
    from crisis_cards.render.directions import balanced  # noqa: PLC0415 - a room that reads HTML; `--help` needs none

    return "\n".join(balanced(line) for line in _CONTROLS.sub("\ufffd", text).split("\n"))


def refusal(reason: str) -> str:
    """The one line that says why the program, or a part of its work, cannot be done."""
    return f"crisis-cards: {' '.join(reason.splitlines())}"


class Terminal:
    """Where messages go."""

    def __init__(self, *, is_quiet: bool, is_verbose: bool, has_colour: bool | None) -> None:
        """Remember how much to say, and when the work began; `place` goes before the paths of what is reported.

        `has_colour`: None where it hangs on who looks.
        """
        self.is_quiet = is_quiet
        self.is_verbose = is_verbose
        self._has_colour = has_colour
        self._begun = time.monotonic()
        self._has_progress = False
        self.place = ""

    def begin(self) -> None:
        """Other work begins, whose first PATIENCE seconds again need no word."""
        self._begun = time.monotonic()

    def result(self, text: str) -> None:
        """A result, on stdout."""
        self._clear()
        click.echo(_printable(text))

    def data(self, text: str) -> None:
        """A result that a program reads, on stdout, as it is."""
        self._clear()
        click.echo(_CONTROLS.sub("\ufffd", text))

    def say(self, text: str) -> None:
        """A word to the user, on stderr, unless they want none."""
        if not self.is_quiet and text:
            self._clear()
            click.echo(_printable(text), err=True)

    def refuse(self, reason: str) -> None:
        """Why something cannot be done, on stderr, whatever the user wants to hear."""
        self._clear()
        click.echo(refusal(reason), err=True)

    def report(self, diagnostics: Iterable[Diagnostic], *, on_stdout: bool = False) -> None:
        """The author's mistakes, on stderr unless they are the result; when quiet, only errors."""
        is_seen = _is_terminal(sys.stdout if on_stdout else sys.stderr) and not os.environ.get("NO_COLOR")
        has_colour = is_seen if self._has_colour is None else self._has_colour
        for each in diagnostics:
            if self.is_quiet and each.severity is not Severity.ERROR:
                continue
            self._clear()
            severity = click.style(str(each.severity), fg=COLOURS[each.severity], bold=True)
            line = f"{self.place}{each.span}: {severity}[{each.rule}] {_printable(each.message)}"
            click.echo(line if has_colour else click.unstyle(line), err=not on_stdout, color=has_colour)

    def progress(self, done: int, total: int) -> None:
        """How far the parsing is, on a terminal and after a second."""
        if self.is_quiet or not _is_terminal(sys.stderr) or time.monotonic() - self._begun < PATIENCE:
            return
        self._has_progress = True
        click.echo(f"\r{done:,} of {total:,} statements read", nl=False, err=True)

    def _clear(self) -> None:
        if self._has_progress:
            self._has_progress = False
            click.echo("\r\x1b[2K", nl=False, err=True)
