"""Languages that their letters give away, without any statistics."""

from __future__ import annotations

import re

# A line is in another script when this share of its letters is: an English line may explain a word of Chinese.
SHARE = 0.4

_LETTER = re.compile(r"[^\W\d_]")
KANA = re.compile(r"[\u3040-\u30ff\u31f0-\u31ff]")
_SCRIPTS = (
    ("ja", KANA),
    ("zh", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")),
    ("ko", re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")),
    # One letter of these is a sign of mathematics, several are a word.
    ("ru", re.compile(r"[\u0400-\u052f]+(?<=[\u0400-\u052f]{2})")),
    ("el", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]+(?<=[\u0370-\u03ff\u1f00-\u1fff]{3})")),
)
# Letters of none of these scripts and not Latin either.
_OTHERS = re.compile(r"[\u0530-\u058f\u0700-\u074f\u0780-\u08ff\u0900-\u0dff\u0e80-\u10ff\u1200-\u1aff\ua000-\uabff]")

OTHER = "und"
"""A language that is not English and has no name here, as ISO 639-2 has it."""

WITHOUT_SPACES = frozenset({"ja", "zh", "th"})


def of_script(text: str) -> str:
    """The language that the letters of a text tell, or that is most likely among those that share them; else empty."""
    letters = len(_LETTER.findall(text))
    if not letters or text.isascii():
        return ""
    counts = {language: sum(map(len, pattern.findall(text))) for language, pattern in _SCRIPTS}
    if counts["ja"] and counts["ja"] + counts["zh"] >= SHARE * letters:
        return "ja"
    most = max(counts, key=lambda language: counts[language])
    if sum(counts.values()) >= SHARE * letters:
        return most
    return OTHER if len(_OTHERS.findall(text)) >= SHARE * letters else ""
