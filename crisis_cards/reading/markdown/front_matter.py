"""The front matter of a Markdown file: what it says of itself, in YAML between two lines of `---`."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from crisis_cards.config import TermKind, can_name_a_deck
from crisis_cards.diagnostics import Diagnostic, Severity, Span
from crisis_cards.reading.tags import anki_tag, unique
from crisis_cards.tongues import LANGUAGES

FENCE = re.compile(r"---[ \t]*")
CLOSING = re.compile(r"(---|\.\.\.)[ \t]*")
KEY = re.compile(r"[\w-]+[ \t]*:(\s|$)")
RULE = "front-matter"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What was found; `length` is the number of lines, the two fences included, and 0 without front matter."""

    length: int = 0
    title: str = ""
    deck: str = ""
    tags: tuple[str, ...] = ()
    glossary: tuple[tuple[str, str, str], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    language: str = ""


def front_matter(path: str, lines: list[str]) -> FrontMatter:
    """Read the front matter of a file, if it begins with one: a rule above a paragraph is none."""
    if not FENCE.fullmatch(lines[0]):
        return FrontMatter()
    close = next((index for index, line in enumerate(lines) if index and CLOSING.fullmatch(line)), 0)
    inner = lines[1:close]
    if not close or not (any(KEY.match(line) for line in inner) or not "".join(inner).strip()):
        return FrontMatter()
    length = close + 1
    try:
        # No dates, no numbers, no objects.
        table = yaml.load("\n".join(inner), Loader=yaml.BaseLoader)  # noqa: S506 - it makes text, lists and mappings
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return FrontMatter(length, diagnostics=(_broken(path, error, length),))
    if not table:
        return FrontMatter(length)
    if not isinstance(table, dict):
        return FrontMatter()
    found: list[Diagnostic] = []
    texts = {"title": "", "deck": ""}
    for key in texts:
        value = table.get(key, "")
        if isinstance(value, str):
            texts[key] = " ".join(value.split())
            if key == "deck" and value and not can_name_a_deck(value):
                texts[key] = ""
                found.append(_diagnostic(path, _line_of(key, inner), '"deck" shows nothing; write deck: some words'))
        else:
            found.append(_diagnostic(path, _line_of(key, inner), f'"{key}" is not text; write {key}: some words'))
    tags = _tags(table.get("tags", ""))
    if tags is None:
        found.append(_diagnostic(path, _line_of("tags", inner), '"tags" is not a list; write tags: [one, two]'))
    terms = _glossary(table.get("glossary") or {})
    if terms is None:
        said = '"glossary" has a term that is not one; write NK: full form, or NK: {full: full form, type: person}'
        found.append(_diagnostic(path, _line_of("glossary", inner), said))
    language = _language(table)
    return FrontMatter(length, texts["title"], texts["deck"], tags or (), terms or (), tuple(found), language)


def _language(table: dict[object, object]) -> str:
    """The code after `language` or `lang` if it is one of people: notes on programs have `lang: js`."""
    codes = [value for key in ("language", "lang") if isinstance(value := table.get(key), str)]
    known = (re.split(r"[-_]", value.strip().lower())[0] for value in codes)
    return next((code for code in known if code in LANGUAGES), "")


def _tags(value: object) -> tuple[str, ...] | None:
    """Tags from a list, or from a string in which white space or commas part them; None from anything else."""
    if isinstance(value, str):
        return unique(anki_tag(tag) for tag in re.split(r"[\s,]+", value))
    if isinstance(value, list) and all(isinstance(tag, str) for tag in value):
        return unique(anki_tag(tag) for tag in value)
    return None


def _glossary(value: object) -> tuple[tuple[str, str, str], ...] | None:
    """Short forms with their full forms and kinds; None if one of them is not as in deck.toml."""
    found = []
    for short, told in value.items() if isinstance(value, dict) else [("", value)]:
        table = told if isinstance(told, dict) else {"full": told}
        full, kind = table.get("full", ""), table.get("type", TermKind.THING)
        if not isinstance(full, str) or kind not in list(TermKind) or not table.keys() <= {"full", "type"}:
            return None
        if not short.strip() or not full.strip():
            return None
        found.append((" ".join(short.split()), " ".join(full.split()), str(kind)))
    return tuple(found)


def _broken(path: str, error: Exception, length: int) -> Diagnostic:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = min(mark.line + 2, length) if mark else 1
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "too deeply nested"
    what = " ".join(str(problem).split())
    return _diagnostic(path, line, f"the front matter is not YAML: {what}; mend it or quote the value")


def _line_of(key: str, inner: list[str]) -> int:
    return next((index + 2 for index, line in enumerate(inner) if line.startswith(key)), 1)


def _diagnostic(path: str, line: int, message: str) -> Diagnostic:
    return Diagnostic(Span(path, line, line), Severity.ERROR, RULE, message)
