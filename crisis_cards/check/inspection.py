"""What the rules look at: the notes file by file, with what became of each line of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from crisis_cards.commonness import common_words
from crisis_cards.config import Config
from crisis_cards.diagnostics import Diagnostic, Span
from crisis_cards.facts import Glossary, glossaries_of
from crisis_cards.language import Lexicon
from crisis_cards.model import Account, Block, Card, Document, Heading, Mark, MarkKind, Pair, Statement
from crisis_cards.tongues import ENGLISH

# Of the words in small letters, the share that common English words have: 0.3 to 0.8 in English notes, the lower the
# more formulas there are; 0.1 to 0.3 in German and Chinese ones. Some words are needed to tell.
MIN_ENGLISH, MIN_WORDS = 0.4, 10

_SMALL = re.compile(r"(?<![^\W_])[^\W\d_]+(?![^\W_])")
_CODED = re.compile(
    r"`[^`]+`|\$\$?[^$\n]+\$\$?|https?://[^\s)]+|www\.[^\s)]+|[\w.+-]+@[\w-]+\.\w+|</?[A-Za-z][^<>]*>|\\[A-Za-z]+|&[a-z]+;"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found, and where."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Said:
    """A text of the notes with its place. `prose`: the same with blanks for code, formulas and addresses."""

    block: Block
    text: str
    prose: str

    @property
    def span(self) -> Span:
        """The lines that it stands on."""
        return self.block.span


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of notes. `said`: its headings, statements and the sides of its pairs, in order."""

    document: Document
    accounts: tuple[Account, ...]
    said: tuple[Said, ...]
    glossary: Glossary
    is_english: bool


@dataclass(frozen=True, slots=True)
class Inspection:
    """All that rules look at. `told`: what the build has to say already. `names`: those of all rules."""

    sheets: tuple[Sheet, ...]
    lexicon: Lexicon
    told: tuple[Diagnostic, ...] = ()
    names: frozenset[str] = frozenset()

    @property
    def allowed(self) -> Mapping[str, tuple[Span, ...]]:
        """By the name of a rule, the lines that it is not to speak of."""
        found: dict[str, tuple[Span, ...]] = {}
        for sheet in self.sheets:
            for block in sheet.document.blocks:
                for rule in block.allows if isinstance(block, Statement | Pair) else ():
                    found[rule] = (*found.get(rule, ()), block.span)
        return found

    @property
    def english(self) -> tuple[Sheet, ...]:
        """The sheets whose words can be judged, without the lines in them that are not English."""
        return tuple(_english_part(sheet) for sheet in self.sheets if sheet.is_english)


def inspection_of(
    documents: Sequence[Document],
    accounts: Iterable[Account],
    config: Config,
    *,
    told: Iterable[Diagnostic],
    lexicon: Lexicon,
    names: frozenset[str],
) -> Inspection:
    """What there is to look at in a build: its documents and accounts, and what else a rule must know."""
    of_path: dict[str, list[Account]] = {}
    for account in accounts:
        of_path.setdefault(account.block.span.path, []).append(account)
    may_be_english = config.language.partition("-")[0] == ENGLISH
    sheets = []
    for document, glossary in zip(documents, glossaries_of(config.glossary, documents), strict=True):
        said = tuple(each for block in document.blocks for each in _said(block))
        own = tuple(of_path.get(document.path, ()))
        foreign = _foreign(own)
        is_english = (
            may_be_english
            and 2 * len(foreign) <= sum(1 for account in own if account.facts)
            and _is_english(each.prose for each in said if id(each.block) not in foreign)
        )
        sheets.append(Sheet(document, own, said, glossary, is_english))
    return Inspection(tuple(sheets), lexicon, tuple(told), names)


def _foreign(accounts: Iterable[Account]) -> frozenset[int]:
    """The blocks that are not said in English, by their identity."""
    return frozenset(
        id(account.block) for account in accounts if any(fact.language != ENGLISH for fact in account.facts)
    )


def _english_part(sheet: Sheet) -> Sheet:
    foreign = _foreign(sheet.accounts)
    if not foreign:
        return sheet
    accounts = tuple(account for account in sheet.accounts if id(account.block) not in foreign)
    return replace(sheet, accounts=accounts, said=tuple(each for each in sheet.said if id(each.block) not in foreign))


def cards_of(sheet: Sheet) -> Iterator[tuple[Block, Card]]:
    """The cards of a file, each with its block: those that it gives, and all that its author wrote."""
    for account in sheet.accounts:
        for candidate in account.candidates:
            if not candidate.dropped or candidate.card.template == "author":
                yield account.block, candidate.card


def _said(block: Block) -> Iterator[Said]:
    match block:
        case Heading(text=text):
            yield Said(block, text, prose(text))
        case Statement(text=text, marks=marks):
            yield Said(block, text, prose(text, marks))
        case Pair():
            yield Said(block, block.prompt, prose(block.prompt, block.prompt_marks))
            yield Said(block, block.answer, prose(block.answer, block.answer_marks))


def prose(text: str, marks: Iterable[Mark] = ()) -> str:
    """A text of the same length with blanks in place of code, formulas and addresses."""
    for mark in marks:
        if mark.kind is MarkKind.CODE:
            text = text[: mark.start] + " " * (mark.end - mark.start) + text[mark.end :]
    return _CODED.sub(lambda found: " " * len(found[0]), text)


def _is_english(texts: Iterable[str]) -> bool:
    words = [word for text in texts for word in _SMALL.findall(text) if word.islower()]
    known = sum(1 for word in words if word in common_words())
    return len(words) < MIN_WORDS or known >= MIN_ENGLISH * len(words)
