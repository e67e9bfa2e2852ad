"""The folder of a recording: what its recorder wrote, living or dead."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from voicerec_desktop.audio.journal import (
    Began,
    Clock,
    Ended,
    Fact,
    Hole,
    HoleBegan,
    Marked,
    SegmentOpened,
    read_journal,
)
from voicerec_desktop.audio.track_clock import Point, clock_rate
from voicerec_desktop.audio.wav_segments import frames_in
from voicerec_desktop.core.model import TrackKind

LOCK = "recorder.lock"
CONTROL = "recorder.json"
RESERVE = "reserve"
PAUSE = 0.01  # s


@dataclass(frozen=True, slots=True)
class RecordedSegment:
    """A file of a track.

    Attributes:
        at: where it begins, in seconds of the meeting.
        frames: whole ones, by the size of the file.
        clock_rate: measured frames per second; the same for all of a run of one format; 0 where
            it is not known.
    """

    path: Path
    sample_rate: int
    channels: int
    frames: int
    at: float
    device: str
    device_name: str
    clock_rate: float = 0.0


@dataclass(frozen=True, slots=True)
class RecordedTrack:
    """One side of the meeting. Its segments follow each other without a break.

    Attributes:
        runs: its segments, cut where the format changed.
        clock_rate: of the first run.
    """

    kind: TrackKind
    segments: tuple[RecordedSegment, ...] = ()
    holes: tuple[Hole, ...] = ()

    @property
    def runs(self) -> tuple[tuple[RecordedSegment, ...], ...]:
        """Segments of one format each, in order."""
        runs: list[list[RecordedSegment]] = []
        for segment in self.segments:
            if runs and _form(runs[-1][-1]) == _form(segment):
                runs[-1].append(segment)
            else:
                runs.append([segment])
        return tuple(map(tuple, runs))

    @property
    def clock_rate(self) -> float:
        """Measured frames per second of the first format, 0 where unknown."""
        return self.segments[0].clock_rate if self.segments else 0.0

    @property
    def seconds(self) -> float:
        """Where its sound ends, in seconds of the meeting."""
        if not self.segments:
            return 0.0
        run = self.runs[-1]
        last = run[-1]
        return run[0].at + sum(s.frames for s in run) / (last.clock_rate or last.sample_rate)


@dataclass(frozen=True, slots=True)
class Recording:
    """Everything that a recorder left.

    Attributes:
        started_at: UTC, ISO 8601; second 0 of every track.
        mode: "call", "room" or "system".
        ended: why it ended, or "" where its recorder still works or died at it.
    """

    folder: Path
    started_at: str
    mode: str
    ended: str
    tracks: tuple[RecordedTrack, ...]
    marks: tuple[Marked, ...]

    @property
    def seconds(self) -> float:
        """Where its longest track ends."""
        return max((track.seconds for track in self.tracks), default=0.0)


@dataclass(slots=True)
class _Run:
    """Segments of one format while the journal is read."""

    form: tuple[int, int]
    segments: list[SegmentOpened] = field(default_factory=list)
    stretches: list[list[Point]] = field(default_factory=lambda: [[]])


def read_recording(folder: Path) -> Recording | None:
    """What is recorded in a folder; None where nothing ever began there."""
    facts = read_journal(folder)
    if not facts or not isinstance(facts[0], Began):
        return None
    began = facts[0]
    return Recording(
        folder=folder,
        started_at=began.started_at,
        mode=began.mode,
        ended=next((fact.why for fact in facts if isinstance(fact, Ended)), ""),
        tracks=tuple(_track(folder, TrackKind(kind), facts) for kind in began.tracks),
        marks=tuple(fact for fact in facts if isinstance(fact, Marked)),
    )


def _track(folder: Path, kind: TrackKind, facts: list[Fact]) -> RecordedTrack:
    runs: list[_Run] = []
    holes: list[Hole] = []
    unclosed: HoleBegan | None = None
    for fact in facts:
        if getattr(fact, "track", None) != kind:
            continue
        if isinstance(fact, SegmentOpened):
            form = (fact.sample_rate, fact.channels)
            if not runs or runs[-1].form != form:
                runs.append(_Run(form))
            runs[-1].segments.append(fact)
        elif isinstance(fact, HoleBegan):
            unclosed = fact
        elif isinstance(fact, Hole):
            holes.append(fact)
            if unclosed and fact.reason == unclosed.reason:
                unclosed = None
            if runs:
                runs[-1].stretches.append([])
        elif isinstance(fact, Clock) and runs:
            runs[-1].stretches[-1].append((fact.at, fact.frames))
    segments = [segment for run in runs for segment in _segments(folder, run)]
    track = RecordedTrack(kind, tuple(segments), tuple(holes))
    if unclosed and (lasted := track.seconds - unclosed.start) > 0:
        hole = Hole(unclosed.track, unclosed.start, lasted, unclosed.reason)
        track = RecordedTrack(kind, track.segments, (*holes, hole))
    return track


def _segments(folder: Path, run: _Run) -> Iterator[RecordedSegment]:
    measured = clock_rate(run.stretches, run.form[0])
    for opened in run.segments:
        path = folder / opened.file
        frames = frames_in(path, opened.channels)
        if frames:
            yield RecordedSegment(
                *(path, opened.sample_rate, opened.channels, frames, opened.at),
                *(opened.device, opened.device_name, measured),
            )


def _form(segment: RecordedSegment) -> tuple[int, int]:
    return segment.sample_rate, segment.channels


@contextmanager
def hold_lock(folder: Path, patience: float = 0.0) -> Iterator[bool]:
    """Be the recorder of a folder for as long as this process lives; whether it may be."""
    file = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    deadline = time.monotonic() + patience
    try:
        while not (held := _lock(file)) and time.monotonic() < deadline:
            time.sleep(PAUSE)  # somebody may just look whether a recorder lives here
        yield held
    finally:
        os.close(file)


def recorder_lives(folder: Path) -> bool:
    """Whether a recorder works in this folder now."""
    try:
        file = os.open(folder / LOCK, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _lock(file)
    finally:
        os.close(file)


def _lock(file: int) -> bool:
    """Lock an open file without waiting; the system lets go when the process ends, however."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
