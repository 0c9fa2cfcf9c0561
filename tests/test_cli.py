"""The command line: what goes to which stream, what ends how, and what is written when."""

from __future__ import annotations

import json
import os
import sqlite3
import zipfile
from pathlib import Path

import pytest
from anki_collection import imported, opened_collection, shown_cards
from conftest import Finished, Program, write

from crisis_cards import __version__
from crisis_cards.cli.group import COMMANDS

MARKED = "==JFK== spoke to NK.\n"
PREVIOUS = b"the package of yesterday"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder of notes that need no language model."""
    return write(tmp_path / "notes" / "cuba.txt", MARKED).parent


def refusal(done: Finished) -> str:
    """The one line of a run that could not run."""
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert line.startswith("crisis-cards: ")
    return line.removeprefix("crisis-cards: ")


# --- results and messages -----------------------------------------------------------------------------------------


def test_build_prints_the_path_alone(program: Program, notes: Path) -> None:
    """The path of the package is the result, on stdout; the summary is a word to the user, on stderr."""
    done = program("build", notes, "-o", "out/my cuba.apkg")

    assert (done.code, done.out) == (0, "out/my cuba.apkg\n")
    assert done.err == "1 card in 1 note; 1 of 1 statement asked\n1 new\n"
    assert zipfile.is_zipfile("out/my cuba.apkg")


def test_build_without_paths(program: Program, tmp_path: Path) -> None:
    """The notes are in source_notes/, and the package is named after the deck."""
    write(tmp_path / "source_notes" / "a.txt", MARKED)
    write(tmp_path / "source_notes" / "deck.toml", 'name = "Cold War: Cuba"\n')

    done = program("build")

    assert (done.code, done.out) == (0, "build/cold-war-cuba.apkg\n")
    assert Path(done.out.strip()).is_file()


def test_quiet(program: Program, notes: Path) -> None:
    """With -q, stderr has errors and nothing else."""
    write(notes / "deck.toml", 'language = "de"\n')
    write(notes / "b.txt", "JFK sprach.\nQ: wer?\n")

    done = program("build", notes, "-q", "-o", "a.apkg")

    assert (done.code, done.out) == (1, "a.apkg\n")
    (line,) = done.err.splitlines()
    assert line.startswith("notes/b.txt:2: error[question-without-answer] ")


def test_verbose(program: Program, notes: Path) -> None:
    """With -v, stderr has the statements that got no card, each with its reason."""
    write(notes / "b.txt", "A line to leave out #skip\n")

    done = program("build", notes, "-v", "-o", "a.apkg")

    assert "b.txt:1  A line to leave out\n  skipped by the author\n" in done.err
    assert done.out == "a.apkg\n"


def test_build_as_json(program: Program, notes: Path) -> None:
    """With --json stdout is the result as one JSON value; with errors too, and they are in it."""
    write(notes / "b.txt", "Q: wer?\n")

    done = program("build", notes, "--json", "-o", "a.apkg")

    made = json.loads(done.out)
    assert done.code == 1
    assert (made["package"], made["deck"], made["notes"], made["cards"]) == ("a.apkg", "Notes", 1, 1)
    assert [(each["path"], each["line"], each["rule"]) for each in made["diagnostics"]] == [
        ("b.txt", 1, "question-without-answer")
    ]


def test_build_of_nothing_as_json(program: Program, tmp_path: Path) -> None:
    """Without a card the result is JSON too, and names no package."""
    write(tmp_path / "empty.txt", "\n")

    done = program("build", "empty.txt", "--json", "-o", "a.apkg")

    assert done.code == 1
    assert json.loads(done.out)["package"] == ""
    assert not Path("a.apkg").exists()


@pytest.mark.parametrize(
    ("options", "no_color", "has_colour"),
    [((), "", False), (("--color",), "", True), (("--no-color",), "", False), (("--color",), "1", True)],
)
def test_colour(
    program: Program,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    options: tuple[str, ...],
    no_color: str,
    has_colour: bool,
) -> None:
    """Colour is for terminals; --color and --no-color decide, before NO_COLOR."""
    monkeypatch.setenv("NO_COLOR", no_color)
    write(tmp_path / "b.txt", "Q: wer?\n")

    done = program("build", "b.txt", *options)

    assert ("\x1b[" in done.err) == has_colour
    assert "\x1b[" not in done.out


@pytest.mark.parametrize("no_color", ["", "1"])
def test_colour_on_a_terminal(program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_color: str) -> None:
    """On a terminal errors are coloured, unless NO_COLOR says otherwise."""
    monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    write(tmp_path / "b.txt", "Q: wer?\n")

    done = program("build", "b.txt")

    assert ("\x1b[" in done.err) == (not no_color)


def test_version(program: Program) -> None:
    """--version says the name and the version."""
    assert program("--version") == Finished(0, f"crisis-cards {__version__}\n", "")


@pytest.mark.parametrize("arguments", [(), *((name,) for name in COMMANDS)])
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_everywhere(program: Program, arguments: tuple[str, ...], option: str) -> None:
    """Every command has -h and --help, with examples that stand on lines of their own."""
    done = program(*arguments, option)

    assert (done.code, done.err) == (0, "")
    assert "\n  crisis-cards " in done.out
    assert "\\" not in done.out
    assert max(len(line) for line in done.out.splitlines()) <= 80


def test_no_command(program: Program) -> None:
    """Without a command the help is shown, and nothing was run."""
    done = program()

    assert (done.code, done.out) == (2, "")
    assert "Usage: crisis-cards" in done.err


# --- the author's mistakes ----------------------------------------------------------------------------------------


def test_all_mistakes_are_told_at_once_and_the_rest_is_built(program: Program, tmp_path: Path) -> None:
    """Each mistake is a line `path:line: severity[rule] message`; the other notes are in the package; exit 1."""
    write(tmp_path / "notes" / "a.txt", "==JFK== spoke.\nThe {{c1::missiles stood in Turkey.\nQ: Who spoke?\n")
    write(tmp_path / "notes" / "b.txt", b"==NK== spoke.\n\xff\n")
    write(tmp_path / "notes" / "c.md", "---\ntags: [one\n---\n\n- ==Castro== spoke.\n")
    write(tmp_path / "notes" / "d.txt", "==ExComm== met.\n")

    done = program("build", "notes", "-o", "a.apkg")

    assert (done.code, done.out) == (1, "a.apkg\n")
    *mistakes, counted, left, changed, closing = done.err.splitlines()
    assert [line.partition("] ")[0] for line in mistakes] == [
        "notes/a.txt:2: error[unbalanced-mark",
        "notes/a.txt:3: error[question-without-answer",
        "notes/b.txt:2: error[not-utf8",
        "notes/c.md:2: error[front-matter",
    ]
    assert counted.startswith("3 cards in 3 notes")
    assert left == "left out: others 2, front matter 1"
    assert changed == "3 new"
    assert closing == "4 errors"
    with opened_collection() as collection:
        assert imported(collection, tmp_path / "a.apkg") == {"new": 3}


@pytest.mark.parametrize("text", ["", "\n \n", "# A heading\n", "---\n", "A line to leave out #skip\n"])
def test_nothing_to_ask(program: Program, tmp_path: Path, text: str) -> None:
    """Without a card nothing is written, the previous package stays, and the reason is told; exit 1."""
    write(tmp_path / "a.txt", text)
    previous = write(tmp_path / "a.apkg", PREVIOUS)

    done = program("build", "a.txt", "-o", "a.apkg")

    assert (done.code, done.out) == (1, "")
    assert "nothing is written" in done.err
    assert previous.read_bytes() == PREVIOUS


def test_skip_that_skips_nothing(program: Program, tmp_path: Path) -> None:
    """A `#skip(…)` that names no card's answer is a warning, and no error."""
    write(tmp_path / "a.txt", "==JFK== spoke.\n\nJFK ordered a naval blockade of Cuba. #skip(the pope)\n")

    done = program("build", "a.txt", "-o", "a.apkg")

    assert (done.code, done.out) == (0, "a.apkg\n")
    assert "a.txt:3: warning[unused-skip] no card has the answer “the pope”" in done.err
    assert done.err.endswith("\n1 warning\n")


