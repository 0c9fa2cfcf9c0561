"""Cards of lines that are not English as readable lines, for case files; no model of another language is asked."""

from __future__ import annotations

from fact_dump import parser_of

from crisis_cards.config import Config, Profile
from crisis_cards.pipeline import Build, Past, build
from crisis_cards.source import Source
from crisis_cards.templates import GATES_ABROAD
from crisis_cards.wording import shown

CONFIG = Config("Cases", profile=Profile.ALL)
NAMES_OF_GATES = frozenset(gate.__name__.replace("_", "-") for gate in GATES_ABROAD)


def built_abroad(text: str, path: str = "", config: Config = CONFIG) -> Build:
    """The build of one text as the only source, in whatever language it is; its names are told by its letters alone."""
    is_markdown = any(line.startswith(("- ", "|", "# ", "---")) or "**" in line for line in text.splitlines())
    source = Source(path or ("notes.md" if is_markdown else "notes.txt"), text, 0)
    return build([source], config, Past(now=1), parser_of, lambda *_: None, namer_of=lambda *_: None)


def cards_abroad(text: str) -> str:
    """Every candidate, line by line, and why a gate keeps one out; of a line without any, the language is told.

    Which of the sound ones are chosen is not told: it is up to the table of measured precision, which grows.
    """
    found = []
    for account in built_abroad(text).accounts:
        spoken = {fact.language for fact in account.facts}
        for each in account.candidates:
            gate = each.dropped.partition(":")[0]
            why = f" -- {each.dropped}" if gate in NAMES_OF_GATES else ""
            found.append(f"{account.block.span.first} {each.card.template}: {shown(each.card.wording)}{why}")
        if account.facts and not account.candidates:
            found.append(f"{account.block.span.first} nothing, in {', '.join(sorted(spoken))}")
    return "\n".join(found)
