"""From the paths on the command line to a build of the notes there, on top of the last one."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from crisis_cards import __version__
from crisis_cards.cli.standard_input import SIGN, is_passing, kept
from crisis_cards.cli.terminal import Terminal
from crisis_cards.config import Config, load_config
from crisis_cards.diagnostics import CouldNotRunError, Diagnostic
from crisis_cards.language import Parser, load_parser
from crisis_cards.ledger import Entry
from crisis_cards.media import Find, Located, located, media_below
from crisis_cards.notetypes import FACES_MODIFIED
from crisis_cards.pipeline import Build, Past, build
from crisis_cards.reading import NAMES, read
from crisis_cards.source import CONFIG_NAME, Source, find_root, find_sources, is_unread, name_of

DEFAULT_NOTES = Path("source_notes")

# Without one of these, notes show no picture and play no sound.
SHOWING = ("![", "<img", "<audio", "<source")

# A clock that is this many seconds behind the ledger is waited for; one further behind is wrong.
PATIENCE = 5


def paths_of(arguments: Sequence[str], *, takes_input: bool = True) -> tuple[Path, ...]:
    """The paths given, or the default folder; `-` is what comes over standard input."""
    if not arguments and not DEFAULT_NOTES.is_dir():
        raise CouldNotRunError(f"there is no {DEFAULT_NOTES}/ here; name the notes: crisis-cards build PATH")
    if "" in arguments:
        raise CouldNotRunError("one of the paths is empty; name the notes: crisis-cards build PATH")
    if SIGN in arguments and not takes_input:
        raise CouldNotRunError("-: only files and folders have what this is about; a file of this name is ./-")
    if SIGN in arguments and len(arguments) > 1:
        raise CouldNotRunError("-: standard input is a deck of its own; name it alone")
    return (kept(),) if SIGN in arguments else tuple(Path(argument) for argument in arguments) or (DEFAULT_NOTES,)


def configured(paths: Sequence[Path]) -> tuple[Path, Config]:
    """The root of the notes and what its deck.toml says."""
    root = find_root(paths)
    config = load_config(root)
    if config.severities:
        _check_rules(config)
    for _, syntax in config.syntaxes:
        if syntax not in NAMES:
            raise CouldNotRunError(
                f'{CONFIG_NAME}: unknown syntax "{syntax}" in [syntax]; known syntaxes: {", ".join(NAMES)}'
            )
    return root, config


def _check_rules(config: Config) -> None:
    from crisis_cards.check import NAMES as RULES  # noqa: PLC0415 - many files, and few deck.toml name a rule
    from crisis_cards.check import nearest  # noqa: PLC0415

    for rule, _ in config.severities:
        if rule not in RULES:
            raise CouldNotRunError(f'{CONFIG_NAME}: unknown rule "{rule}" in [check]; {nearest(rule, RULES)}')


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes that a command is about, as they are now."""

    root: Path
    paths: tuple[Path, ...]
    config: Config
    sources: tuple[Source, ...]
    diagnostics: tuple[Diagnostic, ...]
    find: Find
    unread: frozenset[str] = frozenset()

    @property
    def digest(self) -> str:
        """Of all that a deck is made from but the ledger."""
        notes = [(each.path, each.text) for each in self.sources]
        media = [medium.name for shown in self._shown() for medium in shown.media]
        parts = [__version__, FACES_MODIFIED, repr(self.config), notes, media]
        return blake2b(json.dumps(parts).encode("ascii"), digest_size=16).hexdigest()

    def is_flawless(self) -> bool:
        """Whether there is nothing to tell the author that every build of these notes would tell."""
        if (
            self.config.language != "en"
            or self.diagnostics
            or any(read(each, self.config.syntaxes)[1] for each in self.sources)
        ):
            return False
        return not any(shown.diagnostics for shown in self._shown())

    def _shown(self) -> Iterator[Located]:
        """The notes that may show pictures or play sounds, with what they name."""
        showing = (each for each in self.sources if any(sign in each.text for sign in SHOWING))
        return (located(read(source, self.config.syntaxes)[0], self.find) for source in showing)


def notes_at(paths: Sequence[Path], terminal: Terminal) -> Notes:
    """Read the notes at some paths."""
    root, config = configured(paths)
    terminal.place = _place(root)
    found = find_sources(root, paths)
    return Notes(root, tuple(paths), config, found.sources, found.diagnostics, media_below(root), found.unread)


def build_notes(
    notes: Notes,
    entries: tuple[Entry, ...],
    terminal: Terminal,
    *,
    refreshes: bool = False,
    looks_at: Callable[[str], bool] = lambda _: False,
    remembers: bool = True,
    parser_of: Callable[[str], Parser] = load_parser,
) -> Build:
    """Build on top of `entries`; what changes is dated now, or a second after the latest of them.

    `looks_at`: whether every card is told that was thought of for the lines of a file. `remembers`: whether accounts
    tell any. `parser_of` gives the language
    model of a name.
    """
    latest = max((note.modified for entry in entries for note in entry.notes), default=0)
    past = Past(
        entries,
        max(int(time.time()), latest + 1),
        is_within=_within(notes.root, notes.paths, {source.path for source in notes.sources}, notes.unread),
        refreshes=refreshes,
        looks_at=looks_at,
        remembers=remembers,
    )
    made = build(notes.sources, notes.config, past, parser_of, terminal.progress, find=notes.find)
    return replace(made, diagnostics=tuple(sorted([*notes.diagnostics, *made.diagnostics])))


def wait_until(moment: int) -> None:
    """Return when the clock shows `moment`: a package must not come from the future."""
    behind = moment - time.time()
    if behind > PATIENCE:
        raise CouldNotRunError(f"the clock is {int(behind)} seconds behind the ledger; set it right and build again")
    time.sleep(max(0.0, behind))


def _within(root: Path, paths: Sequence[Path], read: set[str], unread: frozenset[str]) -> Callable[[str], bool]:
    """Whether this build speaks for a path: it was read, or it is gone from the part that was named.

    A file that could not be read is not gone, and neither is one outside the part.
    """
    if any(path.resolve() == root.resolve() for path in paths):
        return lambda path: not is_unread(path, unread)
    parts = tuple(name_of(path, root) for path in paths)

    def is_within(path: str) -> bool:
        named = path in read or any(path == part or path.startswith(f"{part}/") for part in parts)
        return not is_unread(path, unread) and (named or not (root / path).exists())

    return is_within


def _place(root: Path) -> str:
    """What to put before a path that is relative to `root`, so that an editor finds it from here."""
    if is_passing(root):
        return ""
    here = os.path.relpath(root)
    if here == os.curdir:
        return ""
    return f"{root.resolve() if here.startswith(os.pardir) else here}{os.sep}"
