"""`crisis-cards check`: its rules, their pages, and what an author can choose about them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from case_files import Case, read_cases
from check_dump import findings_dump, found
from conftest import Program, write
from hypothesis import given, settings
from hypothesis import strategies as st

from crisis_cards.check import NAMES, PAGES, RULES, name_of
from crisis_cards.diagnostics import Diagnostic, Severity, Span
from crisis_cards.report import annotation

CASES = read_cases(Path(__file__).parent / "cases" / "check.txt")
SEED = Path(__file__).parent.parent / "source_notes"
RULE_NAMES = [name_of(rule) for rule, _ in RULES]

# One line with a warning, and a pair of lines with an error.
SLIP = "The mountain stood on the brnk of a great eruption\n"
UNASKED = "Q: When did the mountain erupt?\n"


def rule_of(case: Case) -> str:
    """The rule that a case is about: its title begins with it."""
    return case.title.partition(":")[0]


# --- rules -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    """A rule finds what its case says, and no more."""
    assert findings_dump(case.text, rule_of(case)) == case.expected


@pytest.mark.parametrize("rule", RULE_NAMES)
def test_every_rule_has_cases(rule: str) -> None:
    """Each rule has a case in which it speaks and one in which it is silent."""
    own = [bool(case.expected) for case in CASES if rule_of(case) == rule]

    assert set(own) == {True, False}


def test_every_case_is_of_a_rule() -> None:
    """No case is about a rule that is not there."""
    assert {rule_of(case) for case in CASES} <= set(RULE_NAMES)


@settings(max_examples=30, deadline=None)
@given(st.text("ab Xy.,;:()[]“”\"'’*=$#{}-–→\n1", max_size=80))
def test_any_text_can_be_checked(text: str) -> None:
    """Whatever the notes are, what is told lies in them, in their order, under a name that has a page."""
    told = found(text)

    assert list(told) == sorted(told)
    assert all(1 <= each.span.first <= each.span.last <= text.count("\n") + 1 for each in told)
    assert {each.rule for each in told} <= NAMES


# --- pages -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", sorted(PAGES))
def test_pages(rule: str) -> None:
    """A page begins with the rule's name and what it finds, has an example, and says what to write instead."""
    page = PAGES[rule]

    first = page.split("\n", 1)[0]
    assert first.startswith(f"{rule}: ")
    assert first.endswith(".")
    assert "\n    " in page
    assert "\n\nWrite instead: " in page


def test_explain(program: Program) -> None:
    """--explain prints the page of a rule, without any notes."""
    done = program("check", "--explain", "long-answer")

    assert (done.code, done.out) == (0, f"{PAGES['long-answer']}\n")


def test_explain_of_what_the_build_tells(program: Program) -> None:
    """What the build tells by itself has a page, too."""
    done = program("check", "--explain", "front-matter")

    assert (done.code, done.out) == (0, f"{PAGES['front-matter']}\n")


def test_explain_of_no_rule(program: Program) -> None:
    """A name that is no rule is refused with the nearest one."""
    done = program("check", "--explain", "long-anser")

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith('crisis-cards: unknown rule "long-anser"; did you mean long-answer')


def test_explain_of_nothing_like_a_rule(program: Program) -> None:
    """Where no rule is near, all are named."""
    done = program("check", "--explain", "zzz")

    assert done.err == f'crisis-cards: unknown rule "zzz"; known rules: {", ".join(sorted(NAMES))}\n'


# --- what the author chooses -----------------------------------------------------------------------------------


def test_a_rule_that_is_off() -> None:
    """A rule that is off is not told."""
    assert found(SLIP, {"likely-typo": None}) == ()


def test_a_rule_of_another_severity() -> None:
    """A rule has the severity that the author chooses, one of the build's own, too."""
    told = found(SLIP + "\n" + UNASKED, {"likely-typo": Severity.ERROR, "question-without-answer": Severity.WARNING})

    assert [(each.rule, each.severity) for each in told] == [
        ("likely-typo", Severity.ERROR),
        ("question-without-answer", Severity.WARNING),
    ]


@pytest.mark.parametrize(
    "mark", ["#allow(likely-typo)", "#allow(long-answer, likely-typo)", "#seen #allow(likely-typo)"]
)
def test_a_line_that_is_allowed(mark: str) -> None:
    """What a line allows is not told of it."""
    assert found(f"{SLIP.strip()} {mark}\n") == ()


