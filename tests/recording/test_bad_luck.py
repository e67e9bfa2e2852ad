"""What a recording goes through: crashes, pulled plugs, full disks, a computer that sleeps."""

import contextlib
import os
import random
import signal
import subprocess
import sys

import av
import numpy as np
import pytest

from tests.recording.conftest import (
    FEED,
    SPEAKERS,
    counted,
    counting,
    samples,
    side,
    until,
)
from voicerec_desktop.audio.journal import DeviceChanged, read_journal
from voicerec_desktop.core.model import GapReason

HOG = "while True: sum(range(10**6))"
BLINK = 0.5  # s that a stream needs to open


def lost(track):
    """The holes after the beginning for lack of a device."""
    return [h for h in track.holes if h.reason == GapReason.DEVICE_LOST and h.start > 0]


def only_known(track, run=0):
    """Whether there is nothing but known sound and silence, a few frames of edges aside."""
    heard = samples(track, run)
    left = heard[:, 0].copy()
    for begin, end in counted(heard):
        left[begin:end] = 0
    return np.count_nonzero(left) < 4800


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_recorder_loses_at_most_one_second(talking, record, seed):
    session = record()
    session.heard(0.5 + random.Random(seed).uniform(0, 2))
    at = session.kill()

    recording = session.read()
    assert recording.ended == ""
    for track in recording.tracks:
        assert at - track.seconds <= 1.0
        [(_begin, end)] = counted(samples(track))
        assert end == len(samples(track))
        for segment in track.segments:
            with av.open(str(segment.path)) as container:
                frames = sum(frame.samples for frame in container.decode(audio=0))
            assert segment.frames - frames <= 48_000


def test_a_computer_that_is_busy_loses_nothing(server, record):
    server.play(FEED, counting(60), latency=1000, wait=False)
    server.play(SPEAKERS, counting(60, channels=2), latency=1000)
    server.wait_for_sound(FEED)
    session = record()
    session.heard(2.5)
    hogs = [subprocess.Popen([sys.executable, "-c", HOG]) for _ in range(2 * os.cpu_count())]
    try:
        session.heard(session.elapsed + 5)
    finally:
        for hog in hogs:
            hog.kill()
            hog.wait()
    recording = session.stop()
    for track in recording.tracks:
        assert [h for h in track.holes if h.start > 0] == []
        assert len(counted(samples(track))) == 1


def test_a_sound_server_that_crashes_is_waited_for(talking, record):
    session = record()
    session.heard(2.0)
    talking.kill()
    talking.hush()
    session.alert("mic", "lost")
    session.alert("system", "lost")
    away = session.elapsed
    talking.start()
    talking.play(FEED, counting(60), wait=False)
    talking.play(SPEAKERS, counting(60, channels=2), wait=False)
    back = session.elapsed
    until(lambda: session.track("mic").device and session.track("system").device, 5.0)
    session.heard(session.elapsed + 2)
    recording = session.stop()

    for track in recording.tracks:
        [hole] = lost(track)
        assert hole.duration > back - away
        heard = samples(track)
        begin, end = (round(x * 48_000) for x in (hole.start, hole.start + hole.duration))
        assert not heard[begin + 4800 : end - 4800].any()
        assert heard[: begin + 4800].any()
        assert heard[end - 4800 :].any()
        assert track.seconds == pytest.approx(recording.seconds, abs=1.0)


def test_a_microphone_that_is_pulled_out_is_never_replaced_by_another(server, record):
    module = server.add_mic("headset")
    noise = np.random.default_rng(1).integers(-9000, 9000, (48_000 * 60, 1))
    server.play(FEED, noise, wait=False)  # the other microphone hears what nobody may
    server.play("headsetfeed", counting(60))
    session = record("room", mic="pulse:headset")
    session.heard(2.0)
    server.control("unload-module", module)
    session.alert("mic", "lost")
    server.add_mic("headset")
    session.alert("mic", "", 5.0)
    session.heard(session.elapsed + 1)
    track = side(session.stop(), "mic")

    assert only_known(track)
    [hole] = lost(track)
    assert 1.0 < hole.duration < 8.0
    assert {s.device for s in track.segments} == {"pulse:headset"}
    before, after = counted(samples(track))[-2:]
    shift = int(samples(track)[after[0], 0]) - int(samples(track)[before[0], 0])
    late = (shift - (after[0] - before[0])) % 32_000  # the feed went on meanwhile
    assert min(late, 32_000 - late) < BLINK * 48_000


