"""Results as text for people and as plain values for JSON."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from crisis_cards.advice import how_to_get_a_card
from crisis_cards.changes import RETIRED_TAG, Change, ChangeKind
from crisis_cards.diagnostics import Diagnostic, Severity
from crisis_cards.ledger import Entry
from crisis_cards.model import (
    Account,
    Candidate,
    Cloze,
    Dating,
    Fact,
    Heading,
    Leftover,
    MarkKind,
    Note,
    NoteKind,
    Pair,
    Question,
    Statement,
)
from crisis_cards.pipeline import Build
from crisis_cards.reasons import TOGETHER
from crisis_cards.tongues import ENGLISH
from crisis_cards.wording import shown

Json = dict[str, Any]

_WORD = re.compile(r"\w+")
SIGNS = re.compile(
    r"(?<!\S)#[^\W\d_][\w/-]*(?:\([^()\n]*\))?|\{\{[cC]\d+::|^\s*(?:[QqAa]:|\d+[.)]|[A-Za-z][.)])\s", re.MULTILINE
)
"""What of a line is in no text: tags, and the signs of blanks, questions and lists."""

# --- a build ---------------------------------------------------------------------------------------------------


def summary(build: Build) -> str:
    """What a build made, in one line."""
    live = _live(build)
    cards = sum(len(note.ordinals) for note in live)
    asked, statements = coverage(build.accounts)
    notes = count(len(live), "note")
    line = f"{count(cards, 'card')} in {notes}; {asked:,} of {count(statements, 'statement')} asked"
    return line if asked == statements else f"{line}; `crisis-cards explain FILE` says why not the others"


def news(build: Build) -> str:
    """What a build changes, and how many cards there are now, in one line."""
    cards = sum(len(note.ordinals) for note in _live(build))
    return f"{change_counts(build.changes)}; {count(cards, 'card')}"


def no_card(build: Build) -> str:
    """What there is to say of a build without a single card."""
    return f"no card in {count(coverage(build.accounts)[1], 'statement')}: nothing is written"


def _live(build: Build) -> list[Note]:
    """The notes of a build without the retired ones, which a package only carries along."""
    return [note for note in build.deck.notes if RETIRED_TAG not in note.tags]


def coverage(accounts: Iterable[Account]) -> tuple[int, int]:
    """How many statements and pairs have a card, and how many there are."""
    blocks = [account for account in accounts if isinstance(account.block, Statement | Pair)]
    return sum(1 for account in blocks if not account.reason), len(blocks)


def left_out(accounts: Iterable[Account]) -> str:
    """What is no fact, and how often, in one line; empty if there is nothing but facts."""
    counts = Counter(_kind_of(account) for account in accounts if isinstance(account.block, Heading | Leftover))
    said = ", ".join(f"{kind} {number:,}" for kind, number in sorted(counts.items(), key=lambda each: -each[1]))
    return f"left out: {said}" if said else ""


def _kind_of(account: Account) -> str:
    match account.block:
        case Heading():
            return "headings"
        case Leftover(reason=reason):
            return TOGETHER.get(reason, "others")
        case _:
            return ""


def closing(diagnostics: Sequence[Diagnostic]) -> str:
    """How many errors and warnings there were; empty when there were none."""
    errors = sum(1 for each in diagnostics if each.severity is Severity.ERROR)
    warnings = len(diagnostics) - errors
    parts = [count(errors, "error")] if errors else []
    return ", ".join([*parts, *([count(warnings, "warning")] if warnings else [])])


def change_counts(changes: Sequence[Change]) -> str:
    """How many notes change, by what happens to them, in one line."""
    counts = Counter(change.kind for change in changes)
    return ", ".join(f"{counts[kind]:,} {kind}" for kind in ChangeKind if counts[kind]) or "nothing changed"


def change_lines(change: Change, place: str) -> Iterator[str]:
    """A change for people: where and what; old and new wording below each other."""
    yield f"{place}{change.span if change.span.first else change.span.path}: {change.kind}"
    if str(change.before):
        yield f"  - {change.before}"
    if str(change.after):
        yield f"  + {change.after}"


def change_json(change: Change) -> Json:
    """A change as plain values; line 0 when the statement is no longer in the notes."""
    return {
        "kind": str(change.kind),
        "path": change.span.path,
        "line": change.span.first,
        "place": change.span.place,
        "guid": change.guid,
        "before": str(change.before),
        "after": str(change.after),
    }


def retired_hint(entries: Iterable[Entry]) -> str:
    """What the learner is to do about retired notes; empty when there are none."""
    retired = sum(1 for entry in entries for note in entry.notes if note.is_retired)
    search = f"search Anki's browser for tag:{RETIRED_TAG} and delete or suspend them, then `crisis-cards prune`"
    return f"{count(retired, 'note')} retired: {search}" if retired else ""


def build_json(build: Build, package: str) -> Json:
    """A build as plain values; `package` is the path written, or empty."""
    asked, all_of_them = coverage(build.accounts)
    live = _live(build)
    return {
        "package": package,
        "deck": build.deck.name,
        "notes": len(live),
        "cards": sum(len(note.ordinals) for note in live),
        "questions": sum(1 for note in live if note.kind is NoteKind.QUESTION),
        "clozes": sum(len(note.ordinals) for note in live if note.kind is NoteKind.CLOZE),
        "retired": len(build.deck.notes) - len(live),
        "statements": all_of_them,
        "statements_asked": asked,
        "left_out": dict(Counter(_kind_of(each) for each in build.accounts if _kind_of(each))),
        "changes": {str(kind): sum(1 for each in build.changes if each.kind is kind) for kind in ChangeKind},
        "diagnostics": [diagnostic_json(each) for each in build.diagnostics],
    }


def diagnostic_json(diagnostic: Diagnostic) -> Json:
    """A diagnostic as plain values."""
    span = diagnostic.span
    return {
        "path": span.path,
        "line": span.first,
        "last_line": span.last,
        "place": span.place,
        "severity": str(diagnostic.severity),
        "rule": diagnostic.rule,
        "message": diagnostic.message,
    }


# What GitHub reads as the end of a message, or of a property of it.
_OF_MESSAGES = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_OF_PROPERTIES = {**_OF_MESSAGES, ord(":"): "%3A", ord(","): "%2C"}


def annotation(diagnostic: Diagnostic, place: str) -> str:
    """A diagnostic as a workflow command of GitHub; `place` goes before its path."""
    span = diagnostic.span
    lines = {} if span.place else {"line": str(span.first), "endLine": str(span.last)}
    properties = {"file": f"{place}{span.path}", **lines, "title": diagnostic.rule}
    told = ",".join(f"{name}={value.translate(_OF_PROPERTIES)}" for name, value in properties.items())
    return f"::{diagnostic.severity} {told}::{diagnostic.message.translate(_OF_MESSAGES)}"


def count(number: int, noun: str) -> str:
    """A number with its noun, in the plural unless it is one."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


