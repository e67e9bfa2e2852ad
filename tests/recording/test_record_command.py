"""`voicerec record` and `voicerec devices` on a real sound server."""

import json
import os
import signal
import subprocess
import sys

import numpy as np
import psutil
import pytest
import soundfile

from voicerec_desktop.audio.recording_files import read_recording, recorder_lives
from voicerec_desktop.core.model import MeetingStatus, TrackKind
from voicerec_desktop.store.library import Library

RATE = 48_000


def tone(seconds, channels=1, pitch=440):
    t = np.arange(round(seconds * RATE)) / RATE
    wave = np.round(8000 * np.sin(2 * np.pi * pitch * t)).astype("<i2")
    return np.repeat(wave[:, None], channels, axis=1)


@pytest.fixture
def command(home):
    """`voicerec record` in a process of its own that can be interrupted."""
    started = []

    def start(*arguments):
        process = subprocess.Popen(
            [sys.executable, "-m", "voicerec_desktop", "record", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "VOICEREC_HOME": str(home.data)},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
    for process in psutil.process_iter(["cmdline"]):
        if str(home.data) in " ".join(process.info["cmdline"] or ()):
            process.kill()
            process.wait(5)


@pytest.fixture
def until():
    import time

    def until(true, seconds=20.0):
        deadline = time.monotonic() + seconds
        while not (found := true()):
            assert time.monotonic() < deadline, "it did not happen"
            time.sleep(0.02)
        return found

    return until


def folder_of(home):
    return next(iter(home.meetings.glob("*/recording")), None)


def recorded(home, seconds):
    """Whether each track has so much sound on disk."""
    folder = folder_of(home)
    recording = folder and read_recording(folder)
    return recording and min((t.seconds for t in recording.tracks), default=0) >= seconds


def meeting(home):
    with Library(home.library, home.backups) as library:
        (found,) = library.meetings()
        return found, library.tracks(found.id), library.jobs()


def test_devices_are_listed_with_the_systems_choice(server, voicerec):
    server.add_mic("vr_other")
    done = voicerec("devices", "--json")
    assert done.returncode == 0, done.stderr
    found = {(d["kind"], d["is_default"]) for d in json.loads(done.stdout)}
    assert {("mic", True), ("mic", False), ("system", True)} <= found
    text = voicerec("devices").stdout
    assert "Microphones:" in text
    assert " * " in text


def test_so_many_seconds_of_both_sides_are_kept_and_queued(server, voicerec, home):
    server.play("vr_micfeed", tone(60), wait=False)
    server.play("vr_speakers", tone(60, 2, 660))
    done = voicerec("record", "--seconds", "2", "--title", "Планёрка")
    assert done.returncode == 0, done.stderr
    found, tracks, jobs = meeting(home)
    assert done.stdout.split() == [found.id]
    assert (found.title, found.status) == ("Планёрка", MeetingStatus.QUEUED)
    assert [job.meeting_id for job in jobs] == [found.id]
    assert [track.kind for track in tracks] == [TrackKind.MIC, TrackKind.SYSTEM]
    for track, pitch in zip(tracks, (440, 660), strict=True):
        samples, rate = soundfile.read(track.path, always_2d=True)
        assert len(samples) / rate >= 2.0
        last = samples[-rate:, 0]
        assert np.abs(np.fft.rfft(last)).argmax() == pytest.approx(pitch * len(last) / rate, abs=3)
    assert not list(folder_of(home).glob("*.wav"))


def test_ctrl_c_ends_it_and_keeps_it(server, command, home, until):
    server.play("vr_micfeed", tone(60))
    process = command("--system", "none")
    until(lambda: recorded(home, 1.0))
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    found, tracks, _ = meeting(home)
    assert out.split() == [found.id]
    assert [track.kind for track in tracks] == [TrackKind.MIC]
    assert found.duration >= 1.0


def test_a_recording_whose_command_was_killed_goes_on_and_is_found_again(
    server, command, home, until, voicerec
):
    server.play("vr_micfeed", tone(100))
    process = command("--mode", "room")
    until(lambda: recorded(home, 1.0))
    process.kill()
    process.communicate()
    before = read_recording(folder_of(home)).seconds
    busy = voicerec("record", "--seconds", "1")
    assert busy.returncode == 3
    assert "--attach" in busy.stderr
    done = voicerec("record", "--attach", "--seconds", "3")
    assert done.returncode == 0, done.stderr
    found, tracks, _ = meeting(home)
    assert found.duration >= max(3.0, before)
    assert len(tracks) == 1
    assert voicerec("record", "--attach").returncode == 3


def test_a_killed_recorder_loses_nothing_that_was_written(server, command, home, until, voicerec):
    server.play("vr_micfeed", tone(100))
    process = command("--mode", "room")
    until(lambda: recorded(home, 1.5))
    folder = folder_of(home)
    (recorder,) = [
        one
        for one in psutil.process_iter(["cmdline"])
        if "voicerec_desktop.recorder" in (one.info["cmdline"] or ())
        and str(folder) in one.info["cmdline"]
    ]
    recorder.kill()
    _, err = process.communicate(timeout=60)
    assert process.returncode == 6, err
    assert "broke off" in err
    found, tracks, _ = meeting(home)
    assert found.status == MeetingStatus.QUEUED
    assert soundfile.info(tracks[0].path).duration >= 1.5
    assert not recorder_lives(folder)


def test_when_both_are_killed_the_next_command_tells_what_was_recovered(
    server, command, home, until, voicerec
):
    server.play("vr_micfeed", tone(100))
    process = command("--mode", "room")
    until(lambda: recorded(home, 1.5))
    folder = folder_of(home)
    process.kill()
    process.communicate()
    for one in psutil.process_iter(["cmdline"]):
        if str(folder) in (one.info["cmdline"] or ()):
            one.kill()
            one.wait(5)
    done = voicerec("library", "list")
    assert "recovered: 0:0" in done.stderr
    assert "queued" in done.stdout
    again = voicerec("library", "list")
    assert "recovered" not in again.stderr


@pytest.mark.parametrize("arguments", [("--mic", "Studio"), ("--system", "Kitchen")])
def test_a_device_that_is_not_there_ends_with_6(server, voicerec, home, arguments):
    done = voicerec("record", *arguments, "--seconds", "1")
    assert done.returncode == 6
    assert arguments[1] in done.stderr
    with Library(home.library, home.backups) as library:
        assert library.meetings() == []


def test_without_a_sound_system_it_ends_with_6(voicerec, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("PULSE_SERVER", str(tmp_path / "nowhere"))
    assert voicerec("record", "--seconds", "1").returncode == 6


@pytest.mark.parametrize(
    "arguments",
    [
        ("--mic", "none", "--system", "none"),
        ("--mode", "call", "--mic", "none"),
        ("--mode", "room", "--mic", "none"),
        ("--mode", "system", "--system", "none"),
        ("--seconds", "0"),
        ("--seconds", "nan"),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(voicerec, arguments):
    assert voicerec("record", *arguments).returncode == 2
