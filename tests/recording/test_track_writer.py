"""A track on disk: pieces that follow each other, runs of one format, holes of the right length."""

import numpy as np
import pytest

from tests.recording.conftest import counted, counting, samples, side
from voicerec_desktop.audio.devices import Device
from voicerec_desktop.audio.journal import Began, Hole, Journal
from voicerec_desktop.audio.recording_files import read_recording
from voicerec_desktop.audio.track_writer import TrackWriter
from voicerec_desktop.core.model import GapReason

RATE = 8_000
HEADSET = Device("pulse:headset", "Headset", "mic", True, 1, RATE)


@pytest.fixture
def journal(tmp_path):
    made = Journal(tmp_path)
    made.add(Began("2026-03-02T09:30:00+00:00", "room", ("mic",)))
    yield made
    made.close()


@pytest.fixture
def writer(tmp_path, journal):
    made = TrackWriter(tmp_path, "mic", journal)
    made.begin_run(HEADSET, RATE, 1, 0.0)
    return made


def test_pieces_end_after_ten_minutes_and_follow_each_other(tmp_path, writer):
    sound = counting(1300, RATE).tobytes()
    for at in range(0, len(sound), 2 * RATE):
        writer.write(sound[at : at + 2 * RATE])
    writer.close()
    track = side(read_recording(tmp_path), "mic")
    assert [s.frames for s in track.segments] == [600 * RATE, 600 * RATE, 100 * RATE]
    assert [s.at for s in track.segments] == [0, 600, 1200]
    assert counted(samples(track)) == [(0, 1300 * RATE)]


def test_a_hole_lasts_from_where_sound_ended_to_where_it_begins_again(tmp_path, writer):
    writer.write(counting(2, RATE).tobytes())
    writer.set_hole(GapReason.DEVICE_LOST)
    writer.silence_until(5.5)
    writer.set_hole(None)
    writer.write(counting(1, RATE).tobytes())
    writer.close()
    track = side(read_recording(tmp_path), "mic")
    assert track.holes == (Hole("mic", 2.0, 3.5, GapReason.DEVICE_LOST),)
    heard = samples(track)
    assert not heard[2 * RATE : round(5.5 * RATE)].any()
    assert len(heard) == round(6.5 * RATE)


def test_silence_goes_by_the_device_s_clock_once_that_is_known(tmp_path, writer):
    real = RATE * (1 + 500e-6)
    for at in range(10, 3601, 10):
        writer.silence(round(real * at) - writer.frames)
        writer.look_at_clock(at, writer.frames)
    writer.silence_until(7200)
    writer.close()
    track = side(read_recording(tmp_path), "mic")
    assert track.clock_rate == pytest.approx(real, rel=1e-6)
    assert sum(s.frames for s in track.segments) == pytest.approx(7200 * real, abs=RATE * 0.02)


def test_another_format_begins_a_run_where_it_began(tmp_path, writer):
    writer.write(counting(2, RATE).tobytes())
    writer.begin_run(HEADSET, 16_000, 2, 2.0)
    writer.write(np.ones((16_000, 2), "<i2").tobytes())
    writer.close()
    first, second = side(read_recording(tmp_path), "mic").runs
    assert (first[0].frames, second[0].frames) == (2 * RATE, 16_000)
    assert (second[0].at, second[0].channels) == (2.0, 2)
