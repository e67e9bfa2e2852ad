"""An edit as a value: rows that go, rows that come."""

from bisect import insort
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from voicerec_desktop.core.model import Segment, Speaker, SpeakerTurn, Transcript

FEW = 50  # rows that are faster put in one by one than sorted with all others
Row = TypeVar("Row")


class EditKind(StrEnum):
    """What was done, for the words of "Undo ..."."""

    TEXT = "text"
    SPLIT = "split"
    JOIN = "join"
    SPEAKER = "speaker"
    RENAME = "rename"
    MERGE = "merge"
    RECOLOUR = "recolour"
    REPLACE = "replace"
    DISMISS = "dismiss"
    RESTORE = "restore"
    RERUN = "rerun"  # the engines' new transcript took the place of an edited one


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a transcript: segments and speakers are known by id, turns by what they are."""

    segments: tuple[Segment, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    turns: tuple[SpeakerTurn, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """Rows that go and rows that come instead; a changed row is in both."""

    kind: EditKind
    before: Rows
    after: Rows


def inverse(edit: Edit) -> Edit:
    """The edit that takes this one back."""
    return Edit(edit.kind, edit.after, edit.before)


def apply(transcript: Transcript, edit: Edit) -> Transcript:
    """The transcript after an edit; rows that the edit does not touch are the same objects."""
    before, after = edit.before, edit.after
    segments, speakers, turns = transcript.segments, transcript.speakers, transcript.turns
    if before.segments or after.segments:
        gone = {segment.id for segment in before.segments}
        kept = [segment for segment in segments if segment.id not in gone]
        segments = _inserted(kept, after.segments, in_order)
    if before.speakers or after.speakers:
        gone = {speaker.id for speaker in before.speakers}
        others = [speaker for speaker in speakers if speaker.id not in gone]
        speakers = _inserted(others, after.speakers, _number)
    if before.turns or after.turns:
        turns = _inserted(_without(turns, before.turns), after.turns, turn_order)
    return replace(transcript, segments=segments, speakers=speakers, turns=turns)


def in_order(segment: Segment) -> tuple[float, float, str]:
    """The key by which segments of a transcript are sorted."""
    return segment.start, segment.end, segment.id


def turn_order(turn: SpeakerTurn) -> tuple[float, float, str]:
    """The key by which turns of a transcript are sorted."""
    return turn.start, turn.end, turn.speaker_id


def _number(speaker: Speaker) -> tuple[int, str]:
    return speaker.number, speaker.id


def _inserted(rows: list[Row], new: Sequence[Row], key: Callable[[Row], Any]) -> tuple[Row, ...]:
    """Rows with new ones among them; `rows` are in order already."""
    if len(new) > FEW:
        return tuple(sorted([*rows, *new], key=key))
    for row in new:
        insort(rows, row, key=key)
    return tuple(rows)


def _without(turns: Sequence[SpeakerTurn], gone: Sequence[SpeakerTurn]) -> list[SpeakerTurn]:
    left, starts = Counter(gone), {turn.start for turn in gone}
    kept = []
    for turn in turns:
        if turn.start in starts and left[turn]:
            left[turn] -= 1
        else:
            kept.append(turn)
    return kept


def by_id(transcript: Transcript, segment_id: str) -> Segment | None:
    """The segment with this id, or None."""
    return next((s for s in transcript.segments if s.id == segment_id), None)


def changed(
    kind: EditKind,
    transcript: Transcript,
    segment_ids: Sequence[str],
    change: Callable[[Segment], Segment],
) -> Edit | None:
    """The edit that changes some segments, each by itself; None if that changes none."""
    wanted = set(segment_ids)
    pairs = [(old, change(old)) for old in transcript.segments if old.id in wanted]
    pairs = [(old, new) for old, new in pairs if new != old]
    if not pairs:
        return None
    before, after = zip(*pairs, strict=True)
    return Edit(kind, Rows(before), Rows(after))
