"""Playing: what is heard is what is there, whatever the file; what cannot be heard is said.

Sound goes to a silent sink of the tests' own PulseAudio, and is recorded from its monitor.
"""

import os
import subprocess
import sys
from dataclasses import replace

import av
import numpy as np
import pytest

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.pipeline.playback import prepare
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.player import Player

RATE = 44_100
LENGTH = 16  # s
HEARD = 0.02  # of full scale
pytestmark = pytest.mark.usefixtures("_sound")


@pytest.fixture
def _sound(sound_server):
    if sound_server is None:
        pytest.skip("pulseaudio and pulseaudio-utils are not installed")


def hertz(second):
    """The tone of each second of `steps`."""
    return 400 + 100 * int(second)


def tone(frequency, seconds):
    return 0.3 * np.sin(2 * np.pi * frequency * np.arange(int(seconds * RATE)) / RATE)


def steps():
    """A tone that says which second it is; noise in the first half makes encoders spend bits."""
    sound = np.concatenate([tone(hertz(second), 1) for second in range(LENGTH)])
    sound[: len(sound) // 2] += np.random.default_rng(1).normal(0, 0.03, len(sound) // 2)
    return sound[None]


def write(path, samples, codec="pcm_s16le", *, options=(), container=()):
    """Encode float[channels, n]."""
    layout = "mono" if len(samples) == 1 else "stereo"
    pcm = np.round(np.clip(samples, -1, 1) * 32767).astype(np.int16)
    with av.open(str(path), "w", options=dict(container)) as file:
        stream = file.add_stream(codec, rate=RATE, layout=layout, options=dict(options))
        for start in range(0, pcm.shape[1], 1152):
            block = pcm[:, start : start + 1152].T.reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block), "s16", layout)
            frame.sample_rate, frame.pts = RATE, start
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def wav(folder, samples=None):
    return write(folder / "Встреча №1.wav", steps() if samples is None else samples)


def mp3_without_header(folder):
    """Of variable bit rate, and nothing in it says how long it is."""
    quality = {"flags": "+qscale", "global_quality": "236"}
    path = folder / "a.mp3"
    return write(path, steps(), "libmp3lame", options=quality, container={"write_xing": "0"})


def mp3(folder):
    quality = {"flags": "+qscale", "global_quality": "236"}
    return write(folder / "a.mp3", steps(), "libmp3lame", options=quality)


class Ear:
    """Records what the sink plays."""

    def __init__(self, path):
        self._path = path
        command = ["parec", "-d", "speakers.monitor", "--rate=48000", "--channels=1"]
        self._file = path.open("wb")
        options = ("--format=s16le", "--latency-msec=30")
        self._process = subprocess.Popen([*command, *options], stdout=self._file)

    def samples(self):
        """Everything since the first sound."""
        data = self._path.read_bytes()
        found = np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(float) / 32768
        loud = np.flatnonzero(np.abs(found) > HEARD)
        return found[loud[0] :] if len(loud) else found[:0]

    def close(self):
        self._process.kill()
        self._process.wait()
        self._file.close()


@pytest.fixture
def ear(tmp_path):
    ear = Ear(tmp_path / "heard.pcm")
    yield ear
    ear.close()


def loudness(samples, frequency):
    """How strong a tone is, 0 to 1."""
    wave = np.exp(-2j * np.pi * frequency * np.arange(len(samples)) / 48_000)
    return 2 * abs(np.dot(samples, wave)) / len(samples)


def pitch(samples):
    strength = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), 1 << 16))
    return np.argmax(strength) * 48_000 / (1 << 16)


@pytest.fixture
def open_file(session, qtbot, transcript_of, put_transcript):
    """Opens a meeting of a file in a document with a player."""
    document = MeetingDocument(session)
    player = Player(document, session)
    player.failed.connect(player.setObjectName)  # what it said last

    def open_file(path, channels=(), meeting_id="01meeting", length=LENGTH):
        plain = transcript_of(meeting_id)
        track = replace(plain.tracks[0], path=str(path))
        tracks = [replace(track, id=f"{track.id}{c}", channel=c) for c in channels] or [track]
        meeting = replace(plain.meeting, duration=float(length))
        transcript = replace(plain, meeting=meeting, tracks=tuple(tracks), segments=(), turns=())
        with qtbot.waitSignal(session.run(lambda lib: put_transcript(lib, transcript)).finished):
            pass
        with qtbot.waitSignal(document.loaded):
            document.open(meeting_id)
        return player

    open_file.document = document
    yield open_file
    document.close()


def play_until(qtbot, player, seconds):
    player.play()
    qtbot.waitUntil(lambda: player.position >= seconds or not player.playing, timeout=20_000)
    assert not player.objectName()


