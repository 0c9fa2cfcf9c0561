"""`crisis-cards watch`."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import click

from crisis_cards.changes import ChangeKind
from crisis_cards.cli.making import MassRetirementError, make, package_of
from crisis_cards.cli.notes import Notes, notes_at, paths_of
from crisis_cards.cli.noticing import Sight, sights
from crisis_cards.cli.preview import looked_at, page_for
from crisis_cards.cli.serving import Server, Showing
from crisis_cards.cli.terminal import Terminal, with_output_options
from crisis_cards.config import Config, name_of_folder
from crisis_cards.delivery import LEDGER_NAME, LedgerHeldError, open_ledger
from crisis_cards.diagnostics import CouldNotRunError
from crisis_cards.language import load_parser
from crisis_cards.ledger import Entry
from crisis_cards.pipeline import Build
from crisis_cards.report import change_counts, change_lines, closing, news, no_card, retired_hint, summary
from crisis_cards.source import CONFIG_NAME, KINDS, SUFFIXES, find_root

LAST_PORT = 65535


@click.command(name="watch")
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("-o", "--output", type=click.Path(), help="The package to write; by default build/<deck name>.apkg.")
@click.option("--allow-retire", is_flag=True, help="Go on even if a large part of the deck would be retired.")
@click.option("--port", type=click.IntRange(0, LAST_PORT), default=0, help="Of the preview; by default any free one.")
@click.option("--open", "is_opened", is_flag=True, help="Open the preview in the browser.")
@click.option("--no-preview", is_flag=True, help="Build only.")
@with_output_options
def command(
    paths: tuple[str, ...],
    output: str | None,
    *,
    allow_retire: bool,
    port: int,
    is_opened: bool,
    no_preview: bool,
    terminal: Terminal,
) -> int:
    """Build again at every save, and show the cards in the browser.

    Builds as `crisis-cards build` does, prints the path of the package and the address of the preview, and waits.
    At every save it prints one line with what changed, and the preview is loaded again. Where the notes cannot be
    built as they are, it says why, writes nothing, and waits for the next save. Ctrl-C ends it.

    \b
    crisis-cards watch
    crisis-cards watch history.md -o history.apkg --open
    """
    named = paths_of(paths, takes_input=False)
    root = find_root(named)
    _check(named, root, output)
    with _interrupts(), nullcontext() if no_preview else Server(port) as server:
        showing = server.showing if server else None
        watching = Watching(named, root, terminal, output=output, may_retire=allow_retire, showing=showing)
        seen = sights([root, *(path.resolve() for path in named)])
        watching.look(next(seen))
        if server:
            terminal.result(server.address)
        if server and is_opened:
            click.launch(server.address)
        for sight in seen:
            watching.look(sight)
    return 0


@contextmanager
def _interrupts() -> Iterator[None]:
    """Let whoever ends the program do it as Ctrl-C does, so that nothing is left behind."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _check(paths: Sequence[Path], root: Path, output: str | None) -> None:
    """Refuse what no later save could mend: a path that is no notes, a package that cannot be written."""
    for path in paths:
        if not path.is_dir() and not path.name.lower().endswith(SUFFIXES):
            raise CouldNotRunError(f"{path}: not a kind of notes; {KINDS} files are read")
    package_of(output, Config(name_of_folder(root)))