def test_a_name_for_a_pronoun_that_is_not_there(program: Program, tmp_path: Path) -> None:
    """`#he(…)` in a line without him, or alone, is a warning that says what to do; where he is, it is none."""
    lines = ("He ordered a naval blockade of Cuba. #he(JFK)", "It began on Wednesday. #he(JFK)", "#they(the Soviets)")
    write(tmp_path / "a.txt", "\n\n".join(lines))

    done = program("build", "a.txt", "-o", "a.apkg")

    assert done.code == 0
    assert "a.txt:1" not in done.err
    assert "a.txt:3: warning[unused-name] #he(JFK) explains no “he” of this line" in done.err
    assert "a.txt:5: warning[name-alone]" in done.err


def test_another_language(program: Program, tmp_path: Path) -> None:
    """What is not done for another language is one warning, and its lines get blanks that need no word of ours."""
    write(tmp_path / "notes" / "deck.toml", 'language = "DE"\n')
    write(tmp_path / "notes" / "a.txt", "==JFK== sprach.\nChruschtschow schrieb einen Brief an Kennedy.\n")
    write(tmp_path / "notes" / "b.txt", "Castro befahl den Angriff am 27. Oktober 1962.\n")

    done = program("build", "notes", "-o", "a.apkg")

    assert (done.code, done.out) == (0, "a.apkg\n")
    assert done.err.count("warning[language]") == 1
    assert '2 lines in language "de" get blanks (dates, numbers, quotations, terms) and no questions' in done.err
    assert "2 cards in 2 notes; 2 of 3 statements" in done.err


