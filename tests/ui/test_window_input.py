"""What users throw at the window: drops of all kinds, many files, libraries that do not open."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import wave

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.model import MeetingStatus
from voicerec_desktop.pipeline import queue
from voicerec_desktop.store.backup import backup_into
from voicerec_desktop.store.library import Library

COPY = Qt.DropAction.CopyAction


@pytest.fixture
def paused(make_window):
    """A window on an empty library whose queue works at nothing."""
    window = make_window()
    window.runner.set_paused(True)
    return window


@pytest.fixture
def tone(tmp_path):
    """Makes sound files."""

    def make(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(b"\0\1" * 800)
        return path

    return make


def drop(target, *paths):
    """Drop files on a widget as Qt does: whoever does not take the drag lets its parent have it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    data.setText("\n".join(str(path) for path in paths))
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    while target is not None:
        if target.acceptDrops():
            enter = QDragEnterEvent(QPoint(5, 5), COPY, data, buttons, keys)
            QApplication.sendEvent(target, enter)
            if enter.isAccepted():
                break
        target = target.parentWidget()
    assert target is not None, "nobody takes it"
    QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), COPY, data, buttons, keys))


def queued(window):
    return [job.title for job in window.runner.jobs]


def told(window):
    return " ".join(notice.text for notice in window.notices.notices())


def test_a_drop_is_queued_and_shown(paused, tone, tmp_path, qtbot):
    drop(paused, tone(tmp_path / "Иван Петров" / "планёрка 1.wav"))
    qtbot.waitUntil(lambda: queued(paused) == ["планёрка 1"])
    qtbot.waitUntil(lambda: paused.document.transcript is not None)
    assert paused.header.title.text() == "планёрка 1"
    assert paused.library.selected_id() == paused.document.meeting_id


def test_files_can_be_dropped_on_everything_in_the_window(window, tone, tmp_path, qtbot):
    window.runner.set_paused(True)
    window.transcript.show_find(replace=True)
    window.actions_["edit_text"].trigger()
    fields = [*window.findChildren(QLineEdit), *window.findChildren(QPlainTextEdit)]
    places = [*fields, window.transcript.table.viewport(), window.waveform, window.player_bar]
    assert len(fields) >= 6
    for number, place in enumerate(places):
        drop(place, tone(tmp_path / f"{number}.wav"))
    qtbot.waitUntil(lambda: len(queued(window)) == len(places))
    assert not any("wav" in field.text() for field in window.findChildren(QLineEdit))


def test_a_folder_brings_all_its_recordings(paused, tone, tmp_path, qtbot):
    for name in ("10.wav", "9.wav", "sub/1.wav"):
        tone(tmp_path / "folder" / name)
    (tmp_path / "folder" / "notes.txt").write_text("nothing to hear")
    drop(paused, tmp_path / "folder")
    qtbot.waitUntil(lambda: queued(paused) == ["9", "10", "1"])
    assert "3" in told(paused)


@pytest.mark.parametrize("kind", ["text", "vanished", "empty folder", "silent video"])
def test_what_is_no_recording_has_its_sentence_and_harms_nobody(
    paused, tone, tmp_path, qtbot, kind
):
    bad = tmp_path / "плохой"
    match kind:
        case "text":
            bad.write_text("не звук\n" * 100)
        case "empty folder":
            bad.mkdir()
        case "silent video":
            bad = make_silent_video(tmp_path / "немое.mp4")
    drop(paused, bad, tone(tmp_path / "good.wav"))
    qtbot.waitUntil(lambda: queued(paused) == ["good"])
    qtbot.waitUntil(lambda: bad.name in told(paused))
    assert len(paused.notices.notices()) == 1


def make_silent_video(path):
    import av

    with av.open(str(path), "w") as file:
        stream = file.add_stream("mpeg4", rate=5)
        stream.width = stream.height = 32
        stream.pix_fmt = "yuv420p"
        for _ in range(5):
            file.mux(stream.encode(av.VideoFrame(32, 32, "yuv420p")))
        file.mux(stream.encode())
    return path


