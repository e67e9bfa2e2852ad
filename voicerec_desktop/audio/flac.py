"""The pieces of a recorded track become one FLAC file, which is proved to hold every sample."""

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from voicerec_desktop.audio.recording_files import RecordedSegment
from voicerec_desktop.audio.wav_segments import BLOCK_FRAMES, SAMPLE_BYTES, read_frames
from voicerec_desktop.core.cancel import CancelToken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Frames = NDArray[np.int16]  # [n, channels]

LAYOUTS = ("mono", "stereo", "3.0", "quad", "5.0", "5.1", "6.1", "7.1")  # that FLAC knows


class FlacDiffersError(Exception):
    """A FLAC file does not hold what was written into it."""


def write_flac(
    run: Sequence[RecordedSegment],
    target: Path,
    cancel: CancelToken,
    on_progress: Callable[[float], None],
) -> int:
    """Write pieces of one format as one file that begins at second 0 of the meeting.

    Args:
        target: appears only when every sample of it has been read back and compared.

    Returns:
        Its frames.

    Raises:
        OSError: the disk is full or fails.
        FlacDiffersError: what is read back is something else.
        Cancelled: at once.
    """
    part = target.with_name(target.name + ".part")
    frames = head(run) + sum(segment.frames for segment in run)
    try:
        _encode(part, run, _told(_frames(run), frames, 0.0, cancel, on_progress))
        _compare(part, _told(_frames(run), frames, 0.5, cancel, on_progress))
        _onto_disk(part)
        part.replace(target)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return frames


def head(run: Sequence[RecordedSegment]) -> int:
    """Frames of silence before the first piece, so that the file begins with the meeting."""
    return max(0, round(run[0].at * (run[0].clock_rate or run[0].sample_rate)))


def _frames(run: Sequence[RecordedSegment]) -> "Iterator[Frames]":
    channels, left = run[0].channels, head(run)
    while left:
        yield np.zeros((min(left, BLOCK_FRAMES), channels), np.int16)
        left -= min(left, BLOCK_FRAMES)
    for segment in run:
        for block in read_frames(segment.path, channels):
            whole = len(block) // (channels * SAMPLE_BYTES) * channels * SAMPLE_BYTES
            yield np.frombuffer(block[:whole], "<i2").reshape(-1, channels)


def _told(
    blocks: "Iterator[Frames]",
    total: int,
    begin: float,
    cancel: CancelToken,
    on_progress: Callable[[float], None],
) -> "Iterator[Frames]":
    """The same blocks; each of the two ways through them is half of the work."""
    done = 0
    for block in blocks:
        cancel.check()
        yield block
        done += len(block)
        on_progress(begin + 0.5 * min(1.0, done / max(1, total)))


def _encode(path: Path, run: Sequence[RecordedSegment], blocks: "Iterator[Frames]") -> None:
    import av

    av.logging.set_level(None)
    rate, layout = run[0].sample_rate, LAYOUTS[run[0].channels - 1]
    with av.open(f"file:{path}", "w", format="flac") as file:
        stream: Any = file.add_stream("flac", rate=rate, layout=layout)
        stream.codec_context.format = "s16"
        for block in blocks:
            frame: Any = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(block).reshape(1, -1), "s16", layout
            )
            frame.sample_rate = rate
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))


def _decoded(path: Path, channels: int) -> "Iterator[Frames]":
    import av

    with av.open(f"file:{path}") as file:
        for frame in file.decode(audio=0):
            if frame.format.name != "s16" or frame.layout.nb_channels != channels:
                raise FlacDiffersError(f"{path}: {frame.format.name}, {frame.layout.name}")
            yield frame.to_ndarray().reshape(-1, channels)


def _compare(path: Path, blocks: "Iterator[Frames]") -> None:
    import av

    rest: Frames | None = None
    found: Iterator[Frames] = iter(())
    try:
        for block in blocks:
            if rest is None:
                rest, found = block[:0], _decoded(path, block.shape[1])
            while len(rest) < len(block):
                more = next(found, None)
                if more is None:
                    raise FlacDiffersError(f"{path} is too short")
                rest = np.concatenate((rest, more))
            if not np.array_equal(rest[: len(block)], block):
                raise FlacDiffersError(str(path))
            rest = rest[len(block) :]
        if (rest is not None and len(rest)) or next(found, None) is not None:
            raise FlacDiffersError(f"{path} is too long")
    except av.error.FFmpegError as error:
        raise FlacDiffersError(f"{path}: {error}") from error


def _onto_disk(path: Path) -> None:
    file = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(file)
    finally:
        os.close(file)
