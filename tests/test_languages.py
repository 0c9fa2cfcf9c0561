"""Languages: which one a line is in, and that a line which is not English gets no word of ours."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from case_files import Case, read_cases
from conftest import Program
from foreign_dump import CONFIG, NAMES_OF_GATES, built_abroad, cards_abroad
from hypothesis import given, settings
from hypothesis import strategies as st

from crisis_cards.config import Config
from crisis_cards.dates import date_in
from crisis_cards.diagnostics import CouldNotRunError, Span
from crisis_cards.facts import facts_of, spoken_in
from crisis_cards.language import Parser, load_namer
from crisis_cards.model import Fact, Name, Statement
from crisis_cards.pipeline import Build, Past, build
from crisis_cards.reading import read
from crisis_cards.source import Source
from crisis_cards.templates import TEMPLATES_ABROAD
from crisis_cards.templates.abroad.named import named
from crisis_cards.tongues import language_of, languages_of
from crisis_cards.wording import answer, front, prompt, shown

HERE = Path(__file__).parent
CASES = read_cases(HERE / "cases" / "languages.txt")
ENGLISH_NOTES = sorted(
    [*(HERE.parent / "quality" / "notes").rglob("*.*"), *(HERE.parent / "source_notes").glob("*.txt")]
)

# Every word that an English template puts on a card of its own accord.
OUR_WORDS = frozenset(
    """
    what when who whom whose which where why how many much did does do was were is are called meant by kind of under
    condition to or and the a an which two three four place person date number thing happened come came led
    """.split()
)

# Notes that somebody could write, in words of which none is ours.
LINES = st.sampled_from(
    [
        "Vulkanausbruch am 8. Mai 1902 zerstört Saint-Pierre",
        "Caldera: kesselförmiger Einbruch über einer leeren Magmakammer",
        "Der Krater ist 305 Meter tief, die Wolke hieß „Pinie“",
        "Ausbruch – **gewaltige Explosion** mit 2,5 Mio. Tonnen Asche",
        "Wer floh, überlebte?",
        "La nuée ardente tue 28 000 habitants le 8 mai 1902",
        "Alfred Lacroix décrit une « nuée ardente » en Martinique",
        "Magma : roche fondue qui monte des profondeurs",
        "El Paricutín nació en un campo de maíz de Michoacán",
        "Murieron unas 23.000 personas en una sola noche",
        "La colata del marzo 1669 raggiunse Catania",
        "1669 -> eruzione -> fuga degli abitanti verso Messina",
        "Em 27 de setembro de 1957 começou uma erupção nos Açores",
        "Извержение началось 30 марта 1956 г. и разрушило вершину",
        "1991年6月3日に普賢岳で火砕流が起きた",
        "火山口湖：火山口积水形成的湖泊",
        "946년 11월 2일 백두산이 크게 폭발했다",
        "הר הגעש התפרץ ב-24 באוגוסט 1883 והחריב את האי",
        "الحمم: صخور منصهرة تخرج من فوهة البركان وتسيل على جوانبه",
        "แมกมา: หินหลอมเหลวที่อยู่ใต้เปลือกโลกและมีอุณหภูมิสูงมาก",
    ]
)
NOTES = st.lists(LINES, min_size=2, max_size=7, unique=True).map("\n".join)
INDENTED = st.lists(st.tuples(st.sampled_from(["- ", "  - ", "# "]), LINES), min_size=2, max_size=7).map(
    lambda lines: "- Vulkan\n" + "\n".join(sign + line for sign, line in lines)
)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    """Lines of each language get the cards that its case file says, and no others."""
    assert cards_abroad(case.text) == case.expected


def test_every_template_and_gate_has_a_case() -> None:
    """Nothing in the two tables goes untried: each template makes a card in a case, each gate keeps one out."""
    said = "\n".join(case.expected for case in CASES)
    names = {"dated": "date", "quantity": "number", "labelled": "label", "named": "name"}
    made = {names.get(template.__name__, template.__name__) for template in TEMPLATES_ABROAD}

    assert made <= set(re.findall(r"^\d+ ([a-z]+):", said, re.MULTILINE))
    assert set(re.findall(r" -- ([a-z-]+):", said)) >= NAMES_OF_GATES


# --- which language ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ENGLISH_NOTES, ids=lambda path: path.stem)
def test_english_notes_are_english(path: Path) -> None:
    """No line of the English notes that cards are judged of is taken for another language, whatever names it has."""
    document, _ = read(Source(path.name, path.read_text("utf-8"), 0))

    assert spoken_in(document, "en") == {}


@pytest.mark.parametrize(
    "line",
    [
        "Tsar Nicholas II abdicated",
        "Anschluss with Österreich",
        "Coup d'état of 18 Brumaire",
        "Ostpolitik: Brandt's policy towards East Germany",
        "The Déclaration des droits de l’homme was adopted in August 1789",
        "Kristallnacht, Nov 1938",
        "Camillo Benso di Cavour",
        "Homo sapiens – modern humans",
        "Ca2+ influx",
        "x = {a, b, c}",
    ],
)
def test_foreign_names_in_english(line: str) -> None:
    """A foreign name makes no foreign line, neither among others nor alone."""
    assert languages_of([line], "en") == ("en",)
    assert languages_of(["The volcano destroyed the town", line, "The people were not warned"], "en") == ("en",) * 3


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Stalin lehnt Angebot ab\nMauerbau in Berlin\nFolge: Teilung Deutschlands"),
        ("fr", "Chute du mur de Berlin\nPlan Marshall : aide américaine\nCause : pénurie de blé"),
        ("es", "Franco gana la guerra civil\nCausa: crisis económica\nDesembarco en Normandía"),
        ("it", "Mussolini prende il potere\nCausa: crisi economica\nUnità d'Italia"),
        ("pt", "Queda do muro de Berlim\nCausa: crise econômica\nRevolução dos Cravos"),
        ("nl", "Val van de Berlijnse Muur\nOorzaak: economische crisis\nDuitsland valt Polen binnen"),
        ("pl", "Niemcy atakują Polskę\nPrzyczyna: kryzys gospodarczy"),
        ("sv", "Kalla kriget börjar\nSverige förblir neutralt under kriget"),
        ("cs", "Německo obsazuje Československo\nPříčina: hospodářská krize"),
        ("tr", "Atatürk cumhuriyeti ilan etti\nSebep: ekonomik kriz"),
        ("ru", "Германия напала на СССР"),
        ("uk", "Українська держава була проголошена у Києві, її визнали сусіди"),
        ("el", "Η επανάσταση άρχισε τον Μάρτιο"),
        ("ja", "日本が降伏した"),
        ("zh", "清朝灭亡"),
        ("ko", "한국 전쟁"),
        ("ar", "الثورة المصرية"),
        ("fa", "انقلاب مشروطه ایران در تهران آغاز شد و پادشاه آن را پذیرفت"),
        ("he", "הכרזת העצמאות"),
        ("th", "คณะราษฎรยึดอำนาจ"),
        ("und", "रूसी क्रांति की शुरुआत"),
    ],
)
def test_language_of_terse_notes(language: str, text: str) -> None:
    """A few lines of telegraphic notes are enough to tell their language, though nobody declares it."""
    assert language_of(text.split("\n"), "en") == language


def test_files_say_their_language() -> None:
    """What a file says of itself goes before what deck.toml says, and that before nothing; a program's is none."""
    lines = "Lava 1783\n\nBasalt 1902\n"
    sources = {
        "said": f"---\nlang: nl-BE\n---\n{lines}",
        "programs": f"---\nlang: js\n---\n{lines}",
        "silent": lines,
    }
    documents = {name: read(Source(f"{name}.md", text, 0))[0] for name, text in sources.items()}

    found = {name: {*spoken_in(document, "de").values()} for name, document in documents.items()}

    assert found == {"said": {"nl"}, "programs": {"de"}, "silent": {"de"}}


