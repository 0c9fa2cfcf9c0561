"""Which names in a folder are no notes: those of tools, backups and other programs' own, and what the author ignores.

`.crisisignore` has gitignore's language, one in any folder: its patterns are about what is in and below that folder, a
deeper one goes before a higher one, `!` takes back, and nothing below a folder that is ignored is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pathspec import GitIgnoreSpec
from pathspec.patterns.gitignore import GitIgnorePatternError
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from crisis_cards.diagnostics import Diagnostic, Severity, Span

IGNORE_NAME = ".crisisignore"
RULE = "ignore-pattern"

TOOL_FOLDERS = frozenset(
    "node_modules bower_components __pycache__ __macosx @eadir #recycle #snapshot $recycle.bin lost+found".split()
) | {"system volume information"}
"""Folders of package managers, archives and file servers, in small letters. What begins with a dot is none of them."""

LOGSEQ, LOGSEQ_FOLDERS = "logseq", frozenset({"bak", "version-files"})
ENVIRONMENT = "pyvenv.cfg"
"""What makes a folder one of Python's virtual environments, whatever its name."""

MAX_DEEP = 3
"""How many `**` one pattern may have: each more makes a long path slower to look at."""

_BACKUP = re.compile(r"~\$|.*~\Z|#.*#\Z|.*\.(?:bak|orig|swp)(?:\.\w+)?\Z", re.DOTALL | re.IGNORECASE)
_CONFLICT = re.compile(r".*(?:\.sync-conflict-\d|\([^()]*conflicted copy[^()]*\))", re.DOTALL | re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\.(.+)\.icloud\Z", re.DOTALL)
_STAR, _ONE = "[^/]*", "[^/]"
_INNER = re.compile("[\0\1]")
"""What stands for these two while a pattern is rewritten; no name that anybody types has one."""

NONE = "is no pattern of gitignore"


@dataclass(frozen=True, slots=True)
class Ignoring:
    """What one `.crisisignore` says. `folder`: the path of its folder, as all paths that it is asked about begin."""

    folder: str
    patterns: GitIgnoreSpec


def is_tools(folder: str, name: str) -> bool:
    """Whether a folder called `name` in one called `folder` belongs to a tool."""
    small = name.lower()
    return (
        small.startswith(".")
        or small.endswith("~")
        or small in TOOL_FOLDERS
        or (folder == LOGSEQ and small in LOGSEQ_FOLDERS)
    )


def is_backup(name: str) -> bool:
    """Whether a file of this name is hidden, or what an editor or office program leaves beside the one it has open."""
    return name.startswith(".") or _BACKUP.match(name) is not None


def is_conflict(name: str) -> bool:
    """Whether a file of this name is what a sync tool made of two versions of another."""
    return _CONFLICT.match(name) is not None


def placeholder_of(name: str) -> str:
    """The name of the file that iCloud has and this machine has not, if that is what a name says; else empty."""
    found = _PLACEHOLDER.match(name)
    return found[1] if found else ""


def ignoring(name: str, folder: str, text: str) -> tuple[Ignoring, tuple[Diagnostic, ...]]:
    """What the `.crisisignore` known as `name`, which lies in `folder`, says; patterns that are none are told."""
    patterns = []
    diagnostics = []
    for number, line in enumerate(text.split("\n"), 1):
        pattern = _pattern(line)
        if isinstance(pattern, str):
            message = f"“{_shown(line)}” {pattern}; nothing is ignored by it"
            diagnostics.append(Diagnostic(Span(name, number, number), Severity.WARNING, RULE, message))
        elif pattern is not None:
            patterns.append(pattern)
    return Ignoring(folder, GitIgnoreSpec(patterns, backend="simple")), tuple(diagnostics)


def is_ignored(path: str, above: Sequence[Ignoring], *, is_folder: bool) -> bool:
    """Whether a path is ignored by the files above it, which are in order from the highest."""
    for each in reversed(above):
        below = path[len(each.folder) :].lstrip("/")
        said = each.patterns.check_file(f"{below}/" if is_folder else below).include
        if said is not None:
            return said
    return False


def fits(pattern: str, path: str) -> bool:
    """Whether a pattern of gitignore takes in the file at a path; one that is none takes in nothing."""
    patterns = _alone(pattern)
    return patterns is not None and patterns.match_file(path)


def why_unfit(pattern: str) -> str:
    """What a pattern is if no file can fit it; empty if one can."""
    found = _pattern(pattern)
    if isinstance(found, str):
        return found
    return "" if found is not None and found.include else "takes in no file"


@lru_cache(maxsize=1000)
def _alone(pattern: str) -> GitIgnoreSpec | None:
    """What a pattern says by itself: deck.toml has few, and each is held against every file."""
    found = _pattern(pattern)
    return GitIgnoreSpec([found], backend="simple") if isinstance(found, _Pattern) else None


def _pattern(line: str) -> _Pattern | str | None:
    """The pattern of a line; None if it has none, and what it is if it is not one."""
    if line.count("**") > MAX_DEEP:
        return f"has more than {MAX_DEEP} times **"
    if _INNER.search(line):
        return NONE
    try:
        pattern = _Pattern(line)
    except (GitIgnorePatternError, re.error):
        return NONE
    if pattern.include is not None:
        return pattern
    return None if not line.strip() or line.startswith("#") else NONE


class _Pattern(GitIgnoreSpecPattern):
    """A pattern of gitignore that takes linear time on any name.

    The library writes each star as `[^/]*`, and several of them in one name try all ways to share it out. The first
    place where what stands between two stars is found is as good as any later one, so it need not be left again.
    """

    @classmethod
    def pattern_to_regex(cls, pattern: str | bytes) -> tuple[str | bytes | None, bool | None]:  # type: ignore[override]
        regex, include = super().pattern_to_regex(pattern)
        return (_without_going_back(regex) if isinstance(regex, str) else regex), include


def _without_going_back(regex: str) -> str:
    parts = []
    for part in regex.replace(_STAR, "\0").replace(_ONE, "\1").split("/"):
        first, *others = re.sub("\0+", "\0", part).split("\0")
        between = "".join(f"(?>\0?{each})" for each in others[:-1])
        parts.append(f"{first}{between}\0{others[-1]}" if others else first)
    return "/".join(parts).replace("\0", _STAR).replace("\1", _ONE)


def _shown(line: str) -> str:
    return line if len(line) <= 40 else f"{line[:40]}…"  # noqa: PLR2004 - enough to find it
