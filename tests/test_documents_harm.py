"""Documents from strangers: whatever one is, it is one error at most, and nothing else happens."""

from __future__ import annotations

import os
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from conftest import Program, write
from documents_made import pandoc_made, printed, refused, said, source_of
from playwright.sync_api import Browser

from crisis_cards.diagnostics import CouldNotRunError
from crisis_cards.source import documents, find_sources


def rezipped(path: Path, suffix: str, **changed: bytes) -> Path:
    """A document as pandoc makes it, with other bytes in some members; dots of their names are double underscores."""
    origin = pandoc_made(path.parent.parent / f"origin{suffix}", "# Title\n\nJFK spoke\n")
    path.parent.mkdir(exist_ok=True)
    names = {name.replace("__", "/"): raw for name, raw in changed.items()}
    with zipfile.ZipFile(origin) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *names}:
            new.writestr(name, names.get(name) or old.read(name))
    return path


BOMB = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">%s]><l>&j;</l>' % b"".join(
    b'<!ENTITY %c "%s">' % (98 + count, b"&%c;" % (97 + count) * 10) for count in range(9)
)
LOCKED = (
    b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj "
    b"3 0 obj<</Filter/Standard/V 2/R 3/Length 128/P -4/O(%s)/U(%s)>>endobj trailer<</Root 1 0 R/Encrypt 3 0 R"
    b"/ID[(0123456789abcdef)(0123456789abcdef)]>>\n%%%%EOF" % (b"o" * 32, b"u" * 32)
)


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("a.docx", b"", "it is empty"),
        ("a.pdf", b"", "it is empty"),
        ("a.docx", b"hello", "it is no .docx file, or broken"),
        ("a.pptx", b"PK\x03\x04" + b"x" * 100, "it is no .pptx file, or broken"),
        ("a.docx", b"%PDF-1.7\n", "it is no .docx file, or broken"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 1000,
            "it is encrypted, or an Office file of before 2007",
        ),
        ("a.pdf", b"hello", "it is no .pdf file"),
        ("a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40, "it is broken"),
        ("a.pdf", LOCKED, "it is encrypted"),
        ("a.rtf", b"hello", "it is no .rtf file"),
        ("a.rtf", b"{\\rtf1 " + b"{" * 10_000, "it is broken or of another kind than its name says"),
        ("a.html", b"<blockquote>" * 3000 + b"x", "it is nested too deeply"),
    ],
)
def test_documents_that_are_none(tmp_path: Path, name: str, raw: bytes, reason: str) -> None:
    """Whatever a file is that is no document of its kind, it is one error that says so."""
    assert refused(write(tmp_path / name, raw)) == reason


def test_bombs(tmp_path: Path) -> None:
    """Archives that unpack to too much, and entities that multiply, are refused at once."""
    full = rezipped(tmp_path / "a" / "a.docx", ".docx", word__media__x=b"0" * 300 * 2**20)
    assert refused(full) == "it unpacks to 300 MB, and 256 is the most"

    entities = rezipped(tmp_path / "b" / "b.docx", ".docx", **{"word__document.xml": BOMB})
    assert refused(entities) == "it is broken or of another kind than its name says"

    slides = rezipped(tmp_path / "c" / "c.pptx", ".pptx", **{"ppt__slides__slide1.xml": BOMB})
    assert refused(slides) == "it declares entities, which no slide does"

    wide = BOMB.decode().replace("1.0", '1.0" encoding="utf-16', 1).encode("utf-16")
    slides = rezipped(tmp_path / "d" / "d.pptx", ".pptx", **{"ppt__slides__slide1.xml": wide})
    assert refused(slides) == "it is broken"


def test_locked_archives(tmp_path: Path) -> None:
    """Books and texts whose parts are encrypted are told from those in which only fonts are hidden."""
    lock = b'<encryption><EncryptionMethod Algorithm="%s"/></encryption>'
    aes = lock % b"http://www.w3.org/2001/04/xmlenc#aes128-cbc"
    book = rezipped(tmp_path / "a" / "a.epub", ".epub", **{"META-INF__encryption.xml": aes})
    assert refused(book) == "it is encrypted"

    fonts = lock % b"http://www.idpf.org/2008/embedding"
    book = rezipped(tmp_path / "b" / "b.epub", ".epub", **{"META-INF__encryption.xml": fonts})
    assert [text for _, _, text in said(source_of(book))] == ["JFK spoke"]


def test_scanned_pages(tmp_path: Path, browser: Browser) -> None:
    """A PDF of pictures has no text, and that is said."""
    path = printed(tmp_path / "scan.pdf", browser, "<svg><rect width=100 height=100 /></svg>")

    assert refused(path) == "it has no text, as scanned pages have none"


