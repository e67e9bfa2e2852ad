"""A track on its way to the disk: pieces of ten minutes, runs of one format, silence."""

from pathlib import Path

from voicerec_desktop.audio.devices import Device
from voicerec_desktop.audio.journal import Clock, Hole, HoleBegan, Journal, SegmentOpened
from voicerec_desktop.audio.track_clock import Point, clock_rate
from voicerec_desktop.audio.wav_segments import SAMPLE_BYTES, SegmentWriter
from voicerec_desktop.core.model import GapReason

SEGMENT_SECONDS = 600
SILENCE_FRAMES = 48_000
MIN_HOLE = 0.001  # s


class TrackWriter:
    """Writes one track into the folder of a recording.

    Attributes:
        seconds: of sound on disk, over all formats.
    """

    def __init__(self, folder: Path, kind: str, journal: Journal) -> None:
        self.kind = kind
        self._folder = folder
        self._journal = journal
        self._segment: SegmentWriter | None = None
        self._device: Device | None = None
        self._count = 0
        self._form = (0, 0)
        self._run_at = 0.0
        self._run_frames = 0
        self._stretches: list[list[Point]] = [[]]
        self._measured = 0.0
        self._hole: HoleBegan | None = None

    @property
    def began(self) -> bool:
        """Whether there is a file yet."""
        return self._segment is not None

    @property
    def frames(self) -> int:
        """Frames since the format last changed."""
        return self._run_frames

    @property
    def end(self) -> float:
        """Meeting time up to which everything is on disk."""
        return self._run_at + self._run_frames / self._rate if self.began else 0.0

    @property
    def bytes_per_second(self) -> int:
        """What it takes."""
        return self._form[0] * self.frame_bytes

    @property
    def frame_bytes(self) -> int:
        """Bytes of a frame."""
        return self._form[1] * SAMPLE_BYTES

    @property
    def _rate(self) -> float:
        """Frames per second, as measured where that is known."""
        return self._measured or float(self._form[0])

    def begin_run(self, device: Device, sample_rate: int, channels: int, at: float) -> None:
        """Take frames of this device and format from now on; no new file for the same format."""
        self._device = device
        if (sample_rate, channels) == self._form:
            self._stretches.append([])
            return
        self._form = (sample_rate, channels)
        self._run_at, self._run_frames = at, 0
        self._stretches, self._measured = [[]], 0.0
        self._open()

    def write(self, frames: bytes) -> None:
        """Append frames of the format of the run."""
        assert self._segment is not None
        if self._segment.frames >= SEGMENT_SECONDS * self._form[0]:
            self._open()
        before = self._segment.frames
        try:
            self._segment.append(frames)
        finally:
            self._run_frames += self._segment.frames - before

    def silence(self, frames: int) -> None:
        """Append silence, however long."""
        while frames > 0:
            size = min(frames, SILENCE_FRAMES)
            self.write(bytes(size * self.frame_bytes))
            frames -= size

    def silence_until(self, at: float) -> None:
        """Append silence up to a second of the meeting."""
        self.silence(round((at - self._run_at) * self._rate) - self._run_frames)

    def hole(self, start: float, duration: float, reason: GapReason) -> None:
        """Note that some silence is a hole."""
        if duration >= MIN_HOLE:
            self._journal.add(Hole(self.kind, start, duration, reason))
            self._stretches.append([])

    def set_hole(self, reason: GapReason | None) -> None:
        """From here on the track is silent for this reason, or not any more."""
        known = self._hole
        if not self.began or (known.reason if known else None) == reason:
            return
        if known:
            self.hole(known.start, self.end - known.start, known.reason)
        self._hole = HoleBegan(self.kind, self.end, reason) if reason else None
        if self._hole:
            self._journal.add(self._hole)

    def look_at_clock(self, at: float, frames: int) -> None:
        """Note that the device had given so many frames of the run at this time."""
        self._journal.add(Clock(self.kind, at, frames))
        self._stretches[-1].append((at, frames))
        self._measured = clock_rate(self._stretches, self._form[0])

    def sync(self) -> None:
        """Bring everything onto the disk."""
        if self._segment:
            self._segment.sync()

    def close(self) -> None:
        """Finish the last file."""
        if self._segment:
            self.set_hole(None)
            self._segment.close()

    def _open(self) -> None:
        assert self._device is not None
        if self._segment:
            self._segment.close()
        self._count += 1
        name = f"{self.kind}-{self._count:04d}.wav"
        at = self._run_at + self._run_frames / self._form[0]
        self._segment = SegmentWriter(self._folder / name, *self._form)
        self._journal.add(
            SegmentOpened(self.kind, name, *self._form, self._device.id, self._device.name, at)
        )
