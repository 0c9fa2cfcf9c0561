"""Documents: each format becomes Markdown with places, and nothing that is in one can do harm."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from anki_collection import imported, opened_collection, shown_cards, text_in
from conftest import Program, command, environment, write
from documents_made import pandoc_made, printed, said, source_of
from playwright.sync_api import Browser
from test_watch import Watch

from crisis_cards.model import Heading
from crisis_cards.reading import read
from crisis_cards.source import documents, find_sources
from crisis_cards.source.conversion import pandoc

CRISIS = """\
Kennedy was President from 1961 to 1963.

# Causes of the war

The **Jupiter** missiles in Turkey were *fifteen*. José Martí and Günter lived in Łódź — “quoted [sic]” words.

## The blockade

- The navy formed a line
  - Soviet ships turned back
    - The Kirov went on
  - The Bucharest was let through
- Brinkmanship was risky

1. First came photographs
2. Then came a speech

| Country | Capital | Leader       |
|---------|---------|--------------|
| Cuba    | Havana  | Fidel Castro |
| Turkey  | Ankara  | Cemal Gürsel |

# Aftermath

The ==hotline== was set up in 1963 #exam

quarantine :: a blockade by another name

Water is H~2~O.[^1]

[^1]: Hydrogen has one proton.
"""

SLIDES = """\
% Cuban slides

# The blockade

- The navy formed a line
  - Soviet ships turned back
    - The Kirov went on
- Brinkmanship was **risky**

::: notes
The speech was televised.
:::

# Countries

| Country | Capital |
|---------|---------|
| Cuba    | Havana  |
| Turkey  | Ankara  |

# Ends

