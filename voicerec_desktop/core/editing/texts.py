"""Correcting text, cutting and joining segments, deciding about doubtful ones."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from voicerec_desktop.core.editing.alignment import realigned, timed_words
from voicerec_desktop.core.editing.values import Edit, EditKind, Rows, by_id, changed
from voicerec_desktop.core.ids import new_id
from voicerec_desktop.core.model import (
    DOUBTFUL,
    FLAG_DISMISSED,
    FLAG_EDITED,
    RESTORED,
    Segment,
    Transcript,
    Word,
)
from voicerec_desktop.core.segmentation import join_words


def correct_text(transcript: Transcript, segment_id: str, text: str) -> Edit | None:
    """Give a segment another text; words that stay the same keep their times.

    What was doubtful is so no more. No text at all means that nobody said this: it is dismissed.
    """
    if not text.split():
        return dismiss(transcript, segment_id)

    def said(segment: Segment) -> Segment:
        new = corrected(segment, text)
        return segment if new is segment else trusted(new)

    return changed(EditKind.TEXT, transcript, [segment_id], said)


def corrected(segment: Segment, text: str) -> Segment:
    """A segment with another text, its words realigned; the same one if the text is the same."""
    text = " ".join(text.split())
    if text == " ".join(segment.text.split()):
        return segment
    flags = segment.flags if FLAG_EDITED in segment.flags else (*segment.flags, FLAG_EDITED)
    return replace(segment, text=text, words=realigned(segment, text), flags=flags)


def trusted(segment: Segment) -> Segment:
    """A segment of which nobody doubts that somebody said it."""
    flags = tuple(
        RESTORED + flag.removeprefix(DOUBTFUL) if flag.startswith(DOUBTFUL) else flag
        for flag in segment.flags
        if flag != FLAG_DISMISSED
    )
    return replace(segment, flags=flags)


def split_segment(transcript: Transcript, segment_id: str, at_word: int) -> Edit | None:
    """Cut a segment before one of its words, 0.. ."""
    segment = by_id(transcript, segment_id)
    if segment is None:
        return None
    parts = cut(segment, [at_word])
    return Edit(EditKind.SPLIT, Rows((segment,)), Rows(parts)) if len(parts) > 1 else None


def cut(segment: Segment, places: Sequence[int]) -> tuple[Segment, ...]:
    """A segment cut before some of its words; the first part keeps the id."""
    words = segment.words or timed_words(segment)
    inner = sorted({place for place in places if 0 < place < len(words)})
    if not inner:
        return (segment,)
    bounds = [0, *inner, len(words)]
    parts = []
    for first, last in pairwise(bounds):
        start = segment.start if first == 0 else words[first].start
        end = segment.end if last == len(words) else words[last - 1].end
        parts.append(
            replace(
                segment,
                id=segment.id if first == 0 else new_id(),
                start=start,
                end=max(start, end),
                text=join_words(words[first:last]),
                words=words[first:last],
            )
        )
    return tuple(parts)


def join_segments(transcript: Transcript, segment_ids: Sequence[str]) -> Edit | None:
    """Make one segment of neighbours; it is said by the first of their speakers.

    None unless they are on one track with nothing that is shown between them.
    """
    wanted = set(segment_ids)
    places = [i for i, s in enumerate(transcript.segments) if s.id in wanted and not s.dismissed]
    if len(places) < 2 or len(places) < len(wanted):
        return None
    parts = tuple(transcript.segments[i] for i in places)
    between = transcript.segments[places[0] : places[-1] + 1]
    strangers = any(not s.dismissed and s.id not in wanted for s in between)
    if strangers or len({s.track_id for s in parts}) > 1:
        return None
    return Edit(EditKind.JOIN, Rows(parts), Rows((_joined(parts),)))


def _joined(parts: Sequence[Segment]) -> Segment:
    first = parts[0]
    speaker_id = next((s.speaker_id for s in parts if s.speaker_id is not None), None)
    words: list[Word] = []
    for part in parts:
        for i, word in enumerate(part.words or timed_words(part)):
            apart = i > 0 or not words or word.text[:1].isspace()
            text = word.text if apart else " " + word.text
            words.append(replace(word, text=text, speaker_id=speaker_id))
    if not all(part.doubtful for part in parts):  # else doubt would hide what was certain
        parts = [trusted(part) for part in parts]
    seconds = sum(part.end - part.start for part in parts) or 1.0
    return replace(
        first,
        end=max(part.end for part in parts),
        text=join_words(words),
        words=tuple(words),
        speaker_id=speaker_id,
        flags=tuple(dict.fromkeys(flag for part in parts for flag in part.flags)),
        avg_logprob=sum(p.avg_logprob * (p.end - p.start) for p in parts) / seconds,
        no_speech_prob=sum(p.no_speech_prob * (p.end - p.start) for p in parts) / seconds,
    )


def dismiss(transcript: Transcript, segment_id: str) -> Edit | None:
    """Hide text that nobody said, for good: neither exports nor search show it."""

    def hidden(segment: Segment) -> Segment:
        flags = segment.flags if segment.dismissed else (*segment.flags, FLAG_DISMISSED)
        return replace(segment, flags=flags)

    return changed(EditKind.DISMISS, transcript, [segment_id], hidden)


def restore(transcript: Transcript, segment_id: str) -> Edit | None:
    """Text that is doubtful or was dismissed counts from now on."""
    return changed(EditKind.RESTORE, transcript, [segment_id], trusted)
