"""What cannot be seen in a text and would keep the author's signs from being read is taken out, line by line.

Word processors, chats and web pages leave marks of direction, joiners, soft hyphens and spaces of other widths. Within
words and sentences they stay as they are; beside a sign or a space they show nothing, and are in the way.
"""

from __future__ import annotations

import re

UNSEEN = "\u200b\ufeff\u2060\u180e\xad"
"""Characters of no width that say at most where a line may break."""

MARKS = "\u200e\u200f\u061c"
TURNS = "\u202a-\u202e\u2066-\u2069"
JOINERS = "\u200c\u200d"
WIDE = "\xa0\u2000-\u200a\u202f\u205f\u3000"
SIGNS = re.escape("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")

# Looked at once a run, wherever in it the search begins: a run may be as long as the file.
_BESIDE = re.compile(rf"(?:\A|(?<=[\s{SIGNS}]))[{UNSEEN}]++|(?<![{UNSEEN}])[{UNSEEN}]++(?=[\s{SIGNS}]|\Z)")
_MARKED = re.compile(rf"(?<=(?:==|::|\{{\{{|\}}\}}))[{MARKS}]++|(?<![{MARKS}])[{MARKS}]++(?===|::|\{{\{{|\}}\}})")
_TAG = re.compile(r"(?<!\S)[#^]\S++")
_IN_TAG = re.compile(f"[{UNSEEN}{MARKS}{TURNS}]+")
_BEGIN = re.compile(
    rf"^([ \t]*+)[{UNSEEN}{MARKS}{TURNS}{JOINERS}]++"
    r"(?=[ \t]*+(?:#{1,6}\s|[-*+•>]\s|\d{1,3}[.)]\s|[QqAa]:|```|~~~|---|\||\[|==|\{\{))",
    re.MULTILINE,
)
_PAGE = re.compile(r"^\f+", re.MULTILINE)
_SPACED = re.compile(rf"^([ \t]*+(?:#{{1,6}}|[-*+]|\d{{1,9}}[.)]))[{WIDE}]++(?=\S)", re.MULTILINE)
_INDENTED = re.compile(rf"^[{WIDE}]{{1,3}}(?=(?:[-*+]|\d{{1,9}}[.)])\s)", re.MULTILINE)


def cleared(text: str) -> str:
    """A text whose signs can be read; it has the same lines."""
    if "\f" in text:
        text = _PAGE.sub("", text)
    if text.isascii():
        return text
    beside = _BESIDE.sub("", text)
    begun = _BEGIN.sub(r"\1", _MARKED.sub("", beside))
    tagged = _TAG.sub(lambda found: _IN_TAG.sub("", found[0]), begun)
    spaced = _INDENTED.sub(lambda found: " " * len(found[0]), tagged)
    return _SPACED.sub(r"\1 ", spaced)
