"""Who speaks in each stretch, decided again once all voices are known.

pyannote names the speakers of 10 s windows; where two voices that are alike share one window it
may take them for one, and whole sentences go to the wrong person. Here every stretch between two
changes is compared with the voices of all speakers, and given to another one where that fits
clearly better. Overlapping speech is left as it is.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import find_peaks

from voicerec_desktop.core.model import Diarization, Speaker, SpeakerTurn

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Voice = Callable[[float, float], "NDArray[np.float32] | None"]

SPREAD = 0.1  # s by which the windows disagree about the time of one change
AGREEMENT = 0.2  # share of the windows over a change that must see it
SHORTEST = 0.3  # s: a voice cannot be told from less
MARGIN = 0.05  # of cosine by which another speaker must fit better,
MARGIN_SECOND = 0.03  # and this, divided by the seconds of the stretch, more
MAX_OVERLAP = 0.5  # share of a stretch in which somebody else speaks, too


def speech_and_changes(
    data: "NDArray[np.float32]", step: float, duration: float
) -> "tuple[NDArray[np.bool_], list[float]]":
    """Where somebody speaks, and where a voice begins or ends, as the windows vote.

    Args:
        data: [windows, m, speakers], 1 where a window's speaker speaks.
        step: seconds between windows.
        duration: seconds of a window.

    Returns:
        bool over the recording, `m / duration` values a second; seconds in order.
    """
    windows, per_window, _ = data.shape
    per_second = per_window / duration
    total = round(((windows - 1) * step + duration) * per_second) + 1
    heard, speech, votes = np.zeros(total), np.zeros(total), np.zeros(total)
    for at in range(windows):
        first = round(at * step * per_second)
        inside = slice(first, min(total, first + per_window))
        window = data[at, : inside.stop - first]
        heard[inside] += 1
        speech[inside] += window.max(axis=1)
        votes[first + 1 : inside.stop] += (window[1:] != window[:-1]).any(axis=1)
    width = 2 * max(1, round(SPREAD * per_second)) + 1
    share = np.convolve(votes, np.ones(width), "same") / np.maximum(heard, 1)
    peaks, _ = find_peaks(share, height=AGREEMENT, distance=width)
    return speech > heard / 2, [float(peak / per_second) for peak in peaks]


def resegment(found: Diarization, changes: Sequence[float], voice: "Voice") -> Diarization:
    """The diarization with stretches given to the speakers whose voices they have.

    Args:
        found: with speaker embeddings.
        changes: seconds in order at which a voice begins or ends.
        voice: L2-normalised embedding of a stretch, or None.
    """
    known = [speaker for speaker in found.speakers if speaker.embedding]
    if len(known) < 2:
        return found
    chooser = _Chooser(known, found.turns, voice)
    turns, exclusive = list(found.turns), []
    for piece in _pieces(found.exclusive, changes):
        owner = chooser.owner(piece)
        if owner != piece.speaker_id:
            turns = list(_given(turns, piece, owner))
        exclusive.append(replace(piece, speaker_id=owner))
    heard = {turn.speaker_id for turn in turns}
    return Diarization(
        tuple(_joined(turns)),
        tuple(_joined(exclusive)),
        tuple(speaker for speaker in found.speakers if speaker.id in heard),
    )


def _pieces(turns: Sequence[SpeakerTurn], changes: Sequence[float]) -> Iterator[SpeakerTurn]:
    """Turns cut at changes, no piece shorter than `SHORTEST` where the turn is not."""
    times = np.asarray(changes)
    for turn in turns:
        start = turn.start
        low, high = np.searchsorted(times, (turn.start + SHORTEST, turn.end - SHORTEST))
        for change in times[low:high]:
            if change - start >= SHORTEST:
                yield SpeakerTurn(start, float(change), turn.speaker_id)
                start = float(change)
        yield SpeakerTurn(start, turn.end, turn.speaker_id)


class _Chooser:
    """Finds the speaker whose voice a stretch has."""

    def __init__(
        self, speakers: Sequence[Speaker], turns: Sequence[SpeakerTurn], voice: "Voice"
    ) -> None:
        self._ids = [speaker.id for speaker in speakers]
        self._voices = np.array([speaker.embedding for speaker in speakers], np.float32)
        self._starts = np.array([turn.start for turn in turns])
        self._ends = np.array([turn.end for turn in turns])
        self._voice = voice

    def owner(self, piece: SpeakerTurn) -> str:
        """The speaker who fits best if clearly so, else the one that the piece has."""
        seconds = piece.end - piece.start
        if seconds < SHORTEST or piece.speaker_id not in self._ids:
            return piece.speaker_id
        overlaps = np.minimum(piece.end, self._ends) - np.maximum(piece.start, self._starts)
        if overlaps.clip(0.0).sum() > (1 + MAX_OVERLAP) * seconds:
            return piece.speaker_id
        heard = self._voice(piece.start, piece.end)
        if heard is None:
            return piece.speaker_id
        fits = self._voices @ heard
        best, now = int(fits.argmax()), self._ids.index(piece.speaker_id)
        clear = fits[best] - fits[now] > MARGIN + MARGIN_SECOND / seconds
        return self._ids[best] if clear else piece.speaker_id


def _given(turns: Sequence[SpeakerTurn], piece: SpeakerTurn, owner: str) -> Iterator[SpeakerTurn]:
    """Turns in which the piece belongs to another speaker."""
    for turn in turns:
        if (
            turn.speaker_id != piece.speaker_id
            or turn.end <= piece.start
            or turn.start >= piece.end
        ):
            yield turn
            continue
        if turn.start < piece.start:
            yield replace(turn, end=piece.start)
        yield SpeakerTurn(max(turn.start, piece.start), min(turn.end, piece.end), owner)
        if turn.end > piece.end:
            yield replace(turn, start=piece.end)


def _joined(turns: Sequence[SpeakerTurn]) -> list[SpeakerTurn]:
    """Turns in order of time, those of one speaker that touch made one."""
    last: dict[str, int] = {}
    joined: list[SpeakerTurn] = []
    for turn in sorted(turns, key=lambda t: (t.start, t.end)):
        at = last.get(turn.speaker_id)
        if at is not None and turn.start <= joined[at].end + 1e-6:
            joined[at] = replace(joined[at], end=max(joined[at].end, turn.end))
        else:
            last[turn.speaker_id] = len(joined)
            joined.append(turn)
    return joined
