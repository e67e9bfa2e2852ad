"""What happened while something was recorded: one JSON line per fact, on disk at once.

The library is made from it afterwards, so a locked database never disturbs a recording.
A killed recorder can leave half a line at the end; it is not read.
"""

import os
from pathlib import Path

import msgspec

from voicerec_desktop.core.model import GapReason

NAME = "journal.jsonl"


class Began(msgspec.Struct, tag=True, frozen=True):
    """The click: second 0 of every track.

    Attributes:
        started_at: UTC, ISO 8601.
        mode: "call", "room" or "system".
        tracks: their kinds, "mic" and "system".
    """

    started_at: str
    mode: str
    tracks: tuple[str, ...]


class SegmentOpened(msgspec.Struct, tag=True, frozen=True):
    """A file of a track begins at a second of the meeting."""

    track: str
    file: str
    sample_rate: int
    channels: int
    device: str
    device_name: str
    at: float


class Clock(msgspec.Struct, tag=True, frozen=True):
    """A look at a device's clock: frames of the track since its format last changed, at a time."""

    track: str
    at: float
    frames: int


class Hole(msgspec.Struct, tag=True, frozen=True):
    """Silence that nobody recorded, in seconds of the meeting."""

    track: str
    start: float
    duration: float
    reason: GapReason


class HoleBegan(msgspec.Struct, tag=True, frozen=True):
    """A hole whose end is not known yet; its `Hole` follows, unless the recorder was killed."""

    track: str
    start: float
    reason: GapReason


class Marked(msgspec.Struct, tag=True, frozen=True):
    """The user marked a moment."""

    at: float
    note: str


class DeviceChanged(msgspec.Struct, tag=True, frozen=True):
    """A track comes from another device now."""

    track: str
    device: str
    device_name: str
    at: float


class Ended(msgspec.Struct, tag=True, frozen=True):
    """The last line. `why`: "stopped", "disk_full", "terminated" or "failed"."""

    at: float
    why: str


Fact = Began | SegmentOpened | Clock | Hole | HoleBegan | Marked | DeviceChanged | Ended
_decoder = msgspec.json.Decoder(Fact)
_encoder = msgspec.json.Encoder()


class Journal:
    """The journal of a recording that runs.

    Raises:
        OSError: it cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._file = os.open(
            folder / NAME,
            os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0),
        )

    def add(self, fact: Fact) -> None:
        """Write a fact down, for good.

        Raises:
            OSError: the disk is full; no half line stays.
        """
        line = _encoder.encode(fact) + b"\n"
        size = os.fstat(self._file).st_size
        try:
            written = os.write(self._file, line)
            if written < len(line):
                os.write(self._file, line[written:])
        except OSError:
            os.ftruncate(self._file, size)
            raise
        os.fsync(self._file)

    def close(self) -> None:
        """End it."""
        os.close(self._file)


def read_journal(folder: Path) -> list[Fact]:
    """What is written down, up to the first line that is not whole; nothing where nothing is."""
    try:
        body = (folder / NAME).read_bytes()
    except OSError:
        return []
    facts: list[Fact] = []
    for line in body.split(b"\n"):
        try:
            facts.append(_decoder.decode(line))
        except msgspec.DecodeError:
            break
    return facts
