"""The preview shows what Anki shows, and nothing that notes say becomes more than text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

import pytest
from anki_collection import imported, opened_collection, shown_cards
from conftest import write
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from crisis_cards.cli.notes import build_notes, notes_at
from crisis_cards.cli.terminal import Terminal
from crisis_cards.diagnostics import CouldNotRunError
from crisis_cards.model import Deck, Note, NoteKind
from crisis_cards.notetypes import note_type
from crisis_cards.package import packed, write_package
from crisis_cards.preview.math import MAX_CHARACTERS, with_mathml
from crisis_cards.preview.sides import sides
from crisis_cards.preview.view import view_of

SEED = Path(__file__).parent.parent / "source_notes"
STRESS = Path(__file__).parent / "stress"
OPENED = re.compile(r"\{\{c(\d+)::")

# --- the same as Anki ---------------------------------------------------------------------------------------------


def note_of(kind: NoteKind, **fields: str) -> Note:
    """A note with some of its fields filled."""
    names = note_type(kind).fields
    filled = {name.replace("_", " "): html for name, html in fields.items()}
    blanks = {int(number) - 1 for number in OPENED.findall(filled.get("Text", ""))}
    return Note(
        guid="note",
        kind=kind,
        fields=tuple(filled.get(name, "") for name in names),
        ordinals=tuple(sorted(blanks)) or (0,),
        tags=("cuba",),
        modified=1_700_000_000,
        position=10,
        deck="Cuba",
    )


def cloze(text: str, **fields: str) -> Note:
    """A cloze note."""
    return note_of(NoteKind.CLOZE, Text=text, **fields)


def question(prompt: str, answer: str = "yes", **fields: str) -> Note:
    """A question note."""
    return note_of(NoteKind.QUESTION, Question=prompt, Answer=answer, **fields)


FORMS = [
    cloze("{{c1::JFK::person}} met {{c2::Dobrynin}}", Topic="Cuba › Talks", Context='<div dir="auto">27 Oct</div>'),
    cloze("{{c1::one}} and {{c1::two}} of {{c3::three}}"),
    cloze("{{c1::out {{c2::in}} side::hint}}, {{c2::and {{c1::again}}}}"),
    cloze("{{c1::a &quot;b&quot; &amp; <b>c</b> d’é ü\xa0–}} {{c2::x}}"),
    cloze("{{c1::a::b::c}} }} and :: {{c2::d::}}"),
    cloze("{{c1::ended}} and {{c2::also}} {{c1::never"),
    cloze(r"\({{c1::x^2}} + <b>y</b><!-- z -->\) and {{c2::\[a<b>c</b>\]}}"),
    cloze(r"\[\frac{ {{c1::1}} }{2} \] is {{c2::half::\(a\)}}"),
    cloze("{{c1::" * 12 + "deep" + "}}" * 12),
    cloze("[sound:a.mp3] {{c1::[sound:b.mp3]}}", Extra="[sound:c.mp3]"),
    cloze("נוסח {{c1::מימין}} לשמאל", Source="notes.txt:1"),
    cloze("e\u0301 {{c1::e\u0301}} A\u030a", Topic="e\u0301"),
    cloze("{{c1::<code>a<br>b</code>}}<br>{{c500::late}}"),
    question('What? <img src="a%20b.png"> [sound:x&amp;y.mp3]', "[sound:z.mp3]<br>[sound:z.mp3]"),
    question("empty ones", Topic="<br>", Context=" <div></div>", Extra="<DIV><BR/></DIV>", Source=" "),
    question("not empty", Topic="&nbsp;", Context="\xa0", Extra="<b></b>", Source="<br  >"),
    question("{ { }} {{ &#123;&#123;Answer&#125;&#125;", "{{Answer}} {{#Topic}} {{c1::x}}"),
    question("[sound:] [sound:a b] \\(x<b>y</b>\\) [...]", "[anki:play:q:0]"),
    question("&#824;&gt; \u0338 \u2028", "\ufdfa \U0001f1e8\U0001f1fa"),
]


def differences(notes: Sequence[Note], path: Path) -> list[tuple[str, str]]:
    """What Anki shows of each card that is imported, and what the preview has, where they are not the same."""
    write_package(Deck("Cuba", tuple(notes)), path)
    by_guid = {note.guid: note for note in notes}
    with opened_collection() as collection:
        assert imported(collection, path) == {"new": len(notes)}
        shown = shown_cards(collection)
    assert len(shown) == sum(len(note.ordinals) for note in notes)
    return [
        (theirs, ours.html)
        for card in shown
        for html, ours in zip((card.question, card.answer), sides(by_guid[card.guid], card.ordinal), strict=True)
        if (theirs := html.partition("</style>")[2]) != ours.html and "No cloze" not in theirs
    ]


def numbered(notes: Sequence[Note]) -> list[Note]:
    """The notes with a GUID each."""
    return [
        Note(f"note{place}", note.kind, note.fields, note.ordinals, note.tags, note.modified, place, note.deck)
        for place, note in enumerate(notes)
    ]


@pytest.mark.parametrize("notes", [SEED, STRESS], ids=["seed", "stress"])
def test_decks_are_shown_as_anki_shows_them(tmp_path: Path, notes: Path) -> None:
    """Both sides of every card of the seed and of the hard deck are Anki's own, letter for letter."""
    terminal = Terminal(is_quiet=True, is_verbose=False, has_colour=False)
    made = build_notes(notes_at((notes,), terminal), (), terminal)

    assert differences(made.deck.notes, tmp_path / "cuba.apkg") == []


