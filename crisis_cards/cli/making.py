"""Build on top of the ledger and deliver: what `build` does once and `watch` at every save."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from crisis_cards.changes import ChangeKind
from crisis_cards.cli.notes import Notes, build_notes, wait_until
from crisis_cards.cli.terminal import Terminal
from crisis_cards.config import Config, package_name
from crisis_cards.delivery import Ledger, deliver
from crisis_cards.diagnostics import CouldNotRunError
from crisis_cards.language import Parser, load_parser
from crisis_cards.package import check_output_name
from crisis_cards.pipeline import Build
from crisis_cards.report import change_counts

FOLDER = Path("build")

# More than this share of the notes, and more than so many, retired at once are rather a mistake than an edit.
MASS_SHARE = 0.25
MASS_NOTES = 10


class MassRetirementError(CouldNotRunError):
    """So much would be retired that it must be a mistake: a folder not mounted, a file half saved."""

    def __init__(self, retired: int, before: int) -> None:
        """`retired` of the `before` notes that are alive now."""
        self.found = f"{retired} of {before} notes would be retired"
        super().__init__(f"{self.found}; if you mean it, add --allow-retire")


def package_of(output: str | None, config: Config) -> Path:
    """The package to write: the one that was asked for, or the one that has the deck's name."""
    if output == "":
        raise CouldNotRunError("-o: the path is empty")
    package = Path(output) if output else FOLDER / f"{package_name(config.name)}.apkg"
    check_output_name(package)
    return package


def make(
    notes: Notes,
    ledger: Ledger,
    package: Path,
    terminal: Terminal,
    *,
    refreshes: bool = False,
    is_frozen: bool = False,
    may_retire: bool = False,
    remembers: bool = True,
    parser_of: Callable[[str], Parser] = load_parser,
) -> Build:
    """Build on top of `ledger`, which is open, tell the author's mistakes, and deliver what has cards.

    `remembers`: whether the accounts of what is built tell every card that was thought of.

    Raises CouldNotRunError, and nothing is written, if the ledger would change although it `is_frozen`, if much would
    be retired (MassRetirementError) unless it `may_retire`, and as `deliver` does.
    """
    made = build_notes(notes, ledger.entries, terminal, refreshes=refreshes, remembers=remembers, parser_of=parser_of)
    terminal.report(made.diagnostics)
    if is_frozen and made.entries != ledger.entries:
        raise CouldNotRunError(f"the ledger would change ({change_counts(made.changes)}), and --frozen forbids it")
    if not may_retire:
        _check_retired(made)
    if made.deck.notes:
        if any(change.kind is not ChangeKind.MOVED for change in made.changes):
            wait_until(max(note.modified for note in made.deck.notes))
        deliver(ledger, made.entries, made.deck, package, notes.digest)
    return made


def _check_retired(made: Build) -> None:
    retired = sum(1 for change in made.changes if change.kind is ChangeKind.RETIRED)
    before = sum(1 for entry in made.entries for note in entry.notes if not note.is_retired) + retired
    if retired > MASS_NOTES and retired > MASS_SHARE * before:
        raise MassRetirementError(retired, before)