def test_deck_of_front_matter(program: Program, tmp_path: Path) -> None:
    """`deck` in a file's front matter puts its notes into another deck of the same package."""
    write(tmp_path / "notes" / "deck.toml", 'name = "Cuba"\n')
    write(tmp_path / "notes" / "a.txt", "==JFK== spoke.\n")
    write(tmp_path / "notes" / "b.md", "---\ndeck: Cold War::Letters\ntags: [letter]\n---\n- ==NK== wrote.\n")

    program("build", "notes", "-o", "a.apkg")

    with opened_collection() as collection:
        imported(collection, tmp_path / "a.apkg")
        cards = shown_cards(collection)
    assert [(card.deck, "letter" in card.tags) for card in cards] == [("Cuba", False), ("Cold War::Letters", True)]


@pytest.mark.parametrize("name", ["'::'", '"\\0"', '" : "', '"\\ud800"'])
def test_deck_of_front_matter_that_shows_nothing(program: Program, tmp_path: Path, name: str) -> None:
    """A name that Anki could not show is the author's mistake; the notes go where the others are."""
    write(tmp_path / "b.md", f"---\ntitle: Letters\ndeck: {name}\n---\n- ==NK== wrote.\n")

    done = program("build", "b.md", "-o", "a.apkg")

    assert (done.code, done.out) == (1, "a.apkg\n")
    assert 'b.md:3: error[front-matter] "deck" shows nothing' in done.err


