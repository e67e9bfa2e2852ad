"""One way of writing for both sides before they are compared.

In this order: Unicode NFKC; lower case; no stress marks; numbers written out in the language of the
text: sums and shares in their spoken order ("$5" and "five dollars", "21%" and "двадцать один
процент"), ordinals with their ending ("5-го" and "пятого", "1st" and "first"), decimals ("3.14" and
"three point one four", "2,5" and "два и пять"), all others as cardinals ("1 000 000"), so times and
dates group by group; ё as е; apostrophes inside words kept ("don't"), hyphens and all other
punctuation are blanks. Nothing is stemmed and no filler is dropped.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from voicerec_desktop.evaluate import amounts

_GROUPED = re.compile(r"(?<![\d,.])\d{1,3}(?:[ ,]\d{3})+(?![\d,])")
_ACCENT = re.compile("[\u0300\u0301]")
_APOSTROPHE = re.compile(r"[’ʼ`]")
_NOT_WORD = re.compile(r"[^\w']+|(?<!\w)'|'(?!\w)|_")
_NUMBER = re.compile(r"\d+")
MAX_DIGITS = 18  # longer ones are read digit by digit


def normalise(text: str, language: str = "") -> str:
    """Words separated by single blanks.

    Args:
        language: "ru", "en", or "" to tell by the letters.
    """
    language = language if language in ("ru", "en") else _language(text.lower())
    text = amounts.NUMERO.sub(amounts.NUMERO_WORDS[language], text)  # NFKC would make "No" of it
    text = _ACCENT.sub("", unicodedata.normalize("NFKC", text).lower())
    text = _APOSTROPHE.sub("'", text)
    text = _GROUPED.sub(lambda match: re.sub("[ ,]", "", match[0]), text)
    text = amounts.spoken(text, language)
    text = _ordinals(text, language)
    text = _decimals(text, language)
    text = _NUMBER.sub(lambda match: f" {_read(match[0], language)} ", text)
    return " ".join(_NOT_WORD.sub(" ", text.replace("ё", "е")).split())


def _language(text: str) -> str:
    cyrillic = len(re.findall("[а-я]", text))
    return "ru" if cyrillic > len(re.findall("[a-z]", text)) else "en"


_FORMS: Mapping[str, Mapping[str, str | bool]] = {  # last letter of an ending: num2words' form
    "й": {"case": "n", "gender": "m"},
    "я": {"case": "n", "gender": "f"},
    "е": {"case": "n", "gender": "n"},
    "о": {"case": "g", "gender": "m"},
    "у": {"case": "d", "gender": "m"},
    "м": {"case": "p", "gender": "m"},
    "ю": {"case": "a", "gender": "f"},
    "х": {"case": "g", "plural": True},
}
_DECADE = {"case": "n", "plural": True}  # "90-е"
_ORDINAL = {
    "ru": re.compile(
        r"(\d+)(?:-?([ое]?го|[ое]?му|[ыио]?й|а?я|[оы]?е|у?ю|[ыи]?х|ти)|-([ое]?м))\b"
    ),  # without a hyphen "5м" are metres
    "en": re.compile(r"(\d+)(st|nd|rd|th)()\b"),
}
_FEW = ("2", "3", "4")  # "2-х", "3-х" are "двух", "трех", not "вторых"


def _ordinals(text: str, language: str) -> str:
    def read(match: re.Match[str]) -> str:
        digits, ending = match[1], match[2] or match[3]
        if language == "en":
            return f" {_read(digits, language, 'ordinal')} "
        if ending == "ти" or (ending == "х" and digits in _FEW):
            return f" {_read(digits, language, case='g')} "
        decade = ending == "ые" or (ending == "е" and digits.endswith("0"))
        form = _DECADE if decade else _FORMS[ending[-1]]
        return f" {_read(digits, language, 'ordinal', **form)} "

    return _ORDINAL[language].sub(read, text)


def _decimals(text: str, language: str) -> str:
    if language == "en":
        return re.sub(
            r"(?<![\d.])(\d+)\.(\d+)(?!\.?\d)",
            lambda match: f" {_read(match[1], 'en')} point {_digits(match[2], 'en')} ",
            text,
        )
    return re.sub(
        r"(?<![\d,])(\d+),(\d+)(?!,?\d)",
        lambda match: f" {_read(match[1], 'ru')} и {_read(match[2], 'ru')} ",
        text,
    )


def _digits(digits: str, language: str) -> str:
    return " ".join(_read(digit, language) for digit in digits)


@lru_cache(maxsize=10_000)
def _read(digits: str, language: str, kind: str = "cardinal", **form: str | bool) -> str:
    from num2words import num2words

    if len(digits) > MAX_DIGITS or (len(digits) > 1 and digits[0] == "0"):
        return _digits(digits, language)
    read = str(num2words(int(digits), lang=language, to=kind, **form))
    return read.removeprefix("одна ") if read.startswith("одна тысяча") else read
