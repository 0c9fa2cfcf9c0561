"""`crisis-cards watch`, run as a process beside someone who edits the notes."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO, Self

import pytest
from anki_collection import imported, opened_collection, shown_cards, text_in
from conftest import Program, command, environment, write
from filelock import FileLock
from playwright.sync_api import Browser, expect

from crisis_cards.cli.noticing import sights
from crisis_cards.cli.serving import Server
from crisis_cards.cli.terminal import Terminal
from crisis_cards.cli.watch import Watching
from crisis_cards.delivery import LEDGER_NAME
from crisis_cards.preview.page import page_of
from crisis_cards.preview.view import View

# Seconds after which a line that does not come will never come.
DEADLINE = 60

CUBA = "Q: Who flew the U-2? A: Rudolf Anderson\n"
TURKEY = "Q: Where were the Jupiters? A: in Turkey\n"
MANY = "".join(f"Q: Who was adviser {number}? A: man {number}\n" for number in range(12))


class Watch:
    """A running `crisis-cards watch`; in a `with` block, at whose end it is gone."""

    def __init__(self, folder: Path, *arguments: str | Path, **variables: str) -> None:
        """Start it in `folder`, with more variables of the environment."""
        self._running = subprocess.Popen(
            command("watch", *arguments),
            cwd=folder,
            env={**environment(folder), **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self._running.stdout is not None
        assert self._running.stderr is not None
        self._out = _lines(self._running.stdout)
        self._err = _lines(self._running.stderr)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it, however it is."""
        self._running.kill()
        self._running.communicate()

    def line(self) -> str:
        """The next line on stdout, waited for."""
        return self._out.get(timeout=DEADLINE)

    def said(self, words: str) -> str:
        """The next line on stderr that has these words, waited for."""
        while words not in (line := self._err.get(timeout=DEADLINE)):
            pass
        return line

    def end(self, number: int = signal.SIGINT) -> tuple[int, list[str], str]:
        """End it with a signal: its exit code, what it had still to report, and what it said last."""
        self._running.send_signal(number)
        code = self._running.wait(DEADLINE)
        return code, list(_rest(self._out)), "".join(_rest(self._err))


def _lines(stream: IO[str]) -> Queue[str]:
    """The lines of a stream as they come, and an empty one at its end."""
    lines: Queue[str] = Queue()

    def read() -> None:
        for line in stream:
            lines.put(line.rstrip("\n"))
        lines.put("")

    Thread(target=read, daemon=True).start()
    return lines