# --- an account ------------------------------------------------------------------------------------------------


def explanation(account: Account, written: str = "") -> Iterator[str]:
    """What became of one block, line by line; `written`: its lines in the notes, if they say more than was read."""
    block = account.block
    yield f"{block.span}  {text_of(account)}"
    if written:
        yield f"  written: {' '.join(written.split())}"
    if account.reason:
        yield f"  no card: {account.reason}" if isinstance(block, Statement | Pair) else f"  {account.reason}"
    for fact in account.facts:
        yield from _fact_lines(fact)
        for candidate in account.candidates:
            if candidate.card.fact is fact:
                yield from _candidate_lines(candidate)
    yield from (f"  for a card: {advice}" for advice in how_to_get_a_card(account))


def written_of(accounts: Sequence[Account], lines: Sequence[str]) -> list[str]:
    """For each account of a file its lines, where a word of them is in the text of no block: markup, comments, ids."""
    wanted = [_WORD.findall(SIGNS.sub(" ", line)) for line in lines]
    said: dict[int, set[str]] = {}
    around: dict[int, list[set[str]]] = {}  # of blocks of many lines, which would fill the set of each
    for account in accounts:
        words = set(_WORD.findall(text_of(account)))
        first, last = account.block.span.first, account.block.span.last
        if first == last:
            said.setdefault(first, set()).update(words)
        else:
            for number in range(first, last + 1):
                around.setdefault(number, []).append(words)
    found = []
    shown: set[int] = set()
    for account in accounts:
        span = account.block.span
        numbers = [number for number in range(span.first, span.last + 1) if number not in shown]
        told = any(
            word not in said.get(number, ()) and not any(word in words for words in around.get(number, ()))
            for number in numbers
            for word in wanted[number - 1]
        )
        found.append("\n".join(lines[span.first - 1 : span.last]) if told else "")
        shown.update(numbers)
    return found


