"""Turns follow what the user says about segments, so that bands and RTTM agree with the text."""

from collections.abc import Iterator, Sequence

from voicerec_desktop.core.model import Segment, SpeakerTurn

SLIVER = 0.5  # s: what is left of a turn beside a segment that goes to somebody else, if shorter
Turns = tuple[SpeakerTurn, ...]


def joined_turns(turns: Sequence[SpeakerTurn], speaker_id: str) -> Turns:
    """Turns as those of one speaker: they no longer overlap."""
    joined: list[SpeakerTurn] = []
    for turn in sorted(turns, key=lambda turn: turn.start):
        if joined and turn.start <= joined[-1].end:
            end = max(joined[-1].end, turn.end)
            joined[-1] = SpeakerTurn(joined[-1].start, end, speaker_id)
        else:
            joined.append(SpeakerTurn(turn.start, turn.end, speaker_id))
    return tuple(joined)


def reassigned_turns(
    turns: Sequence[SpeakerTurn], segments: Sequence[Segment], speaker_id: str | None
) -> tuple[Turns, Turns]:
    """Turns that go and come when segments, as they were before, go to another speaker."""
    gone: list[SpeakerTurn] = []
    left: list[SpeakerTurn] = []
    given: list[SpeakerTurn] = []
    for turn in turns:
        taken = [s for s in segments if s.speaker_id == turn.speaker_id and _meet(turn, s)]
        if taken:
            gone.append(turn)
            rest, moved = _parted(turn, taken)
            left += rest
            given += moved
    if speaker_id is None:
        return tuple(gone), tuple(left)
    given += [SpeakerTurn(s.start, s.end, speaker_id) for s in segments if s.end > s.start]
    given = list(joined_turns(given, speaker_id))
    own = [t for t in turns if t.speaker_id == speaker_id and any(_touch(t, g) for g in given)]
    come = joined_turns([*given, *own], speaker_id)
    same = set(own) & set(come)
    return (
        (*gone, *(t for t in own if t not in same)),
        (*left, *(t for t in come if t not in same)),
    )


def _parted(
    turn: SpeakerTurn, taken: Sequence[Segment]
) -> tuple[list[SpeakerTurn], list[SpeakerTurn]]:
    """What stays of a turn, and what goes with the segments: they and slivers beside them."""
    rest, moved, at = [], [], turn.start
    for start, end in (*_stretches(taken), (turn.end, turn.end)):
        if start - at >= SLIVER:
            rest.append(SpeakerTurn(at, start, turn.speaker_id))
        elif start > at:
            moved.append(SpeakerTurn(at, start, turn.speaker_id))
        first, last = max(start, turn.start), min(end, turn.end)
        if last > first:
            moved.append(SpeakerTurn(first, last, turn.speaker_id))
        at = max(at, end)
    return rest, moved


def _stretches(segments: Sequence[Segment]) -> Iterator[tuple[float, float]]:
    for segment in sorted(segments, key=lambda segment: segment.start):
        yield segment.start, segment.end


def _meet(turn: SpeakerTurn, segment: Segment) -> bool:
    return turn.start < segment.end and segment.start < turn.end


def _touch(one: SpeakerTurn, other: SpeakerTurn) -> bool:
    return one.start <= other.end and other.start <= one.end
