"""The library panel: meetings by date, what can be done to them, and search over all of them."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAccessible, QAction, QColor, QDesktopServices, QKeyEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPushButton

from voicerec_desktop.core.model import (
    Meeting,
    MeetingStatus,
    Segment,
    Speaker,
    Track,
    TrackKind,
)
from voicerec_desktop.store.library import Library
from voicerec_desktop.store.meetings import MeetingRow
from voicerec_desktop.ui.i18n import local_time
from voicerec_desktop.ui.library_view import LibraryView
from voicerec_desktop.ui.models.library_model import LibraryModel, group_of
from voicerec_desktop.ui.models.search_model import excerpt
from voicerec_desktop.ui.theme import LIGHT

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen one

NOON = datetime.combine(date.today(), datetime.min.time()).astimezone() + timedelta(hours=12)


def meeting(name: str, days: float = 0, **changes) -> Meeting:
    when = (NOON - timedelta(days=days)).astimezone(UTC).isoformat()
    values = {"duration": 2820.0, "language": "ru", "status": MeetingStatus.READY} | changes
    return Meeting(name, f"Встреча {name}", when, **values)


def type_text(widget, text: str) -> None:
    """Press keys: QTest knows Latin letters only."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            none = Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(widget, QKeyEvent(kind, Qt.Key.Key_unknown, none, letter))


def store(session, qtbot, *meetings: Meeting, texts=(), names=(), path="/no/such/file.wav"):
    """Put meetings into the library, each with these texts, said in turn by these speakers."""

    def put(library: Library) -> None:
        for one in meetings:
            track = Track(f"{one.id}-t", one.id, TrackKind.FILE, path)
            library.add_meeting(one, [track])
            who = [Speaker(f"{one.id}-s{i}", i + 1, name, i) for i, name in enumerate(names)]
            segments = [
                Segment(f"{one.id}-{i}", 30.0 * i, 30.0 * i + 9, text, (), who[i % len(who)].id)
                for i, text in enumerate(texts)
            ]
            library.replace_segments(one.id, who, segments, [])

    change(session, qtbot, put)


def change(session, qtbot, work):
    with qtbot.waitSignal(session.run(work).finished):
        pass
    session.meetings_changed.emit()


@pytest.fixture
def view(session, qtbot):
    made = LibraryView(session)
    qtbot.addWidget(made)
    made.resize(300, 600)
    made.show()
    made.activateWindow()
    return made


def shown(view) -> list[str]:
    model = view.meetings.model()
    return [model.index(i, 0).data() for i in range(model.rowCount())]


def until_shown(qtbot, view, count: int) -> None:
    qtbot.waitUntil(lambda: len(view.meetings.model().meetings) == count)


def place(view, meeting_id: str):
    model = view.meetings.model()
    return model.index(model.place(meeting_id), 0)


def found(view) -> list[str]:
    if not view.results.isVisible():
        return []
    model = view.results.model()
    return [model.index(i, 0).data() for i in range(model.rowCount())]


@pytest.mark.parametrize(
    ("day", "group"),
    [
        ("2026-11-26", "today"),
        ("2026-11-27", "today"),  # a clock that goes wrong
        ("2026-11-25", "yesterday"),
        ("2026-11-23", "week"),
        ("2026-11-22", "2026-11"),
        ("2025-11-26", "2025-11"),
    ],
)
def test_meetings_stand_under_the_day_week_or_month(session, day, group):
    session.update_settings(app_language="ru")  # whose weeks begin on Monday
    started = datetime.fromisoformat(f"{day}T12:00:00").astimezone().astimezone(UTC).isoformat()
    assert group_of(started, date(2026, 11, 26)) == group


def test_meetings_are_listed_by_date_with_when_how_long_and_who(session, qtbot, view):
    old = "2024-02-03T09:05:00+00:00"
    store(session, qtbot, meeting("a"), names=("Анна", None, "Борис"))
    store(session, qtbot, meeting("b", 1), replace(meeting("c"), started_at=old), names=(None,))
    until_shown(qtbot, view, 3)
    wanted = ["Today", "Встреча a", "Yesterday", "Встреча b", "February 2024", "Встреча c"]
    assert shown(view) == wanted
    model = view.meetings.model()
    assert model.details(model.meetings[0]) == "12:00 · 47 min · Анна, Борис, +1"
    assert model.details(model.meetings[1]) == "12:00 · 47 min · 1 speaker"
    assert model.details(model.meetings[2]).startswith(f"3 Feb, {local_time(old):%H:%M} · ")


