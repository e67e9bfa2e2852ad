"""The transcript is read, listened to and corrected; what is read does not move."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QGuiApplication, QTextCursor, QWheelEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from voicerec_desktop.core.model import MeetingStatus, Word
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.segment_editor import EDITOR_RISE
from voicerec_desktop.ui.theme import DARK, LIGHT
from voicerec_desktop.ui.transcript_layout import Hit
from voicerec_desktop.ui.transcript_view import TranscriptView

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen one


@pytest.fixture
def show(session, qtbot, put_transcript):
    """Store a transcript and show it in a view beside another field."""

    def shown(transcript):
        with qtbot.waitSignal(session.run(lambda lib: put_transcript(lib, transcript)).finished):
            pass
        document = MeetingDocument(session)
        window = QWidget()
        qtbot.addWidget(window)
        view = TranscriptView(document, session)
        view.field = QLineEdit()
        column = QVBoxLayout(window)
        column.addWidget(view.field)
        column.addWidget(view)
        window.resize(700, 480)
        window.show()
        window.activateWindow()
        with qtbot.waitSignal(document.loaded):
            document.open(transcript.meeting.id)
        view.table.setFocus()
        view.document, view.kept = document, window  # nobody else holds the window
        return view

    return shown


@pytest.fixture
def view(show, transcript_of):
    return show(transcript_of())


@pytest.fixture
def long_view(show, transcript_of):
    return show(transcript_of(rows=200))


def texts(view):
    return [view.model.segment(row).text for row in range(view.model.rowCount())]


def place(view, row, word):
    """The middle of a word, in the viewport."""
    plan = view.table.plans.plan(row)
    rect = view.table.plans.span_rects(plan, *plan.laid.spans[word])[0]
    return rect.center().toPoint() + QPoint(0, view.table.rowViewportPosition(row))


def click(qtbot, view, point, modifiers=NONE):
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, modifiers, point)


def top_line(view):
    """The first whole line in view: its first word's time, and where it stands."""
    anchor = view.table._anchor()
    return anchor.seconds, anchor.y


def y_of(view, seconds):
    """Where the line with the word that is said at a time stands."""
    row = view.model.row_at(seconds)
    word = view.table._word(row, seconds)
    return view.table.rowViewportPosition(row) + view.table.plans.line_top(row, word)


def edit(view, qtbot, row, text=None):
    """Open the editor of a row, and write another text into it."""
    view.table.set_current(row)
    qtbot.keyClick(view.table, Qt.Key.Key_F2)
    editor = view.table.editor
    if text is not None:
        editor.selectAll()
        editor.insertPlainText(text)
    return editor


def wheel(view, delta):
    viewport = view.table.viewport()
    at = QPointF(viewport.rect().center())
    event = QWheelEvent(
        at, QPointF(viewport.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, delta),
        Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, event)


def test_a_click_on_a_word_seeks_to_it_and_a_double_click_plays_it(view, qtbot):
    word = view.model.segment(1).words[2]
    with qtbot.waitSignal(view.seek_requested) as sought:
        click(qtbot, view, place(view, 1, 2))
    assert sought.args == [word.start]
    with qtbot.waitSignal(view.play_requested) as played:
        left = Qt.MouseButton.LeftButton
        qtbot.mouseDClick(view.table.viewport(), left, NONE, place(view, 1, 2))
    assert played.args == [word.start]


def test_a_click_on_the_time_seeks_to_the_segment(view, qtbot):
    time = view.table.plans.plan(2).time.center().toPoint()
    with qtbot.waitSignal(view.seek_requested) as sought:
        click(qtbot, view, time + QPoint(0, view.table.rowViewportPosition(2)))
    assert sought.args == [view.model.segment(2).start]


def test_words_are_where_they_are_seen_after_an_emoji(view, qtbot):
    text = "😀😀😀 " + view.model.segment(1).text
    view.edits.correct(view.model.segment(1).id, text)
    word = view.model.segment(1).words[3]
    assert word.text == " осталось"
    with qtbot.waitSignal(view.seek_requested) as sought:
        click(qtbot, view, place(view, 1, 3) - QPoint(30, 0))
    assert sought.args == [word.start]


def test_selecting_several_segments_seeks_nowhere(view, qtbot):
    view.table.set_current(0)
    sought = QSignalSpy(view.seek_requested)
    click(qtbot, view, place(view, 2, 0), SHIFT)
    assert view.selected_ids() == [view.model.segment(row).id for row in range(3)]
    assert sought.count() == 0