The ==hotline== was set up in 1963
"""

PRINTED = """<!doctype html><html lang="en"><meta charset="utf-8"><style>
@page { size: A5; margin: 20mm; @top-center { content: "HIST 101" } @bottom-center { content: "Page " counter(page) } }
body { font: 12pt serif; text-align: justify; hyphens: auto } h1 { break-before: page } .two { columns: 2 }
li::marker { content: "• " } td, th { padding-right: 4em; text-align: left }</style>
<h1>Causes of the war</h1>
<p>Nikita Khrushchev placed medium-range ballistic missiles in Cuba in the summer of 1962 because the Americans had
stationed Jupiter missiles in Turkey. José Martí and Günter lived in Łódź.</p>
<p>The internationali&shy;zation of telecommuni&shy;cation was characteristi&shy;cally institutio&shy;nalized.</p>
<ul><li>The navy formed a line around Cuba at a distance of five hundred nautical miles from the island
<ul><li>Soviet ships turned back</ul><li>Brinkmanship was risky</ul>
<table><tr><th>Country<th>Capital<tr><td>Cuba<td>Havana<tr><td>Turkey<td>Ankara</table>
<h1>Two columns</h1>
<div class="two"><p>Robert Kennedy met the Soviet ambassador Anatoly Dobrynin on the evening of 27 October and offered
the withdrawal of the missiles from Turkey within a few months, which the public was not to know of at all.</p></div>
<h1>Aftermath</h1><p>The ==hotline== was set up in 1963</p></html>"""


MISSILES = (
    "Nikita Khrushchev placed medium-range ballistic missiles in Cuba in the summer of 1962 because the Americans had "
    "stationed Jupiter missiles in Turkey."
)
OFFER = (
    "Robert Kennedy met the Soviet ambassador Anatoly Dobrynin on the evening of 27 October and offered the "
    "withdrawal of the missiles from Turkey within a few months, which the public was not to know of at all."
)


# --- formats ------------------------------------------------------------------------------------------------------

CAUSES, BLOCKADE = ("Causes of the war",), ("Causes of the war", "The blockade")
NAVY = "The navy formed a line"

EXPECTED = [
    ("beginning", (), "Kennedy was President from 1961 to 1963."),
    ("Causes of the war", CAUSES, "The Jupiter missiles in Turkey were fifteen."),
    ("Causes of the war", CAUSES, "José Martí and Günter lived in Łódź — “quoted [sic]” words."),
    ("The blockade", BLOCKADE, NAVY),
    ("The blockade", (*BLOCKADE, NAVY), "Soviet ships turned back"),
    ("The blockade", (*BLOCKADE, NAVY, "Soviet ships turned back"), "The Kirov went on"),
    ("The blockade", (*BLOCKADE, NAVY), "The Bucharest was let through"),
    ("The blockade", BLOCKADE, "Brinkmanship was risky"),
    ("The blockade", BLOCKADE, "First came photographs"),
    ("The blockade", BLOCKADE, "Then came a speech"),
    ("The blockade", BLOCKADE, "Cuba | Havana | Fidel Castro"),
    ("The blockade", BLOCKADE, "Turkey | Ankara | Cemal Gürsel"),
    ("Aftermath", ("Aftermath",), "The hotline was set up in 1963"),
    ("Aftermath", ("Aftermath",), "quarantine"),
]


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".epub", ".html", ".htm"])
def test_documents_keep_their_structure(tmp_path: Path, suffix: str) -> None:
    """Headings, nested lists, tables, marks and every letter come through, each with the heading it stands under."""
    source = source_of(pandoc_made(tmp_path / f"notes{suffix}", CRISIS))

    found = said(source)

    assert found[: len(EXPECTED)] == EXPECTED
    assert "**Jupiter** missiles in Turkey were *fifteen*" in source.text
    assert "H<sub>2</sub>O.[^1]" in source.text
    assert "[^1]: Hydrogen has one proton." in source.text


def test_rtf(tmp_path: Path) -> None:
    """Of RTF every word comes through in its order, whatever signs stand for letters, and headings are places."""
    source = source_of(pandoc_made(tmp_path / "notes.rtf", CRISIS))

    found = said(source)

    texts = [re.sub(r"^[12]\. ", "", text) for _, _, text in found]  # pandoc writes the numbers of lists as text
    assert texts[:13] == [text for _, _, text in EXPECTED][:13]
    assert [place for place, _, _ in found][:13] == [place for place, _, _ in EXPECTED][:13]


def test_rtf_as_other_programs_write_it(tmp_path: Path) -> None:
    """Letters with a stand-in that follows at once, one in hexadecimal or none; a list right before a table."""
    raw = (
        rb"{\rtf1\ansi\ansicpg1252{\*\listtable{\list{\listlevel\levelnfc23}\listid1}}"
        rb"{\*\listoverridetable{\listoverride\listid1\ls1}}\pard First words\par"
        rb"\pard \u321?\'f3d\u378? is \u8220" + b'"quoted' + rb"\u8221" + b'"' + rb" \u322\'6c \uc0\u353 x \\u99x\par"
        rb"\pard{\listtext\'b7\tab}\ls1\ilvl0 Castro spoke\par \trowd\cellx100\cellx200\pard\intbl A\cell B\cell\row"
        rb"\trowd\cellx100\cellx200\pard\intbl C\cell D\cell\row\pard Last\par}"
    )
    source = source_of(write(tmp_path / "notes.rtf", raw))

    found = [text for _, _, text in said(source)]

    assert found == ["First words", r"Łódź is “quoted” ł šx \u99x", "Castro spoke", "C | D", "Last"]


def test_slides(tmp_path: Path) -> None:
    """Slides are places; titles are headings, bullets nest, notes of the speaker are their slide's."""
    source = source_of(pandoc_made(tmp_path / "talk.pptx", SLIDES))

    found = said(source)

    assert found == [
        ("slide 1", ("The blockade",), NAVY),
        ("slide 1", ("The blockade", NAVY), "Soviet ships turned back"),
        ("slide 1", ("The blockade", NAVY, "Soviet ships turned back"), "The Kirov went on"),
        ("slide 1", ("The blockade",), "Brinkmanship was risky"),
        ("slide 1, notes", ("The blockade",), "The speech was televised."),
        ("slide 2", ("Countries",), "Cuba | Havana"),
        ("slide 2", ("Countries",), "Turkey | Ankara"),
        ("slide 3", ("Ends",), "The hotline was set up in 1963"),
    ]


