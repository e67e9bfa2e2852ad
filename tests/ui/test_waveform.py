"""The waveform: where one points is where one gets, and what is drawn is what was said."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from voicerec_desktop.core import editing
from voicerec_desktop.core.model import SpeakerTurn
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.player import Player
from voicerec_desktop.ui.theme import colours
from voicerec_desktop.ui.waveform import BANDS, EDGE, WAVE, Waveform
from voicerec_desktop.ui.waveform_painting import Bands, Loudness, View

LENGTH = 100.0  # s
WIDTH = 1_000 + 2 * EDGE  # px: ten a second
MIDDLE = round(WAVE[0] + WAVE[1] / 2)


@pytest.fixture
def shown(session, qtbot, transcript_of):
    """A waveform of 100 s: silence, then sound; the first speaker, then the second one."""
    document = MeetingDocument(session)
    player = Player(document, session)
    waveform = Waveform(document, player)
    waveform.seek_requested.connect(player.seek)
    qtbot.addWidget(waveform)
    waveform.resize(WIDTH, waveform.height())
    waveform.show()
    show(document, transcript_of())
    return waveform


def show(document, plain, peaks=(bytes(1_000) + bytes([200]) * 1_000,)):
    first, second = plain.speakers[:2]
    turns = (SpeakerTurn(0, 40, first.id), SpeakerTurn(60, 100, second.id))
    meeting = replace(plain.meeting, duration=LENGTH)
    document.transcript = replace(plain, meeting=meeting, turns=turns)
    document.peaks = tuple(peaks)
    document.loaded.emit()


def place(seconds, y=MIDDLE):
    return QPoint(round(EDGE + seconds * 10), y)


def pixel(waveform, seconds, y):
    image = waveform.grab().toImage()
    return QColor(image.pixel(place(seconds, round(y)))).name()


def wheel(waveform, seconds, notches, modifiers=Qt.KeyboardModifier.NoModifier):
    at = QPointF(place(seconds))
    event = QWheelEvent(
        at,
        QPointF(waveform.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(waveform, event)


def test_a_click_goes_where_it_points(shown, qtbot):
    with qtbot.waitSignal(shown.seek_requested) as sought:
        qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=place(42.0))
    assert sought.args[0] == pytest.approx(42.0, abs=0.1)


def test_dragging_seeks_once_where_it_is_let_go(shown, qtbot):
    sought = []
    shown.seek_requested.connect(sought.append)
    qtbot.mousePress(shown, Qt.MouseButton.LeftButton, pos=place(10))
    for seconds in range(10, 71, 10):
        qtbot.mouseMove(shown, place(seconds))
    qtbot.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=place(70))
    assert sought == [pytest.approx(70.0, abs=0.1)]


def test_keys_move_by_seconds_and_to_the_ends(shown, qtbot):
    sought = []
    shown.seek_requested.connect(sought.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End):
        qtbot.keyClick(shown, key)
    qtbot.keyClick(shown, Qt.Key.Key_Right)
    qtbot.keyClick(shown, Qt.Key.Key_Home)
    assert sought == [5.0, 10.0, 5.0, LENGTH, LENGTH, 0.0]


def test_the_wheel_zooms_around_the_cursor_and_scrolls_sideways(shown):
    before = shown.view.seconds(place(80).x())
    wheel(shown, 80, 5)
    assert shown.view.span < LENGTH / 2
    assert shown.view.seconds(place(80).x()) == pytest.approx(before, abs=0.01)
    left = shown.view.left
    wheel(shown, 80, 1, Qt.KeyboardModifier.ShiftModifier)
    assert shown.view.left < left
    wheel(shown, 80, -50)
    assert (shown.view.left, shown.view.span) == (0.0, LENGTH)


def test_a_playhead_that_jumps_out_of_view_is_brought_back(shown, qtbot):
    wheel(shown, 5, 5)
    qtbot.keyClick(shown, Qt.Key.Key_End)
    assert shown.view.left + shown.view.span == pytest.approx(LENGTH, abs=0.1)


def test_what_is_played_is_drawn_in_another_colour(shown):
    assert pixel(shown, 55.05, MIDDLE) != colours().accent
    shown.seek_requested.emit(80.0)
    drawn = {pixel(shown, 55 + i / 10, MIDDLE) for i in range(4)}
    assert colours().accent in drawn
    assert colours().accent not in {pixel(shown, 90 + i / 10, MIDDLE) for i in range(4)}


def show_edit(document, edit):
    """An edit as the view hears of it; the library does not have this meeting."""
    document.transcript = editing.apply(document.transcript, edit)
    document.edited.emit(edit)


def test_bands_are_in_the_colours_of_who_speaks_and_follow_edits(shown, qtbot):
    document, middle = shown._document, BANDS[0] + BANDS[1] / 2
    first, second = document.transcript.speakers[:2]
    palette = colours().speakers
    assert pixel(shown, 20, middle) == palette[first.colour]
    assert pixel(shown, 80, middle) == palette[second.colour]
    assert pixel(shown, 50, middle) not in palette
    show_edit(document, editing.recolour(document.transcript, first.id, 2))
    assert pixel(shown, 20, middle) == palette[2]


def test_pointing_tells_time_and_speaker(shown, qtbot):
    document = shown._document
    edit = editing.rename_speaker(document.transcript, document.transcript.speakers[1].id, "Анна")
    show_edit(document, edit)
    qtbot.mouseMove(shown, place(63))
    qtbot.waitUntil(lambda: "Анна" in QToolTip.text())
    assert "1:03" in QToolTip.text()


def test_a_screen_reader_finds_a_slider_of_seconds_and_can_move_it(shown, qtbot):
    shown.seek_requested.emit(63.4)
    found = QAccessible.queryAccessibleInterface(shown)
    assert found.role() == QAccessible.Role.Slider
    values = found.valueInterface()
    assert (values.currentValue(), values.maximumValue()) == (63, 100)
    with qtbot.waitSignal(shown.seek_requested) as sought:
        values.setCurrentValue(20)
    assert sought.args[0] == 20.0


def test_search_hits_are_marked_where_they_are(shown):
    before = pixel(shown, 30, 20)
    shown.set_marks([30.0])
    assert pixel(shown, 30, 20) != before


def test_two_tracks_go_up_and_down_from_the_middle(transcript_of):
    view = View(0.0, 100.0, 0.0, 300.0)
    quiet, loud = bytes(2_000), bytes([255]) * 2_000
    bars = Loudness((quiet, loud)).bars(view, 0.0, 40.0)
    assert max(20 - bar.top() for bar in bars if bar.top() < 20) < 2
    assert min(bar.bottom() for bar in bars if bar.top() > 20) > 35


def test_where_two_speak_the_one_who_came_in_last_has_the_word(transcript_of):
    plain = transcript_of()
    first, second = plain.speakers[:2]
    turns = (SpeakerTurn(0, 30, first.id), SpeakerTurn(10, 20, second.id))
    bands = Bands(replace(plain, turns=turns))
    assert [bands.speaker_at(t) for t in (5, 15, 25, 35)] == [first, second, first, None]
    spans = list(bands._spans(View(0.0, 40.0, 0.0, 400.0)))
    assert [(a, b, s) for a, b, s in spans] == [
        (0.0, 100.0, first),
        (200.0, 300.0, first),
        (100.0, 200.0, second),
    ]


def test_more_turns_than_pixels_are_drawn_as_where_there_is_room(transcript_of):
    plain = transcript_of()
    first, second = plain.speakers[:2]
    turns = [SpeakerTurn(i, i + 1, (first if i % 100 < 50 else second).id) for i in range(2_000)]
    bands = Bands(replace(plain, turns=tuple(turns)))
    spans = list(bands._spans(View(0.0, 2_000.0, 0.0, 400.0)))
    assert [(a, b) for a, b, s in spans if s is second][:2] == [(10.0, 20.0), (30.0, 40.0)]
