"""What loudspeakers play is taken out of the microphone's sound, for recognition only.

First it is found out whether there is an echo at all, and how much later it comes: by generalised
cross-correlation with phase transform (Knapp and Carter, IEEE TASSP 24, 1976), a stretch of some
minutes at a time. The two tracks come from devices of different latency, so an echo may even seem
to come before its cause. Where there is none (a headset), nothing is touched. Else WebRTC's AEC3
removes it; what it leaves of it is dealt with by `core.echo_words`.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.sound import SAMPLE_RATE, open_decoded

if TYPE_CHECKING:
    from livekit.rtc import AudioFrame
    from numpy.typing import NDArray

    from voicerec_desktop.sound import Audio

STRETCH = 300 * SAMPLE_RATE  # samples for which the delay is looked for
WINDOW = 8 * SAMPLE_RATE
MOST_WINDOWS = 24  # of a stretch
LONGEST = SAMPLE_RATE  # samples by which an echo may come later or sooner
BAND = (200.0, 4000.0)  # Hz, in which speech and small loudspeakers are
QUIET = 1e-3  # RMS of the others' sound below which a window says nothing
SURE = 8.0  # times the standard deviation: noise comes to 4 or 5, an echo at -35 dB to 12
LEAD = SAMPLE_RATE // 50  # samples by which AEC3 gets the cause before the echo
STEADY = SAMPLE_RATE // 50  # a change of the delay that AEC3 follows by itself
FRAME = SAMPLE_RATE // 100  # AEC3 takes 10 ms at a time
LATE = 126  # samples by which its output is late
FRAMES_AT_ONCE = 500


def remove_echo(
    mic: Path,
    others: Sequence[Path],
    target: Path,
    cancel: CancelToken,
) -> bool:
    """Write the microphone's decoded sound without what is on the others' decoded tracks.

    Args:
        target: appears only when whole, and not at all where there is no echo.

    Returns:
        Whether there was an echo.

    Raises:
        OSError: the disk is full.
        Cancelled: at once.
    """
    near, far = open_decoded(mic), [open_decoded(path) for path in others]
    delays = _delays(near, far, cancel)
    if all(delay is None for delay in delays):
        target.unlink(missing_ok=True)
        return False
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as sink:
            left_out, rest = LATE, len(near)
            for block in _cancelled(near, far, _settled(delays), cancel):
                block, left_out = block[left_out:], max(0, left_out - len(block))
                sink.write(block[:rest].astype("<f4").tobytes())
                rest -= len(block[:rest])
        part.replace(target)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return True


def _mixed(tracks: "Sequence[Audio]", start: int, count: int) -> "Audio":
    """The sum of tracks from a place on; silence beyond their ends."""
    mixed = np.zeros(count, np.float32)
    for track in tracks:
        first, last = max(0, start), min(len(track), start + count)
        if first < last:
            mixed[first - start : last - start] += track[first:last]
    return mixed


def _delays(near: "Audio", far: "Sequence[Audio]", cancel: CancelToken) -> list[int | None]:
    """Samples by which the echo comes later, for each stretch; None where none is heard."""
    found: list[int | None] = []
    for start in range(0, len(near), STRETCH):
        cancel.check()
        found.append(_delay(near[start : start + STRETCH], far, start))
    return found


def _delay(near: "Audio", far: "Sequence[Audio]", start: int) -> int | None:
    total: NDArray[np.float64] = np.zeros(2 * LONGEST + 1)
    step = max(WINDOW // 2, len(near) // MOST_WINDOWS)
    for at in range(0, max(1, len(near) - WINDOW // 2), step):
        heard = np.asarray(near[at : at + WINDOW])
        played = _mixed(far, start + at, len(heard))
        if len(heard) > SAMPLE_RATE and _rms(played) > QUIET:
            total += _likeness(heard, played)
    best = int(np.abs(total).argmax())
    return best - LONGEST if abs(total[best]) > SURE * (total.std() or 1.0) else None


def _likeness(heard: "Audio", played: "Audio") -> "NDArray[np.float64]":
    """How well they fit when the one is moved by -`LONGEST` to `LONGEST` samples."""
    size = 2 * WINDOW
    crossed = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(played, size))
    strength = np.abs(crossed)
    frequencies = np.fft.rfftfreq(size, 1 / SAMPLE_RATE)
    outside = (frequencies < BAND[0]) | (frequencies > BAND[1])
    crossed = np.where(outside, 0, crossed / (strength + 1e-9 * strength.max() + 1e-30))
    fits = np.fft.irfft(crossed, size)
    return np.concatenate((fits[-LONGEST:], fits[: LONGEST + 1]))


def _rms(samples: "Audio") -> float:
    return float(np.sqrt(np.mean(np.square(samples)))) if len(samples) else 0.0


def _settled(delays: Sequence[int | None]) -> list[int]:
    """A delay for every stretch: unknown ones are those of before, small changes none."""
    last = next(delay for delay in delays if delay is not None)
    settled = []
    for delay in delays:
        if delay is not None and abs(delay - last) > STEADY:
            last = delay
        settled.append(last)
    return settled


def _cancelled(
    near: "Audio", far: "Sequence[Audio]", delays: Sequence[int], cancel: CancelToken
) -> "Iterator[Audio]":
    """The microphone without the echo, `LATE` samples too late, and so much longer."""
    from livekit.rtc import AudioFrame
    from livekit.rtc.apm import AudioProcessingModule

    canceller = AudioProcessingModule(echo_cancellation=True)
    size = FRAMES_AT_ONCE * FRAME
    for start in range(0, len(near) + LATE, size):
        cancel.check()
        delay = delays[min(start // STRETCH, len(delays) - 1)]
        heard = _pcm(_mixed([near], start, size))
        played = _pcm(_mixed(far, start - delay + LEAD, size))
        for at in range(0, size, FRAME):
            canceller.process_reverse_stream(_frame(AudioFrame, played[at : at + FRAME]))
            frame = _frame(AudioFrame, heard[at : at + FRAME])
            canceller.process_stream(frame)
            heard[at : at + FRAME] = np.frombuffer(frame.data, "<i2")
        yield heard * np.float32(1 / 32768)


def _pcm(samples: "Audio") -> "NDArray[np.int16]":
    return np.round(np.clip(samples, -1.0, 1.0) * 32767).astype("<i2")


def _frame(kind: Callable[..., "AudioFrame"], samples: "NDArray[np.int16]") -> "AudioFrame":
    return kind(bytearray(samples.tobytes()), SAMPLE_RATE, 1, len(samples))


class Remains:
    """How much of the microphone's sound is left after the echo is removed.

    Args:
        raw: decoded sound of the microphone.
        clean: what `remove_echo` has written, or a file that is not there: then all is left.
    """

    def __init__(self, raw: Path, clean: Path) -> None:
        self._raw = open_decoded(raw)
        self._clean = open_decoded(clean) if clean.is_file() else self._raw

    def share(self, start: float, end: float) -> float:
        """Amplitude that is left between two times (s), 0 to 1."""
        places = slice(round(start * SAMPLE_RATE), round(end * SAMPLE_RATE) + 1)
        before = _rms(self._raw[places])
        return min(1.0, _rms(self._clean[places]) / before) if before else 1.0