def test_enter_plays_from_the_current_segment(view, qtbot):
    view.table.set_current(2)
    with qtbot.waitSignal(view.play_requested) as played:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert played.args == [view.model.segment(2).start]


def test_shift_and_arrows_select_a_range(view, qtbot):
    view.table.set_current(1)
    qtbot.keyClick(view.table, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(view.table, Qt.Key.Key_Down, SHIFT)
    assert view.selected_ids() == [view.model.segment(row).id for row in (1, 2, 3)]


def test_digits_say_who_speaks_and_the_next_one_is_new(view, qtbot):
    view.table.set_current(0)
    qtbot.keyClick(view.table, Qt.Key.Key_3)
    assert view.model.speaker(0).number == 3
    qtbot.keyClick(view.table, Qt.Key.Key_9)
    assert view.model.speaker(0).number == 3
    qtbot.keyClick(view.table, Qt.Key.Key_4)
    assert view.model.speaker(0).number == 4
    assert len(view.document.transcript.speakers) == 4


def test_enter_stores_what_was_written_and_escape_does_not(view, qtbot):
    old = texts(view)
    editor = edit(view, qtbot, 1, "Nothing")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert texts(view) == old
    editor = edit(view, qtbot, 1, "Budget is ready.")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert view.document.transcript.segments[1].text == "Budget is ready."
    assert view.table.editor is None
    assert view.table.hasFocus()


def test_whoever_goes_elsewhere_has_stored_what_was_written(view, qtbot):
    edit(view, qtbot, 1, "Budget is ready.")
    view.field.setFocus()
    assert view.document.transcript.segments[1].text == "Budget is ready."
    assert view.field.hasFocus()


def test_a_window_that_closes_stores_what_is_being_written(view, qtbot):
    edit(view, qtbot, 1, "Budget is ready.")
    view.window().close()
    assert view.document.transcript.segments[1].text == "Budget is ready."


def test_ctrl_enter_stores_and_splits_at_the_cursor(view, qtbot):
    editor = edit(view, qtbot, 1, "Смета  готова, почти 😀 да.")
    editor.put_cursor(editor.text.index("да"))
    qtbot.keyClick(editor, Qt.Key.Key_Return, CTRL)
    assert texts(view)[1:3] == ["Смета готова, почти 😀", "да."]


def test_the_editor_gives_selected_words_to_somebody(view, qtbot):
    editor = edit(view, qtbot, 1)
    start = editor.text.index("осталось")
    cursor = editor.textCursor()
    cursor.setPosition(start)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    entries = {a.data(): a for m in editor.make_menu().actions() if m.menu()
               for a in m.menu().actions()}  # fmt: skip
    entries[3].trigger()
    assert texts(view)[1:4] == ["Смета готова,", "осталось", "согласовать закупки."]
    assert [view.model.speaker(row).number for row in (1, 2, 3)] == [2, 3, 2]


def test_one_corrected_word_is_offered_to_the_glossary(view, session, qtbot):
    editor = edit(view, qtbot, 1, view.model.segment(1).text.replace("Смета", "SMETA"))
    with qtbot.waitSignal(session.noticed) as noticed:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    _, act = noticed.args[0].action
    with qtbot.waitSignal(view.glossary_requested) as asked:
        act()
    assert asked.args == ["SMETA", "Смета"]


def test_text_that_a_new_transcript_makes_impossible_is_left_in_the_users_hands(
    view, session, qtbot
):
    edit(view, qtbot, 1, "Mine")
    meeting_id, segments = view.document.meeting_id, view.document.transcript.segments
    other = tuple(replace(s, id=f"new-{s.id}") for s in segments)
    speakers = view.document.transcript.speakers
    task = session.run(lambda lib: lib.replace_segments(meeting_id, speakers, other, ()))
    with qtbot.waitSignal(task.finished):
        pass
    with qtbot.waitSignal(session.noticed) as noticed:
        session.meeting_changed.emit(meeting_id)
    noticed.args[0].action[1]()
    assert QGuiApplication.clipboard().text() == "Mine"
    assert view.table.editor is None


def test_text_for_a_meeting_that_is_no_longer_shown_is_left_in_the_users_hands(
    view, session, qtbot, put_transcript, transcript_of
):
    edit(view, qtbot, 1, "Mine")
    with qtbot.waitSignal(
        session.run(lambda lib: put_transcript(lib, transcript_of("02"))).finished
    ):
        pass
    with qtbot.waitSignal(session.noticed) as noticed:
        view.document.open("02")
    noticed.args[0].action[1]()
    assert QGuiApplication.clipboard().text() == "Mine"
    assert "Mine" not in texts(view)


def test_what_is_written_outlives_a_reload_that_leaves_the_segment(view, session, qtbot):
    editor = edit(view, qtbot, 1, "Mine")
    with qtbot.waitSignal(view.document.loaded):
        session.meeting_changed.emit(view.document.meeting_id)
    assert view.table.editor is editor
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert view.document.transcript.segments[1].text == "Mine"


def test_split_here_cuts_before_the_word_that_was_clicked(view, qtbot):
    click(qtbot, view, place(view, 1, 2))
    view.split_here()
    assert texts(view)[1:3] == ["Смета готова,", "осталось согласовать закупки."]


def test_one_selected_segment_is_joined_with_the_next(view):
    first, second = texts(view)[1:3]
    view.table.set_current(1)
    view.join_selected()
    assert texts(view)[1] == f"{first} {second}"
    assert view.model.rowCount() == 4


def test_the_menu_shows_every_key_and_does_what_it_says(view, qtbot):
    view.table.set_current(1)
    menu = view.verbs.make_menu(place(view, 1, 3))
    entries = {a.data().verb: a for a in menu.actions() if a.data()}
    assert all("\t" in entries[verb].text() for verb in ("play", "edit_text", "split", "join"))
    entries["split"].trigger()
    assert texts(view)[1:3] == ["Смета готова, осталось", "согласовать закупки."]
    who = next(a.menu() for a in menu.actions() if a.menu())
    assert [a.text().split("\t")[1] for a in who.actions() if not a.isSeparator()] == list("1234")


def test_copied_segments_say_who_speaks_and_a_single_one_does_not(view):
    view.table.select_rows([1])
    view.copy_selection()
    assert QGuiApplication.clipboard().text() == texts(view)[1]
    view.table.select_rows([0, 1])
    view.copy_selection()
    one, two = texts(view)[:2]
    assert QGuiApplication.clipboard().text() == f"Speaker 1: {one}\nSpeaker 2: {two}"


@pytest.fixture
def doubtful(show, transcript_of):
    made = transcript_of()
    segments = list(made.segments)
    segments[2] = replace(segments[2], flags=("doubtful:credits",))
    return show(replace(made, segments=tuple(segments)))


def test_buttons_under_doubtful_text_play_keep_and_dismiss_it(doubtful, qtbot):
    table = doubtful.table

    def press(kind):
        chip = next(c for c in table.plans.plan(2).chips if c.kind == kind)
        at = chip.rect.center().toPoint() + QPoint(0, table.rowViewportPosition(2))
        click(qtbot, doubtful, at)

    assert "Doubtful" in table.painter.tip(doubtful.model.segment(2), Hit("doubt"))
    with qtbot.waitSignal(doubtful.play_requested) as played:
        press("play")
    assert played.args == [8.0]
    press("restore")
    assert not doubtful.document.transcript.segments[2].doubtful
    assert not table.plans.plan(2).chips
    doubtful.toggle_doubt()
    assert doubtful.document.transcript.segments[2].dismissed


def test_dismissed_text_is_hidden_until_somebody_asks_for_it(doubtful, qtbot):
    assert not doubtful.hidden_button.isVisible()
    doubtful.edits.dismiss([doubtful.model.segment(2).id])
    assert doubtful.model.rowCount() == 4
    assert doubtful.hidden_button.isVisible()
    qtbot.mouseClick(doubtful.hidden_button, Qt.MouseButton.LeftButton)
    assert doubtful.model.rowCount() == 5
    doubtful.table.set_current(2)
    doubtful.toggle_doubt()
    assert not doubtful.document.transcript.segments[2].dismissed
    assert not doubtful.hidden_button.isVisible()


def test_every_row_has_its_height_when_it_is_seen(long_view):
    table, bar, seen = long_view.table, long_view.table.verticalScrollBar(), set()
    while True:
        row = table.rowAt(0)
        while row >= 0 and table.rowViewportPosition(row) < table.viewport().height():
            assert table.rowHeight(row) == table.plans.height(row)
            seen.add(row)
            row = row + 1 if row + 1 < 200 else -1
        if bar.value() == bar.maximum():
            break
        bar.setValue(bar.value() + 300)
    assert seen == set(range(200))
    last = table.rowViewportPosition(199) + table.rowHeight(199)
    assert last == table.viewport().height()


def test_text_in_view_scrolls_by_what_was_asked_though_rows_above_are_unmeasured(long_view):
    table, bar = long_view.table, long_view.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    for _ in range(30):
        seconds, y = top_line(long_view)
        bar.setValue(bar.value() - 37)
        assert y_of(long_view, seconds) == y + 37
    assert table.rowHeight(table.rowAt(0)) == table.plans.height(table.rowAt(0))


def test_the_reading_position_stays_when_the_speakers_arrive(show, session, qtbot, transcript_of):
    found = transcript_of(rows=200)
    heard = tuple(replace(s, speaker_id=None) for s in found.segments)
    view = show(replace(found, segments=heard, speakers=(), turns=()))
    bar = view.table.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    view.table.set_current(100)
    before = top_line(view)
    cut = [
        part
        for s in found.segments
        for part in (
            replace(s, end=s.words[1].end, words=s.words[:2], text="Раз два"),
            replace(s, id=s.id + "b", start=s.words[2].start, words=s.words[2:]),
        )
    ]
    task = session.run(
        lambda lib: lib.replace_segments(found.meeting.id, found.speakers, cut, found.turns)
    )
    with qtbot.waitSignal(task.finished):
        pass
    with qtbot.waitSignal(view.document.loaded):
        session.meeting_changed.emit(found.meeting.id)
    assert view.model.rowCount() == 400
    assert y_of(view, before[0]) == before[1]
    assert view.selected_ids() == [found.segments[100].id]


def test_what_is_read_stays_when_text_arrives_or_goes_above_it(long_view):
    bar = long_view.table.verticalScrollBar()
    bar.setValue(2000)
    seconds, y = top_line(long_view)
    last = long_view.model.segment(199)
    new = replace(last, id="zz", start=last.start + 9, end=last.end + 9)
    long_view.document.append((new,))
    assert (long_view.model.rowCount(), y_of(long_view, seconds)) == (201, y)
    long_view.edits.dismiss([long_view.model.segment(row).id for row in (0, 1, 5)])
    assert (long_view.model.rowCount(), y_of(long_view, seconds)) == (198, y)
    long_view.window().resize(420, 480)
    assert y_of(long_view, seconds) == y


def test_whoever_has_scrolled_to_the_end_sees_new_text_arrive(long_view):
    bar = long_view.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    last = long_view.model.segment(199)
    long_view.document.append(
        tuple(replace(last, id=f"z{i}", start=last.start + i) for i in range(1, 6))
    )
    table = long_view.table
    assert table.rowViewportPosition(204) + table.rowHeight(204) == table.viewport().height()


def test_the_view_follows_what_is_played_until_the_user_scrolls(long_view, qtbot):
    table, height = long_view.table, long_view.table.viewport().height()
    assert long_view.following
    for seconds in (0.0, 200.0, 500.6):
        long_view.set_position(seconds)
        assert 0 <= y_of(long_view, seconds) < height * 0.75
    assert not long_view.follow_button.isVisible()
    with qtbot.waitSignal(long_view.following_changed) as changed:
        wheel(long_view, -120)
    assert changed.args == [False]
    value = table.verticalScrollBar().value()
    long_view.set_position(700.0)
    assert table.verticalScrollBar().value() == value
    qtbot.mouseClick(long_view.follow_button, Qt.MouseButton.LeftButton)
    assert long_view.following
    assert not long_view.follow_button.isVisible()
    assert 0 <= y_of(long_view, 700.0) < height


def test_the_word_that_is_played_is_painted_so_in_both_themes(view, session, qtbot):
    def ground(word):
        rect = view.table.plans.span_rects(view.table.plans.plan(1), *spans[word])[0]
        at = QPoint(round(rect.left()) - 1, round(rect.center().y()))
        at += QPoint(0, view.table.rowViewportPosition(1))
        return view.table.viewport().grab().toImage().pixelColor(at)

    spans = view.table.plans.laid(1).spans
    for theme, colours in (("light", LIGHT), ("dark", DARK)):
        session.update_settings(theme=theme)
        view.set_position(0.0)
        assert ground(2) == QColor(colours.surface)
        view.set_position(view.model.segment(1).words[2].start + 0.1)
        assert ground(2) not in (QColor(colours.surface), ground(0))


def test_a_segment_of_half_an_hour_is_scrolled_by_keys_and_edited(show, transcript_of, qtbot):
    made = transcript_of(rows=3)
    words = tuple(Word(0.36 * i, 0.36 * i + 0.3, f" слово{i}") for i in range(5000))
    text = "".join(word.text for word in words).strip()
    endless = replace(made.segments[0], words=words, text=text, end=1800.0)
    later = tuple(replace(s, start=s.start + 1800, end=s.end + 1800) for s in made.segments[1:])
    view = show(replace(made, segments=(endless, *later)))
    bar = view.table.verticalScrollBar()
    view.table.set_current(0)
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    assert bar.value() > 0
    assert view.table.currentIndex().row() == 0
    view.set_position(900.0)
    assert 0 <= y_of(view, 900.0) < view.table.viewport().height()
    picture = view.table.viewport().grab().toImage()
    left, step = view.table.plans.text_left, view.table.plans.line_height
    for top in range(0, picture.height() - step, step):
        line = [
            picture.pixelColor(left + x, top + y).name() for x in range(40) for y in range(step)
        ]
        assert LIGHT.text in line, f"no text at {top}"
    editor = edit(view, qtbot, 0)
    assert editor.height() <= view.table.viewport().height()
    editor.put_cursor(text.index("слово2500"))
    qtbot.keyClicks(editor, "x")
    with qtbot.waitSignal(view.document.edited):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert view.document.transcript.segments[0].text == text.replace("слово2500", "xслово2500")


def test_a_segment_is_revealed_by_id_or_time_even_if_it_is_hidden(long_view):
    table = long_view.table
    hidden = long_view.model.segment(150).id
    long_view.edits.dismiss([hidden])
    for target, seconds in ((hidden, 600.0), (80.5, 80.0)):
        long_view.reveal(target)
        assert 0 <= y_of(long_view, seconds) < table.viewport().height()
        assert long_view.model.segment(table.currentIndex().row()).start == seconds


def test_the_size_of_the_text_follows_the_settings(long_view, session):
    long_view.table.verticalScrollBar().setValue(3000)
    (seconds, y), line = top_line(long_view), long_view.table.plans.line_height
    session.update_settings(transcript_font=22)
    assert long_view.table.plans.line_height > 1.5 * line
    assert y_of(long_view, seconds) == pytest.approx(y, abs=line)


def test_a_screen_reader_hears_speaker_time_and_text(view):
    interface = QAccessible.queryAccessibleInterface(view.table)
    names = [interface.child(i).text(QAccessible.Text.Name) for i in range(interface.childCount())]
    assert f"Speaker 2, 0:04, {view.model.segment(1).text}" in names
    assert interface.text(QAccessible.Text.Name) == "Transcript"


def test_a_meeting_without_text_says_why(show, transcript_of):
    made = replace(transcript_of(), segments=(), speakers=(), turns=())
    view = show(made)
    assert view.empty_label.text() == "No speech was found in this recording."
    work = replace(transcript_of("02").meeting, status=MeetingStatus.PROCESSING)
    assert "appears here" in show(replace(made, meeting=work, tracks=())).empty_label.text()


def tree(interface):
    """What a screen reader finds from here on, cells of tables apart."""
    yield interface
    if interface.role() != QAccessible.Role.Table:
        for number in range(interface.childCount()):
            yield from tree(interface.child(number))


def test_a_screen_reader_finds_the_editor_with_its_name_and_text(view, qtbot):
    editor = edit(view, qtbot, 1)
    found = [one for one in tree(QAccessible.queryAccessibleInterface(view)) if one.object()]
    (mine,) = [one for one in found if one.object() is editor]
    assert mine.role() == QAccessible.Role.EditableText
    assert mine.text(QAccessible.Text.Name) == "Text of the passage"
    assert mine.textInterface().text(0, 5) == editor.text[:5]


def test_an_editor_is_seen_only_inside_of_the_table(long_view, qtbot):
    editor = edit(long_view, qtbot, 1)
    table = long_view.table
    for value in (0, 20, 5000, 0):
        table.verticalScrollBar().setValue(value)
        assert not editor.isHidden()
        frame = editor.parentWidget()
        seen = frame.geometry().translated(-table.viewport().mapTo(long_view, QPoint()))
        assert table.viewport().rect().contains(seen) or seen.isEmpty()
    assert table.editor is editor
    plan, top = table.plans.plan(1), table.rowViewportPosition(1)
    place = editor.mapTo(long_view, QPoint()) - table.viewport().mapTo(long_view, QPoint())
    assert place.y() == round(plan.text.top()) + top - EDITOR_RISE
