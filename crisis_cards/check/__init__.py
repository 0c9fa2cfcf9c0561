"""Rules on notes, facts, cards and the deck: one a file, one table.

A rule is given all the notes and gives findings. Its name is that of its function; its page, which `check --explain`
prints, the docstring of its module.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping

from crisis_cards.check.ambiguous_blank import ambiguous_blank
from crisis_cards.check.answer_given_away import answer_given_away
from crisis_cards.check.dangling_pronoun import dangling_pronoun
from crisis_cards.check.date_without_year import date_without_year
from crisis_cards.check.dropped_text import dropped_text
from crisis_cards.check.inspection import Finding, Inspection, inspection_of
from crisis_cards.check.likely_typo import likely_typo
from crisis_cards.check.long_answer import long_answer
from crisis_cards.check.long_prompt import long_prompt
from crisis_cards.check.nearness import nearest
from crisis_cards.check.never_closed import never_closed
from crisis_cards.check.over_split import over_split
from crisis_cards.check.set_of_many import set_of_many
from crisis_cards.check.stale_word import stale_word
from crisis_cards.check.told import TOLD
from crisis_cards.check.twin_prompts import twin_prompts
from crisis_cards.check.under_used import under_used
from crisis_cards.check.unexplained_abbreviation import unexplained_abbreviation
from crisis_cards.check.unknown_rule import unknown_rule
from crisis_cards.check.unknown_tag import unknown_tag
from crisis_cards.diagnostics import Diagnostic, Severity, Span

Rule = Callable[[Inspection], Iterator[Finding]]

# In the order of what they look at: words, lines, cards, the whole.
RULES: tuple[tuple[Rule, Severity], ...] = (
    (likely_typo, Severity.WARNING),
    (never_closed, Severity.WARNING),
    (stale_word, Severity.WARNING),
    (date_without_year, Severity.WARNING),
    (unexplained_abbreviation, Severity.WARNING),
    (dangling_pronoun, Severity.WARNING),
    (over_split, Severity.WARNING),
    (under_used, Severity.WARNING),
    (dropped_text, Severity.WARNING),
    (long_answer, Severity.WARNING),
    (long_prompt, Severity.WARNING),
    (set_of_many, Severity.WARNING),
    (ambiguous_blank, Severity.WARNING),
    (answer_given_away, Severity.WARNING),
    (twin_prompts, Severity.WARNING),
    (unknown_tag, Severity.WARNING),
    (unknown_rule, Severity.WARNING),
)


def name_of(rule: Rule) -> str:
    """The name by which authors know a rule."""
    return rule.__name__.replace("_", "-")


def _page_of(rule: Rule) -> str:
    return (sys.modules[rule.__module__].__doc__ or "").strip()


PAGES: Mapping[str, str] = {**TOLD, **{name_of(rule): _page_of(rule) for rule, _ in RULES}}
"""What `--explain` prints, by the name of the rule: of all that `check` can tell."""

NAMES = frozenset(PAGES)


def check(inspection: Inspection, severities: Mapping[str, Severity | None]) -> tuple[Diagnostic, ...]:
    """All there is to tell, in the order of the notes.

    `severities`: those that the author chose, None for a rule that is off. What a line allows is not told of it.
    """
    allowed = inspection.allowed
    found = {
        each
        for each in _diagnostics(inspection)
        if not any(_touches(each.span, span) for span in allowed.get(each.rule, ()))
    }
    chosen = ((each, severities.get(each.rule, each.severity)) for each in found)
    return tuple(
        sorted(
            Diagnostic(each.span, severity, each.rule, each.message)
            for each, severity in chosen
            if severity is not None
        )
    )


def _diagnostics(inspection: Inspection) -> Iterator[Diagnostic]:
    yield from inspection.told
    for rule, severity in RULES:
        name = name_of(rule)
        yield from (Diagnostic(finding.span, severity, name, finding.message) for finding in rule(inspection))


def _touches(one: Span, other: Span) -> bool:
    return one.path == other.path and one.first <= other.last and other.first <= one.last


__all__ = ["NAMES", "PAGES", "RULES", "Finding", "Inspection", "Rule", "check", "inspection_of", "name_of", "nearest"]
