"""What only says who speaks in plain text: the signs of quoted mail, the stamps of a chat, and words for Q and A."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from crisis_cards.reading.plain.headings import HEADING

# "> " and "> > ", but neither "> 65 years" nor Python's ">>> ".
QUOTED = re.compile(r"(\s*)(?!>>>)>(?:[ \t]?>)*(?:[ \t]+|$)")
QUANTITY = re.compile(r"\d+(?![.)\d])")
_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[APap]\.?[Mm]\.?)?"
_DATE = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s)"
_NAME = r"(?:<[^<>\n]{1,40}>:?|~?[^\W\d_][^\[\]:<>\n]{0,39}:)"
STAMPED = re.compile(
    rf"\s*(?:\[{_DATE}?{_CLOCK}\]\s*(?:[-–—]\s)?{_NAME}|{_DATE}{_CLOCK}\s[-–—]\s{_NAME}|<\w[^<>\n]{{0,39}}>)\s+(?=\S)"
)
ATTRIBUTING = re.compile(r"(?=.*\d).{1,150}\b(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu)\b.{0,80}:")
WEAKLY_STAMPED = re.compile(rf"\s*{_CLOCK}\s[-–—]\s{_NAME}\s+(?=\S)")  # a timeline has such lines, too
_NUMBERED = r"\s?\d{0,3}\s?[.:)]+\s+(?=\S)"
_LEAD = r"(\s*(?:[-*•]\s+)?)"
ASKING = re.compile(rf"{_LEAD}(?:q|question|frage|pregunta|domanda|pergunta){_NUMBERED}", re.IGNORECASE)
ANSWERING = re.compile(
    rf"{_LEAD}(?:a|ans|answer|antwort|r[ée]ponse|respuesta|risposta|resposta){_NUMBERED}", re.IGNORECASE
)
MAX_QUESTION = 3  # lines


def unquoted(lines: Sequence[str]) -> list[str]:
    """Lines without the signs of quoted mail; a number after the sign is a quantity unless a neighbour is quoted."""
    found = [QUOTED.match(line) for line in lines]
    said = []
    for index, (line, match) in enumerate(zip(lines, found, strict=True)):
        if match is None:
            said.append(line)
            continue
        beside = found[max(index - 1, 0) : index] + found[index + 1 : index + 2]
        is_quantity = QUANTITY.match(line, match.end()) is not None and not any(beside)
        said.append(line if is_quantity else f"{match[1]}{line[match.end() :]}")
    return said


def stamps(lines: Sequence[str], written: Sequence[str]) -> dict[int, int]:
    """How many characters of each line say when it was written and by whom; one line alone is no chat.

    `written`: the lines as they were before the signs of quoted mail were cut off.
    """
    found = {index: match.end() for index, line in enumerate(lines) if (match := STAMPED.match(line))}
    speakers = {_speaker(lines[index][:end]) for index, end in found.items()}
    spoken = [index for index, line in enumerate(lines) if line.strip()]
    beside: set[int] = set()
    for one, two in pairwise(spoken):
        match = WEAKLY_STAMPED.match(lines[two]) if one in found and two == one + 1 and two not in found else None
        if match is not None and _speaker(match[0]) in speakers:
            found[two] = match.end()
        if one in found and two in found:
            beside |= {one, two}
    heads = {
        one: len(lines[one])
        for one, two in pairwise(spoken)
        if QUOTED.match(written[two]) and ATTRIBUTING.fullmatch(lines[one].strip())
    }
    return heads | {index: found[index] for index in sorted(beside)}


def _speaker(stamp: str) -> str:
    return re.split(r"[\]<]|\s[-–—]\s", stamp.strip().rstrip(":>"))[-1].strip()


def with_questions(lines: Sequence[str]) -> list[str]:
    """Lines with "Q: " and "A: " for other ways of saying so, as "Question 1." and "Ans:", where both are there."""
    said = list(lines)
    for asked, answered in _pairs(lines):
        for sign, index, pattern in (("Q", asked, ASKING), ("A", answered, ANSWERING)):
            match = pattern.match(lines[index])
            if match is not None:
                said[index] = f"{match[1]}{sign}: {lines[index][match.end() :]}"
    return said


def _pairs(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The indices of the lines of each question and its answer."""
    asked, count = -1, 0
    for index, line in enumerate(lines):
        if ASKING.match(line):
            asked, count = index, 0
        elif HEADING.fullmatch(line.strip()):
            asked = -1
        elif asked >= 0 and line.strip():
            count += 1
            if ANSWERING.match(line):
                yield asked, index
                asked = -1
            elif count >= MAX_QUESTION:
                asked = -1
