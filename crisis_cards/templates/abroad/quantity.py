"""number: what counts or measures is blanked: a number before a unit, or before the word for what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crisis_cards.dates import date_in
from crisis_cards.model import Card, Fact
from crisis_cards.templates.framing import cloze

_PLAIN = r"(?:\d{1,3}(?:[.,  '’]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)"
_TIMES = (
    r"(?:\s?(?:Mio|Mrd|Tsd|mln|mld|tys|млн|млрд|тыс)(?!\w)\.?|\s?[万萬億亿兆千百만억]+|\s(?:Million(?:en)?|Milliarden?"
    r"|Tausend|tausend|mille|millions?|milliards?|mil|millón|millones|milioni?|milione|miliardi|milhão|milhões|bilhões"
    r"|miljoen|miljard|miljoner|miljarder|milion(?:y|ów)?|miliard(?:y|ów)?|миллион\w*|миллиард\w*|тысяч\w*|مليون|مليار|ألف|מיליון|מיליארד|אלף|ล้าน|พัน)(?!\w))"
)
_NUMBER = re.compile(
    rf"(?<![A-Za-zÀ-ÿА-я0-9.,/:§#^_=+*-])(?P<number>{_PLAIN}(?:\s?[-–—]\s?{_PLAIN})?)(?P<times>{_TIMES}?)(?![\w.,]*\d)",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s?(?:[%‰°€$£¥％]|(?:[kcdmµn]?m|[km]?g|[mcd]?l|[kMG]?(?:Hz|W|V|J|Pa|B|Wh)|ha|t|h|min|mol|bar|kcal|km/h|PS)[²³]?(?![A-Za-zÀ-ÿА-я0-9]))"
)
_COUNTED = re.compile(r"\s(?:de\s|d['’])?[^\W\d_]{3,}")
_COUNTER = re.compile(
    r"(?:人|名|個|个|本|台|隻|只|艘|歳|岁|年間|年间|年|キロ|メートル|円|元|座|国|國|種|种|倍|回|次|度|票|명|개|년간|원|대|척|배)"
)
_NAMED = re.compile(r"(?:[^\W\d_]\.|[^\W\d_]{2,})\s$")
_YEAR = re.compile(r"1\d{3}|20\d{2}")
_THOUSANDS = re.compile(r"\d[.,\s’']\d{3}")
MIN_DIGITS = 2


def quantity(fact: Fact) -> Iterator[Card]:
    """One blank for each number that counts or measures; a range is one number."""
    taken = [match.span() for match in date_in(fact.language).finditer(fact.text) if not match[0].isdigit()]
    for match in _NUMBER.finditer(fact.text):
        start, end = match.start(), match.end()
        if any(first < end and start < last for first, last in taken) or not _counts(fact.text, match):
            continue
        card = cloze(fact, "number", start, end)
        if card is not None:
            yield card


def _counts(text: str, match: re.Match[str]) -> bool:
    """Whether a number has a unit or a word for what it counts, and is no part of a name and no number of a list."""
    if _UNIT.match(text, match.end()) or _COUNTER.match(text, match.end()) or match["times"]:
        return True
    said = match["number"]
    if _THOUSANDS.search(said) and _COUNTED.match(text, match.end()):
        return True
    before = _NAMED.search(text[: match.start()])
    is_named = before is not None and (before[0][0].isupper() or before[0].endswith(". "))
    is_small = sum(sign.isdigit() for sign in said) < MIN_DIGITS
    is_counting = _COUNTED.match(text, match.end()) is not None and not is_small
    return is_counting and not is_named and match.start() > 0 and _YEAR.fullmatch(said) is None
