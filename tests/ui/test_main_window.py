"""The window: what it opens, shows, remembers and passes on, with a real library."""

import sqlite3
import threading
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from voicerec_desktop.core import editing
from voicerec_desktop.core.model import FLAG_EDITED, MeetingStatus
from voicerec_desktop.store.library import Library
from voicerec_desktop.ui import outside_changes
from voicerec_desktop.ui.actions import SHORTCUTS
from voicerec_desktop.ui.dialogs.export_dialog import ExportDialog


def title(window):
    return window.header.title.text()


def stored(window, qtbot, work):
    with qtbot.waitSignal(window._session.run(work).finished) as found:
        pass
    return found.args[0]


def shown_buttons(window):
    return [b.text() for b in window.findChildren(QPushButton) if b.isVisible() and b.text()]


def of_main(window):
    """Whatever is top left of the middle: the page that is shown."""
    return window._pages.currentWidget()


def click_meeting(window, meeting_id, modifiers=Qt.KeyboardModifier.NoModifier):
    meetings = window.library.meetings
    index = meetings.model().index(meetings.model().place(meeting_id), 0)
    place = meetings.visualRect(index).center()
    QTest.mouseClick(meetings.viewport(), Qt.MouseButton.LeftButton, modifiers, QPoint(place))


def test_an_empty_library_says_what_to_do_and_offers_nothing_that_needs_a_meeting(make_window):
    window = make_window()
    assert "Try it with a sample" in shown_buttons(window)
    enabled = {name for name in SHORTCUTS if window.actions_[name].isEnabled()}
    assert enabled.isdisjoint({"export", "undo", "redo", "find", "play", "delete", "retry"})
    assert {"open", "settings", "search", "quit"} <= enabled
    assert not window.details.isVisible()


def test_a_click_on_a_meeting_shows_it(window, qtbot):
    with qtbot.waitSignal(window.document.loaded):
        click_meeting(window, "02other")
    assert window.document.meeting_id == "02other"
    assert window.transcript.isVisible()
    assert window.details.isVisible()
    assert window.actions_["export"].isEnabled()
    assert title(window) in window.windowTitle()


def test_place_panels_and_what_was_read_come_back(window, make_window, qtbot):
    window.actions_["show_details"].setChecked(False)
    qtbot.waitUntil(lambda: window.minimumSizeHint().width() < 700)  # details take no room
    with qtbot.waitSignal(window.document.loaded):
        click_meeting(window, "02other")
    window.transcript.reveal("02other-segment-00003")
    qtbot.waitUntil(lambda: window.minimumSizeHint().width() < 700)  # its layout has settled
    window.resize(760, 600)  # the screen of these tests is 800 wide, and restoring keeps to it
    window._splitter.setSizes([280, 480, 0])
    width = window.library.width()
    window.close()
    window.shut_down()
    again = make_window()
    qtbot.waitUntil(lambda: again.transcript.selected_ids() == ["02other-segment-00003"])
    assert again.size() == window.size()
    assert again.library.width() == width
    qtbot.waitUntil(lambda: again.library.selected_id() == "02other")  # the list is read later
    assert not again.details.isVisible()
    assert not again.actions_["show_details"].isChecked()


def test_a_meeting_that_is_gone_since_leaves_an_inviting_window(window, make_window, qtbot):
    home = window._session.home
    window.close()
    window.shut_down()
    with Library(home.library, home.backups) as library:
        library.delete_meeting("01meeting")
    again = make_window()
    qtbot.waitUntil(lambda: again.document.meeting_id != "01meeting")
    assert again.notices.notices() == []


def test_every_action_has_its_text_and_its_own_keys(window):
    keys = [k.toString() for n in SHORTCUTS for k in window.actions_[n].shortcuts() if k.toString()]
    assert len(keys) == len(set(keys))
    assert all(window.actions_[name].text() for name in SHORTCUTS)


def test_reading_a_meeting_anew_leaves_the_queue_and_other_choices_alone(window, qtbot):
    window.actions_["show_queue"].trigger()
    click_meeting(window, "02other", Qt.KeyboardModifier.ControlModifier)
    chosen = window.library.meetings.selected_ids()
    with qtbot.waitSignal(window.document.loaded):
        window._session.meeting_changed.emit("01meeting")
    assert window.queue.isVisible()
    assert len(chosen) == 2
    assert window.library.meetings.selected_ids() == chosen


def test_a_click_on_the_open_meeting_leaves_the_queue(window):
    window.actions_["show_queue"].trigger()
    assert window.queue.isVisible()
    click_meeting(window, "01meeting")
    assert window.transcript.isVisible()


