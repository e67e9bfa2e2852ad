"""Every container, codec, rate and number of channels comes out as the same 16 kHz mono sound."""

import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile


def check(fit, found, samples, truth, within=0.02, alike=0.97):
    """The decoded sound is the truth: length, place, level and shape."""
    assert found.warning == ""
    assert found.duration == pytest.approx(len(truth) / 16_000, abs=within + 0.01)
    result = fit(samples, truth)
    assert result.late == pytest.approx(0, abs=within)
    assert result.click_late == pytest.approx(0, abs=within)
    assert result.level == pytest.approx(1, abs=0.06)  # LAME takes 5 % off
    assert result.correlation > alike


@pytest.mark.parametrize("format", ["WAV", "WAVEX", "RF64"])
@pytest.mark.parametrize(
    "subtype",
    ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "ALAW", "ULAW"],
)
def test_a_wav_of_any_sample_format_is_decoded(
    format, subtype, write_wav, decoded, fit, known_sound
):
    found, samples = decoded(write_wav(channels=2, subtype=subtype, format=format))
    check(fit, found, samples, known_sound(16_000))
    assert (found.sample_rate, found.channels) == (48_000, 2)


@pytest.mark.parametrize(
    ("name", "codec", "video"),
    [
        ("x.flac", "flac", ""),
        ("x.mp3", "libmp3lame", ""),
        ("x.m4a", "aac", ""),
        ("x.m4a", "alac", ""),
        ("x.opus", "libopus", ""),
        ("x.ogg", "libopus", ""),
        ("x.webm", "libopus", ""),
        ("x.aiff", "pcm_s16be", ""),
        ("x.mp4", "aac", "mpeg4"),
        ("x.mkv", "aac", "mpeg4"),
        ("x.mkv", "ac3", "mpeg4"),
        ("x.mov", "pcm_s16le", "mpeg4"),
        ("x.webm", "libopus", "libvpx"),
    ],
)
def test_every_container_and_codec_is_decoded_in_its_place(
    name, codec, video, tmp_path, write_media, decoded, fit, known_sound
):
    found, samples = decoded(write_media(tmp_path / name, codec, video=video))
    check(fit, found, samples, known_sound(16_000))
    assert (found.sample_rate, found.channels) == (48_000, 2)


@pytest.mark.parametrize("video", ["", "wmv2"])
def test_wma_is_decoded(video, tmp_path, write_media, decoded, fit, known_sound):
    """FFmpeg's encoder leaves out the frame before the first one, which its decoder skips."""
    found, samples = decoded(write_media(tmp_path / "x.wma", "wmav2", video=video))
    check(fit, found, samples, known_sound(16_000), within=0.043, alike=0.95)


def test_ogg_vorbis_is_decoded(tmp_path, decoded, fit, known_sound):
    path = tmp_path / "x.ogg"
    soundfile.write(path, known_sound(44_100), 44_100, format="OGG", subtype="VORBIS")
    check(fit, *decoded(path), known_sound(16_000))


def test_an_rf64_with_its_sizes_in_ds64_is_decoded_and_its_trailer_is_no_sound(
    tmp_path, decoded, fit, known_sound
):
    data = (known_sound(48_000) * 32_767).astype("<i2").tobytes()
    trailer = b"LIST" + struct.pack("<I", 40_000) + b"\x55\x33" * 20_000
    ds64 = struct.pack("<QQQI", 4 + 36 + 24 + 8 + len(data) + len(trailer), len(data), 0, 0)
    path = tmp_path / "x.wav"
    path.write_bytes(
        b"RF64\xff\xff\xff\xffWAVEds64" + struct.pack("<I", len(ds64)) + ds64
        + b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 48_000, 96_000, 2, 16)
        + b"data\xff\xff\xff\xff" + data + trailer
    )  # fmt: skip
    check(fit, *decoded(path), known_sound(16_000))


@pytest.mark.parametrize(
    "rate", [7_350, 8_000, 11_025, 22_050, 32_000, 44_100, 48_000, 96_000, 192_000]
)
def test_any_rate_keeps_length_and_pitch(rate, write_wav, decoded, fit, known_sound):
    check(fit, *decoded(write_wav(rate=rate)), known_sound(16_000))


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [
        ("x.mp3", "libmp3lame", 8_000),
        ("x.mp3", "libmp3lame", 22_050),
        ("x.mp3", "libmp3lame", 44_100),
        ("x.m4a", "aac", 44_100),
        ("x.m4a", "aac", 96_000),
        ("x.flac", "flac", 7_350),
        ("x.opus", "libopus", 8_000),
        ("x.webm", "libopus", 16_000),
    ],
)
def test_compressed_sound_of_any_rate_keeps_its_place(
    name, codec, rate, tmp_path, write_media, decoded, fit, known_sound
):
    path = write_media(tmp_path / name, codec, rate=rate, layout="mono")
    check(fit, *decoded(path), known_sound(16_000))


@pytest.mark.parametrize("format", ["WAV", "WAVEX"])
@pytest.mark.parametrize("channels", [1, 2, 3, 6, 8, 24])
def test_channels_are_averaged_whatever_their_number(
    channels, format, write_wav, decoded, fit, known_sound
):
    rng = np.random.default_rng(channels)
    apart = rng.normal(0, 0.05, (3 * 48_000, channels))
    apart -= apart.mean(axis=1, keepdims=True)  # what differs between the channels cancels out
    mixed = known_sound(48_000)[:, None] + apart
    found, samples = decoded(write_wav(format=format, subtype="FLOAT", samples=mixed))
    check(fit, found, samples, known_sound(16_000))
    assert found.channels == channels


