"""Pieces of a track on disk that survive the death of whoever writes them.

A piece is 16-bit PCM WAV at the device's own rate. Its header comes first and is brought up to
date with every `sync`; our reader does not believe it but the size of the file, so a killed
recorder loses only what it had not written. Any other program reads up to the last `sync`.
A piece ends after ten minutes, far below the 4 GiB that a WAV header can tell.

A power cut drops what was not synced. Appended bytes reach the disk in any order, but a journalling
file system makes the new size durable only with what it covers, and all up to the last `sync` (at
most 1 s earlier) is there by its promise: what may be lost is the tail, never the middle.
"""

import os
import struct
from collections.abc import Iterator
from pathlib import Path

SAMPLE_BYTES = 2
HEADER_BYTES = 44
_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_PCM = 1
BLOCK_FRAMES = 65_536


def header(sample_rate: int, channels: int, data_bytes: int) -> bytes:
    """The first 44 bytes of a WAV file."""
    frame = channels * SAMPLE_BYTES
    return _HEADER.pack(
        *(b"RIFF", HEADER_BYTES - 8 + data_bytes, b"WAVE", b"fmt ", 16, _PCM, channels),
        *(sample_rate, sample_rate * frame, frame, 8 * SAMPLE_BYTES, b"data", data_bytes),
    )


class SegmentWriter:
    """A piece of a track that grows.

    Raises:
        OSError: it cannot be made, or the disk is full.
    """

    def __init__(self, path: Path, sample_rate: int, channels: int) -> None:
        self.path = path
        self.sample_rate = sample_rate
        self.channels = channels
        self.frames = 0
        self._frame = channels * SAMPLE_BYTES
        self._synced = -1
        self._file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            self._write(header(sample_rate, channels, 0))
        except OSError:
            os.close(self._file)
            path.unlink(missing_ok=True)
            raise

    def append(self, frames: bytes) -> None:
        """Write whole frames; where the disk is full, those that still fit stay.

        Raises:
            OSError: the disk is full; `frames` counts what is written.
        """
        written = 0
        view = memoryview(frames)
        try:
            while written < len(frames):
                written += os.write(self._file, view[written:])
        except OSError:
            self._cut_to_frames()
            raise
        self.frames += len(frames) // self._frame

    def sync(self) -> None:
        """Bring the header up to date and everything onto the disk.

        Raises:
            OSError: the disk refuses.
        """
        if self.frames == self._synced:
            return
        end = os.lseek(self._file, 0, os.SEEK_END)
        os.lseek(self._file, 0, os.SEEK_SET)
        self._write(header(self.sample_rate, self.channels, self.frames * self._frame))
        os.lseek(self._file, end, os.SEEK_SET)
        os.fsync(self._file)
        self._synced = self.frames

    def close(self) -> None:
        """Finish the piece.

        Raises:
            OSError: the disk refuses; the piece is closed all the same.
        """
        try:
            self.sync()
        finally:
            os.close(self._file)

    def _write(self, body: bytes) -> None:
        view = memoryview(body)
        while view:
            view = view[os.write(self._file, view) :]

    def _cut_to_frames(self) -> None:
        """Drop a half frame from the end of the file."""
        size = os.fstat(self._file).st_size
        self.frames = (size - HEADER_BYTES) // self._frame
        os.ftruncate(self._file, HEADER_BYTES + self.frames * self._frame)
        os.lseek(self._file, 0, os.SEEK_END)


def frames_in(path: Path, channels: int) -> int:
    """How many whole frames a piece holds, by its size; 0 where there is none."""
    try:
        size = path.stat().st_size
    except OSError:
        return 0
    return max(0, size - HEADER_BYTES) // (channels * SAMPLE_BYTES)


def read_frames(path: Path, channels: int, start: int = 0) -> Iterator[bytes]:
    """The frames of a piece from one on, int16 interleaved, a second or so at a time.

    Raises:
        OSError: it cannot be read.
    """
    frame = channels * SAMPLE_BYTES
    left = frames_in(path, channels) - start
    with path.open("rb") as file:
        file.seek(HEADER_BYTES + start * frame)
        while left > 0:
            block = file.read(min(left, BLOCK_FRAMES) * frame)
            if len(block) < frame:
                return
            left -= len(block) // frame
            yield block