def test_a_file_of_another_language_than_the_deck() -> None:
    """An English file among German notes is English, and a German one among English notes German, if that is plain."""
    english = ["The volcano destroyed the town in the morning", "The people were not warned of what was to come"]
    german = ["Der Vulkan zerstörte die Stadt am Morgen", "Die Menschen wurden nicht gewarnt"]

    assert languages_of(english, "de") == ("en", "en")
    assert languages_of(german, "en") == ("de", "de")


def test_mixed_files() -> None:
    """Lines of two languages are told apart in one file, the shortest of them, too."""
    german = ["Die Ursache war der Druck unter dem Pfropfen", "Der Berg wurde nicht beobachtet", "Zellkern enthält DNA"]
    english = ["The town was rebuilt after the war", "Nobody is allowed to live near the crater", "Magma rises"]

    assert languages_of([*english, *german], "en") == ("en",) * 3 + ("de",) * 3


def test_facts_keep_their_language() -> None:
    """The language of a line is that of its fact, and a foreign line is one fact: nothing of it is cut off."""
    text = "The volcano was quiet for years; nobody was afraid of it.\n\n24. Mai 1902: Der Vulkan zerstörte die Stadt; "
    document, _ = read(Source("a.txt", text + "die Menschen wurden nicht gewarnt", 0))

    facts = facts_of(document, spoken_in(document, "en"))

    assert [fact.language for fact in facts] == ["en", "en", "de"]
    assert facts[-1].text == facts[-1].words
    assert facts[-1].when is None
    assert not facts[-1].label


