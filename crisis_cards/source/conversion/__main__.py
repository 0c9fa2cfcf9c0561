"""The process in which one document is converted: it reads it from standard input and writes JSON to standard output.

It first gives up what it does not need, for whatever goes wrong in here is the document's doing: it gets so much memory
and so many seconds of the processor, and can write no file but its answer. Pandoc, which it starts, has no more.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress

from crisis_cards.source.conversion import pandoc
from crisis_cards.source.conversion.archives import NEEDED, check_archive
from crisis_cards.source.conversion.problems import UnreadableError
from crisis_cards.source.conversion.rich_text import mended, without_partings
from crisis_cards.source.conversion.text_boxes import with_text_boxes
from crisis_cards.source.conversion.tidying import tidy, with_headings_as_places
from crisis_cards.source.conversion.writing import Written, written

# In bytes, and in seconds.
MEMORY = 1536 * 2**20
ANSWER = 64 * 2**20
SECONDS = 30


def converted(raw: bytes, suffix: str) -> Written:
    """A document as Markdown; raises UnreadableError if it cannot be."""
    if suffix in NEEDED:
        check_archive(raw, suffix)
    match suffix:
        case ".pdf":
            # It loads a library, and most documents are of other kinds.
            from crisis_cards.source.conversion.layout import laid_out  # noqa: PLC0415
            from crisis_cards.source.conversion.pages import pages  # noqa: PLC0415

            return written(tidy(laid_out(pages(raw))))
        case ".pptx":
            from crisis_cards.source.conversion.slides import slides  # noqa: PLC0415

            return written(tidy(slides(raw)))
        case ".docx" | ".odt":
            raw = with_text_boxes(raw, suffix)
        case ".rtf":
            raw = mended(raw)
        case _:
            pass
    about, blocks = pandoc.tree_of(raw, suffix)
    return written(with_headings_as_places(without_partings(tidy(blocks))), about)


def main(suffix: str) -> None:
    """Convert what comes in."""
    _limit()
    try:
        found = converted(sys.stdin.buffer.read(), suffix)
        told = {"text": found.text, "places": found.places}
    except UnreadableError as error:
        told = {"problem": str(error)}
    except MemoryError:
        told = {"problem": "it takes too much memory"}
    except RecursionError:
        told = {"problem": "it is nested too deeply"}
    sys.stdout.buffer.write(json.dumps(told).encode("ascii"))


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: ANSWER,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        with suppress(OSError, ValueError):  # macOS does not know all of them
            resource.setrlimit(limit, (most, most + 5 if limit == resource.RLIMIT_CPU else most))


if __name__ == "__main__":
    main(sys.argv[1])
