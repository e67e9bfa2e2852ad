"""What is read from the folder of a recording."""

import subprocess
import sys

import pytest

from voicerec_desktop.audio.journal import (
    NAME,
    Began,
    Clock,
    Ended,
    Hole,
    Journal,
    Marked,
    SegmentOpened,
    read_journal,
)
from voicerec_desktop.audio.recording_files import hold_lock, read_recording, recorder_lives
from voicerec_desktop.audio.wav_segments import SegmentWriter
from voicerec_desktop.core.model import GapReason, TrackKind

BEGAN = Began("2026-03-02T09:30:00+00:00", "call", ("mic", "system"))
HOLDER = """
import sys
from pathlib import Path
from voicerec_desktop.audio.recording_files import hold_lock
with hold_lock(Path(sys.argv[1])) as held:
    print(held, flush=True)
    sys.stdin.read()
"""


def write(folder, *facts):
    journal = Journal(folder)
    for fact in (BEGAN, *facts):
        journal.add(fact)
    journal.close()


def piece(folder, name, rate, channels, seconds, at=0.0):
    segment = SegmentWriter(folder / name, rate, channels)
    segment.append(bytes(2 * channels * int(rate * seconds)))
    segment.close()
    return SegmentOpened(name.partition("-")[0], name, rate, channels, "id", "Headset", at)


def test_nothing_is_read_where_nothing_began(tmp_path):
    assert read_recording(tmp_path) is None
    assert read_recording(tmp_path / "none") is None
    (tmp_path / NAME).write_bytes(b'{"type":"Beg')
    assert read_recording(tmp_path) is None


def test_half_a_line_at_the_end_is_not_read(tmp_path):
    write(tmp_path, Marked(1.5, "о деньгах"))
    with (tmp_path / NAME).open("ab") as file:
        file.write(b'{"type":"Marked","at":2')
    assert read_journal(tmp_path) == [BEGAN, Marked(1.5, "о деньгах")]


def test_tracks_are_their_segments_in_order_with_their_holes(tmp_path):
    write(
        tmp_path,
        piece(tmp_path, "mic-0001.wav", 48_000, 1, 3.0),
        piece(tmp_path, "system-0001.wav", 44_100, 2, 4.0),
        Hole("mic", 1.0, 0.5, GapReason.DEVICE_LOST),
        piece(tmp_path, "mic-0002.wav", 48_000, 1, 2.0, at=3.0),
        Marked(2.0, ""),
        Ended(5.0, "stopped"),
    )
    recording = read_recording(tmp_path)
    mic, system = recording.tracks
    assert recording.ended == "stopped"
    assert recording.seconds == pytest.approx(5.0)
    assert recording.marks == (Marked(2.0, ""),)
    assert (mic.kind, system.kind) == (TrackKind.MIC, TrackKind.SYSTEM)
    assert [s.path.name for s in mic.segments] == ["mic-0001.wav", "mic-0002.wav"]
    assert [s.frames for s in mic.segments] == [144_000, 96_000]
    assert mic.holes == (Hole("mic", 1.0, 0.5, GapReason.DEVICE_LOST),)
    assert len(mic.runs) == 1
    assert system.segments[0].frames == 4 * 44_100


def test_a_change_of_format_begins_a_run(tmp_path):
    write(
        tmp_path,
        piece(tmp_path, "mic-0001.wav", 48_000, 1, 3.0),
        piece(tmp_path, "mic-0002.wav", 16_000, 1, 2.0, at=3.5),
        piece(tmp_path, "mic-0003.wav", 16_000, 1, 2.0, at=5.5),
    )
    mic = read_recording(tmp_path).tracks[0]
    assert [[s.path.stem for s in run] for run in mic.runs] == [
        ["mic-0001"],
        ["mic-0002", "mic-0003"],
    ]
    assert mic.seconds == pytest.approx(7.5)


def test_a_file_that_holds_nothing_is_left_out(tmp_path):
    SegmentWriter(tmp_path / "mic-0002.wav", 48_000, 1).close()
    write(
        tmp_path,
        piece(tmp_path, "mic-0001.wav", 48_000, 1, 3.0),
        SegmentOpened("mic", "mic-0002.wav", 48_000, 1, "id", "Headset", 3.0),
        SegmentOpened("mic", "mic-0003.wav", 48_000, 1, "id", "Headset", 3.0),
    )
    assert [s.path.name for s in read_recording(tmp_path).tracks[0].segments] == ["mic-0001.wav"]


def test_the_rate_of_a_track_is_measured_from_looks_at_its_clock(tmp_path):
    real = 48_000 * (1 + 100e-6)
    looks = [Clock("mic", at, round(real * at)) for at in range(10, 3610, 10)]
    write(tmp_path, piece(tmp_path, "mic-0001.wav", 48_000, 1, 1.0), *looks)
    mic = read_recording(tmp_path).tracks[0]
    assert mic.clock_rate == pytest.approx(real, rel=1e-6)
    assert mic.runs[0][0].clock_rate == mic.clock_rate


def test_a_recorder_lives_exactly_as_long_as_its_process(tmp_path):
    assert not recorder_lives(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "True\n"
    assert recorder_lives(tmp_path)
    with hold_lock(tmp_path) as held:
        assert not held
    process.kill()
    process.communicate()
    assert not recorder_lives(tmp_path)
    with hold_lock(tmp_path) as held:
        assert held
