"""The text of an Org paragraph: syntax gone, emphasis and code as marks, a line feed where lines ended.

One pass finds the signs; each sign has a rule that says what it means, and from where to go on. What a rule replaces
keeps its line feeds, so that every sentence knows its lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

from crisis_cards.model import Exhibit, ExhibitKind, Mark, MarkKind
from crisis_cards.reading.markdown.inline import Inline
from crisis_cards.reading.media import PICTURES, SOUNDS, exhibit_of
from crisis_cards.reading.org.edits import Edit, Scan, edited, next_of
from crisis_cards.reading.org.entities import NAME, character_of
from crisis_cards.reading.pieces import OBJECT
from crisis_cards.reading.tex import is_text
from crisis_cards.reading.tidy import has_words

REACH = 2_000  # characters that math may have
BEFORE = frozenset("-–—('\"{“‘«„")
AFTER = frozenset("-–—.,:;!?'\")}]\\[”’»“…")
EMPHASES = {
    "*": MarkKind.STRONG,
    "/": MarkKind.EMPHASIS,
    "_": MarkKind.UNDERLINED,
    "+": MarkKind.STRUCK,
}
# As everywhere, but that one between single dollars may be broken over lines, too, as Org allows.
DOLLARS = re.compile(
    r"(?<![\\$\w])(?:\$\$(?P<display>[^$]+)\$\$|\$(?=[^\s$])(?P<inline>[^$]{0,2000}?[^\s$\\])\$)(?![$\w])"
)
MAX_FEEDS = 2
LINK = re.compile(r"\[\[(?P<target>(?:[^\[\]\\\n]++|\\.)+)\](?:\[(?P<words>(?:[^\[\]]++|\[[^\[\]]*+\])+)\])?\]")
STAMP = re.compile(r"[<\[](?P<date>\d{4}-\d{2}-\d{2})(?P<rest>[ \t][^\[\]<>\n]{0,80})?[>\]]")
TIME = re.compile(r"(?<!\S)\d{1,2}:\d{2}(?:-\d{1,2}:\d{2})?(?!\S)")
FOOTNOTE = re.compile(r"\[fn:[\w-]*(?::(?P<words>[^\[\]]*))?\]")
CITATION = re.compile(r"\[cite(?:/[\w/-]*)?:[^\[\]\n]*\]")
TARGET = re.compile(r"<<<(?P<radio>[^\s<>][^<>\n]*)>>>|<<[^\s<>][^<>\n]*>>")
ANGLED = re.compile(r"<(?P<address>(?:https?://|mailto:)[^\s<>]+)>")
ADDRESS = re.compile(r"https?://[^\s<>\[\]\"“”]+")
SOURCE = re.compile(r"src_[A-Za-z][\w+-]{0,30}(?:\[[^\[\]\n]*+\])?\{(?P<code>[^{}\n]+)\}")
SNIPPET = re.compile(r"@@[\w-]+:[^@\n]*@@")
SCRIPT = re.compile(r"(?<=\S)[_^]\{(?P<words>[^{}\n]+)\}")
BREAK = re.compile(r"\\\\[ \t]*(?=\n|$)")
PATH = re.compile(r"\S+")
LEADS = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
SCHEMED = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+):(?P<rest>[^\s:].*)", re.DOTALL)
RUNS = {sign: re.compile(rf"{re.escape(sign)}+") for sign in EMPHASES}
CODE_ENDS = {
    sign: re.compile(rf"(?<![\s{sign}]){sign}(?![\w{sign}])(?=[\s*/_+{re.escape(''.join(sorted(AFTER)))}]|$)")
    for sign in "=~"
}
SIGNS = re.compile(
    r"(?P<math>\\[(\[])|(?P<line>\\\\)|(?P<entity>\\[A-Za-z])|(?P<dollar>\$)|(?P<link>\[\[)|(?P<footnote>\[fn:)"
    r"|(?P<citation>\[cite)|(?P<stamp>[<\[]\d{4}-)|(?P<target><<)|(?P<angled><[hm])|(?P<address>https?://)"
    r"|(?P<source>\bsrc_)|(?P<snippet>@@)|(?P<script>[_^]\{)|(?P<code>[=~]+)|(?P<emphasis>[*/_+])"
)


Rule = Callable[[Scan, int], int]


def inline(text: str) -> Inline:
    """What a paragraph, an item, a headline or a cell says."""
    scan = Scan(text, [at for at, character in enumerate(text) if character == "\n"] if "\n" in text else [])
    at = 0
    while (sign := SIGNS.search(text, at)) is not None:
        at = RULES[sign.lastgroup or ""](scan, sign.start())
    return edited(scan)


def _math(scan: Scan, at: int) -> int:
    closing = r"\)" if scan.text[at + 1] == "(" else r"\]"
    end = next_of(scan, closing, at + 2)
    if end >= len(scan.text) or not at + 2 < end <= at + REACH:
        return at + 2
    return _formula(scan, at, end + 2, scan.text[at : end + 2])


def _dollar(scan: Scan, at: int) -> int:
    found = DOLLARS.match(scan.text, at)
    if found is None or (found["inline"] or "").count("\n") > MAX_FEEDS:
        return at + 1
    said = rf"\[{found['display']}\]" if found["display"] is not None else rf"\({found['inline']}\)"
    return _formula(scan, at, found.end(), said)


def _formula(scan: Scan, start: int, end: int, said: str) -> int:
    """Math as Anki has it; the author's own blanks in it are read on, nothing else is."""
    scan.edits.append(Edit(start, end, said, literal=() if is_text(said) else ((0, len(said)),)))
    return end


