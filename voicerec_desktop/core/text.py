"""Text made comparable."""

import re
import unicodedata

_ACCENT = re.compile("[\u0300-\u036f]")
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Lower case, ё as е, no stress marks, words separated by single blanks, nothing else."""
    composed = unicodedata.normalize("NFC", text.casefold())  # й of two signs is a letter, too
    return _NOT_WORD.sub(" ", _ACCENT.sub("", composed).replace("ё", "е")).strip()
