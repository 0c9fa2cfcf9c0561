"""Folders that people have, as the commands meet them: what is left alone, what comes over standard input."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Finished, Program, write

from crisis_cards.media import media_below
from crisis_cards.model import Medium

STATEMENT = "==Castro== met Khrushchev in 1960."


def from_input(folder: Path, said: bytes, *arguments: str) -> Finished:
    """A run of the program in a folder, with something on its standard input."""
    command = [sys.executable, "-m", "crisis_cards", *arguments]
    done = subprocess.run(command, cwd=folder, input=said, capture_output=True, timeout=60, check=False)
    return Finished(done.returncode, done.stdout.decode(), done.stderr.decode())


def lines_of(ledger: Path) -> int:
    """How many lines a ledger has."""
    return len(ledger.read_text(encoding="utf-8").splitlines())


# --- standard input -----------------------------------------------------------------------------------------------


def test_standard_input(tmp_path: Path) -> None:
    """`-` reads notes from standard input, and leaves alone the notes, deck.toml and ledger where the user stands."""
    write(tmp_path / "a.txt", "Q: Who flew the U-2?\nA: Anderson")
    write(tmp_path / "deck.toml", 'name = "Mine"')
    assert from_input(tmp_path, b"", "build", ".", "-o", "mine.apkg").code == 0
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}

    done = from_input(tmp_path, STATEMENT.encode(), "build", "-", "-o", "x.apkg")

    assert (done.code, done.out) == (0, "x.apkg\n")
    assert done.err == "1 card in 1 note; 1 of 1 statement asked\n1 new\n"
    after = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert after.pop("x.apkg")
    assert after == before


def test_standard_input_is_markdown_or_text(tmp_path: Path) -> None:
    """What comes is Markdown if it has what only Markdown has, and its places are called by that name."""
    markdown = from_input(tmp_path, b"# A\n\n## B\n\nCastro *met*\nKhrushchev\n", "explain", "-")
    text = from_input(tmp_path, "\ufeffCastro\nCaf\xe9\n".encode("utf-16-le"), "explain", "-")

    assert "stdin.md:5  Castro met Khrushchev" in markdown.out
    assert "stdin.txt:2  Café" in text.out


def test_standard_input_elsewhere(tmp_path: Path) -> None:
    """What needs a folder refuses `-` in a line; other paths beside it are refused, and a file of the name is `./-`."""
    write(tmp_path / "-", STATEMENT)

    for command in ("watch", "prune"):
        done = from_input(tmp_path, b"", command, "-")
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("crisis-cards: -: only files and folders")
    assert from_input(tmp_path, b"", "build", "-", "x.md").err.startswith("crisis-cards: -: standard input is a deck")
    assert from_input(tmp_path, b"", "build", "./-").err.startswith("crisis-cards: -: not a kind of notes")


def test_nothing_and_no_text_on_standard_input(tmp_path: Path) -> None:
    """Nothing gives no deck, and what is no text is refused with its place."""
    assert from_input(tmp_path, b"", "build", "-").code == 1
    binary = from_input(tmp_path, b"a\0b", "build", "-")

    assert binary.code == 1
    assert binary.err.startswith("stdin.txt:1: error[binary-file] byte 0x00 at offset 1")
    assert list(tmp_path.iterdir()) == []


# --- what is left alone -------------------------------------------------------------------------------------------


def test_what_is_not_read_keeps_its_cards(program: Program, tmp_path: Path) -> None:
    """Notes behind a link that leads nowhere now, or in iCloud now, are not gone; ignored ones are."""
    notes = tmp_path / "notes"
    for name in "abcd":
        write(notes / f"{name}.txt", f"==Castro== met {name * 4} in 1960.")
    assert program("build", notes).code == 0
    (notes / "a.txt").unlink()
    (notes / "a.txt").symlink_to(tmp_path / "drive" / "a.txt")
    (notes / "b.txt").rename(notes / ".b.txt.icloud")
    write(notes / ".crisisignore", "c.txt")

    done = program("build", notes)

    assert "notes/a.txt:1: warning[left-alone] is a link that leads nowhere" in done.err
    assert "notes/b.txt:1: warning[left-alone] is in iCloud and not on this machine; download it" in done.err
    assert "1 retired" in done.err


def test_mass_of_ignored_notes(program: Program, tmp_path: Path) -> None:
    """A pattern that would retire a large part of the deck stops the build."""
    for number in range(30):
        write(tmp_path / "notes" / f"{number}.txt", f"==Castro== met number{number}x in 1960.")
    assert program("build", "notes").code == 0
    write(tmp_path / "notes" / ".crisisignore", "1*")

    done = program("build", "notes")

    assert done.code == 2
    assert "would be retired" in done.err


@pytest.mark.parametrize("name", ["deck.toml", "ledger.jsonl", "ledger.jsonl.claim"])
@pytest.mark.parametrize("kind", ["pipe", "folder", "loop", "huge"])
def test_what_is_no_file(tmp_path: Path, name: str, kind: str) -> None:
    """A deck.toml or ledger that is no file, or a huge one, is refused in one line, without waiting for it."""
    path = write(tmp_path / "notes" / "a.txt", STATEMENT).with_name(name)
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "loop":
            path.symlink_to(path)
        case _:
            with path.open("wb") as file:
                file.truncate(1 << 30)

    done = from_input(tmp_path, b"", "build", "notes")

    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1
    assert name in done.err or "ledger.jsonl" in done.err
    assert not (tmp_path / "build").exists()


def test_media_that_lead_out(tmp_path: Path) -> None:
    """A picture that is a link out of the folder, or lies behind one, is none."""
    home, out = tmp_path / "notes", tmp_path / "out"
    home.mkdir()
    write(out / "secret.png", "secret")
    (home / "a.png").symlink_to(out / "secret.png")
    (home / "b").symlink_to(out)
    (home / "c.png").symlink_to("c.png")
    find = media_below(home)

    for target in ("a.png", "b/secret.png", "secret.png", "c.png", "../out/secret.png", str(out / "secret.png")):
        assert isinstance(find("n.md", target), str)


def test_media_at_any_depth(deep: Path) -> None:
    """A picture is found by its name alone, however deep it lies, but not in what is hidden or a tool's."""
    here = deep
    for _ in range(1200):
        here /= "d"
        here.mkdir()
    write(here / "deep.png", "deep")
    write(deep / "node_modules" / "other.png", "other")
    find = media_below(deep)

    assert isinstance(find("n.md", "deep.png"), Medium)
    assert isinstance(find("n.md", "other.png"), str)


def test_a_thousand_files(program: Program, tmp_path: Path) -> None:
    """A thousand files of notes are built, and built again in less time."""
    for number in range(1000):
        write(
            tmp_path / "notes" / f"{number % 30}" / f"{number}.md",
            f"# Day {number}\n\nQ: What was day {number}x?\nA: it",
        )
    begun = time.monotonic()
    first = program("build", "notes")
    middle = time.monotonic()
    second = program("build", "notes")

    assert first.err.endswith("1,000 new\n")
    assert second.err == "nothing changed\n"
    assert time.monotonic() - middle < middle - begun