def _line(scan: Scan, at: int) -> int:
    return _cut(scan, at, BREAK.match(scan.text, at)) or at + 2


def _entity(scan: Scan, at: int) -> int:
    """A name with a backslash as its character, unless it is part of a path."""
    found = NAME.match(scan.text, at)
    if found is None:
        return at + 1
    before = scan.text[at - 1 : at]
    if before == ":":
        path = PATH.match(scan.text, at)
        return path.end() if path else found.end()
    said = character_of(found[1])
    if said is None or before == "\\":
        return found.end()
    if said.isalpha() and len(said) > 1 and before.isalnum():
        said = f" {said}"
    scan.edits.append(Edit(at, found.end(), said))
    return found.end()


def _link(scan: Scan, at: int) -> int:
    """A link as its words; a picture or a sound is shown, its words stay too if there are others around it."""
    found = LINK.match(scan.text, at)
    if found is None:
        return at + 1
    target = re.sub(r"\\([\[\]\\])", r"\1", found["target"]).strip()
    words = inline(found["words"]) if found["words"] else None
    shown = _shown(target, words)
    if shown is not None:
        is_alone = not scan.text[:at].strip() and not scan.text[found.end() :].strip()
        if words is None or words.exhibits or is_alone:
            scan.edits.append(Edit(at, found.end(), OBJECT + _feeds(found[0]), exhibits=((0, shown),)))
        else:
            exhibits = (*words.exhibits, (len(words.text), replace(shown, text="")))
            scan.edits.append(Edit(at, found.end(), words.text + OBJECT, words.marks, words.literal, exhibits))
        return found.end()
    if words is None:
        name = _name_of(target)
        words = Inline(name, (), ((0, len(name)),))
    own = (Mark(0, len(words.text), MarkKind.LINK, target=target),) if LEADS.match(target) and words.text else ()
    scan.edits.append(Edit(at, found.end(), words.text, (*words.marks, *own), words.literal, words.exhibits))
    return found.end()


def _shown(target: str, words: Inline | None) -> Exhibit | None:
    """The picture or sound that a link leads to."""
    path = target.partition("::")[0]
    schemed = SCHEMED.match(path)
    if schemed and schemed["scheme"].lower() in ("file", "attachment"):
        path = schemed["rest"]
    suffix = re.search(r"\.[A-Za-z0-9]{2,4}$", path)
    if suffix is None or suffix[0].lower() not in (*PICTURES, *SOUNDS) or LEADS.match(path):
        return None
    said = words.text.replace(OBJECT, "").strip() if words is not None else ""
    return exhibit_of(Exhibit(ExhibitKind.PICTURE, said, path, is_within=True))


