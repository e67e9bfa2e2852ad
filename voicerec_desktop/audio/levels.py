"""How loud a track is, and what is strange about it, over the last seconds."""

import math
from collections import deque
from dataclasses import dataclass

from voicerec_desktop.recorder_messages import SILENT

WINDOW = 0.1  # s that a meter shows
MEMORY = 5.0  # s
FULL_SCALE = 32_768
NOTHING = 1  # a peak of this is digital silence: dither at most
CLIPPED = 32_766


@dataclass(frozen=True, slots=True)
class Level:
    """A stretch of sound.

    Attributes:
        seconds: its length.
        peak: 0 to 32768, over all channels.
        power: mean square of the samples, full scale = 1.
        clipped: share of samples at the limit.
    """

    seconds: float
    peak: int
    power: float
    clipped: float


def measure(frames: bytes, channels: int, sample_rate: int) -> Level:
    """The level of some frames, int16 interleaved; not none at all."""
    import numpy as np

    samples = np.frombuffer(frames, "<i2").astype(np.float32)
    loud = np.abs(samples)
    peak = int(loud.max())
    clipped = float(np.count_nonzero(loud >= CLIPPED)) / len(samples) if peak >= CLIPPED else 0.0
    power = float(np.dot(samples, samples)) / len(samples) / FULL_SCALE**2
    return Level(len(samples) / channels / sample_rate, peak, power, clipped)


def decibels(amplitude: float) -> float:
    """Amplitude (full scale = 1) in dBFS."""
    return max(SILENT, 20 * math.log10(amplitude)) if amplitude > 0 else SILENT


class Levels:
    """What a track sounded like lately.

    Attributes:
        nothing: seconds of digital silence up to now.
    """

    def __init__(self) -> None:
        self.nothing = 0.0
        self._recent: deque[Level] = deque()

    def add(self, level: Level) -> None:
        """Take note of the newest sound."""
        self.nothing = 0.0 if level.peak > NOTHING else self.nothing + level.seconds
        self._recent.append(level)
        while sum(x.seconds for x in self._recent) - self._recent[0].seconds > MEMORY:
            self._recent.popleft()

    def clear(self) -> None:
        """Forget: another device is heard now."""
        self.nothing = 0.0
        self._recent.clear()

    @property
    def clipped_seconds(self) -> float:
        """Seconds of the last five in which the limit was hit again and again."""
        return sum(x.seconds for x in self._recent if x.clipped > 0.001)

    def shown(self) -> tuple[float, float]:
        """Peak and RMS in dBFS of the last window or so."""
        if not self._recent:
            return SILENT, SILENT
        last: list[Level] = []
        for level in reversed(self._recent):
            last.append(level)
            if sum(x.seconds for x in last) >= WINDOW:
                break
        seconds = sum(x.seconds for x in last)
        power = sum(x.power * x.seconds for x in last) / seconds if seconds else 0.0
        return decibels(max(x.peak for x in last) / FULL_SCALE), decibels(math.sqrt(power))