def _rest(lines: Queue[str]) -> Iterator[str]:
    """What is still to come."""
    while line := lines.get(timeout=DEADLINE):
        yield line


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with notes of two cards, and a temporary folder beside it."""
    (tmp_path.parent / f"{tmp_path.name}-temporary").mkdir()
    write(tmp_path / "notes" / "deck.toml", 'name = "Cuba"\n')
    write(tmp_path / "notes" / "cuba.txt", CUBA)
    write(tmp_path / "notes" / "turkey.md", TURKEY)
    return tmp_path


@pytest.fixture
def watch(folder: Path) -> Iterator[Watch]:
    """The program watching those notes, after its first build."""
    with Watch(folder, "notes", "--no-preview") as running:
        assert running.line() == "build/cuba.apkg"
        yield running


def delivered(folder: Path) -> tuple[bytes, bytes]:
    """Package and ledger."""
    return (folder / "build" / "cuba.apkg").read_bytes(), (folder / "notes" / LEDGER_NAME).read_bytes()


# --- saving --------------------------------------------------------------------------------------------------------


def save_in_place(path: Path, text: str) -> None:
    """As most editors do."""
    path.write_text(text, encoding="utf-8")


def save_aside_and_rename(path: Path, text: str) -> None:
    """As careful editors do: what was there is kept as a backup, a finished file takes its place."""
    aside = write(path.with_name(f".{path.name}.swp"), text)
    path.rename(f"{path}~")
    aside.rename(path)


def save_anew(path: Path, text: str) -> None:
    """As a program does that removes a file before it writes it."""
    path.unlink()
    write(path, text)


@pytest.mark.parametrize("save", [save_in_place, save_aside_and_rename, save_anew])
def test_an_edit_is_one_line_and_a_new_package(watch: Watch, folder: Path, save: Callable[[Path, str], None]) -> None:
    """However an editor saves: what changed is told in one line, and Anki gets it from the package."""
    save(folder / "notes" / "cuba.txt", CUBA.replace("Rudolf", "Major"))

    assert watch.line() == "1 corrected; 2 cards"
    with opened_collection() as collection:
        imported(collection, folder / "build" / "cuba.apkg")
        answers = [text_in(card.answer, "answer") for card in shown_cards(collection)]
    assert sorted(answers) == ["Major Anderson", "in Turkey"]
    assert watch.end()[1] == []


def test_a_burst_of_saves_is_joined(watch: Watch, folder: Path) -> None:
    """Twenty saves one after the other are few reports, and the last save is the one that counts."""
    for number in range(20):
        write(folder / "notes" / "cuba.txt", f"{CUBA}Q: Which number is the last? A: {number}\n")
    reports = [watch.line()]
    while '"19"' not in (folder / "notes" / LEDGER_NAME).read_text(encoding="utf-8"):
        reports.append(watch.line())

    assert len(reports) < 10
    assert {report.rpartition("; ")[2] for report in reports} == {"3 cards"}


def test_files_come_and_go(watch: Watch, folder: Path) -> None:
    """New files are noticed, those in new folders too, and so is the end of one."""
    write(folder / "notes" / "people" / "nk.txt", "Q: Who led the USSR? A: Khrushchev\n")
    reports = [watch.line()]
    write(folder / "notes" / "people" / "jfk.txt", "Q: Who led the USA? A: Kennedy\n")
    reports.append(watch.line())
    (folder / "notes" / "turkey.md").unlink()
    reports.append(watch.line())

    assert reports == ["1 new; 3 cards", "1 new; 4 cards", "1 retired; 3 cards"]
    assert watch.said("1 note retired")


def test_what_a_link_leads_to(folder: Path) -> None:
    """Notes that are a link out of the folder, and named, are built again when the file elsewhere is edited."""
    elsewhere = write(folder / "elsewhere" / "nk.txt", "Q: Who led the USSR? A: NK\n")
    (folder / "notes" / "nk.txt").symlink_to(elsewhere)
    with Watch(folder, "notes", "notes/nk.txt", "--no-preview") as watch:
        watch.line()
        write(elsewhere, "Q: Who led the USSR? A: Khrushchev\n")

        assert watch.line() == "1 corrected; 3 cards"


def test_what_is_ignored_from_now_on(watch: Watch, folder: Path) -> None:
    """A .crisisignore that is written is a change as any other."""
    write(folder / "notes" / "nk.txt", "Q: Who led the USSR? A: NK\n")
    assert watch.line() == "1 new; 3 cards"

    write(folder / "notes" / ".crisisignore", "nk.txt\n")

    assert watch.line() == "1 retired; 2 cards"


def test_what_no_build_reads_is_no_change(watch: Watch, folder: Path) -> None:
    """Hidden files, backups, packages and the ledger that was just written cause no build."""
    for name in (".hidden.txt", "cuba.txt~", "other.apkg", ".git/index"):
        write(folder / "notes" / name, CUBA)
    write(folder / "notes" / "nk.txt", "Q: Who led the USSR? A: Khrushchev\n")

    assert watch.line() == "1 new; 3 cards"
    assert watch.end()[1] == []


def test_another_name_of_the_deck_is_another_package(watch: Watch, folder: Path) -> None:
    """When deck.toml gives the deck another name, the path of its package is told before what changed."""
    write(folder / "notes" / "deck.toml", 'name = "Cuba 1962"\n')

    assert [watch.line(), watch.line()] == ["build/cuba-1962.apkg", "nothing changed; 2 cards"]


# --- what is broken for a while ------------------------------------------------------------------------------------


def break_config(notes: Path) -> None:
    """A line that is not finished."""
    write(notes / "deck.toml", "name = \n")


def break_text(notes: Path) -> None:
    """Saved in another encoding."""
    write(notes / "cuba.txt", b"Q: Who flew the U-2? A: Andr\x8e\n")


def remove_config(notes: Path) -> None:
    """Without it the deck would have another name."""
    (notes / "deck.toml").unlink()


def remove_ledger(notes: Path) -> None:
    """Without it all cards would be new ones."""
    (notes / LEDGER_NAME).unlink()


def remove_notes(notes: Path) -> None:
    """A folder that is not mounted."""
    shutil.rmtree(notes)


def break_ledger(notes: Path) -> None:
    """What a merge leaves in it."""
    write(notes / LEDGER_NAME, b"<<<<<<< ours\n" + (notes / LEDGER_NAME).read_bytes())


@pytest.mark.parametrize(
    ("breaks", "words"),
    [
        (break_config, "deck.toml: "),
        (break_text, "cuba.txt: nothing is written until it can be read again"),
        (remove_config, "deck.toml: is gone; put it back"),
        (remove_ledger, "ledger.jsonl: is gone; put it back"),
        (remove_notes, "notes: no such file or directory"),
        (break_ledger, "ledger.jsonl:1: "),
    ],
)
def test_a_broken_state_is_waited_out(watch: Watch, folder: Path, breaks: Callable[[Path], None], words: str) -> None:
    """While the notes are broken the reason is told and nothing is written; when they are whole, it goes on."""
    before = (folder / "build" / "cuba.apkg").read_bytes()
    shutil.copytree(folder / "notes", folder / "kept")
    breaks(folder / "notes")
    reason = watch.said("crisis-cards: ")
    meanwhile = (folder / "build" / "cuba.apkg").read_bytes()
    shutil.copytree(folder / "kept", folder / "notes", dirs_exist_ok=True)

    assert words in reason
    assert meanwhile == before
    assert watch.line() == "nothing changed; 2 cards"
    assert delivered(folder) == (before, (folder / "kept" / LEDGER_NAME).read_bytes())


def test_a_deck_toml_that_is_nearer_to_the_notes(folder: Path) -> None:
    """Notes whose root becomes another folder are not built there: the ledger is in the one before."""
    (folder / "notes" / "deck.toml").rename(folder / "deck.toml")
    with Watch(folder, "notes", "--no-preview") as watch:
        watch.line()
        write(folder / "notes" / "deck.toml", 'name = "Other"\n')
        reason = watch.said("crisis-cards: ")

    assert reason.endswith("notes/deck.toml: makes this the folder of the notes; start again")
    assert names_in(folder / "notes") == {"cuba.txt", "deck.toml", "turkey.md"}
    assert names_in(folder / "build") == {"cuba.apkg"}


@pytest.mark.parametrize(
    ("looks", "told"), [(1, ["nothing changed; 2 cards"]), (2, ["1 retired; 1 card", "1 revived; 2 cards"])]
)
def test_what_is_gone_is_looked_at_twice(
    folder: Path, capfd: pytest.CaptureFixture[str], looks: int, told: list[str]
) -> None:
    """A file that is gone at one look and back at the next is not believed to be gone; at two looks, it is."""
    notes, package = folder / "notes", folder / "cuba.apkg"
    terminal = Terminal(is_quiet=True, is_verbose=False, has_colour=False)
    watching = Watching((notes,), notes, terminal, output=str(package), may_retire=False, showing=None)
    seen = sights([notes])
    watching.look(next(seen))
    (notes / "cuba.txt").unlink()
    for _ in range(looks):
        watching.look(next(seen))
    write(notes / "cuba.txt", CUBA)
    watching.look(next(seen))

    assert capfd.readouterr().out.splitlines() == [str(package), *told]


def test_notes_that_are_broken_from_the_start(folder: Path) -> None:
    """The first build may fail as every later one may; the package is told when there is one."""
    write(folder / "notes" / "deck.toml", "name = \n")
    with Watch(folder, "notes", "--no-preview") as watch:
        watch.said("crisis-cards: deck.toml: ")
        write(folder / "notes" / "deck.toml", 'name = "Cuba"\n')

        assert watch.line() == "build/cuba.apkg"


def test_notes_without_any_card(tmp_path: Path) -> None:
    """Notes that have no card yet are no package yet."""
    (tmp_path.parent / f"{tmp_path.name}-temporary").mkdir()
    write(tmp_path / "cuba.txt", "- the blockade #skip\n")
    with Watch(tmp_path, "cuba.txt", "-o", "cuba.apkg", "--no-preview") as watch:
        reason = watch.said("no card")
        is_there = (tmp_path / "cuba.apkg").exists()
        write(tmp_path / "cuba.txt", CUBA)

        assert reason.endswith(": nothing is written")
        assert not is_there
        assert watch.line() == "cuba.apkg"


def test_a_build_that_is_under_way_is_waited_for(watch: Watch, folder: Path) -> None:
    """While another build holds the ledger an edit waits; it is built when that one is done, without a further save."""
    with FileLock(folder / "notes" / f".{LEDGER_NAME}.lock"):
        write(folder / "notes" / "cuba.txt", CUBA.replace("Rudolf", "Major"))
        watch.said("another build of these notes is under way; waiting for it")
        before = delivered(folder)

    assert watch.line() == "1 corrected; 2 cards"
    assert delivered(folder) != before


def test_a_mass_retirement_waits_for_the_author(folder: Path) -> None:
    """Notes that are gone in the mass are told, and kept; put back, they are as if nothing had been."""
    many = write(folder / "notes" / "many.txt", MANY)
    with Watch(folder, "notes", "--no-preview") as watch:
        watch.line()
        before = delivered(folder)
        write(many, "")
        reason = watch.said("crisis-cards: ")
        meanwhile = delivered(folder)
        write(many, MANY)

        assert "12 of 14 notes would be retired; put them back" in reason
        assert "--allow-retire" in reason
        assert meanwhile == before
        assert watch.line() == "nothing changed; 14 cards"
        assert delivered(folder) == before


def test_a_mass_retirement_that_is_meant(folder: Path) -> None:
    """With --allow-retire a large part of the deck is retired at a save."""
    many = write(folder / "notes" / "many.txt", MANY)
    with Watch(folder, "notes", "--no-preview", "--allow-retire") as watch:
        watch.line()
        many.unlink()

        assert watch.line() == "12 retired; 2 cards"


# --- the preview ---------------------------------------------------------------------------------------------------


def answer_of(port: int, path: str, method: str = "GET", **headers: str) -> HTTPResponse:
    """What the server says."""
    connection = HTTPConnection("127.0.0.1", port, timeout=DEADLINE)
    connection.request(method, path, headers=headers)
    return connection.getresponse()


def events(response: HTTPResponse) -> Iterator[str]:
    """The data of the events of a stream, as they come."""
    for line in response:
        if line.startswith(b"data: "):
            yield line.removeprefix(b"data: ").decode().strip()


def test_the_open_page_is_told_of_an_edit(folder: Path) -> None:
    """The page's address is told; who waits for news of it hears `reload` after an edit, and finds the edit."""
    with Watch(folder, "notes") as watch:
        assert watch.line() == "build/cuba.apkg"
        address = watch.line()
        port = int(address.removeprefix("http://127.0.0.1:").removesuffix("/"))
        page = answer_of(port, "/").read().decode()
        news = events(answer_of(port, "/changes"))
        write(folder / "notes" / "cuba.txt", CUBA.replace("Rudolf", "Major"))

        assert next(news) == "reload"
        assert "Rudolf Anderson" in page
        assert "Major Anderson" in answer_of(port, "/").read().decode()
        write(folder / "notes" / "deck.toml", "name = \n")
        assert next(news).startswith("deck.toml: ")
        assert watch.line() == "1 corrected; 2 cards"
        code, _, _ = watch.end()
        assert code == 130
        assert list(news) == []


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of some page."""
    with Server(0) as server:
        server.showing.show("<p>one")
        yield server


def port_of(server: Server) -> int:
    """Where it is."""
    return int(server.address.rstrip("/").rpartition(":")[2])


def test_a_page_is_never_kept(server: Server) -> None:
    """The page is sent with its length as UTF-8, and no browser keeps it."""
    server.showing.show("<p>Кеннеди")

    response = answer_of(port_of(server), "/")

    assert (response.status, response.read().decode()) == (200, "<p>Кеннеди")
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Content-Length"] == "17"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "path", "host", "status"),
    [
        ("GET", "/", "localhost", 200),
        ("HEAD", "/", "127.0.0.1", 200),
        ("HEAD", "/changes", "127.0.0.1", 200),
        ("GET", "/", "evil.example", 403),
        ("GET", "/changes", "evil.example", 403),
        ("GET", "/", "127.0.0.1.evil.example", 403),
        ("GET", "/notes/cuba.txt", "127.0.0.1", 404),
        ("GET", "/../deck.toml", "127.0.0.1", 404),
        ("POST", "/", "127.0.0.1", 501),
    ],
)
def test_only_two_paths_for_this_machine_alone(server: Server, method: str, path: str, host: str, status: int) -> None:
    """Only the page and its news are there, to be read only, and only by this machine's own names."""
    port = port_of(server)

    response = answer_of(port, path, method, Host=f"{host}:{port}")

    assert response.status == status
    assert method != "HEAD" or response.read() == b""


