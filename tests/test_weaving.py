"""Other tools' cards among notes of any kind: nothing is lost, and what stands around a card does not change it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crisis_cards.model import Block, Document, Heading, Leftover, MarkKind, Pair, Statement
from crisis_cards.reading import read
from crisis_cards.reading.syntaxes import SYNTAXES
from crisis_cards.reading.syntaxes.written import Syntax, Written
from crisis_cards.source import Source

NAMES = [syntax.name for syntax in SYNTAXES]
SUFFIX = {syntax.name: syntax.suffixes[0] for syntax in SYNTAXES}

LINES = """
@
@ @.
@::@
@ ::: @
#card
#flashcards
#flashcards/@
# @
## @ #card
### @ #card-reverse
@ #card-reverse
@ #card
@ #card/spaced
@ #flashcard
#flashcards/@ @::@
- @
- @::@
  - @::@
    - @ #card
1. @:::@
- [ ] @::@
> @
> @::@
> [!note] @
> [!sr|card-metadata]
    @::@
\t@
The ==@== is @
The ==@;;@== is ==1;;@==
A {@} and {2:@}
{{c1::@::@}} @
<!--SR:!2021-08-16,51,230-->
@ <!--SR:!2021-08-16,51,230-->
<!--ID: 1613254301123-->
ID: 1613254301123
^1607361487244
@ ^1607361487244
TARGET DECK: @
FILE TAGS: @
DELETE
Back: @
Tags: @
STARTI [Basic] @ Back: @ ENDI
@ STARTI [Cloze] {@} ENDI and STARTI [Basic] @ Back: @ ENDI @
| @ | @ |
| --- | --- |
| @::@ | ==@== |
| @ |
| --- |
Q: @
A: @
Q: @ A: @
C: @ [@]
[@]
`@::@`
status:: @
\ufdd00\ufdd1
"""
ALONE = "? ?? +++ --- === *** ``` ~~~~ $$ <div> </div> <!-- --> ` $ ** START END Basic Cloze"
FORMS = [*LINES.strip("\n").split("\n"), *ALONE.split()]


@st.composite
def mixes(draw: st.DrawFn) -> str:
    """Lines of all tools in any order, in which each word of the author occurs once: w1, w2 …."""
    forms = draw(st.lists(st.one_of(st.sampled_from(FORMS), st.just("")), max_size=24))
    count = 0
    lines = []
    for form in forms:
        parts = form.split("@")
        line = parts[0]
        for part in parts[1:]:
            count += 1
            line += f"w{count}w{part}"
        lines.append(line)
    return "\n".join(lines)


def texts_of(document: Document) -> Iterator[str]:
    """All that a document says, in whatever it is said."""
    yield document.deck
    yield from document.tags
    for block in document.blocks:
        yield from _said(block)


def _said(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Leftover():
            yield block.text
        case Pair():
            yield from (block.prompt, block.answer, *block.tags)
            exhibits = (*block.prompt_exhibits, *block.answer_exhibits)
            yield from (part for each in exhibits for part in (each.text, each.target))
        case Statement():
            yield from (block.text, *block.tags)
            yield from (mark.hint for mark in block.marks)
            yield from (part for each in block.exhibits for part in (each.text, each.target))


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, deadline=None)
@given(text=mixes())
def test_nothing_is_lost(name: str, text: str) -> None:
    """Whatever tool a file is said to be of, each of its words is in a block, and each of its lines."""
    document, _ = read(Source(f"a{SUFFIX[name]}", text, 0), [("*", name)])

    said = "\n".join(texts_of(document))
    lines = {line for block in document.blocks for line in range(block.span.first, block.span.last + 1)}
    assert [word for word in re.findall(r"w\d+w", text) if word not in said] == []
    assert [at for at, line in enumerate(text.split("\n"), 1) if line.strip() and at not in lines] == []


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, deadline=None)
@given(text=mixes())
def test_no_sign_of_ours_is_seen(name: str, text: str) -> None:
    """What stands for a card while the notes are read is nowhere in what is read."""
    document, _ = read(Source(f"a{SUFFIX[name]}", text.replace("\ufdd0", ""), 0), [("*", name)])

    assert "\ufdd0" not in "\n".join(texts_of(document))


@pytest.mark.parametrize("syntax", SYNTAXES, ids=lambda syntax: syntax.name)
@settings(max_examples=60, deadline=None)
@given(text=mixes())
def test_in_order_and_nothing_twice(syntax: Syntax, text: str) -> None:
    """What a syntax says of lines is in order; only cards of one line share it."""
    lines = text.split("\n")

    found = list(syntax.cards(lines))

    for before, after in pairwise(found):
        shares = before.last == after.first == before.first and isinstance(after, Written)
        assert after.first > before.last or shares
    assert all(1 <= each.first <= each.last <= len(lines) for each in found)


CARDS = {
    "obsidian-spaced-repetition": [
        "Fetch::open water <!--SR:!2021-08-16,51,230-->",
        "- Spit:::a ridge\n<!--SR:!2021-08-16,51,230-->",
        "What erodes?\nAnd where?\n??\nThe sea,\nat headlands",
        "### What is a bay?\n?\n- soft rock\n- between hard rock",
        "Waves reach ==Cornwall== from the\n==Atlantic;;ocean==.",
        "> Berm::a ridge",
    ],
    "obsidian-to-anki": [
        "START\nBasic\nWho?\n\nAnd when?\nBack: Caesar,\n\nthen\nTags: war\n<!--ID: 1613254301123-->\nEND",
        "START\nCloze\nIt fell in {476}\nto {Odoacer}.\nEND",
        "- say STARTI [Basic] Remus Back: a twin ENDI twice",
        "Q: Who built a wall?\nA: Hadrian\n<!--ID: 1613254301127-->",
        "Which one wrote? #flashcard\nMarcus\nTags: stoa\n<!--ID: 1613254301128-->",
        "Limes::the border\n<!--ID: 1613254301129-->",
    ],
    "flashcards-obsidian": [
        "# The cell #card\n\nAll life\n^1607361487244",
        "Two questions\non two lines #card-reverse #hard\n- one\n- two",
        "Lipid::a fat\n^1607361487247",
        "- Osmosis ::: water moves #transport",
        "The ==Golgi body== and {2:RNA} are {there}.",
    ],
    "hashcards": ["Q: One?\nA: Two.\n\nThree.\n\n---", "C: Speech is\n[produced] in [Broca's] area.\n\n---"],
}
NOTES = [
    "A line of text.",
    "Two lines of text\nin one paragraph:",
    "## A heading",
    "- a list\n  - of two levels",
    "1. counted",
    "> a quote",
    "| a | b |\n| --- | --- |\n| c | d |",
    "```python\nx::y\n\n?\n```",
    "$$\nx :: y\n$$",
    "***",
    "![a picture](a.png)",
    "See [there][1].\n\n[1]: https://example.org",
    "#exam",
]


def asked_in(text: str, name: str) -> list[str]:
    """The cards of a text, without what is around them."""
    document, _ = read(Source("a.md", text, 0), [("*", name)])
    pairs = [f"{each.prompt} -> {each.answer}" for each in document.blocks if isinstance(each, Pair)]
    blanked = [
        f"{each.text}: {[(mark.number, each.text[mark.start : mark.end], mark.hint) for mark in marks]}"
        for each in document.blocks
        if isinstance(each, Statement) and (marks := [mark for mark in each.marks if mark.kind is MarkKind.BLANK])
    ]
    return sorted(pairs + blanked)


@pytest.mark.parametrize("name", CARDS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_is_around_a_card_does_not_change_it(name: str, data: st.DataObject) -> None:
    """Cards are the same by themselves and among notes, however many blank lines are between them."""
    cards = data.draw(st.lists(st.sampled_from(CARDS[name]), unique=True))
    notes = [] if name == "hashcards" else data.draw(st.lists(st.sampled_from(NOTES), max_size=8))
    chunks = data.draw(st.permutations([*cards, *notes]))
    alone = sorted(each for card in cards for each in asked_in(f"\n{card}\n", name))
    gaps = [data.draw(st.integers(2, 5)) for _ in chunks]

    mixed = "\n\n" + "".join(chunk + "\n" * gap for chunk, gap in zip(chunks, gaps, strict=True))

    assert asked_in(mixed, name) == alone


def test_a_heading_is_a_card_and_a_heading() -> None:
    """What is below a heading that is a card has it in its trail, the card itself has not."""
    text = "# Plants\n\n## Roots #card #soil\n\nThey drink.\n\n### Hairs\n\nRoot hairs are thin.\n"
    document, _ = read(Source("a.md", text, 0), [("*", "flashcards-obsidian")])
    pair = next(each for each in document.blocks if isinstance(each, Pair))
    statement = next(each for each in document.blocks if isinstance(each, Statement))

    assert (pair.prompt, pair.answer, pair.trail, pair.tags) == ("Roots", "They drink.", (), ("soil",))
    assert (statement.trail, statement.tags) == (("Roots", "Hairs"), ())


def test_code_is_no_card_whatever_a_syntax_says() -> None:
    """A sign that the format's reader finds in code is taken back, and the code is as it was written."""
    text = "#flashcards\n\nTerm::a word\n\n- item\n\n      Q::A\n      more\n"
    document, _ = read(Source("a.md", text, 0), [("*", "obsidian-spaced-repetition")])
    code = next(each for each in document.blocks if isinstance(each, Leftover) and each.reason == "code")

    assert [each.prompt for each in document.blocks if isinstance(each, Pair)] == ["Term"]
    assert code.text == "Q::A\nmore"