def test_large_files_are_not_read(tmp_path: Path) -> None:
    """A file of many megabytes is refused by its size alone."""
    with (tmp_path / "a.pdf").open("wb") as file:
        file.truncate(2**31)

    assert refused(tmp_path / "a.pdf") == "it has 2048 MB, and 128 is the most"


@pytest.mark.parametrize(
    ("library", "reason"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "the converter breaks down on it"),
        ("import time; time.sleep(1000)", "it takes longer than 2 seconds"),
        ("x = bytearray(2 ** 32)", "it takes too much memory"),
        ("import sys\nwhile True: sys.stdout.buffer.write(b'x' * 2 ** 20)", "the converter breaks down on it"),
        (
            "import sys; sys.stdout.write('[1]'); sys.stdout.flush(); import os; os._exit(0)",
            "the converter breaks down on it",
        ),
    ],
    ids=["crash", "hang", "memory", "flood", "nonsense"],
)
def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str, reason: str) -> None:
    """Whatever a library does that reads a document, it is an error of that document, and soon."""
    write(tmp_path / "library" / "pypdfium2" / "__init__.py", library)
    monkeypatch.syspath_prepend(tmp_path / "library")
    monkeypatch.setattr(documents, "SECONDS", 2)

    assert refused(write(tmp_path / "notes" / "a.pdf", b"%PDF-1.7\n")) == reason


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are looked for in /proc")
def test_long_work_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What keeps pandoc busy is stopped, and so is pandoc: nothing goes on behind the build's back."""
    monkeypatch.setattr(documents, "SECONDS", 2)
    monkeypatch.setenv("MARKED_BY_TEST", str(tmp_path))

    assert refused(write(tmp_path / "a.html", b"<ul><li>" * 20_000 + b"x")) == "it takes longer than 2 seconds"
    deadline = time.monotonic() + 5
    while _marked(str(tmp_path).encode()) and time.monotonic() < deadline:
        time.sleep(0.05)  # what is killed takes a moment to be gone
    assert not _marked(str(tmp_path).encode())


def _marked(sign: bytes) -> list[str]:
    """The processes that run with a sign in their environment, but for this one."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if path.parent.name != str(os.getpid()) and sign in path.read_bytes():
                found.append((path.parent / "cmdline").read_text())
    return found


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine, and what was asked of it."""
    asked: list[str] = []

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<p>Fetched words")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}", asked
        running.shutdown()


def test_nothing_is_fetched(tmp_path: Path, server: tuple[str, list[str]]) -> None:
    """No picture, frame, style or script that a document names is asked for, and no file of this machine is shown."""
    address, asked = server
    write(tmp_path / "secret.txt", "Secret words\n")
    secret = (tmp_path / "secret.txt").as_uri()
    html = "".join(
        f'<iframe src="{url}/f"></iframe><img src="{url}/i" alt="A picture"><link rel="stylesheet" href="{url}/s">'
        f'<script src="{url}/j"></script><object data="{url}/o"></object><video src="{url}/v"></video>'
        for url in (address, secret)
    )
    rtf = rb'{\rtf1 JFK spoke {\field{\*\fldinst INCLUDETEXT "%s"}{\fldrslt x}}\par}' % address.encode()
    paths = [write(tmp_path / "a" / "a.html", f"<p>JFK spoke</p>{html}"), write(tmp_path / "a" / "b.rtf", rtf)]
    paths += [pandoc_made(tmp_path / "c.epub", f"![A picture]({address}/e)\n\nJFK spoke\n")] if not asked else []
    asked.clear()

    texts = [source_of(path).text for path in paths]

    assert asked == []
    assert all("JFK spoke" in text for text in texts)
    assert not [text for text in texts if "Fetched" in text or "Secret" in text or "![" in text or "<i" in text]


def test_modules_beside_the_notes_are_not_run(tmp_path: Path, program: Program) -> None:
    """A document is converted where the notes are, and no program that lies there is taken for a library."""
    for name in ("json", "pypdfium2", "re", "crisis_cards", "pypandoc"):
        write(tmp_path / f"{name}.py", "open('was-run', 'w').close()\n")
    pandoc_made(tmp_path / "n.docx", "The ==hotline== was set up in 1963\n")

    done = program("build", "n.docx", "-o", "n.apkg")

    assert (done.code, (tmp_path / "was-run").exists()) == (0, False)


def test_other_kinds_are_still_refused(tmp_path: Path) -> None:
    """What is neither text nor a document is no kind of notes."""
    with pytest.raises(CouldNotRunError, match=r"not a kind of notes; \.txt, .*\.pdf and \.rtf files are read$"):
        find_sources(tmp_path, [write(tmp_path / "a.xls", b"x")])
