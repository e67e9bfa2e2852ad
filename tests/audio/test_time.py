"""The time of decoded sound is the file's own, also where sound is missing."""

import numpy as np
import pytest

SAME = 0.8  # of 3 kHz that may come half a sample late


def placed(pieces: list[tuple[float, np.ndarray]]) -> np.ndarray:
    """16 kHz samples at their times."""
    end = max(round(at * 16_000) + len(samples) for at, samples in pieces)
    truth = np.zeros(end, np.float32)
    for at, samples in pieces:
        truth[round(at * 16_000) :][: len(samples)] = samples
    return truth


@pytest.mark.parametrize(
    ("name", "codec", "video"),
    [
        ("x.mp4", "aac", "mpeg4"),
        ("x.mkv", "aac", "mpeg4"),
        ("x.webm", "libopus", "libvpx"),
    ],
)
def test_sound_that_starts_after_the_picture_starts_late(
    name, codec, video, tmp_path, write_media, decoded, fit, known_sound
):
    found, samples = decoded(write_media(tmp_path / name, codec, video=video, start=2.0))
    assert found.warning == ""
    assert found.duration == pytest.approx(5, abs=0.03)
    result = fit(samples, placed([(2.0, known_sound(16_000))]))
    assert abs(result.late) < 0.025
    assert result.correlation > 0.97
    assert np.abs(samples[: int(1.9 * 16_000)]).max() < 0.01


@pytest.mark.parametrize(
    ("name", "codec"), [("x.mka", "aac"), ("x.webm", "libopus"), ("x.ts", "aac")]
)
def test_a_file_of_sound_alone_starts_with_its_sound(
    name, codec, tmp_path, write_media, decoded, fit, known_sound
):
    """A live stream's clock may stand at an hour when somebody starts to record it."""
    found, samples = decoded(write_media(tmp_path / name, codec, start=3600.0))
    assert found.warning == ""
    assert found.duration == pytest.approx(3, abs=0.03)
    assert abs(fit(samples, known_sound(16_000)).late) < 0.025


@pytest.mark.parametrize(
    ("name", "codec", "options"),
    [
        ("x.mkv", "aac", {}),
        ("x.webm", "libopus", {}),
        ("x.webm", "libopus", {"live": "1"}),
        ("x.mp4", "aac", {}),
        ("x.ts", "aac", {}),
    ],
)
def test_a_hole_in_the_time_stamps_becomes_silence_and_is_reported(
    name, codec, options, tmp_path, write_media, decoded, fit, known_sound
):
    path = write_media(tmp_path / name, codec, hole=(2.0, 4.0), options=options)
    found, samples = decoded(path)
    assert found.warning == "truncated"
    assert found.duration == pytest.approx(7, abs=0.05)
    whole = known_sound(16_000)
    before, after = slice(0, 30_400), slice(33_600, 48_000)  # up to 1.9 s and from 2.1 s on
    assert fit(samples[before], whole[before]).correlation > 0.97
    late = fit(samples[4 * 16_000 :][after], whole[after])
    assert abs(late.late) < 0.025
    assert late.correlation > SAME
    assert np.abs(samples[int(2.1 * 16_000) : int(5.95 * 16_000)]).max() < 0.01


def test_pauses_that_a_live_codec_leaves_out_are_filled_without_alarm(
    tmp_path, write_media, decoded
):
    found, _ = decoded(write_media(tmp_path / "x.webm", "libopus", hole=(2.0, 0.4)))
    assert found.warning == ""
    assert found.duration == pytest.approx(3.4, abs=0.02)


def test_a_wild_time_stamp_does_not_fill_the_disk(tmp_path, write_media, decoded):
    found, _ = decoded(write_media(tmp_path / "x.mkv", "aac", hole=(2.0, 1e6)))
    assert found.duration == pytest.approx(3, abs=0.05)
    assert found.warning == "truncated"


def test_files_put_together_follow_each_other(tmp_path, write_media, decoded, fit, known_sound):
    """Their time stamps start anew with each."""
    one = write_media(tmp_path / "one.opus", "libopus")
    holed = write_media(tmp_path / "holed.opus", "libopus", hole=(2.5, 2.0))
    both = tmp_path / "both.opus"
    both.write_bytes(one.read_bytes() + holed.read_bytes())
    found, samples = decoded(both)
    assert found.duration == pytest.approx(8, abs=0.05)
    whole = known_sound(16_000)
    assert fit(samples[: 3 * 16_000], whole).correlation > 0.97
    second = fit(samples[3 * 16_000 :][: 2 * 16_000], whole[: 2 * 16_000])
    assert abs(second.late) < 0.02
    assert second.correlation > SAME


@pytest.mark.parametrize(
    ("name", "codec"),
    [("x.opus", "libopus"), ("x.m4a", "aac"), ("x.flac", "flac"), ("x.webm", "libopus")],
)
def test_what_follows_damage_stays_in_its_place(
    name, codec, tmp_path, write_media, decoded, fit, known_sound
):
    truth = known_sound(16_000, 12.0)
    path = write_media(tmp_path / name, codec, samples=known_sound(48_000, 12.0))
    damage(path)
    found, samples = decoded(path)
    assert found.warning == "truncated"
    assert found.duration == pytest.approx(12, abs=0.05)
    end = fit(samples[10 * 16_000 : 12 * 16_000], truth[10 * 16_000 :])
    assert abs(end.late) < 0.02
    assert end.correlation > SAME


def test_a_damaged_mp3_goes_on_where_players_go_on(
    tmp_path, write_media, decoded, fit, known_sound
):
    """It has no time stamps: what cannot be read takes no time, there as here."""
    truth = known_sound(16_000, 12.0)
    path = write_media(tmp_path / "x.mp3", "libmp3lame", samples=known_sound(48_000, 12.0))
    damage(path)
    found, samples = decoded(path)
    assert found.warning == "truncated"
    assert 11 < found.duration < 12
    assert fit(samples[: 5 * 16_000], truth[: 5 * 16_000]).correlation > 0.97
    assert fit(samples[-2 * 16_000 :], truth[-2 * 16_000 :]).correlation > 0.95


def damage(path) -> None:
    """A twentieth of the file, from its middle on, becomes noise."""
    content = bytearray(path.read_bytes())
    middle, size = len(content) // 2, len(content) // 20
    content[middle : middle + size] = np.random.default_rng(1).bytes(size)
    path.write_bytes(content)
