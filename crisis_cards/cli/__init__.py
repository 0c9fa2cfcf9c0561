"""The command line: one file a command. Here alone are the clock, the environment, streams and exit codes."""

from __future__ import annotations

import sys

from crisis_cards.cli.group import cli, run


def main() -> None:
    """Entry point: exit 0 done, 1 the notes have errors, 2 could not run, 130 interrupted."""
    sys.exit(run(cli, sys.argv[1:]))


__all__ = ["main"]