def test_a_page_that_was_changed_before_its_reader_asked(server: Server) -> None:
    """Who read the page just before it changed hears of that, though they ask for news only afterwards."""
    answer_of(port_of(server), "/").read()
    server.showing.show("<p>two")

    assert next(events(answer_of(port_of(server), "/changes"))) == "reload"


def test_a_reader_of_an_earlier_program(server: Server) -> None:
    """A page that is still open from before the program was started anew is loaded again."""
    answer_of(port_of(server), "/").read()

    news = events(answer_of(port_of(server), "/changes", **{"Last-Event-ID": "of another page"}))

    assert next(news) == "reload"


def test_the_open_page_says_why_it_is_old(server: Server, browser: Browser) -> None:
    """While the notes cannot be built the page says so, and no longer when they can, though it is the same page."""
    view = View("Cuba", (), (), (), (), "")
    server.showing.show(page_of(view, is_live=True))
    page = browser.new_page()
    page.goto(server.address)
    trouble = page.locator("#trouble")

    server.showing.tell("deck.toml: not closed\nat all")
    expect(trouble).to_have_text("Not up to date: deck.toml: not closed at all")
    server.showing.show(page_of(view, is_live=True))

    expect(trouble).to_be_hidden()
    page.close()


def test_the_same_page_again_is_no_news(server: Server) -> None:
    """A reader is told of another page, not of the one that they have, shown again."""
    port = port_of(server)
    answer_of(port, "/").read()
    stream = answer_of(port, "/changes")
    had = stream.readline()
    server.showing.show("<p>one")
    server.showing.show("<p>two")

    told = next(line for line in stream if line.startswith(b"id: "))
    answer_of(port, "/").read()
    assert told == answer_of(port, "/changes").readline()
    assert told != had


