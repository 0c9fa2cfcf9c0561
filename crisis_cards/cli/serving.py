"""A server of one page, for this machine alone, that tells whoever reads the page when there is a newer one."""

from __future__ import annotations

import sys
from hashlib import blake2b
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any, Self

from crisis_cards.diagnostics import CouldNotRunError

if TYPE_CHECKING:
    from types import TracebackType

HOST = "127.0.0.1"

# Seconds between two signs of life, by which it is seen that a reader has gone.
PATIENCE = 15

# Seconds in which a request must be sent, and an answer taken.
SLOWEST = 30

# What is shown until there is a page.
WAITING = """<!doctype html>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>crisis-cards</title>
<p>There are no cards yet: the terminal says why. This page shows them as soon as there are.</p>
<script>new EventSource("changes").onmessage = () => location.reload()</script>
"""


class Showing:
    """The page that is shown now, and the readers that wait for the next one."""

    def __init__(self) -> None:
        """Nothing to show yet, and no reader."""
        self._changed = Condition()
        self._page = WAITING.encode()
        self._mark = self._read = _mark_of(self._page)
        self._trouble = ""
        self._is_over = False

    def show(self, page: str) -> None:
        """Show this page from now on; its readers are told if it is another one."""
        with self._changed:
            self._page = page.encode()
            self._mark = _mark_of(self._page)
            self._trouble = ""
            self._changed.notify_all()

    def tell(self, trouble: str) -> None:
        """Say on the page why it is not that of the notes as they are."""
        with self._changed:
            self._trouble = " ".join(trouble.split())
            self._changed.notify_all()

    def end(self) -> None:
        """Let every reader go."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()

    def page(self) -> bytes:
        """The page, for someone to read."""
        with self._changed:
            self._read = self._mark
            return self._page

    def last_read(self) -> str:
        """The mark of the page that was read last: who does not say which page they have has this one."""
        with self._changed:
            return self._read

    def newer(self, mark: str, trouble: str) -> tuple[str, str] | None:
        """The mark of the page and the trouble with it, as soon as one is another; None when it is all over.

        After PATIENCE they are given as they are.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._is_over or (self._mark, self._trouble) != (mark, trouble), PATIENCE)
            return None if self._is_over else (self._mark, self._trouble)


class Server:
    """The server; use it in a `with` block."""

    def __init__(self, port: int) -> None:
        """Take a port, any free one if it is 0; raises CouldNotRunError if it cannot be taken."""
        self.showing = Showing()
        try:
            self._server = _Threads((HOST, port), _Handler)
        except OSError as error:
            said = (error.strerror or str(error)).lower()
            raise CouldNotRunError(f"--port {port}: {said}; leave it out and a free one is taken") from error
        self._server.showing = self.showing
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://{HOST}:{self._server.server_port}/"

    def __enter__(self) -> Self:
        """Itself, answering."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop answering."""
        self.showing.end()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Threads(ThreadingHTTPServer):
    """A thread for each request; none of them is waited for at the end."""

    showing: Showing

    def server_bind(self) -> None:
        """Take the port without asking for the host's name on the network, which can take seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the library's signature
        """Say nothing of a reader that goes away in the middle."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """`/` is the page, `/changes` the news of it."""

    server: _Threads
    timeout = SLOWEST

    def do_GET(self) -> None:
        """Answer, if the request is meant for this server."""
        path = self.path.partition("?")[0]
        if not self._is_meant():
            self.send_error(HTTPStatus.FORBIDDEN)
        elif path == "/":
            self._send_page()
        elif path == "/changes":
            self._send_changes()
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def log_message(self, *_: object) -> None:
        """Keep no log."""

    def _is_meant(self) -> bool:
        """Whether this host was asked for by its own name.

        A stranger's page can have its own name lead here, and would then be let read the answer.
        """
        return self.headers.get("Host", "").removesuffix(f":{self.server.server_port}") in {HOST, "localhost"}

    def _send_page(self) -> None:
        page = self.server.showing.page()
        self._begin("text/html; charset=utf-8", str(len(page)))
        if self.command != "HEAD":
            self.wfile.write(page)

    def _send_changes(self) -> None:
        """An event for each new page until the reader goes; a comment now and then, to see whether they have."""
        self._begin("text/event-stream")
        if self.command == "HEAD":
            return
        # A browser that connects again says what it knew: the program may have been started anew meanwhile.
        mark = self.headers.get("Last-Event-ID") or self.server.showing.last_read()
        trouble = ""
        self.wfile.write(f"id: {mark}\n\n".encode())
        while (newer := self.server.showing.newer(mark, trouble)) is not None:
            if newer[0] != mark:
                self.wfile.write(f"id: {newer[0]}\ndata: reload\n\n".encode())
            elif newer[1] != trouble:
                self.wfile.write(f"event: trouble\ndata: {newer[1]}\n\n".encode())
            else:
                self.wfile.write(b":\n\n")
            mark, trouble = newer

    def _begin(self, kind: str, length: str = "") -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        if length:
            self.send_header("Content-Length", length)
        self.end_headers()


def _mark_of(page: bytes) -> str:
    """A short word that only this page has."""
    return blake2b(page, digest_size=8).hexdigest()
