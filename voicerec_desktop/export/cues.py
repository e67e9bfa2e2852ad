"""Subtitle cues: at most two lines of 42 characters and 7 seconds."""

import heapq
import math
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from voicerec_desktop.core.model import Segment, Transcript, Word
from voicerec_desktop.core.segmentation import join_words
from voicerec_desktop.export.labels import one_line
from voicerec_desktop.export.options import ExportOptions
from voicerec_desktop.export.paragraphs import shown

LINE = 42  # characters
LINES = 2
MAX_SECONDS = 7.0
MIN_SECONDS = 1.0  # where the next cue leaves room
SHORTEST = 0.2  # s that a cue keeps even when the next one should begin


@dataclass(frozen=True, slots=True)
class Cue:
    """Text on the screen."""

    start: float
    end: float
    speaker_id: str | None
    text: str


@dataclass(frozen=True, slots=True)
class _Token:
    start: float
    end: float
    text: str


def cues(
    transcript: Transcript,
    options: ExportOptions,
    prefix: Callable[[str | None], str] | None = None,
) -> list[Cue]:
    """The cues of a transcript in order of time, one at a time.

    Args:
        prefix: what stands before the first words of each speaker in a row.
    """
    waiting: list[tuple[float, int, Segment, Sequence[_Token]]] = []
    for i, segment in enumerate(shown(transcript, options)):
        if said := _tokens(segment):
            heapq.heappush(waiting, (said[0].start, i, segment, said))
    found: list[Cue] = []
    while waiting:
        _, i, segment, tokens = heapq.heappop(waiting)
        first = not found or found[-1].speaker_id != segment.speaker_id
        head = _head(prefix(segment.speaker_id)) if prefix and first else ""
        count = _fitting(tokens, head)
        found.append(_cue(tokens[:count], segment, head))
        if rest := tokens[count:]:  # somebody else may speak before it goes on
            heapq.heappush(waiting, (rest[0].start, i, segment, rest))
    return _one_at_a_time(found)


def _head(prefix: str) -> str:
    """A prefix that leaves the second line to the text."""
    return prefix if len(prefix.rstrip()) <= LINE else f"{prefix[: LINE - 2].rstrip()}…: "


def _fitting(tokens: Sequence[_Token], head: str) -> int:
    """How many tokens one cue takes, at least one."""
    count, text = 1, head + tokens[0].text
    for token in tokens[1:]:
        text = f"{text} {token.text}"
        if len(wrap(text)) > LINES or token.end - tokens[0].start > MAX_SECONDS:
            break
        count += 1
    return count


def _cue(tokens: Sequence[_Token], segment: Segment, head: str) -> Cue:
    text = head + " ".join(token.text for token in tokens)
    return Cue(tokens[0].start, tokens[-1].end, segment.speaker_id, text)


def _one_at_a_time(found: Sequence[Cue]) -> list[Cue]:
    """Cues long enough to read where there is room, and over when the next one begins."""
    starts: list[float] = []
    for cue in found:
        starts.append(max(cue.start, starts[-1] + SHORTEST) if starts else max(0.0, cue.start))
    timed = []
    for cue, start, after in zip(found, starts, [*starts, math.inf][1:], strict=True):
        end = min(max(cue.end, start + MIN_SECONDS), start + MAX_SECONDS, after)
        timed.append(replace(cue, start=start, end=end))
    return timed


def _tokens(segment: Segment) -> list[_Token]:
    """Words with times; where the text was edited they are spread over its characters."""
    text = one_line(segment.text)
    if one_line(join_words(segment.words)) == text:
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
        text = one_line(word.text)
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
