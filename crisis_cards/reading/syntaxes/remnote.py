"""RemNote: bullets with a sign between front and back, or with their back in the bullets below; `{{blanks}}`.

`>>` asks forward, `<<` backward, `<>` both ways; so do `::`, `:>` and `:<` of concepts, `;;`, `;<` and `;<>` of what
describes them. Three signs, or a sign at the end, take the bullets below for the back; `1.` behind it counts them, and
`A)` makes the first the right choice. See the help of RemNote on creating and on importing flashcards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crisis_cards.reading.syntaxes.fences import in_fences
from crisis_cards.reading.syntaxes.written import Side, Spent, Syntax, Written
from crisis_cards.reading.tags import anki_tag, unique

TAB = 4
BULLET = re.compile(r"(?P<indent>[ \t]*)(?P<sign>[-*+•][ \t]+|\d{1,3}\.[ \t]+)?(?P<text>\S.*)")
FORWARD = ("==", ">>", ">>>", ":>", ":>>", "::>", ";;", ";;;", ";;>", ";>>")
BACKWARD = ("<<", "<<<", ":<", ":<<")
BOTH = ("<>", "<><", "::", ":::")
OF_PARENT = (";<", ";<<")
WITH_PARENT = (";<>", ";;<")
OFF = (">-", "=-", ":-", ";-")
SIGNS = sorted((*FORWARD, *BACKWARD, *BOTH, *OF_PARENT, *WITH_PARENT, *OFF), key=len, reverse=True)
# What is read as it is, or a sign; of a length at most, so that a line of many openings is read in time.
PROTECTED = r"`[^`]{1,2000}`|\$[^$\s][^$]{0,2000}\$|\{\{(?:[^{}]|\{[^{}]{0,200}\}){1,2000}\}\}|\]\([^()\s]{0,1000}\)"
SIGN = re.compile(
    rf"{PROTECTED}|(?<=\s)(?P<sign>{'|'.join(map(re.escape, SIGNS))})(?P<off>-)?(?P<kind>1\.|A\))?(?=\s|$)"
)
CLOZE = re.compile(
    r"(?P<literal>`[^`]{1,2000}`|(?<![\w$])\$[^$\s][^$]{0,2000}\$)"
    r"|\{\{(?P<anki>c\d+::)?(?P<words>(?!\[\[|\(\(|embed |query )(?:[^{}]|\{[^{}]{0,200}\}){1,2000})\}\}"
    r"(?:\{\(\{(?P<hint>[^{}]{0,500})\}\)\})?"
)
TAGS = re.compile(r"(?:\s+##?\[\[[^\[\]]{1,200}\]\]|\s+##[^\W\d_][\w/-]{0,200})+\s*$")
TAG = re.compile(r"##?(?:\[\[(?P<named>[^\[\]]+)\]\]|(?P<word>[\w/-]+))")
KEPT = re.compile(r"\[[^\[\]]{1,100}\]\(\)\s*(?:;-?|$)|Portal -{3,}|-- Avoided infinite recursion --")
CHOICE = re.compile(r"\s[B-Z]\)\s")
HIGHLIGHT = re.compile(r"\^\^(?:([^^\n]{1,1000})\^\^(?:\([1-9]\))?)?")  # with the number of its color
MIN_LINES = 2


@dataclass(frozen=True, slots=True)
class Bullet:
    """A line of an outline: its place, how far it is indented, its text, and where what is below it ends."""

    index: int
    width: int
    prefix: str
    text: str
    end: int = 0


@dataclass(frozen=True, slots=True)
class Parted:
    """A bullet's text with a sign in it; `kind` is what follows the sign."""

    left: str
    sign: str
    kind: str
    right: str


