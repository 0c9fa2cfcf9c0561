"""Notes from somebody who means harm: nothing runs, nothing is loaded or read from elsewhere, nothing takes long."""

from __future__ import annotations

import csv
import io
import os
import re
import time
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from anki_collection import ShownCard, imported, opened_collection, shown_cards
from conftest import Program, write

from crisis_cards.model import Account
from crisis_cards.reading import read
from crisis_cards.report import written_of
from crisis_cards.source import Source

SECRET = "root:x:secret words"  # noqa: S105 - what lies outside of the notes

ELEMENTS = (
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<img src="a.png" onerror="alert(1)">',
    '<img src="http://evil.example/x.png">',
    "<svg onload=alert(1)>",
    '<svg><a xlink:href="javascript:alert(1)">x</a></svg>',
    "<math><mtext><script>alert(1)</script></mtext></math>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\tscript:alert(1)">x</a>',
    "<b onclick=alert(1)>x</b>",
    "<details ontoggle=alert(1) open>x</details>",
    '<div style="background:url(http://evil.example/x)">x</div>',
    "<style>@import url(http://evil.example/x);</style>",
    '<iframe src="http://evil.example"></iframe>',
    '<object data="http://evil.example"></object>',
    '<base href="http://evil.example/">',
    '<meta http-equiv=refresh content="0;url=http://evil.example">',
    '<form action="http://evil.example"><input type=submit></form>',
    "<link rel=stylesheet href=http://evil.example/x>",
    "<video poster=http://evil.example/x></video>",
    '<audio src="http://evil.example/x.mp3"></audio>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "<!-- never closed",
)
LINKS = (
    "[x](javascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    '[x](http://a/"onmouseover="alert(1))',
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](a.png)',
    '![x](a.png "t\\" onerror=\\"alert(1)")',
    '![[a.png|" onerror="alert(1)]]',
    "![](http://evil.example/x.png)",
    "[x]: javascript:alert(1)",
    "<javascript:alert(1)>",
)
MATH = (
    r"\(\href{javascript:alert(1)}{x}\)",
    r"$\href{JAVASCRIPT:alert(1)}{x}$",
    r"\(\require{html}\style{background:url(http://evil.example)}{x}\)",
    r"\[\input{/etc/passwd}\]",
    r"\(\write18{id}\)",
)
ANKIS = (
    "[latex]\\input{/etc/passwd}[/latex]",
    "[$]\\input{/etc/passwd}[/$]",
    "[sound:/etc/passwd]",
    "[sound:http://evil.example/x.mp3]",
    "[anki:tts lang=en_US]x[/anki:tts]",
    "{{Front}}",
    "{{FrontSide}}",
    "{{#Front}}x{{/Front}}",
    "{{type:Front}}",
    "{{cloze:Text}}",
)
FORMULAS = ("=cmd()", '=HYPERLINK("http://evil.example")', "@SUM(1)", "+1", "-1")
EVIL = (*ELEMENTS, *LINKS, *MATH, *ANKIS, *FORMULAS)

LOADING = frozenset("background data href poster src srcset style".split())
ELSEWHERE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
HARMLESS = frozenset("http https mailto".split())
SIGNS = re.compile(r"\\href\{\s*javascript:|\\style(?![a-z\u200b])|\[latex\]|\[\$|\[anki:(?!play)", re.IGNORECASE)