def test_a_deck_that_shows_nothing_is_none() -> None:
    """A deck's name in another tool's way is held to what Anki can show, as our own is."""
    document, _ = read(Source("a.md", '---\ncards-deck: "::"\n---\nA::B\n', 0))

    assert document.deck == ""
    assert document.syntax == "flashcards-obsidian"


def test_what_no_side_shows_is_told() -> None:
    """The title of a callout within a side is on no card, and left over with its reason."""
    text = "> [!note] Mosses\n> What are they? #card\n> Small plants.\n"
    document, _ = read(Source("a.md", text, 0), [("*", "flashcards-obsidian")])

    assert [(each.text, each.reason) for each in document.blocks if isinstance(each, Leftover)] == [
        ("[!note] Mosses", "markup")
    ]


@pytest.mark.parametrize("text", ["See ![a\nQ::A\nb](c.png) here.\n", "Q::A\n|---|\n| x |\n", "<div>\nQ::A\n</div>\n"])
def test_a_sign_in_something_else(text: str) -> None:
    """A card whose line ends up in a picture's name, a table's head or HTML is a card, and leaves no sign there."""
    document, _ = read(Source("a.md", text, 0), [("*", "obsidian-spaced-repetition")])

    assert [(each.prompt, each.answer) for each in document.blocks if isinstance(each, Pair)] == [("Q", "A")]
    assert "\ufdd0" not in "\n".join(texts_of(document))
    columns = [name for each in document.blocks if isinstance(each, Statement) for name in each.columns]
    assert not any("\ufdd0" in name for name in columns)
