"""Lines that say nothing to learn, by their form alone: to-dos, links, page numbers, "see fig. 3", bare numbers.

In doubt a line is a statement: what no card can be made of gets none anyway, and its author is told why. The words that
begin such lines are those of the six languages that are read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crisis_cards.model import Mark, MarkKind
from crisis_cards.reasons import COMMAND, LINK, NUMBER, PAGE, REFERENCE, TODO

# Capitals, as Org, Logseq and programmers write them; alone, or before what is to be done.
TASK = re.compile(
    r"(?:\[[ xX/>?!-]\]|[☐☑☒✅⬜])(?:\s|$)|(?:TODO|TO-DO|FIXME|TBD|TBC|DOING|WAITING)(?=[\s:!.?)\]-]|$)"
    r"|(?i:to[ -]?do|à faire|zu erledigen|por hacer|da fare|a fazer)\s*:",
)
LINKS = re.compile(r"(?:[-–—•,;:()<>\s]|(?:https?://|www\.|mailto:|file://|zotero://|obsidian://)\S+)+", re.IGNORECASE)
ADDRESS = re.compile(r"https?://|www\.|mailto:|file://|zotero://|obsidian://", re.IGNORECASE)
PAGES = re.compile(
    r"\W*(?:(?:pages?|pp?\.|slides?|seiten?|s\.|folien?|pagin[ae]|pág(?:ina)?s?\.?|diapositiv[ae]s?|folha)\s*\d{1,4}"
    r"(?:\s*(?:[-–—/,&]|of|von|de|sur|di|to|and)\s*\d{1,4})*|\d{1,4}\s*/\s*\d{1,4}|[-–—]\s*\d{1,4}\s*[-–—])\W*",
    re.IGNORECASE,
)
# A verb that sends the reader away, then only what names a place.
SEE = re.compile(
    r"\W*(?:see(?:\s+also)?|cf\.?|refer\s+to|look\s+at|siehe(?:\s+auch)?|vgl\.?|voir(?:\s+aussi)?|véase|ver|vedi|veja)"
    r"\s+(?:(?:the|my|your|our|in|on|at|auch|die|das|den|la|le|les|el|il|lo|los|las|notes?|from|page)\s+){0,3}"
    r"(?:(?:fig(?:ure|s)?|diagram|page|pages|pp?|chapter|chap|ch|section|sec|table|slide|slides|appendix|lecture|note|notes"
    r"|handout|textbook|book|video|link|worksheet|powerpoint|picture|image|graph|map|example|attached|above|below|over"
    r"|overleaf|abb|abbildung|seite|kapitel|kap|tabelle|folie|oben|unten|figura|tabla|página|capítulo|tableau|chapitre"
    r"|ci-dessous|ci-dessus|pagina|capitolo|tabella)\b\.?)(?:\s*[\w.:/()-]*\d[\w.:/()-]*|\s+(?:above|below|for|of|on|from)"
    r"(?:\s+\w+){0,4})?\W*",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"\W*(?:fig(?:ure)?|abb(?:ildung)?|table|tabelle|figura|tabla|tableau|tab)\.?\s*\d+(?:\.\d+)*\W*", re.IGNORECASE
)
BARE = re.compile(r"[\d\s.,:;/()%#–—-]+")
# For Logseq, Hugo, Jekyll, kramdown, LaTeX and Azure, not for the reader.
CALL = re.compile(
    r"\{\{(?!c\d)[^{}]*\}\}|\(\([0-9a-f-]{8,}\)\)|\{\{<.*>\}\}|\{%.*%\}|\{:[^{}]*\}"
    r"|\[?\[(?:_?TOC_?|toc)\]\]?|\$\{toc\}|\\(?:newpage|pagebreak|clearpage|tableofcontents)",
)
MAX_CHARACTERS = 300
"""No line of these kinds but a list of links is longer."""


def why_no_fact(text: str, marks: Sequence[Mark], *, is_under: bool) -> str:
    """Why a line of the notes is no fact; empty if it may be one.

    `is_under`: whether other lines stand above or under it, which a bare number may answer, or head.
    """
    if TASK.match(text):
        return TODO
    if _is_links(text, marks):
        return LINK
    if len(text) > MAX_CHARACTERS:
        return ""
    if PAGES.fullmatch(text):
        return PAGE
    if SEE.fullmatch(text) or CAPTION.fullmatch(text):
        return REFERENCE
    if BARE.fullmatch(text) and not is_under:
        return NUMBER
    return COMMAND if CALL.fullmatch(text) else ""


def _is_links(text: str, marks: Sequence[Mark]) -> bool:
    """Whether there is nothing in a text but addresses, and words that are links to elsewhere."""
    rest = text
    for mark in sorted(marks, reverse=True):
        if mark.kind is MarkKind.LINK:
            rest = rest[: mark.start] + rest[mark.end :]
    is_link = rest != text or ADDRESS.search(rest) is not None
    return is_link and (not rest.strip() or LINKS.fullmatch(rest) is not None)
