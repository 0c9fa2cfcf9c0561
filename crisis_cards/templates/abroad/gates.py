"""What keeps a card of another language out: the same failures as of English ones, seen without any grammar."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from crisis_cards.model import Card, Cloze
from crisis_cards.templates.abroad.generic import GENERIC
from crisis_cards.templates.abroad.measure import length, telling
from crisis_cards.templates.familiar import Familiar
from crisis_cards.templates.gates import familiar, skipped
from crisis_cards.templates.given_away import what_is_given
from crisis_cards.tongues import SMALL_FOREIGN
from crisis_cards.wording import answer, blanks, prompt

MAX_WORDS, MAX_PROMPT_WORDS = 12, 35
MIN_TELLING = 2
MIN_LONE = 6  # letters: a date's only other word names what happened then
MAX_SIGNS = 0.05  # of the characters

# Who or what these are, only another line says.
POINTING = {
    "de": "er sie es dies diese dieser dieses damit dadurch dort",
    "fr": "il elle ils elles cela ceci cette celui celle ça",
    "es": "él ella ellos ellas esto esta este eso ese esa",
    "it": "lui lei loro egli essa essi questo questa ciò",
    "pt": "ele ela eles elas isto isso este esta esse essa",
    "nl": "hij zij ze deze dit dat",
    "sv": "han hon de detta denna",
    "da": "han hun de dette denne",
    "no": "han hun de dette denne",
    "pl": "on ona oni to ten ta te jego jej",
    "cs": "on ona oni to ten ta jeho její",
    "tr": "o bu şu onlar",
    "ru": "он она оно они это этот эта эти его её",
    "uk": "він вона вони це цей ця",
    "ko": "그 그는 그녀는 그들은 이것은 그것은",
    "ar": "هو هي هم هذا هذه",
    "he": "הוא היא הם זה זאת",
}
_SIGNS = {
    "ja": re.compile(r"彼|これ|それ|この|その|ここ"),
    "zh": re.compile(r"他|她|它|这|那|此"),
    "th": re.compile(r"เขา|เธอ|มัน"),
}
FEW = 2  # words at the beginning that may point

Gate = Callable[[Card, Familiar], str]


def given_away(card: Card, _: Familiar) -> str:
    """The answer stands on the front in some form."""
    said = answer(card.wording)
    shown = "\n".join((*card.wording.topic[1:], *card.wording.context, prompt(card.wording)))
    given = what_is_given(card) or ({said} if said.casefold() in shown.casefold() else frozenset())
    return f"the front shows “{', '.join(sorted(given))}”" if given else ""


def asking(card: Card, _: Familiar) -> str:
    """A line that asks states nothing."""
    text = card.fact.text.rstrip(" )")
    return "it asks, and says nothing" if card.template != "cell" and text.endswith(("?", "？", "؟", ";")) else ""


def announcing(card: Card, _: Familiar) -> str:
    """A line that ends with a colon says something only with the lines below it."""
    is_blank = card.template in {"date", "number", "name", "quoted", "emphasised"}
    return "it announces what is below it" if is_blank and card.fact.text.rstrip().endswith((":", "：")) else ""


def trivial(card: Card, _: Familiar) -> str:
    """A word that any line may have is no answer."""
    words = answer(card.wording).strip(" .,:：")
    said = words.casefold()
    if card.fact.language == "de" and card.template == "emphasised" and words.islower() and " " not in words:
        return "the answer is no noun"
    return "the answer says nothing by itself" if said in GENERIC or said in SMALL_FOREIGN else ""


def pointing(card: Card, _: Familiar) -> str:
    """It begins with a word that only another line explains."""
    language, text = card.fact.language, card.fact.text
    known = POINTING.get(language, "").split()
    word = next((word for word in re.findall(r"\w+", text.casefold())[:FEW] if word in known), "")
    sign = _SIGNS[language].match(text) if language in _SIGNS else None
    is_blank = card.template in {"date", "number", "name", "quoted", "emphasised"}
    found = word or (sign[0] if sign is not None else "")
    return f"who or what “{found}” is, another line says" if is_blank and found else ""


def symbolic(card: Card, _: Familiar) -> str:
    """Code and formulas: a blank of a word or a number in them asks for a letter of a spelling."""
    text = re.sub(r"[%<>≤≥~°£$€¥↑↓→|]", "", card.fact.text)
    signs = sum(unicodedata.category(sign) in {"Sm", "Sc", "Sk", "So"} or sign in "\\_{}#*/@`" for sign in text)
    is_blank = card.template in {"number", "name", "date", "quoted", "label"}
    return "the line is a formula or code" if is_blank and signs > MAX_SIGNS * len(text) else ""


def aside(card: Card, _: Familiar) -> str:
    """What stands in brackets is said by the way."""
    before = card.wording.text[: blanks(card.wording)[0].start] if isinstance(card.wording, Cloze) else ""
    is_open = any(before.count(opening) > before.count(closing) for opening, closing in ("()", "（）", "[]"))
    return "it is said by the way, in brackets" if card.template in {"name", "number"} and is_open else ""


def long_answer(card: Card, _: Familiar) -> str:
    """Too long to grade oneself on."""
    words = length(answer(card.wording))
    return f"the answer has {words} words; {MAX_WORDS} is the most" if words > MAX_WORDS else ""


def long_prompt(card: Card, _: Familiar) -> str:
    """Too long to read every time."""
    words = length(prompt(card.wording))
    return f"the prompt has {words} words; {MAX_PROMPT_WORDS} is the most" if words > MAX_PROMPT_WORDS else ""


def thin(card: Card, _: Familiar) -> str:
    """So little on the front that much else would fit."""
    if card.template in {"cell", "label", "formula"}:
        return ""
    text = "\n".join((*card.wording.context, prompt(card.wording)))
    names_it = card.template == "date" and max(map(len, re.findall(r"[^\W\d_]+", text)), default=0) >= MIN_LONE
    words = telling(text)
    return "" if names_it or words >= MIN_TELLING else f"too little on the front to tell: {words} words"


def dangling(card: Card, _: Familiar) -> str:
    """Half of a pair of brackets or quotation marks is left on a side."""
    said = answer(card.wording)
    halves = any(
        said.count(pair[0]) != said.count(pair[1])
        for pair in ("()", "[]", "（）", "«»", "「」", "“”")
        if pair[0] != pair[1]
    )
    return "half of a pair of brackets or quotes is left" if halves or said.count('"') % 2 else ""


GATES_ABROAD: tuple[Gate, ...] = (
    skipped,
    asking,
    announcing,
    trivial,
    pointing,
    aside,
    symbolic,
    given_away,
    familiar,
    long_answer,
    long_prompt,
    thin,
    dangling,
)
