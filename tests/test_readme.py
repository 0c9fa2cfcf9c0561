"""README.md says what is true: its examples are taken from its own text and given to the real program."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import click
import pytest
from anki_collection import imported, opened_collection, shown_cards, text_in

from crisis_cards.cli.group import COMMANDS, cli, run
from crisis_cards.config import KEYS, Profile, TermKind, load_config
from quality.report import baseline

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
SEED = ROOT / "source_notes" / "cuban-missile-crisis.txt"
MAX_PICTURE_BYTES = 200_000

NO_CARD = ("*no card*", "")
HELP_LINE = re.compile(r"^  (-.*?)(?:  |$)", re.MULTILINE)
CODE = re.compile(r"(`+) ?(.+?) ?\1")

Program = Callable[..., "Result"]
Asking = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Result:
    """What a run of the program gave."""

    code: int
    stdout: str
    stderr: str


@dataclass(frozen=True, slots=True)
class Example:
    """A line that README tells to write, and the front and back of each card that it promises."""

    line: str
    askings: tuple[Asking, ...]

    def __str__(self) -> str:
        return self.line


# --- what README says ---------------------------------------------------------------------------------------------


def fences(language: str) -> list[str]:
    """The fenced blocks of a language, in order, without their fences."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def rows(*head: str) -> list[tuple[str, ...]]:
    """The rows of all tables with this head."""
    top = r"\| " + r" \| ".join(map(re.escape, head)) + r" \|\n\|[ |-]+\n"
    tables = re.findall(rf"^{top}((?:\|.*\n)+)", README, re.MULTILINE)
    return [tuple(cell.strip() for cell in row[1:-1].split("|")) for table in tables for row in table.splitlines()]


def examples() -> list[Example]:
    """The lines with the cards that they give; a row without a line goes on with the one above."""
    found: list[Example] = []
    for line, front, back in rows("you write", "front", "back"):
        asking = () if (front, back) == NO_CARD else ((front, back),)
        if line:
            found.append(Example(codes(line)[0], asking))
        else:
            found[-1] = Example(found[-1].line, found[-1].askings + asking)
    return found


def codes(text: str) -> list[str]:
    """What stands in code spans."""
    return [found[1] for found in CODE.findall(text)]


def paragraph(beginning: str) -> str:
    """The paragraph that begins so, on one line."""
    found = next(each for each in README.split("\n\n") if each.startswith(beginning))
    return " ".join(found.split())


EXAMPLES = examples()
NO_MARKS = [
    (words, suffix)
    for words in codes(paragraph("No marks are"))
    for suffix in (".txt", ".md")
    if suffix == ".md" or "`" not in words  # only Markdown has code
]


# --- the program ----------------------------------------------------------------------------------------------------


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    """Runs a command line, as a shell does."""

    def given(*arguments: object) -> Result:
        code = run(cli, [str(argument) for argument in arguments])
        return Result(code, *capsys.readouterr())

    return given


def cards_in(package: Path) -> list[Asking]:
    """The front and the back of each card, as Anki shows them; of a cloze, the back is what was blank."""
    with opened_collection() as collection:
        imported(collection, package)
        return [
            (text_in(card.question, "prompt"), text_in(card.answer, "answer") or text_in(card.answer, "cloze"))
            for card in shown_cards(collection)
        ]


