"""Bytes to text: what is read, what is refused by its name, and never a wrong character."""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crisis_cards.diagnostics import Diagnostic, Severity
from crisis_cards.source.decoding import decoded

WESTERN = {
    "en": "The café on the Île de la Cité was Zoë’s favourite. She said “naïve” – and meant it… Müller’s fee was £5.\n"
    "Kennedy’s advisers weren’t sure; the Führer’s coup d’état had failed, and 20 °C is not 20 °F.",
    "fr": "L’été dernier, les élèves ont su où se cachait le trésor : « c’était déjà là », dit le maître.\n"
    "La guerre s’achève en août ; le château brûle, le cœur de la forêt aussi. Ça coûte 30 €, paraît-il.",
    "de": "Die Straßen wurden größer, über der Brücke hörte man Züge. „Schön“, sagte die Königin – für fünf Tage.\n"
    "Das Gebäude gehörte früher der Universität. Die Überschwemmung von § 5 zerstörte die Häuser.",
    "es": "¿Cuándo empezó la revolución? El año pasado, según él, los niños españoles aún vivían en Guantánamo.\n"
    "¡Qué difícil! El líder murió después de la batalla; su corazón dejó de latir en Bogotá.",
    "it": "La città è più bella perché c’è la libertà. Così l’università aprì le porte; però nessuno può entrare.\n"
    "Il re abdicò nel 1946, e già lunedì la società cambiò. Un po’ di caffè?",
    "pt": "A independência não foi fácil: a nação já tinha três milhões de habitantes. O avô é português, a avó, não.\n"
    "As relações entre os dois países são difíceis; até às eleições há tensão.",
    "nl": "De koning werd geïnterviewd; één van de zeeën is Azië niet. Het coördinaat van België is ’s nachts bekend.\n"
    "Er zijn twee ideeën over de reünie in het café.",
    "da": "Kongen blev født på en ø, og år efter år så han på æblerne. Hæren gik over åen, før søen frøs.\n"
    "København er større end Århus; håbet om frihed døde først.",
    "nb": "Været var kaldt på fjellet, og båten lå ved bryggen. Tæra på foten gjør vondt når snøen er våt.\n"
    "Det største slaget ble utkjempet før påske.",
    "sv": "Kungen återvände från Göteborg med två båtar. Först när isen låg började kriget på Östersjön.\n"
    "Människor från hela världen kom för att se de små öarna.",
    "fi": "Sota päättyi syyskuussa, ja väki palasi hitaasti kylään. Yöllä järvi jäätyi, eikä töitä enää ollut.\n"
    "Hän äänesti ensimmäisenä ja lähti sitten pääkaupunkiin.",
    "ca": "La qüestió és difícil: què va passar després de la guerra? L’església és més antiga que la plaça.\n"
    "El país tenia una col·lecció de llibres; això és veritat.",
}
EASTERN = {
    "cs": "Příliš mnoho lidí už nevěřilo, že válka skončí. Vůdce řekl, že město bude brzy dobyto.\n"
    "Děti chodily do školy pěšky a večer četly knížky. Český král zemřel v červenci.",
    "hu": "A háború végül véget ért, de az ország nehezen tért magához. A király győzött, és a nép örült.\n"
    "Az erdő fűtől zöld, a tűz kialudt. Később új törvényt hoztak.",
    "pl": "Wojna skończyła się w maju, ale ludzie wciąż bali się wracać. Król zażądał złota i wysłał rycerzy.\n"
    "Młody książę był żołnierzem; później została podpisana umowa.",
    "ro": "Războiul s-a terminat, dar oamenii încă aşteptau pace. Regele ştia că ţara nu poate rezista.\n"
    "Bunã ziua se scrie bună ziua; această casă este veche.",
    "hr": "Rat je završio, a ljudi su čekali vlak. Općina je pomoću građana obnovila kuću.\n"
    "Već sljedeće godine počeo je novi život; đaci su učili čitati.",
    "sk": "Vojna sa skončila, no ľudia ešte dlho čakali. Kráľ povedal, že mesto nebude dobyté.\n"
    "Keď deň končí, nič sa nedeje. Späť prišiel len jeden vojak.",
    "sl": "Vojna se je končala, vendar so ljudje še čakali. Noč je bila črna in resnično mrzla.\n"
    "Že naslednje leto so začeli graditi šole.",
}
BALTIC = {
    "lt": "Karas baigėsi, bet žmonės dar ilgai laukė. Šalį valdė karalius, kurį visi gerbė.\n"
    "Maskvą pasiekė žinia apie taikos sutartį; kitą dieną jį išrinko.",
    "lv": "Karš beidzās, bet cilvēki vēl ilgi gaidīja. Zemē bija daudz ūdens, un māte gāja mājās.\n"
    "Nākamajā gadā sākās jauna dzīve; šķita, ka viss būs labi.",
}
TURKISH = {
    "tr": "Savaş bitti ama insanlar hâlâ bekliyordu. Işık söndü; şehir güzeldi, dağlar yeşildi.\n"
    "İlk yıl çok zor geçti, çünkü yağmur yağmadı.",
}
CYRILLIC = {
    "ru": "Война закончилась, но люди ещё долго ждали мира. Хрущёв согласился вывезти ракеты с Кубы.\n"
    "Это был самый опасный момент; все ждали ответа.",
    "bg": "Войната свърши, но хората още чакаха. Царят подписа договора през пролетта.\nТова беше краят на епохата.",
}
OTHERS = {
    "uk": ("Війна закінчилася, але люди ще довго чекали. Її підписали у Києві, й усі раділи.", ("cp1251", "koi8_u")),
    "el": ("Ο πόλεμος τελείωσε, αλλά οι άνθρωποι περίμεναν ακόμη. Η πόλη ήταν όμορφη.", ("cp1253", "iso8859_7")),
    "he": ("המלחמה נגמרה אבל האנשים עוד חיכו לשלום. העיר הייתה יפה מאוד.", ("cp1255", "iso8859_8")),
    "ar": ("انتهت الحرب ولكن الناس ظلوا ينتظرون السلام. كانت المدينة جميلة.", ("cp1256", "iso8859_6")),
    "th": ("สงครามสิ้นสุดลงแล้ว แต่ผู้คนยังรอคอยสันติภาพ", ("cp874",)),
    "ja": (
        "戦争は終わったが、人々はまだ平和を待っていた。キューバ危機は十三日間続いた。",
        ("cp932", "euc_jp", "iso2022_jp"),
    ),
    "ko": (
        "전쟁은 끝났지만 사람들은 아직 평화를 기다리고 있었다. 쿠바 위기는 열사흘 동안 이어졌다.",
        ("euc_kr", "cp949"),
    ),
    "zh": ("战争结束了，但是人们还在等待和平。古巴导弹危机持续了十三天。", ("gbk", "gb18030")),
    "zh-tw": ("戰爭結束了，但是人們還在等待和平。古巴飛彈危機持續了十三天。", ("big5",)),
    "vi": ("Chiến tranh kết thúc, nhưng người dân vẫn chờ đợi hòa bình.", ("cp1258",)),
}
NAMES = {
    "cp932": "shift_jis",
    "euc_jp": "euc-jp",
    "iso2022_jp": "iso-2022-jp",
    "euc_kr": "euc-kr",
    "cp949": "euc-kr",
    "gbk": "gbk",
    "gb18030": "gbk",
    "big5": "big5",
    "cp1251": "windows-1251",
    "koi8_r": "koi8-r",
    "koi8_u": "koi8-r",
    "cp866": "cp866",
    "cp1253": "windows-1253",
    "cp1255": "windows-1255",
    "cp1256": "windows-1256",
    "cp874": "windows-874",
    "cp1250": "windows-1250",
    "cp1257": "windows-1257",
    "cp1254": "windows-1254",
    "mac_roman": "mac roman",
}

