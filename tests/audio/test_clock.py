"""Tracks whose device's clock runs fast or slow: what is heard at a time was said at that time."""

import threading
import time

import numpy as np
import pytest
import soundfile

from voicerec_desktop.audio.decode import decode
from voicerec_desktop.audio.listening import RATE, FileSound
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.sound import open_decoded

HOUR = 3600


def clicks(path, rate, clock_rate, times, seconds):
    """A file with clicks at seconds of the meeting, as a device of that clock records them."""
    frames = round(seconds * clock_rate)
    click = 0.8 * np.sin(2 * np.pi * 1000 * np.arange(round(0.01 * rate)) / rate)
    with soundfile.SoundFile(path, "w", rate, 1, "PCM_16") as file:
        places = iter([round(at * clock_rate) for at in times] + [frames])
        done = 0
        for place in places:
            while done < place:
                count = min(place - done, 60 * rate)
                file.write(np.zeros(count, np.float32))
                done += count
            if place < frames:
                file.write(click)
                done += len(click)
    return path


def onset(samples, rate, near):
    begin = max(0, round((near - 1) * rate))
    loud = np.abs(samples[begin : round((near + 1) * rate)]) > 0.2
    return (begin + int(loud.argmax())) / rate if loud.any() else None


@pytest.mark.parametrize("ppm", [100, -100, 37.3])
def test_after_an_hour_a_drifting_track_is_within_5_ms(tmp_path, ppm):
    clock = 48_000 * (1 + ppm * 1e-6)
    times = [10.0, 1800.0, HOUR - 5.0]
    path = clicks(tmp_path / "mic.flac", 48_000, clock, times, HOUR)
    made = decode(
        path,
        tmp_path / "mic.f32",
        cancel=CancelToken(),
        on_progress=lambda _: None,
        clock_rate=clock,
    )
    assert made.duration == pytest.approx(HOUR, abs=0.005)
    assert (made.sample_rate, made.warning) == (48_000, "")
    samples = open_decoded(tmp_path / "mic.f32")
    assert [onset(samples, 16_000, at) for at in times] == pytest.approx(times, abs=0.005)


def test_without_a_measured_clock_nothing_is_changed(tmp_path):
    path = clicks(tmp_path / "a.wav", 48_000, 48_000, [1.0], 2)
    for clock in (0.0, 48_000.0):
        decode(
            path,
            tmp_path / "a.f32",
            cancel=CancelToken(),
            on_progress=lambda _: None,
            clock_rate=clock,
        )
        samples = open_decoded(tmp_path / "a.f32")
        assert len(samples) == 32_000
        assert onset(samples, 16_000, 1.0) == pytest.approx(1.0, abs=0.001)


@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_what_is_listened_to_is_as_true_as_what_is_decoded(tmp_path, rate):
    """1 % stands for a long time with little drift."""
    clock, times = rate * 1.01, [3.0, 150.0, 295.0]
    path = clicks(tmp_path / "system.flac", rate, clock, times, 300)
    sound = FileSound(path, -1, 0.0, clock)
    try:
        assert sound.frames == pytest.approx(300 * RATE, abs=0.01 * RATE)
        for at in reversed(times):
            deadline = time.monotonic() + 20
            while (found := sound.read(round((at - 0.5) * RATE), RATE)) is None:
                assert time.monotonic() < deadline
                threading.Event().wait(0.002)
            assert onset(found, RATE, 0.5) == pytest.approx(0.5, abs=0.02)
    finally:
        sound.close()
