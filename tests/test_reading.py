"""Reading: from the text of a file to its blocks."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from case_files import Case, read_cases
from commonmark import lost
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_dump import dump

from crisis_cards.diagnostics import CouldNotRunError
from crisis_cards.model import Block, Document, Leftover, MarkKind, Pair, Statement
from crisis_cards.reading import READERS, read, title_of
from crisis_cards.reading.sentences import sentences
from crisis_cards.source import SUFFIXES, Source

CASES = Path(__file__).parent / "cases"

PIECES = [
    *("JFK", "wrote", "危机", "Ω", "a.", "b. C", "1.", "22. ", "U.S.", "“", "”", '"', "(", ")"),
    *("==", "==x==", "==.==", "{{c1::", "{{c2::x::y}}", "{{c0::", "}}", "::", " :: ", " ::: ", "Q: ", "A: "),
    *("#tag", " #a/b", "#skip", " #skip(x)", "# ", "## ", "- ", "* ", "> ", "---", "===", "```", "`", "*", "**", "_"),
    *("\n", "\n\n", "\n  ", "\n\t", "\t", "    ", " ", "  \n", "|", "[x](y\n'z')", "![i](j)", "<b>", "<!--", "-->"),
    *("* ", "\n** ", "TODO ", " :tag:", "#+TITLE: x\n", "#+begin_src\n", "\n#+end_src\n", "#+begin_quote\n", ":ID: x"),
    *(
        "\n:PROPERTIES:\n",
        "\n:END:\n",
        ": ",
        "+ ",
        "[ ] ",
        "-----",
        "|-",
        "\n#+TBLFM: $1=2\n",
        "#+RESULTS:\n",
        "=",
        "~",
    ),
    *(
        "[[",
        "]]",
        "][",
        "[fn:1]",
        "[fn:: ",
        "[cite:@a]",
        "<2024-01-05 Fri>",
        "<<",
        ">>",
        "_{",
        "^{",
        "}",
        "\\alpha",
        "\\(",
    ),
    *(
        "$",
        "$$",
        "\\begin{align}\n",
        "\n\\end{align}\n",
        "src_c{",
        "@@a:",
        "file:a.png",
        "https://a.b/c",
        "/",
        "COMMENT ",
    ),
    *("[a]: b\n", "\\", "&amp;", "&#10;", "~~", "title: x\n", "tags: [\n", "\x00", "\r", "\u2028", "\ufeff", "\x1c"),
]
"""Whatever means something to a reader, so that chance finds the odd meetings of it."""

NOTES = st.one_of(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.text(max_size=80))
SHAPES = st.lists(
    st.tuples(
        st.sampled_from(["", "- ", "1. ", "# ", "> ", "  - ", "\n", "| ", "* ", "+ "]),
        st.text("abcXYZ19", min_size=1, max_size=8),
    ).map("".join),
    max_size=12,
).map("\n".join)


def document(text: str, path: str = "notes.txt") -> Document:
    """What a text is read as; its diagnostics are left aside."""
    return read(Source(path, text, 0))[0]


def texts_of(block: Block) -> list[str]:
    """All the text of a block."""
    return [block.prompt, block.answer] if isinstance(block, Pair) else [block.text]


@pytest.mark.parametrize("case", read_cases(CASES / "reading_plain.txt"), ids=str)
def test_plain_case(case: Case) -> None:
    """Plain text is read as its case file says."""
    found = dump(*read(Source("notes.txt", case.text, 0)))

    assert found == case.expected


@pytest.mark.parametrize("case", read_cases(CASES / "reading_markdown.txt"), ids=str)
def test_markdown_case(case: Case) -> None:
    """Markdown is read as its case file says."""
    found = dump(*read(Source("notes.md", case.text, 0)))

    assert found == case.expected


@pytest.mark.parametrize("case", read_cases(CASES / "reading_org.txt"), ids=str)
def test_org_case(case: Case) -> None:
    """Org is read as its case file says."""
    found = dump(*read(Source("notes.org", case.text, 0)))

    assert found == case.expected


@pytest.mark.parametrize("case", read_cases(CASES / "sentences.txt"), ids=str)
def test_sentences_case(case: Case) -> None:
    """Sentences end where their case file says."""
    text = case.text.strip()

    found = [text[start:end] for start, end in sentences(text)]

    assert "\n".join(found) == case.expected


def test_table_of_readers() -> None:
    """Each kind of file that is looked for has a reader, and no reader waits in vain."""
    assert tuple(READERS) == SUFFIXES


def test_suffix_in_capitals() -> None:
    """NOTES.TXT is read as notes.txt is; what has no reader is refused."""
    blocks = [block for path in ("NOTES.TXT", "NOTES.MD") for block in document("JFK **spoke**", path).blocks]
    texts = [block.text for block in blocks if isinstance(block, Statement)]
    assert texts == ["JFK **spoke**", "JFK spoke"]
    with pytest.raises(CouldNotRunError, match=r"^notes\.pdf: "):
        document("JFK spoke", "notes.pdf")


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("cuban-missile-crisis.txt", "Cuban Missile Crisis"),
        ("history/causes_of_the_war.md", "Causes of the War"),
        ("the-end.txt", "The End"),
        ("NATO-and_the USSR.md", "NATO and the USSR"),
        ("---.txt", "---"),
    ],
)
def test_title_of_file_name(path: str, title: str) -> None:
    """A file that has no title of its own is named after its file, made readable."""
    assert title_of(path) == title


@pytest.mark.parametrize(
    ("text", "title", "trail"),
    [
        ("---\ntitle: Berlin\n---\n# Cuba\nNK agreed.", "Berlin", ("Cuba",)),
        ("---\ntitle: Cuba\n---\n# Cuba\nNK agreed.", "Cuba", ()),
        ("---\ndeck: D\n---\n# Cuba\nNK agreed.", "Cuba", ()),
        ("# Cuba\nNK agreed.", "Cuba", ()),
        ("## Cuba\nNK agreed.", "My Notes", ("Cuba",)),
        ("Text.\n# Cuba\nNK agreed.", "My Notes", ("Cuba",)),
        ("NK agreed.", "My Notes", ()),
    ],
)
def test_title_of_markdown(text: str, title: str, trail: tuple[str, ...]) -> None:
    """Front matter names a file, else a first heading of level 1, which then stands in no trail."""
    found = document(text, "my-notes.md")

    assert (found.title, found.blocks[-1].trail) == (title, trail)


def test_plain_heading_is_no_title() -> None:
    """A heading in plain text is a heading, even the first."""
    found = document("# Cuba\nNK agreed", "my-notes.txt")

    assert (found.title, found.blocks[-1].trail) == ("My Notes", ("Cuba",))


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("[cold war, '#cuba', a/b]", ("cold-war", "cuba", "a::b")),
        ("cuba, berlin  cuba", ("cuba", "berlin")),
        ("\n  - cuba\n  - 1962", ("cuba", "1962")),
        ("", ()),
    ],
)
def test_front_matter(tags: str, expected: tuple[str, ...]) -> None:
    """Front matter gives the document its deck and its tags, a list or words; its other keys are ignored."""
    found = document(f"---\ndeck: Cold War::Cuba\ntags: {tags}\ndate: 2026-99-99\n---\nNK agreed.", "notes.md")

    assert (found.deck, found.tags, found.blocks[-1].trail) == ("Cold War::Cuba", expected, ())


def test_what_a_document_has_of_its_source() -> None:
    """Path and time of change go with the document, and into every span."""
    found, _ = read(Source("a/b.txt", "NK agreed", 1_700_000_000))

    assert (found.path, found.modified, found.blocks[0].span.path) == ("a/b.txt", 1_700_000_000, "a/b.txt")


def test_paragraphs_of_plain_text() -> None:
    """Statements share a number when they share the paragraph and what they are under; headings begin new ones."""
    blocks = document("a\n\tb\n\tc\nd\n\ne\n# H\nf").blocks

    numbers = {block.text: block.paragraph for block in blocks if isinstance(block, Statement)}
    assert numbers["a"] == numbers["d"]
    assert numbers["b"] == numbers["c"]
    assert len({numbers[each] for each in "abef"}) == 4


def test_paragraphs_of_markdown() -> None:
    """Sentences of a paragraph share a number, and so do the items of one list."""
    blocks = document("A b. C d.\n\nE f.\n\n- G\n  - H\n  - I\n- J\n", "notes.md").blocks

    numbers = {block.text: block.paragraph for block in blocks if isinstance(block, Statement)}
    assert numbers["A b."] == numbers["C d."]
    assert numbers["G"] == numbers["J"]
    assert numbers["H"] == numbers["I"]
    assert len({numbers[each] for each in ("A b.", "E f.", "G", "H")}) == 4


def test_deep_nesting_is_left_over() -> None:
    """Bullets nested deeper than the parser goes are left over, not lost."""
    text = "".join(f"{'  ' * depth}- level{depth}\n" for depth in range(80))

    blocks = document(text, "notes.md").blocks

    assert all(any(f"level{depth}" in text for block in blocks for text in texts_of(block)) for depth in range(80))
    assert isinstance(blocks[-1], Leftover)


@pytest.mark.parametrize("path", ["notes.txt", "notes.md", "notes.org"])
def test_long_files_are_read_at_once(path: str) -> None:
    """Five thousand lines take well under a second; the bound here leaves room for slow machines."""
    text = "- 26 Oct – JFK was still ==keeping== his options open #tag\n" * 5000
    begun = time.perf_counter()

    found = document(text, path)

    assert len(found.blocks) == 5000
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    "piece",
    ["==a ", "{{c1::a ", " #a", "#skip(", "#skip(a) ", "(", '"a ', "Q: a A: b ", " a :: b", "` ", "*a ", "[[", "=a "],
)
@pytest.mark.parametrize("path", ["notes.txt", "notes.md", "notes.org"])
def test_one_long_line_is_read_at_once(path: str, piece: str) -> None:
    """Marks that are opened again and again and never closed cost no more than others."""
    begun = time.perf_counter()

    document(piece * 8000, path)

    assert time.perf_counter() - begun < 5


@settings(max_examples=400, deadline=None)
@given(NOTES, st.sampled_from(["notes.txt", "notes.md", "notes.org"]))
def test_any_text_is_read(text: str, path: str) -> None:
    """Whatever is written: no exception, marks lie in their text, blanks have words, spans have lines."""
    found, diagnostics = read(Source(path, text, 0))

    lines = text.replace("\r", "\n").count("\n") + 1
    for block in found.blocks:
        assert 1 <= block.span.first <= block.span.last <= lines
        assert all(block.trail)
        if isinstance(block, Statement):
            assert block.text == block.text.strip()
            assert block.text
            for mark in block.marks:
                assert 0 <= mark.start < mark.end <= len(block.text)
                words = block.text[mark.start : mark.end]
                assert mark.kind is MarkKind.CODE or words == words.strip()
                assert mark.number >= 0
                assert mark.kind is MarkKind.BLANK or not mark.number
        if isinstance(block, Pair):
            assert block.prompt.strip()
            assert block.answer.strip()
    assert [block.span.first for block in found.blocks] == sorted(block.span.first for block in found.blocks)
    assert all("\n" not in each.message for each in diagnostics)


@settings(max_examples=300, deadline=None)
@given(NOTES, st.sampled_from(["notes.txt", "notes.md", "notes.org"]))
def test_no_line_is_lost(text: str, path: str) -> None:
    """Every line that is not blank is in the span of some block."""
    text = text.replace("\r", "\n").replace("\0", "")

    found = document(text, path)

    covered = {line for block in found.blocks for line in range(block.span.first, block.span.last + 1)}
    wanted = {number for number, line in enumerate(text.split("\n"), 1) if line.strip()}
    assert wanted <= covered


@settings(max_examples=200, deadline=None)
@given(SHAPES, st.sampled_from(["notes.txt", "notes.md", "notes.org"]))
def test_no_word_is_lost(text: str, path: str) -> None:
    """Every word of headings, bullets, paragraphs and quotations is in the text of some block."""
    found = document(text, path)

    said = " ".join(text for block in found.blocks for text in texts_of(block))
    wanted = {word.strip("-+*#>|. ") for word in text.split() if word.strip("-+*#>|1. ")}
    assert wanted <= set(said.replace(".", " ").split()) | set(said.split())


@settings(max_examples=300, deadline=None)
@given(NOTES, st.sampled_from(["notes.txt", "notes.md"]))
def test_no_word_is_untold(text: str, path: str) -> None:
    """Every word of a file is in the text of a block, or in the lines that `explain` shows beside it."""
    text = text.replace("\r", "\n").replace("\0", "")

    assert lost(text, path) == set()


@settings(max_examples=100, deadline=None)
@given(NOTES, NOTES)
def test_what_follows_changes_no_plain_statement(first: str, second: str) -> None:
    """A statement of plain text reads the same whatever is written two paragraphs below it."""
    first = first.replace("\r", "")
    rest = f"{first}\n\n# Below\n{second}"

    alone, together = document(first), document(rest)

    assert alone.blocks == together.blocks[: len(alone.blocks)]