class Dangers(HTMLParser):
    """What could run or load something in a side of a card that Anki has rendered."""

    def __init__(self, side: str) -> None:
        """`side`: as HTML."""
        super().__init__(convert_charrefs=True)
        self.found = SIGNS.findall(side)
        self.feed(side)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag and its attributes."""
        if tag not in ELEMENTS_OF_OURS:
            self.found.append(tag)
        for name, value in attrs:
            is_link = (tag, name) == ("a", "href") and (value or "").partition(":")[0] in HARMLESS
            if name.startswith("on") or (name in LOADING and not is_link and ELSEWHERE.match(value or "")):
                self.found.append(f"{tag} {name}={value}")


ELEMENTS_OF_OURS = frozenset(
    (
        "a audio b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p"
        " pre q rp rt ruby s samp section small span strong style sub summary sup table tbody td tfoot th thead tr u ul"
        " var"
    ).split()
)


def in_all_ways(evil: str) -> str:
    """Something evil everywhere that a card can come from: statement, blank, question, answer, hint, heading."""
    said = evil.replace("==", "")
    lines = (
        f"The ==answer== is {evil} here.",
        f"The =={said}== is x.",
        f"Question {evil}? :: Answer {evil}",
        f"{{{{c1::{evil}::{evil}}}}} is b.",
        f"## {evil}",
        f"The ==word== is below {evil[:20]}.",
    )
    return "\n\n".join(lines)


def in_a_table(delimiter: str) -> str:
    """The same in cells."""
    written = io.StringIO()
    rows = [("Front", "Back"), *((f"{evil} a", f"{evil} b") for evil in EVIL)]
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue()


MARKDOWN = "\n\n".join(map(in_all_ways, EVIL))
NOTES = {
    "a.md": MARKDOWN,
    "b.txt": MARKDOWN,
    "c.org": MARKDOWN.replace("\n## ", "\n* ")
    + "\n#+INCLUDE: ../secret.txt\n#+begin_export html\n<script>\n#+end_export",
    "d.csv": in_a_table(","),
    "e.tsv": in_a_table("\t"),
    "f.txt": "#separator:tab\n#html:true\n" + "\n".join(f"{evil} a\t{evil} b" for evil in EVIL if '"' not in evil),
    "g.html": "<meta charset=utf-8>" + "".join(f"<p>The <mark>answer</mark> is {evil} here.</p>" for evil in EVIL),
    "hashcards.md": "\n\n".join(f"Q: {evil}\nA: {evil}\n\nC: a [{evil}] b" for evil in EVIL),
    "inka.md": "---\nDeck: x\n---\n\n" + "\n\n".join(f"1. {evil}?\n> {evil}" for evil in EVIL) + "\n---\n",
    "mdanki.md": "# <script>\n\n" + "\n\n".join(f"## {evil}\n{evil}" for evil in EVIL),
    "remnote.md": "- x\n" + "\n".join(f"  - {evil} >> {evil}" for evil in EVIL),
    "obsidian-spaced-repetition.md": "#flashcards\n\n" + "\n\n".join(f"{evil}\n?\n{evil}" for evil in EVIL),
    "obsidian-to-anki.md": "\n\n".join(f"START\nBasic\n{evil}\nBack: {evil}\nTags: {evil}\nEND" for evil in EVIL),
    "flashcards-obsidian.md": "\n\n".join(f"# {evil} #card\n{evil}" for evil in EVIL),
    "org-drill.org": "\n".join(f"* x :drill:\n** {evil}\n{evil} [{evil}] y" for evil in EVIL),
}
OTHERS = ("hashcards.md", "inka.md", "mdanki.md", "remnote.md")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


def test_nothing_in_cards_can_run(tmp_path: Path, program: Program) -> None:
    """Markup, links, math, Anki's own signs and formulas, in every format and syntax, are words on a card at most."""
    for name, text in NOTES.items():
        write(tmp_path / "notes" / name, text)
    fixed = "".join(f'"{name}" = "{Path(name).stem}"\n' for name in OTHERS)
    write(tmp_path / "notes" / "deck.toml", f'name = "<script>alert(1)</script>"\n[syntax]\n{fixed}')
    write(tmp_path / "notes" / "a.png", SVG)

    done = program("build", "notes", "-o", "a.apkg")

    assert (done.code, done.out) in {(0, "a.apkg\n"), (1, "a.apkg\n")}
    with opened_collection() as collection:
        imported(collection, tmp_path / "a.apkg")
        assert not collection.get_empty_cards().notes
        cards = shown_cards(collection)
    sides = [re.sub(r"<style>.*?</style>", "", side, flags=re.DOTALL) for each in cards for side in _sides(each)]
    assert len(cards) > 10 * len(EVIL)
    assert [danger for side in set(sides) for danger in Dangers(side).found] == []


