"""In which languages a word with accents could be written: what stands between which letters in which of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

CONTEXTS = Path(__file__).with_name("contexts.txt")

# Short words of each language that are in few others and have no accent: which of them a text is in, if in any.
SMALL_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "ca": "amb els les i dels una pel per del al va que aquest",
        "cs": "a se na je v do ale jako nebo pro bylo byl za od jeho ve po roku",
        "da": "og i det at en er som til af der med den ikke har et blev",
        "de": "der die und das ist von den mit ein eine zu im nicht sich auf dem des wurde war",
        "en": "the of and to in was is that it he for on as with his by at from not are but had were they i we you",
        "es": "el la los las de que y en un una por con del se su para no fue",
        "fi": "ja on ei se oli joka mutta kuin hän ovat sen tai niin",
        "fr": "le la les de des et un une est dans en du que qui au pour par sur pas il se ce ne",
        "hu": "a az egy nem hogy van volt meg csak ez ki el de is",
        "it": "il la di che un una per non del della in sono con al lo gli si da le nel fu",
        "lt": "ir yra kad bet su ne nuo per tai jis jo po kaip",
        "lv": "un ir ka no ar uz bet par vai tas pie kas",
        "nb": "og i det er en som til av med for ikke har et ble den",
        "nl": "de het een van en in is dat op te met voor zijn niet werd door aan",
        "pl": "i w na z do jest nie to od po za jak o co przez",
        "pt": "o a os as de que e do da em um uma para com no na por foi se",
        "ro": "de la cu nu o din pe este un care ce ale lui",
        "sh": "i u na je se da za od su koji bio nije ali",
        "sk": "a sa na je v do ale ako alebo pre bolo bol za od jeho vo po roku",
        "sl": "in je na v se za da so pri kot ki iz bil po ni",
        "sv": "och att det som en av den med till var inte ett har blev",
        "tr": "ve bir bu da de ile ne o mi olan gibi daha",
    }.items()
}

# Words of one letter, which would fit anywhere.
SINGLE = {"ca": "àèéíòóú", "da": "åøæ", "fr": "à", "it": "èòà", "nb": "åøæ", "pt": "àáéóèô", "sv": "åö", "es": "áéóú"}

# Words of two letters, for which their letters' neighbours say too little: Δt is no word of theirs, whatever its bytes.
PAIRS = frozenset(
    "çà ça dû là né où sû él mí sé sí té tú dé dà dì lì sì tè vê lê nó pé fé cá lá má já há às aí "
    "på så gå få då nå må lå år ås åt åk öl ön ör är än øl øy ør ål æg ær yö jä és bé ús ós mà".split()
)

_WORD = re.compile(r"[^\W\d_]+")
_CONTRACTION = re.compile(
    r"[nN]’[tT]\b|’(?:re|ve|ll|m)\b|[^\W\d_]{5}’s\b|[A-Z]’s\b"
    r"|\b(?i:it|he|she|that|what|let|who|there|here|year|man|men)’s\b"
)


@cache
def contexts(encoding: str) -> dict[str, frozenset[str]]:
    """For each language that was written in an encoding of Windows, its letters with the one before and after."""
    found: dict[str, set[str]] = {}
    for line in CONTEXTS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        own, language, letter, *around = line.split()
        if own == encoding:
            triples = (f"{each[0]}{letter}{after}" for each in around for after in each[1:])
            found.setdefault(language, set()).update(triples)
    return {language: frozenset(triples) for language, triples in found.items()}


def languages_of(word: str, encoding: str) -> frozenset[str]:
    """The languages of an encoding in which a word with accents could be written; it is in small letters."""
    if len(word) == 1:
        found = SINGLE if encoding == "1252" else {}
        return frozenset(language for language, letters in found.items() if word in letters)
    if len(word) == len("né") and encoding == "1252" and word not in PAIRS:
        return frozenset()
    padded = f".{word}."
    triples = [padded[at - 1 : at + 2] for at in range(1, len(padded) - 1) if not padded[at].isascii()]
    return frozenset(
        language for language, known in contexts(encoding).items() if all(each in known for each in triples)
    )


def votes(text: str) -> dict[str, int]:
    """For each language, how many short words of a text are its own; a contraction is as good as two, for English."""
    counted: dict[str, int] = dict.fromkeys(SMALL_WORDS, 0)
    for word in _WORD.findall(text.lower()):
        for language in _LANGUAGES.get(word, ()):
            counted[language] += 1
    counted["en"] += 2 * sum(1 for _ in _CONTRACTION.finditer(text))
    return counted


def most(counted: dict[str, int], languages: Iterable[str]) -> int:
    """The most votes that one of some languages has."""
    return max((counted.get(language, 0) for language in languages), default=0)


def _by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for language, words in SMALL_WORDS.items():
        for word in words:
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


_LANGUAGES = _by_word()
