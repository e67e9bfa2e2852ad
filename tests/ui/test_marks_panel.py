"""Marks of a meeting: heard, annotated, deleted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget

from voicerec_desktop.core.model import Mark
from voicerec_desktop.ui.details_view import DetailsView
from voicerec_desktop.ui.document import MeetingDocument


@pytest.fixture
def document(session, filled, qtbot):
    made = MeetingDocument(session)
    task = session.run(lambda library: library.add_mark(filled, Mark("k1", 4.0, "бюджет")))
    with qtbot.waitSignal(task.finished):
        pass
    with qtbot.waitSignal(made.loaded):
        made.open(filled)
    return made


@pytest.fixture
def details(document, session, qtbot):
    view = DetailsView(document, session)
    qtbot.addWidget(view)
    view.resize(300, 600)
    view.show()
    document.loaded.emit()
    return view


def tab(details):
    tabs = details.findChild(QTabWidget)
    return tabs, tabs.indexOf(details.marks)


def shown(details):
    return [details.marks.item(row).text() for row in range(details.marks.count())]


def in_library(session, filled, qtbot):
    task = session.run(lambda library: library.marks(filled))
    with qtbot.waitSignal(task.finished) as found:
        pass
    return [(mark.at, mark.note) for mark in found.args[0]]


def test_marks_have_a_page_and_a_click_plays_from_there(details, qtbot):
    tabs, place = tab(details)
    assert tabs.isTabVisible(place)
    tabs.setCurrentIndex(place)
    assert shown(details) == ["0:04  бюджет"]
    with qtbot.waitSignal(details.seek_requested) as sought:
        box = details.marks.visualItemRect(details.marks.item(0))
        qtbot.mouseClick(details.marks.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert sought.args == [4.0]


def test_a_note_is_changed_in_place_and_its_time_stays(details, session, filled, qtbot):
    with qtbot.waitSignal(session.meeting_changed):
        details.marks.item(0).setText("0:04  бюджет   решён")
    assert in_library(session, filled, qtbot) == [(4.0, "бюджет решён")]


def test_a_deleted_mark_takes_its_page_with_it(details, document, session, filled, qtbot):
    tabs, place = tab(details)
    details.marks.setCurrentRow(0)
    with qtbot.waitSignal(document.loaded):
        qtbot.keyClick(details.marks, Qt.Key.Key_Delete)
    assert in_library(session, filled, qtbot) == []
    assert not tabs.isTabVisible(place)


def test_a_moment_that_is_played_can_be_marked_later(details, document, session, filled, qtbot):
    with qtbot.waitSignal(document.loaded):
        details.marks.add(9.5)
    assert in_library(session, filled, qtbot) == [(4.0, "бюджет"), (9.5, "")]
    assert shown(details) == ["0:04  бюджет", "0:09"]
