"""What tests of the window share: an application, a session on a home of its own, a transcript."""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent, QThread
from PySide6.QtWidgets import QApplication

from voicerec_desktop.core.model import (
    Meeting,
    MeetingStatus,
    Segment,
    Speaker,
    SpeakerTurn,
    Track,
    TrackKind,
    Transcript,
    Word,
)
from voicerec_desktop.ui.session import Session

TEXTS = (
    (0, "Доброе утро, коллеги. Начнём с бюджета."),
    (1, "Смета готова, осталось согласовать закупки."),
    (0, "Когда пришлёшь итоговую таблицу?"),
    (1, "В пятницу до обеда."),
    (2, "Я добавлю цифры по рекламе."),
)


def _segment(i: int, speaker: str, text: str, track_id: str, start: float) -> Segment:
    words, at = [], start
    for word in text.split():
        words.append(Word(at, at + 0.4, f" {word}", 0.9, speaker))
        at += 0.5
    return Segment(
        f"segment-{i:05}", start, at, text, tuple(words), speaker, track_id, (), -0.3, 0.01
    )


def make_transcript(meeting_id: str = "01meeting", rows: int = len(TEXTS)) -> Transcript:
    """A meeting of three people, ready, as long as asked."""
    track = Track(f"{meeting_id}-t", meeting_id, TrackKind.FILE, "/no/such/file.wav", 16000, 1, 0)
    speakers = tuple(Speaker(f"{meeting_id}-s{i}", i + 1, None, i) for i in range(3))
    segments = tuple(
        _segment(
            i, speakers[TEXTS[i % len(TEXTS)][0]].id, TEXTS[i % len(TEXTS)][1], track.id, 4.0 * i
        )
        for i in range(rows)
    )
    segments = tuple(
        Segment(f"{meeting_id}-{s.id}", s.start, s.end, s.text, s.words, s.speaker_id, s.track_id)
        for s in segments
    )
    turns = tuple(SpeakerTurn(s.start, s.end, s.speaker_id or "") for s in segments)
    meeting = Meeting(
        meeting_id,
        "Планёрка",
        "2026-11-20T09:00:00+00:00",
        4.0 * rows,
        "ru",
        MeetingStatus.READY,
    )
    return Transcript(meeting, (track,), speakers, segments, turns)


def put(library, transcript: Transcript) -> None:
    """Store a transcript as processing would have."""
    library.add_meeting(transcript.meeting, transcript.tracks)
    library.replace_segments(
        transcript.meeting.id, transcript.speakers, transcript.segments, transcript.turns
    )


@pytest.fixture(scope="session", autouse=True)
def sound_server(tmp_path_factory):
    """A sound server of our own with one silent sink for the whole run, or None.

    Qt looks for the server once in a process, so it is there before anybody plays.
    """
    folder = Path(tempfile.mkdtemp(prefix="voicerec-"))  # short: it holds sockets
    folder.chmod(0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        patch.setenv("PULSE_LATENCY_MSEC", "60")  # the sink would take seconds to begin
        patch.delenv("PULSE_SERVER", raising=False)
        started = (
            shutil.which("pulseaudio")
            and not subprocess.run(
                [
                    *("pulseaudio", "-n", "--daemonize=yes", "--exit-idle-time=-1"),
                    *("--use-pid-file=yes", f"--log-target=file:{folder / 'log'}"),
                    "--load=module-native-protocol-unix auth-anonymous=1",
                    "--load=module-null-sink sink_name=speakers rate=48000 channels=2",
                ],
                stderr=subprocess.DEVNULL,
            ).returncode
        )
        yield folder if started else None
    if started:
        os.kill(int((folder / "pulse" / "pid").read_text()), signal.SIGTERM)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _translations():
    """Both languages, made from their sources as `dev.py` makes them."""
    path = Path(__file__).parents[2] / "dev.py"
    spec = importlib.util.spec_from_file_location("dev_of_window", path)
    dev = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(dev)
    dev.release_translations()


@pytest.fixture(scope="session")
def transcript_of():
    """`make_transcript`."""
    return make_transcript


@pytest.fixture(scope="session")
def put_transcript():
    """`put`."""
    return put


@pytest.fixture
def session(qapp, qtbot, home):
    """An open session; English, light."""
    made = Session(home)
    made.update_settings(app_language="en", theme="light")
    with qtbot.waitSignal(made.opened):
        made.open()
    yield made
    made.close()


@pytest.fixture
def filled(session, qtbot):
    """A session whose library holds one ready meeting; its id."""
    transcript = make_transcript()
    with qtbot.waitSignal(session.run(lambda library: put(library, transcript)).finished):
        pass
    return transcript.meeting.id


@pytest.fixture(autouse=True)
def _no_widget_left(qapp):
    yield
    for widget in QApplication.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert QThread.currentThread() is qapp.thread()


@pytest.fixture
def make_window(qapp, qtbot, home):
    """Opens main windows on this test's home, one after another; `open_library=False` waits."""
    from voicerec_desktop.ui.main_window import MainWindow

    made = []

    def make(open_library: bool = True, **settings):
        session = Session(home)
        session.update_settings(**{"app_language": "en", "theme": "light", **settings})
        window = MainWindow(session)
        made.append(window)
        window.show()
        if open_library:
            with qtbot.waitSignal(window.ready):
                session.open()
        return window

    yield make
    for window in made:
        window.close()
        window.shut_down()


@pytest.fixture
def window(make_window, session, filled, put_transcript, transcript_of, qtbot):
    """A main window whose library holds two ready meetings, the first of them open."""
    other = transcript_of("02other")
    with qtbot.waitSignal(session.run(lambda library: put_transcript(library, other)).finished):
        pass
    session.close()
    window = make_window()
    with qtbot.waitSignal(window.document.loaded):
        window.show_meeting(filled)
    return window