def test_another_language_is_read_at_once(session, qtbot, view):
    store(session, qtbot, replace(meeting("a"), started_at="2024-02-03T09:05:00+00:00"))
    until_shown(qtbot, view, 1)
    session.update_settings(app_language="ru")
    qtbot.waitUntil(lambda: shown(view)[0] == "Февраль 2024")


def test_what_is_not_ready_says_so_in_a_word_also_to_those_who_listen(session, qtbot, view):
    states = ("queued", "processing", "failed", "interrupted")
    store(session, qtbot, *(meeting(s, status=MeetingStatus(s)) for s in states))
    until_shown(qtbot, view, 4)
    view.set_progress("processing", 0.423)
    listened = QAccessible.queryAccessibleInterface(view.meetings)
    rows = [listened.child(i).text(QAccessible.Text.Name) for i in range(listened.childCount())]
    spoken = {row.split(",")[0]: row for row in rows}
    assert spoken["Встреча queued"].endswith("Queued")
    assert spoken["Встреча processing"].endswith("Processing 42%")
    assert spoken["Встреча failed"].endswith("Failed")
    assert spoken["Встреча interrupted"].endswith("Interrupted")


def test_progress_is_a_bar_that_grows(session, qtbot, view):
    store(session, qtbot, meeting("a", status=MeetingStatus.PROCESSING))
    until_shown(qtbot, view, 1)

    def bar(share: float) -> int:
        view.set_progress("a", share)
        box = view.meetings.visualRect(place(view, "a"))
        image = view.meetings.viewport().grab(box).toImage()
        accent = QColor(LIGHT.accent)
        lines = [
            sum(image.pixelColor(x, y) == accent for x in range(image.width()))
            for y in range(image.height() * 3 // 4, image.height())
        ]
        return max(lines)

    assert bar(0.25) * 2.5 < bar(0.75) < view.width()


def test_a_new_meeting_moves_neither_the_reading_place_nor_the_selection(session, qtbot, view):
    store(session, qtbot, *(meeting(f"{i:03}", i / 2) for i in range(120)))
    until_shown(qtbot, view, 120)
    view.select("060")
    top = view.meetings.indexAt(QPoint(4, 1)).data()
    before = view.meetings.visualRect(place(view, "060")).top()
    resets = QSignalSpy(view.meetings.model().modelReset)
    selected = QSignalSpy(view.meeting_selected)
    store(session, qtbot, meeting("new"))
    until_shown(qtbot, view, 121)
    assert view.meetings.indexAt(QPoint(4, 1)).data() == top
    assert view.meetings.visualRect(place(view, "060")).top() == before
    assert view.selected_id() == "060"
    assert view.meetings.selected_ids() == ["060"]
    assert resets.count() == selected.count() == 0


def test_only_rows_that_changed_are_drawn_anew(session, qtbot, view):
    store(session, qtbot, *(meeting(f"{i}", i) for i in range(9)))
    until_shown(qtbot, view, 9)
    told = QSignalSpy(view.meetings.model().dataChanged)
    change(session, qtbot, lambda library: library.update_meeting("4", title="Другое"))
    qtbot.waitUntil(lambda: "Другое" in shown(view))
    assert [told.at(i)[0].data() for i in range(told.count())] == ["Другое"]


def test_many_changes_in_a_row_are_read_once_or_twice(session, qtbot, view, monkeypatch):
    reads = []
    read = Library.meeting_rows
    monkeypatch.setattr(Library, "meeting_rows", lambda lib: reads.append(1) or read(lib))
    for i in range(30):
        session.run(lambda lib, i=i: lib.add_meeting(meeting(f"{i}"), []))
        session.meetings_changed.emit()
    until_shown(qtbot, view, 30)
    assert len(reads) <= 2


def test_choosing_a_meeting_is_announced_and_asking_for_one_is_not(session, qtbot, view):
    store(session, qtbot, meeting("a"), meeting("b", 1), meeting("c", 2))
    until_shown(qtbot, view, 3)
    spy = QSignalSpy(view.meeting_selected)
    view.select("a")
    assert spy.count() == 0
    view.meetings.setFocus()
    qtbot.keyClick(view.meetings, Qt.Key.Key_Down)  # over the header of the next day
    assert spy.at(0) == ["b"]
    at = view.meetings.visualRect(place(view, "c")).center()
    qtbot.mouseClick(view.meetings.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert spy.at(1) == ["c"]
    assert view.selected_id() == "c"


def test_a_meeting_can_be_selected_before_the_list_has_it(session, qtbot, view):
    view.select("late")
    store(session, qtbot, meeting("a"), meeting("late", 1))
    qtbot.waitUntil(lambda: view.selected_id() == "late")
    assert view.meetings.selected_ids() == ["late"]


def test_an_arrow_key_held_down_opens_only_where_it_stops(session, qtbot, view):
    store(session, qtbot, *(meeting(f"{i}") for i in range(8)))
    until_shown(qtbot, view, 8)
    ids = [row.meeting.id for row in view.meetings.model().meetings]
    view.select(ids[0])
    opened = QSignalSpy(view.meeting_selected)
    none = Qt.KeyboardModifier.NoModifier
    with qtbot.waitSignal(view.meeting_selected):
        for _ in range(5):
            event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, none, "", True)
            QApplication.sendEvent(view.meetings, event)
    assert [opened.at(i) for i in range(opened.count())] == [[ids[5]]]


def test_when_the_selected_meeting_goes_the_next_one_takes_its_place(session, qtbot, view):
    store(session, qtbot, meeting("a"), meeting("b", 1), meeting("c", 1.1))
    until_shown(qtbot, view, 3)
    view.select("b")
    for gone, then in (("b", "c"), ("c", "a"), ("a", "")):
        with qtbot.waitSignal(view.meeting_selected) as announced:
            change(session, qtbot, lambda library, gone=gone: library.delete_meeting(gone))
        assert announced.args == [then]
        assert view.selected_id() == then


def rename(qtbot, view, title: str) -> None:
    qtbot.keyClick(view.meetings, Qt.Key.Key_F2)
    editor = next(e for e in view.meetings.findChildren(QLineEdit) if e.isVisible())
    editor.selectAll()
    type_text(editor, title)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_f2_renames_in_place_whatever_the_window_does_with_that_key(session, qtbot):
    window = QMainWindow()
    qtbot.addWidget(window)
    view = LibraryView(session)
    window.setCentralWidget(view)
    action = QAction(window)
    action.setShortcut("F2")
    window.addAction(action)
    other = QSignalSpy(action.triggered)
    window.show()
    window.activateWindow()
    store(session, qtbot, meeting("a"))
    until_shown(qtbot, view, 1)
    view.select("a")
    view.meetings.setFocus()
    with qtbot.waitSignal(view.rename_requested) as asked:
        rename(qtbot, view, "  Итоги   года ")
    assert asked.args == ["a", "Итоги года"]
    assert "Итоги года" in shown(view)
    assert other.count() == 0
    with qtbot.assertNotEmitted(view.rename_requested):
        rename(qtbot, view, "   ")


def test_delete_asks_for_all_that_is_selected(session, qtbot, view):
    store(session, qtbot, meeting("a"), meeting("b", 1), meeting("c", 2))
    until_shown(qtbot, view, 3)
    view.select("a")
    flags = QItemSelectionModel.SelectionFlag.Select
    view.meetings.selectionModel().select(place(view, "c"), flags)
    with qtbot.waitSignal(view.delete_requested) as asked:
        qtbot.keyClick(view.meetings, Qt.Key.Key_Delete)
    assert asked.args == [["a", "c"]]


def test_the_menu_offers_another_try_only_where_work_has_stopped(session, qtbot, view):
    failed = meeting("f", status=MeetingStatus.FAILED)
    store(session, qtbot, failed, meeting("r", 1))
    until_shown(qtbot, view, 2)
    menus = {}
    for meeting_id in "fr":
        view.select(meeting_id)
        row = view.meetings.model().meeting_row(place(view, meeting_id))
        menus[meeting_id] = {a.objectName(): a for a in view.meetings.make_menu(row).actions()}
    assert "retry" not in menus["r"]
    view.select("f")
    for name, signal, args in (
        ("open", view.meeting_selected, ["f"]),
        ("retry", view.retry_requested, ["f"]),
        ("export", view.export_requested, ["f"]),
        ("delete", view.delete_requested, [["f"]]),
    ):
        with qtbot.waitSignal(signal) as asked:
            menus["f"][name].trigger()
        assert asked.args == args


class Desktop(QObject):
    """Stands where the desktop's file manager does."""

    def __init__(self):
        super().__init__()
        self.opened = []

    @Slot("QUrl")
    def open(self, url):
        self.opened.append(url.toLocalFile())


def test_show_file_opens_its_folder_or_says_that_it_is_gone(session, qtbot, view, tmp_path):
    there = tmp_path / "Иван Петров" / "a.wav"
    there.parent.mkdir()
    there.touch()
    store(session, qtbot, meeting("a"), path=str(there))
    store(session, qtbot, meeting("b", 1))
    until_shown(qtbot, view, 2)
    desktop = Desktop()
    QDesktopServices.setUrlHandler("file", desktop, "open")
    try:
        view.meetings.file_requested.emit("a")
        qtbot.waitUntil(lambda: desktop.opened == [str(there.parent)])
        with qtbot.waitSignal(session.noticed) as told:
            view.meetings.file_requested.emit("b")
        assert "/no/such/file.wav" in told.args[0].text
        assert len(desktop.opened) == 1
    finally:
        QDesktopServices.unsetUrlHandler("file")


def test_an_empty_library_says_what_to_do(session, qtbot, view):
    session.meetings_changed.emit()
    qtbot.waitUntil(lambda: any(b.isVisible() for b in view.findChildren(QPushButton)))
    (button,) = [b for b in view.findChildren(QPushButton) if b.isVisible()]
    with qtbot.waitSignal(view.open_requested):
        button.click()
    store(session, qtbot, meeting("a"))
    qtbot.waitUntil(view.meetings.isVisible)


TEXTS = ("Начнём с бюджета.", "Смета готова.", "Итого: бюджет утверждён.")


@pytest.fixture
def talks(session, qtbot, view):
    """Three meetings, two of which speak of the budget, one of those also by its title."""
    store(session, qtbot, meeting("a", 1), texts=TEXTS, names=("Анна", None))
    budget = replace(meeting("b", 2), title="Бюджет отдела")
    store(session, qtbot, budget, texts=TEXTS[:1], names=(None,))
    store(session, qtbot, meeting("c", 3), texts=("Про отпуск.",), names=(None,))
    until_shown(qtbot, view, 3)
    return view


def test_search_shows_hits_in_context_by_meeting_titles_first(talks, qtbot):
    talks.focus_search()
    type_text(talks.search_box, "бюджеты")
    wanted = ["Бюджет отдела", TEXTS[0], "Встреча a", TEXTS[0], TEXTS[2]]
    qtbot.waitUntil(lambda: found(talks) == wanted)
    model = talks.results.model()
    hit = model.rows[4]
    assert [hit.text[a:b] for a, b in hit.highlights] == ["бюджет"]
    assert model.source(hit) == "1:00 · Анна"
    assert [model.rows[0].title[a:b] for a, b in model.rows[0].spans] == ["Бюджет"]


def test_hits_are_marked_where_they_are(talks, qtbot):
    talks.search_box.setText("утверждён")
    qtbot.waitUntil(lambda: len(found(talks)) == 2)
    box = talks.results.visualRect(talks.results.model().index(1, 0))
    image = talks.results.viewport().grab(box).toImage()
    marked = QColor(LIGHT.marked)
    xs = [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y) == marked for y in range(image.height()))
    ]
    font = talks.results.fontMetrics()
    left = 12 + font.horizontalAdvance("Итого: бюджет ")
    assert xs
    assert abs(xs[0] - left) <= 3
    assert abs(xs[-1] - xs[0] - font.horizontalAdvance("утверждён")) <= 4