def _sides(card: ShownCard) -> tuple[str, str]:
    return card.question, card.answer


def test_nothing_from_elsewhere_is_shown(tmp_path: Path, process: Program) -> None:
    """No path and no link leads out of the notes: not of notes, media, configuration or what is included."""
    secret = write(tmp_path / "secret" / "a.png", SECRET)
    write(tmp_path / "secret" / "b.md", SECRET)
    notes = tmp_path / "notes"
    ways = ("../secret/a.png", str(secret), secret.as_uri(), "link.png", "elsewhere/a.png", "..%2fsecret%2fa.png")
    said = "".join(f"The ==picture== ![]({way}) <img src='{way}'> ![[{way}]] [sound:{way}] is x.\n\n" for way in ways)
    write(notes / "a.md", said)
    write(notes / "b.org", f"#+INCLUDE: {secret}\n#+SETUPFILE: {secret}\nThe ==picture== [[file:{secret}]] is x.\n")
    write(notes / "c.html", f"<p>The <mark>a</mark> <img src='{secret}'><iframe src='{secret.as_uri()}'></iframe> b")
    with zipfile.ZipFile(notes / "d.docx", "w") as archive:
        archive.writestr("../../secret/pwned", "x")
        archive.writestr(
            "word/document.xml", f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}">]><document>&e;</document>'
        )
    for name, target in (("link.png", secret), ("elsewhere", secret.parent), ("e.md", secret.parent / "b.md")):
        (notes / name).symlink_to(target)
    os.mkfifo(notes / "pipe.md")
    os.mkfifo(notes / "pipe.png")

    done = [process(*command) for command in (("build", "notes"), ("preview", "notes"), ("explain", "notes/a.md"))]

    assert {each.code for each in done} <= {0, 1}
    assert not [each for each in done if "Traceback" in each.err or "secret words" in each.out + each.err]
    (package,) = tmp_path.glob("build/*.apkg")
    (page,) = tmp_path.glob("build/*.html")
    with zipfile.ZipFile(package) as archive:
        raw = [archive.read(name) for name in archive.namelist()]
    assert not [each for each in [*raw, page.read_bytes()] if b"secret words" in each]
    assert sorted(path.name for path in secret.parent.iterdir()) == ["a.png", "b.md"]


