"""deck.toml: the deck's name, the language of the notes, the glossary of their short forms, what `check` tells."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from crisis_cards.diagnostics import CouldNotRunError, Severity
from crisis_cards.source import CONFIG_NAME, content_of, why_unfit

KEYS = ("name", "language", "model", "profile", "glossary", "check", "syntax")
TERM_KEYS = ("full", "type")
OFF = "off"
MAX_CHARACTERS = 80
MAX_FILE = 4_000_000
"""Bytes of a deck.toml: a glossary of fifty thousand terms."""

MAX_BYTES = 200
"""File systems allow a name 255 bytes; suffixes and temporary names need some of them."""

TAKEN = re.compile(r"collection|backup-.*|con|prn|aux|nul|com\d|lpt\d")
"""Names that Anki takes for a backup of everything, and names that Windows keeps for devices."""


CODE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8}){0,5}")
"""What languages are known by: de, de-ch, zh-hans."""


class TermKind(StrEnum):
    """What a short form names."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    THING = "thing"


class Profile(StrEnum):
    """How sure a card must be to be kept."""

    STRICT = "strict"
    BALANCED = "balanced"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Term:
    """A short form of the notes and what it stands for."""

    short: str
    full: str
    kind: TermKind = TermKind.THING


@dataclass(frozen=True, slots=True)
class Config:
    """What a folder of notes says of itself. `model` is empty for the language's own.

    `severities`: how bad the findings of rules are, by their names; None for a rule that is off. `syntaxes`: in whose
    way the cards of files are written, by patterns of their paths.
    """

    name: str
    language: str = "en"
    model: str = ""
    profile: Profile = Profile.BALANCED
    glossary: tuple[Term, ...] = ()
    severities: tuple[tuple[str, Severity | None], ...] = ()
    syntaxes: tuple[tuple[str, str], ...] = ()


def load_config(root: Path) -> Config:
    """Read the deck.toml of a folder; without one, the deck is named after the folder."""
    file = root / CONFIG_NAME
    try:
        table: dict[str, object] = tomllib.loads(content_of(file, MAX_FILE).decode("utf-8-sig"))
    except FileNotFoundError:
        return Config(name_of_folder(root))
    except OSError as error:
        raise CouldNotRunError(f"{CONFIG_NAME}: {(error.strerror or str(error)).lower()}") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CouldNotRunError(f"{CONFIG_NAME}:{line}: not utf-8; save the file as utf-8") from error
    except (ValueError, RecursionError) as error:
        message = " ".join(str(error).split())
        raise CouldNotRunError(f"{CONFIG_NAME}: {message[:1].lower()}{message[1:]}") from error
    _only(table, KEYS, "")
    glossary, check, syntax = (_table(table, key) for key in ("glossary", "check", "syntax"))
    name = _text(table, "name", name_of_folder(root))
    if not can_name_a_deck(name):
        raise CouldNotRunError(f'{CONFIG_NAME}: name "{name}" shows nothing; write name = "…" or leave it out')
    return Config(
        name=name,
        language=_language(table),
        model=_text(table, "model", ""),
        profile=_profile(table),
        glossary=tuple(_term(short, value) for short, value in glossary.items()),
        severities=tuple((rule, _severity(check, rule)) for rule in check),
        syntaxes=tuple((pattern, _syntax(syntax, pattern)) for pattern in syntax),
    )


def name_of_folder(folder: Path) -> str:
    """A deck's name from a folder's: "source_notes" gives "Source notes"."""
    printable = "".join(character if character.isprintable() else " " for character in folder.resolve().name)
    name = " ".join(re.sub(r"[-_]+", " ", printable).split())
    return name[:1].upper() + name[1:] if can_name_a_deck(name) else "Notes"


def can_name_a_deck(name: str) -> bool:
    """Whether Anki would show anything of a deck's name; `::` parts its levels."""
    return any(character.isprintable() and character not in ": " for character in name)


def package_name(name: str) -> str:
    """The file name, without suffix, of the package of a deck: "Cuban Missile Crisis" gives "cuban-missile-crisis"."""
    kept = re.sub(r"(?<=[\x00-\x7f])[\u0300-\u036f]+", "", unicodedata.normalize("NFKD", name))
    composed = unicodedata.normalize("NFC", kept.lower().replace("ß", "ss"))
    runs = "".join(c if unicodedata.category(c)[0] in "LMN" else "-" for c in composed)
    short = re.sub(r"-+", "-", runs).strip("-")[:MAX_CHARACTERS].encode("utf-8", "ignore")
    stem = short[:MAX_BYTES].decode("utf-8", "ignore").strip("-") or "deck"
    return f"{stem[: MAX_CHARACTERS - 5]}-deck" if TAKEN.fullmatch(stem) else stem


