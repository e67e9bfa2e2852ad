"""A recording that hears nothing says so within eight seconds, and tries what it can."""

import numpy as np
import pytest

from tests.recording.conftest import FEED, SPEAKERS, counted, counting, until
from voicerec_desktop.audio.capture import CannotOpen, ways
from voicerec_desktop.audio.pulse import PulseWatch
from voicerec_desktop.audio.track_clock import now

SILENCE = np.zeros((48_000 * 40, 1), "<i2")


def test_a_microphone_of_digital_zeros_is_told_of_until_it_is_heard(server, record):
    server.play(FEED, SILENCE, wait=False)
    session = record("room")
    until(lambda: session.track("mic").seconds)
    session.alert("mic", "silent")
    server.play(FEED, counting(30))
    session.alert("mic", "")
    session.stop()


def test_a_microphone_that_is_too_loud_is_told_of(server, record):
    loud = 60_000 * np.sin(2 * np.pi * 200 * np.arange(48_000 * 40) / 48_000)
    server.play(FEED, loud.clip(-32_768, 32_767)[:, None])
    session = record("room")
    until(lambda: session.track("mic").seconds)
    session.alert("mic", "clipping")
    session.stop()


def test_sound_on_another_output_than_the_recorded_one_is_told_of(server, record):
    server.add_output("headset")
    server.play(SPEAKERS, SILENCE, wait=False)
    server.play("headset", counting(40, channels=2))
    session = record("system", system="pulse:vr_speakers")
    until(lambda: session.track("system").seconds)
    session.alert("system", "elsewhere")
    session.client.use_device("system", "pulse:headset")
    session.alert("system", "")
    session.stop()


def test_a_call_in_which_nobody_speaks_is_no_trouble(server, record):
    server.add_output("headset")
    server.play(SPEAKERS, SILENCE, wait=False)
    server.play("headset", SILENCE, wait=False)
    session = record("system")
    session.heard(7.5)
    assert session.track("system").alert == ""
    session.stop()


def test_a_sound_server_that_hangs_is_told_of(talking, record):
    session = record("room")
    session.heard(1.0)
    server = int((talking.folder / "pulse" / "pid").read_text())
    import psutil

    psutil.Process(server).suspend()
    try:
        until(lambda: session.track("mic").alert in ("stalled", "lost"), 8.0)
    finally:
        psutil.Process(server).resume()
    session.alert("mic", "", 15.0)
    assert session.stop().ended == "stopped"


@pytest.mark.parametrize("kind", ["mic", "system"])
@pytest.mark.parametrize("way", [0, 1])
def test_every_way_to_capture_hears_every_frame(talking, kind, way):
    watch = PulseWatch()
    try:
        watch.wait(5)
        device = watch.routing.default(kind)
        stream = ways(kind)[way](device)
        blocks = []
        until(lambda: blocks.extend(stream.take()) or sum(len(b.frames) for b in blocks) > 2e5)
        stream.close()
    finally:
        watch.close()
    heard = np.frombuffer(b"".join(b.frames for b in blocks), "<i2")
    [(_begin, end)] = counted(heard.reshape(-1, stream.channels))
    assert end * stream.channels == len(heard)
    assert blocks[-1].at <= now()


@pytest.mark.parametrize("kind", ["mic", "system"])
@pytest.mark.parametrize("way", [0, 1])
def test_a_device_that_is_gone_is_never_opened_as_another(talking, kind, way):
    watch = PulseWatch()
    try:
        watch.wait(5)
        device = watch.routing.default(kind)
    finally:
        watch.close()
    other = type(device)("pulse:gone", "Gone", kind, False, device.channels, device.sample_rate)
    with pytest.raises(CannotOpen):
        ways(kind)[way](other)
