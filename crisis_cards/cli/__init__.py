"""The command line: one file a command. Here alone are the clock, the environment, streams and exit codes."""

from __future__ import annotations

import gc
import sys

from crisis_cards.cli.group import cli, run

# New values between two looks for garbage in cycles. A build makes many values and few cycles, and at Python's 700 it
# spends a tenth of its time on looking.
VALUES = 100_000


def main() -> None:
    """Entry point: exit 0 done, 1 the notes have errors, 2 could not run, 130 interrupted."""
    gc.set_threshold(VALUES)
    sys.exit(run(cli, sys.argv[1:]))


__all__ = ["main"]
