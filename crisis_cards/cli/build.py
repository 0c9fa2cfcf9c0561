"""`crisis-cards build`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from crisis_cards.cli.making import make, package_of
from crisis_cards.cli.notes import notes_at, paths_of
from crisis_cards.cli.terminal import Terminal, with_output_options
from crisis_cards.delivery import is_current, open_ledger
from crisis_cards.diagnostics import Severity
from crisis_cards.pipeline import Build
from crisis_cards.report import (
    build_json,
    change_counts,
    closing,
    explanation,
    left_out,
    no_card,
    retired_hint,
    summary,
)


@click.command(name="build")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("-o", "--output", type=click.Path(), help="The package to write; by default build/<deck name>.apkg.")
@click.option("--refresh", is_flag=True, help="Reword unchanged statements too, with today's templates.")
@click.option("--frozen", is_flag=True, help="Fail if anything would change.")
@click.option("--allow-retire", is_flag=True, help="Go on even if a large part of the deck would be retired.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@with_output_options
def command(
    paths: tuple[str, ...],
    output: str | None,
    *,
    refresh: bool,
    frozen: bool,
    allow_retire: bool,
    as_json: bool,
    terminal: Terminal,
) -> int:
    """Turn notes into an Anki package.

    PATHS are files and folders of notes, by default source_notes/. The nearest folder upwards with a deck.toml names
    the deck, and holds the ledger, by which the next build knows these cards again. Prints the path of the package.

    \b
    crisis-cards build
    crisis-cards build history.md -o history.apkg
    """
    notes = notes_at(paths_of(paths), terminal)
    package = package_of(output, notes.config)
    with open_ledger(notes.root) as ledger:
        is_asked_more = refresh or as_json or terminal.is_verbose
        if not is_asked_more and is_current(ledger, package, notes.digest) and notes.is_flawless():
            terminal.result(str(package))
            terminal.say(change_counts(()))
            terminal.say(retired_hint(ledger.entries))
            return 0
        made = make(notes, ledger, package, terminal, refreshes=refresh, is_frozen=frozen, may_retire=allow_retire)
    _tell(made, package, as_json=as_json, terminal=terminal)
    has_errors = any(each.severity is Severity.ERROR for each in made.diagnostics)
    return 1 if has_errors or not made.deck.notes else 0


def _tell(made: Build, package: Path, *, as_json: bool, terminal: Terminal) -> None:
    """The result on stdout, and what there is to say of it on stderr."""
    written = str(package) if made.deck.notes else ""
    if as_json:
        terminal.result(json.dumps(build_json(made, written), ensure_ascii=False, indent=2))
    elif written:
        terminal.result(written)
    if terminal.is_verbose:
        unasked = [account for account in made.accounts if account.reason]
        lines = (line for account in unasked for line in explanation(account) if not line.startswith("   "))
        terminal.say("\n".join(lines))
    if not written:
        terminal.say(no_card(made))
        terminal.say(left_out(made.accounts))
    else:
        terminal.say(summary(made))
        terminal.say(left_out(made.accounts))
        terminal.say(change_counts(made.changes))
        terminal.say(retired_hint(made.entries))
    terminal.say(closing(made.diagnostics))
