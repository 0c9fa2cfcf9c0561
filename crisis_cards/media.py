"""The pictures and sounds that notes name: found in the notes' folder, and given names that are safe in Anki.

Nothing outside the folder becomes a medium, whatever a note or a link says. The name comes from the content, so a
picture that changes is another one, and two of one name do not meet (Anki knows names only, and keeps the first).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePosixPath

from crisis_cards.diagnostics import Diagnostic, Severity, Span
from crisis_cards.model import Block, Document, Exhibit, ExhibitKind, Medium, Pair, Statement
from crisis_cards.reading.media import why_unfit
from crisis_cards.source import is_tools

MAX_BYTES = 50 * 1024 * 1024
"""AnkiWeb takes no medium of more than 100 MB; a phone is not happy with half of that."""

RULE = "missing-image"

Find = Callable[[str, str], Medium | str]
"""From a note's path and what it names to the medium, or to why there is none."""


@dataclass(frozen=True, slots=True)
class Located:
    """A document that names media as Anki will know them, these media, and what to tell the author."""

    document: Document
    media: tuple[Medium, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def media_below(root: Path) -> Find:
    """How media are found below `root`: beside the note, below the root, or by a name that only one file has."""
    home = root.resolve()

    @cache
    def named() -> dict[str, list[Path]]:
        found: dict[str, list[Path]] = {}
        folders = [str(home)]
        while folders:  # os.walk calls itself once a level, and some go a thousand down
            with suppress(OSError), os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if not entry.is_dir(follow_symlinks=False):
                        found.setdefault(entry.name, []).append(Path(entry.path))
                    elif not is_tools("", entry.name):
                        folders.append(entry.path)
        return {name: sorted(files) for name, files in found.items()}

    @cache
    def find(path: str, target: str) -> Medium | str:
        name = PurePosixPath(target).name
        beside = [(home / path).parent / target, home / target.lstrip("/")]
        candidates = [each for each in beside if _is_file(each)][:1] or named().get(name, [])
        if not candidates:
            return f'"{target}" is not in the folder of the notes; put it there or mend the name'
        if len(candidates) > 1:
            return f'"{target}" may be one of {len(candidates)} files; name its folder, too'
        return _medium(candidates[0], home, target)

    return find


def located(document: Document, find: Find) -> Located:
    """A document with its media found; what is not found is left out, and told."""
    media: dict[str, Medium] = {}
    diagnostics: list[Diagnostic] = []

    def found(exhibits: Iterable[Exhibit], block: Statement | Pair) -> tuple[Exhibit, ...]:
        kept = []
        for exhibit in exhibits:
            if exhibit.kind not in (ExhibitKind.PICTURE, ExhibitKind.SOUND):
                kept.append(exhibit)
                continue
            medium = why_unfit(exhibit) or find(document.path, exhibit.target)
            if isinstance(medium, str):
                where = Span(document.path, exhibit.line, exhibit.line)
                # The picture may stand below the line that allows it, where `check` would not look.
                if RULE not in block.allows:
                    diagnostics.append(Diagnostic(where, Severity.WARNING, RULE, medium))
            else:
                media[medium.name] = medium
                kept.append(replace(exhibit, target=medium.name))
        return tuple(kept)

    def with_media(block: Block) -> Block:
        match block:
            case Statement() if block.exhibits:
                return replace(block, exhibits=found(block.exhibits, block))
            case Pair() if block.prompt_exhibits or block.answer_exhibits:
                prompt, answer = found(block.prompt_exhibits, block), found(block.answer_exhibits, block)
                return replace(block, prompt_exhibits=prompt, answer_exhibits=answer)
            case _:
                return block

    blocks = tuple(map(with_media, document.blocks))
    return Located(replace(document, blocks=blocks), tuple(media.values()), tuple(diagnostics))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _medium(file: Path, home: Path, target: str) -> Medium | str:
    try:
        real = file.resolve(strict=True)
        if not real.is_relative_to(home):
            return f'"{target}" lies outside the folder of the notes; copy it there'
        if real.stat().st_size > MAX_BYTES:
            return f'"{target}" has more than {MAX_BYTES // 1024 // 1024} MB; make it smaller'
        content = real.read_bytes()
    except (OSError, RuntimeError) as error:  # a link that leads to itself is the second
        said = error.strerror if isinstance(error, OSError) else None
        return f'"{target}": {(said or str(error)).lower()}'
    # Not the suffix of the file: what a link leads to may have any name.
    return Medium(f"crisis-cards-{sha256(content).hexdigest()[:24]}{PurePosixPath(target).suffix.lower()}", content)
