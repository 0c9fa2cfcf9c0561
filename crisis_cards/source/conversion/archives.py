"""Documents that are archives, looked into before anything is made of them."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from crisis_cards.source.conversion.problems import UnreadableError

# What an archive says that it holds, in bytes when unpacked. One that says less than it does meets the limit of memory.
MAX_UNPACKED = 256 * 2**20
MAX_MEMBERS = 20_000

# The first bytes of what Office writes when a password is asked for, and of what it wrote before 2007.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

NEEDED = {
    ".docx": "[Content_Types].xml",
    ".pptx": "ppt/presentation.xml",
    ".odt": "content.xml",
    ".epub": "META-INF/container.xml",
}

# In these a book says how its parts are hidden. Fonts alone may be; the words are not, then.
LOCKS = {".odt": "META-INF/manifest.xml", ".epub": "META-INF/encryption.xml"}
LOCK = re.compile(rb"encryption-data|EncryptionMethod[^>]*Algorithm\s*=\s*[\"'](?!http://(?:www\.idpf|ns\.adobe))")


def check_archive(raw: bytes, suffix: str) -> None:
    """Raise UnreadableError if an archive is none, is locked, or is a bomb."""
    if raw.startswith(OLE):
        raise UnreadableError("it is encrypted, or an Office file of before 2007")
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise UnreadableError(f"it holds {len(members)} files, and {MAX_MEMBERS} is the most")
            size = sum(member.file_size for member in members)
            if size > MAX_UNPACKED:
                raise UnreadableError(f"it unpacks to {size >> 20} MB, and {MAX_UNPACKED >> 20} is the most")
            if any(member.flag_bits & 1 for member in members):
                raise UnreadableError("it is encrypted")
            names = {member.filename for member in members}
            if NEEDED[suffix] not in names:
                raise UnreadableError(f"it is no {suffix} file")
            lock = LOCKS.get(suffix)
            if lock in names and LOCK.search(archive.read(lock)):
                raise UnreadableError("it is encrypted")
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise UnreadableError(f"it is no {suffix} file, or broken") from error