def test_allowing_one_line_allows_no_other() -> None:
    """Another line is told of, and so is another rule on the same line."""
    told = found("The ash fell on the brnk (of the crater #allow(likely-typo)\n\nThe goverment sent ships\n")

    assert [(each.span.first, each.rule) for each in told] == [(1, "never-closed"), (3, "likely-typo")]


def test_allowing_on_a_pair() -> None:
    """A question with its answer can allow, on either line."""
    told = found("Q: What is a shield volcano?\nA: a volcano #allow(answer-given-away)\n")

    assert told == ()


# --- the command -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "code"),
    [((), 0), (("--strict",), 1)],
    ids=["by default", "strict"],
)
def test_warnings(program: Program, tmp_path: Path, options: tuple[str, ...], code: int) -> None:
    """Warnings stand on stdout with file and line, and are a failure only when that is asked for."""
    write(tmp_path / "notes/a.txt", SLIP)

    done = program("check", "notes", *options)

    assert done.code == code
    assert done.out == "notes/a.txt:1: warning[likely-typo] “brnk” has no vowel; write the word in full\n"
    assert done.err == "1 warning\n"


def test_errors(program: Program, tmp_path: Path) -> None:
    """An error is a failure, and the closing line counts it apart."""
    write(tmp_path / "notes/a.txt", f"{SLIP}\n{UNASKED}")

    done = program("check", "notes")

    assert (done.code, done.err) == (1, "1 error, 1 warning\n")
    assert "notes/a.txt:3: error[question-without-answer] " in done.out


def test_nothing_to_mend(program: Program, tmp_path: Path) -> None:
    """Where there is nothing to tell, stdout is empty and the closing line says so."""
    write(tmp_path / "notes/a.txt", "Vesuvius erupted in 79 and buried Pompeii\n")

    done = program("check", "notes", "--strict")

    assert (done.code, done.out, done.err) == (0, "", "nothing to mend in 1 statement\n")


def test_severities_of_deck_toml(program: Program, tmp_path: Path) -> None:
    """deck.toml makes a warning an error, and takes a rule away."""
    write(tmp_path / "notes/a.txt", f"{SLIP}\n{UNASKED}")
    write(tmp_path / "notes/deck.toml", '[check]\nlikely-typo = "error"\nquestion-without-answer = "off"\n')

    done = program("check", "notes")

    assert done.code == 1
    assert done.out == "notes/a.txt:1: error[likely-typo] “brnk” has no vowel; write the word in full\n"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('[check]\nlikely-tpo = "off"\n', 'deck.toml: unknown rule "likely-tpo" in [check]; did you mean likely-typo?'),
        (
            '[check]\nlikely-typo = "loud"\n',
            'deck.toml: unknown severity "loud" of check.likely-typo; known severities: off, warning, error',
        ),
        (
            "[check]\nlikely-typo = 1\n",
            'deck.toml: check.likely-typo is a number; write text in quotes: likely-typo = "…"',
        ),
        ('check = "off"\n', "deck.toml: check is text; write it as a table [check]"),
    ],
)
def test_mistakes_in_deck_toml(program: Program, tmp_path: Path, table: str, message: str) -> None:
    """A rule or a severity that is not there is refused, with those that are."""
    write(tmp_path / "notes/a.txt", SLIP)
    write(tmp_path / "notes/deck.toml", table)

    done = program("check", "notes")

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"crisis-cards: {message}")


def test_json(program: Program, tmp_path: Path) -> None:
    """--json prints a list of findings as plain values."""
    write(tmp_path / "notes/a.txt", SLIP)

    done = program("check", "notes", "--json")

    assert json.loads(done.out) == [
        {
            "path": "a.txt",
            "line": 1,
            "place": "",
            "last_line": 1,
            "severity": "warning",
            "rule": "likely-typo",
            "message": "“brnk” has no vowel; write the word in full",
        }
    ]


def test_github(program: Program, tmp_path: Path) -> None:
    """--github prints workflow commands with the path from here."""
    write(tmp_path / "notes/a.txt", SLIP)

    done = program("check", "notes", "--github")

    told = "file=notes/a.txt,line=1,endLine=1,title=likely-typo"
    assert done.out == f"::warning {told}::“brnk” has no vowel; write the word in full\n"