def _language(table: dict[str, object]) -> str:
    """The code of the language; its name would be taken for one that nobody speaks, and no line of the notes for it."""
    language = _text(table, "language", "en")
    code = language.lower().replace("_", "-")
    if not CODE.fullmatch(code):
        raise CouldNotRunError(
            f'{CONFIG_NAME}: language "{language}" is no code of one; write language = "en", or de, fr, es and so on'
        )
    return code


def _profile(table: dict[str, object]) -> Profile:
    name = _text(table, "profile", Profile.BALANCED)
    if name not in list(Profile):
        raise CouldNotRunError(f'{CONFIG_NAME}: unknown profile "{_line(name)}"; known profiles: {", ".join(Profile)}')
    return Profile(name)


def _severity(table: dict[str, object], rule: str) -> Severity | None:
    """What deck.toml says of a rule; whether there is such a rule, `check` knows."""
    value = _text(table, rule, OFF, "check")
    if value not in (OFF, *Severity):
        known = ", ".join((OFF, *reversed(Severity)))
        raise CouldNotRunError(
            f'{CONFIG_NAME}: unknown severity "{value}" of check.{_line(rule)}; known severities: {known}'
        )
    return None if value == OFF else Severity(value)


def _syntax(table: dict[str, object], pattern: str) -> str:
    """Whose way the cards of the files that fit a pattern are written in; whether there is such, reading knows."""
    if reason := why_unfit(pattern):
        raise CouldNotRunError(f'{CONFIG_NAME}: "{_line(pattern)}" in [syntax] {reason}; write a path or *.md')
    return _text(table, pattern, "", "syntax")


def _term(short: str, value: object) -> Term:
    where = f"glossary.{short}"
    if not short.strip():
        raise CouldNotRunError(f"{CONFIG_NAME}: a short form of the glossary is empty")
    table = {"full": value} if isinstance(value, str) else value
    if not isinstance(table, dict):
        wanted = f'write {short} = {{ full = "…", type = "person" }}'
        raise CouldNotRunError(f"{CONFIG_NAME}: {_line(where)} is {_kind(value)}; {wanted}")
    _only(table, TERM_KEYS, f"{where}.")
    kind = _text(table, "type", TermKind.THING, where)
    if kind not in list(TermKind):
        kinds = ", ".join(TermKind)
        raise CouldNotRunError(f'{CONFIG_NAME}: unknown type "{_line(kind)}" of {_line(where)}; known types: {kinds}')
    return Term(" ".join(short.split()), _text(table, "full", "", where), TermKind(kind))


def _only(table: dict[str, object], known: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in known:
            names = ", ".join(known)
            raise CouldNotRunError(f'{CONFIG_NAME}: unknown key "{_line(where + key)}"; known keys: {names}')


def _table(table: dict[str, object], key: str) -> dict[str, object]:
    """The table at a key, empty without one."""
    found = table.get(key, {})
    if not isinstance(found, dict):
        raise CouldNotRunError(f"{CONFIG_NAME}: {key} is {_kind(found)}; write it as a table [{key}]")
    return found


def _text(table: dict[str, object], key: str, default: str, where: str = "") -> str:
    """The text at a key: on one line, and not empty unless absent ones may be."""
    place = _line(f"{where}.{key}" if where else key)
    value = table.get(key, default)
    if not isinstance(value, str):
        raise CouldNotRunError(f'{CONFIG_NAME}: {place} is {_kind(value)}; write text in quotes: {key} = "…"')
    text = " ".join(value.split())
    if not text and (key in table or where):
        raise CouldNotRunError(
            f'{CONFIG_NAME}: {place} is empty; write {key} = "…"' + ("" if where else " or leave it out")
        )
    if not text.isprintable():
        raise CouldNotRunError(f"{CONFIG_NAME}: {place} contains characters that cannot be printed")
    return text


def _line(text: str) -> str:
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def _kind(value: object) -> str:
    """What a TOML value is, in words."""
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return "a date or time"