HUGE = "9" * 5000
ENTRY = (
    '{"v":1,"key":"aaaaaaaaaaaaaaaa","path":"a.txt","words":"JFK spoke.","position":1,"digest":"x","notes":[{"guid":"g"'
    ',"template":"author","cloze":"JFK spoke.","marks":[[0,3,"blank",1,""]],"modified":1,"content":"x","numbers":1}]}\n'
)
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + level)}: &{chr(98 + level)} [{','.join([f'*{chr(97 + level)}'] * 9)}]\n" for level in range(9)
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", f"{{{{c999999999999::a}}}} b\n\n{{{{c{HUGE}::a}}}} b\n\n{{{{c0::a}}}} b\n\n{{{{c１::a}}}} b\n"),
        ("a.md", f"{HUGE}. a ==b==\n\n[^{HUGE}]: a\n\nx[^{HUGE}] ==y==\n"),
        ("a.txt", f"{HUGE}. a\n{'1.' * 500}\nIn {HUGE} JFK ==spoke==.\n"),
        ("a.org", f"* a :fc:\n:PROPERTIES:\n:FC_TYPE: cloze\n:FC_CLOZE_MAX: {HUGE}\n:END:\n{{{{a}}@{HUGE}}} x\n"),
        ("a.csv", f"#separator:comma\n#notetype column:{HUGE}\n#tags column:{HUGE}\n#deck column:0\na,b\n"),
        ("a.md", f"---\n{BOMB}tags: *j\n---\n==JFK== spoke.\n"),
        ("a.md", '---\ntags: !!python/object/apply:os.system ["touch ran"]\n---\n==JFK== spoke.\n'),
        ("a.md", f"---\ntags: {'[' * 500}\n---\n==JFK== spoke.\n"),
        ("a.md", f"---\ntitle: {HUGE}\nlanguage: ../x\ntags: 0x{'f' * 9999}\n---\n==JFK== spoke.\n"),
        ("a.csv", f"a,b\n{',' * 1_000_000}\n"),
        ("a.csv", '"' * 300_001 + "\n"),
        ("a.md", f"{'> ' * 10_000}==JFK== spoke.\n"),
        ("a.html", b"PK\x03\x04" + b"\xff\xfe" * 1000),
        ("\n<script>'\"\x1b[31m.txt", "==JFK== spoke.\n"),
        (f"{'x' * 251}.txt", "==JFK== spoke.\n"),
        ("deck.toml", "a = " + "[" * 20_000),
        ("deck.toml", f"a = {HUGE}"),
        ("deck.toml", '[syntax]\n"[z-a]" = "inka"\n'),
        ("deck.toml", '[syntax]\n"a\\\\" = "inka"\n'),
        ("deck.toml", 'model = "os"\nlanguage = "en"\n'),
        ("ledger.jsonl", "nonsense\n"),
        ("ledger.jsonl", "[" * 100_000 + "\n"),
        ("ledger.jsonl", f'{{"v":{HUGE}}}\n'),
        ("ledger.jsonl", ENTRY.replace("[0,3", "[5,99999")),
        ("ledger.jsonl", ENTRY.replace("[0,3", "[-5,-1")),
        ("ledger.jsonl", ENTRY.replace("[0,3", "[3,0")),
        ("ledger.jsonl", ENTRY.replace('1,""]]', '1,""],[1,5,"blank",2,""]]')),
        ("ledger.jsonl", ENTRY.replace('"blank",1', '"blank",99999999999')),
        ("ledger.jsonl", ENTRY.replace("JFK spoke.", "\\ud800\\udc00\\udfff\\ud800")),
        ("ledger.jsonl", ENTRY.replace('"guid":"g"', '"guid":"<script>\\u0000\\n"')),
        ("ledger.jsonl", ENTRY.replace('"modified":1', '"modified":' + "9" * 30)),
        ("ledger.jsonl", ENTRY.replace('"position":1', '"position":' + "9" * 4000)),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_nonsense_ends_with_words(tmp_path: Path, program: Program, name: str, content: str | bytes) -> None:
    """Whatever is in notes, their front matter, deck.toml or the ledger: exit 0, 1 or 2, and soon."""
    write(tmp_path / "notes" / "other.txt", "The ==hotline== was set up in 1963.\n")
    write(tmp_path / "notes" / "a.txt", "==JFK== spoke.\n")
    write(tmp_path / "notes" / name, content)

    for command in ("build", "preview"):
        done = program(command, "notes")
        assert done.code in {0, 1, 2}
        assert "\x1b" not in done.out + done.err
        assert "Traceback" not in done.err
    for package in tmp_path.glob("build/*.apkg"):
        with opened_collection() as collection:
            imported(collection, package)
            assert not collection.get_empty_cards().notes
    assert not list(tmp_path.rglob("ran"))


def test_long_blocks_and_lines_are_explained_soon() -> None:
    """What of a block's lines is in no text is found in linear time, in long code as in a line of many statements."""
    code = "".join(f"word{number} = call{number}\n" for number in range(10_000))
    line = " ".join(f"Sentence {number} is ==here==." for number in range(3000))
    for text in (f"```x\n{code}```\n\nSee ==it==.\n", f"{line}\n"):
        accounts = [Account(block) for block in read(Source("a.md", text, 0))[0].blocks]
        begun = time.process_time()

        written_of(accounts, text.split("\n"))

        assert time.process_time() - begun < 1
