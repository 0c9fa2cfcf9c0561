"""A second process that parses batches beside the first one, for notes that are long enough to pay for its start.

It holds one batch at a time, so that neither process can wait for the other to read; it ends when the first one closes
the connection or dies. If it dies itself, the first one gets nothing more from it and does the work alone.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Self

from crisis_cards.parse import Parse, Request

if TYPE_CHECKING:
    from types import TracebackType

Parsing = Callable[[Sequence[Request]], Sequence[Parse]]


class Worker:
    """A process of its own, which loads what `load` gives and parses with it; use it in a `with` block."""

    def __init__(self, load: Callable[[str], Parsing], model: str) -> None:
        """Start the process; `load` must be importable by its name. Nothing is inherited, on any system."""
        context = get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, load, model), daemon=True)
        self.is_alive = True
        """Whether it can be given anything."""
        try:
            self._process.start()
        except OSError:  # no more processes for this user
            self.is_alive = False
        theirs.close()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Let it end; whatever it is doing is not waited for."""
        self._ours.close()
        if self._process.pid is not None:
            self._process.terminate()
            self._process.join()

    def give(self, batch: Sequence[Request]) -> None:
        """Send it a batch; only when it has answered the last one."""
        try:
            self._ours.send(batch)
        except OSError:
            self.is_alive = False

    def is_ready(self) -> bool:
        """Whether `answer` would not wait."""
        try:
            return self._ours.poll()
        except OSError:
            return True

    def answer(self) -> Sequence[Parse]:
        """The parses of the batch that it was given, waited for; none if it died."""
        try:
            parses: Sequence[Parse] = self._ours.recv()
        except (EOFError, OSError):
            self.is_alive = False
            return ()
        return parses


def _serve(connection: Connection, load: Callable[[str], Parsing], model: str) -> None:
    """The work of the second process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process is told, and ends this one
    parse = load(model)
    with suppress(EOFError, OSError):
        while True:
            connection.send(parse(connection.recv()))