def _name_of(target: str) -> str:
    """What a link without words says: its address, a heading, a file's name; an id says nothing."""
    schemed = SCHEMED.match(target)
    if LEADS.match(target) or schemed is None:
        return target.lstrip("*#").strip()
    if schemed["scheme"].lower() == "id":
        return ""
    return schemed["rest"].partition("::")[0].strip("/ ").rsplit("/", maxsplit=1)[-1]


def _footnote(scan: Scan, at: int) -> int:
    """The sign of a footnote goes; a footnote within the text stands in parentheses."""
    found = FOOTNOTE.match(scan.text, at)
    if found is None or not has_words(found["words"] or ""):
        return _cut_with_space(scan, at, found)
    words = inline(found["words"].strip())
    by = 1
    marks = tuple(replace(mark, start=mark.start + by, end=mark.end + by) for mark in words.marks)
    literal = tuple((start + by, end + by) for start, end in words.literal)
    exhibits = tuple((place + by, each) for place, each in words.exhibits)
    lost = "\n" * (found[0].count("\n") - words.text.count("\n"))
    text = f"({words.text}){lost}"
    begin = " " if at and not scan.text[at - 1].isspace() else ""
    if begin:
        scan.edits.append(Edit(at, at, begin))
    scan.edits.append(Edit(at, found.end(), text, marks, literal, exhibits))
    return found.end()


def _citation(scan: Scan, at: int) -> int:
    return _cut_with_space(scan, at, CITATION.match(scan.text, at))


def _stamp(scan: Scan, at: int) -> int:
    """A date without its brackets and its weekday; of two that are joined, with a dash."""
    found = STAMP.match(scan.text, at)
    if found is None:
        return at + 1
    time = TIME.search(found["rest"] or "")
    scan.edits.append(Edit(at, found.end(), f"{found['date']} {time[0]}" if time else found["date"]))
    end = found.end()
    if scan.text.startswith("--", end) and STAMP.match(scan.text, end + 2):
        scan.edits.append(Edit(end, end + 2, "–"))
        return end + 2
    return end


def _target(scan: Scan, at: int) -> int:
    found = TARGET.match(scan.text, at)
    if found is None:
        return at + 2
    scan.edits.append(Edit(at, found.end(), found["radio"] or ""))
    return found.end()


def _angled(scan: Scan, at: int) -> int:
    found = ANGLED.match(scan.text, at)
    return _addressed(scan, at, found.end(), found["address"]) if found else at + 1


def _address(scan: Scan, at: int) -> int:
    found = ADDRESS.match(scan.text, at)
    if found is None:
        return at + 1
    said = found[0].rstrip(".,;:!?'*/_+=~" if "(" in found[0] else ".,;:!?')*_+=~")
    return _addressed(scan, at, at + len(said), said)


def _addressed(scan: Scan, start: int, end: int, address: str) -> int:
    mark = Mark(0, len(address), MarkKind.LINK, target=address)
    scan.edits.append(Edit(start, end, address, (mark,), ((0, len(address)),)))
    return end


def _source(scan: Scan, at: int) -> int:
    found = SOURCE.match(scan.text, at)
    return _coded(scan, at, found.end(), found["code"]) if found else at + len("src_")


def _snippet(scan: Scan, at: int) -> int:
    return _cut(scan, at, SNIPPET.match(scan.text, at)) or at + 2


def _script(scan: Scan, at: int) -> int:
    """`x^{2}`, `H_{2}O`; without braces they stay, for `snake_case` would be one."""
    found = SCRIPT.match(scan.text, at)
    if found is None:
        return at + 1
    words = inline(found["words"])
    kind = MarkKind.SUBSCRIPT if scan.text[at] == "_" else MarkKind.SUPERSCRIPT
    mark = Mark(0, len(words.text), kind)
    scan.edits.append(Edit(at, found.end(), words.text, (*words.marks, mark), words.literal, words.exhibits))
    return found.end()