# --- no word of ours --------------------------------------------------------------------------------------------


def not_called(_: str) -> Parser:
    """A parser that nobody may ask for."""
    raise AssertionError("a foreign line was parsed")


@settings(max_examples=80, deadline=None)
@given(st.one_of(NOTES, INDENTED))
def test_no_word_of_ours(text: str) -> None:
    """Whatever stands on a card of a line that is not English, its author wrote it; and it is parsed by nobody."""
    source = Source("vulkan.md", f"---\ntitle: Vulkan\n---\n{text}", 0)
    made = build([source], CONFIG, Past(now=1), not_called, lambda *_: None, namer_of=lambda *_: None)
    written = source.text.casefold()
    cards = [each.card for account in made.accounts for each in account.candidates]

    for card in cards:
        said = set(re.findall(r"\w+", f"{front(card.wording)} {answer(card.wording)} {shown(card.wording)}".casefold()))
        assert all(word in written for word in said)
        assert not said & OUR_WORDS
        assert not prompt(card.wording).isspace()
    assert {fact.language for account in made.accounts for fact in account.facts} & {"en"} == set()


def test_no_english_template_for_a_foreign_line() -> None:
    """Words that English has, too, bring no English question to a German line."""
    text = "Die Art, in der man die Hand hob, war alt und in England bekannt\nDer Wind war warm und der Arm war lang"

    made = built_abroad(text)

    templates = {each.card.template for account in made.accounts for each in account.candidates}
    assert not templates & {"subject", "object", "definition", "when", "phrase", "called", "oblique"}


# --- dates ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de", "am 22. Juni 1941 begann", "22. Juni 1941"),
        ("de", "09.11.1989 Fall der Mauer", "09.11.1989"),
        ("de", "im 19. Jahrhundert", "19. Jahrhundert"),
        ("de", "44 v. Chr. ermordet", "44 v. Chr."),
        ("fr", "le 1er octobre 1949", "1er octobre 1949"),
        ("fr", "au XIXe siècle", "XIXe siècle"),
        ("es", "el 12 de octubre de 1492", "12 de octubre de 1492"),
        ("it", "il 28 ottobre 1922", "28 ottobre 1922"),
        ("pt", "em outubro de 1930", "outubro de 1930"),
        ("nl", "op 5 mei 1945", "5 mei 1945"),
        ("pl", "13 grudnia 1981", "13 grudnia 1981"),
        ("cs", "17. listopadu 1989", "17. listopadu 1989"),
        ("hu", "1956. október 23.", "1956. október 23."),
        ("tr", "29 Ekim 1923", "29 Ekim 1923"),
        ("ru", "22 июня 1941 г.", "22 июня 1941 г."),
        ("ja", "1945年8月15日に", "1945年8月15日"),
        ("ja", "明治4年に", "明治4年"),
        ("zh", "公元前221年", "公元前221年"),
        ("ko", "1950년 6월 25일", "1950년 6월 25일"),
        ("ar", "في 26 يوليو 1956", "26 يوليو 1956"),
        ("he", "ב-14 במאי 1948", "14 במאי 1948"),
        ("th", "24 มิถุนายน พ.ศ. 2475", "24 มิถุนายน พ.ศ. 2475"),
        ("und", "२० 1917-11-07", "1917-11-07"),
    ],
)
def test_dates(language: str, text: str, found: str) -> None:
    """Dates are known by the months, the order and the signs of each language."""
    assert [match[0] for match in date_in(language).finditer(text)] == [found]


@pytest.mark.parametrize(
    ("language", "text"), [("ja", "10年間"), ("zh", "268年"), ("de", "3000 Tonnen"), ("ko", "3년간")]
)
def test_no_dates(language: str, text: str) -> None:
    """How long something takes, or how much there is of it, is no date."""
    assert date_in(language).search(text) is None


# --- names by a model -------------------------------------------------------------------------------------------


def named_in(text: str, *names: tuple[str, str], language: str = "de") -> list[str]:
    """The lines with a name blanked when a model found `names`, each with its kind."""
    found = tuple(Name(text.index(words), text.index(words) + len(words), kind) for words, kind in names)
    block = Statement(Span("a.txt", 1, 1), (), text)
    fact = Fact(block, text, text, "Kuba", language=language, names=found)
    return [shown(card.wording) for card in named(fact)]


