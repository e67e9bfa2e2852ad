"""Sound files to listen to: decoded around the place that is heard, in their own quality.

Times are those of `stream.SoundStream`, so what is heard at a word's time is that word.
"""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from voicerec_desktop.audio.stream import (
    CONTAINERS,
    GAP,
    LONGEST_GAP,
    check_readable,
    in_clock_units,
    true_to_clock,
    unreadable,
)
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.sound import SAMPLE_RATE, open_decoded

if TYPE_CHECKING:
    from voicerec_desktop.sound import Audio

RATE = 48_000  # Hz: what devices like
AHEAD, KEPT = 10 * RATE, 30 * RATE  # samples that are decoded before they are heard, and kept
NEAR = 2 * RATE  # samples that are decoded sooner than sought
BEFORE = RATE // 10  # samples before a sought place: who stretches sound looks back
PREROLL = 0.2  # s before a place: lossy codecs need something to start from
FITS = 0.3  # s: what the length that a file claims may differ from that of its decoded sound


class DecodedSound:
    """What `decode` has written."""

    rate = SAMPLE_RATE
    broken = False

    def __init__(self, path: Path) -> None:
        self._samples = open_decoded(path)
        self.frames = len(self._samples)

    def read(self, start: int, count: int) -> "Audio | None":
        """Samples from a place; silence beyond the ends."""
        found = np.zeros(count, np.float32)
        first, last = max(0, start), min(self.frames, start + count)
        if first < last:
            found[first - start : last - start] = self._samples[first:last]
        return found

    def close(self) -> None:
        """Nothing is held."""


