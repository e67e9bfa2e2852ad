"""Full-text search that knows Russian and English endings.

FTS5 has no Russian stemmer, so a shadow column holds folded stems (ENGINEERING.md 6).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

MOST_WORDS = 32  # of a query; what is longer was pasted by mistake
SHORTEST_PREFIX = 2  # letters; one letter begins a tenth of all words
_MARKS = "\u0300-\u036f"  # accents that stand alone: decomposed letters, stress marks
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_MARK = re.compile(f"[{_MARKS}]")
_CYRILLIC = re.compile(r"[а-яё]")
_QUOTED = re.compile(r'"([^"]*)"|«([^»]*)»|“([^”]*)”')
_ENDS_QUOTED = ('"', "»", "”")


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A segment that matches. `highlights`: ranges of characters in `text`."""

    meeting_id: str
    meeting_title: str
    meeting_started_at: str
    segment_id: str
    start: float
    end: float
    speaker_id: str | None
    speaker_number: int | None
    speaker_name: str | None
    text: str
    highlights: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: each phrase is stems in a row, `prefix` a stem that may go on."""

    phrases: tuple[tuple[str, ...], ...] = ()
    prefix: str = ""

    @property
    def match(self) -> str:
        """The query in the language of FTS5, "" where there is nothing to look for."""
        parts = [f'"{" ".join(phrase)}"' for phrase in self.phrases]
        if self.prefix:  # the whole word, too, so that it ranks above longer ones
            parts.append(f'("{self.prefix}" OR "{self.prefix}"*)')
        return " AND ".join(parts)


def parse_query(query: str) -> Query:
    """Every word must occur, quoted ones in a row, the last also as the beginning of a word."""
    quoted = [found for groups in _QUOTED.findall(query) for found in groups]
    phrases = [tuple(phrase) for one in quoted if (phrase := _stems(one)[:MOST_WORDS])]
    words = _stems(_QUOTED.sub(" ", query))[:MOST_WORDS]
    prefix = ""
    if words and len(words[-1]) >= SHORTEST_PREFIX and not query.rstrip().endswith(_ENDS_QUOTED):
        prefix = words.pop()
    return Query((*phrases[:MOST_WORDS], *((word,) for word in words)), prefix)


def highlights(text: str, query: Query) -> tuple[tuple[int, int], ...]:
    """Where words of the query stand in the text, in any form: ranges of characters."""
    spans, words = [], []
    for span, word in _words(text):
        spans.append(span)
        words.append(stem(word))
    found = {i for i, word in enumerate(words) if query.prefix and word.startswith(query.prefix)}
    for phrase in query.phrases:
        for i in range(len(words) - len(phrase) + 1):
            if tuple(words[i : i + len(phrase)]) == phrase:
                found.update(range(i, i + len(phrase)))
    return tuple(spans[i] for i in sorted(found))


def stems(text: str) -> str:
    """The shadow column of a text."""
    return " ".join(stem(word) for _, word in _words(text))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Snowball stem of a folded word, Russian by its letters, else English."""
    language = "russian" if _CYRILLIC.search(word) else "english"
    stemmed: str = _stemmer(language).stemWord(word)
    return stemmed


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(language)


def _stems(text: str) -> list[str]:
    return [stem(word) for _, word in _words(text)]


def _words(text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Words with their places: lower case, ё as е, no stress marks, no accents on Latin letters."""
    for match in _WORD.finditer(text):
        word = unicodedata.normalize("NFC", match.group()).casefold().replace("ё", "е")
        if not word.isascii():  # й stays one letter, é is an e
            letters = word if _CYRILLIC.search(word) else unicodedata.normalize("NFD", word)
            word = _MARK.sub("", letters)
        yield match.span(), word
