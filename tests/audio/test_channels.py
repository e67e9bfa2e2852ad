"""A stereo file is two recordings only if its channels hear different things."""

import struct

import numpy as np
import pytest
import soundfile

from voicerec_desktop.audio.channels import PROBE, has_two_recordings
from voicerec_desktop.core.cancel import CancelToken

RATE = 16_000


@pytest.fixture(scope="module")
def speech(sample) -> np.ndarray:
    """30 s of a conversation."""
    return soundfile.read(sample, dtype="float32")[0]


def two(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return np.stack((left, right), axis=1)


def noise(size: int, level: float, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, level, size).astype(np.float32)


def in_room(speech: np.ndarray, seed: int, echo_time: float = 0.3) -> np.ndarray:
    """As a microphone hears it from some metres: the direct sound and its echo."""
    rng = np.random.default_rng(seed)
    length = int(echo_time * RATE)
    echo = rng.normal(0, 0.15, length) * np.exp(-np.arange(length) * 4 / length)
    echo[rng.integers(0, 200)] = 1.0
    size = len(speech) + len(echo)
    heard = np.fft.irfft(np.fft.rfft(speech, size) * np.fft.rfft(echo, size), size)
    return 0.3 * heard[: len(speech)]


def wandering(speech: np.ndarray) -> np.ndarray:
    """One voice that goes from side to side; the right microphone is 4 m further away."""
    side = np.sin(np.linspace(0, 8 * np.pi, len(speech)))
    left, right = (10.0 ** (which * side - 1) for which in (-1, 1))
    return two(left * speech, right * delayed(speech, 0.012))


def delayed(speech: np.ndarray, seconds: float) -> np.ndarray:
    shift = round(seconds * RATE)
    return np.concatenate((np.zeros(shift, np.float32), speech[: len(speech) - shift]))


APART = {
    "different times": lambda s: two(s, np.roll(s, 13 * RATE)),
    "different loudness": lambda s: two(s, 0.2 * np.roll(s, 13 * RATE)),
    "noise on both": lambda s: two(
        s + noise(len(s), 0.002, 1), np.roll(s, 13 * RATE) + noise(len(s), 0.002, 2)
    ),
    "a little of each in the other": lambda s: two(
        s + 0.05 * np.roll(s, 13 * RATE), np.roll(s, 13 * RATE) + 0.05 * s
    ),
    "one after the other": lambda s: two(
        np.where(np.arange(len(s)) < len(s) / 2, s, 0),
        np.where(np.arange(len(s)) < len(s) / 2, 0, s),
    ),
}
TOGETHER = {
    "mono as stereo": lambda s: two(s, s),
    "panned": lambda s: two(s, 0.3 * s),
    "delayed": lambda s: two(s, delayed(s, 0.012)),
    "upside down": lambda s: two(s, -s),
    "louder, with noise": lambda s: two(0.4 * s + noise(len(s), 0.003, 1), s),
    "a room": lambda s: two(in_room(s, 1), in_room(s, 2)),
    "a room, two voices at two places": lambda s: two(
        in_room(s, 1) + 0.5 * in_room(np.roll(s, 13 * RATE), 3),
        0.5 * in_room(s, 2) + in_room(np.roll(s, 13 * RATE), 4),
    ),
    "a hall": lambda s: two(in_room(s, 1, 1.0), in_room(s, 2, 1.0)),
    "a voice that wanders": wandering,
    "one channel silent": lambda s: two(s, np.zeros_like(s)),
    "one channel only hum": lambda s: two(s, noise(len(s), 0.0005, 1)),
    "silence": lambda s: two(np.zeros_like(s), np.zeros_like(s)),
}


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        *(pytest.param(make, True, id=name) for name, make in APART.items()),
        *(pytest.param(make, False, id=name) for name, make in TOGETHER.items()),
    ],
)
def test_channels_that_hear_different_things_are_two_recordings(make, expected, speech, write_wav):
    path = write_wav(rate=RATE, subtype="FLOAT", samples=make(speech))
    assert has_two_recordings(path, CancelToken()) is expected


def test_other_rates_and_codecs_are_judged_alike(speech, tmp_path):
    pair = np.repeat(two(speech, np.roll(speech, 13 * RATE)), 3, axis=0)
    for samples, expected in ((pair, True), (pair[:, :1].repeat(2, axis=1), False)):
        path = tmp_path / "x.ogg"
        soundfile.write(path, samples, 3 * RATE, format="OGG", subtype="VORBIS")
        assert has_two_recordings(path, CancelToken()) is expected


@pytest.mark.parametrize("channels", [1, 3, 6])
def test_only_stereo_is_two_recordings(channels, write_wav):
    samples = np.random.default_rng(0).normal(0, 0.1, (RATE * 5, channels))
    assert not has_two_recordings(write_wav(rate=RATE, samples=samples), CancelToken())


def test_seconds_are_too_few_to_tell(speech, write_wav):
    pair = two(speech, np.roll(speech, 13 * RATE))[10 * RATE : 12 * RATE]
    assert not has_two_recordings(write_wav(rate=RATE, samples=pair), CancelToken())


class Counting(CancelToken):
    """How often the work looked whether it is to stop: once a packet."""

    looks = 0

    def check(self) -> None:
        self.looks += 1
        super().check()


def looks(path, seconds: float) -> int:
    """Packets read of a silent 16 kHz stereo file of that length."""
    size = round(seconds * RATE) * 4
    with path.open("wb") as file:
        file.write(
            b"RIFF" + struct.pack("<I", size + 36) + b"WAVEfmt "
            + struct.pack("<IHHIIHH", 16, 1, 2, RATE, 4 * RATE, 4, 16)
            + b"data" + struct.pack("<I", size)
        )  # fmt: skip
        file.truncate(44 + size)
    counting = Counting()
    assert not has_two_recordings(path, counting)
    return counting.looks


def test_five_hours_cost_no_more_than_the_first_minutes(tmp_path):
    few, all_of_it = (looks(tmp_path / "x.wav", s) for s in (PROBE + 10, 5 * 3600.0))
    assert all_of_it == few