@pytest.mark.filterwarnings("ignore:Field contained the following invalid HTML tags")
def test_all_forms_are_shown_as_anki_shows_them(tmp_path: Path) -> None:
    """Hints, blanks in blanks and in math, empty fields, sounds, text from right to left: Anki's own, to the letter."""
    assert differences(numbered(FORMS), tmp_path / "cuba.apkg") == []


PLAIN = r"a é }} :: : {{ \( \) \[ \] <b> </b> <br> &amp; … / {{c1:: {{c2:: {{c1::x}} [sound:a.mp3] </i> <div>"
PIECES = st.sampled_from([*PLAIN.split(), " ", "e\u0301", "\xa0", "'", '<i class="x">'])
HTML = st.lists(PIECES, max_size=12).map("".join)
ASKED = HTML.map(lambda html: f"x{html}")
NOTES = st.one_of(
    st.builds(question, ASKED, ASKED, Topic=HTML, Context=HTML, Extra=HTML, Source=HTML),
    st.builds(lambda html, topic: cloze(f"{{{{c1::x{html}}}}}{{{{c2::y}}}}", Topic=topic), HTML, HTML),
    st.builds(lambda html, extra: cloze(f"{{{{c1::x}}}}{html}", Extra=extra), HTML, HTML),
)


@pytest.mark.filterwarnings("ignore:Field contained the following invalid HTML tags")
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(NOTES, min_size=1, max_size=12))
def test_whatever_fields_hold_is_shown_as_anki_shows_it(notes: Sequence[Note]) -> None:
    """Any HTML in fields, sound or not, gives Anki's own sides."""
    kept = [note for note in numbered(notes) if can_ship(note)]
    with TemporaryDirectory() as folder:
        found = differences(kept, Path(folder) / "cuba.apkg") if kept else []

    assert found == []


def can_ship(note: Note) -> bool:
    """Whether `package` takes the note."""
    try:
        packed(Deck("Cuba", (note,)), Path("cuba.apkg"))
    except CouldNotRunError:
        return False
    return True


def test_sounds_are_told_by_name() -> None:
    """Each side numbers its sounds from 0, and says which files they are."""
    front, back = sides(cloze("[sound:a.mp3] {{c1::[sound:b.mp3]}}", Extra="[sound:c.mp3]"), 0)

    assert (front.sounds, back.sounds) == (("a.mp3",), ("a.mp3", "b.mp3", "c.mp3"))
    assert "[anki:play:a:2]" in back.html


# --- the rows of the page -----------------------------------------------------------------------------------------