def test_github_escapes() -> None:
    """What GitHub would take for the end of a property or a message is escaped."""
    diagnostic = Diagnostic(Span("a,b:c%.txt", 1, 2), Severity.ERROR, "likely-typo", "50 %, then:\nmore")

    line = annotation(diagnostic, "")

    assert line == "::error file=a%2Cb%3Ac%25.txt,line=1,endLine=2,title=likely-typo::50 %25, then:%0Amore"


def test_two_formats_are_refused(program: Program, tmp_path: Path) -> None:
    """--json and --github exclude each other."""
    write(tmp_path / "notes/a.txt", SLIP)

    done = program("check", "notes", "--json", "--github")

    assert (done.code, done.err) == (2, "crisis-cards: --json and --github: choose one\n")


@pytest.mark.parametrize(
    ("options", "has_colour"), [((), False), (("--color",), True), (("--no-color",), False)], ids=["none", "yes", "no"]
)
def test_colour(program: Program, tmp_path: Path, options: tuple[str, ...], *, has_colour: bool) -> None:
    """What goes into a file or a pipe has no colour unless that is asked for."""
    write(tmp_path / "notes/a.txt", SLIP)

    done = program("check", "notes", *options)

    assert ("\x1b[" in done.out) == has_colour


def test_quiet(program: Program, tmp_path: Path) -> None:
    """With -q only errors are told."""
    write(tmp_path / "notes/a.txt", f"{SLIP}\n{UNASKED}")

    done = program("check", "notes", "-q")

    assert [line.split(" ")[1] for line in done.out.splitlines()] == ["error[question-without-answer]"]
    assert done.err == ""


def test_unchanged_notes_are_checked(program: Program, tmp_path: Path) -> None:
    """Notes that were built are checked like new ones, and nothing of them or beside them is written."""
    write(
        tmp_path / "notes/a.txt", "After the eruption\nThe king refused to allow visits of the crater sits once more\n"
    )
    program("build", "notes")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    done = program("check", "notes")

    assert "notes/a.txt:2: warning[likely-typo] “sits”" in done.out
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_another_language(program: Program, tmp_path: Path) -> None:
    """Notes that are not in English are not judged by their words, and what is not done for them is told."""
    write(tmp_path / "notes/a.txt", "Der Vulkan stand am Rnd eines Ausbruchs (im Sommer\n")
    write(tmp_path / "notes/deck.toml", 'language = "de"\n')

    done = program("check", "notes", "--json")

    assert [each["rule"] for each in json.loads(done.out)] == ["never-closed", "language"]


def test_a_file_that_cannot_be_read(program: Program, tmp_path: Path) -> None:
    """A file that is no text is an error, and the others are checked."""
    write(tmp_path / "notes/a.txt", SLIP)
    write(tmp_path / "notes/b.txt", b"caf\xc3 in the harbour\n")

    done = program("check", "notes", "--json")

    assert done.code == 1
    assert [(each["path"], each["rule"]) for each in json.loads(done.out)] == [
        ("a.txt", "likely-typo"),
        ("b.txt", "not-utf8"),
    ]


def test_two_files_are_one_body_of_notes(program: Program, tmp_path: Path) -> None:
    """A word of one file is evidence for another, and a card may ask what one of another file asks."""
    asked = "Q: What is the highest volcano?\nA: {}\n"
    write(tmp_path / "notes/a.md", "# Volcanoes\n\n" + asked.format("Ojos del Salado"))
    write(tmp_path / "notes/b.md", "# Volcanoes\n\n" + asked.format("Mauna Kea") + "\nThe eruptoin was in 1902\n")
    write(tmp_path / "notes/c.md", "The eruption was seen by many\n")

    done = program("check", "notes")

    assert done.out == (
        "notes/b.md:3: warning[twin-prompts] a.md:3 asks the same and wants “Ojos del Salado”;"
        " say how the two differ, or leave one out\n"
        "notes/b.md:6: warning[likely-typo] “eruptoin” is no word that is known;"
        " did you mean “eruption”, as elsewhere in the notes?\n"
    )


def test_the_notes_that_the_project_ships(program: Program, tmp_path: Path) -> None:
    """In the notes on the Cuban missile crisis the three slips are named with their lines, and no right word is."""
    shutil.copytree(SEED, tmp_path / "source_notes")

    done = program("check", "--json")

    slips = [(each["line"], each["message"]) for each in json.loads(done.out) if each["rule"] == "likely-typo"]
    assert [(line, message.split("”")[0]) for line, message in slips] == [
        (7, "“willingto"),
        (26, "“brnk"),
        (38, "“sits"),
    ]
