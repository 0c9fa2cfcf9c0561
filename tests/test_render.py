"""Text becomes HTML that shows exactly that text, and nothing in it is taken for more than text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_cards.diagnostics import Span
from crisis_cards.model import (
    Card,
    Cloze,
    Dating,
    Fact,
    Mark,
    MarkKind,
    NoteKind,
    Pair,
    Question,
    Statement,
    When,
    Wording,
)
from crisis_cards.notetypes import note_type
from crisis_cards.render import MAX_TAG, content_hash, fields_of, html_of, is_visible, ordinals_of, tag_of, why_not

SPAN = Span("cuba.txt", 12, 12)
STATEMENT = Statement(SPAN, ("Cuban Missile Crisis",), "26 Oct – JFK kept his options open")


def blank(start: int, end: int, number: int = 1, hint: str = "") -> Mark:
    """A blank, as short as it can be said."""
    return Mark(start, end, MarkKind.BLANK, number, hint)


def card(wording: Wording, fact: Fact | None = None) -> Card:
    """A card of that wording."""
    return Card(fact or Fact(STATEMENT, STATEMENT.text, STATEMENT.text, "Cuba"), "trial", wording)


def cloze_text(text: str, *marks: Mark) -> str:
    """The `Text` field of a cloze."""
    return fields_of(card(Cloze(text, marks)), "key")[0]


def test_a_question_fills_its_fields_in_order() -> None:
    """Prompt, answer, topic, context, extra, source, key, and the spare ones empty."""
    wording = Question("Who kept his options open?", "JFK", ("Cold War", "Cuba"), ("a < b", "second line"))

    assert fields_of(card(wording), "abc") == (
        "Who kept his options open?",
        "JFK",
        "Cold War › Cuba",
        '<div dir="auto">a &lt; b</div><div dir="auto">second line</div>',
        '<div class="statement" dir="auto">26 Oct – JFK kept his options open</div>',
        "cuba.txt:12",
        "abc",
        "",
        "",
    )


def test_what_shows_nothing_leaves_no_frame() -> None:
    """Topics and lines of context that nobody would see are left out, so their fields are empty."""
    assert fields_of(card(Question("Who?", "JFK", ("\u200b", ""), ("\x00", " "))), "abc")[2:4] == ("", "")


def test_a_cloze_fills_its_fields_in_order() -> None:
    """The same, with one text in place of prompt and answer."""
    wording = Cloze("JFK kept his options open", (blank(0, 3, hint="person"),))

    fields = fields_of(card(wording), "abc")

    assert fields[:3] == ("{{c1::JFK::person}} kept his options open", "", "")
    assert fields[4:] == ("cuba.txt:12", "abc", "", "")


@pytest.mark.parametrize("kind", NoteKind)
def test_the_hash_is_of_what_a_learner_is_asked_and_told(kind: NoteKind) -> None:
    """Topic, source and key follow edits elsewhere and are not in it; every other field is."""
    names = note_type(kind).fields
    plain = content_hash(kind, names)

    changed = {name: content_hash(kind, [f"{field}!" if field == name else field for field in names]) for name in names}

    silent = {name for name, found in changed.items() if found == plain}
    assert silent == {"Topic", "Source", "Key", "Reserved 1", "Reserved 2"}
    assert len({plain, *changed.values()}) == 1 + len(names) - len(silent)


def test_remarks_stand_on_the_back() -> None:
    """What the notes remark on a statement comes after it."""
    fact = Fact(STATEMENT, STATEMENT.text, STATEMENT.text, "", remarks=("This was <b> relief",))

    assert fields_of(card(Question("Who?", "JFK"), fact), "k")[4].endswith(
        '<div class="statement" dir="auto">This was &lt;b&gt; relief</div>'
    )


def test_the_back_adds_what_the_front_must_not_say() -> None:
    """The whole statement with its emphasis, and what is short in it; no carried date, which moves with other lines."""
    statement = Statement(SPAN, (), "JFK hesitated", (Mark(0, 3, MarkKind.STRONG), blank(4, 13)))
    when = When("26 Oct", Span("cuba.txt", 9, 9), Dating.CARRIED)
    fact = Fact(
        statement, "JFK hesitated", "JFK hesitated", "", when=when, expansions=(("JFK", "John F. Kennedy <US>"),)
    )

    assert fields_of(card(Question("Who?", "JFK"), fact), "k")[4] == (
        '<div class="statement" dir="auto"><b>JFK</b> hesitated</div>'
        '<ul class="expansions"><li dir="auto">JFK: John F. Kennedy &lt;US&gt;</li></ul>'
    )


def test_a_pair_has_nothing_to_add() -> None:
    """Its prompt and answer are the whole of it; nor does a date of its own need to be said again."""
    when = When("26 Oct", SPAN, Dating.OWN)
    fact = Fact(Pair(SPAN, (), "Who?", "JFK"), "Who?", "Who?", "", when=when)

    assert fields_of(card(Question("Who?", "JFK"), fact), "k")[4] == ""


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("List<String> & \"x\" 'y'", "List&lt;String&gt; &amp; &quot;x&quot; &#39;y&#39;"),
        ("{{c1::Cuba}}", "&#123;&#123;c1::Cuba&#125;&#125;"),
        ("[sound:a.mp3] [$]x[/$]", "&#91;sound:a.mp3] &#91;$]x&#91;/$]"),
        (r"\[x\] \(y\)", r"\[x\] \(y\)"),
        (r"\[latex]x[/latex]", r"\&#91;latex]x&#91;/latex]"),
        (r"\[anki:tts] \[Sound:a]", r"\&#91;anki:tts] \&#91;Sound:a]"),
        ("[so\x00und:a]", "&#91;sound:a]"),
        ("[[type:Answer]]", "&#91;&#91;type:Answer]]"),
        ("a\nb\r\nc\rd\u2028e", "a<br>b<br>c<br>d<br>e"),
        ("a\tb\x1fc\x00d\ud800e\ufffef\ufdd0g\x85h", "a b cdefg h"),
        ("\u0338x\n\u0338", "&#824;x<br>&#824;"),
    ],
)
def test_text_means_nothing_but_itself(text: str, html: str) -> None:
    """Markup, cloze syntax, and Anki's tags are shown as they were typed; what cannot be shown is gone."""
    assert html_of(text) == html


