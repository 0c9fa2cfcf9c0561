"""The cards of the notes in `quality/notes`, each with what a learner sees of it and where it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

from crisis_cards.config import Config, load_config
from crisis_cards.facts.remarks import is_remark
from crisis_cards.language import Parser, load_parser
from crisis_cards.model import Account, Candidate, Cloze, Statement
from crisis_cards.pipeline import Past, build
from crisis_cards.source import Source
from crisis_cards.templates.precision import Cell, cell_of
from crisis_cards.wording import answer, blanks

NOTES = Path(__file__).parent / "notes"
SEED = Path(__file__).parent.parent / "source_notes"
SETS = ("open", "locked")
CONFIG = Config("Quality")
NO_FACT = frozenset({"asking", "about-notes", "comment"})
# What the choice says of cards that no gate kept out.
NOT_CHOSEN = frozenset({"enough", "same-answer", "familiar", "same-prompt", "doubtful"})
MIN_WORDS = 4  # a shorter line is a heading, a label or a comment


@dataclass(frozen=True, slots=True)
class Seen:
    """A card as it is judged: what stands above the prompt, the prompt, the answer; nothing of how it was made."""

    file: str
    topic: str
    context: str
    front: str
    back: str

    @property
    def name(self) -> str:
        """Eight characters that stand for these very words, capitals aside."""
        said = f"{self.topic}\n{self.context}\n{self.front}\n{self.back}".casefold()
        return blake2b(said.encode(), digest_size=4).hexdigest()


@dataclass(frozen=True, slots=True)
class Made:
    """A card with the cell of the table that it belongs to; `dropped` says why it is not in the deck."""

    seen: Seen
    cell: Cell
    dropped: str

    @property
    def is_open(self) -> bool:
        """Whether no gate keeps it out, so that the choice is asked."""
        return not self.dropped or self.dropped.partition(":")[0] in NOT_CHOSEN

    @property
    def template(self) -> str:
        """The template that made it."""
        return self.cell[0]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the statements of a file have a card, and how many state a fact."""

    file: str
    asked: int
    facts: int
    statements: int


@cache
def _parser_of(model: str) -> Parser:
    return load_parser(model)


def made_of(path: Path, config: Config | None = None) -> tuple[list[Made], Coverage]:
    """Every candidate of one file of notes, and how much of the file is asked for."""
    config = config or (load_config(path.parent) if path.parent == SEED else CONFIG)
    source = Source(path.name, path.read_text("utf-8"), 0)
    accounts = build([source], config, Past(), _parser_of, lambda _done, _all: None).accounts
    made: list[Made] = []
    statements = facts = asked = 0
    for account in accounts:
        made += (_made(path.name, each) for each in account.candidates)
        if isinstance(account.block, Statement) and len(account.block.text.split()) >= MIN_WORDS:
            is_asked = any(not each.dropped for each in account.candidates)
            statements += 1
            asked += is_asked
            facts += is_asked or not _states_nothing(account)
    return made, Coverage(path.name, asked, facts, statements)


def _states_nothing(account: Account) -> bool:
    """Whether a statement only names what is below it, asks, judges the line before, or speaks of the notes."""
    block = account.block
    is_label = (
        isinstance(block, Statement) and block.has_children and all(each.grade == "fragment" for each in account.facts)
    )
    gates = {each.dropped.partition(":")[0] for each in account.candidates}
    return is_label or (bool(gates) and gates <= NO_FACT) or all(map(is_remark, account.facts))


def files_of(name: str) -> list[Path]:
    """The files of a set, in order."""
    found = sorted(path for path in (NOTES / name).iterdir() if path.suffix in {".md", ".txt"})
    return [*found, *sorted(SEED.glob("*.txt"))] if name == "open" else found


def _made(file: str, candidate: Candidate) -> Made:
    card = candidate.card
    wording = card.wording
    front = _blanked(wording) if isinstance(wording, Cloze) else wording.prompt
    seen = Seen(file, " › ".join(wording.topic), " / ".join(wording.context), front, answer(wording))
    return Made(seen, cell_of(card), candidate.dropped)


def _blanked(cloze: Cloze) -> str:
    text = cloze.text
    for mark in reversed(blanks(cloze)):
        text = f"{text[: mark.start]}[{mark.hint or '...'}]{text[mark.end :]}"
    return text


def all_made(name: str) -> Iterator[tuple[Path, list[Made], Coverage]]:
    """The candidates and the coverage of each file of a set."""
    for path in files_of(name):
        made, coverage = made_of(path)
        yield path, made, coverage
