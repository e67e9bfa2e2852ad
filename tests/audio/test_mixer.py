"""Mixing for the ear: tracks together, muted, faster and slower, as bytes of any device."""

import numpy as np
import pytest

from voicerec_desktop.audio.listening import DecodedSound
from voicerec_desktop.audio.mixer import Mixer, Pcm

RATE = 16_000
HOP = RATE // 50


def tone(frequency, seconds=4.0, loud=0.3):
    return (loud * np.sin(2 * np.pi * frequency * np.arange(int(seconds * RATE)) / RATE)).astype(
        "<f4"
    )


@pytest.fixture
def mixer_of(tmp_path):
    def mixer_of(*tracks):
        paths = [tmp_path / f"{number}.f32" for number in range(len(tracks))]
        for path, track in zip(paths, tracks, strict=True):
            path.write_bytes(track.astype("<f4").tobytes())
        return Mixer([DecodedSound(path) for path in paths])

    return mixer_of


def rendered(mixer, rate):
    blocks = []
    while not mixer.ended:
        blocks.append(mixer.render(rate))
    return np.concatenate(blocks)


def pitch(samples):
    strength = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return np.argmax(strength) * RATE / len(samples)


def test_as_it_was_spoken_nothing_is_changed(mixer_of):
    sound = np.random.default_rng(0).normal(0, 0.1, 5 * HOP).astype("<f4")
    assert np.array_equal(rendered(mixer_of(sound), 1.0), sound)


@pytest.mark.parametrize("rate", [0.5, 0.75, 1.25, 2.0, 3.0])
def test_another_speed_changes_the_length_and_not_the_pitch(mixer_of, rate):
    found = rendered(mixer_of(tone(220)), rate)
    assert len(found) / RATE == pytest.approx(4.0 / rate, abs=0.03)
    assert pitch(found) == pytest.approx(220, abs=1)


def test_stretches_are_joined_without_clicks_also_where_the_speed_changes(mixer_of):
    mixer = mixer_of(tone(220))
    blocks = [mixer.render(rate) for rate in (1.0, 2.0, 2.0, 0.5, 0.5, 1.0, 1.0, 3.0) * 3]
    smooth = np.abs(np.diff(tone(220))).max()
    assert np.abs(np.diff(np.concatenate(blocks))).max() < 3 * smooth


def test_tracks_sound_together_and_a_muted_one_does_not(mixer_of):
    first, second = tone(300), tone(700, seconds=2.0)
    mixer = mixer_of(first, second)
    assert mixer.seconds == 4.0
    assert np.allclose(mixer.render(1.0), first[:HOP] + second[:HOP])
    mixer.muted = {0}
    assert np.allclose(mixer.render(1.0), second[HOP : 2 * HOP])
    mixer.seek(3.0)
    assert not mixer.render(1.0).any()


@pytest.mark.parametrize(("rate", "channels"), [(16_000, 1), (48_000, 2), (44_100, 2), (8_000, 1)])
def test_bytes_for_a_device_keep_time_and_pitch(mixer_of, rate, channels):
    mixer, pcm = mixer_of(tone(440)), Pcm(RATE, rate, channels)
    data = b"".join(pcm.encode(mixer.render(1.0)) for _ in range(150))
    frames = np.frombuffer(data, "<i2").reshape(-1, channels)
    assert len(frames) == pytest.approx(3 * rate, abs=4)
    assert (frames == frames[:, :1]).all()
    found = frames[:, 0] / 32768
    strength = np.abs(np.fft.rfft(found * np.hanning(len(found))))
    assert np.argmax(strength) * rate / len(found) == pytest.approx(440, abs=1)
    assert np.abs(np.diff(found)).max() < 1.2 * 0.3 * 2 * np.pi * 440 / rate
