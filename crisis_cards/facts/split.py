"""Statements to facts, by structure alone: semicolons, `label: content`, `label – content`, dash chains.

No language model is asked, so what a fact is depends on nothing but the author's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from string import digits

from crisis_cards.dates import DATE, NEXT, SAME
from crisis_cards.lexicon import ARROW
from crisis_cards.model import Fact, MarkKind, Pair, Statement
from crisis_cards.tongues import ENGLISH

MAX_LABEL_WORDS = 5
MIN_CLAUSE_WORDS = 4  # pieces shorter than this are a list, not clauses
MAX_LINK_WORDS = 8  # links of a dash chain longer than this are clauses with an aside between dashes

MIN_EQUAL_WORDS = 2  # after an equals sign that is none of a formula
MAX_CLOSE_WORDS = 2  # of a label that a dash stands close to
WHOLE = (":", "=")  # what parts a label from one text, not from a chain of them
MAX_SPLIT = 10_000  # characters: a longer line is no statement of several clauses
MAX_ARROWS = 3  # parts; a longer chain is a list of stages

_DATED = re.compile(rf"{DATE.pattern}(?:\s*[:–—-])?\s+\S")
_SEMICOLON = re.compile(r";\s+")
_DASH = re.compile(r"\s+(?:--?|[–—])\s+")
_LABEL = re.compile(
    r"^([^:–—;=]{1,60}?)(:|\s+(?:--?|[–—])|\s+=|(?<=[^\W\d_]{3})-(?=\s+(?!and\b|or\b|to\b)[a-z]\S*\s+\S+\s+\S))\s+(?=\S)"
)
_FORMULA = re.compile(r"[=+*/^_\\<>×÷{}|≈→]|\s[-–−]\s")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
# What goes on with a sentence rather than saying something of a label.
_CONTINUES = re.compile(
    r"(?:vs?\.?(?=\s)|and|but|or|nor|not|such|including|which|who|whom|whose|that|as|because|so|although|though|e\.g\.|i\.e\.|for)\b",
    re.IGNORECASE,
)
# What a label has none of: it names something, it does not say something.
_CLAUSE_WORD = re.compile(
    r"\b(?:is|are|was|were|be|been|am|has|have|had|do|does|did|will|would|can|could|shall|should|may|might|must"
    r"|said|says|asked|i|he|she|it|they|we|you|this|these|those|there|if|when|because"
    r"|don['’]t|doesn['’]t|didn['’]t|isn['’]t|wasn['’]t|can['’]t|won['’]t|forget|remember|let['’]s)\b",
    re.IGNORECASE,
)


def split(block: Statement | Pair, title: str, language: str = ENGLISH) -> Iterator[Fact]:
    """The facts of one block, one for each clause that a semicolon parts.

    What the author marked stays whole, and so does what is not said in English.
    """
    if isinstance(block, Pair):
        yield Fact(block, block.prompt, block.prompt, title, language=language)
    elif has_blanks(block) or block.columns or language != ENGLISH or len(block.text) > MAX_SPLIT:
        yield Fact(block, block.text, block.text, title, language=language)
    else:
        for begin, end in _clauses(block.text):
            start = begin + _opening(block.text[begin:end])
            yield from _by_arrows(Fact(block, block.text[start:end], block.text[start:end], title, offset=start))


def has_blanks(block: Statement) -> bool:
    """Whether the author blanked words of it."""
    return any(mark.kind is MarkKind.BLANK for mark in block.marks)


def labelled(fact: Fact) -> Iterator[Fact]:
    """`fact` with its label apart; one fact for each link of a dash chain after it."""
    block = fact.block
    match = _LABEL.match(fact.text)
    is_foreign = fact.language != ENGLISH
    is_whole = isinstance(block, Pair) or has_blanks(block) or len(block.text) > MAX_SPLIT
    if is_foreign or is_whole or match is None or not _is_label(match[1]) or not _is_said(fact, match):
        yield fact
        return
    links = [(match.end(), len(fact.text))] if match[2].strip() in WHOLE else _chain(fact.text, match.end())
    for start, end in links:
        link = replace(fact, text=fact.text[start:end], offset=fact.offset + start, label=match[1].strip())
        yield link if len(links) == 1 else replace(link, words=f"{match[1]} {link.text}")


def apart_from_term(fact: Fact) -> Fact | None:
    """`fact` with the term in bold that it begins with as its label; None if it begins with none."""
    block = fact.block
    if fact.label or fact.offset or not isinstance(block, Statement):
        return None
    for mark in block.marks:
        if mark.kind is MarkKind.STRONG and mark.start == 0 and mark.end < len(fact.text):
            rest = fact.text[mark.end :]
            text = rest.lstrip(" :–—-")
            if len(text.split()) > 1:
                return replace(
                    fact, label=fact.text[: mark.end].strip(" :"), text=text, offset=len(fact.text) - len(text)
                )
    return None


_OPENING = re.compile(
    r"(?:(?:and|but)?\s*(?:however|additionally|furthermore|moreover|also|finally|altogether|overall|basically"
    r"|similarly|for instance|for example|in addition|in fact|of course|obviously|interestingly|importantly"
    r"|in other words|as a result|as such|on the other hand|note that|note|remember(?: that)?|lastly|firstly|secondly"
    r"|in general|generally),\s+|(?:note that|remember that|e\.?g\.?,?|eg:?|ie\.?,?|i\.e\.,?)\s+)(?=\S)",
    re.IGNORECASE,
)


def _opening(text: str) -> int:
    """How many characters of a clause only join it to what stood before: *However,*, *For instance,*."""
    match = _OPENING.match(text)
    return match.end() if match is not None and len(text[match.end() :].split()) >= MIN_CLAUSE_WORDS else 0


def with_shared_labels(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Facts with what their statement is labelled as, where only its first clause has the label."""
    before: Fact | None = None
    for fact in facts:
        shares = before is not None and before.block is fact.block and not fact.label and not fact.when
        about = (before.label or before.about) if before is not None and shares else ""
        before = replace(fact, about=about) if about else fact
        yield before


