"""The right panel: speakers that can be renamed, recoloured, merged and heard; honest facts."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QTabWidget, QToolButton

from voicerec_desktop.core.model import MeetingStatus, Stage, StageRun, StageState
from voicerec_desktop.ui.details_view import DetailsView
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.speaker_card import SpeakerCard


@pytest.fixture
def document(session, filled, qtbot):
    document = MeetingDocument(session)
    with qtbot.waitSignal(document.loaded):
        document.open(filled)
    return document


@pytest.fixture
def details(document, session, qtbot):
    view = DetailsView(document, session)
    qtbot.addWidget(view)
    view.resize(300, 600)
    view.show()
    document.loaded.emit()
    qtbot.waitUntil(lambda: "%" in facts(cards(view)[0]))
    return view


def cards(view):
    return sorted(view.speakers.findChildren(SpeakerCard), key=lambda card: card.y())


def facts(card):
    return card.findChild(QLabel).text()


def type_name(qtbot, card, name, key=Qt.Key.Key_Return):
    card.name.setFocus()
    card.name.selectAll()
    card.name.insert(name)  # QTest types ASCII only
    qtbot.keyClick(card.name, key)


def chosen(menu, text):
    """An action of a menu that is just opening, or of the menus in it."""
    menu.aboutToShow.emit()
    actions = [*menu.actions(), *(a for m in menu.findChildren(QMenu) for a in m.actions())]
    return next(action for action in actions if action.text() == text)


def menus(card):
    badge, _, more = card.findChildren(QToolButton)
    return badge.menu(), more.menu()


def texts(panel):
    return [label.text() for label in panel.widget().findChildren(QLabel)]


def test_a_name_typed_in_place_is_the_speakers_and_undo_takes_it_away(details, document, qtbot):
    type_name(qtbot, cards(details)[0], "Анна  Ковалёва ")
    assert document.transcript.speakers[0].name == "Анна Ковалёва"
    with qtbot.waitSignal(document.edited):
        document.undo()
    assert cards(details)[0].name.text() == ""
    assert cards(details)[0].name.placeholderText() == "Speaker 1"


def test_escape_leaves_the_name_and_an_empty_one_is_none(details, document, qtbot):
    card = cards(details)[0]
    type_name(qtbot, card, "Анна")
    type_name(qtbot, card, "Ирина", Qt.Key.Key_Escape)
    assert (card.name.text(), document.transcript.speakers[0].name) == ("Анна", "Анна")
    card.name.selectAll()
    qtbot.keyClick(card.name, Qt.Key.Key_Delete)
    qtbot.keyClick(card.name, Qt.Key.Key_Return)
    assert document.transcript.speakers[0].name is None


def test_a_colour_is_chosen_by_its_name(details, document):
    palette, _ = menus(cards(details)[0])
    chosen(palette, "Teal").trigger()
    assert document.transcript.speakers[0].colour == 2
    assert chosen(palette, "Teal").isChecked()


def test_merging_leaves_one_card_with_the_talk_of_both(details, document, qtbot):
    def share(card):
        return int(facts(card).split("  ·  ")[1].rstrip("%"))

    before = share(cards(details)[0]) + share(cards(details)[1])
    _, more = menus(cards(details)[1])
    chosen(more, "Speaker 1").trigger()
    assert [s.number for s in document.transcript.speakers] == [1, 3]
    qtbot.waitUntil(lambda: abs(share(cards(details)[0]) - before) <= 1)
    assert len(cards(details)) == 2


def test_a_sample_is_the_longest_stretch_of_the_voice(details, document, qtbot):
    card = cards(details)[1]  # its sentences: 4 to 7 s, 12 to 14 s
    with qtbot.waitSignal(details.seek_requested) as sought:
        qtbot.mouseClick(card.findChildren(QToolButton)[1], Qt.MouseButton.LeftButton)
    assert sought.args[0] == pytest.approx(4.0)


def test_talk_is_counted_anew_after_an_edit(details, document, qtbot):
    from voicerec_desktop.core import editing

    segment, other = document.transcript.segments[1], document.transcript.speakers[2]
    before = facts(cards(details)[2])
    document.edit(lambda t: editing.assign_speaker(t, [segment.id], other.id))
    qtbot.waitUntil(lambda: facts(cards(details)[2]) != before)


def test_without_speakers_it_says_why(details, document):
    plain = replace(document.transcript, speakers=(), segments=(), turns=())
    for status, words in (
        (MeetingStatus.PROCESSING, "as soon as"),
        (MeetingStatus.READY, "No speakers were"),
    ):
        document.transcript = replace(plain, meeting=replace(plain.meeting, status=status))
        document.loaded.emit()
        assert details.speakers.currentWidget() is details.speakers._state
        assert words in details.speakers._state.accessibleDescription()


def test_the_recording_tells_file_sound_work_and_models(details, document, qtbot, tmp_path):
    path = tmp_path / "Встреча.mp3"
    path.write_bytes(bytes(2_621_440))
    track = replace(
        document.transcript.tracks[0],
        path=str(path),
        sample_rate=44_100,
        channels=2,
        warning="truncated",
    )
    runs = (
        StageRun("m", Stage.ASR, StageState.FAILED, {"model": "whisper-base"}, 1.0),
        StageRun("m", Stage.ASR, StageState.DONE, {"model": "whisper-base"}, 5.0),
    )
    meeting = replace(document.transcript.meeting, duration=100.0)
    document.transcript = replace(
        document.transcript, tracks=(track,), stages=runs, meeting=meeting
    )
    document.loaded.emit()
    details.findChild(QTabWidget).setCurrentWidget(details.recording)
    panel = details.recording
    qtbot.waitUntil(lambda: any("2.5 MB" in text for text in texts(panel)))
    shown = "\n".join(texts(panel))
    for words in ("Встреча.mp3", "MP3", "44.1 kHz", "stereo", "1:40", "Russian", "Whisper base"):
        assert words in shown
    assert "5 s, 20 times" in shown
    assert "damaged or cut off" in shown


def test_a_file_that_is_gone_is_told_and_has_no_button(details, qtbot):
    details.findChild(QTabWidget).setCurrentWidget(details.recording)
    panel = details.recording
    qtbot.waitUntil(lambda: any("no longer" in text for text in texts(panel)))
    assert not panel.widget().findChildren(QPushButton)


def test_minutes_say_that_they_need_a_language_model(details):
    assert "language model" in details.minutes.currentWidget().accessibleDescription()
