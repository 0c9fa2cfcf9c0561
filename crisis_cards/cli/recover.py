"""`crisis-cards recover`."""

from __future__ import annotations

from pathlib import Path

import click

from crisis_cards.cli.notes import configured, paths_of
from crisis_cards.cli.terminal import Terminal, with_output_options
from crisis_cards.delivery import LEDGER_NAME, keep, open_ledger
from crisis_cards.diagnostics import CouldNotRunError
from crisis_cards.recovery import recover
from crisis_cards.report import count


@click.command(name="recover")
@click.argument("package", type=click.Path())
@click.argument("paths", nargs=-1, type=click.Path())
@with_output_options
def command(package: str, paths: tuple[str, ...], *, terminal: Terminal) -> int:
    """Make a lost ledger again from PACKAGE, the last package that was built.

    PATHS are the notes that it was built from, by default source_notes/. A ledger that is there is left alone.

    \b
    crisis-cards recover build/cuban-missile-crisis.apkg
    """
    root, _ = configured(paths_of(paths, takes_input=False))
    entries = recover(Path(package))
    with open_ledger(root) as ledger:
        if ledger.exists:
            raise CouldNotRunError(f"{root / LEDGER_NAME}: is there; move it away first if it is the wrong one")
        keep(ledger, entries)
    terminal.result(str(root / LEDGER_NAME))
    terminal.say(f"{count(len(entries), 'fact')} known again")
    return 0
