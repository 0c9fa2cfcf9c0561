"""`crisis-cards build`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from crisis_cards.changes import ChangeKind
from crisis_cards.cli.notes import build_notes, notes_at, paths_of, wait_until
from crisis_cards.cli.terminal import Terminal, with_output_options
from crisis_cards.config import package_name
from crisis_cards.delivery import deliver, is_current, open_ledger
from crisis_cards.diagnostics import CouldNotRunError, Severity
from crisis_cards.package import check_output_name
from crisis_cards.pipeline import Build
from crisis_cards.report import build_json, change_counts, closing, count, coverage, explanation, retired_hint, summary

FOLDER = Path("build")

# More than this share of the notes, and more than so many, retired at once are rather a mistake than an edit.
MASS_SHARE = 0.25
MASS_NOTES = 10


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
    if output == "":
        raise CouldNotRunError("-o: the path is empty")
    package = Path(output) if output else FOLDER / f"{package_name(notes.config.name)}.apkg"
    check_output_name(package)
    with open_ledger(notes.root) as ledger:
        is_asked_more = refresh or as_json or terminal.is_verbose
        if not is_asked_more and is_current(ledger, package, notes.digest) and notes.is_flawless():
            terminal.result(str(package))
            terminal.say(change_counts(()))
            terminal.say(retired_hint(ledger.entries))
            return 0
        made = build_notes(notes, ledger.entries, terminal, refreshes=refresh)
        terminal.report(made.diagnostics)
        if frozen and made.entries != ledger.entries:
            raise CouldNotRunError(f"the ledger would change ({change_counts(made.changes)}), and --frozen forbids it")
        if not allow_retire:
            _check_retired(made)
        if made.deck.notes:
            if any(change.kind is not ChangeKind.MOVED for change in made.changes):
                wait_until(max(note.modified for note in made.deck.notes))
            deliver(ledger, made.entries, made.deck, package, notes.digest)
    _tell(made, package, as_json=as_json, terminal=terminal)
    has_errors = any(each.severity is Severity.ERROR for each in made.diagnostics)
    return 1 if has_errors or not made.deck.notes else 0


def _check_retired(made: Build) -> None:
    """Stop before so much is retired that it must be a mistake: a folder not mounted, a file half saved."""
    retired = sum(1 for change in made.changes if change.kind is ChangeKind.RETIRED)
    before = sum(1 for entry in made.entries for note in entry.notes if not note.is_retired) + retired
    if retired > MASS_NOTES and retired > MASS_SHARE * before:
        raise CouldNotRunError(f"{retired} of {before} notes would be retired; if you mean it, add --allow-retire")


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
        statements = count(coverage(made.accounts)[1], "statement")
        terminal.say(f"no card in {statements}: nothing is written")
    else:
        terminal.say(summary(made))
        terminal.say(change_counts(made.changes))
        terminal.say(retired_hint(made.entries))
    terminal.say(closing(made.diagnostics))
