"""Where the typographic signs of Windows-1252 stand in a Western text."""

from __future__ import annotations

import re
from enum import Enum


class Standing(Enum):
    """How a sign stands: as such signs do, oddly, or as none ever does."""

    WELL = 1
    ODDLY = 2
    NEVER = 3


# What may stand between two letters without more ado, and what is looked at there.
_PARTING = frozenset("\xa0\xad·…‘’–—“”")
_OPENING = frozenset("“„‘‚«‹")
_QUOTES = frozenset("“”„«»‹›")
_SPACED = frozenset("•†‡")

_LAST_WORD = re.compile(r"[^\W\d_]*\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]*")
_SUFFIXES = frozenset("s t re ve ll d m am er all clock em n".split())
_CLIPPED = frozenset("til em cause bout s t n twas tis k".split())
_ELIDED = frozenset(
    "l d j m t s c n qu jusqu lorsqu puisqu quoiqu quelqu presqu aujourd entr prud grand "
    "dell nell sull all dall coll un quest quell com dov tutt sant mezz bell anch neanch nient".split()
)
_AFTER_ELIDED = frozenset("un on il ils y en a ai au aux ou or an eau est été è é era ha ho".split())
_MIN_ELIDED, _MIN_DASHED = 3, 4
_POWERS = re.compile(r"(?:\d|\)|(?<![^\W_])(?:[kcdmnµ]?m|[^\W\d_]|ft|in|yd|mc|πr))\Z")
_UNITS = re.compile(r"(?:[gmlsLAFVWMNJ]|mol|rad|bar)\b")
_NUMERO = re.compile(r"(?:\d|\b[nNdDmMsS]|\s|^)\Z")


def stands_well(before: str, sign: str, after: str, *, is_english: bool = False) -> Standing:
    """How a sign stands between what is `before` and what is `after` it; each as far as a word goes.

    `is_english`: whether the text around is surely English.
    """
    left, right = before[-1:] or "\n", after[:1] or "\n"
    is_between = left.isalpha() and right.isalpha()
    if is_between and sign not in _PARTING and not (sign in "×÷±" and _are_single(before, after)):
        return Standing.NEVER
    return Standing.WELL if _is_well(before, sign, after, is_english=is_english) else Standing.ODDLY


def _is_well(before: str, sign: str, after: str, *, is_english: bool) -> bool:
    left, right = before[-1:] or "\n", after[:1] or "\n"
    is_between = left.isalpha() and right.isalpha()
    if sign == "\xad":
        return is_between
    if sign == "\xa0":
        return is_english or not left.isalpha() or not (right.isalpha() or right.isspace())
    if sign in "’‘":
        return _is_apostrophe(before, sign, after) or (is_between and is_english)
    if sign in _QUOTES or sign == "‚":
        if is_between or (left.isspace() and right.isspace() and sign not in "«»"):
            return False
        return not (sign in _OPENING - {"“"} and left.isalnum())
    if sign in "–—":
        return is_english or _is_dash(before, after)
    if sign == "…":
        return not is_between
    if sign in "£€¥¢":
        is_by_number = bool(re.search(r"\d\s?\Z", before) or re.match(r"\s?\d", after))
        return is_by_number or not (left.isalpha() or right.isalpha())
    if sign in "°ºª":
        return bool(_NUMERO.search(before)) and not (right.isalpha() and right not in "CFK")
    if sign in "²³¹":
        return bool(_POWERS.search(before)) and not right.isalpha()
    if sign in "×÷±¬":
        return _are_single(before, after) or not (left.isalpha() or right.isalpha())
    if sign == "µ":
        return not left.isalpha() and bool(_UNITS.match(after))
    if sign in "¿¡":
        return not left.isalnum() and not right.isspace()
    if sign in "®™":
        return not right.isalpha() and left.isalnum() and left.isascii()
    if sign == "©":
        return not left.isalpha() and not right.islower()
    if sign in "§¶":
        return not left.isalpha() and not right.isalpha()
    if sign == "·":
        return not is_between or (left in "lL" and right in "lL")
    return sign in _SPACED | frozenset("½¼¾‰") and not left.isalpha() and not (right.isalpha() and sign in "½¼¾‰")


def _is_apostrophe(before: str, sign: str, after: str) -> bool:
    """Whether ’ or ‘ is an apostrophe or a quotation mark."""
    word, rest = _last(before), _first(after)
    if not word and not rest:
        return bool(before[-1:].strip() or after[:1].strip())
    if not word:
        is_opening = sign == "‘" and not before[-1:].isalnum()
        return is_opening or rest.lower() in _CLIPPED or before[-1:].isdigit() or not before[-1:].isalnum()
    if sign == "‘":
        return not rest and "‚" in before
    if not rest:
        is_closing = "‘" in before or "‚" in before
        return is_closing or word[-1] in "szxSZX" or word.lower().endswith("in") or word.lower() == "po"
    if rest.lower() in _SUFFIXES:
        return rest.lower() != "t" or word[-1] in "nN"
    if word.lower() in _ELIDED and rest[0].lower() in "aeiouyhàâæéèêëîïôœùûáíóú":
        return len(rest) >= _MIN_ELIDED or rest[0].isupper() or rest.lower() in _AFTER_ELIDED
    return word[0].isupper() and rest[0].isupper()


def _is_dash(before: str, after: str) -> bool:
    word, rest = _last(before), _first(after)
    if word and rest:
        is_named = rest[0].isupper() and not rest.isupper()
        return is_named or min(len(word), len(rest)) >= _MIN_DASHED or (word.isupper() and rest.isupper())
    alone = word or rest
    is_glued = bool(word and after[:1].strip() == "" and before[-1:].isalpha())
    return not alone or not is_glued or len(alone) >= _MIN_DASHED or alone.isupper()


def _are_single(before: str, after: str) -> bool:
    return len(_last(before)) <= 1 and len(_first(after)) <= 1


def _last(text: str) -> str:
    found = _LAST_WORD.search(text)
    return found[0] if found else ""


def _first(text: str) -> str:
    found = _FIRST_WORD.match(text)
    return found[0] if found else ""
