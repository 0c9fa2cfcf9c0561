"""Paragraphs, lists, rows and headings from the lines of a PDF and where they stand."""

from __future__ import annotations

import pytest

from crisis_cards.source.conversion.layout import laid_out
from crisis_cards.source.conversion.pages import Line, Page
from crisis_cards.source.conversion.trees import Node, text_of

HEIGHT, LEFT, LETTER, SIZE = 800.0, 50.0, 5.0, 10.0


def line(text: str, at: float, page: int = 1, left: float = LEFT, size: float = SIZE) -> Line:
    """A line of letters that are all of one width, so many points from the top."""
    bottom = HEIGHT - at
    return Line(text, page, left, left + LETTER * len(text), bottom, bottom, size, is_bold=False)


def shown(*lines: Line) -> list[str]:
    """The blocks that lines become, one after the other, as text; places and comments with a sign before them."""
    count = max(each.page for each in lines)
    numbers = range(1, count + 1)
    pages = [Page(number, HEIGHT, tuple(each for each in lines if each.page == number)) for number in numbers]
    return [_shown(block) for block in laid_out(pages)]


def _shown(block: Node) -> str:
    match block["t"], block["c"]:
        case "Place", [str(name), _]:
            return f"@ {name}"
        case "Comment", str(text):
            return f"! {text}"
        case "Header", [int(level), _, found]:
            return f"{'#' * level} {text_of(found)}"
        case "BulletList", items:
            return f"- {_inside(items)}"
        case "OrderedList", [[first, *_], items]:
            return f"{first}. {_inside(items)}"
        case _, found:
            return text_of(found)


def _inside(items: list[list[Node]]) -> str:
    return " | ".join(" > ".join(map(_shown, item)) for item in items)


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("all of the telecommuni\u00ad", "cation of states", "all of the telecommunication of states"),
        ("missiles of medium\u00ad", "range were there", "missiles of medium-range were there"),
        ("policy of the Anglo\u00ad", "American allies was", "policy of the Anglo-American allies was"),
        ("it was flown by a U\u00ad", "2 of the air force", "it was flown by a U-2 of the air force"),
    ],
)
def test_broken_words(first: str, second: str, whole: str) -> None:
    """A word that was broken is one again; it keeps a hyphen that it has elsewhere, or that something large follows."""
    other = line("A medium-range missile is one of up to 3000 km, which is far enough.", 200)

    found = shown(line(first, 300), line(second, 312), other)

    assert found[1] == whole


def test_lines_are_joined_where_the_next_word_would_not_fit() -> None:
    """A line that was ended early ends its paragraph, if the next one begins large."""
    found = shown(
        line("Khrushchev announced that the installations would be dismantled by", 200),
        line("Soviet officers within a few weeks", 212),
        line("Castro was angry", 224),
        line("about that", 236),
        line("Kennedy was not", 280),
    )

    assert found == [
        "@ page 1",
        "Khrushchev announced that the installations would be dismantled by Soviet officers within a few weeks",
        "Castro was angry about that",
        "Kennedy was not",
    ]


def test_sentences_go_on_over_columns_and_pages() -> None:
    """What was not ended goes on in the next column and on the next page, past what stands at the edges of pages."""
    found = shown(
        line("HIST 101", 20),
        line("The quarantine began on 24 October", 700),
        line("and it ended when the Soviet ships had", 200, left=400),
        line("1", 780),
        line("HIST 101", 20, page=2),
        line("turned back.", 100, page=2),
        line("2", 780, page=2),
    )

    assert found == [
        "@ page 1",
        "! HIST 101 · 1",
        "The quarantine began on 24 October and it ended when the Soviet ships had turned back.",
        "@ page 2",
        "! HIST 101 · 2",
    ]


def test_items() -> None:
    """Signs begin items, what begins further right is below, and numbers go on from one to the next."""
    found = shown(
        line("• The navy formed a line that was as long as the", 200),
        line("island", 212, left=60),
        line("o Ships turned back", 224, left=80),
        line("• Brinkmanship", 236),
        line("1. First photographs", 260),
        line("2. Then a speech", 272),
        line("24. October was the day", 300),
    )

    assert found == [
        "@ page 1",
        "- The navy formed a line that was as long as the island > - Ships turned back | Brinkmanship",
        "1. First photographs | Then a speech",
        "24. October was the day",
    ]


def test_headings_by_size() -> None:
    """Larger letters are headings, the largest of the first level; pages without words are still counted."""
    found = shown(
        line("The crisis", 150, size=20),
        line("The blockade", 180, size=14),
        line("It began on 24 October, when the ships of the navy were in their places around Cuba", 200),
        line("It ended in November", 200, page=3),
    )

    assert found == [
        "@ page 1",
        "# The crisis",
        "## The blockade",
        "It began on 24 October, when the ships of the navy were in their places around Cuba",
        "@ page 2",
        "@ page 3",
        "It ended in November",
    ]


def test_unknown_letters_are_no_text() -> None:
    """A line with letters that the file does not tell is kept for its author to see, and is no text."""
    found = shown(line("JFK spoke", 200), line("Ca\ufffdtro", 240))

    assert found == ["@ page 1", "! Ca\ufffdtro", "JFK spoke"]
