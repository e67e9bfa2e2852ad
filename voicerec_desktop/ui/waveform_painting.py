"""What a waveform shows, for a stretch of time and a width: bars of loudness and bands of speakers.

Nothing here takes longer for a long meeting: a bar looks at 64 peaks at most, and where more turns
than pixels are in view, each pixel asks who speaks there.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from voicerec_desktop.core.model import Speaker, SpeakerTurn, Transcript
from voicerec_desktop.ui.theme import speaker_colour

PEAKS_PER_SECOND = 20
BAR, GAP = 2, 1  # px
LOOKED_AT = 64  # peaks of a bar
MET = 200  # turns that one may hold on through, while others come and go
QUIET = 48  # of 255: recordings that are never louder are not blown up more than this
WEIGHTS = (1.0, 0.7, 0.45, 0.25)  # how high a speaker's band is: colour is never alone


@dataclass(frozen=True, slots=True)
class View:
    """What is in view.

    Attributes:
        left, span: seconds at the left edge, and from edge to edge.
        edge, width: pixels before the left edge, and from edge to edge.
    """

    left: float
    span: float
    edge: float
    width: float

    @property
    def right(self) -> float:
        """Pixels before the right edge."""
        return self.edge + self.width

    def x(self, seconds: float) -> float:
        """Where a time is."""
        return self.edge + (seconds - self.left) / self.span * self.width

    def seconds(self, x: float) -> float:
        """Which time is there."""
        return self.left + (x - self.edge) / self.width * self.span


class Loudness:
    """Peaks of up to two tracks, ready to be drawn at any zoom."""

    def __init__(self, peaks: Sequence[bytes]) -> None:
        self._peaks = [track for track in peaks if track][:2]
        loudest = max((max(p[:: 1 + len(p) // 4096]) for p in self._peaks), default=0)
        self._gain = 1.0 / max(QUIET, loudest)

    def bars(self, view: View, top: float, height: float) -> list[QRectF]:
        """The bars in view; two tracks go up and down from the middle."""
        middle, half = top + height / 2, height / 2
        count = int(view.width / (BAR + GAP)) + 1
        step = view.span / view.width * (BAR + GAP)  # s of a bar
        first = int(view.left / step)  # bars stand at multiples: they do not flicker when scrolled
        made = []
        for number in range(first, first + count):
            x = max(view.edge, view.x(number * step))
            if x > view.right - BAR:
                break
            sizes = [
                max(0.75, half * self._height(track, number * step, step)) for track in self._peaks
            ]
            if len(sizes) == 1:
                made.append(QRectF(x, middle - sizes[0], BAR, 2 * sizes[0]))
            elif sizes:
                made.append(QRectF(x, middle - 0.5 - sizes[0], BAR, sizes[0]))
                made.append(QRectF(x, middle + 0.5, BAR, sizes[1]))
        return made

    def _height(self, track: bytes, start: float, seconds: float) -> float:
        begin = int(start * PEAKS_PER_SECOND)
        end = max(begin + 1, int((start + seconds) * PEAKS_PER_SECOND))
        found = track[begin : end : 1 + (end - begin) // LOOKED_AT]
        return float(min(1.0, max(found, default=0) * self._gain) ** 0.7)


class Bands:
    """Who speaks when, one speaker at a time: where two do, it is the one who came in last."""

    def __init__(self, transcript: Transcript) -> None:
        self._turns = sorted(transcript.turns, key=lambda turn: turn.start)
        self._starts = [turn.start for turn in self._turns]
        self._reach = list(accumulate((turn.end for turn in self._turns), max))  # end of all so far
        self._speakers = {speaker.id: speaker for speaker in transcript.speakers}

    def speaker_at(self, seconds: float) -> Speaker | None:
        """Who has the word."""
        last = bisect_right(self._starts, seconds)
        for at in range(last - 1, max(-1, last - 1 - MET), -1):
            if self._turns[at].end > seconds:
                return self._speakers.get(self._turns[at].speaker_id)
            if self._reach[at] <= seconds:
                return None
        return None

    def paint(self, painter: QPainter, view: View, top: float, height: float) -> None:
        """Paint them: the first four colours full, the others pale between two lines."""
        for left, right, speaker in self._spans(view):
            colour = QColor(speaker_colour(speaker.colour))
            high = max(3.0, WEIGHTS[speaker.colour % len(WEIGHTS)] * height)
            box = QRectF(left, top + (height - high) / 2, max(1.0, right - left), high)
            if speaker.colour // len(WEIGHTS) % 2 == 1:
                for line in (box.top(), box.bottom() - 1):
                    painter.fillRect(QRectF(box.x(), line, box.width(), 1), colour)
                colour.setAlphaF(0.35)
            painter.fillRect(box, colour)

    def _spans(self, view: View) -> Iterator[tuple[float, float, Speaker]]:
        first = bisect_right(self._reach, view.left)
        last = bisect_right(self._starts, view.left + view.span)
        if last - first <= view.width:
            yield from self._exact(self._turns[first:last], view)
        else:
            yield from self._sampled(view)

    def _exact(
        self, turns: Sequence[SpeakerTurn], view: View
    ) -> Iterator[tuple[float, float, Speaker]]:
        """From the back, each turn as far as the later ones leave it."""
        edges: list[tuple[float, float, Speaker]] = []
        for number, turn in enumerate(turns):
            speaker = self._speakers.get(turn.speaker_id)
            if speaker is None or turn.end < view.left:
                continue
            at = turn.start
            for later in turns[number + 1 :]:
                if later.start >= turn.end:
                    break
                if later.start > at:
                    edges.append((at, later.start, speaker))
                at = max(at, later.end)
            if at < turn.end:
                edges.append((at, turn.end, speaker))
        for start, end, speaker in edges:
            yield max(view.edge, view.x(start)), min(view.right, view.x(end)), speaker

    def _sampled(self, view: View) -> Iterator[tuple[float, float, Speaker]]:
        """Who speaks in the middle of each pixel."""
        known, since = None, view.edge
        for pixel in range(int(view.width)):
            x = view.edge + pixel
            speaker = self.speaker_at(view.seconds(x + 0.5))
            if speaker is not known:
                if known is not None:
                    yield since, x, known
                known, since = speaker, x
        if known is not None:
            yield since, view.right, known
