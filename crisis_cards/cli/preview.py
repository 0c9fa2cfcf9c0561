"""`crisis-cards preview`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import click

from crisis_cards.advice import how_to_get_a_card
from crisis_cards.cli.check import findings_of
from crisis_cards.cli.notes import Notes, build_notes, notes_at, paths_of
from crisis_cards.cli.terminal import Terminal, with_output_options
from crisis_cards.config import package_name
from crisis_cards.delivery import read_ledger
from crisis_cards.diagnostics import CouldNotRunError, Diagnostic, Severity
from crisis_cards.language import Parser, load_parser
from crisis_cards.ledger import Entry
from crisis_cards.loading import UNCHANGED
from crisis_cards.model import Account
from crisis_cards.package import put_in_place
from crisis_cards.pipeline import Build
from crisis_cards.preview.page import page_of
from crisis_cards.preview.view import view_of
from crisis_cards.report import change_counts, closing, summary

FOLDER = Path("build")

# To say why a statement has no card, and what `check` says, all of them are parsed, some 6 ms each. In longer notes the
# page has what the build itself says, and names the commands that say more.
MAX_LINES = 1_000


@click.command(name="preview")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("-o", "--output", type=click.Path(), help="The page to write; by default build/<deck name>.html.")
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser.")
@with_output_options
def command(paths: tuple[str, ...], output: str | None, *, opens: bool, terminal: Terminal) -> int:
    """Show the notes and their cards on one page.

    Each statement with its cards beside it as Anki shows them on a phone, statements without cards and why, what
    there is to mend, and what the next build would change. The page needs no network. Prints the path of the page;
    the ledger and the package stay as they are.

    \b
    crisis-cards preview --open
    crisis-cards preview history.md -o history.html
    """
    notes = notes_at(paths_of(paths), terminal)
    if output == "":
        raise CouldNotRunError("-o: the path is empty")
    path = Path(output) if output else FOLDER / f"{package_name(notes.config.name)}.html"
    _check_output_name(path)
    made, findings = looked_at(notes, read_ledger(notes.root).entries, terminal, cache(load_parser))
    terminal.report(made.diagnostics)
    put_in_place([page_for(notes, made, findings).encode("utf-8", "replace")], path)
    terminal.result(str(path))
    terminal.say(summary(made))
    terminal.say(change_counts(made.changes))
    terminal.say(closing(made.diagnostics))
    if opens and click.launch(path.resolve().as_uri()):
        terminal.say(f"{path}: there is no browser to open it with")
    return 1 if any(each.severity is Severity.ERROR for each in made.diagnostics) else 0


def looked_at(
    notes: Notes, entries: tuple[Entry, ...], terminal: Terminal, parser_of: Callable[[str], Parser]
) -> tuple[Build, tuple[Diagnostic, ...]]:
    """The build that comes next, with the reasons why statements have no card, and what there is to tell."""
    if sum(source.text.count("\n") for source in notes.sources) > MAX_LINES:
        made = build_notes(notes, entries, terminal, parser_of=parser_of)
        return made, made.diagnostics
    made = build_notes(notes, entries, terminal, looks_at=lambda _: True, parser_of=parser_of)
    return made, findings_of(notes, made, parser_of)


def page_for(notes: Notes, made: Build, findings: Sequence[Diagnostic], *, is_live: bool = False) -> str:
    """The page of a build of `notes`, with what there is to tell of them.

    A live page follows its server: it opens `changes` beside itself, and loads itself again when told to `reload`.
    """

    def advice(account: Account) -> Iterator[str]:
        if account.reason == UNCHANGED:
            yield f"`crisis-cards explain {notes.root / str(account.block.span)}` says why there was none"
        else:
            yield from how_to_get_a_card(account)

    view = view_of(
        made.deck, made.accounts, entries=made.entries, changes=made.changes, diagnostics=findings, advice=advice
    )
    return page_of(view, is_live=is_live)


def _check_output_name(path: Path) -> None:
    """Raise CouldNotRunError for a file that must not become a page."""
    if path.suffix.lower() != ".html":
        raise CouldNotRunError(f'{path}: name does not end in ".html"')
    if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where it may not look
        raise CouldNotRunError(f"{path}: is a directory")
