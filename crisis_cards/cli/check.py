"""`crisis-cards check`."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache

import click

from crisis_cards.check import NAMES, PAGES, check, inspection_of, nearest
from crisis_cards.cli.notes import Notes, build_notes, notes_at, paths_of
from crisis_cards.cli.terminal import Terminal, with_output_options
from crisis_cards.delivery import read_ledger
from crisis_cards.diagnostics import CouldNotRunError, Diagnostic, Severity
from crisis_cards.language import Lexicon, Parser, load_parser
from crisis_cards.pipeline import Build
from crisis_cards.report import annotation, closing, count, coverage, diagnostic_json
from crisis_cards.tongues import ENGLISH


@click.command(name="check")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--strict", is_flag=True, help="Exit 1 on warnings, too.")
@click.option("--explain", "rule", metavar="RULE", help="Print the page of a rule: what it finds, why, what to write.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of findings as JSON.")
@click.option("--github", "as_github", is_flag=True, help="Print findings as annotations of GitHub.")
@with_output_options
def command(
    paths: tuple[str, ...], *, strict: bool, rule: str | None, as_json: bool, as_github: bool, terminal: Terminal
) -> int:
    """Say what to mend in the notes; change nothing.

    Slips of the fingers, pronouns that nobody explains, answers too long to grade, cards that ask the same, and more.
    A line that ends with #allow(rule) is not told of; a table [check] in deck.toml makes a rule "off", a "warning" or
    an "error". Exits 1 on errors.

    \b
    crisis-cards check
    crisis-cards check history.md --strict
    crisis-cards check --explain long-answer
    """
    if rule is not None:
        terminal.result(_page(rule))
        return 0
    if as_json and as_github:
        raise CouldNotRunError("--json and --github: choose one")
    notes = notes_at(paths_of(paths), terminal)
    parser_of = cache(load_parser)
    made = build_notes(notes, read_ledger(notes.root).entries, terminal, looks_at=lambda _: True, parser_of=parser_of)
    found = findings_of(notes, made, parser_of)
    statements = coverage(made.accounts)[1]
    if as_json:
        terminal.data(json.dumps([diagnostic_json(each) for each in found], ensure_ascii=False, indent=2))
    elif as_github:
        for each in found:
            terminal.result(annotation(each, terminal.place))
    else:
        terminal.report(found, on_stdout=True)
    terminal.say(closing(found) or f"nothing to mend in {count(statements, 'statement')}")
    return 1 if any(strict or each.severity is Severity.ERROR for each in found) else 0


def findings_of(notes: Notes, made: Build, parser_of: Callable[[str], Parser]) -> tuple[Diagnostic, ...]:
    """What there is to tell of a build of `notes` that looked at all of them."""
    is_known = notes.config.language.partition("-")[0] == ENGLISH
    lexicon = parser_of(notes.config.model).lexicon if is_known else Lexicon(frozenset(), ())
    inspection = inspection_of(
        made.documents, made.accounts, notes.config, told=made.diagnostics, lexicon=lexicon, names=NAMES
    )
    return check(inspection, dict(notes.config.severities))


def _page(rule: str) -> str:
    if rule not in PAGES:
        raise CouldNotRunError(f'unknown rule "{rule}"; {nearest(rule, NAMES)}')
    return PAGES[rule]
