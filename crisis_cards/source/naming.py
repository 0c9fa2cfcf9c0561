"""By its name, what a text is in that is neither UTF-8 nor Western: the encoding that makes the best words of it."""

from __future__ import annotations

import re

from crisis_cards.source.letters import languages_of

SAMPLE = 50_000
"""Bytes around the first that is no UTF-8; enough to tell."""

MIN_LIKENESS = 0.45
"""Of what is decoded, the part that must look like a language for its encoding to be named."""

# The small letters of each language by how often they are written, or its frequent signs.
_CYRILLIC = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґў"
_GREEK = "αοιετσνηυρπκλμςωγδθχφβξζψάέήίόύώϊϋ"
_HEBREW = "יוהלאמרתבשנכדקפעחגםצטסןזךףץ"
_ARABIC = "اليمنوترعدسبفهكقحجةصذشطخىأإءئؤضظغثپچژگ"
_THAI = "านรอกเงมยลวดทสตะปบคหแจพชขใไโผถ่้ัิีืุู์ำ"
_HANGUL = "이다는을의에가고하지로한은기사리자인도를아대서어나정으스시전해수일부그제주니안보장원"
_SIMPLIFIED = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里战争"
_TRADITIONAL = (
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡戰爭"
)

_SCRIPTS = (
    ("shift_jis", "cp932", ""),
    ("euc-jp", "euc_jp", ""),
    ("euc-kr", "cp949", _HANGUL),
    ("gbk", "gb18030", _SIMPLIFIED),
    ("big5", "big5", _TRADITIONAL),
    ("windows-1251", "cp1251", _CYRILLIC),
    ("koi8-r", "koi8_u", _CYRILLIC),
    ("cp866", "cp866", _CYRILLIC),
    ("iso-8859-5", "iso8859_5", _CYRILLIC),
    ("mac cyrillic", "mac_cyrillic", _CYRILLIC),
    ("windows-1253", "cp1253", _GREEK),
    ("windows-1255", "cp1255", _HEBREW),
    ("windows-1256", "cp1256", _ARABIC),
    ("windows-874", "cp874", _THAI),
)
_LATIN = (
    ("windows-1250", "cp1250", "1250"),
    ("iso-8859-2", "iso8859_2", "1250"),
    ("windows-1254", "cp1254", "1254"),
    ("windows-1257", "cp1257", "1257"),
    ("mac roman", "mac_roman", "1252"),
    ("cp437", "cp437", "1252"),
    ("cp850", "cp850", "1252"),
    ("cp852", "cp852", "1250"),
    ("iso-8859-15", "iso8859_15", "1252"),
)
_WORD = re.compile(r"[^\W\d_]+")
_ITS_OWN = re.compile(rb"[\xa4\xa6\xa8\xb4\xb8\xbc-\xbe]")  # what Latin-9 has and Latin-1 has not
_ISO_2022 = re.compile(rb"\x1b(?:\$[@AB]|\$\([A-G]|\([BIJ]|\$\)C)")
_ASCII = re.compile(r"[A-Za-z]")
_COMMON = 20
_MIN_COMMON = 0.1


def escapes(raw: bytes) -> tuple[str, int] | None:
    """The name of an encoding that says everything in seven bits, and where it first does; None if it is none."""
    found = _ISO_2022.search(raw)
    if found is None:
        return None
    return ("iso-2022-kr" if found[0].endswith(b"C") else "iso-2022-jp"), found.start()


def likely_name(raw: bytes, at: int) -> str:
    """The name of the encoding that the bytes around `at` are probably in; empty if none is likely."""
    start = raw.rfind(b"\n", 0, max(at - SAMPLE // 2, 0)) + 1
    sample = raw[start : start + SAMPLE]
    end = sample.rfind(b"\n")
    sample = sample[:end] if len(sample) == SAMPLE and end > 0 else sample
    found = [(_likeness(sample, codec, letters), name) for name, codec, letters in _SCRIPTS]
    found += [(_latin_likeness(sample, codec, encoding), name) for name, codec, encoding in _LATIN]
    best, name = max(found, key=lambda each: each[0])
    return name if best >= MIN_LIKENESS else ""


def _likeness(raw: bytes, codec: str, letters: str) -> float:
    """How much of what is not ASCII is written as a language with these letters writes."""
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        return 0.0
    said = [each for each in text if not each.isascii() and not each.isspace()]
    if not said:
        return 0.0
    if not letters:
        kana = sum(1 for each in said if "\u3041" <= each <= "\u30fe")
        fits = sum(1 for each in said if "\u3000" <= each <= "\u9fff" or "\uff01" <= each <= "\uff5e")
        return fits / len(said) if kana >= len(said) / 4 else 0.0
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    mixed = sum(1 for word in words if _ASCII.search(word))
    if mixed * 4 > len(words):
        return 0.0
    common = sum(1 for each in said if each in letters)
    if len(letters) > 40 and codec in {"cp949", "gb18030", "big5"}:  # noqa: PLR2004
        block = ("\uac00", "\ud7a3") if codec == "cp949" else ("\u4e00", "\u9fff")
        fits = sum(
            1
            for each in said
            if block[0] <= each <= block[1] or "\u3000" <= each <= "\u303f" or each in "，。：；？！（）"
        )
        return 0.9 * fits / len(said) if common >= _MIN_COMMON * len(said) else 0.3 * fits / len(said)
    frequent = sum(1 for each in said if each in letters[:_COMMON])
    capitals = sum(1 for word in _WORD.findall(text) for each in word[:1] if each.lower() in letters and each.isupper())
    return (0.6 * frequent + 0.4 * common + 0.8 * capitals) / len(said)


def _latin_likeness(raw: bytes, codec: str, encoding: str) -> float:
    """How many of the words with accents are those of one language that was written in an encoding."""
    try:
        text = raw.decode(codec)
    except UnicodeDecodeError:
        return 0.0
    if codec.startswith("iso8859") and any("\x80" <= each < "\xa0" for each in text):
        return 0.0
    if codec == "iso8859_15" and not _ITS_OWN.search(raw):
        return 0.0
    words = {word for word in _WORD.findall(text) if not word.isascii()}
    odd = sum(
        1 for each in text if not each.isascii() and not each.isalpha() and each not in "“”‘’„–—…«»°§€£ºª\xa0¿¡ßµ"
    )
    counted: dict[str, int] = {}
    for word in words:
        if word.isupper() or not any(each.isupper() for each in word[1:]):
            for language in languages_of(word.lower(), encoding):
                counted[language] = counted.get(language, 0) + 1
    return 0.95 * max(counted.values(), default=0) / (len(words) + odd) if words else 0.0