# --- what cannot run ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("build", "nowhere"), "nowhere: no such file"),
        (("build", "notes/cuba.txt/x.txt"), "notes/cuba.txt/x.txt: not a directory"),
        (("build", "notes", "Now  here."), "Now  here.: no such file"),
        (("build", "two\nlines"), "two\ufffdlines: no such file"),
        (("build", ""), "one of the paths is empty"),
        (("build", "x" * 300), "x: file name too long"),
        (("build", "notes/picture.png"), "notes/picture.png: not a kind of notes"),
        (("build", "loop.txt"), "loop.txt: too many levels of symbolic links"),
        (("build", "notes", "-o", "collection.apkg"), "collection.apkg: "),
        (("build", "notes", "-o", "backup-1.apkg"), "backup-1.apkg: "),
        (("build", "notes", "-o", "notes"), 'notes: name does not end in ".apkg"'),
        (("build", "notes", "-o", "folder.apkg"), "folder.apkg: is a directory"),
        (("build", "notes", "-o", "notes/cuba.txt/x.apkg"), "notes/cuba.txt: is not a directory"),
        (("build", "notes", "-o", f"{'x' * 300}.apkg"), ".apkg: file name too long"),
        (("build", "notes", "-o", ""), "-o: the path is empty"),
        (("build", "notes", "-o"), "option '-o' requires an argument"),
        (("build", "notes", "--frobnicate"), "no such option '--frobnicate'"),
        (("frobnicate",), "no such command 'frobnicate'"),
        (("explain",), "missing argument 'FILE[:LINE]'"),
        (("explain", "notes"), "notes: is a folder"),
        (("explain", "nowhere.txt"), "nowhere.txt: no such file"),
        (("explain", "nowhere.txt:1"), "nowhere.txt: no such file"),
        (("explain", "notes/cuba.txt:0"), "notes/cuba.txt:0: there is nothing on this line"),
        (("explain", "notes/cuba.txt:2"), "notes/cuba.txt:2: there is nothing on this line"),
        (("explain", "notes/cuba.txt:one"), "notes/cuba.txt:one: no such file"),
        (("explain", "notes/picture.png"), "notes/picture.png: not a kind of notes"),
        (("diff", "nowhere"), "nowhere: no such file"),
        (("diff", "notes/picture.png"), "notes/picture.png: not a kind of notes"),
        (("build", "notes", "--frozen"), "1 new"),
        (("prune", "nowhere"), "nowhere: no such file"),
        (("recover",), "missing argument 'PACKAGE'"),
        (("recover", "nowhere.apkg", "notes"), "nowhere.apkg: no such file"),
        (("recover", "notes/cuba.txt", "notes"), "notes/cuba.txt: is not a package"),
    ],
)
def test_could_not_run(program: Program, notes: Path, arguments: tuple[str, ...], names: str) -> None:
    """One line on stderr says what is wrong and where, exit 2, and nothing is written."""
    write(notes / "picture.png", b"")
    (notes.parent / "folder.apkg").mkdir()
    (notes.parent / "loop.txt").symlink_to("loop.txt")
    before = sorted(notes.parent.rglob("*"))

    done = program(*arguments)

    assert names in refusal(done)
    assert sorted(notes.parent.rglob("*")) == before


