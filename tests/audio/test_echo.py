"""The echo of the loudspeakers is found and removed, and the voice near the microphone stays."""

import numpy as np
import pytest

from voicerec_desktop.audio.decode import decode
from voicerec_desktop.audio.echo import Remains, remove_echo
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import Cancelled
from voicerec_desktop.sound import open_decoded

RATE = 16_000
ALONE = 7.0  # s in which only the others speak


def speech(folder, *paths):
    """Real speech, with half a second between files."""
    parts = []
    for path in paths:
        target = folder / "speech.f32"
        decode(path, target, cancel=CancelToken(), on_progress=lambda _: None)
        parts += [np.array(open_decoded(target)), np.zeros(RATE // 2, np.float32)]
    return np.concatenate(parts)


def room(sound, delay, level):
    """What a microphone hears of it: a room that fades by 60 dB in 0.4 s, later and quieter."""
    random = np.random.default_rng(3)
    steps = np.arange(RATE // 4)
    answer = 0.15 * random.normal(0, 1, len(steps)) * np.exp(-steps / RATE / 0.06)
    answer[0] = 1.0
    size = 2 ** int(np.ceil(np.log2(len(sound) + len(answer))))
    heard = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(answer, size))[: len(sound)]
    heard *= level * sound.std() / heard.std()
    return np.roll(np.pad(heard, (0, RATE)), round(delay * RATE))[: len(sound)]


@pytest.fixture
def voices(eval_data, tmp_path):
    """Two people, and noise of a microphone: the others, me."""
    others = speech(tmp_path, *sorted((eval_data / "en").glob("librivox*.wav")))
    mine = speech(tmp_path, *sorted((eval_data / "en_talk").glob("LJ*.flac")))
    size = min(len(others), len(mine) + round(ALONE * RATE))
    near = np.zeros(size, np.float32)
    near[round(ALONE * RATE) :] = mine[: size - round(ALONE * RATE)]
    return others[:size], near


@pytest.fixture
def cleaned(tmp_path):
    """What is left of a microphone's sound, and whether there was an echo."""

    def cleaned(mic, others):
        for name, samples in (("mic", mic), ("others", others)):
            samples.astype("<f4").tofile(tmp_path / name)
        target = tmp_path / "clean"
        if not remove_echo(tmp_path / "mic", [tmp_path / "others"], target, CancelToken()):
            assert not target.exists()
            return None
        return np.array(open_decoded(target))

    return cleaned


def decibel(samples):
    return 10 * np.log10(np.mean(np.square(samples, dtype=float)) + 1e-12)


def hiss(size):
    return np.random.default_rng(5).normal(0, 1e-4, size)


@pytest.mark.parametrize("delay", [0.08, 0.4, 0.0, -0.15])
def test_an_echo_is_removed_whatever_its_delay(voices, cleaned, delay):
    """A negative one comes from a system track that is late by its buffers."""
    others, near = voices
    mic = near + room(others, delay, 0.25) + hiss(len(near))
    clean = cleaned(mic, others)
    assert len(clean) == len(mic)
    alone = slice(RATE, round((ALONE - 0.5) * RATE))
    assert decibel(clean[alone]) < decibel(mic[alone]) - 15
    both = slice(round(ALONE * RATE), None)
    assert decibel(clean[both]) > decibel(near[both]) - 3


def test_a_voice_stays_at_its_time(voices, cleaned):
    others, near = voices
    clean = cleaned(near + room(others, 0.08, 0.25) + hiss(len(near)), others)
    size = 2 ** int(np.ceil(np.log2(2 * len(near))))
    crossed = np.fft.irfft(np.fft.rfft(clean, size) * np.conj(np.fft.rfft(near, size)), size)
    assert abs((int(crossed.argmax()) + size // 2) % size - size // 2) < 0.002 * RATE


def test_without_an_echo_nothing_is_touched(voices, cleaned):
    others, near = voices
    assert cleaned(near + hiss(len(near)), others) is None
    assert cleaned(near, np.zeros_like(others)) is None
    assert cleaned(np.zeros_like(near), others) is None
    assert cleaned(near[:100], others) is None


def test_what_is_left_tells_an_echo_from_a_voice(voices, cleaned, tmp_path):
    others, near = voices
    cleaned(near + room(others, 0.08, 0.25) + hiss(len(near)), others)
    remains = Remains(tmp_path / "mic", tmp_path / "clean")
    assert remains.share(2.0, 4.0) < 0.2
    assert remains.share(ALONE + 0.5, ALONE + 4.0) > 0.6
    assert remains.share(1e4, 1e4 + 1) == 1.0
    untouched = Remains(tmp_path / "mic", tmp_path / "not there")
    assert untouched.share(2.0, 4.0) == 1.0


def test_it_is_cancelled_at_once(tmp_path):
    (tmp_path / "mic").write_bytes(bytes(4 * RATE))
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        remove_echo(tmp_path / "mic", [tmp_path / "mic"], tmp_path / "clean", cancel)
    assert not (tmp_path / "clean").exists()
