"""Decoded tracks as one sound to listen to, at any speed with the pitch kept.

Speed is changed by WSOLA (Verhelst and Roelands, ICASSP 1993): stretches of the sound are laid over
each other where they fit best. 20 ms of sound cost 0.1 ms.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voicerec_desktop.sound import SAMPLE_RATE, open_decoded

if TYPE_CHECKING:
    from voicerec_desktop.sound import Audio

HOP = SAMPLE_RATE // 50  # samples that come out at once: 20 ms
SEARCH = SAMPLE_RATE // 100  # how far from its place the best fit is looked for: a pitch of 50 Hz
_RISE = (0.5 - 0.5 * np.cos(np.pi * (np.arange(HOP) + 0.5) / HOP)).astype(np.float32)


class Mixer:
    """Tracks that sound together, sample by sample.

    Args:
        paths: of decoded tracks (`sound.open_decoded`).

    Attributes:
        muted: indices of tracks that are not heard.
        seconds: length of the longest track.
    """

    def __init__(self, paths: Sequence[Path]) -> None:
        self._tracks = [open_decoded(path) for path in paths]
        self._frames = max(map(len, self._tracks))
        self._at = 0.0  # frame that comes next
        self._tail: Audio | None = None  # what would follow what came out last
        self.muted: set[int] = set()
        self.seconds = self._frames / SAMPLE_RATE

    @property
    def at(self) -> float:
        """The place that comes next, seconds."""
        return self._at / SAMPLE_RATE

    @property
    def ended(self) -> bool:
        """Whether nothing comes any more."""
        return self._at >= self._frames

    def seek(self, seconds: float) -> None:
        """Go on elsewhere."""
        self._at = max(0.0, seconds) * SAMPLE_RATE
        self._tail = None

    def render(self, rate: float) -> "Audio":
        """The next 20 ms, played at a rate: float32[HOP]."""
        place = round(self._at)
        if rate != 1.0:
            place = self._best(place)
        block = self._read(place, 2 * HOP)
        out = block[:HOP]
        if self._tail is not None:
            out = self._tail + _RISE * (out - self._tail)
        self._tail = None if rate == 1.0 else block[HOP:]
        self._at += HOP * rate
        return out

    def _best(self, place: int) -> int:
        """The place near this one whose sound goes on from the tail."""
        if self._tail is None:
            return place
        area = self._read(place - SEARCH, HOP + 2 * SEARCH)
        likeness = np.correlate(area, self._tail, "valid")
        sums = np.concatenate(([0.0], np.cumsum(np.square(area, dtype=np.float64))))
        energy = np.sqrt(np.maximum(sums[HOP:] - sums[:-HOP], 1e-9))
        return place - SEARCH + int(np.argmax(likeness / energy))

    def _read(self, start: int, count: int) -> "Audio":
        """The mix of what is not muted; silence beyond the ends."""
        mixed = np.zeros(count, np.float32)
        for number, track in enumerate(self._tracks):
            first, last = max(0, start), min(len(track), start + count)
            if number not in self.muted and first < last:
                mixed[first - start : last - start] += track[first:last]
        return mixed


class Pcm:
    """Sound as bytes of a device: int16 at its rate, the same in all channels."""

    def __init__(self, rate: int, channels: int) -> None:
        self._step = SAMPLE_RATE / rate
        self._channels = channels
        self._last = 0.0
        self._phase = 1.0  # of the next sample: 0 is `_last`, 1 the first of the block

    def encode(self, block: "Audio") -> bytes:
        """float32[n], 16 kHz, as bytes."""
        known = np.concatenate(([self._last], block))
        places = np.arange(self._phase, len(known) - 1e-9, self._step)
        places = places[places <= len(known) - 1]
        samples = np.interp(places, np.arange(len(known)), known)
        if len(places):
            self._phase = places[-1] + self._step - (len(known) - 1)
        self._last = float(known[-1])
        whole = np.round(np.clip(samples, -1.0, 1.0) * 32767).astype("<i2")
        return np.repeat(whole, self._channels).tobytes()
