"""dropped-text: words of the notes that no card asks for.

HTML is shown on the back of the cards above it and never asked for; the text of a note that is embedded is not read.

    <div>The blockade began on 24 October 1962.</div>
    ![[Soviet letters#Second letter]]

Write instead: the words without the HTML around them; for what is embedded, the sentence that you want to be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from crisis_cards.check.inspection import Finding, Inspection
from crisis_cards.model import Leftover
from crisis_cards.reasons import HTML

MIN_WORDS = 5
MAX_SHOWN = 6  # words

_NOT_SHOWN = re.compile(
    r"<!--.*?-->|<(script|style)\b.*?</\1>|<a\b.*?</a>|<[^<>]*>|\{\{.*?\}\}", re.DOTALL | re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_EMBED = re.compile(r"!\[\[([^\[\]|]+)")
_FILE = re.compile(r"\.\w{2,5}$")


def dropped_text(inspection: Inspection) -> Iterator[Finding]:
    """HTML with words in it, and notes that are embedded."""
    names = {PurePosixPath(sheet.document.path).stem for sheet in inspection.sheets}
    for sheet in inspection.sheets:
        for block in sheet.document.blocks:
            if not isinstance(block, Leftover):
                continue
            embedded = _EMBED.search(block.text)
            shown = _NOT_SHOWN.sub(" ", block.text).split()
            name = embedded[1].partition("#")[0].strip() if embedded is not None else ""
            if embedded is not None and not _FILE.search(name) and name not in names:
                yield Finding(
                    block.span, f"the text of “{embedded[1].strip()}” is embedded and not read; write here what to ask"
                )
            elif block.reason == HTML and sum(1 for word in shown if _WORD.search(word)) >= MIN_WORDS:
                said = " ".join(shown[:MAX_SHOWN])
                yield Finding(
                    block.span, f"“{said} …” stands in html and is asked by no card; write it without the html"
                )
