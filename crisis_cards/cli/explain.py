"""`crisis-cards explain`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

from crisis_cards.cli.notes import build_notes, configured, notes_at
from crisis_cards.cli.terminal import Terminal, with_output_options
from crisis_cards.delivery import read_ledger
from crisis_cards.diagnostics import CouldNotRunError, Severity
from crisis_cards.report import account_json, explanation, written_of
from crisis_cards.source import name_of


@click.command(name="explain")
@click.argument("place", metavar="FILE[:LINE]")
@click.option("--json", "as_json", is_flag=True, help="Print a list of accounts as JSON.")
@with_output_options
def command(place: str, *, as_json: bool, terminal: Terminal) -> int:
    """Say what became of each line of a file of notes.

    For each: the facts in it, what was filled in and from which line, every card thought of, and why it was kept or
    dropped. All the notes around the file are read, as `build` reads them.

    \b
    crisis-cards explain source_notes/cuba.txt
    crisis-cards explain source_notes/cuba.txt:12
    """
    file, line = _parted(place)
    root, _ = configured((file,))
    # The file first: where links lead to one file by several names, this is the name that it is read by.
    name = name_of(file, root)
    notes = notes_at((file, root), terminal)
    made = build_notes(notes, read_ledger(root).entries, terminal, looks_at=lambda path: path == name)
    lines = [line for source in notes.sources if source.path == name for line in source.text.split("\n")]
    found = [account for account in made.accounts if account.block.span.path == name]
    told = zip(found, written_of(found, lines), strict=True)
    wanted = [each for each in told if line is None or each[0].block.span.first <= line <= each[0].block.span.last]
    mistakes = [each for each in made.diagnostics if each.span.path == name]
    terminal.report(each for each in mistakes if line is None or each.span.first <= line <= each.span.last)
    if line is not None and not wanted:
        raise CouldNotRunError(f"{file}:{line}: there is nothing on this line")
    if as_json:
        terminal.result(json.dumps([account_json(*each) for each in wanted], ensure_ascii=False, indent=2))
    else:
        tool = next((document.syntax for document in made.documents if document.path == name), "")
        if tool:
            terminal.say(f"{file}: its cards are written as {tool} has them; [syntax] in deck.toml can say otherwise")
        terminal.result("\n\n".join("\n".join(explanation(*each)) for each in wanted))
    return 1 if any(each.severity is Severity.ERROR for each in mistakes) else 0


def _parted(place: str) -> tuple[Path, int | None]:
    """A path and a line; a file whose own name ends in a number after a colon is that file."""
    match = re.fullmatch(r"(.+):(\d+)", place, re.DOTALL)
    if match is None or Path(place).exists():
        file, line = Path(place), None
    else:
        file, line = Path(match[1]), int(match[2])
    if file.is_dir():
        raise CouldNotRunError(f"{file}: is a folder; explain takes one file")
    return file, line
