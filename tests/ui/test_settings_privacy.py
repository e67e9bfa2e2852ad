"""Privacy: sizes and places of what is kept, and all meetings deleted for ever."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from voicerec_desktop.core.model import MeetingStatus
from voicerec_desktop.ui import folders
from voicerec_desktop.ui.dialogs.typed_confirmation import TypedConfirmation
from voicerec_desktop.ui.settings.settings_dialog import SettingsDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen one


@pytest.fixture
def meetings(session, home, transcript_of, put_transcript, qtbot):
    """Three meetings with a recording each."""
    ids = [f"01meeting-{i}" for i in range(3)]

    def fill(library):
        for one in ids:
            put_transcript(library, transcript_of(one))
            home.meeting(one).mkdir(parents=True)
            (home.meeting(one) / "mic.wav").write_bytes(b"x" * 1000)

    with qtbot.waitSignal(session.run(fill).finished):
        pass
    return ids


@pytest.fixture
def dialog(session, qtbot):
    dialog = SettingsDialog(session, None, page="privacy")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def says(dialog, words):
    return any(words in x.text() for x in dialog.findChildren(QLabel) if x.isVisible())


def ask_to_delete(dialog, qtbot):
    """Press the button; the question that comes."""
    next(b for b in dialog.findChildren(QPushButton) if "Delete all" in b.text()).click()
    qtbot.waitUntil(lambda: dialog.findChild(TypedConfirmation) is not None)
    return dialog.findChild(TypedConfirmation)


def confirm(question, qtbot):
    qtbot.keyClicks(question.findChild(QLineEdit), "delete")
    button = next(b for b in question.findChildren(QPushButton) if b.text() == "Delete all")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def left(session, qtbot):
    task = session.run(lambda library: [m.id for m in library.meetings()])
    with qtbot.waitSignal(task.finished) as found:
        pass
    return found.args[0]


def test_sizes_are_measured_and_folders_opened(meetings, dialog, home, qtbot, monkeypatch):
    qtbot.waitUntil(lambda: says(dialog, "3 KB"))
    opened = []
    monkeypatch.setattr(
        folders.QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile()))
    )
    name = "Open folder: Meetings"
    next(b for b in dialog.findChildren(QPushButton) if b.accessibleName() == name).click()
    assert opened == [home.meetings]


def test_a_folder_that_is_not_there_yet_opens_the_one_above(dialog, home, monkeypatch):
    opened = []
    monkeypatch.setattr(
        folders.QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile()))
    )
    name = "Open folder: Backups"
    next(b for b in dialog.findChildren(QPushButton) if b.accessibleName() == name).click()
    assert opened == [home.data]


def test_all_meetings_are_deleted_after_the_word(meetings, dialog, session, home, qtbot):
    question = ask_to_delete(dialog, qtbot)
    assert "3 meeting" in question.windowTitle()
    with qtbot.waitSignal(session.meetings_changed):
        confirm(question, qtbot)
    qtbot.waitUntil(lambda: says(dialog, "3 meeting"))
    assert left(session, qtbot) == []
    assert list(home.meetings.iterdir()) == []


def test_the_meeting_that_is_open_closes_when_it_is_deleted(meetings, session, make_window, qtbot):
    session.close()
    window = make_window()
    with qtbot.waitSignal(window.document.loaded):
        window.show_meeting(meetings[1])
    dialog = window.dialogs.show_settings("privacy")
    with qtbot.waitSignal(window.document.closed):
        confirm(ask_to_delete(dialog, qtbot), qtbot)
    qtbot.waitUntil(lambda: says(dialog, "3 meetings were deleted."))
    assert window.document.transcript is None
    assert window.windowTitle() == "Voicerec"
    assert not window.notices.notices()


def test_nothing_is_deleted_when_the_question_is_left(meetings, dialog, session, qtbot):
    question = ask_to_delete(dialog, qtbot)
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    assert sorted(left(session, qtbot)) == meetings


def test_a_meeting_under_way_is_kept_and_told(meetings, dialog, session, qtbot):
    busy = meetings[1]
    with qtbot.waitSignal(session.run(lambda library: library.claim(busy)).finished):
        pass
    confirm(ask_to_delete(dialog, qtbot), qtbot)
    qtbot.waitUntil(lambda: says(dialog, "stop the work first"))
    assert left(session, qtbot) == [busy]
    done = session.run(lambda lib: lib.update_meeting(busy, status=MeetingStatus.READY))
    with qtbot.waitSignal(done.finished):
        pass


def test_a_recording_that_cannot_be_deleted_is_told(
    meetings, dialog, session, home, qtbot, monkeypatch
):
    def refused(path, *_args, **_options):
        raise PermissionError(13, "no", str(path))

    monkeypatch.setattr("voicerec_desktop.store.deletion.shutil.rmtree", refused)
    confirm(ask_to_delete(dialog, qtbot), qtbot)
    qtbot.waitUntil(lambda: says(dialog, "cannot be written to"))
    assert len(left(session, qtbot)) == 3


def test_an_empty_library_asks_nothing(dialog, qtbot):
    next(b for b in dialog.findChildren(QPushButton) if "Delete all" in b.text()).click()
    qtbot.waitUntil(lambda: says(dialog, "There are no meetings."))
    assert dialog.findChild(TypedConfirmation) is None