def is_written(lines: Sequence[str]) -> bool:
    """Whether signs that nothing else has are in bullets, or several of others beside each other."""
    code = in_fences(lines)
    bullets = _bullets(lines, code)
    if any("}}{({" in bullet.text for bullet in bullets.values()):
        return True
    parted = [(bullet, found) for bullet in bullets.values() if (found := _parted(bullet.text)) is not None]
    if any(_is_multiline(found) and bullet.end > bullet.index + 1 and not found.right for bullet, found in parted):
        return True
    signs = [found.sign for bullet, found in parted if bullet.prefix.strip() or bullet.width]
    arrows = sum(sign in (">>", "<<", "<>") for sign in signs)
    described = sum(
        found.sign[0] == ";" and "(" not in found.left and bool(bullet.prefix.strip() or bullet.width)
        for bullet, found in parted
    )
    asks = any(found.sign == ">>" and found.left.endswith("?") for _, found in parted)
    concepts = sum(sign in ("::", ":>", ":<") for sign in signs)
    is_described = described >= MIN_LINES or (described and (concepts or arrows))
    return bool(is_described or (arrows >= MIN_LINES and (asks or concepts)))


def cards(lines: Sequence[str]) -> Iterator[Written | Spent]:
    """The cards of a file, each bullet once, and what RemNote keeps for itself."""
    code = in_fences(lines)
    bullets = _bullets(lines, code)
    above: list[Bullet] = []
    taken: list[tuple[int, str]] = []  # where what a card took for its back ends, and the prefix of the card
    spent = 0
    for bullet in bullets.values():
        while above and bullet.width <= above[-1].width:
            above.pop()
        while taken and bullet.index >= taken[-1][0]:
            taken.pop()
        if bullet.index < spent:
            continue
        if KEPT.match(bullet.text):
            spent = bullet.end
            yield Spent(bullet.index + 1, bullet.end, "what RemNote keeps for itself")
            continue
        prefix = taken[-1][1] if taken else bullet.prefix
        found = _parted(bullet.text)
        if found is not None:
            card = _card(lines, bullet, found, prefix)
            if found.sign in OF_PARENT + WITH_PARENT and above:
                yield _of_parent(bullet, found, above[-1])
            yield card
            if isinstance(card, Written) and card.last > bullet.index + 1:
                taken.append((card.last, f"{' ' * (len(prefix) - len(prefix.lstrip()) + 2)}- "))
        elif not taken and (said := with_blanks(bullet.text)) != bullet.text:
            text, tags = _tagged(said)
            yield Written(bullet.index + 1, bullet.index + 1, Side(bullet.index + 1, text), tags=tags, sign=prefix)
        above.append(bullet)


def with_blanks(text: str) -> str:
    """A text whose blanks are as Anki has them, each a card of its own."""
    count = 0

    def said(found: re.Match[str]) -> str:
        nonlocal count
        words = found["words"]
        if not words or not words.strip() or found["anki"]:
            return found[0]
        if "::" in words:  # where a hint would begin
            return f"=={words}=="
        count += 1
        hint = f"::{found['hint']}" if found["hint"] else ""
        return f"{{{{c{count}::{words}{hint}}}}}"

    return _plain(CLOZE.sub(said, text)) if "{{" in text else text


def _card(lines: Sequence[str], bullet: Bullet, found: Parted, prefix: str) -> Written | Spent:
    """The card of a bullet with a sign; one that is off is a note if bullets are below it."""
    first = bullet.index + 1
    has_below = bullet.end > first
    if found.sign in OFF + OF_PARENT:
        text = f"{_said(found.left)} – {_said(found.right)}".removesuffix(" – ")
        why = "a card that was turned off" if found.sign in OFF else "part of the card above it"
        return Written(first, first, Side(first, text), sign=prefix) if has_below else Spent(first, first, why)
    left, right = _said(found.left), _said(found.right)
    right, tags = _tagged(right)
    takes = has_below and (not right or _is_multiline(found))
    last = bullet.end if takes else first
    below = _below(lines, bullet, is_counted=found.kind == "1.") if takes else []
    if found.kind == "A)":
        right, choices, below = _choices(right, below)
        left = "\n".join([left, "", *(f"- {choice}" for choice in sorted(choices, key=str.casefold))]).rstrip()
    answer = Side(first, "\n".join([right, *below]) if below else right)
    prompt = Side(first, left)
    if found.sign in BACKWARD:
        prompt, answer = answer, prompt
    both_ways = found.sign in BOTH and found.kind != "A)"
    return Written(first, last, prompt, answer, both_ways, tags, prefix)


