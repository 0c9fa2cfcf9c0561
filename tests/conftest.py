"""What several tests share: the loaded language model, and the program run in this process or as one of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from crisis_cards.cli.group import cli, run
from crisis_cards.language import Parser, load_parser


@dataclass(frozen=True, slots=True)
class Finished:
    """A run of the program: its exit code and what it wrote where."""

    code: int
    out: str
    err: str


Program = Callable[..., Finished]


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The pinned model, loaded once a session."""
    return load_parser("")


BROWSER_OPTIONS = (
    "no-sandbox disable-gpu no-first-run disable-background-networking disable-component-update disable-sync"
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once a session. Where there is none its tests are skipped; in CI they fail."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None and not os.environ.get("CI"):
        pytest.skip("there is no chromium on the path")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=found, args=[f"--{option}" for option in BROWSER_OPTIONS.split()]
        )
        yield started
        started.close()


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Program:
    """The program in this process, with an empty folder as its working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)

    def act(*arguments: str | Path) -> Finished:
        capfd.readouterr()
        code = run(cli, [str(argument) for argument in arguments])
        written = capfd.readouterr()
        return Finished(code, written.out, written.err)

    return act


@pytest.fixture
def process(tmp_path: Path) -> Program:
    """The program as a process, in the same working folder and with a temporary folder of its own beside it."""
    (tmp_path.parent / f"{tmp_path.name}-temporary").mkdir()

    def act(*arguments: str | bytes | Path) -> Finished:
        done = subprocess.run(
            command(*arguments), cwd=tmp_path, env=environment(tmp_path), capture_output=True, check=False
        )
        return Finished(done.returncode, done.stdout.decode(), done.stderr.decode())

    return act


def command(*arguments: str | bytes | Path, options: tuple[str, ...] = ()) -> list[str | bytes | Path]:
    """The command line of the program as a process; `options` are Python's own."""
    return [sys.executable, *options, "-m", "crisis_cards", *arguments]


def environment(folder: Path) -> dict[str, str]:
    """The environment of a process whose temporary files can be counted."""
    return {**os.environ, "TMPDIR": str(folder.parent / f"{folder.name}-temporary"), "PYTHONUTF8": "1"}


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """A folder that may become deeper than Python's own way to remove it goes; it is removed here."""
    folder = tmp_path / "deep"
    folder.mkdir()
    yield folder
    subprocess.run(["rm", "-rf", str(folder)], check=True)  # noqa: S607 - wherever it is


def write(path: Path, text: str | bytes) -> Path:
    """Write notes, or anything else, and the folders above them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path
