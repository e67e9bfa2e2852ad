"""Text made comparable."""

import re
import unicodedata

_ACCENT = re.compile("[\u0300-\u036f]")
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Lower case, ё as е, no stress marks, words separated by single blanks, nothing else."""
    composed = unicodedata.normalize("NFC", text.casefold())  # й of two signs is a letter, too
    return _NOT_WORD.sub(" ", _ACCENT.sub("", composed).replace("ё", "е")).strip()


_MIXED = re.compile(r"\w*(?:[a-z]\w*[а-я]|[а-я]\w*[a-z])\w*")
_LATIN = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdeziyklmnoprstufhye", strict=True))
    | {"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya"}
    | {"ъ": "", "ь": ""}
)


def one_script(folded: str) -> str:
    """Words of Cyrillic and Latin letters at once as Latin ones, by their sound.

    Whisper writes such words when a hotword is Latin and the speech is Russian: "РUMA" for "RUMA".
    """
    return _MIXED.sub(lambda match: match.group().translate(_LATIN), folded)