def test_slide_without_title(tmp_path: Path) -> None:
    """What stands on a slide without a title does not stand under that of the slide before."""
    path = pandoc_made(tmp_path / "made" / "talk.pptx", "# Title\n\nWords\n\n-----\n\nUntitled words\n")

    found = said(source_of(path))

    assert found == [("slide 1", ("Title",), "Words"), ("slide 2", (), "Untitled words")]


def test_pdf(tmp_path: Path, browser: Browser) -> None:
    """Lines of a PDF are paragraphs, items and rows again; what stands at the edge of each page is no statement."""
    source = source_of(printed(tmp_path / "book.pdf", browser, PRINTED))

    found = [(place, text) for place, _, text in said(source)]

    assert found == [
        ("page 1", MISSILES),
        ("page 1", "José Martí and Günter lived in Łódź."),
        ("page 1", "The internationalization of telecommunication was characteristically institutionalized."),
        ("page 1", "The navy formed a line around Cuba at a distance of five hundred nautical miles from the island"),
        ("page 1", "Soviet ships turned back"),
        ("page 1", "Brinkmanship was risky"),
        ("page 1", "Cuba | Havana"),
        ("page 1", "Turkey | Ankara"),
        ("page 2", OFFER),
        ("page 3", "The hotline was set up in 1963"),
    ]
    headings = [block.text for block in read(source)[0].blocks if isinstance(block, Heading)]
    assert headings == ["Causes of the war", "Two columns", "Aftermath"]
    assert re.findall("<!-- (.*) -->", source.text) == [f"HIST 101 · Page {number}" for number in (1, 2, 3)]


def test_cards_name_their_place(tmp_path: Path, browser: Browser, program: Program) -> None:
    """Each format gives a card, which says in which document it is, and where."""
    for suffix in ("docx", "odt", "epub", "html", "rtf"):
        text = f"# Chapter {suffix}\n\nThe ==hotline {suffix}== was set up in 1963\n"
        pandoc_made(tmp_path / "notes" / f"n.{suffix}", text)
    pandoc_made(tmp_path / "notes" / "n.pptx", "# One\n\nWords\n\n# Two\n\nThe ==hotline pptx== was set up in 1963\n")
    printed(tmp_path / "notes" / "n.pdf", browser, "<p>The ==hotline pdf== was set up in 1963</p>")

    done = program("build", "notes", "-o", "n.apkg")

    assert done.code == 0
    with opened_collection() as collection:
        imported(collection, tmp_path / "n.apkg")
        backs = [text_in(card.answer) for card in shown_cards(collection)]
    places = {"pptx": "slide 2", "pdf": "page 1"}
    for suffix in ("docx", "odt", "epub", "html", "rtf", "pptx", "pdf"):
        place = f"n.{suffix}, {places.get(suffix, f'Chapter {suffix}')}"
        assert [back for back in backs if f"hotline {suffix} " in back and place in back]


def test_title_of_a_document(tmp_path: Path) -> None:
    """What Word calls the title names the document, and is lost to no one."""
    path = tmp_path / "notes.docx"
    pandoc_made(path, '---\ntitle: "Cuba: \\"1962\\""\nauthor: R. Kennedy\n---\n\nJFK spoke\n')
    subprocess.run(
        [str(pandoc.program()), "--metadata", 'title=Cuba: "1962"', "-o", str(path)], input=b"JFK spoke", check=True
    )

    document, told = read(source_of(path))

    assert (document.title, told) == ('Cuba: "1962"', ())