def test_two_hundred_files_at_once_are_all_queued_and_the_bad_ones_told_in_one_notice(
    paused, tone, tmp_path, qtbot
):
    files = [tone(tmp_path / f"{number:03}.wav") for number in range(190)]
    bad = [tmp_path / f"bad {number}.wav" for number in range(10)]
    drop(paused, *files, *bad)
    qtbot.waitUntil(lambda: len(queued(paused)) == 190, timeout=60_000)
    assert queued(paused) == [f"{number:03}" for number in range(190)]
    qtbot.waitUntil(lambda: "10" in told(paused))
    assert len(paused.notices.notices()) == 2
    assert any("bad 9.wav" in notice.details for notice in paused.notices.notices())


def test_meetings_can_be_read_while_a_slow_disk_gives_its_files(
    paused, tone, tmp_path, qtbot, monkeypatch
):
    gate = threading.Event()
    monkeypatch.setattr(
        queue, "check_sound", lambda path: gate.wait(30) if path.stem == "slow" else None
    )
    drop(paused, tone(tmp_path / "first.wav"), tone(tmp_path / "slow.wav"))
    qtbot.waitUntil(lambda: jobs_now(paused, qtbot) == 1)
    gate.set()
    qtbot.waitUntil(lambda: queued(paused) == ["first", "slow"])


def jobs_now(window, qtbot):
    with qtbot.waitSignal(window._session.run(lambda library: len(library.jobs())).finished) as got:
        pass
    return got.args[0]


# libraries that do not open


def offered(window):
    buttons = window._failure.findChildren(QPushButton)
    return {button.text(): button for button in buttons if button.isVisible() and button.text()}


def try_again(window):
    assert set(offered(window)) <= {"Try again", "Open its folder"}
    QTest.mouseClick(offered(window)["Try again"], Qt.MouseButton.LeftButton)


def failing(make_window, qtbot):
    window = make_window(open_library=False)
    with qtbot.waitSignal(window._session.open_failed):
        window._session.open()
    assert window._failure.isVisible()
    return window


def test_a_library_of_a_newer_version_is_told_and_opens_once_it_is_mended(
    session, filled, make_window, home, qtbot
):
    session.close()
    with sqlite3.connect(home.library) as db:
        db.execute("INSERT INTO _sqlite_migrations VALUES (99, 'library', 'm999_later', 'then')")
    db.close()
    window = failing(make_window, qtbot)
    assert "newer" in window._failure.accessibleDescription()
    with sqlite3.connect(home.library) as db:
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm999_later'")
    db.close()
    with qtbot.waitSignal(window.ready):
        try_again(window)
    qtbot.waitUntil(lambda: window.library.meetings.model().place(filled) >= 0)
    assert not window._failure.isVisible()


def test_the_failure_page_follows_the_language(session, make_window, home, qtbot):
    session.close()
    home.library.unlink()
    home.library.mkdir(parents=True)
    window = failing(make_window, qtbot)
    english = window._failure.accessibleDescription()
    window._session.update_settings(app_language="ru")
    qtbot.waitUntil(lambda: window._failure.accessibleDescription() != english)


def test_a_read_only_disk_is_told_and_opens_once_it_can_be_written(make_window, home, qtbot):
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting small disks needs root on Linux")
    home.data.mkdir(parents=True)
    mount("-t", "tmpfs", "-o", "ro,size=16m", "tmpfs", home.data)
    try:
        window = failing(make_window, qtbot)
        assert str(home.data) in window._failure.accessibleDescription()
        mount("-o", "remount,rw", home.data)
        with qtbot.waitSignal(window.ready):
            try_again(window)
        assert not window._failure.isVisible()
        window.close()
        window.shut_down()
    finally:
        subprocess.run(["umount", "-l", str(home.data)], check=True)


