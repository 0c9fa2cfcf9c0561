"""`crisis-cards build`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from crisis_cards.cli.notes import build_notes, configured, paths_of
from crisis_cards.cli.terminal import Terminal, with_output_options
from crisis_cards.config import package_name
from crisis_cards.diagnostics import CouldNotRunError, Severity
from crisis_cards.package import check_output_name, write_package
from crisis_cards.report import build_json, closing, count, coverage, explanation, summary

FOLDER = Path("build")


@click.command(name="build")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("-o", "--output", type=click.Path(), help="The package to write; by default build/<deck name>.apkg.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@with_output_options
def command(paths: tuple[str, ...], output: str | None, *, as_json: bool, terminal: Terminal) -> int:
    """Turn notes into an Anki package.

    PATHS are files and folders of notes, by default source_notes/. The nearest folder upwards with a deck.toml names
    the deck. Prints the path of the package.

    \b
    crisis-cards build
    crisis-cards build history.md -o history.apkg
    """  # noqa: D301 - click reads the character backspace as "leave these lines as they are"
    given = paths_of(paths)
    root, config = configured(given)
    if output == "":
        raise CouldNotRunError("-o: the path is empty")
    package = Path(output) if output else FOLDER / f"{package_name(config.name)}.apkg"
    check_output_name(package)
    made = build_notes(root, given, config, terminal)
    terminal.report(made.diagnostics)
    if made.deck.notes:
        write_package(made.deck, package)
    if as_json:
        terminal.result(
            json.dumps(build_json(made, str(package) if made.deck.notes else ""), ensure_ascii=False, indent=2)
        )
    elif made.deck.notes:
        terminal.result(str(package))
    if terminal.is_verbose:
        unasked = [account for account in made.accounts if account.reason]
        terminal.say(
            "\n".join(line for account in unasked for line in explanation(account) if not line.startswith("   "))
        )
    if made.deck.notes:
        terminal.say(summary(made))
    else:
        statements = count(coverage(made.accounts)[1], "statement")
        terminal.say(f"no card in {statements}: nothing is written")
    terminal.say(closing(made.diagnostics))
    has_errors = any(each.severity is Severity.ERROR for each in made.diagnostics)
    return 1 if has_errors or not made.deck.notes else 0
