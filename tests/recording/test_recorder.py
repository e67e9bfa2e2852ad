"""Two tracks from a real sound server, in a process that ends only when it is told to."""

import json
import os
import signal
import subprocess
import sys

import numpy as np
import pytest

from tests.recording.conftest import counted, samples, side, until
from voicerec_desktop.audio.devices import list_devices, recorder_command
from voicerec_desktop.audio.recorder_client import RecordOptions, attach, start_recorder
from voicerec_desktop.audio.recording_files import recorder_lives
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.model import GapReason

PARENT = """
import sys
from pathlib import Path
from voicerec_desktop.audio.recorder_client import RecordOptions, start_recorder
client = start_recorder(Path(sys.argv[1]), RecordOptions())
print("started", flush=True)
sys.stdin.read()
"""


def test_both_sides_are_recorded_without_a_frame_lost(talking, record):
    session = record()
    session.heard(3.0)
    session.client.mark("о деньгах")
    recording = session.stop()

    assert recording.ended == "stopped"
    assert [m.note for m in recording.marks] == ["о деньгах"]
    assert 3.0 <= recording.marks[0].at <= recording.seconds + 0.5
    for kind, channels in (("mic", 1), ("system", 2)):
        track = side(recording, kind)
        [(begin, end)] = counted(samples(track))
        assert end == len(samples(track))
        assert (end - begin) / 48_000 > 1.5
        assert track.segments[0].channels == channels
        assert not [hole for hole in track.holes if hole.start > 0]
    assert {p.suffix for p in session.folder.iterdir()} == {".wav", ".jsonl", ".log", ".lock"}


def test_levels_are_shown_while_it_records(server, record):
    tone = 0.5 * 32768 * np.sin(2 * np.pi * 440 * np.arange(48_000 * 20) / 48_000)
    server.play("vr_micfeed", tone[:, None])
    session = record("room")
    until(lambda: session.track("mic").peak > -7)
    status = session.track("mic")
    assert status.peak == pytest.approx(-6.0, abs=0.3)
    assert status.rms == pytest.approx(-9.0, abs=0.5)
    assert [t.kind for t in session.client.status().tracks] == ["mic"]
    assert session.client.status().disk_seconds_left > 60
    session.stop()


def test_a_pause_is_silence_of_its_length_and_a_hole(talking, record):
    session = record("room")
    session.heard(1.5)
    assert session.client.pause().state == "paused"
    paused = session.elapsed
    session.heard(paused + 2)
    assert session.client.resume().state == "recording"
    resumed = session.elapsed
    session.heard(resumed + 1)
    track = side(session.stop(), "mic")

    [hole] = [hole for hole in track.holes if hole.reason == GapReason.PAUSED]
    assert hole.duration == pytest.approx(resumed - paused, abs=0.5)
    heard = samples(track)
    middle = heard[round((hole.start + 0.1) * 48_000) : round((hole.start + 1.5) * 48_000)]
    assert not middle.any()
    before, after = counted(heard)[-2:]
    count = int(heard[after[0], 0]) - int(heard[before[0], 0])
    assert count % 32_000 == (after[0] - before[0]) % 32_000  # time went on by the device's clock


@pytest.mark.parametrize(("rate", "channels"), [(44_100, 2), (8_000, 1), (32_000, 4)])
def test_the_rate_of_the_device_is_kept_and_up_to_two_channels(server, record, rate, channels):
    server.add_mic("odd", rate, channels)
    tone = 9000 * np.sin(2 * np.pi * 440 * np.arange(rate * 30) / rate)
    server.play("oddfeed", np.repeat(tone[:, None], channels, axis=1), rate)
    session = record("room", mic="pulse:odd")
    session.heard(1.5)
    track = side(session.stop(), "mic")
    [segment] = track.segments
    kept = min(channels, 2)
    assert (segment.sample_rate, segment.channels) == (rate, kept)
    assert np.abs(samples(track)).max(axis=0) == pytest.approx([9000] * kept, rel=0.05)


def test_two_recorders_never_write_into_one_folder(talking, record):
    session = record("room")
    with pytest.raises(KnownError) as caught:
        start_recorder(session.folder, RecordOptions("room"))
    assert caught.value.code == ErrorCode.RECORDER_NOT_STARTED
    command = recorder_command(str(session.folder))  # and where both began at once
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "another recorder" in done.stderr
    assert session.client.status().state == "recording"
    assert session.stop().ended == "stopped"


def test_it_lives_on_when_who_started_it_is_killed_and_is_found_again(talking, tmp_path):
    folder = tmp_path / "recording"
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert parent.stdout.readline() == "started\n"
    os.killpg(parent.pid, signal.SIGHUP)
    os.killpg(parent.pid, signal.SIGKILL)
    parent.communicate()

    client = attach(folder)
    seconds = client.status().elapsed
    until(lambda: min(t.seconds for t in client.status().tracks) > seconds + 1)
    assert client.stop().state == "done"
    client.close()
    assert not recorder_lives(folder)
    with pytest.raises(KnownError) as caught:
        attach(folder)
    assert caught.value.code == ErrorCode.RECORDER_DIED


@pytest.mark.parametrize("name", ["SIGINT", "SIGHUP"])
def test_what_a_terminal_sends_does_not_end_it(talking, record, name):
    session = record("room")
    session.heard(0.5)
    session.process.send_signal(getattr(signal, name))
    session.heard(1.5)
    assert session.stop().ended == "stopped"


def test_a_request_to_end_finishes_its_files(talking, record):
    session = record()
    session.heard(1.0)
    session.process.terminate()
    session.process.wait(5)
    recording = session.read()
    assert recording.ended == "terminated"
    assert recording.seconds > 1.0
    assert session.client.status().state == "done"


def test_who_has_no_key_is_not_answered(talking, record):
    from multiprocessing import AuthenticationError
    from multiprocessing.connection import Client

    session = record("room")
    control = session.folder / "recorder.json"
    assert control.stat().st_mode & 0o777 == 0o600
    with pytest.raises(AuthenticationError):
        Client(json.loads(control.read_text())["address"], authkey=b"guessed")
    assert session.client.status().state == "recording"
    session.stop()


def test_devices_are_listed_with_the_system_s_choice_first(server):
    server.add_output("headset", 44_100, 1)
    found = list_devices()
    mics = [d for d in found if d.kind == "mic"]
    outputs = [d for d in found if d.kind == "system"]
    assert [d.id for d in mics] == ["pulse:vr_mic"]
    assert outputs[0].id == "pulse:vr_speakers"
    assert outputs[0].is_default
    headset = next(d for d in outputs if d.id == "pulse:headset")
    assert (headset.sample_rate, headset.channels, headset.is_default) == (44_100, 1, False)


def test_no_devices_are_found_where_no_sound_server_is(server):
    server.kill()
    assert list_devices() == ()