def test_names_of_a_model() -> None:
    """People, places and bodies that a model finds are blanked, where no capital could tell them."""
    text = "Kennedy verhängt Seeblockade gegen Kuba"

    assert named_in(text, ("Kennedy", "PER"), ("Kuba", "LOC")) == [
        "{{Kennedy}} verhängt Seeblockade gegen Kuba",
        "Kennedy verhängt Seeblockade gegen {{Kuba}}",
    ]
    assert named_in(text) == []


def test_what_a_model_calls_names_and_is_none() -> None:
    """A part of a word, one of several names, and what a model files under *other* are not blanked."""
    assert named_in("Kennedy-Ära endet mit Dallas und Washington", ("Kennedy", "PER"), ("Dallas", "LOC")) == []
    assert named_in("Der Kalte Krieg teilt Europa", ("Kalte Krieg", "MISC")) == []


def test_a_model_of_the_language_is_used() -> None:
    """A model is asked for its own language only, by the name that deck.toml has for it, and once for all lines."""
    asked: list[tuple[str, str]] = []
    given_texts: list[Sequence[str]] = []

    def namer_of(language: str, model: str) -> Callable[[Sequence[str]], Sequence[tuple[Name, ...]]]:
        asked.append((language, model))

        def namer(texts: Sequence[str]) -> Sequence[tuple[Name, ...]]:
            given_texts.append(texts)
            return [(Name(text.index("Kuba"), text.index("Kuba") + 4, "LOC"),) for text in texts]

        return namer

    text = "Kennedy verhängt eine Blockade gegen Kuba\nDie Flotte kehrt vor Kuba um und wird nicht beschossen\n"
    config = Config("Kuba-Krise", language="de", model="de_core_news_md")

    made = build([Source("a.txt", text, 0)], config, Past(now=1), not_called, lambda *_: None, namer_of=namer_of)

    assert asked == [("de", "de_core_news_md")]
    assert given_texts == [tuple(text.splitlines())] or given_texts == [text.splitlines()]
    assert "Kennedy verhängt eine Blockade gegen {{Kuba}}" in {
        shown(each.card.wording) for account in made.accounts for each in account.candidates
    }


@pytest.mark.skipif(importlib.util.find_spec("fr_core_news_sm") is None, reason="needs fr_core_news_sm")
def test_a_real_model() -> None:
    """The names of a French line are those of the installed model."""
    namer = load_namer("fr")
    text = "Mitterrand rencontre Helmut Kohl à Verdun"

    assert namer is not None
    assert [text[name.start : name.end] for name in namer([text])[0]] == ["Mitterrand", "Helmut Kohl", "Verdun"]


def test_models_that_are_not_there() -> None:
    """Without a model there is none; one that deck.toml names must be there."""
    assert load_namer("und") is None
    with pytest.raises(CouldNotRunError, match='language model "de_no_such_model" is not installed'):
        load_namer("de", "de_no_such_model")


# --- what the author is told ------------------------------------------------------------------------------------


def told(made: Build) -> list[str]:
    """The messages of the rule `language`."""
    return [each.message for each in made.diagnostics if each.rule == "language"]


def test_what_is_not_done_is_told_once() -> None:
    """Notes that are mostly foreign are told what they get, once; a foreign line among English ones is not."""
    german = "Der Vulkan zerstörte die Stadt am Morgen\nDie Menschen wurden nicht gewarnt\n"
    english = "The volcano destroyed the town\nThe people were not warned\nThe town was rebuilt after the war\n"

    done = '2 lines in language "de" get blanks (dates, numbers, quotations, terms) and no questions'
    missing = "names are blanked, too, once the spaCy model de_core_news_sm is installed"

    assert told(built_abroad(german)) == [f"{done}; {missing}"]
    assert told(built_abroad(f"{english}Die Stadt wurde nicht wieder aufgebaut und ist ein Museum\n")) == []


def test_check_says_nothing_of_foreign_words(program: Program, tmp_path: Path) -> None:
    """In an English file `check` judges the English words, and no word of a foreign line as if it were one."""
    notes = tmp_path / "notes"
    notes.mkdir()
    english = "The volcano destroyed the town in the morning.\nThe people were not told to leave the brnk of it.\n"
    german = "Die Stadt lag ==am== Meer und wurde nach dem Ausbruch nicht wieder aufgebaut.\n"
    (notes / "a.txt").write_text(english + german, encoding="utf-8")

    done = program("check", "notes")

    assert "brnk" in done.out
    assert "“am”" not in done.out


def test_explain_says_the_language(program: Program, tmp_path: Path) -> None:
    """`explain` tells in which language a line was read."""
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.txt").write_text("Der Vulkan zerstörte die Stadt und wurde nicht beobachtet\n", encoding="utf-8")

    done = program("explain", "notes/a.txt")

    assert "(in language “de”)" in done.out
    assert "no card: no blank fits" in done.out