def picture_script() -> ModuleType:
    """docs/screenshots.py, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("screenshots", ROOT / "docs" / "screenshots.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- notes and cards ------------------------------------------------------------------------------------------------


def test_every_mark_has_an_example() -> None:
    """Each mark that there is, and no mark at all."""
    written = "\n".join(example.line for example in EXAMPLES)

    assert all(mark in written for mark in ("==", "{{c1::", "Q: ", " A: ", " :: ", " ::: ", "#skip(", " #exam"))
    assert any(example.line.endswith("#skip") and not example.askings for example in EXAMPLES)
    assert any(not re.search(r"==|\{\{|::|#|Q:", example.line) for example in EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_line_gives_the_cards_beside_it(example: Example, tmp_path: Path, program: Program) -> None:
    """All of them, in any order, and no others."""
    (tmp_path / "notes.txt").write_text(example.line, encoding="utf-8")
    built = program("build", tmp_path, "-o", tmp_path / "notes.apkg")

    assert built.code == (0 if example.askings else 1)
    made = cards_in(tmp_path / "notes.apkg") if example.askings else []
    assert sorted(made) == sorted(example.askings)


def test_tags_arrive_in_anki_as_told(tmp_path: Path, program: Program) -> None:
    """The tags of the line, with the levels that a slash parts, beside that of the file."""
    line = next(example.line for example in EXAMPLES if "#people/" in example.line)
    (tmp_path / "notes.txt").write_text(line, encoding="utf-8")
    program("build", tmp_path, "-o", tmp_path / "notes.apkg")

    with opened_collection() as collection:
        imported(collection, tmp_path / "notes.apkg")
        tags = {tag for card in shown_cards(collection) for tag in card.tags}
    assert tags == {"Notes", "exam", "people::khrushchev"}
    assert "`#people/khrushchev` becomes `people::khrushchev`" in README


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_marks_reach_as_far_as_told(suffix: str, tmp_path: Path, program: Program) -> None:
    """Skips and tags of a heading, tags of a line alone, blanks of one number, answers of several lines."""
    lines = (
        "# Ships #skip",
        "A ==freighter== turned back",
        "# Planes #air",
        "{{c1::Anderson}} flew a {{c1::U-2}}",
        "",
        "#later",
        "",
        "Q: Who shot?",
        "",
        "A: a Soviet battery",
        "   on Cuba",
    )
    (tmp_path / f"notes{suffix}").write_text("\n".join(lines), encoding="utf-8")
    program("build", tmp_path, "-o", tmp_path / "notes.apkg")

    with opened_collection() as collection:
        imported(collection, tmp_path / "notes.apkg")
        shown = [(text_in(card.answer, "prompt"), card.tags) for card in shown_cards(collection)]
    assert [(words, [tag for tag in tags if "Planes" not in tag]) for words, tags in shown] == [
        ("Anderson flew a U-2", ["air"]),
        ("Who shot?", ["air", "later"]),
    ]
    assert cards_in(tmp_path / "notes.apkg")[1][1].split() == "a Soviet battery on Cuba".split()


@pytest.mark.parametrize(("words", "suffix"), NO_MARKS)
def test_what_is_no_mark_stays_as_it_is(words: str, suffix: str, tmp_path: Path, program: Program) -> None:
    """It stands in the statement, at its end too, and the statement has no card of the author's."""
    notes = tmp_path / f"notes{suffix}"
    notes.write_text(f"Ships in {words}", encoding="utf-8")
    (account,) = json.loads(program("explain", notes, "--json").stdout)

    assert account["text"] == f"Ships in {words.strip('`')}"
    assert not [each for fact in account["facts"] for each in fact["candidates"] if each["template"] == "author"]


def test_the_markdown_file_gives_the_card_told_below_it(tmp_path: Path, program: Program) -> None:
    """Its deck, the topic above its question, and its tags."""
    deck, topic, *tags = codes(paragraph("This gives a card in the deck"))
    (tmp_path / "notes.md").write_text(fences("markdown")[0], encoding="utf-8")
    program("build", tmp_path, "-o", tmp_path / "notes.apkg")

    with opened_collection() as collection:
        imported(collection, tmp_path / "notes.apkg")
        (card,) = shown_cards(collection)
    assert (card.deck, text_in(card.question, "topic"), set(card.tags)) == (deck, topic, set(tags))


def test_deck_toml_shows_every_key_and_is_read(tmp_path: Path, program: Program) -> None:
    """A build with it has its name and its model; the types of the glossary are those that there are."""
    block = "".join(fences("toml"))
    (tmp_path / "deck.toml").write_text(block, encoding="utf-8")
    (tmp_path / "notes.txt").write_text(EXAMPLES[0].line, encoding="utf-8")
    built = program("build", tmp_path, "-o", tmp_path / "notes.apkg", "--json")

    assert json.loads(built.stdout)["deck"] == "Cuban Missile Crisis"
    assert set(tomllib.loads(block)) == set(KEYS)
    assert [term.short for term in load_config(tmp_path).glossary] == ["U-2", "NK"]
    assert set(codes(paragraph("A `type` is"))) == {"type", *TermKind}


