"""The files that are played for a meeting."""

import numpy as np
import pytest
import soundfile

from voicerec_desktop.audio.listening import DecodedSound, FileSound
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


def kinds(home, found_tracks, seconds=1.0, own_too=True):
    """Open the sound of some tracks, and close it; what it is."""
    sounds = playback.open_sounds(home, found_tracks, seconds, CancelToken(), own_too=own_too)
    for sound in sounds:
        sound.close()
    return [type(sound) for sound in sounds]


def test_the_users_own_files_are_played_where_they_can_be(home, stereo):
    assert kinds(home, tracks(stereo, -1)) == [FileSound]
    assert kinds(home, tracks(stereo, 0, 1)) == [FileSound, FileSound]
    assert not home.decoded("").parent.exists()


def test_files_that_mislead_or_broke_are_decoded_instead(home, stereo):
    assert kinds(home, tracks(stereo, 0, 1), seconds=2.0) == [DecodedSound, DecodedSound]
    assert kinds(home, tracks(stereo, 0, 1), own_too=False) == [DecodedSound, DecodedSound]


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
