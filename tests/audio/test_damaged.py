"""A file that ends too early gives what it has, and says so."""

import os
import struct

import numpy as np
import pytest
import soundfile

from voicerec_desktop.audio.decode import decode
from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError


def wav(data: bytes, *, riff: int, size: int) -> bytes:
    """16-bit 48 kHz mono with whatever sizes in its header."""
    return (
        b"RIFF" + struct.pack("<I", riff) + b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 1, 48_000, 96_000, 2, 16)
        + b"data" + struct.pack("<I", size) + data
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "codec", "video", "options"),
    [
        ("x.flac", "flac", "", {}),
        ("x.mp3", "libmp3lame", "", {}),
        ("x.m4a", "aac", "", {"movflags": "faststart"}),
        ("x.mp4", "aac", "", {"movflags": "frag_keyframe+empty_moov", "frag_duration": "500000"}),
        ("x.opus", "libopus", "", {}),
        ("x.webm", "libopus", "", {}),
        ("x.mkv", "aac", "mpeg4", {}),
        ("x.wma", "wmav2", "", {}),
        ("x.aiff", "pcm_s16be", "", {}),
    ],
)
def test_a_file_cut_in_half_gives_its_half(
    name, codec, video, options, tmp_path, write_media, decoded, fit, known_sound
):
    path = write_media(
        tmp_path / name,
        codec,
        video=video,
        options=options,
        samples=known_sound(48_000, 8.0),
    )
    assert decoded(path)[0].warning == ""
    os.truncate(path, path.stat().st_size // 2)
    found, samples = decoded(path)
    assert found.warning == "truncated"
    assert 3 < found.duration < 5.5
    truth = known_sound(16_000, 8.0)[: found.frames]
    assert fit(samples, truth).correlation > 0.95


def test_an_ogg_vorbis_cut_in_half_gives_its_half(tmp_path, decoded, known_sound):
    path = tmp_path / "x.ogg"
    noise = np.random.default_rng(0).normal(0, 0.1, 480_000)
    soundfile.write(path, noise, 48_000, format="OGG", subtype="VORBIS")
    assert decoded(path)[0].warning == ""
    os.truncate(path, path.stat().st_size // 2)
    found, _ = decoded(path)
    assert found.warning == "truncated"
    assert 3 < found.duration < 6


@pytest.mark.parametrize("format", ["WAV", "WAVEX", "RF64"])
def test_a_wav_header_may_claim_more_than_there_is(format, write_wav, decoded, fit, known_sound):
    path = write_wav(format=format)
    os.truncate(path, path.stat().st_size // 2)
    found, samples = decoded(path)
    assert found.warning == "truncated"
    assert found.duration == pytest.approx(1.5, abs=0.002)
    assert fit(samples, known_sound(16_000)[: found.frames]).correlation > 0.99


@pytest.mark.parametrize("size", [0, 2**32 - 1, 2**31 - 1])
def test_a_killed_recorder_s_wav_gives_all_it_has(size, tmp_path, decoded, fit, known_sound):
    data = (known_sound(48_000) * 32_767).astype("<i2").tobytes()
    path = tmp_path / "x.wav"
    path.write_bytes(wav(data, riff=size, size=size))
    found, samples = decoded(path)
    assert found.warning == "truncated"
    assert found.duration == pytest.approx(3)
    assert fit(samples, known_sound(16_000)).correlation > 0.99


def test_a_killed_recorder_s_rf64_gives_all_it_has(write_wav, decoded, fit, known_sound):
    path = write_wav(format="RF64")
    content = bytearray(path.read_bytes())
    sizes = content.index(b"ds64") + 8
    content[sizes : sizes + 24] = bytes(24)
    path.write_bytes(content)
    found, samples = decoded(path)
    assert found.warning == "truncated"
    assert found.duration == pytest.approx(3, abs=0.01)
    assert fit(samples, known_sound(16_000)).correlation > 0.99


@pytest.mark.timeout(20)  # where FFmpeg may seek, it takes a minute before the first sample
def test_zeros_behind_the_sound_are_not_searched_for_more(tmp_path, decoded, known_sound):
    data = (known_sound(48_000) * 32_767).astype("<i2").tobytes()
    path = tmp_path / "x.wav"
    path.write_bytes(wav(data, riff=len(data) + 36, size=len(data)))
    os.truncate(path, 2**29)
    found, _ = decoded(path)
    assert found.duration == pytest.approx(3)


def test_a_file_cut_off_while_it_is_read_gives_what_was_there(tmp_path, write_wav):
    path = write_wav(samples=np.random.default_rng(0).normal(0, 0.1, 48_000 * 60))

    def cut(done: float) -> None:
        if 0.3 < done < 1:
            os.truncate(path, path.stat().st_size // 2)

    found = decode(path, tmp_path / "x.f32", cancel=CancelToken(), on_progress=cut)
    assert found.warning == "truncated"
    assert 15 < found.duration < 40


class Meanwhile(CancelToken):
    """Does something when the work looks whether it is to stop, for the first time."""

    def __init__(self, act) -> None:
        super().__init__()
        self._acts = [act]

    def check(self) -> None:
        if self._acts:
            self._acts.pop()()
        super().check()


def test_a_file_that_vanishes_before_it_is_decoded_is_missing(tmp_path, write_wav):
    path = write_wav()
    with pytest.raises(KnownError) as raised:
        decode(path, tmp_path / "x", cancel=Meanwhile(path.unlink), on_progress=lambda _: None)
    assert raised.value.code == ErrorCode.FILE_MISSING
    assert raised.value.params == {"path": str(path)}
    assert list(tmp_path.glob("x*")) == []


def test_a_file_that_vanishes_in_mid_decoding_is_all_decoded_or_unreadable(tmp_path, write_wav):
    path = write_wav(samples=np.zeros(48_000 * 30))

    def vanish(done: float) -> None:
        if done > 0.3:
            path.unlink(missing_ok=True)

    found = decode(path, tmp_path / "x", cancel=CancelToken(), on_progress=vanish)
    assert found.duration == pytest.approx(30)  # an open file stays