@pytest.mark.parametrize(
    ("table", "names"),
    [
        ('nmae = "Cuba"', 'unknown key "nmae"'),
        ('[glossary]\nJFK = { fill = "Kennedy" }', 'unknown key "glossary.JFK.fill"'),
        ('name = "Cuba\nlanguage = 3', "line 1"),
        ("name = 3", "name is a number"),
        ('name = "::"', 'name "::" shows nothing'),
        ('model = "en_nothing"', 'language model "en_nothing" is not installed'),
        ('model = "json"', 'language model "json" cannot be loaded'),
        (b'name = "\xff"', "not utf-8"),
    ],
)
def test_configuration_that_cannot_be_read(program: Program, notes: Path, table: str | bytes, names: str) -> None:
    """deck.toml's mistakes are one line that names it, exit 2, and the previous package is as it was."""
    write(notes / "b.txt", "JFK ordered a naval blockade of Cuba.\n")
    write(notes / "deck.toml", table)
    previous = write(notes.parent / "a.apkg", PREVIOUS)

    done = program("build", notes, "-o", "a.apkg")

    reason = refusal(done)
    assert reason.startswith("deck.toml")
    assert names in reason
    assert previous.read_bytes() == PREVIOUS


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read and write everything")
def test_what_may_not_be_read_or_written(program: Program, notes: Path) -> None:
    """A file that may not be read, and a folder that may not be written, are named; exit 2."""
    locked = notes.parent / "locked"
    locked.mkdir(mode=0o500)
    secret = write(notes.parent / "secret.txt", MARKED)
    secret.chmod(0)

    assert "secret.txt: permission denied" in refusal(program("build", secret, "-o", "a.apkg"))
    assert "a.apkg: permission denied" in refusal(program("build", notes, "-o", locked / "a.apkg"))
    assert not list(locked.iterdir())


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no folder that nobody may write")
def test_folder_that_nobody_may_write(program: Program, notes: Path) -> None:
    """An output that cannot be made is one line, exit 2; the superuser cannot make it either."""
    assert "/proc/a.apkg: " in refusal(program("build", notes, "-o", "/proc/a.apkg"))


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no file that nobody can read")
def test_file_that_nobody_can_read(program: Program, notes: Path) -> None:
    """A file that was named and cannot be read is refused; exit 2, and the previous package is as it was."""
    (notes / "memory.txt").symlink_to("/proc/self/mem")
    previous = write(notes.parent / "a.apkg", PREVIOUS)

    done = program("build", notes, notes / "memory.txt", "-o", "a.apkg")

    assert refusal(done).startswith("memory.txt: ")
    assert previous.read_bytes() == PREVIOUS


# --- diff ---------------------------------------------------------------------------------------------------------


def test_diff_says_what_a_build_would_change(program: Program, notes: Path) -> None:
    """Each note that would change is on stdout, old and new below each other; nothing is written."""
    write(notes / "b.txt", "==NK== wrote to JFK.\n\n==ExComm== met.\n")
    program("build", notes, "-o", "a.apkg")
    write(notes / "b.txt", "\n==Castro== spoke at length.\n\n==NK== wrote often to JFK.\n")
    before = {path: path.read_bytes() for path in notes.parent.rglob("*") if path.is_file()}

    done = program("diff", notes)

    assert (done.code, done.err) == (0, "1 new, 1 reworded, 1 retired\n")
    assert sorted(done.out.splitlines()) == sorted(
        [
            "notes/b.txt:2: new",
            "  + {{Castro}} spoke at length.",
            "notes/b.txt:4: reworded",
            "  - {{NK}} wrote to JFK.",
            "  + {{NK}} wrote often to JFK.",
            "notes/b.txt: retired",
            "  - {{ExComm}} met.",
        ]
    )
    assert {path: path.read_bytes() for path in notes.parent.rglob("*") if path.is_file()} == before


def test_diff_with_an_exit_code(program: Program, notes: Path) -> None:
    """With --exit-code it is 1 when a build would change anything; without, 0."""
    new = program("diff", notes, "--exit-code", "-q").code, program("diff", notes).code
    program("build", notes, "-o", "a.apkg")
    done = program("diff", notes, "--exit-code")

    assert new == (1, 0)
    assert done == Finished(0, "", "nothing changed\n")


def test_diff_as_json(program: Program, notes: Path) -> None:
    """With --json stdout is a list of changes, which may be empty."""
    (change,) = json.loads(program("diff", notes, "--json").out)
    program("build", notes, "-o", "a.apkg")

    assert (change["kind"], change["path"], change["line"], change["before"]) == ("new", "cuba.txt", 1, "")
    assert change["after"] == "{{JFK}} spoke to NK."
    assert change["guid"]
    assert program("diff", notes, "--json").out == "[]\n"


# --- explain ------------------------------------------------------------------------------------------------------