def test_who_follows_the_system_gets_its_other_choice(talking, record):
    talking.add_mic("other", 44_100, 2)
    talking.play("otherfeed", counting(60, 44_100, 2), 44_100)
    session = record("room")
    session.heard(2.0)
    talking.default(SPEAKERS, "other")
    until(lambda: len(session.read().tracks[0].segments) == 2, 5.0)
    session.heard(session.elapsed + 1)
    track = side(session.stop(), "mic")

    first, second = track.runs
    assert (first[0].device, second[0].device) == ("pulse:vr_mic", "pulse:other")
    assert (second[0].sample_rate, second[0].channels) == (44_100, 2)
    assert first[0].frames / 48_000 == pytest.approx(second[0].at, abs=0.01)
    [change] = [f for f in read_journal(session.folder) if isinstance(f, DeviceChanged)]
    assert change.device == "pulse:other"
    assert only_known(track, 0)
    assert only_known(track, 1)


def test_who_chose_a_device_keeps_it_whatever_the_system_s_choice(talking, record):
    talking.add_mic("other")
    session = record("room", mic="pulse:vr_mic")
    session.heard(1.0)
    talking.default(SPEAKERS, "other")
    session.heard(session.elapsed + 1.5)
    session.client.use_device("mic", "pulse:other")
    until(lambda: session.track("mic").device and session.elapsed > 0)
    track = side(session.stop(), "mic")
    changes = [f for f in read_journal(session.folder) if isinstance(f, DeviceChanged)]
    assert {s.device for s in track.segments} == {"pulse:vr_mic"}
    assert [c.device for c in changes] in ([], ["pulse:other"])


def test_a_process_that_was_stopped_notes_how_long(talking, record):
    session = record()
    session.heard(2.0)
    session.process.suspend()
    began = session.elapsed
    until(lambda: session.elapsed > began + 6, 10)
    session.process.resume()
    session.heard(session.elapsed + 1)
    recording = session.stop()
    for track in recording.tracks:
        [hole] = [h for h in track.holes if h.reason == GapReason.SUSPENDED]
        assert hole.duration == pytest.approx(6.0, abs=1.5)
        assert hole.start == pytest.approx(began, abs=1.0)
        assert lost(track) == []
        assert recording.seconds - track.seconds < 0.5


@pytest.fixture
def small_disk(tmp_path):
    """A disk of so many megabytes."""
    mounted = []

    def mount(size):
        folder = tmp_path / "disk"
        folder.mkdir()
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}m", "tmpfs", str(folder)], check=True
        )
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_recording_ends_well_before_the_disk_is_full(talking, record, small_disk):
    disk = small_disk(8)
    session = record(folder=disk / "recording")
    session.heard(0.5)
    assert session.client.status().alerts == ("disk_low",)
    until(lambda: session.client.status().state == "done", 30)
    assert session.client.status().alerts == ("disk_full",)
    recording = session.read()
    assert recording.ended == "disk_full"
    for track in recording.tracks:
        assert track.seconds > 2
        assert len(counted(samples(track))) == 1
    free = os.statvfs(disk)
    assert free.f_bavail * free.f_frsize > 4 * 2**20  # there is room to go on with
    session.process.wait(5)


def test_a_disk_that_is_full_at_once_keeps_what_is_there(talking, record, small_disk):
    disk = small_disk(16)
    session = record(folder=disk / "recording")
    seconds = session.heard(2.0).elapsed
    with (disk / "filler").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(2**16))
    session.process.wait(10)
    recording = session.read()
    assert recording.ended == "disk_full"
    for track in recording.tracks:
        assert track.seconds > seconds - 1.0
        assert len(counted(samples(track))) == 1


def test_a_terminated_recorder_in_a_stopped_state_still_finishes(talking, record):
    session = record("room")
    session.heard(1.0)
    session.client.pause()
    session.process.send_signal(signal.SIGTERM)
    session.process.wait(5)
    recording = session.read()
    assert recording.ended == "terminated"
    assert [h.reason for h in recording.tracks[0].holes if h.start > 0] == [GapReason.PAUSED]


def test_a_recorder_killed_in_a_pause_leaves_the_hole(talking, record):
    session = record("room")
    session.heard(1.0)
    session.client.pause()
    session.heard(session.elapsed + 1.0)
    session.kill()
    [track] = session.read().tracks
    [hole] = [h for h in track.holes if h.reason == GapReason.PAUSED]
    assert hole.start + hole.duration == pytest.approx(track.seconds)
