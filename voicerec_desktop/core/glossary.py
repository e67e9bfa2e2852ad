"""Terms that must be written right, and what Whisper makes of them.

A glossary file holds one term a line: `RUMA = рум, рума` (variants that are corrected), `RUMA`
(only offered to Whisper), `RUMA ~ рума` (variants with any Russian ending). `#` at the start of a
line or after a blank starts a comment.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.model import Word
from voicerec_desktop.core.text import fold, one_script

Stem = Callable[[str], str]
Key = tuple[str, ...]
_COMMENT = re.compile(r"(?:^|\s)#.*")
_AFFIXES = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A term and the variants that stand for it. `stem`: variants match with other endings."""

    term: str
    variants: tuple[str, ...] = ()
    stem: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """What is written as the term: its variants and the term itself in other letters.

        ".NET" or "C++" without their signs are other words, so those terms have variants only.
        """
        before, _, after = _affixes(self.term)
        return self.variants if before or after else (self.term, *self.variants)


def _affixes(text: str) -> tuple[str, str, str]:
    """The signs before the first letter, the text between, the signs after the last letter."""
    match = _AFFIXES.fullmatch(text)
    assert match is not None  # it matches everything
    return match[1], match[2], match[3]


def parse_glossary(text: str, name: str) -> tuple[GlossaryEntry, ...]:
    """The entries of a glossary file.

    Raises:
        KnownError: GLOSSARY_INVALID with the number of the first bad line.
    """
    entries: list[GlossaryEntry] = []
    owners: dict[str, str] = {}
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        stripped = _COMMENT.sub("", line).strip()
        if stripped:
            entry = _parse_line(stripped, name, number)
            for spelling in entry.spellings:
                owner = owners.setdefault(fold(spelling), entry.term)
                if owner != entry.term:
                    raise _invalid(name, number, "variant_taken", variant=spelling, owner=owner)
            entries.append(entry)
    return tuple(entries)


def _parse_line(line: str, name: str, number: int) -> GlossaryEntry:
    sign = re.search(r"[=~]", line)
    term = (line[: sign.start()] if sign else line).strip()
    if not fold(term):
        raise _invalid(name, number, "no_term")
    if sign is None:
        return GlossaryEntry(term)
    variants = tuple(part.strip() for part in line[sign.end() :].split(","))
    if not all(fold(variant) for variant in variants):
        raise _invalid(name, number, "empty_variant")
    return GlossaryEntry(term, variants, stem=sign.group() == "~")


def format_glossary(entries: Sequence[GlossaryEntry]) -> str:
    """The text of a glossary file with these entries."""
    return "".join(f"{_line(entry)}\n" for entry in entries)


def _line(entry: GlossaryEntry) -> str:
    sign = "~" if entry.stem else "="
    return f"{entry.term} {sign} {', '.join(entry.variants)}" if entry.variants else entry.term


def problems(entries: Sequence[GlossaryEntry]) -> dict[int, KnownError]:
    """What a glossary file with these entries would be refused for, by the entry's place.

    The errors are GLOSSARY_INVALID as for a file of that entry alone.
    """
    found: dict[int, KnownError] = {}
    owners: dict[str, str] = {}
    for i, entry in enumerate(entries):
        if not fold(entry.term):
            found[i] = _invalid("", 1, "no_term")
            continue
        try:
            same = parse_glossary(_line(entry), "") == (_plain(entry),)
        except KnownError as error:
            found[i] = error
            continue
        if not same:
            found[i] = _invalid("", 1, "signs")
            continue
        for spelling in entry.spellings:
            owner = owners.setdefault(fold(spelling), entry.term)
            if owner != entry.term:
                found[i] = _invalid("", 1, "variant_taken", variant=spelling, owner=owner)
    return found


def _plain(entry: GlossaryEntry) -> GlossaryEntry:
    """An entry as a file gives it: endings without variants say nothing."""
    return replace(entry, stem=entry.stem and bool(entry.variants))


def _invalid(name: str, number: int, why: str, **params: str) -> KnownError:
    return KnownError(ErrorCode.GLOSSARY_INVALID, path=name, line=number, why=why, **params)


class Glossary:
    """Corrects words.

    Args:
        entries: later ones win over earlier ones.
        stem: brings a folded word to its stem, in any language.
    """

    def __init__(self, entries: Sequence[GlossaryEntry], stem: Stem) -> None:
        self.entries = tuple(entries)
        self._stem = stem
        self._terms = tuple(dict.fromkeys(entry.term for entry in entries))
        self._exact: dict[Key, str] = {}
        self._stemmed: dict[Key, str] = {}
        for entry in entries:
            self._exact |= {_key(spelling): entry.term for spelling in entry.spellings}
            if entry.stem:
                for variant in entry.variants:
                    self._stemmed[tuple(map(stem, _key(variant)))] = entry.term
        keys = [*self._exact, *self._stemmed]
        self._longest = max(map(len, keys), default=0)

    def hotwords(self) -> tuple[str, ...]:
        """The terms, for Whisper's prompt."""
        return self._terms

    def correct(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """Words with variants replaced by their terms, the longest match first."""
        return tuple(self._corrected(words)) if self._longest else tuple(words)

    def _corrected(self, words: Sequence[Word]) -> Iterator[Word]:
        folded = [one_script(fold(word.text)) for word in words]
        at = 0
        while at < len(words):
            length, term = self._match(folded, at)
            if term is None:
                yield words[at]
            else:
                yield from _replaced(words[at : at + length], term)
            at += length

    def _match(self, folded: Sequence[str], at: int) -> tuple[int, str | None]:
        for length in range(min(self._longest, len(folded) - at), 0, -1):
            key = tuple(" ".join(folded[at : at + length]).split())
            term = self._exact.get(key) or self._stemmed.get(tuple(map(self._stem, key)))
            if key and term is not None:
                return length, term
        return 1, None


def _key(text: str) -> Key:
    return tuple(one_script(fold(text)).split())


def _replaced(words: Sequence[Word], term: str) -> Sequence[Word]:
    """One word for the term, with the punctuation around and the times of those it replaces.

    Words that say the term already stay as they are.
    """
    said = "".join(word.text for word in words)
    before, _, after = _affixes(said)
    own_before, _, own_after = _affixes(term)
    text = before.removesuffix(own_before) + term + after.removeprefix(own_after)
    if text == said:
        return words
    word = replace(
        words[0],
        end=words[-1].end,
        text=text,
        probability=min(word.probability for word in words),
        original=said.strip(),
    )
    return (word,)