def test_an_edit_made_while_another_meeting_opens_stays_in_its_own(window, qtbot):
    speaker = window.document.transcript.speakers[0]
    window.show_meeting("02other")
    window.document.edit(partial(editing.rename_speaker, speaker_id=speaker.id, name="Анна"))
    qtbot.waitUntil(lambda: window.document.transcript.meeting.id == "02other")
    names = stored(
        window,
        qtbot,
        lambda lib: [lib.transcript(i).speakers[0].name for i in ("01meeting", "02other")],
    )
    assert names == ["Анна", None]
    assert window.notices.notices() == []


def test_an_edit_made_while_its_meeting_is_read_anew_stays_shown(window, qtbot):
    speaker = window.document.transcript.speakers[0]
    window._session.meeting_changed.emit("01meeting")
    window.document.edit(partial(editing.rename_speaker, speaker_id=speaker.id, name="Анна"))
    with qtbot.waitSignal(window.document.loaded):
        pass
    assert window.document.transcript.speakers[0].name == "Анна"


def test_text_that_arrives_while_a_meeting_opens_is_shown_there_and_only_there(window, qtbot):
    before = len(window.document.transcript.segments)
    segment = window.document.transcript.segments[0]
    late = type(segment)("late", 90.0, 91.0, "Поздно.", (), None, "02other-t")
    window.show_meeting("02other")
    window.runner.segments_arrived.emit("02other", (late,))
    assert len(window.document.transcript.segments) == before
    qtbot.waitUntil(lambda: window.document.transcript.meeting.id == "02other")
    assert window.document.transcript.segments[-1].text == "Поздно."
    assert window.transcript.model.row_of("late") >= 0


def test_export_from_the_list_opens_the_meeting_and_the_dialog_once(window, qtbot):
    window.library.export_requested.emit("02other")
    qtbot.waitUntil(lambda: bool(window.findChildren(ExportDialog)))
    assert window.document.transcript.meeting.id == "02other"
    window.findChild(ExportDialog).close()
    qtbot.waitUntil(lambda: not window.findChildren(ExportDialog))
    with qtbot.waitSignal(window.document.loaded):
        window.show_meeting("01meeting")
    assert not window.findChildren(ExportDialog)


def test_a_hit_opens_its_meeting_at_its_place(window, qtbot):
    window.library.hit_selected.emit("02other", 12.5)
    qtbot.waitUntil(lambda: window.transcript.selected_ids() == ["02other-segment-00003"])
    assert window.player.position == pytest.approx(12.5)