@pytest.mark.parametrize("layout", ["5.1", "7.1"])
@pytest.mark.parametrize(("name", "codec"), [("x.m4a", "aac"), ("x.flac", "flac")])
def test_surround_sound_is_decoded(
    layout, name, codec, tmp_path, write_media, decoded, fit, known_sound
):
    path = write_media(tmp_path / name, codec, layout=layout)
    found, samples = decoded(path)
    assert found.channels == (6 if layout == "5.1" else 8)
    assert found.duration == pytest.approx(3, abs=0.03)
    result = fit(samples, known_sound(16_000))
    assert abs(result.late) < 0.02
    assert result.correlation > 0.9  # AAC keeps low frequencies only in one of them


def test_one_channel_can_be_taken_alone(write_wav, decoded, fit, known_sound):
    other = np.random.default_rng(0).normal(0, 0.1, 3 * 48_000)
    path = write_wav(samples=np.stack((other, known_sound(48_000)), axis=1))
    check(fit, *decoded(path, channel=1), known_sound(16_000))
    assert fit(decoded(path, channel=0)[1], known_sound(16_000)).correlation < 0.2


@pytest.mark.parametrize(("name", "codec"), [("x.mp3", "libmp3lame"), ("x.m4a", "aac")])
def test_a_cover_picture_does_not_matter(
    name, codec, tmp_path, write_media, decoded, fit, known_sound
):
    path = add_cover(write_media(tmp_path / f"bare_{name}", codec), tmp_path / name)
    check(fit, *decoded(path), known_sound(16_000))


def add_cover(source: Path, target: Path) -> Path:
    """The same sound with a picture attached."""
    import av

    format = "mp4" if target.suffix == ".m4a" else None  # FFmpeg's m4a writer knows no mjpeg
    with av.open(str(source)) as bare, av.open(str(target), "w", format=format) as file:
        sound = file.add_stream_from_template(bare.streams.audio[0])
        cover = file.add_stream("mjpeg", width=64, height=64, pix_fmt="yuvj420p")
        cover.disposition = av.stream.Disposition.attached_pic
        file.mux(cover.encode(av.VideoFrame(64, 64, "yuvj420p")) + cover.encode(None))
        for packet in bare.demux(bare.streams.audio[0]):
            if packet.dts is not None:
                packet.stream = sound
                file.mux(packet)
    with av.open(str(target)) as file:
        assert file.streams.video
        assert file.streams.video[0].disposition & av.stream.Disposition.attached_pic
    return target


@pytest.mark.parametrize("default", [0, 1])
def test_of_several_sound_tracks_the_default_one_is_taken(default, tmp_path, decoded):
    import av

    path = tmp_path / "x.mkv"
    pitches = (300, 1_000)
    with av.open(str(path), "w") as file:
        tracks = [file.add_stream("pcm_s16le", rate=16_000, layout="mono") for _ in pitches]
        for i, track in enumerate(tracks):
            track.disposition = av.stream.Disposition.default if i == default else 0
            track.codec_context.open()
        for track, pitch in zip(tracks, pitches, strict=True):
            tone = (9_000 * np.sin(2 * np.pi * pitch * np.arange(16_000) / 16_000)).astype("i2")
            frame = av.AudioFrame.from_ndarray(tone[None], format="s16", layout="mono")
            frame.sample_rate, frame.pts = 16_000, 0
            file.mux(track.encode(frame) + track.encode(None))
    _, samples = decoded(path)
    peak = int(np.abs(np.fft.rfft(samples[:16_000])).argmax())
    assert peak == pitches[default]


@pytest.mark.parametrize(
    "name", ["запись встречи.wav", "two  words.wav", "🎙 итоги.wav", "50%25 #1?.wav", "a:b.wav"]
)
def test_any_file_name_is_opened(name, write_wav, tmp_path, decoded, monkeypatch):
    path = write_wav().rename(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert decoded(Path(name))[0] == decoded(path)[0]


def test_numbers_that_are_no_sound_become_silence_or_full_scale(write_wav, decoded):
    samples = np.full(16_000, 0.25, np.float32)
    samples[4_000], samples[8_000], samples[12_000] = np.nan, np.inf, -np.inf
    found, got = decoded(write_wav(rate=16_000, subtype="FLOAT", samples=samples))
    assert np.isfinite(got).all()
    assert np.abs(got).max() <= 1.0
    assert np.median(got) == pytest.approx(0.25)
    assert len(found.peaks) == 20


def test_a_damaged_number_in_one_channel_leaves_no_trace_elsewhere(write_wav, decoded):
    samples = np.full((16_000, 2), 0.25, np.float32)
    samples[5_000, 0], samples[5_000, 1] = np.inf, -np.inf
    _, got = decoded(write_wav(rate=16_000, subtype="FLOAT", samples=samples))
    assert np.count_nonzero(np.abs(got - 0.25) > 1e-3) < 64


def test_the_peaks_are_the_loudest_sample_of_each_twentieth_second(write_wav, decoded):
    rng = np.random.default_rng(4)
    loudness = rng.uniform(0, 1, 50)
    samples = rng.uniform(-0.5, 0.5, (50, 800)) * loudness[:, None]
    samples[np.arange(50), rng.integers(0, 800, 50)] = loudness * rng.choice((-1, 1), 50)
    samples = np.append(samples, [-0.5] * 100)  # the last one is short
    found, _ = decoded(write_wav(rate=16_000, subtype="FLOAT", samples=samples))
    peaks = np.frombuffer(found.peaks, np.uint8) / 255
    assert peaks == pytest.approx(np.append(loudness, 0.5), abs=0.003)


def test_louder_than_full_scale_peaks_at_full_scale(write_wav, decoded):
    samples = np.full(1_600, 3.0)
    found, _ = decoded(write_wav(rate=16_000, subtype="FLOAT", samples=samples))
    assert found.peaks == b"\xff\xff"