@pytest.mark.parametrize(
    ("text", "marks", "html"),
    [
        ("std::map", [blank(0, 8)], "{{c1::std&#58;&#58;map}}"),
        ("a}b", [blank(0, 2)], "{{c1::a&#125;}}b"),
        ("a: b", [blank(0, 2, hint="x:")], "{{c1::a&#58;::x&#58;}} b"),
        ("ab", [blank(0, 1, hint="}}::")], "{{c1::a::&#125;&#125;&#58;&#58;}}b"),
        ("ab", [blank(0, 1, hint="\u200b ")], "{{c1::a}}b"),
        ("ab", [blank(0, 1), blank(1, 2)], "{{c1::a}}{{c1::b}}"),
        ("abc", [blank(0, 3), blank(1, 2, 2)], "{{c1::a{{c2::b}}c}}"),
        ("abcd", [blank(1, 3), Mark(0, 4, MarkKind.STRONG)], "<b>a</b>{{c1::<b>bc</b>}}<b>d</b>"),
        ("abcd", [blank(1, 3), Mark(2, 4, MarkKind.CODE)], "a{{c1::b<code>c</code>}}<code>d</code>"),
        (
            "abcd",
            [Mark(0, 2, MarkKind.STRONG), Mark(1, 3, MarkKind.EMPHASIS), blank(3, 4)],
            "<b>a<i>b</i></b><i>c</i>{{c1::d}}",
        ),
        (
            "ab",
            [blank(0, 1), blank(0, 1), Mark(1, 1, MarkKind.STRONG), Mark(1, 9, MarkKind.CODE)],
            "{{c1::a}}<code>b</code>",
        ),
        ("=\u0338", [blank(1, 2), Mark(0, 1, MarkKind.STRONG)], "<b>=</b>{{c1::&#824;}}"),
    ],
)
def test_blanks_stay_whole_and_marks_well_formed(text: str, marks: list[Mark], html: str) -> None:
    """Whatever is marked and however it overlaps, a blank is written once and every element is closed in order."""
    if is_visible(text[marks[0].start : marks[0].end]) and marks[0].kind is MarkKind.BLANK and "\u0338" not in text:
        assert why_not(Cloze(text, tuple(marks))) == ""

    assert cloze_text(text, *marks) == html


@pytest.mark.parametrize(
    ("text", "mark", "html"),
    [
        (r"\(a = b\) is", blank(0, 9), r"{{c1::\(a = b\)}} is"),
        (r"\(a = b\) is", blank(6, 7), r"\(a = {{c1::b}}\) is"),
        (r"\(a = b\) is", blank(6, 12), "&#92;(a = {{c1::b&#92;) is}}"),
        (r"is \(a = b\)", blank(0, 6), "{{c1::is &#92;(a}} = b&#92;)"),
        (r"is b\)", blank(0, 2, hint=r"\("), r"{{c1::is::&#92;(}} b\)"),
        (r"\(a b\)", blank(0, 3, hint=r"c\)"), r"{{c1::&#92;(a::c&#92;)}} b&#92;)"),
        ("\\[a\n::b\\]\nis", blank(2, 3), r"\[{{c1::a}} &#58;&#58;b\]<br>is"),
    ],
)
def test_math_and_blanks_do_not_cut_each_other(text: str, mark: Mark, html: str) -> None:
    """Math within a blank and blanks within math stay; where they overlap, the math is shown as it was typed."""
    assert cloze_text(text, mark) == html