LATIN_CODECS = (
    "cp1250",
    "iso8859_2",
    "cp852",
    "cp1257",
    "iso8859_4",
    "iso8859_13",
    "cp1254",
    "mac_latin2",
    "iso8859_16",
)


SIMPLER = str.maketrans({"’": "'", "“": '"', "”": '"', "„": '"', "–": "-", "…": "...", "€": "EUR"})


def bytes_of(text: str, codec: str) -> bytes | None:
    """A text in an encoding, with simpler signs where it has not those of the text; None if it has not its letters."""
    for said in (text, text.translate(SIMPLER)):
        with suppress(UnicodeEncodeError):
            return said.encode(codec)
    return None


def pieces(text: str) -> list[str]:
    """A text, each of its lines, its sentences, and each of its words that is not ASCII, alone."""
    sentences = re.split(r"(?<=[.?!;:])\s+", text)
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    return list(dict.fromkeys([text, *text.split("\n"), *sentences, *words]))


def one(text: str | None, told: tuple[Diagnostic, ...]) -> Diagnostic:
    """The one error of what was refused."""
    (found,) = told
    assert text is None
    assert found.severity is Severity.ERROR
    return found


def is_read_right(raw: bytes, meant: str) -> bool:
    """Whether bytes are read; raises AssertionError if they are read as anything but what was meant."""
    text, told = decoded("a.txt", raw)
    assert text in (None, meant)
    assert [each.rule for each in told] == (["not-utf8"] if text is None else ["encoding"])
    return text is not None