def test_explain_a_file(program: Program, notes: Path) -> None:
    """Every block of the file is on stdout: its place, its facts, its cards and why there is none."""
    write(notes / "cuba.txt", "# Letters\n==JFK== spoke to NK.\n\nA line to leave out #skip\n")
    write(notes / "other.txt", MARKED)

    done = program("explain", notes / "cuba.txt")

    assert (done.code, done.err) == (0, "")
    first, second, third = done.out.split("\n\n")
    assert first == "cuba.txt:1  Letters\n  a heading: it names what is below it"
    assert second.startswith("cuba.txt:2  JFK spoke to NK.\n  fact: ")
    assert "{{JFK" in second
    assert "kept" in second
    assert third == "cuba.txt:4  A line to leave out\n  skipped by the author\n"


def test_explain_a_line(program: Program, notes: Path) -> None:
    """With a line number only what stands on that line is told, and only its mistakes."""
    write(notes / "cuba.txt", "==JFK== spoke.\n==NK== wrote.\nQ: who?\n")

    done = program("explain", f"{notes}/cuba.txt:2")

    assert done.out.startswith("cuba.txt:2  NK wrote.\n")
    assert "cuba.txt:1" not in done.out
    assert done.err == ""
    assert done.code == 1


@pytest.mark.parametrize("command", ["explain", "diff", "check"])
def test_notes_do_not_steer_the_terminal(program: Program, tmp_path: Path, command: str) -> None:
    """Control characters of notes are shown as such; only we write any."""
    write(tmp_path / "a.txt", "Castro \x1b]0;owned\x07 met ==Dobrynin== in \x1b[31mHavana and “\x1b]0;owned\x07never\n")

    done = program(command, tmp_path / "a.txt")

    assert "\x1b" not in done.out + done.err
    assert "\x07" not in done.out + done.err


def test_explain_says_how_to_get_a_card(program: Program, tmp_path: Path) -> None:
    """A statement without a card is followed by what to change, and by a marked line; what it says to write works."""
    write(tmp_path / "a.txt", "The nuclear threat was real.\n")
    *advice, last = [
        line.partition("for a card: ")[2]
        for line in program("explain", tmp_path / "a.txt").out.splitlines()
        if "for a card: " in line
    ]
    marked = last.removeprefix("write: ")
    write(tmp_path / "a.txt", marked)
    explained = program("explain", tmp_path / "a.txt").out

    assert advice == ["say more: when, where, of whom"]
    assert marked == "Q: What was real? A: the nuclear threat"
    assert "for a card" not in explained
    assert "kept" in explained


def test_explain_says_why_a_statement_never_had_a_card(program: Program, tmp_path: Path) -> None:
    """After a build, too, explain looks at a statement anew, and does not say that nothing has changed."""
    write(tmp_path / "a.txt", "JFK spoke to NK in 1962.\nwhat a mess\n")
    before = program("explain", f"{tmp_path}/a.txt:2").out
    program("build", tmp_path, "--output", tmp_path / "a.apkg")

    after = program("explain", f"{tmp_path}/a.txt:2").out

    assert after == before
    assert "for a card" in after


def test_explain_as_json(program: Program, notes: Path) -> None:
    """With --json stdout is a list of accounts, each with its facts, candidates and reason."""
    write(notes / "cuba.txt", "==JFK== spoke.\nQ: who?\n")

    done = program("explain", notes / "cuba.txt", "--json")

    said, asked = json.loads(done.out)
    assert (said["path"], said["line"], said["kind"], said["reason"]) == ("cuba.txt", 1, "statement", "")
    assert said["facts"][0]["candidates"][0]["blanks"] == ["JFK"]
    assert said["facts"][0]["candidates"][0]["kept"] is True
    assert asked["reason"]
    assert "cuba.txt:2: error[question-without-answer]" in done.err
    assert done.code == 1


