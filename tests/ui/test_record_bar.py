"""The strip that is shown while something is recorded."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow, QPushButton

from voicerec_desktop.recorder_messages import RecorderStatus, TrackStatus
from voicerec_desktop.ui.actions import Actions
from voicerec_desktop.ui.level_meter import LevelMeter
from voicerec_desktop.ui.record_bar import RecordBar

HOUR = 3600.0


def status(state="recording", elapsed=754.2, left=100 * HOUR, alert="", alerts=()):
    tracks = (
        TrackStatus("mic", "USB microphone", elapsed, -8.0, -22.0, alert),
        TrackStatus("system", "Speakers", elapsed, -30.0, -41.0),
    )
    return RecorderStatus(state, elapsed, tracks, left, alerts)


@pytest.fixture
def bar(qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    made = RecordBar(Actions(window))
    window.setCentralWidget(made)
    window.resize(1200, 200)
    window.show()
    made.begin(remind=False)
    yield made  # the window lives as long
    window.close()


def texts(bar):
    QApplication.processEvents()  # what was just put into the bar is shown
    return [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]


def button(bar, text):
    return next(b for b in bar.findChildren(QPushButton) if text in (b.text(), b.accessibleName()))


def test_it_tells_time_devices_and_levels(bar):
    bar.show_status(status())
    assert {"12:34", "Recording", "USB microphone", "Speakers"} <= set(texts(bar))
    heard = {meter.accessibleName(): meter for meter in bar.findChildren(LevelMeter)}
    assert heard["Level: Microphone"].accessibleDescription() == "Heard well"


def test_a_paused_recording_can_go_on(bar):
    bar.show_status(status("paused"))
    assert "Paused" in texts(bar)
    assert button(bar, "Resume").isVisible()
    bar.show_status(status())
    assert button(bar, "Pause").isVisible()


def test_a_disk_that_has_room_for_days_is_not_spoken_of(bar):
    bar.show_status(status())
    assert not any("room" in text for text in texts(bar))
    bar.show_status(status(left=1800.0))
    assert any(text.startswith("room for 30 min") for text in texts(bar))


def test_a_mark_keeps_the_moment_at_which_it_was_asked_for(bar, qtbot):
    bar.show_status(status(elapsed=60.0))
    bar.add_mark()
    bar.show_status(status(elapsed=75.0))
    note = bar.findChild(QLineEdit)
    note.setText("  бюджет   решён ")
    with qtbot.waitSignal(bar.mark_requested) as marked:
        qtbot.keyClick(note, Qt.Key.Key_Return)
    assert marked.args == [60.0, "бюджет решён"]
    assert not note.isVisible()


def test_a_mark_without_a_note_is_made_all_the_same(bar, qtbot):
    bar.show_status(status(elapsed=60.0))
    bar.add_mark()
    with qtbot.waitSignal(bar.mark_requested) as marked:
        qtbot.keyClick(bar.findChild(QLineEdit), Qt.Key.Key_Escape)
    assert marked.args == [60.0, ""]


def test_a_mark_is_not_lost_when_the_recording_ends_first(bar, qtbot):
    bar.show_status(status(elapsed=60.0))
    bar.add_mark()
    with qtbot.waitSignal(bar.mark_requested):
        bar.end()


def test_who_records_is_reminded_of_the_others_until_they_say_no(bar, qtbot):
    assert not any("agree" in text for text in texts(bar))
    bar.begin(remind=True)
    assert any("agree" in text for text in texts(bar))
    with qtbot.waitSignal(bar.reminder_dismissed):
        button(bar, "Do not remind me").click()
    assert not any("agree" in text for text in texts(bar))


@pytest.mark.parametrize(
    ("peak", "words"), [(-70.0, "Nothing is heard"), (-20.0, "Heard well"), (-0.5, "Too loud")]
)
def test_a_level_is_told_in_words(qtbot, peak, words):
    meter = LevelMeter()
    qtbot.addWidget(meter)
    meter.set_levels(peak, peak - 6)
    assert meter.accessibleDescription() == words


def test_one_loud_word_is_seen_for_a_while(qtbot):
    meter = LevelMeter()
    qtbot.addWidget(meter)
    meter.set_levels(-1.0, -10.0)
    meter.set_levels(-50.0, -60.0)
    assert meter.accessibleDescription() == "Too loud"
    for _ in range(40):
        meter.set_levels(-70.0, -80.0)
    assert meter.accessibleDescription() == "Nothing is heard"


def test_what_is_wrong_is_told_with_what_to_do(bar):
    bar.show_status(status(alert="silent", alerts=("disk_low",)))
    shown = " ".join(texts(bar))
    assert "Is it muted" in shown
    assert "room for less than 30 minutes" in shown
    bar.show_status(status())
    assert "muted" not in " ".join(texts(bar))


def test_a_narrow_window_has_the_same_buttons_without_their_words(bar, qtbot):
    bar.window().resize(600, 200)
    bar.show_status(status())
    bar.add_mark()
    qtbot.waitUntil(lambda: bar.width() == 600)
    assert button(bar, "Stop").text() == ""
    for name in ("Mark", "Pause", "Stop"):
        shown = button(bar, name)
        assert shown.isVisible()
        assert shown.geometry().right() < bar.width()
