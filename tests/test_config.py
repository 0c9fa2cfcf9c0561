"""deck.toml, and the names that come of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_cards.config import Config, Term, TermKind, load_config, name_of_folder, package_name
from crisis_cards.diagnostics import CouldNotRunError, Severity


def config(folder: Path, text: str) -> Config:
    """What a deck.toml of this text says."""
    (folder / "deck.toml").write_text(text, encoding="utf-8")
    return load_config(folder)


def test_without_a_file(tmp_path: Path) -> None:
    """Without a deck.toml the deck is named after its folder, and its language is English."""
    folder = tmp_path / "source_notes"
    folder.mkdir()

    assert load_config(folder) == Config("Source notes")


def test_all_keys(tmp_path: Path) -> None:
    """Name, language, model, glossary and severities are read; a short form that is only text names a thing."""
    text = """
        name = "Cuban  Missile Crisis"
        language = "de"
        model = "de_core_news_sm"
        [glossary]
        JFK = { full = "John F. Kennedy", type = "person" }
        NATO = { full = "North Atlantic Treaty Organization", type = "organisation" }
        "U-2" = "Lockheed U-2"
        Cuba = { full = "Republic of Cuba", type = "place" }
        ICBM = { full = "intercontinental ballistic missile" }
        [check]
        long-answer = "error"
        likely-typo = "off"
    """

    found = config(tmp_path, text)

    assert (found.name, found.language, found.model) == ("Cuban Missile Crisis", "de", "de_core_news_sm")
    assert found.severities == (("long-answer", Severity.ERROR), ("likely-typo", None))
    assert found.glossary == (
        Term("JFK", "John F. Kennedy", TermKind.PERSON),
        Term("NATO", "North Atlantic Treaty Organization", TermKind.ORGANISATION),
        Term("U-2", "Lockheed U-2", TermKind.THING),
        Term("Cuba", "Republic of Cuba", TermKind.PLACE),
        Term("ICBM", "intercontinental ballistic missile", TermKind.THING),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'nam = "x"',
            'deck.toml: unknown key "nam"; known keys: name, language, model, profile, glossary, check, syntax',
        ),
        ("name = 5", 'deck.toml: name is a number; write text in quotes: name = "…"'),
        ("name = true", 'deck.toml: name is true or false; write text in quotes: name = "…"'),
        ("name = ['x']", 'deck.toml: name is a list; write text in quotes: name = "…"'),
        ("model = 2026-01-01", 'deck.toml: model is a date or time; write text in quotes: model = "…"'),
        ("name = ' '", 'deck.toml: name is empty; write name = "…" or leave it out'),
        ("language = ''", 'deck.toml: language is empty; write language = "…" or leave it out'),
        (
            "language = 'English'",
            'deck.toml: language "English" is no code of one; write language = "en", or de, fr, es and so on',
        ),
        ('name = "a\\u0000b"', "deck.toml: name contains characters that cannot be printed"),
        ("glossary = 'x'", "deck.toml: glossary is text; write it as a table [glossary]"),
        ("[glossary]\nJFK = 5", 'deck.toml: glossary.JFK is a number; write JFK = { full = "…", type = "person" }'),
        ("[glossary]\nJFK = ''", 'deck.toml: glossary.JFK.full is empty; write full = "…"'),
        ("[glossary]\nJFK = {}", 'deck.toml: glossary.JFK.full is empty; write full = "…"'),
        ("[glossary]\n'' = 'x'", "deck.toml: a short form of the glossary is empty"),
        ("check = 1", "deck.toml: check is a number; write it as a table [check]"),
        (
            "[check]\nlong-answer = 'no'",
            'deck.toml: unknown severity "no" of check.long-answer; known severities: off, warning, error',
        ),
        (
            "[syntax]\n'[z-a].md' = 'inka'",
            'deck.toml: "[z-a].md" in [syntax] is no pattern of gitignore; write a path or *.md',
        ),
        (
            "[syntax]\n'a\\' = 'inka'",
            'deck.toml: "a\\" in [syntax] is no pattern of gitignore; write a path or *.md',
        ),
        (
            '[syntax]\n"\\u0000" = "inka"',
            'deck.toml: "\ufffd" in [syntax] is no pattern of gitignore; write a path or *.md',
        ),
        ("[syntax]\n'' = 'inka'", 'deck.toml: "" in [syntax] takes in no file; write a path or *.md'),
        ("[syntax]\n'!a.md' = 'inka'", 'deck.toml: "!a.md" in [syntax] takes in no file; write a path or *.md'),
        (
            "[glossary]\nJFK = { long = 'x' }",
            'deck.toml: unknown key "glossary.JFK.long"; known keys: full, type',
        ),
        (
            "[glossary]\nJFK = { full = 'x', type = 'man' }",
            'deck.toml: unknown type "man" of glossary.JFK; known types: person, place, organisation, thing',
        ),
    ],
)
def test_mistakes(tmp_path: Path, text: str, message: str) -> None:
    """Each mistake is told in one line: what was found, and what to write."""
    with pytest.raises(CouldNotRunError) as caught:
        config(tmp_path, text)

    assert str(caught.value) == message


@pytest.mark.parametrize(("written", "read"), [("de", "de"), ("EN-gb", "en-gb"), ("zh_Hans", "zh-hans")])
def test_codes_of_languages(tmp_path: Path, written: str, read: str) -> None:
    """Codes are read as people write them, with a place or a script behind."""
    assert config(tmp_path, f"language = '{written}'").language == read


@pytest.mark.parametrize("text", ["name = 'x'\nlanguage = ", "x = " + "[" * 3000, "x = " + "9" * 5000, "\0"])
def test_broken_file(tmp_path: Path, text: str) -> None:
    """What is no TOML is told in one line."""
    with pytest.raises(CouldNotRunError, match=r"^deck\.toml: [^\n]+$"):
        config(tmp_path, text)


def test_line_of_a_broken_file(tmp_path: Path) -> None:
    """The line of the fault is named."""
    with pytest.raises(CouldNotRunError, match="line 2"):
        config(tmp_path, "name = 'x'\nlanguage = \n")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """A deck.toml that is not UTF-8 is refused with its line."""
    (tmp_path / "deck.toml").write_bytes(b"name = 'x'\nmodel = '\xe9'\n")

    with pytest.raises(CouldNotRunError, match=r"^deck\.toml:2: not utf-8"):
        load_config(tmp_path)


def test_folder_in_place_of_the_file(tmp_path: Path) -> None:
    """A folder that is named deck.toml cannot be read."""
    (tmp_path / "deck.toml").mkdir()

    with pytest.raises(CouldNotRunError, match=r"^deck\.toml: "):
        load_config(tmp_path)


@pytest.mark.parametrize(
    ("folder", "name"),
    [("source_notes", "Source notes"), ("cold-war", "Cold war"), ("NATO", "NATO"), ("__", "Notes"), ("/", "Notes")],
)
def test_name_of_folder(folder: str, name: str) -> None:
    """A folder's name is made readable, and is never empty."""
    assert name_of_folder(Path(folder)) == name


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Cuban Missile Crisis", "cuban-missile-crisis"),
        ("Élan & Straße::Übung", "elan-strasse-ubung"),
        ("History / Part 2.", "history-part-2"),
        ("危机 1962", "危机-1962"),
        ("ガラス", "ガラス"),
        ("हिन्दी", "हिन्दी"),
        ("...", "deck"),
        ("", "deck"),
        ("Collection", "collection-deck"),
        ("backup-2026", "backup-2026-deck"),
        ("Backup", "backup"),
        ("con", "con-deck"),
        ("x" * 100, "x" * 80),
        ("backup-" + "x" * 100, "backup-" + "x" * 68 + "-deck"),
    ],
)
def test_package_name(name: str, file: str) -> None:
    """A deck's name becomes a file name of small letters, figures and hyphens."""
    assert package_name(name) == file


@given(st.text())
def test_any_package_name_is_a_file_name(name: str) -> None:
    """Whatever a deck is called: its file name is short, in one part, and not one that Anki takes for a backup."""
    file = package_name(name)

    assert 0 < len(file) <= 80
    assert len(file.encode()) <= 205
    assert not set(file) & set("/\\:. \n\0")
    assert file != "collection"
    assert not file.startswith("backup-") or file.endswith("-deck")


def test_own_notes() -> None:
    """The notes of this repository name their deck and explain the short forms that they use."""
    folder = Path(__file__).parent.parent / "source_notes"
    words = (folder / "cuban-missile-crisis.txt").read_text(encoding="utf-8")

    found = load_config(folder)

    assert package_name(found.name) == "cuban-missile-crisis"
    assert all(term.short in words for term in found.glossary)
    assert {"JFK", "NK", "ExComm"} <= {term.short for term in found.glossary}
