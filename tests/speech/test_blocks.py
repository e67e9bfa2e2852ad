"""Blocks cover a recording without gaps and end where it is quietest."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicerec_desktop.sound import SAMPLE_RATE, open_decoded
from voicerec_desktop.speech.blocks import SEARCH, block_end


def noise(seconds: float) -> np.ndarray:
    rng = np.random.default_rng(0)
    return rng.normal(0, 0.1, int(seconds * SAMPLE_RATE)).astype(np.float32)


@pytest.mark.parametrize("pause", [61.0, 85.0, 118.5])
def test_a_block_ends_in_the_pause_of_its_last_minute(pause):
    audio = noise(200)
    at = slice(int(pause * SAMPLE_RATE), int((pause + 1) * SAMPLE_RATE))
    audio[at] *= 0.01
    end = block_end(audio, 0, 120)
    assert at.start < end < at.stop


def test_a_pause_before_the_last_minute_does_not_make_a_block_short():
    audio = noise(400)
    audio[int(100 * SAMPLE_RATE) : int(101 * SAMPLE_RATE)] = 0
    assert block_end(audio, 0, 300) >= (300 - SEARCH) * SAMPLE_RATE


def test_blocks_later_in_a_recording_are_cut_alike():
    audio = noise(300)
    audio[int(210 * SAMPLE_RATE) : int(211 * SAMPLE_RATE)] = 0
    end = block_end(audio, 100 * SAMPLE_RATE, 120)
    assert 210 < end / SAMPLE_RATE < 211


def test_what_fits_into_one_block_is_not_cut():
    audio = noise(20)
    audio[int(10 * SAMPLE_RATE) : int(11 * SAMPLE_RATE)] = 0
    assert block_end(audio, 0, 20) == len(audio)
    assert block_end(audio, len(audio) - 1, 20) == len(audio)


@settings(deadline=None, max_examples=50)
@given(
    size=st.integers(1, 400).map(lambda tenths: tenths * 1_600 + tenths % 7),
    seconds=st.floats(1.0, 15.0),
    seed=st.integers(0, 2**16),
    silent=st.booleans(),
)
def test_blocks_cover_all_and_none_is_too_long(size, seconds, seed, silent):
    level = 0 if silent else 0.1
    audio = np.random.default_rng(seed).normal(0, 1, size).astype(np.float32) * level
    start, lengths = 0, []
    while start < size:
        end = block_end(audio, start, seconds)
        lengths.append((end - start) / SAMPLE_RATE)
        start = end
    assert start == size
    assert max(lengths) <= seconds
    assert all(length >= seconds / 2 - 1e-3 for length in lengths[:-1])


def test_a_decoded_track_is_mapped_and_writing_to_it_changes_no_file(tmp_path):
    path = tmp_path / "x.f32"
    path.write_bytes(np.arange(5, dtype="<f4").tobytes())
    audio = open_decoded(path)
    assert isinstance(audio, np.memmap)
    assert audio.tolist() == [0, 1, 2, 3, 4]
    audio[0] = 9
    assert np.fromfile(path, "<f4")[0] == 0


def test_an_empty_track_is_no_sound(tmp_path):
    path = tmp_path / "x.f32"
    path.touch()
    assert open_decoded(path).tolist() == []
