"""Pictures and sounds that notes name get into the package, under safe names, and nothing from elsewhere does."""

from __future__ import annotations

import json
import re
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from anki_collection import imported, opened_collection, shown_cards
from conftest import Program, write

from crisis_cards.media import MAX_BYTES, media_below
from crisis_cards.model import Medium

PICTURE = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
NAME = f"crisis-cards-{sha256(PICTURE).hexdigest()[:24]}.svg"


def media_of(package: Path) -> dict[str, bytes]:
    """The media of a package, by the names that Anki will know them by."""
    with zipfile.ZipFile(package) as archive:
        names = json.loads(archive.read("media"))
        return {name: archive.read(number) for number, name in names.items()}


def test_a_picture_arrives_in_anki(tmp_path: Path, program: Program) -> None:
    """The file is in Anki's media folder under the name that the card shows, byte for byte."""
    write(tmp_path / "notes" / "img" / "odd name #1.svg", PICTURE)
    write(tmp_path / "notes" / "cuba.md", "Q: Which missile? ![a Jupiter](<img/odd name %231.svg>)\nA: Jupiter\n")
    done = program("build", "notes", "-o", "cuba.apkg")

    with opened_collection() as collection:
        imported(collection, tmp_path / "cuba.apkg")
        (card,) = shown_cards(collection)
        content = (Path(collection.media.dir()) / NAME).read_bytes()

    assert (done.code, content) == (0, PICTURE)
    assert f'<img class="exhibit" src="{NAME}" alt="a Jupiter">' in card.question


def test_a_picture_in_two_places_is_packed_once(tmp_path: Path, program: Program) -> None:
    """Equal content is one medium; files of one name in two folders are two."""
    for folder, content in (("a", PICTURE), ("b", PICTURE), ("c", b"other")):
        write(tmp_path / "notes" / folder / "x.png", content)
        write(tmp_path / "notes" / folder / "n.md", f"Q: {folder}? ![](x.png)\nA: yes\n")
    program("build", "notes", "-o", "n.apkg")

    found = media_of(tmp_path / "n.apkg")

    assert sorted(found.values()) == [PICTURE, b"other"]


def test_a_changed_picture_is_a_change(tmp_path: Path, program: Program) -> None:
    """A card shows the picture as it is now, though no word of the notes changed."""
    write(tmp_path / "notes" / "x.png", PICTURE)
    write(tmp_path / "notes" / "n.md", "Q: Which? ![](x.png)\nA: this\n")
    program("build", "notes", "-o", "n.apkg")
    write(tmp_path / "notes" / "x.png", b"other")

    done = program("build", "notes", "-o", "n.apkg")

    assert "1 reworded" in done.err
    assert list(media_of(tmp_path / "n.apkg").values()) == [b"other"]


@pytest.mark.parametrize("address", ["gone.png", "x/gone.mp3", "\x1b.png", "a" * 300 + ".png"])
def test_what_is_missing_is_told(tmp_path: Path, program: Program, address: str) -> None:
    """A picture that is nowhere is a warning with its line; the card is made without it."""
    write(tmp_path / "notes" / "n.md", f"Q: Which? ![[{address}]]\nA: this\n")

    done = program("build", "notes", "-o", "n.apkg")

    assert done.code == 0
    assert "n.md:1: warning[missing-image]" in done.err
    assert media_of(tmp_path / "n.apkg") == {}


def test_what_is_missing_is_told_at_its_line(tmp_path: Path, program: Program) -> None:
    """Also where a picture stands below the line that it is shown with; which may allow it."""
    lines = "Q: One?\nA: yes\n\n![](a.png)\n\nQ: Two? #allow(missing-image)\nA: no\n\n![](b.png)\n"
    write(tmp_path / "notes" / "n.md", lines)

    done = program("build", "notes", "-o", "n.apkg")

    assert re.findall(r"n.md:(\d+): warning", done.err) == ["4"]


