"""One way of writing for both sides before they are compared.

In this order: Unicode NFKC; lower case; ё as е; numbers written out in the language of the text
("5" and "пять", "21%" and "двадцать один процент", "3.5" and "three point five", "1st" and
"first"); times and dates digit by digit group; apostrophes inside words kept ("don't"), hyphens
and all other punctuation are blanks. Nothing is stemmed and no filler is dropped.
"""

import re
import unicodedata
from collections.abc import Callable

_SIGNS = {
    "ru": {"%": " процентов ", "№": " номер ", "$": " долларов ", "€": " евро ", "₽": " рублей ",
           "&": " и ", "+": " плюс ", "*": " звездочка ", "#": " решетка "},
    "en": {"%": " percent ", "№": " number ", "$": " dollars ", "€": " euros ", "₽": " rubles ",
           "&": " and ", "+": " plus "},
}  # fmt: skip
_GROUPS = re.compile(r"(?<=\d)[\u00a0\u202f ,](?=\d{3}\b)")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|-?(?:ый|ий|ой|ая|ое|ые|го|му|ом|ых|й|я|е|х))\b")
_NUMBER = re.compile(r"\d+")
_APOSTROPHE = re.compile(r"[’ʼ`]")
_NOT_WORD = re.compile(r"[^\w']+|(?<!\w)'|'(?!\w)|_")
MAX_DIGITS = 18  # longer ones are read digit by digit


def normalise(text: str, language: str = "") -> str:
    """Words separated by single blanks.

    Args:
        language: "ru", "en", or "" to tell by the letters.
    """
    language = language if language in _SIGNS else _language(text.lower())
    for sign, word in _SIGNS[language].items():
        text = text.replace(sign, word)
    text = unicodedata.normalize("NFKC", text).lower().replace("ё", "е")
    text = _APOSTROPHE.sub("'", text)
    text = _numbers(text, _reader(language), "." if language == "en" else ",", language)
    return " ".join(_NOT_WORD.sub(" ", text).replace("ё", "е").split())  # num2words writes ё


def _language(text: str) -> str:
    cyrillic = len(re.findall("[а-я]", text))
    return "ru" if cyrillic > len(re.findall("[a-z]", text)) else "en"


def _reader(language: str) -> Callable[[str, str], str]:
    from num2words import num2words

    def read(digits: str, kind: str) -> str:
        if len(digits) > MAX_DIGITS or (len(digits) > 1 and digits[0] == "0"):
            return " ".join(num2words(int(digit), lang=language) for digit in digits)
        return str(num2words(int(digits), lang=language, to=kind))

    return read


def _numbers(text: str, read: Callable[[str, str], str], point: str, language: str) -> str:
    spoken = {"en": " point ", "ru": " и "}[language]
    text = _GROUPS.sub("", text)
    text = _ORDINAL.sub(lambda m: f" {read(m[1], 'ordinal')} ", text)
    text = re.sub(
        rf"(\d+)\{point}(\d+)",
        lambda m: f" {read(m[1], 'cardinal')}{spoken}{read(m[2], 'cardinal')} ",
        text,
    )
    return _NUMBER.sub(lambda m: f" {read(m[0], 'cardinal')} ", text)