@pytest.mark.parametrize("language", WESTERN)
@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_western_text_is_read(language: str, codec: str) -> None:
    """A text of two lines in a Western language, and each of its lines, is read with one warning."""
    read = []
    for text in (WESTERN[language], *WESTERN[language].split("\n")):
        raw = bytes_of(text, codec)
        if raw is not None:
            read.append(is_read_right(raw, raw.decode(codec)))

    assert read
    assert all(read)


@pytest.mark.parametrize(
    "said",
    [
        "Castro’s answer",
        "Kennedy said “no”",
        "It was 1962–63",
        "the blockade – or quarantine – began",
        "café",
        "Zoë met José in Málaga",
        "He asked for £5 and 20 € at 30 °C",
        "and so on…",
        "Don’t panic",
        "26\xa0Oct was the worst day of the crisis",
        "• the first point\n• the second point",
    ],
)
def test_single_sign_in_english(said: str) -> None:
    """English with no more than a typographic sign or a loan word is read as what it is."""
    assert is_read_right(said.encode("cp1252"), said)


def test_warning_is_one_and_names_the_place() -> None:
    """What is read as Windows-1252 has one warning, at the line of its first byte that is not ASCII."""
    text, told = decoded("a.txt", "one\r\ntwo cafés\r\nL’été\r\n".encode("cp1252"))

    assert text == "one\ntwo cafés\nL’été\n"
    assert [str(each) for each in told] == ["a.txt:2: warning[encoding] read as windows-1252; save the file as utf-8"]


FOREIGN = [
    *product(EASTERN.items(), ("cp1250", "iso8859_2", "cp852", "mac_latin2", "iso8859_16")),
    *product(BALTIC.items(), ("cp1257", "iso8859_4", "iso8859_13")),
    *product(TURKISH.items(), ("cp1254", "iso8859_3", "cp857")),
    *product(CYRILLIC.items(), ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic")),
    *product(WESTERN.items(), ("mac_roman", "cp437", "cp850", "iso8859_15", "cp860", "cp865", "cp1250", "cp1257")),
    *((((language, text), codec)) for language, (text, codecs) in OTHERS.items() for codec in codecs),
]


@pytest.mark.parametrize(("said", "codec"), [pytest.param(*each, id=f"{each[0][0]} {each[1]}") for each in FOREIGN])
def test_never_a_wrong_character(said: tuple[str, str], codec: str) -> None:
    """Texts, lines and words in other encodings are refused, or read as just what they were."""
    for piece in pieces(said[1]):
        raw = bytes_of(piece, codec)
        if raw is not None and not raw.isascii():
            is_read_right(raw, raw.decode(codec))


NAMED = [
    *(((text, codec)) for text, codec in product(EASTERN.values(), ("cp1250",)) if bytes_of(text, codec)),
    *product(CYRILLIC.values(), ("cp1251", "koi8_r", "cp866")),
    *product(BALTIC.values(), ("cp1257",)),
    *product(TURKISH.values(), ("cp1254",)),
    *((text, codec) for text, codecs in OTHERS.values() for codec in codecs if codec in NAMES),
    *product((WESTERN[each] for each in ("fr", "de", "es", "it", "sv")), ("mac_roman",)),
]


@pytest.mark.parametrize(("text", "codec"), [pytest.param(*each, id=f"{each[1]} {each[0][:9]}") for each in NAMED])
def test_refused_by_name(text: str, codec: str) -> None:
    """A text of some lines in another encoding is refused by its name, with the first byte and its place."""
    raw = bytes_of(text, codec)
    assert raw is not None
    try:
        raw.decode()
        at = raw.index(b"\x1b")
    except UnicodeDecodeError as error:
        at = error.start

    found = one(*decoded("a.txt", b"#\n" + raw))

    place = f"byte 0x{raw[at]:02x} at offset {at + 2}"
    assert found.message == f"looks like {NAMES[codec]}: {place}; save the file as utf-8"
    assert found.rule == "not-utf8"


def test_doubt_is_said() -> None:
    """A word that may be in two encodings is refused with both names."""
    found = one(*decoded("a.txt", "città".encode("cp1252")))

    assert re.match(
        r"looks like windows-1252 or [\w -]+: byte 0xe0 at offset 4; save the file as utf-8$", found.message
    )


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("Es war’s\n".encode("utf-16-le"), "looks like utf-16 without a byte order mark: byte 0x00 at offset 1"),
        ("Es war’s\n".encode("utf-16-be"), "looks like utf-16 without a byte order mark: byte 0x00 at offset 0"),
        (
            "A question of peace".encode("utf-32-le"),
            "looks like utf-32 without a byte order mark: byte 0x00 at offset 1",
        ),
        ("peace".encode("utf-32"), "looks like utf-32: byte 0xff at offset 0"),
        ("naïve – and more".encode("utf-7"), "looks like utf-7: byte 0x2b at offset 2"),
        ("戦争".encode("iso2022_jp"), "looks like iso-2022-jp: byte 0x1b at offset 0"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "byte 0x00 at offset 8: a file of notes is plain text"),
        (b"Kuba\0", "byte 0x00 at offset 4: a file of notes is plain text"),
    ],
)
def test_refused_whatever_is_in_it(raw: bytes, said: str) -> None:
    """UTF-16 and UTF-32 without a mark, encodings of seven bits, and what is no text are refused by name."""
    assert one(*decoded("a.txt", raw)).message.startswith(said)