WORD_BOX = '<w:txbxContent><w:p w:x="1"><w:r><w:t>Castro spoke</w:t></w:r></w:p></w:txbxContent>'
IN_WORD = (
    f'<mc:AlternateContent xmlns:mc="m"><mc:Choice>{WORD_BOX}</mc:Choice><mc:Fallback>{WORD_BOX}</mc:Fallback>'
    "</mc:AlternateContent>"
)
BOX = {
    ".docx": (
        "word/document.xml",
        "<w:p><w:r><w:t>Before{}</w:t></w:r></w:p>",
        f"</w:t></w:r><w:r>{IN_WORD}</w:r><w:r><w:t>",
    ),
    ".odt": (
        "content.xml",
        "<text:p>Before{}</text:p>",
        "<draw:frame><draw:text-box><text:p>Castro spoke</text:p></draw:text-box></draw:frame>",
    ),
}


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
def test_text_boxes(tmp_path: Path, suffix: str) -> None:
    """What is in a text box is read once, after the paragraph that the box is fixed to."""
    member, paragraph, box = BOX[suffix]
    origin = pandoc_made(tmp_path / f"origin{suffix}", "Kennedy spoke\n")
    with zipfile.ZipFile(origin) as old, zipfile.ZipFile(tmp_path / f"n{suffix}", "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            first = re.search("<w:body>|<office:text[^>]*>", text)
            if name == member and first is not None:
                text = text[: first.end()] + paragraph.format(box + " after") + text[first.end() :]
            new.writestr(name, text)

    found = [text for _, _, text in said(source_of(tmp_path / f"n{suffix}"))]

    assert found == ["Before after", "Castro spoke", "Kennedy spoke"]


def test_place_names_are_short(tmp_path: Path) -> None:
    """A heading of many words is cut, and is one line."""
    source = source_of(pandoc_made(tmp_path / "notes.docx", f"# {'word ' * 40}\n\nJFK spoke\n"))

    (place,) = {place for place, _, _ in said(source)}

    assert len(place) <= 60
    assert place.endswith("word…")


def test_tables_that_are_layouts(tmp_path: Path) -> None:
    """Cells with lists in them are read one after the other; one over several rows leaves the others in place."""
    html = (
        "<table><tr><td><ul><li>One</li><li>Two</li></ul></td><td><p>Three</p></td></tr></table>"
        "<table><tr><th>Country</th><th>Leader</th></tr><tr><td rowspan='2'>Cuba</td><td>Castro</td></tr>"
        "<tr><td>Guevara</td></tr></table>"
    )

    source = source_of(write(tmp_path / "notes.html", html))

    assert [text for _, _, text in said(source)] == ["One", "Two", "Three", "Cuba | Castro", "| Guevara"]


def test_web_pages_in_other_encodings(tmp_path: Path) -> None:
    """A page is read in the encoding that it names, and what it calls Latin-1 as browsers do."""
    text = '<meta charset="{}"><p>Castro’s café'
    write(tmp_path / "a.html", text.format("iso-8859-1").encode("cp1252"))
    write(tmp_path / "b.html", text.format("macintosh").encode("mac-roman"))
    write(tmp_path / "c.html", text.format("utf-8").encode("utf-8-sig"))
    write(tmp_path / "d.html", text.format("no-such").encode("utf-8"))

    found = find_sources(tmp_path, [tmp_path])

    assert [source.text.strip() for source in found.sources] == ["Castro’s café"] * 4


def test_equal_documents_give_equal_text(tmp_path: Path, browser: Browser) -> None:
    """The same bytes give the same text and places, twice."""
    paths = [pandoc_made(tmp_path / f"n.{suffix}", CRISIS) for suffix in ("docx", "odt", "epub", "rtf", "html")]
    paths += [pandoc_made(tmp_path / "n.pptx", SLIDES), printed(tmp_path / "n.pdf", browser, PRINTED)]

    again = [write(tmp_path / "again" / path.name, path.read_bytes()) for path in paths]

    first, second = ([(each.text, each.places) for each in map(source_of, made)] for made in (paths, again))

    assert first == second
    assert all(text and places for text, places in first)


def test_what_changed_is_converted_again(tmp_path: Path) -> None:
    """A document that is asked for again is the same until it is saved anew, and then as it was saved."""
    path = pandoc_made(tmp_path / "n.docx", "JFK spoke\n")
    first, second = source_of(path), source_of(path)
    pandoc_made(path, "NK spoke\n")

    third = source_of(path)

    assert second is first
    assert third.text == "NK spoke\n"


def test_watch_sees_documents(tmp_path: Path) -> None:
    """A document that is saved, and a page, causes a build as other notes do."""
    write(tmp_path / "notes" / "a.txt", "Q: Who flew the U-2? A: Anderson\n")
    (tmp_path.parent / f"{tmp_path.name}-temporary").mkdir()
    with Watch(tmp_path, "notes", "-o", "n.apkg", "--no-preview") as watch:
        watch.line()
        pandoc_made(tmp_path / "b.docx", "The ==hotline== was set up in 1963\n").rename(tmp_path / "notes" / "b.docx")
        assert watch.line() == "1 new; 2 cards"

        write(tmp_path / "notes" / "c.html", "<p>The ==blockade== began in 1962")
        assert watch.line() == "1 new; 3 cards"


def test_preview_is_no_notes(tmp_path: Path, program: Program) -> None:
    """The page that `preview` writes below the folder of the notes is not read as notes."""
    write(tmp_path / "notes.txt", "Q: Who flew? A: Anderson\n")
    program("preview", ".")
    assert list((tmp_path / "build").glob("*.html"))

    found = find_sources(tmp_path, [tmp_path])

    assert [source.path for source in found.sources] == ["notes.txt"]
    assert found.diagnostics == ()

    (page,) = tmp_path.glob("build/*.html")
    done = program("explain", page)

    said = f"crisis-cards: {page.name}: a page that `crisis-cards preview` wrote; name the notes\n"
    assert (done.code, done.err) == (2, said)


# --- without the extra ----------------------------------------------------------------------------------------------


@pytest.fixture
def bare(tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """The program in an environment without the extra: all packages that are installed but those two."""
    site = Path(pypdfium2.__file__).parent.parent
    packages = tmp_path / "packages"
    packages.mkdir()
    for each in site.iterdir():
        if not each.name.startswith(("pypandoc", "pypdfium2")) and each.suffix != ".pth":
            (packages / each.name).symlink_to(each)
    house = Path(documents.__file__).parents[2]

    def act(*arguments: str) -> tuple[int, str]:
        variables = {**environment(tmp_path), "PYTHONPATH": f"{house}:{packages}"}
        line = command(*arguments, options=("-S",))
        done = subprocess.run(line, cwd=tmp_path, env=variables, capture_output=True, text=True, check=False)
        return done.returncode, done.stderr

    return act


def test_folder_without_the_extra(tmp_path: Path, bare: Callable[..., tuple[int, str]], program: Program) -> None:
    """One warning for all documents, the rest is built, and what was made of them before is not retired."""
    pandoc_made(tmp_path / "notes" / "b.docx", "The ==hotline== was set up in 1963\n")
    write(tmp_path / "notes" / "a.txt", "Q: Who flew the U-2? A: Anderson\n")
    assert "2 new" in program("build", "notes", "-o", "n.apkg").err
    write(tmp_path / "notes" / "c.pdf", b"no matter what")
    write(tmp_path / "notes" / "d.docx", b"no matter what")

    code, told = bare("build", "notes", "-o", "n.apkg")

    assert code == 0
    warning = '3 documents (.docx, .pdf) are not read; pip install "crisis-cards[documents]" reads them'
    assert f"notes/b.docx:1: warning[documents] {warning}\n" in told
    assert told.count("warning[") == 1
    assert "retired" not in told
    assert "1 card in 1 note" in told


def test_document_without_the_extra(tmp_path: Path, bare: Callable[..., tuple[int, str]]) -> None:
    """A document that is named is refused."""
    write(tmp_path / "b.docx", b"no matter what")

    code, told = bare("build", "b.docx")

    assert code == 2
    assert told == (
        'crisis-cards: b.docx: 1 document (.docx) is not read; pip install "crisis-cards[documents]" reads it\n'
    )


def test_text_needs_no_converter(tmp_path: Path) -> None:
    """Neither --help nor a build of text starts or imports a converter."""
    write(tmp_path / "a.txt", "Q: Who flew the U-2? A: Anderson\n")
    for arguments in (("--help",), ("build", "a.txt", "-o", "a.apkg")):
        line = command(*arguments, options=("-X", "importtime"))
        done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=True)

        assert "crisis_cards.cli" in done.stderr
        assert not re.search(r"pypdfium2|pypandoc|conversion\.(layout|slides|__main__)", done.stderr)
