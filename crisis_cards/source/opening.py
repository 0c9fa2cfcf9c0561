"""The bytes of a file that is one: no pipe that nobody writes to, no device without an end, nothing too large."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def content_of(path: Path, most: int) -> bytes:
    """The bytes of a regular file of at most so many; raises OSError for anything else, and never waits."""
    # Without O_NONBLOCK, to open a pipe waits for who writes to it.
    with os.fdopen(
        os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb"
    ) as file:
        seen = os.fstat(file.fileno())
        if stat.S_ISDIR(seen.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(seen.st_mode):
            raise OSError(errno.EINVAL, "not a file", str(path))
        if seen.st_size > most:
            raise OSError(errno.EFBIG, f"has more than {most // 1_000_000} MB", str(path))
        return file.read(most)