def _by_arrows(fact: Fact) -> Iterator[Fact]:
    """`fact` as one for each part between arrows, when these lead from a clause to what came of it."""
    text = fact.text
    cuts = _outside(text, ARROW)
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    parts = [(start, end) for start, end in zip(starts, ends, strict=True) if text[start:end].strip()]
    if any(len(text[a:b].strip().split()[-1]) == 1 for a, b in parts[:-1]):  # "X -> Y" is a formula
        yield fact
        return
    if not 1 < len(parts) <= MAX_ARROWS or len(text[slice(*parts[0])].split()) < MIN_CLAUSE_WORDS:
        yield fact
        return
    before = ""
    for start, end in parts:
        part = text[start:end]
        yield replace(fact, words=part, text=part, offset=fact.offset + start, cause=before)
        before = part


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """Where the parts between semicolons begin and end: all of them clauses, or the whole text."""
    cuts = _outside(text, _SEMICOLON)
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    pieces = list(zip(starts, ends, strict=True))
    is_timeline = all(_DATED.match(text[start:end]) for start, end in pieces)  # "1914: war; 1918: armistice"
    if is_timeline or all(len(text[start:end].split()) >= MIN_CLAUSE_WORDS for start, end in pieces):
        yield from pieces
    else:
        yield 0, len(text)


def _chain(text: str, at: int) -> list[tuple[int, int]]:
    """The links after the label of `A – B – C`; one link when what the dashes part is no chain."""
    cuts = [match.span() for match in _DASH.finditer(text, at)]
    starts = [at, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    links = list(zip(starts, ends, strict=True))
    if all(len(text[a:b].split()) <= MAX_LINK_WORDS and not _CONTINUES.match(text, a) for a, b in links):
        return links
    return [(at, len(text))]


def _is_label(words: str) -> bool:
    return (
        len(words.split()) <= MAX_LABEL_WORDS
        and any(letter.isalpha() for letter in words)
        and not _CLAUSE_WORD.search(words)
        and not _CONTINUES.match(words)
        and not any(pattern.fullmatch(words) for pattern in (DATE, SAME, NEXT))
        and words.count("(") == words.count(")")
    )


def _is_said(fact: Fact, match: re.Match[str]) -> bool:
    """Whether what follows a label says something of it, and does not go on with it or with a formula."""
    text = fact.text
    if _CONTINUES.match(text, match.end()):
        return False
    rest, sign = text[match.end() :], match[2].strip()
    if sign == "=":  # "storm surge = water that the wind piles up", but not "F = ma"
        is_words = (
            len(_LETTERS.findall(rest)) >= MIN_EQUAL_WORDS and not _FORMULA.search(rest) and rest[0] not in digits
        )
        is_name = _LETTERS.search(match[1]) is not None and not set(match[1]) & set(digits)
        return is_words and is_name and match[1].strip() not in fact.block.trail
    is_close = match[2] == "-"  # "Osmosis- movement of water"
    return not is_close or (text[0].isupper() and len(match[1].split()) <= MAX_CLOSE_WORDS)


def _outside(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where a pattern stands in a text with no bracket or double quote open before it."""
    found: list[tuple[int, int]] = []
    seen = dict.fromkeys('()[]"“”', 0)
    at = 0
    for match in pattern.finditer(text):
        for sign in seen:
            seen[sign] += text.count(sign, at, match.start())
        at = match.start()
        is_closed = seen["("] <= seen[")"] and seen["["] <= seen["]"] and seen["“"] <= seen["”"]
        if is_closed and seen['"'] % 2 == 0:
            found.append(match.span())
    return found
