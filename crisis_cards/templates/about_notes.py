"""about-notes: a line that speaks of the notes, of studying or of the author, and not of what the notes are about.

*The following table compares …*, *see p. 40*, *comes up in the exam*, *you can find more on the website*.
"""

from __future__ import annotations

import re

from crisis_cards.grammar import main_subject
from crisis_cards.model import Fact

# What notes speak of besides their matter, each with the phrases that give it away.
_THE_PAGE = (
    r"the following|this (?:section|chapter|page|table|figure|lecture|document|file|video|website)|these notes",
    r"(?:image|figure|table|diagram) (?:above|below)|(?:above|below) (?:is|are) (?:an?|the)",
    r"see (?:fig|figure|table|page|p\.|chapter|above|below)|p\. ?\d+|on p ?\d+",
    r"(?:lecture|sheet|slides?|chapter|ch) \d+",
    r"last (?:updated|edited)|latest (?:update|content)|typed up|my note(?:book|s)|todo",
)
_STUDYING = (
    r"exercises? \d|homework|practice (?:essay|question)s?|past paper|handout|textbook|cheat sheet",
    r"(?:in|for|before) (?:the|my) (?:exam|test)|exam favou?rite|(?:learning|student) outcomes?",
    r"comes? up (?:again|later|in (?:the|every|many|most) (?:exams?|tests?|papers?)|as an? .*question)|important later",
    r"(?:we|you) (?:need|have|should|ought)(?: to)? (?:know|learn|remember)|to memori[sz]e|need a conclusion",
    r"(?:good|nice|useful) (?:diagram|sketch|map|timeline|essay point|video)|watch the video|redo the",
    r"(?:revision|other|more) (?:sources|resources)|(?:on|see|my|our) (?:discord|github|youtube)|subscribe",
)
_THE_READER = (
    r"you (?:can|could|will|may|should) (?:also )?(?:find|see|read|check|use|get|ask|opt|join|download|skip|look)",
    r"we(?: will|’ll|'ll)? (?:look at|study|discuss|cover|see)|click (?:here|on|the)",
)
_THE_AUTHOR = (
    r"check (?:this|who|what|if)|ask (?:\w+|m[rs]s? \w+) (?:about|for|what|why|how)",
    r"i (?:find|think|still|don.?t)|not sure|still don.?t|imo|imho|tbh",
)
_ABOUT_NOTES = re.compile(rf"\b(?:{'|'.join((*_THE_PAGE, *_STUDYING, *_THE_READER, *_THE_AUTHOR))})\b", re.IGNORECASE)


# Headings of what a course asks of its students, and of what there is elsewhere.
_OF_THE_COURSE = re.compile(
    r"^(?:(?:exam|test|essay|revision|study) (?:tips?|advice|technique|format|structure|info|dates?|questions?)"
    r"|(?:general )?tips|deliverables|syllabus|homework|assignments?|deadlines|office hours|links|see also|to ?do"
    r"|course (?:info|information|outline|structure|content)|(?:useful|other|related) (?:links|resources|notes)"
    r"|references|bibliography|further reading|break-?down of (?:the )?exam)\b[^a-z]*$",
    re.IGNORECASE,
)


def speaking_of_notes(fact: Fact) -> str:
    """The words by which a fact speaks of the notes; empty if it speaks of what they are about."""
    heading = next((line for line in fact.block.trail if _OF_THE_COURSE.match(line)), "")
    found = None if heading else _ABOUT_NOTES.search(fact.text)
    if heading:
        return heading
    if found is not None:
        return found[0]
    subject = main_subject(fact.parse)
    return "I" if subject is not None and subject.text == "I" else ""