@pytest.mark.parametrize("make", [wav, mp3, mp3_without_header])
def test_the_place_that_is_shown_is_the_place_that_is_heard(open_file, ear, qtbot, tmp_path, make):
    player = open_file(make(tmp_path))
    player.seek(14.1)
    play_until(qtbot, player, 14.7)
    qtbot.waitUntil(lambda: len(ear.samples()) > 24_000)
    assert pitch(ear.samples()[:24_000]) == pytest.approx(hertz(14), abs=20)


@pytest.mark.parametrize("channels", [(), (0, 1)], ids=["a file", "two tracks"])
def test_speech_at_double_speed_keeps_its_pitch(open_file, ear, qtbot, tmp_path, channels):
    player = open_file(wav(tmp_path, np.tile(tone(500, LENGTH), (2, 1))), channels)
    player.set_rate(2.0)
    play_until(qtbot, player, 3.0)
    qtbot.waitUntil(lambda: len(ear.samples()) > 48_000)
    assert pitch(ear.samples()[4_800:48_000]) == pytest.approx(500, abs=15)


def test_both_sides_of_a_call_are_heard_and_each_can_be_muted(open_file, ear, qtbot, tmp_path):
    player = open_file(wav(tmp_path, np.stack([tone(500, LENGTH), tone(900, LENGTH)])), (0, 1))
    play_until(qtbot, player, 1.0)
    qtbot.waitUntil(lambda: len(ear.samples()) > 30_000)
    both = ear.samples()[10_000:30_000]
    assert min(loudness(both, 500), loudness(both, 900)) > 0.1
    player.set_muted(player.tracks[1].id, True)
    play_until(qtbot, player, player.position + 1.5)
    mine = ear.samples()[-10_000:]
    assert loudness(mine, 500) > 0.1
    assert loudness(mine, 900) < 0.01


def test_the_position_never_falls_back_and_ends_at_the_end(open_file, qtbot, tmp_path):
    player = open_file(wav(tmp_path))
    seen = []
    player.position_changed.connect(seen.append)
    player.seek(LENGTH - 1.5)
    with qtbot.waitSignal(
        player.playing_changed, check_params_cb=lambda on: not on, timeout=20_000
    ):
        player.play()
    assert seen == sorted(seen)
    assert player.position == LENGTH
    player.play()
    assert player.position == 0.0


def test_reading_the_same_meeting_anew_does_not_stop_it_and_another_meeting_does(
    open_file, qtbot, tmp_path
):
    path = wav(tmp_path)
    player = open_file(path)
    play_until(qtbot, player, 0.2)
    with qtbot.waitSignal(open_file.document.loaded):
        open_file.document.open("01meeting")
    assert player.playing
    open_file(path, meeting_id="02meeting")
    assert not player.playing
    assert player.position == 0.0


def test_a_vanished_file_is_named_and_played_from_what_was_decoded(
    open_file, session, ear, qtbot, tmp_path
):
    path = wav(tmp_path)
    player = open_file(path)
    kept = path.read_bytes()
    path.unlink()
    with qtbot.waitSignal(player.failed) as failed:
        player.play()
    assert str(path) in failed.args[0]
    assert not player.playing
    path.write_bytes(kept)
    prepare(session.home, player.tracks, CancelToken())
    path.unlink()
    player.setObjectName("")
    player.seek(12.1)
    play_until(qtbot, player, 12.6)
    qtbot.waitUntil(lambda: len(ear.samples()) > 24_000)
    assert pitch(ear.samples()[:24_000]) == pytest.approx(hertz(12), abs=20)


def test_what_is_no_sound_is_told_in_a_sentence(open_file, qtbot, tmp_path):
    path = tmp_path / "notes.wav"
    path.write_text("not a recording")
    player = open_file(path)
    with qtbot.waitSignal(player.failed, timeout=20_000) as failed:
        player.play()
    assert str(path) in failed.args[0]
    assert not player.playing


WITHOUT_DEVICE = """
import sys
from PySide6.QtWidgets import QApplication
from voicerec_desktop.core.model import Meeting, Track, TrackKind, Transcript
from voicerec_desktop.paths import Home
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.player import Player
from voicerec_desktop.ui.session import Session

app = QApplication([])
session = Session(Home.default())
document = MeetingDocument(session)
player = Player(document, session)
player.failed.connect(print)
track = Track("t", "m", TrackKind.FILE, sys.argv[1])
document.transcript = Transcript(Meeting("m", "", "2026-01-01T00:00:00+00:00"), (track,))
document.loaded.emit()
player.play()
print(player.playing)
session.close()
"""


def test_a_computer_without_sound_says_so_once_and_nothing_else(tmp_path):
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DEVICE, str(wav(tmp_path))],
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
    )
    sentence, playing = done.stdout.splitlines()
    assert "headphones" in sentence
    assert (playing, done.stderr, done.returncode) == ("False", "", 0)
