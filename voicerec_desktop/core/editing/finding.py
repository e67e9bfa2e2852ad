"""Find and replace."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voicerec_desktop.core.editing.texts import corrected
from voicerec_desktop.core.editing.values import Edit, EditKind, changed
from voicerec_desktop.core.model import Segment, Transcript

_SAME = str.maketrans("ёЁς", "еЕσ")


@dataclass(frozen=True, slots=True)
class Match:
    """Where something was found: characters `start` to `end` of a segment's text."""

    segment_id: str
    start: int
    end: int


def find(
    transcript: Transcript, query: str, *, match_case: bool = False, whole_words: bool = False
) -> list[Match]:
    """Where the query stands, in order; ё is е. Dismissed text is not looked at."""
    wanted = folded(query, match_case)
    if not wanted.strip():
        return []
    return [
        Match(segment.id, start, start + len(wanted))
        for segment in transcript.segments
        if not segment.dismissed
        for start in _places(folded(segment.text, match_case), wanted, whole_words)
    ]


def folded(text: str, match_case: bool = False) -> str:
    """Text made comparable, character by character: what is found keeps its place."""
    lower = text if match_case else text.lower()
    if len(lower) != len(text):  # İ becomes two characters
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lower.translate(_SAME)


def _places(text: str, wanted: str, whole_words: bool) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        fits = not whole_words or (_edge(text, at) and _edge(text, end))
        if fits:
            yield at
        at = text.find(wanted, end if fits else at + 1)


def _edge(text: str, at: int) -> bool:
    """Whether no word goes on across this place."""
    return not (0 < at < len(text) and _in_word(text[at - 1]) and _in_word(text[at]))


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def replace(transcript: Transcript, matches: Sequence[Match], replacement: str) -> Edit | None:
    """Put a replacement where matches are; all of it is one edit.

    Segments of which nothing is left keep their text: dismissing them is another decision.
    """
    places: dict[str, list[Match]] = {}
    for match in matches:
        places.setdefault(match.segment_id, []).append(match)

    def replaced(segment: Segment) -> Segment:
        text, end = "", 0
        for match in sorted(places[segment.id], key=lambda match: match.start):
            if end <= match.start < match.end <= len(segment.text):
                text += segment.text[end : match.start] + replacement
                end = match.end
        text += segment.text[end:]
        return corrected(segment, text) if text.split() else segment

    return changed(EditKind.REPLACE, transcript, list(places), replaced)