def _of_parent(bullet: Bullet, found: Parted, parent: Bullet) -> Written:
    """The card that asks for the concept by what describes it; so the concept stands not above it."""
    concept = _parted(parent.text)
    name = _tagged(_said(concept.left if concept else parent.text))[0]
    prompt = f"{_said(found.left).rstrip(':')}: {_tagged(_said(found.right))[0]}"
    first = bullet.index + 1
    return Written(first, first, Side(first, prompt), Side(first, name), is_apart=True)


def _choices(right: str, below: Sequence[str]) -> tuple[str, list[str], list[str]]:
    """The right choice, all of them, and what is below the right one."""
    if right:
        said = [choice.strip() for choice in CHOICE.split(right)]
        return said[0], said, list(below)
    starts = [index for index, line in enumerate(below) if re.match(r"[-*+•]|\d+\.", line)]
    said = [BULLET.sub(lambda line: line["text"], below[index]) for index in starts]
    end = starts[1] if len(starts) > 1 else len(below)
    return (said[0] if said else ""), said, [line for line in below[1:end] if line.strip()]


def _below(lines: Sequence[str], bullet: Bullet, *, is_counted: bool) -> list[str]:
    """The lines below a bullet as a list of their own, without the signs of their own cards."""
    inner = [line for line in lines[bullet.index + 1 : bullet.end] if line.strip()]
    margin = min(map(_width, inner), default=0)
    said = []
    for line in lines[bullet.index + 1 : bullet.end]:
        found = BULLET.fullmatch(line)
        if found is None:
            said.append("")
            continue
        own = _parted(found["text"])
        text = found["text"] if own is None else f"{own.left} – {own.right}" if own.right else own.left
        width = _width(line) - margin
        sign = "1. " if is_counted and not width else "- "
        said.append(f"{' ' * width}{sign}{_tagged(_said(text))[0]}")
    return said


def _parted(text: str) -> Parted | None:
    """A text at the first sign that stands between words, outside code, math and blanks."""
    if text.startswith("#"):
        return None
    for found in SIGN.finditer(text):
        if not found["sign"]:
            continue
        left, right = text[: found.start()].strip(), text[found.end() :].strip()
        if not left or (found["sign"] == "==" and not right and not found["kind"]):
            continue
        return Parted(left, ">-" if found["off"] else found["sign"], found["kind"] or "", right)
    return None


def _is_multiline(found: Parted) -> bool:
    return bool(found.kind) or found.sign in (">>>", "<<<", "<><", ":::", ";;;", ":>>", ":<<", "::>", ";;>", ";>>")


def _said(text: str) -> str:
    """A side without the signs of blanks and highlights."""
    return _plain(CLOZE.sub(lambda found: found["words"] or found[0], text))


def _plain(text: str) -> str:
    """A text without the signs of highlights."""
    return HIGHLIGHT.sub(lambda found: found[1] or "", text) if "^^" in text else text


def _tagged(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without RemNote's tags at its end, and these."""
    found = TAGS.search(text) if "#" in text else None
    if found is None:
        return text, ()
    names = [tag["named"] or tag["word"] for tag in TAG.finditer(found[0])]
    return text[: found.start()], unique(map(anki_tag, names))


def _bullets(lines: Sequence[str], code: Sequence[bool]) -> dict[int, Bullet]:
    """The lines of an outline by their index, each with where what is indented below it ends."""
    found: dict[int, Bullet] = {}
    ends: dict[int, int] = {}
    open_: list[tuple[int, int]] = []
    last = 0
    for index, line in enumerate(lines):
        if not line.strip():
            continue
        width = _width(line)
        while open_ and width <= open_[-1][0]:
            ends[open_.pop()[1]] = last
        bullet = None if code[index] else BULLET.fullmatch(line)
        if bullet is not None:
            open_.append((width, index))
            found[index] = Bullet(index, width, f"{bullet['indent']}{bullet['sign'] or '- '}", bullet["text"])
        last = index + 1
    ends |= {index: last for _, index in open_}
    return {index: Bullet(index, each.width, each.prefix, each.text, ends[index]) for index, each in found.items()}


def _width(line: str) -> int:
    """How far a line is indented, a tab going on to the next multiple of four."""
    width = 0
    for character in line:
        if character not in " \t":
            break
        width += TAB - width % TAB if character == "\t" else 1
    return width


REMNOTE = Syntax("remnote", "RemNote", (".md", ".markdown", ".txt", ".text"), is_written, cards)
