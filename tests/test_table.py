"""CSV and TSV: a row a card, whatever program wrote it, and no word lost."""

from __future__ import annotations

import re
import time

import pytest
from case_files import Case, read_cases
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_dump import dump
from test_reading import CASES

from crisis_cards.model import Document, Leftover, Pair, Statement
from crisis_cards.reading import read
from crisis_cards.source import Source

WORD = re.compile(r"[^\W_]+")
SIGNS = st.sampled_from(
    (
        *('"', '""', ",", ";", "\t", "|", "\n", "\n\n", " ", "#", ":", "=", "'", "<", ">", "&", "\\", "$", "[", "]"),
        *("<b>", "</b>", "<br>", "<li>", "<!--", "-->", "<img src='a.png'>", "&nbsp;", "[sound:a.mp3]", "{{c1::", "}}"),
        *("front", "back", "Frage", "Antwort", "tags", "id", "sep=;", "#separator:tab\n", "#html:true\n"),
        *("#tags column:2\n", "#columns:a,b\n", "alpha", "beta", "12", "3", "ü", "漢字", "\u202e", "\ufffc", "\x0b"),
    )
)
TABLES = st.one_of(st.lists(SIGNS, max_size=40).map("".join), st.text(max_size=120))


def table(text: str, path: str = "a.csv") -> Document:
    """What is read of a table."""
    return read(Source(path, tidied(text), 0))[0]


def tidied(text: str) -> str:
    """A text as `source` hands it on."""
    known = "".join(char for char in text if not 0xD800 <= ord(char) < 0xE000 and char != "\0")
    return known.replace("\r\n", "\n").replace("\r", "\n")


def words_of(document: Document) -> set[str]:
    """All words of what was read, on cards or in what is left over."""
    said: list[str] = [*document.tags, document.deck]
    for block in document.blocks:
        match block:
            case Pair():
                shown = (*block.prompt_exhibits, *block.answer_exhibits)
                said += [block.prompt, block.answer, *block.tags]
            case Statement():
                shown = block.exhibits
                said += [block.text, *block.tags, *(mark.hint for mark in block.marks)]
            case _:
                shown = ()
                said.append(block.text)
        said += [f"{each.text} {each.target}" for each in shown]
    return set(WORD.findall(" ".join(said)))


@pytest.mark.parametrize("case", read_cases(CASES / "reading_table.txt"), ids=str)
def test_table_case(case: Case) -> None:
    """A table is read as its case file says."""
    assert dump(*read(Source("notes.csv", case.text, 0))) == case.expected


@settings(max_examples=400, deadline=None)
@given(TABLES, st.sampled_from(["a.csv", "b.tsv"]))
def test_any_text(text: str, path: str) -> None:
    """Whatever is in a file, each line with words is in some block, in the order of the lines."""
    lines = tidied(text).split("\n")

    document = table(text, path)

    covered = {line for block in document.blocks for line in range(block.span.first, block.span.last + 1)}
    assert {number for number, line in enumerate(lines, 1) if line.strip()} <= covered
    assert [block.span.first for block in document.blocks] == sorted(block.span.first for block in document.blocks)
    assert all(1 <= block.span.first <= block.span.last <= len(lines) for block in document.blocks)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.lists(st.text("abcäß漢 ,;|\"'.?#\n0123\t", max_size=12), min_size=1, max_size=4), max_size=6))
def test_no_word_is_lost(rows: list[list[str]]) -> None:
    """Every word of every cell is on a card or left over with a reason, quoted or not."""
    text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    bare = "\n".join(";".join(cell.replace("\n", " ") for cell in row) for row in rows)

    for written in (text, bare):
        assert set(WORD.findall(written)) <= words_of(table(written))


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_delimiters(sign: str) -> None:
    """The delimiter is the sign that parts all rows alike, whatever else stands in the cells."""
    cells = [("Who, then", "he; she | they"), ("When (in May), if so", "then; later"), ("Why", "so")]
    text = "\n".join(sign.join(f'"{cell}"' if sign in cell else cell for cell in row) for row in cells)

    found = [(block.prompt, block.answer) for block in table(text).blocks if isinstance(block, Pair)]

    assert found == cells


def test_exported_by_anki() -> None:
    """A .txt file is a table if its first line is what Anki writes above its exports; no id of Anki's is on a card."""
    text = "#separator:tab\n#html:true\n#guid column:1\n#tags column:4\nk/z3<%q\tcapital of Peru\tLima\tgeo\n"

    blocks = table(text, "notes.txt").blocks

    assert [(block.prompt, block.answer, block.tags) for block in blocks if isinstance(block, Pair)] == [
        ("capital of Peru", "Lima", ("geo",))
    ]
    assert [block.text for block in blocks if isinstance(block, Leftover)][-1] == "k/z3<%q"


def seconds(text: str) -> float:
    """How long a table takes."""
    start = time.perf_counter()
    table(text)
    return time.perf_counter() - start


def test_rows_take_linear_time() -> None:
    """Four times as many rows take no more than four times as long, with some allowance."""
    few, many = ("".join(f'{i},"Question {i}, what?",<b>{i}</b> x\n' for i in range(n)) for n in (2_000, 8_000))

    assert seconds(many) < 4 * 2.5 * max(seconds(few), 0.05)


@pytest.mark.parametrize(
    "text",
    [
        'a,"' + "word, " * 170_000 + '"',
        "a,<b>" + "<a " * 300_000,
        "a,<b>" + "<!--" * 250_000,
        '"abc,def\n' * 20_000,
        'a,"\n' + 'b,""\n' * 50_000,
        '"' * 1_000_000,
        "a;" + "[latex]" * 140_000,
        ",".join(f"column {i}" for i in range(10_000)) + "\n" + ",".join(f'"value\n{i}"' for i in range(10_000)),
    ],
    ids=["cell", "tags", "comments", "quotes", "open quote", "quotes alone", "latex", "columns"],
)
def test_odd_tables_end(text: str) -> None:
    """A cell of a megabyte, ten thousand columns, and quotes that never close are read in seconds."""
    assert seconds(text) < 20