def test_a_row_says_why_it_has_no_card_once(tmp_path: Path) -> None:
    """What a finding says is not said again as a reason; without a finding the reason stands alone."""
    write(tmp_path / "a.txt", "a line with ==–== and nothing\na line to skip #skip\n")
    terminal = Terminal(is_quiet=True, is_verbose=False, has_colour=False)
    made = build_notes(notes_at((tmp_path,), terminal), (), terminal)

    view = view_of(
        made.deck, made.accounts, entries=(), changes=(), diagnostics=made.diagnostics, advice=lambda _: ("mend it",)
    )

    _, faulty, skipped = view.rows
    assert ([each.rule for each in faulty.findings], faulty.reason, faulty.advice) == (["unbalanced-mark"], "", ())
    assert (skipped.findings, bool(skipped.reason), skipped.advice) == ((), True, ("mend it",))


# --- math ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (r"\(x^2\)", '<math display="inline"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math>'),
        (r"a \[1 &lt; 2\] b", '<math display="block"><mrow><mn>1</mn><mo>&lt;</mo><mn>2</mn></mrow></math>'),
        (r"\(\text{a &lt;b&gt;}\)", "<mtext>a\xa0&lt;b&gt;</mtext>"),
        (r"\(x<br>+y\)", "<mi>x</mi><mo>+</mo><mi>y</mi>"),
        (r"<br>\(x\)<br/>", "<mi>x</mi>"),
        (r"\(\href{javascript:alert(1)}{x}\)", "<mrow><mrow><mrow><mi>x</mi></mrow></mrow></mrow>"),
        (r"\(\class{a}{x}\)\(\style{b}{x}\)", "<mrow><mrow><mi>x</mi></mrow></mrow>"),
    ],
)
def test_math_is_drawn(html: str, expected: str) -> None:
    """TeX in text is MathML, in a line or on its own, without links, classes and styles."""
    drawn = with_mathml(html)

    assert expected in drawn
    assert not re.search(r"\\[(\[]|href|class|style", drawn)


@pytest.mark.parametrize(
    "tex",
    [r"\unknown{x}", "{", r"\left( x", r"\begin{matrix}a", "x" * (MAX_CHARACTERS + 1), r"\ce{H2O}", "&amp;#x26;{"],
)
def test_what_cannot_be_read_stays(tex: str) -> None:
    """TeX that nobody can draw is shown as it was written, as code."""
    assert with_mathml(rf"a \({tex}\) b") == rf"a <code>\({tex}\)</code> b"


@pytest.mark.parametrize(
    "html",
    [r"<code>\(x\)</code>", r"<pre>a <code>b</code> \(x\)</pre>", r'<img alt="\(x\)">', r"\(a<b>c</b>\)", r"\(x"],
)
def test_what_is_no_math_stays(html: str) -> None:
    """Code, attributes and what is cut by an element are left alone, as in Anki."""
    assert with_mathml(html) == html


COMMANDS = r"\frac \text \href \style \class \color \left( \right) \unicode \begin{matrix} \end{matrix} \\ \hspace"
SIGNS = "{ } &lt; &gt; &quot; &#39; &amp;lt; script onload= x ^ _ 1 [ &amp; <br> javascript: / ="
TEX = st.lists(st.sampled_from([*COMMANDS.split(), *SIGNS.split(), " "]), min_size=1, max_size=15).map("".join)


@settings(max_examples=300, deadline=None)
@example(r"\text{&lt;script&gt;}")
@example(r"\color{&quot; onload=&quot;x}{x}")
@given(TEX)
def test_math_is_never_more_than_math(tex: str) -> None:
    """Whatever TeX says, what is drawn has no element but MathML's, and no attribute that does anything."""
    drawn = with_mathml(rf"\({tex}\)")

    root = ET.fromstring(drawn)  # noqa: S314 - written a line above
    names = {element.tag for element in root.iter()}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert names <= {"code"} or all(re.fullmatch(r"m[a-z]+|none", name) for name in names)
    assert not attributes & {"href", "style", "class", "id"}
    assert not any(name.startswith("on") for name in attributes)
