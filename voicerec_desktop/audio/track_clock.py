"""How a device's clock goes against the computer's, and where sound is missing.

A device delivers frames at its own idea of a rate; crystals differ by up to some 100 ppm. So the
number of frames, against time, is a line with a slope close to the rate. Blocks arrive late by
chance but never early: the least late of them tell the clock. Sound that is missing is a step of
that line; drift is its slope and must not be taken for one, however long it goes on.
"""

import sys
import time
from collections import deque
from collections.abc import Sequence

STEP = 0.3  # s: what is less is jitter
SETTLED = 0.7  # s for which a step must last
MEMORY = 30.0  # s over which the least late block is looked for; 1000 ppm move 30 ms in it
MIN_SPAN = 60.0  # s before a slope is believed
MAX_DRIFT = 0.01  # more is no crystal but a mistake

Point = tuple[float, int]  # seconds of the meeting, frames


def now() -> float:
    """Seconds of a clock that all processes share, never jumps, and goes on in standby."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.perf_counter()


class StreamClock:
    """The clock of an open stream.

    Args:
        rate: frames per second that the device promises.
        start: meeting time of its first frame.
    """

    def __init__(self, rate: int, start: float) -> None:
        self.rate = rate
        self._start = start
        self._frames = 0
        self._good: deque[tuple[float, float]] = deque()  # arrival and lag, lags rising
        self._late: tuple[float, float] | None = None  # since when, and by how much at least
        self._best: tuple[float, int, float] | None = None

    def add(self, frames: int, at: float) -> float:
        """Note a block that arrived; the seconds of sound that are missing before it, or 0."""
        self._frames += frames
        lag = at - self._start - self._frames / self.rate
        if self._good and lag - self._good[0][1] >= STEP:
            return self._step(at, lag)
        self._late = None
        while self._good and (self._good[-1][1] >= lag or self._good[0][0] < at - MEMORY):
            if self._good[-1][1] >= lag:
                self._good.pop()
            else:
                self._good.popleft()
        self._good.append((at, lag))
        if self._best is None or lag < self._best[2]:
            self._best = (at, self._frames, lag)
        return 0.0

    def _step(self, at: float, lag: float) -> float:
        since, least = self._late or (at, lag)
        self._late = since, min(least, lag)
        if at - since < SETTLED:
            return 0.0
        step = self._late[1] - self._good[0][1]
        self._start += step  # the silence that is put there makes up for it
        self._late = self._best = None
        return step

    @property
    def late(self) -> bool:
        """Whether it is open still if sound is missing before the last blocks."""
        return self._late is not None

    @property
    def lag(self) -> float:
        """Seconds by which the least late of the last blocks were late, drift included."""
        return self._good[0][1] if self._good else 0.0

    @property
    def end(self) -> float:
        """Meeting time of the last frame so far."""
        return self._start + self._frames / self.rate + self.lag

    def take_point(self) -> Point | None:
        """The best look at the clock since the last one: time and frames of this stream."""
        best, self._best = self._best, None
        return (best[0], best[1]) if best else None


def clock_rate(stretches: Sequence[Sequence[Point]], rate: int) -> float:
    """Frames per second of the computer's time: one slope through stretches between holes.

    Least squares with an offset of its own for each stretch. 0 where it cannot be told yet, or
    where what comes out is no drift of a crystal.
    """
    top = bottom = span = 0.0
    for points in stretches:
        if len(points) < 2:
            continue
        middle = sum(at for at, _ in points) / len(points)
        level = sum(frames for _, frames in points) / len(points)
        top += sum((at - middle) * (frames - level) for at, frames in points)
        bottom += sum((at - middle) ** 2 for at, _ in points)
        span += points[-1][0] - points[0][0]
    if span < MIN_SPAN or not bottom:
        return 0.0
    found = top / bottom
    return found if abs(found / rate - 1) < MAX_DRIFT else 0.0
