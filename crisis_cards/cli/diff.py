"""`crisis-cards diff`."""

from __future__ import annotations

import json

import click

from crisis_cards.cli.notes import build_notes, notes_at, paths_of
from crisis_cards.cli.terminal import Terminal, with_output_options
from crisis_cards.delivery import read_ledger
from crisis_cards.diagnostics import Severity
from crisis_cards.report import change_counts, change_json, change_lines


@click.command(name="diff")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--refresh", is_flag=True, help="As of a build with --refresh.")
@click.option("--exit-code", is_flag=True, help="Exit 1 when something would change.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of changes as JSON.")
@with_output_options
def command(paths: tuple[str, ...], *, refresh: bool, exit_code: bool, as_json: bool, terminal: Terminal) -> int:
    """Say what the next build would do to the learner's collection; change nothing.

    New notes, reworded ones (old and new), corrected answers, statements moved to another file, retired and revived
    notes, statements that may be one of several before, each with file and line.

    \b
    crisis-cards diff
    crisis-cards diff --exit-code -q
    """
    notes = notes_at(paths_of(paths), terminal)
    made = build_notes(notes, read_ledger(notes.root).entries, terminal, refreshes=refresh, remembers=False)
    terminal.report(made.diagnostics)
    if as_json:
        terminal.data(json.dumps([change_json(change) for change in made.changes], ensure_ascii=False, indent=2))
    elif made.changes:
        terminal.result("\n".join(line for change in made.changes for line in change_lines(change, terminal.place)))
    terminal.say(change_counts(made.changes))
    has_errors = any(each.severity is Severity.ERROR for each in made.diagnostics)
    return 1 if has_errors or (exit_code and made.changes) else 0