@given(
    st.text(st.characters(exclude_categories=["Zs", "Zl", "Zp", "Cc", "Cf", "Cs"]), min_size=1, max_size=12),
    st.lists(
        st.builds(Mark, st.integers(0, 12), st.integers(0, 14), st.sampled_from([*MarkKind][1:]), st.just(0)),
        max_size=6,
    ),
    st.lists(st.integers(0, 12), max_size=6),
)
def test_marks_always_nest(text: str, styles: list[Mark], edges: list[int]) -> None:
    """Any text, any styles, any blanks beside each other: each blank once, every element closed in order."""
    cuts = sorted(set(edges) | {0})
    blanks = [blank(one, two, n + 1) for n, (one, two) in enumerate(pairwise(cuts)) if one < len(text)]
    wording = Cloze(text, (*blanks, *styles))
    if why_not(wording):
        return

    html = cloze_text(text, *wording.marks)

    assert [int(number) for number in re.findall(r"\{\{c(\d+)::", html)] == [mark.number for mark in blanks]
    assert html.count("}}") == len(blanks)
    _Nesting().feed(re.sub(r"\{\{c\d+::(.*?)\}\}", r"<blank>\1</blank>", html))


class _Nesting(HTMLParser):
    """Fails when an element is closed that was not opened last."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not attrs or (tag, [name for name, _ in attrs]) == ("a", ["href"])
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize(
    ("wording", "reason"),
    [
        (Question("\u200b\x00 ", "JFK"), "prompt shows nothing"),
        (Question("Who?", "\ufe0f\n"), "answer shows nothing"),
        (Cloze("JFK", ()), "no blank"),
        (Cloze("JFK ", (blank(3, 4),)), "blank shows nothing"),
        (Cloze("JFK", (blank(1, 1),)), "blank shows nothing"),
        (Cloze("JFK", (blank(0, 3, 0),)), "blank has no number from 1 to 500"),
        (Cloze("JFK", (blank(0, 3, 501),)), "blank has no number from 1 to 500"),
        (Cloze("JFK", (blank(0, 2), blank(1, 3, 2))), "blanks cross"),
        (Cloze("JFK", (blank(0, 2), blank(2, 3, 2))), ""),
        (Question("Who?", "JFK"), ""),
    ],
)
def test_what_would_be_no_card_is_said_before(wording: Wording, reason: str) -> None:
    """The reason can be asked for; whoever does not ask gets no field."""
    assert why_not(wording) == reason
    if reason:
        with pytest.raises(ValueError, match=f"cuba.txt:12: trial: {reason}"):
            fields_of(card(wording), "key")


def test_blanks_of_one_number_are_one_card() -> None:
    """A question has one card; a cloze, one for each number."""
    assert ordinals_of(Question("Who?", "JFK")) == (0,)
    assert ordinals_of(Cloze("abcd", (blank(0, 1, 3), blank(1, 2), blank(2, 3, 3)))) == (0, 2)


@pytest.mark.parametrize(
    ("parts", "tag"),
    [
        (["Causes of WW2", "1936 – Rhineland"], "Causes-of-WW2::1936-Rhineland"),
        (["notes/war.txt", "C++ & C#"], "notes-war.txt::C++-C#"),
        (["Ελλάδα", "हिन्दी", "日本"], "Ελλάδα::हिन्दी::日本"),
        (["", " – ", "a::b", '"x" *'], "a-b::x"),
        (["…", "_"], ""),
        ([], ""),
        (["word " * 20], "word-word-word-word-word-word-word-word-word-word-word-word"),
        (["x" * 99], "x" * 60),
        (["x" * 60, "y" * 60, "z" * 60, "w" * 60, "v"], f"{'x' * 60}::{'y' * 60}::{'z' * 60}"),
    ],
)
def test_tags(parts: list[str], tag: str) -> None:
    """Names become levels of one tag; what Anki could misread is gone, letters of all scripts stay."""
    assert tag_of(parts) == tag


@given(st.lists(st.text(st.characters()), max_size=9))
def test_tags_are_always_safe(parts: list[str]) -> None:
    """Any names: no white space, no quotes, no empty level, not too long."""
    tag = tag_of(parts)

    assert re.fullmatch(r"[^\s\":*]+(::[^\s\":*]+)*|", tag)
    assert len(tag) <= MAX_TAG
    assert tag.encode() or not tag