@pytest.mark.parametrize("plain", ["C+ABC-D", "1+1-", "a+b-c", "+more-less", "x +and- y", "A+++ and B---", "~{x~}"])
def test_ascii_with_a_plus(plain: str) -> None:
    """Signs that UTF-7 uses are signs in a text that only has some of them."""
    assert decoded("a.txt", plain.encode()) == (plain, ())


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16-le", "utf-16-be"])
def test_byte_order_marks(codec: str) -> None:
    """A mark says what a file is, and is no character of it."""
    text = "é 危 😀\r\nzwei\rdrei\n"
    mark = "\ufeff" if codec.startswith("utf-16") else ""

    assert decoded("a.txt", (mark + text).encode(codec)) == ("é 危 😀\nzwei\ndrei\n", ())


@pytest.mark.parametrize("raw", ["a\nb\nxy".encode("utf-16") + b"\0", "a\nb\nc".encode("utf-16") + b"\x00\xd8"])
def test_utf16_that_breaks_off(raw: bytes) -> None:
    """Half a character at the end of UTF-16 is told with its place."""
    found = one(*decoded("a.txt", raw))

    assert re.match(r"byte 0x00 at offset \d+ breaks off utf-16; save the file as utf-8$", found.message)
    assert found.span.first == 3


@pytest.mark.parametrize(
    "raw",
    [
        "Castro’s “no” was naïve – and Fidel’s".encode()[:-1] + b"\xe2\x80",
        "Castro’s brother; café".encode() + b" caf\xe9",
        "une école à découvrir".encode() + "\nun été là\n".encode("cp1252"),
        "Die Brücke über".encode()[:-3] + b"\xff" + "größer".encode(),
    ],
)
def test_utf8_that_is_broken(raw: bytes) -> None:
    """UTF-8 with a few wrong bytes is refused with the place of the first, and is not read as another encoding."""
    found = one(*decoded("a.txt", raw))

    assert re.match(r"byte 0x\w\w at offset \d+ is not utf-8, which the rest is; mend it and save ", found.message)


@pytest.mark.parametrize("text", [*WESTERN.values(), *EASTERN.values(), *(text for text, _ in OTHERS.values())])
def test_utf8_cut_anywhere(text: str) -> None:
    """UTF-8 that is cut off within a character is never read as another encoding."""
    raw = text.encode()
    for end in range(1, len(raw)):
        read, told = decoded("a.txt", raw[:end])
        assert (read is None) == bool(told)
        assert read is None or text.startswith(read)


def test_mojibake_is_not_made() -> None:
    """UTF-8 that was once taken for Windows-1252 is what it is; with one broken byte it is still not read as that."""
    assert one(*decoded("a.txt", "naÃ¯ve â€“ and ".encode("cp1252") + b"\xc3")).rule == "not-utf8"
    for word in ("naïve", "Straße", "“no”", "–", "à la", "Ça va", "Èze", "50 €"):
        for other in (b"\xe9t\xe9", b"caf\xe9 caf\xe9s d\xe9j\xe0 vu"):
            text, _ = decoded("a.txt", word.encode() + b" the " + other)
            assert text is None


@given(st.binary(max_size=80))
def test_any_bytes(raw: bytes) -> None:
    """Whatever the bytes, there is a text or an error, and a text has no mark, no NUL and no carriage return."""
    text, told = decoded("a.txt", raw)

    assert (text is None) == any(each.severity is Severity.ERROR for each in told)
    assert text is None or not re.search("[\0\r]", text)
    assert text is None or not told or text == re.sub("\r\n|\r", "\n", raw.decode("cp1252"))


@given(st.text())
def test_any_text_in_utf8(text: str) -> None:
    """UTF-8 without NUL and escapes of other encodings is read as it is, but for line ends and its mark."""
    if "\0" in text or "\x1b" in text or re.search(r"\+[A-Za-z0-9/]{3,}-", text):
        return
    read, told = decoded("a.txt", text.encode("utf-8", "surrogatepass"))
    if told:
        assert any("\ud800" <= each <= "\udfff" for each in text)
    elif not text.startswith("\ufeff"):
        assert read == re.sub("\r\n|\r", "\n", text)