class Watching:
    """The builds of some notes, one after the other, and what the last one saw."""

    def __init__(
        self,
        paths: tuple[Path, ...],
        root: Path,
        terminal: Terminal,
        *,
        output: str | None,
        may_retire: bool,
        showing: Showing | None,
    ) -> None:
        """`showing` gets the page of each build, and why there is none; None if nobody wants it."""
        self._paths, self._root, self._terminal = paths, root, terminal
        self._output, self._may_retire, self._showing = output, may_retire, showing
        self._parser_of = cache(partial(load_parser, remembers=True))
        self._built: Sight | None = None
        self._doubted: Sight | None = None
        self._is_held = False
        self._leading = self._leading_files()
        self._unread: frozenset[str] | None = None
        self._package: Path | None = None

    def look(self, sight: Sight) -> None:
        """Build, if this is another sight than that of the last build.

        What has gone or become empty is looked at once more before it is believed.
        """
        before, doubted = self._built, self._doubted
        self._doubted = None
        if before is not None and sight.files == before.files:
            if not self._is_held:
                return
        elif before is not None and sight.lacks(before) and (doubted is None or sight.files != doubted.files):
            self._doubted = sight
            return
        self._built = sight
        self._build()

    def _build(self) -> None:
        """Build, deliver, tell and show; or say why not, and nothing is written."""
        terminal = self._terminal
        terminal.begin()
        was_held, self._is_held = self._is_held, False
        try:
            made, package, page = self._made()
        except LedgerHeldError as error:
            self._is_held = True
            if not was_held:
                self._refuse(f"{error}; waiting for it")
        except MassRetirementError as error:
            self._refuse(f"{error.found}; put them back, or start again with --allow-retire; nothing is written")
        except (CouldNotRunError, OSError) as error:
            self._refuse(str(error))
        else:
            self._tell(made, package)
            if self._showing is not None and made.deck.notes:
                self._showing.show(page)

    def _refuse(self, reason: str) -> None:
        """Say, on the page too, why there is no build."""
        self._terminal.refuse(reason)
        if self._showing is not None:
            self._showing.tell(reason)

    def _made(self) -> tuple[Build, Path, str]:
        """A build that is delivered, its package, and its page if anyone wants it."""
        notes = notes_at(self._paths, self._terminal)
        self._check_whole(notes)
        package = package_of(self._output, notes.config)
        with open_ledger(notes.root) as ledger:
            made = make(notes, ledger, package, self._terminal, may_retire=self._may_retire, parser_of=self._parser_of)
            if self._built is not None:
                # Before anyone is told: what happens to the ledger from now on is news.
                self._built = self._built.with_now(self._root / LEDGER_NAME)
            page = self._page(notes, made, ledger.entries) if self._showing is not None else ""
        self._leading = self._leading_files()
        self._unread = frozenset(each.span.path for each in notes.diagnostics)
        return made, package, page

    def _page(self, notes: Notes, made: Build, before: tuple[Entry, ...]) -> str:
        """The page of a build on top of `before`."""
        looked, findings = looked_at(notes, before, self._terminal, self._parser_of)
        # Looked at a moment later, what changed would be dated otherwise.
        return page_for(notes, replace(made, accounts=looked.accounts), findings, is_live=True)

    def _check_whole(self, notes: Notes) -> None:
        """Raise CouldNotRunError if the notes are not all there as they were: someone is still at work on them."""
        gone = sorted(self._leading - self._leading_files())
        if gone:
            raise CouldNotRunError(f"{gone[0]}: is gone; put it back, or start again without it")
        if notes.root != self._root:
            raise CouldNotRunError(f"{notes.root / CONFIG_NAME}: makes this the folder of the notes; start again")
        unread = [each for each in notes.diagnostics if self._unread is not None and each.span.path not in self._unread]
        self._terminal.report(unread)
        if unread:
            raise CouldNotRunError(f"{unread[0].span.path}: nothing is written until it can be read again")

    def _leading_files(self) -> frozenset[str]:
        """Which of the files are there without which a deck would be another one."""
        return frozenset(name for name in (CONFIG_NAME, LEDGER_NAME) if (self._root / name).exists())

    def _tell(self, made: Build, package: Path) -> None:
        """What changed, on stdout in one line; at first, and when it is another one, the package before it."""
        terminal = self._terminal
        if not made.deck.notes:
            self._refuse(no_card(made))
            return
        is_first = self._package is None
        if package != self._package:
            self._package = package
            terminal.result(str(package))
        if is_first:
            terminal.say(summary(made))
            terminal.say(change_counts(made.changes))
        else:
            terminal.result(news(made))
        if terminal.is_verbose:
            terminal.say("\n".join(line for change in made.changes for line in change_lines(change, terminal.place)))
        if is_first or any(change.kind is ChangeKind.RETIRED for change in made.changes):
            terminal.say(retired_hint(made.entries))
        terminal.say(closing(made.diagnostics))