def test_arrows_and_enter_choose_a_hit_from_the_search_box_and_escape_leaves(talks, qtbot):
    box = talks.search_box
    talks.focus_search()
    type_text(box, "бюджет")
    qtbot.waitUntil(lambda: len(found(talks)) == 5)
    for _ in range(3):  # title, its hit, then over the other meeting's title
        qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Up)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(talks.hit_selected) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == ["a", 60.0]
    assert talks.selected_id() == "a"
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""
    assert talks.meetings.isVisible()
    assert box.hasFocus()


def test_enter_right_after_typing_chooses_the_first_hit(talks, qtbot):
    talks.focus_search()
    type_text(talks.search_box, "утверждён")
    with qtbot.waitSignal(talks.hit_selected) as chosen:
        qtbot.keyClick(talks.search_box, Qt.Key.Key_Return)
    assert chosen.args == ["a", 60.0]


def test_an_answer_to_an_older_query_is_never_shown(talks, session, qtbot, monkeypatch):
    asked, go_on = threading.Event(), threading.Event()
    search = Library.search

    def slow(library, query, limit=50):
        if query == "отпуск":
            asked.set()
            assert go_on.wait(30)
        return search(library, query, limit)

    monkeypatch.setattr(Library, "search", slow)
    answers, model = [], talks.results.model()
    model.modelReset.connect(lambda: answers.extend(getattr(r, "text", "") for r in model.rows))
    talks.search_box.setText("отпуск")
    qtbot.waitUntil(asked.is_set)
    talks.search_box.setText("смета")
    qtbot.waitUntil(lambda: not talks.search_box._timer.isActive())
    go_on.set()
    qtbot.waitUntil(lambda: TEXTS[1] in found(talks))
    assert TEXTS[1] in answers
    assert "Про отпуск." not in answers


