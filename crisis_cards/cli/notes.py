"""From the paths on the command line to a build of the notes there."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from crisis_cards.cli.terminal import Terminal
from crisis_cards.config import Config, load_config
from crisis_cards.diagnostics import CouldNotRunError
from crisis_cards.language import load_parser
from crisis_cards.model import Build
from crisis_cards.pipeline import build
from crisis_cards.source import find_root, find_sources

DEFAULT_NOTES = Path("source_notes")


def paths_of(arguments: Sequence[str]) -> tuple[Path, ...]:
    """The paths given, or the default folder."""
    if not arguments and not DEFAULT_NOTES.is_dir():
        raise CouldNotRunError(f"there is no {DEFAULT_NOTES}/ here; name the notes: crisis-cards build PATH")
    if "" in arguments:
        raise CouldNotRunError("one of the paths is empty; name the notes: crisis-cards build PATH")
    return tuple(Path(argument) for argument in arguments) or (DEFAULT_NOTES,)


def configured(paths: Sequence[Path]) -> tuple[Path, Config]:
    """The root of the notes and what its deck.toml says."""
    root = find_root(paths)
    return root, load_config(root)


def _place(root: Path) -> str:
    """What to put before a path that is relative to `root`, so that an editor finds it from here."""
    here = os.path.relpath(root)
    if here == os.curdir:
        return ""
    return f"{root.resolve() if here.startswith(os.pardir) else here}{os.sep}"


def build_notes(root: Path, paths: Sequence[Path], config: Config, terminal: Terminal) -> Build:
    """Read and build; files dated in the future count as of now, for a package must not come from there."""
    terminal.place = _place(root)
    sources, diagnostics = find_sources(root, paths)
    now = int(time.time())
    dated = [replace(source, modified=min(source.modified, now)) for source in sources]
    made = build(dated, config, load_parser, terminal.progress)
    return replace(made, diagnostics=tuple(sorted([*diagnostics, *made.diagnostics])))
