"""Full-text search that knows Russian and English endings.

FTS5 has no Russian stemmer, so a shadow column holds folded stems (ENGINEERING.md 6).
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from voicerec_desktop.core.text import fold

_WORD = re.compile(r"\w+")
_CYRILLIC = re.compile(r"[а-яё]")
_PHRASE = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A segment that matches. `highlights`: ranges of characters in `text`."""

    meeting_id: str
    meeting_title: str
    segment_id: str
    start: float
    end: float
    speaker_id: str | None
    text: str
    highlights: tuple[tuple[int, int], ...]


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(language)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Snowball stem of a folded word, Russian by its letters, else English."""
    language = "russian" if _CYRILLIC.search(word) else "english"
    stemmed: str = _stemmer(language).stemWord(word)
    return stemmed


def stems(text: str) -> str:
    """The shadow column of a text."""
    return " ".join(stem(word) for word in fold(text).split())


def match_query(query: str) -> str:
    """An FTS5 query: every word must occur, quoted ones in a row, the last also as a prefix.

    Returns "" where there is nothing to look for.
    """
    phrases = [stems(phrase) for phrase in _PHRASE.findall(query)]
    words = stems(_PHRASE.sub(" ", query)).split()
    parts = [f'"{phrase}"' for phrase in phrases if phrase] + [f'"{word}"' for word in words]
    if words and not query.rstrip().endswith('"'):
        parts[-1] += "*"
    return " ".join(parts)


def highlights(text: str, query: str) -> tuple[tuple[int, int], ...]:
    """Where words of the query stand in the text, in any form."""
    wanted = set(stems(query).split())
    last = fold(query).split()[-1:]
    prefix = stem(last[0]) if last else ""
    return tuple(
        match.span()
        for match in _WORD.finditer(text)
        if (found := stem(fold(match.group()))) in wanted or (prefix and found.startswith(prefix))
    )
