"""Finding notes and reading them as text."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from crisis_cards.diagnostics import CouldNotRunError, Severity
from crisis_cards.source import Source, find_root, find_sources, is_unread
from crisis_cards.source.ignoring import ignoring, is_ignored

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
    write(tmp_path, ".g.txt", ".h/i.txt", "j.txt~", "k~/l.txt", "m.xls", "deck.toml")

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
    write(tmp_path, ".a.txt", "b.xls")

    assert paths_of(tmp_path, tmp_path / ".a.txt") == [".a.txt"]
    with pytest.raises(CouldNotRunError, match=r"b\.xls: not a kind of notes; .*files are read"):
        find_sources(tmp_path, [tmp_path / "b.xls"])


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
    """What may not be read is told and the rest is read; by name it is refused."""
    write(tmp_path, "a/b.txt", "c.txt", "d.txt")
    (tmp_path / "c.txt").chmod(0)
    (tmp_path / "a").chmod(0)
    try:
        found = find_sources(tmp_path, [tmp_path])

        assert [source.path for source in found.sources] == ["d.txt"]
        assert found.unread == {"a/", "c.txt"}
        assert [str(each) for each in found.diagnostics] == [
            "a:1: error[left-alone] permission denied; what is in it was not read",
            "c.txt:1: error[left-alone] permission denied; it was not read",
        ]
        for name, said in (("c.txt", r"^c\.txt: permission denied$"), ("a", "a: permission denied$")):
            with pytest.raises(CouldNotRunError, match=said):
                find_sources(tmp_path, [tmp_path / name])
    finally:
        (tmp_path / "a").chmod(0o700)


def told_of(root: Path, *given: Path) -> list[str]:
    """What is told of the notes found."""
    return [str(each) for each in find_sources(root, given or [root]).diagnostics]


def test_what_tools_keep(tmp_path: Path) -> None:
    """Folders of tools and backups of files are passed by, and their own names are free where they mean nothing."""
    write(tmp_path, "a.md", "bak/b.md", "venv/c.md", "notes~1/d.md", "logseq/pages/e.md", "C# notes #1.md")
    write(
        tmp_path,
        "node_modules/x/readme.md",
        "__pycache__/x.txt",
        "__MACOSX/x.md",
        "logseq/bak/x.md",
        "lost+found/x.txt",
    )
    write(
        tmp_path, ".obsidian/x.md", ".trash/x.md", ".git/x.txt", ".stversions/x.md", "env/pyvenv.cfg", "env/lib/x.txt"
    )
    write(tmp_path, "._a.md", ".#a.md", "#a.md#", "a.md~", "~$a.md", "a.bak.md", "a.md.orig", ".a.md.swp", "A.ORIG.TXT")

    assert paths_of(tmp_path) == [
        "C# notes #1.md",
        "a.md",
        "bak/b.md",
        "logseq/pages/e.md",
        "notes~1/d.md",
        "venv/c.md",
    ]
    assert told_of(tmp_path) == []


def test_copies_and_placeholders(tmp_path: Path) -> None:
    """A sync tool's copy of a conflict and a file that is in iCloud alone are told, and are not gone."""
    write(tmp_path, "a.md", "a.sync-conflict-20240102-030405-ABCDEF7.md", "a (Ann's conflicted copy 2024-01-02).md")
    (tmp_path / ".b.md.icloud").write_bytes(b"bplist00")

    found = find_sources(tmp_path, [tmp_path])

    assert [source.path for source in found.sources] == ["a.md"]
    assert len(found.diagnostics) == len(found.unread) == 3
    assert "b.md" in found.unread
    assert "b.md:1: warning[left-alone] is in iCloud and not on this machine; download it" in map(
        str, found.diagnostics
    )


def test_crisisignore(tmp_path: Path) -> None:
    """A .crisisignore says in gitignore's language what is left out below its folder, and a deeper one goes before."""
    write(tmp_path, "a.md", "b.txt", "drafts/c.md", "sub/drafts/d.md", "sub/e.txt", "sub/keep.txt", "sub/deep/f.txt")
    (tmp_path / ".crisisignore").write_text("# not yet\n/drafts/\n*.txt\n!keep.txt\n\n", encoding="utf-8")
    (tmp_path / "sub" / "deep" / ".crisisignore").write_bytes(b"\xef\xbb\xbf!*.txt\r\n")

    assert paths_of(tmp_path) == ["a.md", "sub/deep/f.txt", "sub/drafts/d.md", "sub/keep.txt"]
    assert paths_of(tmp_path, tmp_path / "sub") == ["sub/deep/f.txt", "sub/drafts/d.md", "sub/keep.txt"]
    assert told_of(tmp_path) == []


def test_crisisignore_and_names(tmp_path: Path) -> None:
    """What is named is read though it is ignored: a file, and a folder with all that is in it."""
    write(tmp_path, "drafts/sub/a.md", "b.md")
    (tmp_path / ".crisisignore").write_text("drafts\nb.md", encoding="utf-8")

    assert paths_of(tmp_path) == []
    assert paths_of(tmp_path, tmp_path / "b.md", tmp_path / "drafts" / "sub") == ["b.md", "drafts/sub/a.md"]


def test_below_what_is_ignored(tmp_path: Path) -> None:
    """As with git, nothing in a folder that is ignored can be taken back."""
    write(tmp_path, "drafts/a.md", "drafts/keep.md")
    (tmp_path / ".crisisignore").write_text("drafts/\n!drafts/keep.md\n", encoding="utf-8")

    assert paths_of(tmp_path) == []