def test_a_glossary_of_one_file(program: Program, tmp_path: Path) -> None:
    """A short form that front matter explains is a person there, and nowhere else."""
    line = "MO met the committee in 1962"
    write(tmp_path / "a.md", f"---\nglossary:\n  MO: {{full: Mary Olson, type: person}}\n---\n\n{line}\n")
    write(tmp_path / "b.txt", f"{line}\n")

    assert "Who met the committee" in program("explain", tmp_path / "a.md").out
    assert "Who met the committee" not in program("explain", tmp_path / "b.txt").out


def test_explain_and_build_agree(program: Program, notes: Path) -> None:
    """What explain keeps is what build makes, for duplicates are sought in all notes of the folder."""
    write(notes / "a.txt", "==JFK== spoke to NK.\nKhrushchev :: NK\n")
    made = json.loads(program("build", notes, "--json", "-o", "a.apkg").out)

    accounts = [
        account
        for file in sorted(notes.glob("*.txt"))
        for account in json.loads(program("explain", file, "--json").out)
    ]

    kept = [each for account in accounts for fact in account["facts"] for each in fact["candidates"] if each["kept"]]
    assert len(kept) == made["cards"]
    assert len(accounts) == made["statements"]


def test_explain_a_file_by_another_name(program: Program, notes: Path) -> None:
    """A file that a link leads to, out of the folder or within it, is explained by the name that was given."""
    write(notes.parent / "elsewhere" / "far.txt", "==NK== wrote.\n")
    (notes / "far.txt").symlink_to("../elsewhere/far.txt")
    (notes / "near.txt").symlink_to("cuba.txt")
    (notes / "self").symlink_to(".")

    assert program("explain", notes / "far.txt").out.startswith("far.txt:1  NK wrote.")
    assert program("explain", notes / "near.txt").out.startswith("near.txt:1  JFK spoke to NK.")
    assert program("explain", notes / "self" / "cuba.txt").out.startswith("cuba.txt:1  JFK spoke to NK.")


@pytest.mark.parametrize(
    "name", ["my notes.txt", "two\nlines.txt", "::", "a:12", "a:12.txt", "-h.txt", "ключ.md", "#.md"]
)
def test_strange_names(program: Program, tmp_path: Path, name: str) -> None:
    """Spaces, line ends, colons, dashes and letters of all kinds in a path are no trouble, anywhere."""
    file = write(tmp_path / name / (name if "." in name else f"{name}.md"), "==JFK== spoke.\n")

    done = program("build", f"./{name}", "-o", f"{name}.apkg")
    explained = program("explain", f"{file}:1")

    assert (done.code, done.out) == (0, f"{name}.apkg\n")
    shown = file.name.replace("\n", "\ufffd")
    assert explained.code == 0
    assert explained.out.startswith(f"{shown}:1  JFK spoke.\n")
    assert sources_in(tmp_path / f"{name}.apkg") == [f"{shown}:1"]


def test_names_that_are_no_text(process: Program, tmp_path: Path) -> None:
    """A file whose name is not UTF-8 is built and explained, with U+FFFD in its place."""
    try:
        write(tmp_path / os.fsdecode(b"n\xff/q\xfe.txt"), MARKED)
    except OSError:
        pytest.skip("this file system has no such names")

    built = process("build", b"n\xff", "--json")
    explained = process("explain", b"n\xff/q\xfe.txt:1")

    assert built.code == 0
    assert json.loads(built.out)["cards"] == 1
    assert explained.code == 0
    assert explained.out.startswith("q\ufffd.txt:1  JFK spoke to NK.\n")


def sources_in(package: Path) -> list[str]:
    """The field Source of every note in a package."""
    with zipfile.ZipFile(package) as archive:
        content = archive.read("collection.anki2")
    database = sqlite3.connect(":memory:")
    database.deserialize(content)
    fields = [row[0].split("\x1f") for row in database.execute("select flds from notes")]
    database.close()
    return [field[-4] for field in fields]
