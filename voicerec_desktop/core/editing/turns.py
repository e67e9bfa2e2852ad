"""Turns follow what the user says about segments, so that bands and RTTM agree with the text."""

from bisect import bisect_left
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
    find = _Meeting(segments)
    for turn in turns:
        taken = find.segments_in(turn)
        if taken:
            gone.append(turn)
            rest, moved = _parted(turn, taken)
            left += rest
            given += moved
    if speaker_id is None:
        return tuple(gone), tuple(left)
    given += [SpeakerTurn(s.start, s.end, speaker_id) for s in segments if s.end > s.start]
    given = list(joined_turns(given, speaker_id))
    ends = [turn.end for turn in given]  # in order: they do not overlap
    own = [t for t in turns if t.speaker_id == speaker_id and _touches(t, given, ends)]
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


class _Meeting:
    """Segments by speaker and time: a long meeting is not looked through for each turn."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._of: dict[str | None, list[Segment]] = {}
        for segment in sorted(segments, key=lambda segment: segment.start):
            self._of.setdefault(segment.speaker_id, []).append(segment)
        self._longest = max((s.end - s.start for s in segments), default=0.0)

    def segments_in(self, turn: SpeakerTurn) -> list[Segment]:
        """What the turn's speaker says in it."""
        mine = self._of.get(turn.speaker_id, [])
        first = bisect_left(mine, turn.start - self._longest, key=lambda s: s.start)
        last = bisect_left(mine, turn.end, key=lambda s: s.start)
        return [segment for segment in mine[first:last] if segment.end > turn.start]


def _touches(turn: SpeakerTurn, others: Sequence[SpeakerTurn], ends: Sequence[float]) -> bool:
    """Whether a turn touches one of others, which end at `ends`."""
    at = bisect_left(ends, turn.start)
    return at < len(others) and others[at].start <= turn.end
