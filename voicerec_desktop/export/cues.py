"""Subtitle cues: at most two lines of 42 characters and 7 seconds."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from voicerec_desktop.core.model import Segment, Transcript, Word
from voicerec_desktop.core.segmentation import join_words
from voicerec_desktop.export.options import ExportOptions
from voicerec_desktop.export.paragraphs import shown

LINE = 42  # characters
LINES = 2
MAX_SECONDS = 7.0
MIN_SECONDS = 1.0  # where the next cue leaves room
SHORTEST = 0.2  # s that an earlier cue keeps when the next one begins early


@dataclass(frozen=True, slots=True)
class Cue:
    """Text on the screen. `first`: of what this speaker says in a row."""

    start: float
    end: float
    speaker_id: str | None
    text: str
    first: bool = False


@dataclass(frozen=True, slots=True)
class _Token:
    start: float
    end: float
    text: str


def cues(transcript: Transcript, options: ExportOptions, reserve: int = 0) -> list[Cue]:
    """The cues of a transcript in order of time.

    Args:
        reserve: characters to keep free in the first cue of each speaker, for the name.
    """
    found: list[Cue] = []
    for segment in shown(transcript, options):
        first = not found or found[-1].speaker_id != segment.speaker_id
        found.extend(_cues(segment, first, reserve if options.speakers else 0))
    return [_timed(cue, after) for cue, after in zip(found, [*found[1:], None], strict=True)]


def _cues(segment: Segment, first: bool, reserve: int) -> Iterator[Cue]:
    group: list[_Token] = []
    for token in _tokens(segment):
        room = " " * reserve if first else ""
        if group and not _fits([*group, token], room):
            yield _cue(group, segment, first)
            group, first = [], False
        group.append(token)
    if group:
        yield _cue(group, segment, first)


def _fits(group: Sequence[_Token], room: str) -> bool:
    text = "x" * len(room) + _text(group)
    return len(wrap(text)) <= LINES and group[-1].end - group[0].start <= MAX_SECONDS


def _text(group: Sequence[_Token]) -> str:
    return " ".join(token.text for token in group)


def _cue(group: Sequence[_Token], segment: Segment, first: bool) -> Cue:
    start = group[0].start
    end = min(group[-1].end, start + MAX_SECONDS)
    return Cue(start, end, segment.speaker_id, _text(group), first)


def _tokens(segment: Segment) -> list[_Token]:
    """Words with times; where the text was edited they are spread over its characters."""
    text = " ".join(segment.text.split())
    if " ".join(join_words(segment.words).split()) == text:
        return [piece for token in _glued(segment.words) for piece in _broken(token)]
    per_character = (segment.end - segment.start) / max(1, len(text))
    tokens: list[_Token] = []
    at = 0
    for part in text.split():
        start = segment.start + at * per_character
        tokens.append(_Token(start, start + len(part) * per_character, part))
        at += len(part) + 1
    return [piece for token in tokens for piece in _broken(token)]


def _glued(words: Sequence[Word]) -> list[_Token]:
    """Words with those that follow without a blank as one."""
    glued: list[_Token] = []
    for word in words:
        text = " ".join(word.text.split())
        if glued and not word.text[:1].isspace():
            glued[-1] = replace(glued[-1], end=word.end, text=glued[-1].text + text)
        elif text:
            glued.append(_Token(word.start, word.end, text))
    return glued


def _broken(token: _Token) -> Iterator[_Token]:
    """A token in pieces that fit into a line."""
    pieces = textwrap.wrap(token.text, LINE, break_on_hyphens=False) or [token.text]
    step = (token.end - token.start) / len(pieces)
    for i, piece in enumerate(pieces):
        yield _Token(token.start + i * step, token.start + (i + 1) * step, piece)


def _timed(cue: Cue, after: Cue | None) -> Cue:
    """Long enough to read where there is room, and over when the next one begins."""
    end = max(cue.end, cue.start + MIN_SECONDS)
    if after is not None and after.start < end:
        end = max(after.start, min(cue.end, cue.start + SHORTEST))
    return replace(cue, end=max(end, cue.start + 0.001))


def wrap(text: str) -> list[str]:
    """One line, or two of about the same length where one is too short."""
    if len(text) <= LINE:
        return [text]
    breaks = [i for i, sign in enumerate(text) if sign == " "]
    fitting = [i for i in breaks if i <= LINE and len(text) - i - 1 <= LINE]
    if fitting:
        middle = min(fitting, key=lambda i: abs(len(text) - 1 - 2 * i))
        return [text[:middle], text[middle + 1 :]]
    return textwrap.wrap(text, LINE, break_on_hyphens=False)