def test_a_new_title_is_stored_and_shown_everywhere(window, qtbot):
    window.header.title.setFocus()
    window.header.title.selectAll()
    window.header.title.insert("Итоги года")
    QTest.keyClick(window.header.title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Итоги года" in window.windowTitle())
    listed = window.library.meetings.model()
    place = listed.place("01meeting")
    qtbot.waitUntil(lambda: listed.rows[place].meeting.title == "Итоги года")


def test_deleting_asks_and_then_shows_a_neighbour(window, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "voicerec_desktop.ui.dialogs.confirm.ask", lambda *a, **k: asked.append(a) or True
    )
    window.actions_["delete"].trigger()
    qtbot.waitUntil(lambda: window.document.meeting_id == "02other")
    assert len(asked) == 1
    qtbot.waitUntil(lambda: window.library.meetings.model().place("01meeting") < 0)
    assert [m.id for m in stored(window, qtbot, lambda lib: lib.meetings())] == ["02other"]


def test_what_another_program_does_shows_by_itself(window, qtbot, transcript_of, put_transcript):
    window._outside._timer.setInterval(20)
    window._outside._timer.start()
    home = window._session.home
    with Library(home.library, home.backups) as library:
        put_transcript(library, transcript_of("03third"))
    qtbot.waitUntil(lambda: window.library.meetings.model().place("03third") >= 0)
    with Library(home.library, home.backups) as library:
        library.update_meeting("01meeting", title="Со стороны")
    qtbot.waitUntil(lambda: title(window) == "Со стороны")
    with Library(home.library, home.backups) as library:
        library.delete_meeting("01meeting")
    qtbot.waitUntil(lambda: window.document.meeting_id not in ("01meeting",))
    qtbot.waitUntil(lambda: window.library.meetings.model().place("01meeting") < 0)
    assert outside_changes.LOOK_MS <= 5000


def test_closing_writes_what_was_typed_and_promised(window, qtbot):
    home, gate = window._session.home, threading.Event()
    window._session.lanes["io"].start(lambda _: gate.wait(10))  # the disk is slow
    window.transcript.reveal("01meeting-segment-00000")
    window.actions_["edit_text"].trigger()
    editor = window.transcript.correction.editor
    editor.setPlainText("Последнее слово.")
    window.close()
    threading.Timer(0.2, gate.set).start()
    window.shut_down()
    with Library(home.library, home.backups) as library:
        segment = library.transcript("01meeting").segments[0]
    assert segment.text == "Последнее слово."
    assert FLAG_EDITED in segment.flags


def test_the_main_thread_leaves_the_database_alone(
    session, filled, make_window, qtbot, monkeypatch
):
    session.close()
    main, offences = threading.current_thread(), []

    class Watched(sqlite3.Connection):
        def execute(self, sql, *values):
            if threading.current_thread() is main:
                offences.append(sql)
            return super().execute(sql, *values)

    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Watched))
    window = make_window()
    qtbot.waitUntil(lambda: window.library.meetings.model().place(filled) >= 0)
    with qtbot.waitSignal(window.document.loaded):
        click_meeting(window, filled)
    segment = window.document.transcript.segments[0]
    window.document.edit(partial(editing.correct_text, segment_id=segment.id, text="Раз."))
    with qtbot.waitSignal(window.document.edited):
        window.actions_["undo"].trigger()
    window.library.search_box.setText("бюджет")
    qtbot.waitUntil(lambda: window.library.results.isVisible())
    window.header.renamed.emit("Иначе")
    window.runner.retry(filled)
    window.runner.set_paused(True)
    window.dialogs.show_settings("privacy").close()
    window.actions_["export"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChild(ExportDialog)._text.toPlainText()))
    window.findChild(ExportDialog).close()
    with qtbot.waitSignal(window.document.closed):
        window._verbs._delete([filled])
    qtbot.waitUntil(lambda: window.library.meetings.model().place(filled) < 0)
    assert offences == []


def test_one_endless_segment_is_shown_and_can_be_corrected(
    make_window, session, put_transcript, transcript_of, qtbot
):
    made = transcript_of()
    words = tuple(
        type(made.segments[0].words[0])(i * 0.4, i * 0.4 + 0.3, f" слово{i}", 0.9, "01meeting-s0")
        for i in range(5000)
    )
    text = "".join(word.text for word in words).strip()
    endless = type(made.segments[0])(
        "endless", 0.0, 2000.0, text, words, "01meeting-s0", made.tracks[0].id
    )
    long = type(made)(made.meeting, made.tracks, made.speakers, (endless,), made.turns)
    with qtbot.waitSignal(session.run(lambda library: put_transcript(library, long)).finished):
        pass
    session.close()
    window = make_window()
    with qtbot.waitSignal(window.document.loaded):
        window.show_meeting("01meeting")
    table = window.transcript.table
    qtbot.waitUntil(lambda: table.rowHeight(0) > table.viewport().height())
    table.setFocus()
    window.transcript.reveal("endless")
    QTest.keyClick(table, Qt.Key.Key_End)
    window.actions_["edit_text"].trigger()
    editor = window.transcript.correction.editor
    assert editor.height() < table.viewport().height()
    editor.setPlainText(f"Итак, {text}")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.document.transcript.segments[0].text.startswith("Итак, слово0"))
    assert len(window.document.transcript.segments[0].words) == 5001
    QApplication.processEvents()


def test_a_meeting_without_speech_says_so(make_window, session, put_transcript, qtbot):
    from voicerec_desktop.core.model import Meeting, Track, TrackKind, Transcript

    meeting = Meeting("01silent", "Тишина", "2026-11-20T09:00:00+00:00", 9.0, "ru")
    track = Track("01silent-t", meeting.id, TrackKind.FILE, "/no/such.wav", 16000, 1, 0)
    silent = Transcript(meeting, (track,), (), (), ())
    with qtbot.waitSignal(session.run(lambda library: put_transcript(library, silent)).finished):
        pass
    done = session.run(lambda lib: lib.update_meeting(meeting.id, status=MeetingStatus.READY))
    with qtbot.waitSignal(done.finished):
        pass
    session.close()
    window = make_window()
    with qtbot.waitSignal(window.document.loaded):
        window.show_meeting(meeting.id)
    assert window.transcript.empty_label.isVisible()
    assert "No speech" in window.transcript.empty_label.text()