def test_nothing_outside_the_folder_is_packed(tmp_path: Path, program: Program) -> None:
    """Neither a path that climbs out, nor an absolute one, nor a link gives a note another file of the disk."""
    secret = write(tmp_path / "secret.png", b"secret")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "link.png").symlink_to(secret)
    lines = ("../secret.png", str(secret), "link.png", "img/../../secret.png", f"file://{secret}", "%2e%2e/secret.png")
    notes = "\n\n".join(f"Q: Is it {number}? ![](<{path}>)\nA: no" for number, path in enumerate(lines))
    write(tmp_path / "notes" / "n.md", notes)

    done = program("build", "notes", "-o", "n.apkg")

    assert done.code == 0
    assert media_of(tmp_path / "n.apkg") == {}
    assert b"secret" not in (tmp_path / "n.apkg").read_bytes()


def test_a_name_behind_a_link_is_never_written(tmp_path: Path, program: Program) -> None:
    """What a link leads to may have any name; Anki knows the medium by its content and the suffix in the notes."""
    hostile = write(tmp_path / "notes" / "y.]<img src=x onerror=document['title']='ran'>", b"ID3")
    (tmp_path / "notes" / "snd.mp3").symlink_to(hostile)
    write(tmp_path / "notes" / "n.md", "The ==third== card with ![[snd.mp3]] is here today.\n")

    done = program("build", "notes", "-o", "n.apkg")

    assert done.code == 0
    assert list(media_of(tmp_path / "n.apkg")) == [f"crisis-cards-{sha256(b'ID3').hexdigest()[:24]}.mp3"]
    assert program("preview", "notes", "-o", "n.html").code == 0


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://example.org/u2.png", "cards load nothing"),
        ("data:image/png;base64,AAAA", "cards load nothing"),
        ("film.mp4", "no file that every phone shows or plays"),
        ("loop.png", "loop"),
    ],
)
def test_what_cannot_be_shown_is_told(tmp_path: Path, program: Program, address: str, told: str) -> None:
    """A picture from the network, a film, a link that leads to itself: no card has it, and the author hears of it."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "loop.png").symlink_to("loop.png")
    write(tmp_path / "notes" / "film.mp4", b"film")
    write(tmp_path / "notes" / "n.md", f"Q: Which? ![it]({address})\nA: this\n")

    done = program("build", "notes", "-o", "n.apkg")

    assert done.code == 0
    assert "n.md:1: warning[missing-image]" in done.err
    assert told in done.err.lower() or "not in the folder" in done.err
    assert media_of(tmp_path / "n.apkg") == {}


def test_a_short_name_finds_the_one_file_of_it(tmp_path: Path) -> None:
    """Notes of Obsidian name a picture without its folder; where two have the name, nothing is guessed."""
    write(tmp_path / "a" / "one.png", b"1")
    write(tmp_path / "a" / "two.png", b"2")
    write(tmp_path / "b" / "two.png", b"3")
    write(tmp_path / ".hidden" / "three.png", b"4")
    find = media_below(tmp_path)

    one, two, three = (find("c/n.md", name) for name in ("one.png", "two.png", "three.png"))

    assert isinstance(one, Medium)
    assert one.content == b"1"
    assert two == '"two.png" may be one of 2 files; name its folder, too'
    assert three == '"three.png" is not in the folder of the notes; put it there or mend the name'


def test_a_file_beside_the_note_comes_first(tmp_path: Path) -> None:
    """Of several files, that in the note's own folder is meant, then that below the root."""
    write(tmp_path / "x.png", b"root")
    write(tmp_path / "a" / "x.png", b"beside")
    write(tmp_path / "b" / "x.png", b"elsewhere")
    find = media_below(tmp_path)

    found = [find(path, "x.png") for path in ("a/n.md", "c/n.md")]

    assert [each.content for each in found if isinstance(each, Medium)] == [b"beside", b"root"]


def test_a_huge_file_is_left_out(tmp_path: Path) -> None:
    """A medium that no phone is happy with is told, not packed."""
    with (tmp_path / "film.png").open("wb") as file:
        file.truncate(MAX_BYTES + 1)

    found = media_below(tmp_path)("n.md", "film.png")

    assert found == '"film.png" has more than 50 MB; make it smaller'
