"""Any sound file to 16 kHz mono float32 on disk, in bounded memory."""

import contextlib
import errno
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from voicerec_desktop.audio.stream import SoundStream, check_readable, unreadable
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.sound import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voicerec_desktop.audio.stream import Block

PEAKS_PER_SECOND = 20


@dataclass(frozen=True, slots=True)
class Decoded:
    """What decoding found.

    Attributes:
        frames: written, at 16 kHz.
        sample_rate: of the source, Hz.
        channels: of the source.
        duration: seconds.
        warning: "" or "truncated" (the file is damaged or cut off).
        peaks: uint8, 20 a second, largest |sample| scaled to 255.
        sha256: of the source file.
    """

    frames: int
    sample_rate: int
    channels: int
    duration: float
    warning: str
    peaks: bytes
    sha256: str


def decode(
    source: Path,
    target: Path,
    *,
    cancel: CancelToken,
    on_progress: Callable[[float], None],
    channel: int | None = None,
    clock_rate: float = 0.0,
) -> Decoded:
    """Write `source` as raw little-endian float32, 16 kHz, mono.

    Args:
        channel: the one to take, 0..; None for the mean of all.
        clock_rate: frames of the source that last a second, where it is not as it says.
        target: appears only when whole.
        on_progress: 0 to 1.

    Raises:
        KnownError: the file is missing, no sound, empty or unreadable, or the disk is full.
        Cancelled: at once.
    """
    check_readable(source)
    digest = _digest(source, cancel)
    stream = SoundStream(source, cancel, on_progress, clock_rate)
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as sink:
            writer = _Writer(sink)
            for block in stream.blocks():
                writer.write(_mixed(block, channel))
            peaks = writer.finish()
            os.fsync(sink.fileno())
        if writer.frames == 0:
            code = ErrorCode.NOT_AUDIO if stream.warning else ErrorCode.EMPTY_AUDIO
            raise KnownError(code, path=str(source))
        part.replace(target)
    except OSError as error:
        raise _unwritable(error, target) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    on_progress(1.0)
    return Decoded(
        frames=writer.frames,
        sample_rate=stream.sample_rate,
        channels=stream.channels,
        duration=writer.frames / SAMPLE_RATE,
        warning=stream.warning,
        peaks=peaks,
        sha256=digest,
    )


def _digest(source: Path, cancel: CancelToken) -> str:
    """SHA-256 of the file."""
    digest = hashlib.sha256()
    try:
        with source.open("rb") as file:
            while block := file.read(2**22):
                cancel.check()
                digest.update(block)
    except OSError as error:
        raise unreadable(error, source) from error
    return digest.hexdigest()


def _mixed(block: "Block", channel: int | None) -> "NDArray[np.float32]":
    """One channel (the last one where the sound has fewer in places) or the mean of all."""
    samples: NDArray[np.float32]
    if channel is not None:
        samples = block[min(channel, len(block) - 1)]
    else:
        with np.errstate(invalid="ignore", over="ignore"):
            samples = block.mean(axis=0)
    return np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)


def _unwritable(error: OSError, target: Path) -> KnownError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    code = ErrorCode.DISK_FULL if full else ErrorCode.HOME_READ_ONLY
    return KnownError(code, str(error), path=str(target.parent))


class _Writer:
    """Writes samples and keeps the peaks."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink
        self._rest = np.zeros(0, np.float32)
        self._peaks: list[NDArray[np.uint8]] = []
        self.frames = 0

    def write(self, block: "NDArray[np.float32]") -> None:
        """Append samples."""
        self._sink.write(block.astype("<f4", copy=False).tobytes())
        self.frames += len(block)
        samples = np.concatenate((self._rest, block))
        per_peak = SAMPLE_RATE // PEAKS_PER_SECOND
        whole = len(samples) // per_peak * per_peak
        if whole:
            self._keep(samples[:whole].reshape(-1, per_peak))
        self._rest = samples[whole:]

    def _keep(self, rows: "NDArray[np.float32]") -> None:
        peaks = np.minimum(np.abs(rows).max(axis=1), 1.0)
        self._peaks.append(np.round(peaks * 255).astype(np.uint8))

    def finish(self) -> bytes:
        """Flush and return the peaks."""
        if len(self._rest):
            self._keep(self._rest[None])
        self._sink.flush()
        return b"".join(peaks.tobytes() for peaks in self._peaks)