def mount(*arguments):
    done = subprocess.run(["mount", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no small disk here: {done.stderr.strip()}")


def test_settings_that_cannot_be_read_are_told_and_the_window_opens_with_defaults(
    make_window, home, qtbot
):
    home.config.mkdir(parents=True)
    (home.config / "settings.json").write_text("{ nonsense")
    window = make_window()
    assert "settings" in told(window)
    assert window.isVisible()


@pytest.mark.model
def test_a_meeting_is_deleted_while_it_is_being_worked_at(
    make_window, warm_home, sample, tmp_path, qtbot, monkeypatch
):
    monkeypatch.setattr("voicerec_desktop.ui.dialogs.confirm.ask", lambda *a, **k: True)
    copy = tmp_path / "встреча.wav"
    shutil.copy(sample, copy)
    window = make_window()
    with qtbot.waitSignal(window.runner.started, timeout=180_000):
        drop(window, copy)
    qtbot.waitUntil(lambda: window.document.transcript is not None)
    window.actions_["delete"].trigger()
    qtbot.waitUntil(lambda: not window.runner.busy, timeout=60_000)
    qtbot.waitUntil(lambda: window.library.meetings.model().rows == [])
    assert window.notices.notices() == []
    window.close()
    window.shut_down()
    assert copy.exists()
    with Library(warm_home.library, warm_home.backups) as library:
        assert library.meetings() == []
        assert library.jobs() == []
    assert [file for file in warm_home.cache.rglob("*") if file.is_file()] == []


@pytest.mark.model
def test_closing_during_work_asks_once_and_the_next_window_brings_it_to_its_end(
    make_window, warm_home, sample, qtbot, monkeypatch
):
    answers, asked = [False, True], []
    monkeypatch.setattr(
        "voicerec_desktop.ui.dialogs.confirm.ask",
        lambda *a, **k: asked.append(a) or answers[len(asked) - 1],
    )
    window = make_window()
    with qtbot.waitSignal(window.runner.started, timeout=180_000):
        drop(window, sample)
    assert not window.close()
    assert len(asked) == 1
    assert window.isVisible()
    assert window.close()
    assert len(asked) == 2
    window.shut_down()
    again = make_window()
    with qtbot.waitSignal(again.runner.finished, timeout=180_000):
        pass
    qtbot.waitUntil(lambda: again.document.transcript.meeting.status == MeetingStatus.READY)
    assert len(again.document.transcript.speakers) == 2


def test_a_full_disk_is_told_and_the_library_opens_once_there_is_room(make_window, home, qtbot):
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting small disks needs root on Linux")
    home.data.mkdir(parents=True)
    mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", home.data)
    try:
        home.config.mkdir(parents=True, exist_ok=True)
        filler = home.data / "film.mkv"
        with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(b"x" * 4096)
        window = make_window(open_library=False)
        with qtbot.waitSignal(window._session.open_failed):
            window._session.open()
        assert "full" in window._failure.accessibleDescription()
        filler.unlink()
        with qtbot.waitSignal(window.ready):
            try_again(window)
        assert not window._failure.isVisible()
        window.close()
        window.shut_down()
    finally:
        subprocess.run(["umount", "-l", str(home.data)], check=True)


@pytest.fixture
def opened_folders(monkeypatch):
    """What was asked of the system's file manager, which no test starts."""
    asked = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toLocalFile()))
    return asked


def damage(path):
    """Overwrite the middle of a database."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"?" * (size - 4096))


def test_a_damaged_library_is_restored_by_a_button_and_the_damaged_file_kept(
    session, filled, make_window, home, qtbot
):
    session.close()
    backup_into(home.library, home.backups)
    damage(home.library)
    broken = home.library.read_bytes()
    window = failing(make_window, qtbot)
    assert "damaged" in window._failure.accessibleDescription()
    assert "voicerec library" not in window._failure.accessibleDescription()
    with qtbot.waitSignal(window.ready):
        QTest.mouseClick(offered(window)["Restore the library"], Qt.MouseButton.LeftButton)
        assert "Restoring" in window._failure.accessibleName()
        assert not offered(window)
    qtbot.waitUntil(lambda: window.library.meetings.model().place(filled) >= 0)
    assert not window._failure.isVisible()
    (kept,) = home.library.parent.glob("*.damaged-*")
    assert kept.read_bytes() == broken
    assert kept.name in told(window)


def test_a_restoration_that_fails_says_why_and_may_be_tried_again(
    session, make_window, home, qtbot
):
    session.close()
    damage(home.library)
    window = failing(make_window, qtbot)
    library = home.library.read_bytes()
    window._failure.show_error(KnownError(ErrorCode.DISK_FULL, path=str(home.data)))
    assert set(offered(window)) == {"Try again", "Open its folder"}
    with qtbot.waitSignal(window._session.open_failed):
        try_again(window)
    assert "Restore the library" in offered(window)
    assert home.library.read_bytes() == library


def test_the_folder_of_a_library_that_does_not_open_is_a_click_away(
    session, make_window, home, qtbot, opened_folders
):
    session.close()
    damage(home.library)
    window = failing(make_window, qtbot)
    QTest.mouseClick(offered(window)["Open its folder"], Qt.MouseButton.LeftButton)
    assert opened_folders == [str(home.data)]