@pytest.mark.parametrize("line", ["!", "\\", "[z-a]", "[", "**/a/**/b/**/c/**"])
def test_pattern_that_is_none(tmp_path: Path, line: str) -> None:
    """A pattern that is none is told with its line, and the others hold."""
    write(tmp_path, "a.md", "b.md")
    (tmp_path / ".crisisignore").write_text(f"a.md\n{line}\n", encoding="utf-8")

    (told,) = told_of(tmp_path)

    assert told.startswith(f".crisisignore:2: warning[ignore-pattern] “{line}” ")
    assert paths_of(tmp_path) == ["b.md"]


def test_pattern_of_many_stars(tmp_path: Path) -> None:
    """A pattern takes no longer for its stars, whatever a name is."""
    write(tmp_path, "a" * 250 + ".md")
    (tmp_path / ".crisisignore").write_text("*a" * 60 + "*b\n", encoding="utf-8")

    assert paths_of(tmp_path) == ["a" * 250 + ".md"]


@given(st.text("ab*?", min_size=1, max_size=8), st.text("ab", min_size=1, max_size=8))
def test_stars_mean_what_they_meant(pattern: str, name: str) -> None:
    """What makes patterns fast changes nothing of what they match."""
    said, told = ignoring(".crisisignore", "/notes", pattern)

    if not told:
        assert is_ignored(f"/notes/{name}", [said], is_folder=False) == GitIgnoreSpec.from_lines([pattern]).match_file(
            name
        )


def test_crisisignore_that_cannot_be_read(tmp_path: Path) -> None:
    """A .crisisignore that is no text is named, and one that is no file is none."""
    write(tmp_path, "a.md", "b/c.md")
    (tmp_path / ".crisisignore").write_bytes(b"a\0b")
    (tmp_path / "b" / ".crisisignore").mkdir()

    with pytest.raises(CouldNotRunError, match=r"^\.crisisignore: byte 0x00 at offset 1"):
        find_sources(tmp_path, [tmp_path])
    (tmp_path / ".crisisignore").unlink()
    os.mkfifo(tmp_path / ".crisisignore")
    assert paths_of(tmp_path) == ["a.md", "b/c.md"]


def test_links_that_lead_out(tmp_path: Path) -> None:
    """Links within the folder are read; what leads out of it or nowhere is told, read only by name, and not gone."""
    write(tmp_path, "out/secret.txt", "out/deep/x.md", "notes/a.txt", "notes/deck.toml")
    notes = tmp_path / "notes"
    (notes / "b.txt").symlink_to(notes / "a.txt")
    (notes / "c.txt").symlink_to("../out/secret.txt")
    (notes / "d.txt").symlink_to("../gone.txt")
    (notes / "e").symlink_to("../out")
    (notes / "f").symlink_to(".")
    (notes / "g.md").symlink_to("g.md")

    found = find_sources(notes, [notes])

    assert [source.path for source in found.sources] == ["a.txt"]
    assert found.unread == {"c.txt", "d.txt", "e/", "g.md"}
    assert sorted(each.message for each in found.diagnostics) == [
        "is a link that leads nowhere",
        "is a link that leads nowhere",
        "is a link that leads out of the folder of the notes; name the file to read it",
        "is a link to a folder elsewhere, and was not followed",
    ]
    assert paths_of(notes, notes, notes / "c.txt") == ["a.txt", "c.txt"]
    assert is_unread("e/deep/x.md", found.unread)
    assert not is_unread("eh.md", found.unread)


def test_folder_that_cannot_be_read(deep: Path) -> None:
    """A path that is longer than the system takes is told, and the rest is read."""
    write(deep, "a.md")
    here = os.open(deep, os.O_RDONLY)
    try:
        for _ in range(20):
            os.mkdir("d" * 250, dir_fd=here)
            below = os.open("d" * 250, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
        with open(os.open("b.md", os.O_CREAT | os.O_WRONLY, dir_fd=here), "wb") as file:  # noqa: PTH123
            file.write(b"JFK spoke")
    finally:
        os.close(here)

    found = find_sources(deep, [deep])

    assert [source.path for source in found.sources] == ["a.md"]
    (told,) = found.diagnostics
    assert (told.severity, told.message) == (Severity.ERROR, "file name too long; what is in it was not read")
    assert is_unread(f"{told.span.path}/b.md", found.unread)


def test_a_thousand_levels(deep: Path) -> None:
    """Folders a thousand levels deep are walked."""
    here = deep
    for _ in range(1000):
        here /= "d"
        here.mkdir()
    write(here, "a.md")

    assert paths_of(deep) == ["d/" * 1000 + "a.md"]


def test_names_that_steer(tmp_path: Path) -> None:
    """Directions in a name do not turn around the line that shows it; long names, colons and dashes are names."""
    names = ["a\u202etxt.md", "b\u2067.md", "c" * 252 + ".md", "d.md:12.md", "-e.md", "F.md", "f.md", " .md"]
    write(tmp_path, *names)

    found = paths_of(tmp_path)

    assert len(found) == len(names)
    assert not any(re.search("[\u202a-\u202e\u2066-\u2069]", path) for path in found)


def test_empty_file(tmp_path: Path) -> None:
    """A file of no bytes is notes that say nothing."""
    (tmp_path / "a.md").touch()

    assert [source.text for source in find_sources(tmp_path, [tmp_path]).sources] == [""]