def _code(scan: Scan, at: int) -> int:
    """Code between `=` or `~`; more than one of them are something else: blanks, underlining, an arrow."""
    text, sign = scan.text, scan.text[at]
    if text[at + 1 : at + 2] in ("=", "~") or not _may_open(scan, at):
        run = re.compile(r"[=~]+").match(text, at)
        return run.end() if run else at + 1
    if sign not in scan.closers:
        scan.closers[sign] = [found.start() for found in CODE_ENDS[sign].finditer(text)]
    closers = scan.closers[sign]
    index = bisect_left(closers, at + 2)
    if index == len(closers):
        return at + 1
    return _coded(scan, at, closers[index] + 1, text[at + 1 : closers[index]])


def _coded(scan: Scan, start: int, end: int, code: str) -> int:
    scan.edits.append(Edit(start, end, code, (Mark(0, len(code), MarkKind.CODE),), ((0, len(code)),)))
    return end


def _emphasis(scan: Scan, at: int) -> int:
    """Each sign pairs with the next that can close it; what began between the two and did not end was none.

    Two of a sign are something else, as in `**kwargs` and `//`.
    """
    sign = scan.text[at]
    if scan.text[at + 1 : at + 2] == sign:
        run = RUNS[sign].match(scan.text, at)
        return run.end() if run else at + 1
    begun = scan.open.get(sign)
    if begun is not None and bisect_left(scan.feeds, at) - bisect_left(scan.feeds, begun) > MAX_FEEDS:
        del scan.open[sign]
        begun = None
    if begun is None:
        if _may_open(scan, at):
            scan.open[sign] = at
    elif at > begun + 1 and _may_close(scan, at):
        scan.open = {other: place for other, place in scan.open.items() if place < begun}
        scan.edits += [Edit(begun, begun + 1, ""), Edit(at, at + 1, "")]
        scan.marks.append(Mark(begun + 1, at, EMPHASES[sign]))
    return at + 1


def _may_open(scan: Scan, at: int) -> bool:
    """Org's rule: after white space or what opens itself, and before what is no white space."""
    text = scan.text
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    is_begin = not before or before.isspace() or before in BEFORE or text[max(at - 2, 0) : at] == "::"
    return bool(after) and not after.isspace() and (is_begin or scan.open.get(before) == at - 1)


def _may_close(scan: Scan, at: int) -> bool:
    """Org's rule: after what is no white space, and before white space or what closes itself."""
    before, after = scan.text[at - 1 : at], scan.text[at + 1 : at + 2]
    is_end = not after or after.isspace() or after in AFTER or after in scan.open
    return is_end and not before.isspace()


def _cut(scan: Scan, at: int, found: re.Match[str] | None) -> int:
    """Leave out what was found; 0 if nothing was."""
    if found is None:
        return 0
    scan.edits.append(Edit(at, found.end(), ""))
    return found.end()


def _cut_with_space(scan: Scan, at: int, found: re.Match[str] | None) -> int:
    """Leave out what was found and the space before it."""
    if found is None:
        return at + 1
    is_apart = at > 0 and scan.text[at - 1] in " \t" and (not scan.edits or scan.edits[-1].end < at)
    scan.edits.append(Edit(at - is_apart, found.end(), _feeds(found[0])))
    return found.end()


def _feeds(text: str) -> str:
    return "\n" * text.count("\n")


RULES: dict[str, Rule] = {
    "math": _math,
    "line": _line,
    "entity": _entity,
    "dollar": _dollar,
    "link": _link,
    "footnote": _footnote,
    "citation": _citation,
    "stamp": _stamp,
    "target": _target,
    "angled": _angled,
    "address": _address,
    "source": _source,
    "snippet": _snippet,
    "script": _script,
    "code": _code,
    "emphasis": _emphasis,
}