def test_what_happens_when_notes_are_edited_and_imported_again(tmp_path: Path, program: Program) -> None:
    """Unedited: left alone. Corrected: the same card. Deleted: retired, with the tag to search for, until pruned."""
    notes, package = tmp_path / "notes.txt", tmp_path / "notes.apkg"
    line = "The ==blockade== began"
    outcomes, told = [], []
    with opened_collection() as collection:
        for text in (f"{line}\nIt ended in ==November 1962==", f"{line}\nIt ended in ==November 1963==", line):
            notes.write_text(text, encoding="utf-8")
            told.append(program("build", tmp_path, "-o", package).stderr)
            outcomes.append(imported(collection, package))
        tags = {text_in(card.question, "prompt"): card.tags for card in shown_cards(collection)}

    assert outcomes == [{"new": 2}, {"updated": 1, "duplicate": 1}, {"updated": 1, "duplicate": 1}]
    assert ["1 corrected" in each for each in told] == [False, True, False]
    assert ["1 retired" in each for each in told] == [False, False, True]
    assert tags == {"The [...] began": ("Notes",), "It ended in [...]": ("crisis-cards::retired",)}
    assert "`tag:crisis-cards::retired`" in README
    assert program("prune", tmp_path).code == 0
    assert "retired" not in program("build", tmp_path, "-o", package).stderr


def test_what_readme_lets_an_author_decide(tmp_path: Path, program: Program) -> None:
    """By a name a line is the same in any words; by the tag it is none of those before."""
    notes, package = tmp_path / "notes.txt", tmp_path / "notes.apkg"
    name, tag = "^blockade-begins", "#as-new"
    told = []
    for line in (
        f"The ==blockade== began {name}",
        f"Ships are stopped by the ==blockade== {name}",
        f"Ships are stopped by the ==blockades== {tag}",
    ):
        notes.write_text(line, encoding="utf-8")
        told.append(json.loads(program("build", tmp_path, "-o", package, "--json").stdout)["changes"])

    assert {name, tag} <= set(codes(paragraph("**Which is which.**")))
    assert [{kind: number for kind, number in changes.items() if number} for changes in told] == [
        {"new": 1},
        {"reworded": 1},
        {"new": 1, "retired": 1},
    ]


# --- the picture ----------------------------------------------------------------------------------------------------


def test_the_picture_shows_a_card_of_the_notes_beside_it(tmp_path: Path, program: Program) -> None:
    """The lines are the author's; the card of the first picture is made from them, and the script finds it."""
    shown = re.findall(r'alt="(.*?)"', README)[:1]
    shutil.copytree(SEED.parent, tmp_path / "source_notes")
    program("build", tmp_path / "source_notes", "-o", tmp_path / "cuba.apkg")
    picture = picture_script()
    front, back = picture.sides(tmp_path / "cuba.apkg", picture.SEARCH)

    assert set(fences("text")[0].splitlines()) <= set(SEED.read_text(encoding="utf-8").splitlines())
    assert [f"{text_in(front, 'prompt')} – {text_in(back, 'answer')}"] == shown
    assert text_in(back, "statement") in fences("text")[0].splitlines()


def test_the_pictures_are_there() -> None:
    """Those that docs/screenshots.py writes, small enough for a page."""
    pictures = re.findall(r'(?:src|srcset)="(.*?)"', README)
    script = picture_script()

    assert {f"docs/{name}" for name in (*script.SCHEMES, *script.PREVIEWS)} == set(pictures)
    for picture in pictures:
        content = (ROOT / picture).read_bytes()
        assert content.startswith(b"\x89PNG")
        assert len(content) < MAX_PICTURE_BYTES


# --- commands ---------------------------------------------------------------------------------------------------------


