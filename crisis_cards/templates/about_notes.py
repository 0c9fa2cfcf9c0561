"""about-notes: a line that speaks of the notes, of studying or of the author, and not of what the notes are about.

*The following table compares …*, *see p. 40*, *comes up in the exam*, *you can find more on the website*.
"""

from __future__ import annotations

import re

from crisis_cards.grammar import main_subject
from crisis_cards.model import Fact

_ABOUT_NOTES = re.compile(
    r"\b(?:the following|this (?:section|chapter|page|table|figure|lecture)"
    r"|(?:image|figure|table|diagram) (?:above|below)"
    r"|(?:above|below) (?:is|are) (?:an?|the)|see (?:fig|figure|table|page|p\.|chapter|above|below)"
    r"|comes? up|typed up|my note(?:book|s)|exercise|homework|practice (?:essay|question)s?|important later"
    r"|(?:we|you) (?:need|have|should|ought)(?: to)? (?:know|learn|remember)|need a conclusion"
    r"|check (?:this|who|what|if)"
    r"|you (?:can|could|will|may|should) (?:also )?(?:find|see|read|check|use|get|ask|opt|join|download|skip|look)"
    r"|(?:revision|other|more) (?:sources|resources)|these notes|this (?:document|file|video|website)|click|subscribe"
    r"|discord|github|youtube|gist|last (?:updated|edited)|latest (?:update|content)|(?:learning|student) outcomes?"
    r"|on p\.? ?\d+|\bp\. ?\d+|cheat sheet|(?:in|for|before) (?:the|my) (?:exam|test)|exam favou?rite|textbook"
    r"|handout|past paper|imo|imho|tbh"
    r"|(?:good|nice|useful) (?:diagram|sketch|map|timeline|essay point|video)|(?:lecture|sheet|slides?|chapter|ch) \d+"
    r"|ask (?:\w+|m[rs]s? \w+) (?:about|for|what|why|how)|(?:re)?do (?:the |problems? )|todo|watch the video"
    r"|i (?:find|think|still|don.?t)|not sure|still don.?t|to memori[sz]e"
    r"|we(?: will|’ll|'ll)? (?:look at|study|discuss|cover|see))\b",
    re.IGNORECASE,
)


def speaking_of_notes(fact: Fact) -> str:
    """The words by which a fact speaks of the notes; empty if it speaks of what they are about."""
    found = _ABOUT_NOTES.search(fact.text)
    if found is not None:
        return found[0]
    subject = main_subject(fact.parse)
    return "I" if subject is not None and subject.text == "I" else ""
