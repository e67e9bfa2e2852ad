"""Tracks as one sound to listen to, at any speed with the pitch kept.

Speed is changed by WSOLA (Verhelst and Roelands, ICASSP 1993): stretches of the sound are laid over
each other where they fit best. 20 ms of sound cost 0.5 ms.
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicerec_desktop.audio.listening import Sound
    from voicerec_desktop.sound import Audio

HOP = 0.02  # s of sound that come out at once
SEARCH = 0.01  # s around its place in which the best fit is looked for: a pitch of 50 Hz
JITTER = 1e-9  # energy of silence


class Mixer:
    """Tracks that sound together, sample by sample.

    Args:
        sounds: all at the same rate.

    Attributes:
        rate: of the samples, Hz.
        muted: indices of tracks that are not heard.
        seconds: length of the longest track.
    """

    def __init__(self, sounds: "Sequence[Sound]") -> None:
        self._sounds = tuple(sounds)
        self.rate = self._sounds[0].rate
        self._frames = max(sound.frames for sound in self._sounds)
        self._hop, self._search = round(HOP * self.rate), round(SEARCH * self.rate)
        steps = np.pi * (np.arange(self._hop) + 0.5) / self._hop
        self._rise = (0.5 - 0.5 * np.cos(steps)).astype(np.float32)
        self._at = 0.0  # frame that comes next
        self._tail: Audio | None = None  # what would follow what came out last
        self.muted: set[int] = set()
        self.seconds = self._frames / self.rate

    @property
    def at(self) -> float:
        """The place that comes next, seconds."""
        return self._at / self.rate

    @property
    def ended(self) -> bool:
        """Whether nothing comes any more."""
        return self._at >= self._frames

    @property
    def broken(self) -> bool:
        """Whether a track cannot be read."""
        return any(sound.broken for sound in self._sounds)

    def seek(self, seconds: float) -> None:
        """Go on elsewhere."""
        self._at = max(0.0, seconds) * self.rate
        self._tail = None

    def close(self) -> None:
        """Let the tracks go."""
        for sound in self._sounds:
            sound.close()

    def render(self, speed: float) -> "Audio | None":
        """The next 20 ms at a speed; None while they are not there yet."""
        place: int | None = round(self._at)
        if speed != 1.0:
            place = self._best(round(self._at))
        block = None if place is None else self._read(place, 2 * self._hop)
        if block is None:
            return None
        out = block[: self._hop]
        if self._tail is not None:
            out = self._tail + self._rise * (out - self._tail)
        self._tail = None if speed == 1.0 else block[self._hop :]
        self._at += self._hop * speed
        return out

    def _best(self, place: int) -> int | None:
        """The place near this one whose sound goes on from the tail."""
        if self._tail is None:
            return place
        hop = self._hop
        area = self._read(place - self._search, hop + 2 * self._search)
        if area is None:
            return None
        likeness = np.correlate(area, self._tail, "valid")
        sums = np.concatenate(([0.0], np.cumsum(np.square(area, dtype=np.float64))))
        energy = np.sqrt(np.maximum(sums[hop:] - sums[:-hop], JITTER))
        return place - self._search + int(np.argmax(likeness / energy))

    def _read(self, start: int, count: int) -> "Audio | None":
        """The mix of what is not muted; all tracks are read, so that all are there when wanted."""
        parts = [sound.read(start, count) for sound in self._sounds]
        mixed = np.zeros(count, np.float32)
        for number, part in enumerate(parts):
            if part is None:
                return None
            if number not in self.muted:
                mixed += part
        return mixed


class Pcm:
    """Sound as bytes of a device: int16 at its rate, the same in all channels.

    Where the rates differ, samples are drawn straight from one to the next: most devices take the
    rate of the sound, and the others its multiples.
    """

    def __init__(self, source_rate: int, rate: int, channels: int) -> None:
        self._step = source_rate / rate
        self._channels = channels
        self._last = 0.0
        self._phase = 1.0  # of the next sample: 0 is `_last`, 1 the first of the block

    def encode(self, block: "Audio") -> bytes:
        """float32[n] as bytes."""
        known = np.concatenate(([self._last], block))
        places = np.arange(self._phase, len(known) - 1e-9, self._step)
        places = places[places <= len(known) - 1]
        samples = np.interp(places, np.arange(len(known)), known)
        if len(places):
            self._phase = places[-1] + self._step - (len(known) - 1)
        self._last = float(known[-1])
        whole = np.round(np.clip(samples, -1.0, 1.0) * 32767).astype("<i2")
        return np.repeat(whole, self._channels).tobytes()