class FileSound:
    """A file of any format, or one channel of it, decoded by a thread of its own.

    Args:
        channel: 0.., or -1 for the mean of all.
        seconds: length of its decoded sound, or 0 where that is not known yet.
        clock_rate: frames that last a second, where that is not what the file says, else 0.

    Attributes:
        broken: it cannot be listened to so; decoding all of it may help.

    Raises:
        KnownError: it is missing, or no sound that can be read.
    """

    rate = RATE

    def __init__(self, path: Path, channel: int, seconds: float, clock_rate: float = 0.0) -> None:
        self._channel = channel
        self._file, self._track = _opened(path)
        self._clock_rate = clock_rate
        self._pace = clock_rate / self._track.rate if clock_rate else 1.0
        self._start = (self._file.start_time or 0) / 1e6
        length = (self._file.duration or 0) / 1e6 / self._pace
        self.broken = not length or (seconds > 0 and abs(length - seconds) > FITS)
        self.frames = round((seconds or length) * RATE)
        self._ring = np.zeros(KEPT, np.float32)
        self._low = self._high = self._heard = 0  # what the ring holds; where was read last
        self._sought: int | None = 0
        self._closed = self._ended = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="listening", daemon=True)
        self._thread.start()

    def read(self, start: int, count: int) -> "Audio | None":
        """Samples from a place, silence beyond the ends; None while they are not decoded yet."""
        found = np.zeros(count, np.float32)
        first, last = max(0, start), min(self.frames, start + count)
        if first >= last:
            return found
        with self._changed:
            self._heard = first
            self._changed.notify()
            if not self._holds(first, last):
                return None
            places = np.arange(first, min(last, self._high))
            found[places - start] = self._ring[places % KEPT]
        return found

    def _holds(self, first: int, last: int) -> bool:
        """Whether samples are decoded; those that would not be soon are sought."""
        begin = self._low if self._sought is None else self._sought
        reached = begin if self._sought is not None else self._high
        near = begin <= first <= reached + NEAR
        if self._sought is None and near and (last <= self._high or self._ended):
            return True
        if not near:
            self._sought = max(0, first - BEFORE)
        return False

    def close(self) -> None:
        """Let the file go, soon."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _run(self) -> None:
        """Decode where it is listened to until it is closed."""
        import av

        try:
            while (place := self._next_place()) is not None:
                for at, samples in self._decoded(place):
                    if not self._keep(at, samples):
                        break
                else:
                    with self._changed:
                        self._ended = True
        except (av.error.FFmpegError, OSError):  # a damaged index, a drive that was pulled out
            self.broken = True
        finally:
            self._file.close()

    def _next_place(self) -> int | None:
        """Wait for a place to decode from; None when it is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._sought is not None)
            if self._closed or self._sought is None:
                return None
            place, self._sought = self._sought, None
            self._low = self._high = self._heard = place
            self._ended = False
            return place

    def _keep(self, at: int, samples: "Audio") -> bool:
        """Put samples into the ring when there is room; False where others are wanted."""
        with self._changed:
            hole = at - self._high
            if not 0 < hole < LONGEST_GAP * RATE:  # what is before the place is not wanted
                samples = samples[max(0, -hole) :]
                hole = 0
            samples = np.concatenate((np.zeros(hole, np.float32), samples))
            for begin in range(0, len(samples), RATE):
                part = samples[begin : begin + RATE]
                self._changed.wait_for(self._has_room)
                if self._closed or self._sought is not None:
                    return False
                self._ring[np.arange(self._high, self._high + len(part)) % KEPT] = part
                self._high += len(part)
                self._low = max(self._low, self._high - KEPT)
            return not self._closed and self._sought is None

    def _has_room(self) -> bool:
        wanted = self._closed or self._sought is not None
        return wanted or self._high - self._heard < AHEAD

    def _decoded(self, place: int) -> "Iterator[tuple[int, Audio]]":
        """Where samples belong, and the samples, from a little before a place."""
        import av

        at = place / RATE * self._pace + self._start - PREROLL
        self._file.seek(max(0, round(at * 1e6)), backward=True)
        resampler: Any = None
        shape: tuple[str, str, int] | None = None
        expected = 0.0
        for frame in self._frames():
            stamp = None if frame.time is None else float(frame.time) - self._start
            time = expected if stamp is None else stamp / self._pace
            now = (frame.format.name, frame.layout.name, frame.sample_rate)
            if resampler is None or time - expected > GAP:
                expected, place = time, round(time * RATE)
                shape = None
            if now != shape:
                rate = in_clock_units(RATE, self._clock_rate)
                resampler, shape = av.AudioResampler("fltp", frame.layout, rate), now
            expected += frame.samples / frame.sample_rate / self._pace
            frame.pts = None
            true_to_clock(frame, self._clock_rate)
            for part in resampler.resample(frame):
                samples = self._mono(part.to_ndarray())
                yield place, samples
                place += len(samples)

    def _frames(self) -> Iterator[Any]:
        import av

        for packet in self._file.demux(self._track):
            try:
                yield from packet.decode()
            except av.error.InvalidDataError:  # damage is left out, as in decoding
                continue

    def _mono(self, samples: "Audio") -> "Audio":
        if self._channel >= 0:
            return np.asarray(samples[min(self._channel, len(samples) - 1)], np.float32)
        return np.asarray(samples.mean(axis=0), np.float32)


Sound = DecodedSound | FileSound


def _opened(path: Path) -> tuple[Any, Any]:
    """A file and its sound track."""
    import av

    check_readable(path)
    av.logging.set_level(None)
    try:
        file = av.open(
            f"file:{path}", metadata_errors="replace", options={"format_whitelist": CONTAINERS}
        )
    except OSError as error:
        raise unreadable(error, path) from error
    except av.error.FFmpegError as error:
        raise KnownError(ErrorCode.NOT_AUDIO, str(error), path=str(path)) from error
    known = [track for track in file.streams.audio if track.codec_context and track.rate]
    if not known:
        file.close()
        raise KnownError(ErrorCode.NO_AUDIO_STREAM, path=str(path))
    default = av.stream.Disposition.default
    return file, next((track for track in known if track.disposition & default), known[0])
