"""The values that walk through the house, in the order in which they come to be.

All are frozen. Text is plain text, as the author wrote it, until `render` makes HTML of it; what the author
singled out in a text is kept beside it, as marks with offsets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from crisis_cards.diagnostics import Span
from crisis_cards.parse import Parse

# --- blocks: what reading finds --------------------------------------------------------------------------------


class MarkKind(StrEnum):
    """What a run of characters was singled out as."""

    BLANK = "blank"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    STRUCK = "struck"
    UNDERLINED = "underlined"
    SUBSCRIPT = "subscript"
    SUPERSCRIPT = "superscript"
    LINK = "link"
    ITEM = "item"
    TABLE = "table"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Characters [start, end) of a text. `number` (1-based) and `hint` belong to blanks, `target` to links.

    Items have the number 1 if they are counted.
    """

    start: int
    end: int
    kind: MarkKind
    number: int = 0
    hint: str = ""
    target: str = ""


class ExhibitKind(StrEnum):
    """What is shown as it is: no text to make cards of."""

    PICTURE = "picture"
    SOUND = "sound"
    CODE = "code"
    MATH = "math"
    TABLE = "table"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """Something to show below a text.

    `text`: what a picture is of; code, TeX and HTML as written; a table's rows, with ` | ` between cells. `target`:
    where a picture or a sound is, as the author wrote it until it is found, then the name of the medium; the language
    of code. `is_within`: whether it stood in the line itself, not below it. `line`: where, 1-based.
    """

    kind: ExhibitKind
    text: str = ""
    target: str = ""
    is_within: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names what is below it."""

    span: Span
    trail: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, a line or a bullet that may say something.

    `trail`: the headings and parent bullets above it, outermost first. `paragraph`: the same number for the
    statements of one paragraph or one list level, unique in its source. `parent`: the span of the bullet or
    line that it is indented under. `has_children`: others are indented under it. `skips`: the answers of
    cards that the author does not want. Blanks among `marks` are the author's own; they have number 0 where the
    author wrote none. `depth`: how many of the trail's last are lines, not headings. `name`: the id that the author
    wrote at its end (`^id`), if any. `columns`: of a table's row, what stands above each of its cells.
    `called`: pronouns in it whose nouns the author gives (`#he(Castro)`), each with its noun. `exhibits`: what is
    shown with it. `allows`: the rules of `check` that its author does not want to hear of (`#allow(rule)`).
    """

    span: Span
    trail: tuple[str, ...]
    text: str
    marks: tuple[Mark, ...] = ()
    tags: tuple[str, ...] = ()
    skips: tuple[str, ...] = ()
    paragraph: int = 0
    parent: Span | None = None
    has_children: bool = False
    depth: int = 0
    name: str = ""
    columns: tuple[str, ...] = ()
    called: tuple[tuple[str, str], ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    allows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A card that the author wrote out: a question with its answer, or a term with its definition.

    Marks and exhibits are those of each side; the rest is as of a statement.
    """

    span: Span
    trail: tuple[str, ...]
    prompt: str
    answer: str
    both_ways: bool = False
    tags: tuple[str, ...] = ()
    depth: int = 0
    name: str = ""
    prompt_marks: tuple[Mark, ...] = ()
    answer_marks: tuple[Mark, ...] = ()
    prompt_exhibits: tuple[Exhibit, ...] = ()
    answer_exhibits: tuple[Exhibit, ...] = ()
    allows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leftover:
    """Text that is no fact, with the reason: code, a rule, a line that the author skips."""

    span: Span
    trail: tuple[str, ...]
    text: str
    reason: str


Block = Heading | Statement | Pair | Leftover


@dataclass(frozen=True, slots=True)
class Document:
    """What one source says: its title, what it says of itself, and its blocks in order.

    `deck` is empty unless the source asks for a deck of its own. `modified`: whole seconds since 1970. `glossary`:
    short forms of its own, each with its full form and its kind, as in deck.toml. `syntax`: the tool in whose way its
    cards are written, if it is another's. `language`: what it says that it is in, as ISO 639 has it; mostly nothing.
    """

    path: str
    title: str
    modified: int
    blocks: tuple[Block, ...]
    deck: str = ""
    tags: tuple[str, ...] = ()
    glossary: tuple[tuple[str, str, str], ...] = ()
    syntax: str = ""
    language: str = ""


# --- facts: what there is to know ------------------------------------------------------------------------------


class Grade(StrEnum):
    """How much of a clause a text is; decides what may be made of it."""

    FULL = "full clause"
    TELEGRAPHIC = "telegraphic"
    FRAGMENT = "fragment"
    UNREAD = "not parsed"


class Dating(StrEnum):
    """How sure a date is: written in the fact, named by it (*same day*), or only the last one above it."""

    OWN = "own"
    NAMED = "named"
    CARRIED = "carried"


@dataclass(frozen=True, slots=True)
class When:
    """A date in the author's words, and the lines that it was read from."""

    text: str
    origin: Span
    dating: Dating


@dataclass(frozen=True, slots=True)
class Fill:
    """Words put in place of characters [start, end) of a fact's text; an elided subject has start == end."""

    start: int
    end: int
    text: str
    origin: Span


@dataclass(frozen=True, slots=True)
class Context:
    """An earlier line that must be shown for this one to be understood."""

    text: str
    origin: Span


@dataclass(frozen=True, slots=True)
class Name:
    """Characters [start, end) of a text that name somebody or something, and of what kind, in a model's own word."""

    start: int
    end: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to know.

    `words` are the author's own, date and label included: what the fact is known by. `text` is what is parsed and
    shown, without a date or label before it; it begins at character `offset` of its statement's text. `title` is that
    of its document. `label` is what stood before it and a colon or a dash; `about`, what another line says that it
    is about; `cause`, what stood before it and an arrow.

    Where it stands: `roofs` are the places of the lines of its trail; `members`, the lines indented under it;
    `is_first` and `is_only_child`, whether nothing stands before it, or beside it, under the same line. `remarks`:
    the lines after it that only judge it.

    `context`: earlier lines, outermost first, without which it cannot be understood; `is_adrift` when more of them
    would be needed than a card can show. `expansions`: short forms that occur in it, each with its full form.

    `language`: what it is said in. One that is not said in English is the whole line, is never parsed, and gets no card
    with a word of ours on it; `names` are what a model of its language found in it.
    """

    block: Statement | Pair
    words: str
    text: str
    title: str
    is_only_child: bool = False
    members: tuple[str, ...] = ()
    is_first: bool = False
    roofs: tuple[Span, ...] = ()
    offset: int = 0
    label: str = ""
    about: str = ""
    cause: str = ""
    when: When | None = None
    parse: Parse | None = None
    grade: Grade = Grade.UNREAD
    fills: tuple[Fill, ...] = ()
    context: tuple[Context, ...] = ()
    is_adrift: bool = False
    remarks: tuple[str, ...] = ()
    expansions: tuple[tuple[str, str], ...] = ()
    language: str = "en"
    names: tuple[Name, ...] = ()


# --- cards: askings --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Question:
    """A prompt and its one answer. `topic` and `context` stand above the prompt."""

    prompt: str
    answer: str
    topic: tuple[str, ...] = ()
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cloze:
    """A text with blanks (the marks of that kind); each number among them is one card."""

    text: str
    marks: tuple[Mark, ...]
    topic: tuple[str, ...] = ()
    context: tuple[str, ...] = ()


Wording = Question | Cloze


@dataclass(frozen=True, slots=True)
class Card:
    """A wording, the fact that it asks for, and the template that made it."""

    fact: Fact
    template: str
    wording: Wording


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card that was thought of; `dropped` says why it was not kept, and is empty when it was."""

    card: Card
    dropped: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one block: its facts, every card thought of, and why there is none if there is none.

    `guids`: the notes that it ships as.
    """

    block: Block
    facts: tuple[Fact, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    reason: str = ""
    guids: tuple[str, ...] = ()


# --- notes: what Anki gets -------------------------------------------------------------------------------------


class NoteKind(StrEnum):
    """Which of the two note types a note has."""

    QUESTION = "question"
    CLOZE = "cloze"


@dataclass(frozen=True, slots=True)
class Note:
    """A row of Anki's. `fields`: HTML in the order of its note type. `ordinals`: its cards, 0-based.

    `modified`: whole seconds since 1970. `position`: where new cards of it stand in the queue.
    """

    guid: str
    kind: NoteKind
    fields: Sequence[str]
    ordinals: tuple[int, ...]
    tags: tuple[str, ...]
    modified: int
    position: int
    deck: str


@dataclass(frozen=True, slots=True)
class Medium:
    """A file that cards show or play. `name`: made from its content, safe in Anki and on every system."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Deck:
    """All that a package holds."""

    name: str
    notes: tuple[Note, ...]
    media: tuple[Medium, ...] = ()
