"""When something may have changed that a build reads, and what there is then.

The system tells of changes at once, but not of all: nothing of what a link leads to, of some network drives, or of a
folder that was removed and made again. So one look is taken at the files themselves, whenever the system tells of
something and every second or so, and what it saw is compared.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from watchfiles import watch

from crisis_cards.delivery import LEDGER_NAME
from crisis_cards.source import IGNORE_NAME

# What commands write and do not read, perhaps beside the notes. Previews are pages, which may be notes.
OUTPUTS = (".apkg",)

# A burst of changes is over after so many milliseconds without a further one, or after so many in all.
STEP, DEBOUNCE = 50, 1600

# Seconds between two looks when nothing is told; or, where one takes long, so many times as long.
LOOK = 1.0
REST = 50


@dataclass(frozen=True, slots=True)
class File:
    """What is seen of a file without reading it. `modified`: nanoseconds since 1970. `size`: in bytes."""

    inode: int
    mode: int
    modified: int
    size: int


@dataclass(frozen=True, slots=True)
class Sight:
    """The files that a build may read, and the folders they lie in, each with its device and inode."""

    files: dict[str, File]
    folders: dict[str, tuple[int, int]]

    def lacks(self, before: Sight) -> bool:
        """Whether a file has gone or is empty that was there `before`: it may be in the middle of being saved."""
        here = {path for path, file in self.files.items() if file.size}
        return any(file.size and path not in here for path, file in before.files.items())

    def with_now(self, file: Path) -> Sight:
        """The same, with a file as it is now: one that the build itself has written."""
        now = _look([file]).files
        return Sight({**{path: seen for path, seen in self.files.items() if path != str(file)}, **now}, self.folders)


def sights(starts: Iterable[Path]) -> Iterator[Sight]:
    """What is seen at and below `starts`, now and whenever it may be something else; never ends."""
    places = tuple(starts)
    while True:
        begun = time.monotonic()
        first = _look(places)
        pause = max(LOOK, REST * (time.monotonic() - begun))
        yield first
        try:
            for _ in watch(
                *first.folders,
                watch_filter=None,
                debounce=DEBOUNCE,
                step=STEP,
                rust_timeout=int(1000 * pause),
                yield_on_timeout=True,
                recursive=False,
                ignore_permission_denied=True,
            ):
                now = _look(places)
                yield now
                if now.folders != first.folders:
                    break
        except (OSError, RuntimeError):  # a folder went meanwhile, or the system watches no more of them for this user
            time.sleep(pause)


def _look(places: Iterable[Path]) -> Sight:
    """Look once. Hidden names, those that end in ~ and links to folders are passed by, as in a build."""
    files: dict[str, File] = {}
    folders: dict[str, tuple[int, int]] = {}
    waiting = [str(place) for place in places]
    while waiting:
        here = waiting.pop()
        if here in folders:
            continue
        with suppress(OSError):  # what cannot be seen is not there; the build says why
            seen = os.stat(here)  # noqa: PTH116 - many strings, and no path of any of them is needed
            if not stat.S_ISDIR(seen.st_mode):
                files[here] = _file(seen)
                continue
            folders[here] = (seen.st_dev, seen.st_ino)
            with os.scandir(here) as entries:
                for entry in entries:
                    if _is_passed_by(entry.name):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif entry.is_file():
                        with suppress(OSError):
                            files[entry.path] = _file(entry.stat())
    return Sight(files, folders)


def _file(seen: os.stat_result) -> File:
    return File(seen.st_ino, seen.st_mode, seen.st_mtime_ns, seen.st_size)


def _is_passed_by(name: str) -> bool:
    is_hidden = name.startswith(".") and name != IGNORE_NAME
    return is_hidden or name.startswith(f"{LEDGER_NAME}.") or name.endswith(("~", *OUTPUTS))
