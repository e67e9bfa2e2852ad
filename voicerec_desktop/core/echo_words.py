"""Nobody is transcribed twice: words of the others that the microphone has heard, too.

The rule, for each word on the microphone's track of a call. The others' words count that are
spoken within `NEAR` seconds of it.

1. *An echo by sound*: little of the microphone's sound is left there after the echo was removed
   (less than `LEFT` of its amplitude), and the others say the same word.
2. *An echo by text*: it is one of `ROW` or more words in a row that the others say in the same
   order, each with nearly the same delay. Nobody repeats so much in the same half second; this
   holds whatever is left of the sound.
3. Between two such words, one or two words of which little sound is left are misheard echo, too.

Words of the echo are not dropped: they come into segments of their own that are doubtful
("doubtful:echo"), so that the user sees them where doubtful text is shown, and can restore them.
Who really says "yes" at the same time as the others is kept: the voice near the microphone is left
by the removal, and one word is no row.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from voicerec_desktop.core.model import DOUBTFUL, Segment, Word
from voicerec_desktop.core.segmentation import join_words
from voicerec_desktop.core.text import fold

ECHO = DOUBTFUL + "echo"
NEAR = 1.0  # s between the same word on both tracks
LEFT = 0.35  # of the amplitude: AEC3 leaves 0.03 of an echo and 0.8 of a voice
ROW = 4
SAME_DELAY = 0.3  # s by which words of a row may differ
MISHEARD = 2  # words
Share = Callable[[float, float], float]
Said = Sequence[tuple[float, str]]


def is_echo(segment: Segment) -> bool:
    """Whether a segment is what the microphone heard of the others."""
    return ECHO in segment.flags


def mark_echo(
    mine: Sequence[Segment], others: Sequence[Segment], share: Share | None
) -> list[Segment]:
    """The microphone's segments, cut where the echo begins and ends; its parts are doubtful.

    Args:
        mine: of the microphone's tracks, in order of time.
        others: of the other tracks.
        share: amplitude that is left between two seconds, 0 to 1; None where nothing was removed.
    """
    said = sorted((word.start, fold(word.text)) for s in others for word in s.words)
    words = [word for segment in mine for word in segment.words]
    faint = [share is not None and share(word.start, word.end) < LEFT for word in words]
    echo = _echoes(words, said, faint)
    flags = iter(echo)
    return [
        part for segment in mine for part in _cut(segment, [next(flags) for _ in segment.words])
    ]


def _echoes(words: Sequence[Word], said: Said, faint: Sequence[bool]) -> list[bool]:
    delays = [_delays(word, said) for word in words]
    echo = [bool(found) and weak for found, weak in zip(delays, faint, strict=True)]
    for first, last in _rows(delays):
        echo[first:last] = [True] * (last - first)
    for at in [i for i, one in enumerate(echo) if one]:
        after = next((i for i in range(at + 1, min(len(echo), at + MISHEARD + 2)) if echo[i]), at)
        if all(faint[at + 1 : after]):
            echo[at:after] = [True] * (after - at)
    return echo


def _delays(word: Word, said: Said) -> list[float]:
    """By how much later than the others the microphone has this word: all that is possible."""
    text = fold(word.text)
    first = bisect_left(said, word.start - NEAR, key=lambda one: one[0])
    last = bisect_right(said, word.start + NEAR, key=lambda one: one[0])
    return [word.start - start for start, other in said[first:last] if text and other == text]


def _rows(delays: Sequence[Sequence[float]]) -> Iterator[tuple[int, int]]:
    """First and last (excluded) of the words in a row that all have nearly the same delay."""
    first, kept = 0, list[float]()
    for at, found in enumerate([*delays, ()]):
        fitting = [d for d in found if all(abs(d - one) <= SAME_DELAY for one in kept[-ROW:])]
        if fitting:
            kept.append(fitting[0])
            continue
        if at - first >= ROW:
            yield first, at
        first, kept = (at, [found[0]]) if found else (at + 1, [])


def _cut(segment: Segment, echo: Sequence[bool]) -> Iterator[Segment]:
    if not any(echo) or segment.doubtful:
        yield segment
        return
    pairs = zip(segment.words, echo, strict=True)
    for i, (heard, group) in enumerate(groupby(pairs, key=lambda pair: pair[1])):
        words = tuple(word for word, _ in group)
        yield replace(
            segment,
            id=segment.id if i == 0 else f"{segment.id}.e{i}",
            start=words[0].start,
            end=words[-1].end,
            text=join_words(words),
            words=words,
            flags=(*segment.flags, ECHO) if heard else segment.flags,
        )
