"""`crisis-cards prune`."""

from __future__ import annotations

from dataclasses import replace

import click

from crisis_cards.cli.notes import configured, paths_of
from crisis_cards.cli.terminal import Terminal, with_output_options
from crisis_cards.delivery import keep, open_ledger
from crisis_cards.report import count


@click.command(name="prune")
@click.argument("paths", nargs=-1, type=click.Path())
@with_output_options
def command(paths: tuple[str, ...], *, terminal: Terminal) -> int:
    """Forget the retired notes, once they are deleted in Anki.

    Until then each package still has them, so that the learner can find them there: tag:crisis-cards::retired

    \b
    crisis-cards prune
    """
    root, _ = configured(paths_of(paths, takes_input=False))
    with open_ledger(root) as ledger:
        alive = [
            replace(entry, notes=tuple(note for note in entry.notes if not note.is_retired)) for entry in ledger.entries
        ]
        kept = [now for now, before in zip(alive, ledger.entries, strict=True) if now.notes or not before.notes]
        forgotten = sum(len(entry.notes) for entry in ledger.entries) - sum(len(entry.notes) for entry in kept)
        keep(ledger, kept)
    terminal.say(f"{count(forgotten, 'retired note')} forgotten")
    return 0
