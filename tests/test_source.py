"""Finding notes and reading them as text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crisis_cards.diagnostics import CouldNotRunError, Severity
from crisis_cards.source import Source, find_root, find_sources

as_anyone = pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")


def write(folder: Path, *names: str) -> None:
    """Small notes under these names."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("JFK spoke\n", encoding="utf-8")


def paths_of(root: Path, *given: Path) -> list[str]:
    """The paths of the notes found."""
    return [source.path for source in find_sources(root, given or [root]).sources]


def test_root_is_where_the_configuration_is(tmp_path: Path) -> None:
    """The nearest folder upwards with a deck.toml is the root, from a folder and from a file."""
    write(tmp_path, "a/b/notes.txt", "deck.toml")

    assert find_root([tmp_path / "a" / "b"]) == tmp_path.resolve()
    assert find_root([tmp_path / "a" / "b" / "notes.txt", tmp_path / "a"]) == tmp_path.resolve()


def test_root_without_configuration(tmp_path: Path) -> None:
    """Without a deck.toml the folder given is the root, or the folder of the file given."""
    write(tmp_path, "a/notes.txt")

    assert find_root([tmp_path / "a"]) == tmp_path.resolve() / "a"
    assert find_root([tmp_path / "a" / "notes.txt"]) == tmp_path.resolve() / "a"


def test_several_roots(tmp_path: Path) -> None:
    """Notes under different roots make no deck together."""
    write(tmp_path, "a/deck.toml", "b/deck.toml")

    with pytest.raises(CouldNotRunError, match="different roots"):
        find_root([tmp_path / "a", tmp_path / "b"])


def test_missing_path(tmp_path: Path) -> None:
    """A path that is not there is named."""
    missing = tmp_path / "missing"

    for act in (lambda: find_root([missing]), lambda: find_sources(tmp_path, [missing])):
        with pytest.raises(CouldNotRunError, match=r"missing: no such file or directory$"):
            act()


def test_notes_below_a_folder(tmp_path: Path) -> None:
    """Text and Markdown files are found in all folders, in the order of their paths; what is hidden is not."""
    write(tmp_path, "b.txt", "a.md", "c/d.TXT", "c/e/f.md")
    write(tmp_path, ".g.txt", ".h/i.txt", "j.txt~", "k~/l.txt", "m.pdf", "deck.toml")

    assert paths_of(tmp_path) == ["a.md", "b.txt", "c/d.TXT", "c/e/f.md"]


def test_each_once(tmp_path: Path) -> None:
    """A file is read once, whatever paths and links lead to it."""
    write(tmp_path, "a.txt", "b/c.txt")
    (tmp_path / "z.txt").symlink_to(tmp_path / "b" / "c.txt")
    given = [tmp_path, tmp_path / "b", tmp_path / "b" / ".." / "a.txt", tmp_path / "a.txt"]

    found = paths_of(tmp_path, *given)

    assert found[0] == "a.txt"
    assert len(found) == 2


def test_links_that_lead_back(tmp_path: Path) -> None:
    """Links to folders are not followed, so that none leads round in a circle."""
    write(tmp_path, "a/b.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "loop.txt").symlink_to(tmp_path / "a" / "loop.txt")

    assert paths_of(tmp_path) == ["a/b.txt"]


def test_file_by_name(tmp_path: Path) -> None:
    """A file given by name is read even if it is hidden; one that is not notes is refused."""
    write(tmp_path, ".a.txt", "b.pdf")

    assert paths_of(tmp_path, tmp_path / ".a.txt") == [".a.txt"]
    with pytest.raises(CouldNotRunError, match=r"b\.pdf: not a kind of notes; .*files are read"):
        find_sources(tmp_path, [tmp_path / "b.pdf"])


def test_what_is_no_file(tmp_path: Path) -> None:
    """A pipe is passed by in a folder, and refused by name, without waiting for it."""
    os.mkfifo(tmp_path / "pipe.txt")

    assert paths_of(tmp_path) == []
    with pytest.raises(CouldNotRunError, match=r"^pipe\.txt: not a file$"):
        find_sources(tmp_path, [tmp_path / "pipe.txt"])


def test_text_and_time(tmp_path: Path) -> None:
    """A byte order mark goes, every kind of line end becomes a line feed, the time is in whole seconds."""
    file = tmp_path / "a.txt"
    file.write_bytes("\ufeffé\r\nb\rc\n".encode())
    os.utime(file, ns=(0, 1_700_000_000_900_000_000))

    found = find_sources(tmp_path, [file])

    assert found.sources == (Source("a.txt", "é\nb\nc\n", 1_700_000_000),)
    assert found.diagnostics == ()


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """A file in an encoding that is not surely known is an error with its place; the others are read."""
    write(tmp_path, "b.txt")
    (tmp_path / "a.txt").write_bytes(b"one\ntwo caf\xc3\n")

    read = find_sources(tmp_path, [tmp_path])

    assert [source.path for source in read.sources] == ["b.txt"]
    assert read.unread == {"a.txt"}
    assert (
        str(read.diagnostics[0])
        == "a.txt:2: error[not-utf8] byte 0xc3 at offset 11 is not utf-8; save the file as utf-8"
    )


def test_older_encoding(tmp_path: Path) -> None:
    """A Western text that is not UTF-8 is read, with one warning."""
    (tmp_path / "a.txt").write_bytes(b"one\ntwo caf\xe9s\n")

    found = find_sources(tmp_path, [tmp_path])

    assert [source.text for source in found.sources] == ["one\ntwo cafés\n"]
    assert [str(each) for each in found.diagnostics] == [
        "a.txt:2: warning[encoding] read as windows-1252; save the file as utf-8"
    ]


def test_binary_file(tmp_path: Path) -> None:
    """A file with NUL bytes is an error, not text."""
    (tmp_path / "a.txt").write_bytes(b"one\n\0two")

    read = find_sources(tmp_path, [tmp_path])

    (found,) = read.diagnostics
    assert read.sources == ()
    assert (found.rule, found.severity, found.span.first) == ("binary-file", Severity.ERROR, 2)


def test_odd_names(tmp_path: Path) -> None:
    """Line ends and bytes that are no text in a name do no harm; what is shown can be printed."""
    for name in (b"a\nb.txt", b"c\xff.txt", "d é 危.txt".encode()):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("JFK spoke\n", encoding="utf-8")

    found = paths_of(tmp_path)

    assert sorted(found) == ["a\ufffdb.txt", "c\ufffd.txt", "d é 危.txt"]
    assert all(path.encode() for path in found)


@as_anyone
def test_unreadable(tmp_path: Path) -> None:
    """What may not be read is named: a file, and a folder on the way."""
    write(tmp_path, "a/b.txt", "c.txt")
    (tmp_path / "c.txt").chmod(0)

    with pytest.raises(CouldNotRunError, match=r"^c\.txt: permission denied$"):
        find_sources(tmp_path, [tmp_path])
    (tmp_path / "c.txt").unlink()
    (tmp_path / "a").chmod(0)
    try:
        with pytest.raises(CouldNotRunError, match=r"a: permission denied$"):
            find_sources(tmp_path, [tmp_path])
    finally:
        (tmp_path / "a").chmod(0o700)