def test_readers_that_go_away_are_not_told_of(server: Server, capfd: pytest.CaptureFixture[str]) -> None:
    """A reader that breaks off, before its request or amid the news, is not worth a word."""
    address = ("127.0.0.1", port_of(server))
    socket.create_connection(address).close()
    with socket.create_connection(address) as asking:
        asking.sendall(f"GET /changes HTTP/1.1\r\nHost: 127.0.0.1:{address[1]}\r\n\r\n".encode())
        asking.recv(10)
        asking.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    for number in range(20):
        server.showing.show(f"<p>{number}")
        answer_of(address[1], "/").read()

    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems open addresses with other programs")
def test_the_preview_is_opened(folder: Path) -> None:
    """With --open the system is asked to show the address."""
    opener = write(folder / "bin" / "xdg-open", '#!/bin/sh\necho "opened: $1" >&2\n')
    opener.chmod(0o755)
    with Watch(folder, "notes", "--open", PATH=f"{opener.parent}{os.pathsep}{os.environ['PATH']}") as watch:
        watch.line()
        address = watch.line()

        assert watch.said("opened: ") == f"opened: {address}"


# --- the beginning and the end -------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_end_leaves_nothing_behind(folder: Path, number: int) -> None:
    """Ctrl-C, or whatever else ends it, ends it with 130, without a word, a lock or a temporary file."""
    with Watch(folder, "notes", "-q") as watch:
        watch.line()
        watch.line()
        code, reports, said = watch.end(number)

    assert (code, reports, said.strip()) == (130, [], "")
    assert names_in(folder / "notes") == {"cuba.txt", "deck.toml", LEDGER_NAME, "turkey.md"}
    assert names_in(folder / "build") == {"cuba.apkg"}
    assert names_in(folder.parent / f"{folder.name}-temporary") == set()


def names_in(folder: Path) -> set[str]:
    """The names of all that is in a folder."""
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere",), "nowhere: no such file or directory"),
        (("notes.xls",), "notes.xls: not a kind of notes; .txt, .text, .md"),
        (("notes", "-o", "cuba.zip"), 'cuba.zip: name does not end in ".apkg"'),
        (("notes", "-o", ""), "-o: the path is empty"),
        (("notes", "--port", "{taken}"), "--port {taken}: address already in use; leave it out"),
    ],
)
def test_what_no_save_can_mend_ends_it_at_once(
    program: Program, folder: Path, arguments: tuple[str, ...], words: str
) -> None:
    """A path that is not there, a package that cannot be, a port that is taken: exit 2, one line."""
    write(folder / "notes.xls", b"cells")
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = str(other.getsockname()[1])
        done = program("watch", *(each.format(taken=taken) for each in arguments))

    assert (done.code, done.out) == (2, "")
    assert words.format(taken=taken) in done.err
    assert len(done.err.splitlines()) == 1
