"""Dates as notes in other languages write them: the day before the month, or year, month and day with their signs."""

from __future__ import annotations

import re
from functools import cache

# The twelve months, then short forms of them.
MONTHS = {
    "de": """Januar Jänner Februar Feber März April Mai Juni Juli August September Oktober November Dezember
        Jan Feb Mär Apr Aug Sept Sep Okt Nov Dez""",
    "fr": """janvier février mars avril mai juin juillet août septembre octobre novembre décembre
        vendémiaire brumaire frimaire nivôse pluviôse ventôse germinal floréal prairial messidor thermidor fructidor
        janv févr avr juil sept oct nov déc""",
    "es": """enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre
        ene feb mar abr jun jul ago sept oct nov dic""",
    "it": """gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
        gen feb mar apr mag giu lug ago set ott nov dic""",
    "pt": """janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
        jan fev mar abr jun jul ago set out nov dez""",
    "ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "nl": """januari februari maart april mei juni juli augustus september oktober november december
        jan feb mrt apr jun jul aug sept okt nov dec""",
    "sv": """januari februari mars april maj juni juli augusti september oktober november december
        jan feb apr aug sept okt nov dec""",
    "da": """januar februar marts april maj juni juli august september oktober november december
        jan feb apr aug sept okt nov dec""",
    "no": """januar februar mars april mai juni juli august september oktober november desember
        jan feb apr aug sept okt nov des""",
    "fi": """tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta
        marraskuuta joulukuuta tammikuussa helmikuussa maaliskuussa huhtikuussa toukokuussa kesäkuussa heinäkuussa
        elokuussa syyskuussa lokakuussa marraskuussa joulukuussa""",
    "pl": """stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
        styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień""",
    "cs": """ledna února března dubna května června července srpna září října listopadu prosince
        leden únor březen duben květen červen červenec srpen říjen listopad prosinec""",
    "hu": """január február március április május június július augusztus szeptember október november december""",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "ru": """января февраля марта апреля мая июня июля августа сентября октября ноября декабря
        январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь""",
    "uk": """січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня""",
    "el": """Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου
        Δεκεμβρίου""",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "he": "ינואר פברואר מרץ מרס אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    "th": "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
}

_YEAR = r"(?:[12]\d{3}|[\u0661\u0662][\u0660-\u0669]{3})(?!\d)"
_SPAN = r"\s?[-–—/]\s?"
_ERA = (
    r"(?:\s?(?:[vn]\.\s?(?:Chr|u\.\s?Z)\.?|(?:av|ap)\.\s?J\.-?\s?C\.?|[ad]\.\s?[CK]\.?|p\.n\.e\.|n\.e\."
    r"|до н\.\s?э\.|н\.\s?э\.|BCE?|CE|AD)(?!\w))"
)
_NUMERIC = (
    r"\d{4}-\d{2}-\d{2}",
    r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}(?!\d)",
    r"\d{1,2}/\d{1,2}/\d{4}(?!\d)",
    r"\d{1,2}\.\s?[IVX]{1,4}\.?\s\d{4}(?!\d)",
)
_CENTURY = (
    r"\d{1,2}\.\s?(?:Jahrhunderts?|Jh\.?|århundrade|århundre|století|század|vuosisata)(?!\w)",
    r"[XVI]{1,5}e\ssiècle(?!\w)",
    r"(?:siglo|século|secolul|segle)\s[XVI]{1,5}(?!\w)",
    r"[XVI]{1,5}\s(?:secolo|wieku?|век[а-я]*|в\.)(?!\w)",
)
_YEARS = (rf"{_YEAR}(?:{_SPAN}(?:{_YEAR}|\d{{2}}(?!\d)))?{_ERA}?", rf"\d{{1,4}}{_ERA}")
_SIGNED = {
    "年": r"(?:(?:紀元前|公元前|公元|西暦|明治|大正|昭和|平成|令和|前)\d{1,4}|\d{4}|\d{3}(?=年\s?\d))"
    r"年(?!間|前|後|以|来|级|級)"
    r"(?:\s?\d{1,2}月(?:\s?\d{1,2}[日号])?)?|\d{1,2}月\d{1,2}[日号]",
    "년": r"(?:기원전\s?)?\d{3,4}년(?!\s?(?:간|전|후|동안))(?:\s?\d{1,2}월(?:\s?\d{1,2}일)?)?|\d{1,2}월\s?\d{1,2}일",
}
_SIGN_OF = {"ja": "年", "zh": "年", "ko": "년"}
_THAI = r"(?:พ\.ศ\.|ค\.ศ\.|ปี)\s?\d{4}(?!\d)"
_PREFIXES = r"(?:[בלמה]-?)?"


@cache
def date_in(language: str) -> re.Pattern[str]:
    """What a date looks like in a language that is not English; one without known months has years and numbers."""
    if language in _SIGN_OF:
        return re.compile(rf"(?<!\d)(?:{_SIGNED[_SIGN_OF[language]]}|{_YEARS[0]}|{'|'.join(_NUMERIC)})")
    forms = [*_with_months(language), *_NUMERIC, *_CENTURY, *([_THAI] if language == "th" else []), *_YEARS]
    begins = r"(?<![\w.,/§])(?<!\d-)" if language == "he" else r"(?<![\w.,/§-])"
    return re.compile(rf"{begins}(?:{'|'.join(forms)})", re.IGNORECASE)


def _with_months(language: str) -> tuple[str, ...]:
    names = MONTHS.get(language, "").split()
    if not names:
        return ()
    before = _PREFIXES if language == "he" else ""
    month = rf"{before}(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})(?!\w)\.?"
    of = r"(?:(?:de|di|del|d['’])\s?)?"
    number = r"\d{1,2}(?:\.|er|º|°|ª|-го|e)?"
    numbers = rf"{number}(?:{_SPAN}{number})?"
    th_year = r"(?:พ\.ศ\.\s?|ค\.ศ\.\s?)?" if language == "th" else ""
    year = rf"(?:,?\s(?:de\s|del\s|di\s|г\.\s)?{th_year}(?:{_YEAR}{_ERA}?|\d{{1,3}}{_ERA})(?:\s?г\.)?)"
    month = month.replace("(?!", "s?(?!", 1) if language == "de" else month
    dated = rf"{numbers}\s{of}{month}{year}?(?:{_SPAN}{number}\s{of}{month}{year}?)?"
    hungarian = rf"{_YEAR}\.\s{month}(?:\s\d{{1,2}}\.?)?" if language == "hu" else ""
    alone = rf"{month}{year}(?:{_SPAN}{month}{year})?"
    reverse = rf"{_YEAR}\s{month}(?:\s\(?\d{{1,2}}\)?(?!\d))?" if language == "de" else ""
    return tuple(form for form in (dated, hungarian, alone, reverse) if form)
