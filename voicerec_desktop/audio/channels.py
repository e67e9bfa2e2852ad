"""Whether a stereo file is two recordings: call recorders put each side into a channel of its own.

Mixed to mono, people who speak at once hide each other; apart, each side is clear. A room recorded
in stereo must stay one, or everything would be transcribed twice: there the channels hear the same
sound, a little later or louder, so they correlate at some lag and get loud together.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from voicerec_desktop.audio.stream import SoundStream, check_readable
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.sound import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Stereo = NDArray[np.float32]  # [2, n]

PROBE = 300.0  # s from the start
WINDOW = 1.0  # s
STEP = 0.02  # s of a loudness value
LAG = 0.02  # s: sound takes so long for 7 m
QUIET = 1e-4  # RMS of a window below which it says nothing
ALONE = 0.02  # a channel with less than this share of the other's energy is empty
SAME_SOUND = 0.25  # median of the largest correlation in a window
SAME_LOUDNESS = 0.4  # correlation of the loudness of both channels
LEAST = 3  # windows


def has_two_recordings(source: Path, cancel: CancelToken) -> bool:
    """Whether the two channels of a file hear different things; raises what `decode` raises."""
    return _differ(list(_windows(source, cancel)))


def _windows(source: Path, cancel: CancelToken) -> Iterator["Stereo"]:
    rest = np.zeros((2, 0), np.float32)
    size, left = int(WINDOW * SAMPLE_RATE), int(PROBE / WINDOW)
    check_readable(source)
    for frames in SoundStream(source, cancel).blocks():
        if len(frames) != 2:
            return
        rest = np.concatenate((rest, frames), axis=1)
        while rest.shape[1] >= size:
            window, rest = rest[:, :size], rest[:, size:]
            if window.std() > QUIET:
                yield window
            left -= 1
            if left == 0:
                return


def _differ(windows: list["Stereo"]) -> bool:
    if len(windows) < LEAST:
        return False
    energies = np.array([np.square(window).sum(axis=1) for window in windows]).sum(axis=0)
    if energies.min() < ALONE * energies.max():
        return False
    step = int(STEP * SAMPLE_RATE)
    loudness = np.concatenate(
        [np.sqrt(np.square(w.reshape(2, -1, step)).mean(axis=2)) for w in windows], axis=1
    )
    together = np.corrcoef(np.log(loudness + QUIET))[0, 1]
    sound = float(np.median([_correlation(window) for window in windows]))
    return bool(together < SAME_LOUDNESS and sound < SAME_SOUND)


def _correlation(window: "Stereo") -> float:
    """The largest normalised cross-correlation within `LAG`, 0 to 1."""
    centred = window - window.mean(axis=1, keepdims=True)
    norm = float(np.sqrt(np.prod(np.square(centred).sum(axis=1))))
    if norm == 0.0:
        return 0.0
    size = 2 * centred.shape[1]
    left, right = np.fft.rfft(centred, size)
    crossed = np.abs(np.fft.irfft(left * np.conj(right), size))
    lag = int(LAG * SAMPLE_RATE)
    return float(max(crossed[: lag + 1].max(), crossed[-lag:].max()) / norm)
