"""never-closed: a mark, a bracket or a quotation mark that is opened and never closed.

What was to be bold, a blank or an aside then is not, and the sign stands on the card.

    The ==blockade began on 24 October
    Khrushchev’s letters (26 and 27 October were not alike

Write instead: the closing sign, or leave the opening one out. A blank is `==word==`, bold is `**word**`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from crisis_cards.check.inspection import Finding, Inspection, Said
from crisis_cards.model import Heading, Pair, Statement
from crisis_cards.reading.tex import BRACKETS

_BLANK = re.compile(r"==(?=\S)[^=]+(?<=\S)==|\{\{c\d+::")
_BRACE = re.compile(r"(?<!\\)[{}]")
REACH = 4  # statements of one paragraph within which what is opened may be closed

_EQUALS, _STARS = re.compile(r"(?<!\S)==(?=\w)"), re.compile(r"(?<![\w*])\*\*(?=[^\s*])|(?<=[^\s*])\*\*(?![\w*])")
_TEX = re.compile(r"(?<![\w\\$])\$(?=[A-Za-z]\s?[\^_=<>+]|\\[a-z])")
# Smileys; ranges such as [0, 1); left-out letters (‘em); TeX: nothing of this opens anything.
_IDLE = re.compile(
    r"(?<!\w)[:;][-'^]?[()\[\]]+|[:;][-'^]?\((?!\w)|[\[(]\s*[-+\w.∞^]+\s*,\s*[-+\w.∞^]+\s*[\])]"
    r"|‘(?=\d|em\b|til\b|tis\b|n\b)|\S*\\\S*"
)
_QUOTED = re.compile(r"""(?<=\d)"|['‘]"['’]""")  # inches, and the sign itself
PAIRS = {"(": ")", "[": "]", "“": "”", "‘": "’"}
CLOSING = {closing: opening for opening, closing in PAIRS.items()}


@dataclass(frozen=True, slots=True)
class Opening:
    """A sign that was opened: which, in what, and as the how manieth statement of its paragraph."""

    sign: str
    said: Said
    place: int
    at: int


def never_closed(inspection: Inspection) -> Iterator[Finding]:
    """Signs without their other half, paragraph by paragraph."""
    for sheet in inspection.sheets:
        for _, group in groupby(sheet.said, key=_paragraph):
            yield from _of_paragraph(tuple(group))


def _paragraph(said: Said) -> object:
    """The same for the texts that one sentence may run through; a side of a pair stands alone."""
    block = said.block
    return ("statement", block.paragraph) if isinstance(block, Statement) and not block.columns else id(said)


def _of_paragraph(texts: Sequence[Said]) -> Iterator[Finding]:
    left: list[Opening] = []
    for place, said in enumerate(texts):
        text = _IDLE.sub(lambda found: " " * len(found[0]), said.prose)
        if "„" in text:  # where “ closes
            text = text.replace("“", " ")
        for at, sign in enumerate(text):
            if sign in PAIRS:
                left.append(Opening(sign, said, place, at))
            elif sign in CLOSING:
                _close(left, CLOSING[sign], place)
        yield from _marks(said)
    odd = [said for said in texts if said.prose.count('"') % 2 and _QUOTED.sub("", said.prose).count('"') % 2]
    if len(odd) == 1:
        shown = _excerpt(odd[0].text, odd[0].text.rindex('"'))
        yield Finding(odd[0].span, f"a quotation mark has no other half: {shown}; put in the other, or leave it out")
    yield from (_finding(each) for each in left if not isinstance(each.said.block, Heading | Pair) or len(texts) == 1)


def _close(left: list[Opening], sign: str, place: int) -> None:
    """Take away the last opening that a closing sign can belong to."""
    for index in range(len(left) - 1, -1, -1):
        if left[index].sign == sign and place - left[index].place <= REACH:
            del left[index]
            return


def _finding(opening: Opening) -> Finding:
    shown = _excerpt(opening.said.text, opening.at)
    return Finding(
        opening.said.span, f'"{opening.sign}" is never closed: {shown}; write "{PAIRS[opening.sign]}" after it'
    )


def _marks(said: Said) -> Iterator[Finding]:
    text = said.prose
    yield from _braces(said)
    if isinstance(said.block, Pair):
        if blank := _BLANK.search(text):
            what = f"a blank is not read in a question or a definition: {blank[0]}"
            yield Finding(said.span, f"{what}; leave out its signs, or write a line of its own")
    elif equals := _EQUALS.search(text):
        yield Finding(said.span, f'"==" is never closed: {_excerpt(text, equals.start())}; write ==word== for a blank')
    stars = list(_STARS.finditer(text))
    if len(stars) % 2:
        yield Finding(said.span, f'"**" is never closed: {_excerpt(text, stars[-1].start())}; write **word**')
    if tex := _TEX.search(text):
        yield Finding(said.span, f'"$" is never closed: {_excerpt(text, tex.start())}; write $formula$')


def _braces(said: Said) -> Iterator[Finding]:
    """Formulas in which a brace has no other half: what is drawn of them is something else."""
    for found in BRACKETS.finditer(said.text):
        signs = _BRACE.findall(found[0])
        if signs.count("{") != signs.count("}"):
            sign = "{" if signs.count("{") > signs.count("}") else "}"
            yield Finding(
                said.span, f'"{sign}" of a formula has no other half: {_excerpt(found[0], 0)}; put in the other'
            )


def _excerpt(text: str, at: int) -> str:
    """The words from an offset on that tell where it is."""
    words = text[at:].split()
    return " ".join(words[:3])
