"""Findings as readable lines, for case files."""

from __future__ import annotations

from fact_dump import built, parser_of

from crisis_cards.check import NAMES, Inspection, check, inspection_of
from crisis_cards.config import Config
from crisis_cards.diagnostics import Diagnostic, Severity

CONFIG = Config("Cases")


def inspection(text: str, path: str = "volcanoes.md", config: Config = CONFIG) -> Inspection:
    """What rules look at when one text is all the notes."""
    made = built(text, path, config)
    return inspection_of(
        made.documents,
        made.accounts,
        config,
        told=made.diagnostics,
        lexicon=parser_of(config.model).lexicon,
        names=NAMES,
    )


def found(text: str, severities: dict[str, Severity | None] | None = None) -> tuple[Diagnostic, ...]:
    """All that there is to tell of a text."""
    return check(inspection(text), severities or {})


def findings_dump(text: str, rule: str) -> str:
    """What one rule finds in a Markdown text, line by line."""
    return "\n".join(f"{each.span.first} {each.message}" for each in found(text) if each.rule == rule)
