"""How much each speaker talks."""

from collections.abc import Sequence
from dataclasses import dataclass

from voicerec_desktop.core.model import Segment, Transcript

PAUSE = 1.0  # s between two words of a speaker that do not end what is said


@dataclass(frozen=True, slots=True)
class Talk:
    """What one speaker has of a meeting.

    Attributes:
        seconds: of speech; pauses of more than a second do not count.
        share: of all speech, 0 to 1; people who speak at once both count.
        turns: how often the speaker has the word: text of one speaker in a row is one turn.
        longest: start and end of the longest stretch of speech: the best sample of the voice.
    """

    speaker_id: str
    seconds: float = 0.0
    share: float = 0.0
    turns: int = 0
    longest: tuple[float, float] = (0.0, 0.0)


def talk(transcript: Transcript) -> dict[str, Talk]:
    """By speaker, in the order of their numbers; who says nothing has zeros.

    Doubtful and dismissed text is not counted. Where there is no text yet, turns tell.
    """
    stretches: dict[str, list[tuple[float, float]]] = {s.id: [] for s in transcript.speakers}
    if not stretches:
        return {}
    turns = dict.fromkeys(stretches, 0)
    last: str | None = None
    for segment in transcript.segments:
        if segment.speaker_id not in stretches or segment.doubtful or segment.dismissed:
            continue
        turns[segment.speaker_id] += segment.speaker_id != last
        last = segment.speaker_id
        stretches[segment.speaker_id] += _spoken(segment)
    if last is None:
        for turn in transcript.turns:
            if turn.speaker_id in stretches:
                turns[turn.speaker_id] += 1
                stretches[turn.speaker_id].append((turn.start, turn.end))
    joined = {speaker_id: _joined(found) for speaker_id, found in stretches.items()}
    seconds = {i: sum(end - start for start, end in found) for i, found in joined.items()}
    total = sum(seconds.values()) or 1.0
    return {
        i: Talk(
            i,
            seconds[i],
            seconds[i] / total,
            turns[i],
            max(joined[i], key=_length, default=(0.0, 0.0)),
        )
        for i in joined
    }


def _spoken(segment: Segment) -> Sequence[tuple[float, float]]:
    return [(word.start, word.end) for word in segment.words] or [(segment.start, segment.end)]


def _joined(stretches: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stretches of one speaker without overlaps and short pauses."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted(stretches):
        if joined and start - joined[-1][1] <= PAUSE:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, max(start, end)))
    return joined


def _length(stretch: tuple[float, float]) -> float:
    return stretch[1] - stretch[0]
