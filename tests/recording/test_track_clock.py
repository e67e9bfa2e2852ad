"""Drift is measured, missing sound is found, and neither is taken for the other."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicerec_desktop.audio.track_clock import StreamClock, clock_rate

RATE = 48_000
BLOCK = 4_800


class Device:
    """A device with a crystal of its own, whose blocks come late by chance."""

    def __init__(self, ppm=0.0, jitter=0.08, start=0.3, seed=1):
        self.real = RATE * (1 + ppm * 1e-6)
        self.clock = StreamClock(RATE, start)
        self.start, self.jitter, self.random = start, jitter, random.Random(seed)
        self.made = self.given = 0
        self.points = []

    def run(self, seconds):
        """The steps that were found."""
        steps = []
        for _ in range(round(seconds * RATE / BLOCK)):
            self.made += BLOCK
            self.given += BLOCK
            steps.append(self.clock.add(BLOCK, self.now + self.random.uniform(0, self.jitter)))
            if self.made % (100 * BLOCK) == 0:
                self.points.append(self.clock.take_point())
        return [step for step in steps if step]

    def lose(self, seconds):
        self.made += round(seconds * RATE)

    @property
    def now(self):
        return self.start + self.made / self.real


@pytest.mark.parametrize("ppm", [-1000, -100, 0, 100, 1000])
def test_hours_of_drift_are_no_missing_sound(ppm):
    assert Device(ppm).run(3 * 3600) == []


@settings(deadline=None, max_examples=30)
@given(
    lost=st.floats(0.5, 60), ppm=st.floats(-300, 300), before=st.floats(5, 300), seed=st.integers()
)
def test_missing_sound_is_found_with_its_length(lost, ppm, before, seed):
    device = Device(ppm, seed=seed)
    assert device.run(before) == []
    device.lose(lost)
    [step] = device.run(10)
    assert step == pytest.approx(lost, abs=0.12)
    assert device.run(100) == []
    assert device.clock.end == pytest.approx(device.now, abs=0.2)


def test_sound_that_only_comes_late_is_not_missing():
    device = Device(jitter=0.0)
    device.run(20)
    late = device.now + 5.0
    steps = [device.clock.add(BLOCK, late + i * 0.001) for i in range(50)]
    assert not any(steps)


def test_an_hour_of_100_ppm_is_less_than_20_ms_off_on_reading():
    device = Device(100)
    device.run(3600)
    found = clock_rate([device.points], RATE)
    frames = device.given
    assert frames / found == pytest.approx(device.now - device.start, abs=0.02)


def test_a_minute_with_jitter_is_not_made_worse():
    device = Device(0)
    device.run(90)
    found = clock_rate([device.points], RATE)
    assert device.given / found == pytest.approx(device.given / RATE, abs=0.02)


def test_the_slope_goes_through_holes():
    device = Device(100)
    device.run(600)
    first = len(device.points)
    device.lose(10)
    device.run(600)
    stretches = [device.points[:first], [p for p in device.points[first:] if p]]
    assert clock_rate(stretches, RATE) == pytest.approx(device.real, rel=1e-5)


def test_too_little_or_too_strange_a_clock_is_not_believed():
    assert clock_rate([], RATE) == 0
    assert clock_rate([[(10.0, 480_000), (20.0, 960_000)]], RATE) == 0
    assert clock_rate([[(0.0, 0), (100.0, 5_500_000)]], RATE) == 0
