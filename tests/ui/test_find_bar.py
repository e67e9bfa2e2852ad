"""Finding and replacing in a transcript: hits are counted, visited in order, replaced as one."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from voicerec_desktop.core import editing
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.transcript_view import TranscriptView

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen one
ENTER, ESCAPE, F3 = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F3
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def view(session, qtbot, put_transcript, transcript_of):
    """A meeting of 200 segments; "бюджета" stands in every fifth."""
    transcript = transcript_of(rows=200)
    with qtbot.waitSignal(session.run(lambda lib: put_transcript(lib, transcript)).finished):
        pass
    view = TranscriptView(MeetingDocument(session), session)
    qtbot.addWidget(view)
    view.resize(700, 480)
    view.show()
    view.activateWindow()
    with qtbot.waitSignal(view._document.loaded):
        view._document.open(transcript.meeting.id)
    view.table.setFocus()
    return view


@pytest.fixture
def bar(view, qtbot):
    qtbot.keyClick(view.table, Qt.Key.Key_H, CTRL)
    return view.find_bar


def transcript(view):
    return view._document.transcript


def count(bar):
    return bar.count_label.text()


def look(qtbot, bar, query, expected):
    bar.query_field.setText(query)
    qtbot.waitUntil(lambda: count(bar) == expected)


def found_row(view):
    """The row of the hit at which the search stands, which must be in view."""
    row = view.model.row_of(view.table.painter.marks.found_now[0])
    assert 0 <= view.table.rowViewportPosition(row) < view.table.viewport().height()
    return row


def test_hits_are_counted_and_visited_in_order_round_the_end(view, bar, qtbot):
    look(qtbot, bar, "бюджета", "1 of 40")
    assert found_row(view) == 0
    qtbot.keyClick(bar.query_field, ENTER)
    assert (count(bar), found_row(view)) == ("2 of 40", 5)
    qtbot.keyClick(bar.query_field, ENTER, SHIFT)
    qtbot.keyClick(bar.query_field, ENTER, SHIFT)
    assert (count(bar), found_row(view)) == ("40 of 40", 195)
    qtbot.keyClick(view.table, F3)
    assert (count(bar), found_row(view)) == ("1 of 40", 0)
    qtbot.keyClick(view.table, F3, SHIFT)
    assert count(bar) == "40 of 40"


def test_the_search_begins_where_the_user_reads(view, qtbot):
    view.table.show_row(103)
    first = view.table.rowAt(0)
    view.show_find(replace=False)
    assert not view.find_bar.replace_field.isVisible()
    look(qtbot, view.find_bar, "бюджета", f"{-(-first // 5) + 1} of 40")


def test_case_and_whole_words_narrow_the_hits(view, bar, qtbot):
    look(qtbot, bar, "Смет", "1 of 40")
    bar.words_button.click()
    qtbot.waitUntil(lambda: count(bar) == "Nothing found")
    assert not bar.replace_all_button.isEnabled()
    look(qtbot, bar, "смета", "1 of 40")
    bar.case_button.click()
    qtbot.waitUntil(lambda: count(bar) == "Nothing found")
    assert not view.table.painter.marks.found


def test_one_hit_is_replaced_and_the_next_one_comes(view, bar, qtbot):
    look(qtbot, bar, "бюджета", "1 of 40")
    qtbot.keyClick(bar.query_field, Qt.Key.Key_Tab)
    assert bar.replace_field.hasFocus()
    bar.replace_field.setText("бюджета бюджета")
    qtbot.keyClick(bar.replace_field, ENTER)
    qtbot.waitUntil(lambda: count(bar) == "3 of 41")
    assert found_row(view) == 5
    assert view.model.segment(0).text == "Доброе утро, коллеги. Начнём с бюджета бюджета."


def test_replacing_all_is_one_edit_that_is_undone_at_once(view, bar, qtbot):
    before = [s.text for s in transcript(view).segments]
    look(qtbot, bar, "бюджета", "1 of 40")
    bar.replace_field.setText("плана")
    bar.replace_all_button.click()
    qtbot.waitUntil(lambda: count(bar) == "Nothing found")
    after = [s.text for s in transcript(view).segments]
    assert after == [text.replace("бюджета", "плана") for text in before]
    with qtbot.waitSignal(view._document.edited):
        view._document.undo()
    assert [s.text for s in transcript(view).segments] == before
    qtbot.waitUntil(lambda: count(bar) == "1 of 40")


def test_hits_follow_edits_and_the_view_does_not_jump_to_them(view, bar, qtbot):
    look(qtbot, bar, "бюджета", "1 of 40")
    scroll = view.table.verticalScrollBar()
    scroll.setValue(scroll.maximum())
    value = scroll.value()
    row = view.model.segment(5)
    view._document.edit(lambda t: editing.correct_text(t, row.id, "Ничего."))
    qtbot.waitUntil(lambda: count(bar) == "1 of 39")
    assert scroll.value() == value


def test_escape_closes_the_bar_and_leaves_the_keyboard_at_the_hit(view, bar, qtbot):
    look(qtbot, bar, "закупки", "1 of 40")
    qtbot.keyClick(bar.query_field, ENTER)
    qtbot.keyClick(bar.query_field, ESCAPE)
    assert not bar.isVisible()
    assert view.table.hasFocus()
    assert view.table.currentIndex().row() == 6
    assert not view.table.painter.marks.found


def test_what_is_found_is_painted(view, bar, qtbot):
    def picture():
        return view.table.viewport().grab().toImage()

    look(qtbot, bar, "Начнём", "1 of 40")
    plan = view.table.plans.plan(0)
    spans = view.table.plans.span_rects(plan, *plan.laid.spans[3])
    at = spans[0].topLeft().toPoint()
    at.setY(round(spans[0].center().y()) + view.table.rowViewportPosition(0))
    marked = picture().pixelColor(at)
    bar.close_bar()
    assert picture().pixelColor(at) != marked


def test_the_bar_can_be_used_by_keyboard_and_has_names(view, bar):
    controls = [
        bar.query_field, bar.replace_field, bar.case_button, bar.words_button,
        bar.previous_button, bar.next_button, bar.close_button,
    ]  # fmt: skip
    assert all(control.accessibleName() for control in controls)
    assert all(c.focusPolicy() & Qt.FocusPolicy.TabFocus for c in controls)


def test_another_meeting_is_searched_anew(view, bar, session, qtbot, put_transcript, transcript_of):
    look(qtbot, bar, "бюджета", "1 of 40")
    other = transcript_of("02other", rows=10)
    other = replace(other, meeting=replace(other.meeting, title="Другая"))
    with qtbot.waitSignal(session.run(lambda lib: put_transcript(lib, other)).finished):
        pass
    view._document.open("02other")
    qtbot.waitUntil(lambda: count(bar) == "1 of 2")


def test_the_bar_speaks_another_language_at_once(view, bar, monkeypatch):
    monkeypatch.setattr(type(bar), "tr", lambda self, text, *_: f"<{text}>")
    QApplication.sendEvent(bar, QEvent(QEvent.Type.LanguageChange))
    assert bar.replace_button.text() == "<Replace>"
    assert bar.query_field.placeholderText() == "<Find in this transcript>"
