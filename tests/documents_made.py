"""Documents as other programs make them: pandoc, and a browser that prints."""

from __future__ import annotations

import subprocess
from pathlib import Path

from conftest import write
from playwright.sync_api import Browser

from crisis_cards.model import Pair, Statement
from crisis_cards.reading import read
from crisis_cards.source import Source, find_sources
from crisis_cards.source.conversion import pandoc


def pandoc_made(path: Path, text: str) -> Path:
    """A document that pandoc writes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    options = ["--from", "markdown-smart", "--standalone", "--metadata", "title=", "--output", str(path)]
    subprocess.run([str(pandoc.program()), *options], input=text.encode(), check=True)
    return path


def printed(path: Path, browser: Browser, html: str) -> Path:
    """A PDF that Chromium prints."""
    page = browser.new_page()
    page.set_content(html)
    page.pdf(path=path, prefer_css_page_size=True)
    page.close()
    return path


def source_of(path: Path) -> Source:
    """A document as it is found."""
    found = find_sources(path.parent, [path])
    assert found.diagnostics == ()
    return found.sources[0]


def said(source: Source) -> list[tuple[str, tuple[str, ...], str]]:
    """Each statement and pair: its place, its trail and its text."""
    blocks = read(source)[0].blocks
    return [
        (block.span.place, block.trail, block.text if isinstance(block, Statement) else block.prompt)
        for block in blocks
        if isinstance(block, Statement | Pair)
    ]


def refused(path: Path) -> str:
    """The one error of a document that cannot be read, in a folder where other notes are read."""
    write(path.parent / "other.txt", "JFK spoke\n")
    found = find_sources(path.parent, [path.parent])

    assert [source.path for source in found.sources] == ["other.txt"]
    assert found.unread == {path.name}
    (error,) = found.diagnostics
    line = str(error)
    assert line.startswith(f"{path.name}:1: error[unreadable-document] cannot be read: ")
    assert line.endswith("; save it as .txt or .md")
    return line.removesuffix("; save it as .txt or .md").split("cannot be read: ")[1]
