"""The files that are played for a meeting."""

import numpy as np
import pytest
import soundfile

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.model import Track, TrackKind
from voicerec_desktop.pipeline import playback
from voicerec_desktop.sound import open_decoded


@pytest.fixture
def stereo(tmp_path):
    path = tmp_path / "Звонок Ивана.wav"
    left = np.full(16_000, 0.25, np.float32)
    soundfile.write(path, np.stack([left, -left], axis=1), 16_000)
    return path


def tracks(path, *channels, meeting="m"):
    return [Track(f"{meeting}{c}", meeting, TrackKind.FILE, str(path), channel=c) for c in channels]


def test_only_a_whole_file_that_is_there_is_played_as_it_is(stereo):
    assert playback.own_file(tracks(stereo, -1)) == stereo
    assert playback.own_file(tracks(stereo, 0, 1)) is None
    assert playback.own_file(tracks(stereo.with_name("gone.wav"), -1)) is None


def test_each_channel_of_a_call_becomes_a_track_of_its_own(home, stereo):
    found = playback.prepare(home, tracks(stereo, 0, 1), CancelToken())
    assert [round(float(open_decoded(path)[8000]), 2) for path in found] == [0.25, -0.25]


def test_what_is_decoded_already_is_used_when_the_file_is_gone(home, stereo):
    decoded = home.decoded("m0")
    decoded.parent.mkdir(parents=True)
    decoded.write_bytes(np.zeros(10, "<f4").tobytes())
    stereo.unlink()
    assert playback.prepare(home, tracks(stereo, 0), CancelToken()) == (decoded,)
    with pytest.raises(KnownError) as raised:
        playback.prepare(home, tracks(stereo, 1), CancelToken())
    assert raised.value.code == ErrorCode.FILE_MISSING


def test_what_was_heard_longest_ago_makes_room(home, stereo, monkeypatch):
    monkeypatch.setattr(playback, "BUDGET", 3 * 64_000)  # of four tracks, three fit
    first = playback.prepare(home, tracks(stereo, 0, 1, meeting="a"), CancelToken())
    second = playback.prepare(home, tracks(stereo, 0, meeting="b"), CancelToken())
    playback.prepare(home, tracks(stereo, 0, meeting="a"), CancelToken())  # heard again
    third = playback.prepare(home, tracks(stereo, 0, meeting="c"), CancelToken())
    assert [path.exists() for path in (*first, *second, *third)] == [True, False, True, True]
