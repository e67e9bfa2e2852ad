"""The window records: the real recorder, on a sound server of the tests' own."""

import subprocess

import psutil
import pytest

from voicerec_desktop.audio.journal import Marked, read_journal
from voicerec_desktop.audio.recording_files import read_recording, recorder_lives
from voicerec_desktop.core.errors import ErrorCode


@pytest.fixture
def microphone(sound_server):
    """A microphone into which the tests speak; the server's own sink is what the others say."""
    if sound_server is None:
        pytest.fail("no sound server: dev.py installs it")
    loaded = [
        pactl("load-module", "module-null-sink", "sink_name=micfeed", "rate=48000", "channels=1"),
        pactl("load-module", "module-remap-source", "source_name=mic", "master=micfeed.monitor"),
    ]
    pactl("set-default-source", "mic")
    pactl("set-default-sink", "speakers")
    yield "micfeed"
    for module in reversed(loaded):
        pactl("unload-module", module)


def pactl(*arguments):
    done = subprocess.run(["pactl", *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def speech(microphone, sample):
    """Somebody speaks on both sides, again and again."""
    playing = []

    def speak():
        for device in (microphone, "speakers"):
            playing.append(subprocess.Popen(["paplay", f"--device={device}", str(sample)]))

    yield speak
    for process in playing:
        process.kill()
        process.wait()


@pytest.fixture
def recording_window(window, microphone, qtbot):
    window.runner.set_paused(True)  # what happens with the sound is tested elsewhere
    yield window
    if window.recording.meeting_id:
        kill(window._session.home.recording(window.recording.meeting_id))
        qtbot.waitUntil(lambda: not window.recording.runs)


def kill(folder):
    for process in psutil.process_iter(["cmdline"]):
        if str(folder) in (process.info["cmdline"] or ()):
            process.kill()
            process.wait(10)
    assert not recorder_lives(folder)


def begun(window, qtbot):
    with qtbot.waitSignal(window.recording.begun, timeout=20_000) as signal_:
        window.actions_["record"].trigger()
    return signal_.args[0]


def ended(window, qtbot):
    with qtbot.waitSignal(window.recording.ended, timeout=30_000):
        window.actions_["record"].trigger()


def status(window, qtbot, wanted, timeout=30_000):
    """The next status of which something is true."""
    found = []

    def fits(one):
        found.append(one)
        return wanted(one)

    arrived = window.recording.status_arrived
    with qtbot.waitSignal(arrived, timeout=timeout, check_params_cb=fits):
        pass
    return found[-1]


def has_sound(status):
    return bool(status.tracks) and all(track.seconds > 0.5 for track in status.tracks)


def test_a_click_records_both_sides_and_another_one_queues_the_meeting(
    recording_window, speech, qtbot
):
    window = recording_window
    meeting_id = begun(window, qtbot)
    speech()
    heard = status(
        window, qtbot, lambda s: len(s.tracks) == 2 and all(t.peak > -40 for t in s.tracks)
    )
    assert heard.state == "recording"
    assert window.windowTitle().startswith("● ")
    assert window.record_bar.isVisible()
    assert (
        window.document.meeting_id == meeting_id
        or qtbot.waitUntil(lambda: window.document.meeting_id == meeting_id) is None
    )
    window.recording.mark(1.5, "бюджет")
    ended(window, qtbot)
    assert not window.record_bar.isVisible()
    assert not window.windowTitle().startswith("● ")
    folder = window._session.home.recording(meeting_id)
    recorded = read_recording(folder)
    assert [track.kind for track in recorded.tracks] == ["mic", "system"]
    assert all(track.seconds > 0.5 for track in recorded.tracks)
    assert [(m.at, m.note) for m in read_journal(folder) if isinstance(m, Marked)] == [
        (1.5, "бюджет")
    ]
    qtbot.waitUntil(lambda: window.runner.item(meeting_id) is not None)


def test_a_pause_is_shown_and_ends(recording_window, qtbot):
    window = recording_window
    begun(window, qtbot)
    status(window, qtbot, has_sound)
    window.actions_["record_pause"].trigger()
    status(window, qtbot, lambda s: s.state == "paused")
    assert window.actions_["record_pause"].text() == "&Resume"
    window.actions_["record_pause"].trigger()
    status(window, qtbot, lambda s: s.state == "recording")
    ended(window, qtbot)


def test_another_microphone_chosen_in_the_settings_holds_at_once(recording_window, qtbot):
    window = recording_window
    module = pactl(
        "load-module", "module-remap-source", "source_name=other", "master=speakers.monitor",
        "source_properties=device.description=Other",
    )  # fmt: skip
    try:
        begun(window, qtbot)
        status(window, qtbot, has_sound)
        window._session.update_settings(record_mic="pulse:other")
        status(window, qtbot, lambda s: s.tracks[0].device == "Other")
        ended(window, qtbot)
    finally:
        pactl("unload-module", module)


def test_a_recording_outlives_its_window_and_the_next_one_finds_it(
    recording_window, make_window, qtbot, monkeypatch
):
    window = recording_window
    meeting_id = begun(window, qtbot)
    status(window, qtbot, has_sound)
    monkeypatch.setattr("voicerec_desktop.ui.dialogs.confirm.ask", lambda *_: True)
    window.close()
    window.shut_down()
    window.recording.meeting_id = ""
    other = make_window()
    other.runner.set_paused(True)
    if not other.recording.meeting_id:
        with qtbot.waitSignal(other.recording.begun, timeout=20_000):
            pass
    assert other.recording.meeting_id == meeting_id
    assert status(other, qtbot, lambda s: True).elapsed > 0.5
    ended(other, qtbot)


def test_a_recorder_that_dies_is_told_and_what_it_wrote_is_queued(recording_window, qtbot):
    window = recording_window
    meeting_id = begun(window, qtbot)
    status(window, qtbot, has_sound)
    with qtbot.waitSignals([window.recording.failed, window.recording.ended], timeout=30_000):
        kill(window._session.home.recording(meeting_id))
    qtbot.waitUntil(lambda: window.runner.item(meeting_id) is not None)


def test_without_any_sound_system_the_window_says_so_and_keeps_no_empty_meeting(
    recording_window, qtbot, monkeypatch, tmp_path
):
    window = recording_window
    with monkeypatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
        patch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nowhere")
        meeting_id = begun(window, qtbot)
    status(window, qtbot, lambda s: {track.alert for track in s.tracks} == {"lost"})
    with qtbot.waitSignal(window.recording.failed, timeout=30_000) as failed:
        window.actions_["record"].trigger()
    assert failed.args[0].code == ErrorCode.NOTHING_RECORDED
    task = window._session.run(lambda library: library.meetings())
    with qtbot.waitSignal(task.finished) as found:
        pass
    assert meeting_id not in {meeting.id for meeting in found.args[0]}
