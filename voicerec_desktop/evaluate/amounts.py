"""Signs of money and shares as the words that are said, after the number and in its form."""

import re
from collections.abc import Mapping

NUMERO = re.compile("№")
NUMERO_WORDS: Mapping[str, str] = {"ru": " номер ", "en": " number "}

Forms = tuple[str, str, str]  # after 1; after 2, 3, 4 and a fraction; after the others
_UNITS: Mapping[str, Mapping[str, Forms]] = {
    "ru": {
        "%": ("процент", "процента", "процентов"),
        "$": ("доллар", "доллара", "долларов"),
        "€": ("евро", "евро", "евро"),
        "₽": ("рубль", "рубля", "рублей"),
    },
    "en": {
        "%": ("percent", "percent", "percent"),
        "$": ("dollar", "dollars", "dollars"),
        "€": ("euro", "euros", "euros"),
        "₽": ("ruble", "rubles", "rubles"),
    },
}
_SIGNS: Mapping[str, Mapping[str, str]] = {
    "ru": {"&": " и ", "+": " плюс ", "*": " звездочка ", "#": " решетка "},
    "en": {"&": " and ", "+": " plus "},
}
_AMOUNT = r"\d+(?:[.,]\d+)?"
_BEFORE = re.compile(rf"([$€₽]) ?({_AMOUNT})")
_AFTER = re.compile(rf"({_AMOUNT}) ?([%$€₽])")


def spoken(text: str, language: str) -> str:
    """Text with words in the place of signs; the numbers are left for others to read."""
    text = _BEFORE.sub(r"\2\1", text)
    text = _AFTER.sub(lambda match: f"{match[1]} {_form(match[1], match[2], language)} ", text)
    for sign, forms in _UNITS[language].items():
        text = text.replace(sign, f" {forms[2]} ")
    for sign, word in _SIGNS[language].items():
        text = text.replace(sign, word)
    return text


def _form(amount: str, sign: str, language: str) -> str:
    one, few, many = _UNITS[language][sign]
    if not amount.isdecimal():
        return few
    if language == "en":
        return one if amount == "1" else many
    if amount[-1:] in ("2", "3", "4") and amount[-2:-1] != "1":
        return few
    return one if amount[-1] == "1" and amount[-2:-1] != "1" else many