def test_commands_say_what_readme_shows(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Letter by letter."""
    monkeypatch.chdir(ROOT)
    for block in fences("console"):
        prompt, shown = block.split("\n", 1)
        name, *arguments = prompt.removeprefix("$ ").split()

        assert name == "crisis-cards"
        done = program(*arguments)
        assert (done.code, done.stdout) == (0, shown)


def test_a_mistake_is_told_as_readme_shows(tmp_path: Path, program: Program) -> None:
    """With file, line, rule and what to do; the rest is built, and stdout has the package alone."""
    (tmp_path / "cuba.txt").write_text("A ==blockade== began\n\nThen {{c1::Castro spoke", encoding="utf-8")
    package = tmp_path / "cuba.apkg"
    built = program("build", tmp_path, "-o", package)

    assert fences("text")[1] in built.stderr
    assert built.stdout == f"{package}\n"
    assert cards_in(package) == [("A [...] began", "blockade")]


def test_exit_codes(tmp_path: Path, program: Program) -> None:
    """Each code that README lists, got in the way it says, and no other; what was there before stays."""

    @click.command
    def interrupted() -> None:
        raise KeyboardInterrupt

    notes, package = tmp_path / "notes.txt", tmp_path / "notes.apkg"
    codes_found = {}
    for name, text in (("done", "A ==blockade== began"), ("mistake", "A ==blockade== began\n{{c1::")):
        notes.write_text(text, encoding="utf-8")
        codes_found[name] = program("build", notes, "-o", package).code
    before = package.read_bytes()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "hm.txt").write_text("Hm", encoding="utf-8")
    codes_found["no card"] = program("build", tmp_path / "other", "-o", package).code
    notes.write_text("A ==long blockade== began", encoding="utf-8")
    codes_found["changes"] = program("diff", notes, "--exit-code").code
    codes_found["frozen"] = program("build", notes, "--frozen", "-o", package).code
    ledger = (tmp_path / "ledger.jsonl").read_bytes()
    (tmp_path / "ledger.jsonl").write_bytes(b"<<<<<<< ours\n" + ledger)
    codes_found["ledger"] = program("build", notes, "-o", package).code
    (tmp_path / "ledger.jsonl").write_bytes(ledger)
    codes_found["no path"] = program("build", tmp_path / "nowhere", "-o", package).code
    codes_found["usage"] = program("build", notes, "--loud", "-o", package).code
    codes_found["output"] = program("build", notes, "-o", tmp_path / "collection.apkg").code
    (tmp_path / "deck.toml").write_text("colour = 1", encoding="utf-8")
    codes_found["deck.toml"] = program("build", notes, "-o", package).code
    codes_found["interrupted"] = run(interrupted, [])

    assert codes_found == {
        "done": 0,
        "mistake": 1,
        "no card": 1,
        "changes": 1,
        "frozen": 2,
        "ledger": 2,
        "no path": 2,
        "usage": 2,
        "output": 2,
        "deck.toml": 2,
        "interrupted": 130,
    }
    assert {int(code) for code, _ in rows("exit code", "means")} == set(codes_found.values())
    assert package.read_bytes() == before


def test_the_figures_of_the_cards_are_those_that_are_measured() -> None:
    """The shares of the locked notes are those that CI holds them to, and the profiles are those that there are."""
    held = baseline()["all"]
    said = paragraph(f"Of {held.cards} cards")

    assert f"{held.good / held.judged:.0%} good".replace("%", " %") in said
    assert f"{(held.good + held.weak) / held.judged:.0%} good or weak".replace("%", " %") in said
    assert set(codes(paragraph("The `profile` chooses"))) - {"profile", "build --refresh"} == set(Profile)


def test_commands_and_options_are_those_of_the_program(program: Program) -> None:
    """Every one that README names is in the help, and every one of the help is in README."""
    helps = [program(*arguments, "--help") for arguments in ((), *([command] for command in COMMANDS))]
    option = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")
    helped = {found for each in helps for line in HELP_LINE.findall(each.stdout) for found in option.findall(line)}
    told = {found for cells in rows("option", "does") for found in codes(cells[0])}
    typed = "\n".join([*fences("sh"), *fences("console"), *codes(README)])

    assert [each.code for each in helps] == [0] * len(helps)
    assert told == helped
    assert set(option.findall("\n".join(fences("sh") + fences("console")))) <= told
    assert set(re.findall(r"crisis-cards (\w+)", typed)) == set(COMMANDS)
    assert {row[0].strip("`").split()[1] for row in rows("command", "does", "prints")} == set(COMMANDS)


def test_make_targets_and_files_exist() -> None:
    """What `make` is told to make, the Pythons it takes, the links, the installed command."""
    targets = re.findall(r"^make (\w+)", "\n".join(fences("sh")), re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert targets == ["deck", "test"]
    assert all(re.search(rf"^{target}:", MAKEFILE, re.MULTILINE) for target in targets)
    assert "Python 3.11 to 3.14" in README
    assert "3.11 to 3.14" in MAKEFILE
    assert all((ROOT / link).exists() for link in re.findall(r"\]\((?!http)(.*?)\)", CODE.sub("", README)))
    assert "crisis-cards" in project["scripts"]
