"""Text made comparable."""

import re

_NOT_WORD = re.compile(r"[^\w]+")


def fold(text: str) -> str:
    """Lower case, ё as е, words separated by single blanks, nothing else."""
    return _NOT_WORD.sub(" ", text.casefold().replace("ё", "е")).replace("_", " ").strip()