def text_of(account: Account) -> str:
    """The words of a block, on one line."""
    match account.block:
        case Heading(text=text) | Statement(text=text) | Leftover(text=text):
            return " ".join(text.split())
        case Pair(prompt=prompt, answer=answer):
            return " ".join(f"{prompt} → {answer}".split())


def _fact_lines(fact: Fact) -> Iterator[str]:
    kind = str(fact.grade) if fact.language == ENGLISH else f"in language “{fact.language}”"
    yield f"  fact: {fact.text} ({kind})"
    if fact.label:
        yield f"    label: {fact.label}"
    if fact.when is not None:
        says = {Dating.OWN: "its own", Dating.NAMED: "named by the line", Dating.CARRIED: "carried, never asked for"}
        yield f"    date: {fact.when.text}, from {fact.when.origin} ({says[fact.when.dating]})"
    for fill in fact.fills:
        place = f"“{fact.text[fill.start : fill.end]}” is" if fill.end > fill.start else "the subject is"
        yield f"    filled in: {place} “{fill.text}”, from {fill.origin}"
    for context in fact.context:
        yield f"    context: {context.text}, from {context.origin}"


def _candidate_lines(candidate: Candidate) -> Iterator[str]:
    wording = candidate.card.wording
    context = "".join(f"[{part}] " for part in wording.context)
    verdict = f"dropped, {candidate.dropped}" if candidate.dropped else "kept"
    yield f"    {candidate.card.template}: {context}{shown(wording)}"
    yield f"      {verdict}"


def account_json(account: Account, written: str = "") -> Json:
    """An account as plain values; `written`: its lines in the notes, if they say more than was read."""
    return {
        "path": account.block.span.path,
        "line": account.block.span.first,
        "last_line": account.block.span.last,
        "place": account.block.span.place,
        "kind": type(account.block).__name__.lower(),
        "text": text_of(account),
        "written": written,
        "trail": list(account.block.trail),
        "reason": account.reason,
        "for_a_card": list(how_to_get_a_card(account)),
        "facts": [_fact_json(fact, account.candidates) for fact in account.facts],
    }


def _fact_json(fact: Fact, candidates: Iterable[Candidate]) -> Json:
    when = fact.when
    return {
        "text": fact.text,
        "label": fact.label,
        "grade": str(fact.grade),
        "language": fact.language,
        "date": None if when is None else {"text": when.text, "from": str(when.origin), "is": str(when.dating)},
        "filled_in": [
            {"words": fact.text[fill.start : fill.end], "as": fill.text, "from": str(fill.origin)}
            for fill in fact.fills
        ],
        "context": [{"text": each.text, "from": str(each.origin)} for each in fact.context],
        "candidates": [_candidate_json(each) for each in candidates if each.card.fact is fact],
    }


def _candidate_json(candidate: Candidate) -> Json:
    wording = candidate.card.wording
    both = {"topic": list(wording.topic), "context": list(wording.context)}
    match wording:
        case Question(prompt, answer):
            asked: Json = {"kind": "question", "prompt": prompt, "answer": answer}
        case Cloze(text, marks):
            blanks = [text[mark.start : mark.end] for mark in marks if mark.kind is MarkKind.BLANK]
            asked = {"kind": "cloze", "text": text, "blanks": blanks}
    return {
        "template": candidate.card.template,
        **asked,
        **both,
        "kept": not candidate.dropped,
        "why": candidate.dropped,
    }
