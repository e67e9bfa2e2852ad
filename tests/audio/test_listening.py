"""Files to listen to: at each time there is what decoding has there, wherever one jumps."""

import threading
import time

import numpy as np
import pytest
import soundfile

from voicerec_desktop.audio.decode import decode
from voicerec_desktop.audio.listening import RATE, DecodedSound, FileSound
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.sound import open_decoded

LENGTH = 40  # s
PLACES = (31.3, 2.0, 17.77, 0.0, 38.9, 38.5, 12.0)


@pytest.fixture
def listen():
    """Opens a file; closed in the end, and its thread is gone."""
    opened = []

    def listen(path, channel=-1, seconds=0.0):
        opened.append(FileSound(path, channel, seconds))
        return opened[-1]

    yield listen
    for sound in opened:
        sound.close()


def read(sound, start, seconds=1.0):
    """Samples as soon as they are there."""
    deadline = time.monotonic() + 20
    while (found := sound.read(round(start * RATE), round(seconds * RATE))) is None:
        assert not sound.broken
        assert time.monotonic() < deadline
        threading.Event().wait(0.002)
    return found


def noise(channels=1, seconds=LENGTH):
    """Noise of a telephone's band whose loudness changes each second: it fits in one place only."""
    random = np.random.default_rng(7)
    spectrum = np.fft.rfft(random.normal(0, 1, (channels, seconds * RATE)))
    frequencies = np.fft.rfftfreq(seconds * RATE, 1 / RATE)
    spectrum[:, (frequencies < 200) | (frequencies > 3_500)] = 0
    sound = np.fft.irfft(spectrum)
    loud = np.repeat(random.choice([0.02, 0.1, 0.25], seconds), RATE)
    return (sound / sound.std() * loud).clip(-0.9, 0.9).astype(np.float32).squeeze()


def late(found, truth, start):
    """Seconds by which samples at 48 kHz come later than decoded ones at 16 kHz."""
    samples = found.reshape(-1, 3).mean(axis=1)
    begin = round(start * 16_000)
    near = truth[max(0, begin - 1_600) : begin + len(samples) + 1_600]
    energy = np.convolve(np.square(near), np.ones(len(samples)), "valid")
    likeness = np.correlate(near, samples, "valid") / np.sqrt(energy)
    return (min(1_600, begin) - int(likeness.argmax())) / 16_000


@pytest.fixture
def truth_of(tmp_path):
    def truth_of(path):
        target = tmp_path / "truth.f32"
        decode(path, target, cancel=CancelToken(), on_progress=lambda _: None)
        return np.array(open_decoded(target))

    return truth_of


FILES = {
    "a.wav": ("pcm_s16le", {}),
    "a.flac": ("flac", {}),
    "a.mp3": ("libmp3lame", {}),
    "a.m4a": ("aac", {}),
    "a.mp4": ("aac", {"video": "mpeg4"}),
    "a.opus": ("libopus", {}),
    "late.mkv": ("aac", {"video": "mpeg4", "start": 3.0}),
    "hole.mkv": ("libopus", {"hole": (20.0, 4.0)}),
}


@pytest.mark.parametrize("name", FILES)
def test_wherever_one_jumps_there_is_what_was_decoded_there(
    tmp_path, write_media, listen, truth_of, name
):
    codec, options = FILES[name]
    path = write_media(tmp_path / name, codec, samples=noise(), layout="mono", **options)
    truth = truth_of(path)
    sound = listen(path, seconds=len(truth) / 16_000)
    assert not sound.broken
    for start in PLACES:
        found = read(sound, start)
        begin = round(start * 16_000)
        if np.abs(truth[begin : begin + 16_000]).max() < 0.01:  # before it starts, in a hole
            assert np.abs(found).max() < 0.01
        else:
            assert abs(late(found, truth, start)) <= 0.03


def test_reading_on_has_no_seam(tmp_path, write_media, listen):
    samples = noise()
    path = write_media(tmp_path / "a.wav", "pcm_s16le", samples=samples, layout="mono")
    sound = listen(path)
    whole = np.concatenate([read(sound, 0.02 * i, 0.02) for i in range(LENGTH * 50)])
    assert np.abs(whole - samples).max() < 0.001


def test_a_channel_is_heard_alone(tmp_path, listen):
    samples, path = noise(channels=2), tmp_path / "a.wav"
    soundfile.write(path, samples.T, RATE)
    for channel in (0, 1):
        found = read(listen(path, channel), 25.0)
        assert np.abs(found - samples[channel, 25 * RATE : 26 * RATE]).max() < 0.001


def test_beyond_both_ends_is_silence_and_the_way_back_is_open(tmp_path, write_media, listen):
    path = write_media(tmp_path / "a.mp3", "libmp3lame", samples=noise(), layout="mono")
    sound = listen(path, seconds=LENGTH)
    assert np.abs(read(sound, LENGTH - 0.5)[-RATE // 3 :]).max() == 0
    assert not read(sound, LENGTH + 5.0).any()
    assert not read(sound, -3.0).any()
    assert read(sound, 1.0).any()


def test_a_file_whose_length_is_another_one_is_not_played_so(tmp_path, write_media, listen):
    path = write_media(tmp_path / "a.wav", "pcm_s16le", samples=noise(), layout="mono")
    assert listen(path, seconds=LENGTH + 1.0).broken
    assert not listen(path, seconds=LENGTH + 0.1).broken


def test_what_cannot_be_heard_is_told_when_it_is_opened(tmp_path, write_media):
    text, missing = tmp_path / "a.wav", tmp_path / "gone.wav"
    text.write_text("text")
    codes = {text: ErrorCode.NOT_AUDIO, missing: ErrorCode.FILE_MISSING}
    for path, code in codes.items():
        with pytest.raises(KnownError) as raised:
            FileSound(path, -1, 0.0)
        assert raised.value.code == code


def test_decoded_sound_is_there_at_once(tmp_path):
    path = tmp_path / "a.f32"
    path.write_bytes(np.arange(100, dtype="<f4").tobytes())
    sound = DecodedSound(path)
    assert list(sound.read(-2, 4)) == [0, 0, 0, 1]
    assert list(sound.read(98, 4)) == [98, 99, 0, 0]