def test_nothing_found_names_the_query_and_a_way_back(talks, qtbot):
    talks.search_box.setText("единорог 100%1")
    qtbot.waitUntil(lambda: talks._nothing.isVisible())
    assert "единорог 100%1" in talks._nothing.accessibleName()
    button = next(b for b in talks.findChildren(QPushButton) if b.isVisible())
    button.click()
    assert talks.meetings.isVisible()


def test_hits_of_a_deleted_meeting_go(talks, session, qtbot):
    talks.search_box.setText("бюджет")
    qtbot.waitUntil(lambda: len(found(talks)) == 5)
    change(session, qtbot, lambda library: library.delete_meeting("b"))
    qtbot.waitUntil(lambda: found(talks) == ["Встреча a", TEXTS[0], TEXTS[2]])


def test_a_search_that_fails_is_told(talks, session, qtbot, monkeypatch):
    monkeypatch.setattr(Library, "search", lambda *_: 1 / 0)
    with qtbot.waitSignal(session.noticed):
        talks.search_box.setText("бюджет")


def test_a_long_text_begins_shortly_before_its_hit():
    text = "слово " * 40 + "бюджет растёт"
    at = text.index("бюджет")
    cut, spans = excerpt(text, ((at, at + 6),))
    assert [cut[a:b] for a, b in spans] == ["бюджет"]
    assert cut.startswith("… слово ")
    assert 10 < spans[0][0] < 60


def test_rows_of_a_model_survive_any_change_of_order(qtbot):
    model = LibraryModel()
    rows = [MeetingRow(meeting(f"{i}", i * 20)) for i in range(6)]
    for order in ([0, 1, 2], [2, 3], [3, 2, 5, 0], [], [5, 4, 3, 2, 1, 0]):
        model.set_meetings([rows[i] for i in order])
        assert sorted(r.meeting.id for r in model.meetings) == sorted(str(i) for i in order)
        headers = [row for row in model.rows if isinstance(row, str)]
        assert len(headers) == len(set(headers))
