"""Dates as English notes write them."""

from __future__ import annotations

import re

_DAY = (
    r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?"
    r"(?:\s(?:morning|noon|afternoon|evening|night))?,?\s)?"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_SEASON = r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_NUMBERS = rf"{_NUMBER}(?:\s?[-–—/]\s?{_NUMBER})?"
_YEAR = r"(?:1\d{3}|20\d{2})(?!\d)"
_ERA = r"(?:\s?(?:(?:BCE?|CE|AD)\b|B\.\s?C\.(?:\s?E\.)?|A\.\s?D\.))"
_BEFORE = r"(?:AD|A\.\s?D\.)\s"
_SPAN = r"\s?[-–—/]\s?"

DATE = re.compile(
    r"(?<![\w.,/-])(?:"
    rf"{_DAY}{_NUMBERS}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?(?:{_SPAN}{_NUMBER}\s{_MONTH}(?:,?\s{_YEAR})?)?"
    rf"|{_DAY}{_MONTH}\s{_NUMBERS}(?!\d)(?:,?\s{_YEAR})?"
    rf"|(?:(?:[Ee]arly|[Mm]id|[Ll]ate)[\s-])?{_MONTH},?\s{_YEAR}(?:{_SPAN}{_MONTH},?\s{_YEAR})?"
    rf"|{_MONTH}{_SPAN}{_MONTH},?\s{_YEAR}"
    rf"|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|\d{{1,2}}([./])\d{{1,2}}\1{_YEAR}"
    rf"|{_BEFORE}\d{{1,4}}(?:{_SPAN}\d{{1,4}})?"
    rf"|(?:(?:[Ee]arly|[Mm]id|[Ll]ate)[\s-])?{_SEASON}\s{_YEAR}(?:[-–/]\d{{2}}(?!\d))?"
    rf"|(?:(?:early|mid|late|c\.|ca\.|circa)[\s-]?)?{_YEAR}(?:{_SPAN}(?:{_YEAR}|\d{{2}}(?!\d))|s)?{_ERA}?"
    rf"|(?:(?:c\.|ca\.|circa)\s?)?\d{{1,4}}(?:{_SPAN}\d{{1,4}})?{_ERA}"
    r"|(?:[Ee]arly|[Mm]id|[Ll]ate)[\s-](?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?!\w)"
    rf"|(?:early\s|mid-|late\s)?\d{{1,2}}(?:st|nd|rd|th)\scentury{_ERA}?"
    r")(?!\w)",
)

SAME = re.compile(r"(?:the\s|that\s)?same\s(day|week|month|year)|that\s(?:very\s)?day", re.IGNORECASE)
NEXT = re.compile(r"(?:the\s)?(?:next|following)\s(day|week|month|year)", re.IGNORECASE)
