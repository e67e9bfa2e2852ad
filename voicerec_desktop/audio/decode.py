"""Any sound file to 16 kHz mono float32 on disk, in bounded memory."""

import errno
import hashlib
import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.sound import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

PEAKS_PER_SECOND = 20
TRUNCATED = "truncated"
GAP = 0.1  # s: a larger jump of the time stamps after damage becomes silence
log = logging.getLogger(__name__)


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
) -> Decoded:
    """Write `source` as raw little-endian float32, 16 kHz, mono.

    Args:
        channel: the one to take, 0..; None for the mean of all.
        target: appears only when whole.
        on_progress: 0 to 1.

    Raises:
        KnownError: the file is missing, no sound, empty or unreadable, or the disk is full.
        Cancelled: at once.
    """
    digest = _digest(source, cancel)
    part = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as sink:
            stream = _Stream(source, cancel, on_progress)
            writer = _Writer(sink)
            for block in stream.blocks():
                writer.write(block.mean(axis=0) if channel is None else block[channel])
            peaks = writer.finish()
            os.fsync(sink.fileno())
        if writer.frames == 0:
            raise KnownError(ErrorCode.EMPTY_AUDIO, path=str(source))
        part.replace(target)
    except OSError as error:
        raise _known(error, source, target) from error
    finally:
        part.unlink(missing_ok=True)
    on_progress(1.0)
    duration = writer.frames / SAMPLE_RATE
    return Decoded(
        writer.frames,
        stream.sample_rate,
        stream.channels,
        duration,
        stream.warning,
        peaks,
        digest,
    )


def read_frames(source: Path, cancel: CancelToken) -> "Iterator[NDArray[np.float32]]":
    """The sound of a file as float32[channels, n] at 16 kHz; raises as `decode` does."""
    _digest(source, cancel)
    try:
        yield from _Stream(source, cancel, lambda _: None).blocks()
    except OSError as error:
        raise _known(error, source, source) from error


def _digest(source: Path, cancel: CancelToken) -> str:
    """SHA-256 of the file; the first touch, so it also tells what cannot be read."""
    if source.is_dir():
        raise KnownError(ErrorCode.IS_DIRECTORY, path=str(source))
    digest = hashlib.sha256()
    try:
        with source.open("rb") as file:
            while block := file.read(2**22):
                cancel.check()
                digest.update(block)
        if source.stat().st_size == 0:
            raise KnownError(ErrorCode.EMPTY_AUDIO, path=str(source))
    except FileNotFoundError as error:
        raise KnownError(ErrorCode.FILE_MISSING, path=str(source)) from error
    except OSError as error:
        raise KnownError(ErrorCode.FILE_UNREADABLE, str(error), path=str(source)) from error
    return digest.hexdigest()


def _known(error: OSError, source: Path, target: Path) -> KnownError:
    import av

    if isinstance(error, av.error.FFmpegError):
        return KnownError(ErrorCode.NOT_AUDIO, str(error), path=str(source))
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return KnownError(ErrorCode.DISK_FULL, str(error), path=str(target.parent))
    return KnownError(ErrorCode.HOME_READ_ONLY, str(error), path=str(target.parent))


class _Stream:
    """The blocks of one file: float32[channels, n], 16 kHz."""

    def __init__(
        self, source: Path, cancel: CancelToken, on_progress: Callable[[float], None]
    ) -> None:
        self._source = source
        self._cancel = cancel
        self._on_progress = on_progress
        self.sample_rate = self.channels = 0
        self.warning = ""

    def blocks(self) -> "Iterator[NDArray[np.float32]]":
        import av

        av.logging.set_level(None)
        try:
            container = av.open(str(self._source), metadata_errors="replace")
        except av.error.FFmpegError as error:
            raise KnownError(ErrorCode.NOT_AUDIO, str(error), path=str(self._source)) from error
        with container:
            if not container.streams.audio:
                raise KnownError(ErrorCode.NO_AUDIO_STREAM, path=str(self._source))
            stream = container.streams.audio[0]
            stream.thread_type = "AUTO"
            self.sample_rate = stream.rate or 0
            self.channels = stream.channels or 0
            total = container.duration / 1e6 if container.duration else 0.0
            yield from self._resampled(self._frames(container, stream, total))

    def _frames(self, container: Any, stream: Any, total: float) -> Iterator[Any]:
        """Decoded frames; damaged packets are skipped and remembered."""
        import av

        start = None
        packets = container.demux(stream)
        while True:
            self._cancel.check()
            try:
                packet = next(packets, None)
                if packet is None:
                    return
                for frame in packet.decode():
                    if frame.time is not None:
                        start = frame.time if start is None else start
                        if total:
                            self._on_progress(min(1.0, (frame.time - start) / total))
                    yield frame
            except (av.error.InvalidDataError, av.error.EOFError, av.error.ArgumentError) as error:
                log.info("%s: %s", self._source, error)
                self.warning = TRUNCATED
                if packet is None or packet.dts is None:
                    return

    def _resampled(self, frames: Iterator[Any]) -> "Iterator[NDArray[np.float32]]":
        import av

        resampler, shape = None, None
        for frame in frames:
            frame.pts = None
            now = (frame.format.name, frame.layout.name, frame.sample_rate)
            if resampler is None or now != shape:
                if resampler is not None:
                    yield from _arrays(resampler.resample(None))
                resampler, shape = av.AudioResampler("fltp", frame.layout, SAMPLE_RATE), now
            yield from _arrays(resampler.resample(frame))
        if resampler is not None:
            yield from _arrays(resampler.resample(None))


def _arrays(frames: list[Any]) -> "Iterator[NDArray[np.float32]]":
    for frame in frames:
        yield frame.to_ndarray()


class _Writer:
    """Writes samples and keeps the peaks."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink
        self._rest = np.zeros(0, np.float32)
        self._peaks: list[NDArray[np.uint8]] = []
        self.frames = 0

    def write(self, block: "NDArray[np.float32]") -> None:
        """Append samples."""
        block = np.nan_to_num(block, nan=0.0, posinf=1.0, neginf=-1.0)
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
