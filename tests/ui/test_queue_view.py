"""The queue: what it shows, and what the user does to it; with the real runner where that tells."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolButton

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.model import Meeting, MeetingStatus, Track, TrackKind
from voicerec_desktop.core.process_options import ProcessOptions
from voicerec_desktop.ui.queue_runner import QueueItem, QueueRunner
from voicerec_desktop.ui.queue_view import QueueStrip, QueueView
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.theme import LIGHT

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen one

RUNNING = QueueItem("a", "Встреча a", running=True, stage="asr", share=0.42, seconds_left=260.0)
WAITING = tuple(QueueItem(name, f"Встреча {name}") for name in "bcd")


class ScriptedRunner(QObject):
    """A runner that does what it is told to at once and never works."""

    changed = Signal()
    progressed = Signal(str)
    finished = Signal(str)
    failed = Signal(str, object)

    def __init__(self, *jobs: QueueItem):
        super().__init__()
        self.jobs, self.paused, self.retried = jobs, False, []

    def set_jobs(self, *jobs: QueueItem) -> None:
        self.jobs = jobs
        self.changed.emit()

    def cancel(self, meeting_id):
        self.set_jobs(*(j for j in self.jobs if j.meeting_id != meeting_id))

    def hold(self, meeting_id, held):
        jobs = [replace(j, held=held) if j.meeting_id == meeting_id else j for j in self.jobs]
        self.set_jobs(*jobs)

    def move(self, meeting_id, before):
        (moved,) = [j for j in self.jobs if j.meeting_id == meeting_id]
        rest = [j for j in self.jobs if j.meeting_id != meeting_id]
        ids = [j.meeting_id for j in rest]
        rest.insert(ids.index(before) if before else len(rest), moved)
        self.set_jobs(*rest)

    def retry(self, meeting_id):
        self.retried.append(meeting_id)
        self.set_jobs(*self.jobs, QueueItem(meeting_id, f"Встреча {meeting_id}"))

    def set_paused(self, paused):
        self.paused = paused
        self.changed.emit()


@pytest.fixture(autouse=True)
def _somebody_listens():
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def scripted(session):
    return ScriptedRunner(RUNNING, *WAITING)


@pytest.fixture
def real(home, qapp, qtbot):
    """A real runner, paused, whose queue holds b, c, d: files that are not there."""
    session = Session(home)
    session.update_settings(app_language="en", theme="light")
    runner = QueueRunner(session)
    runner.set_paused(True)

    def put(library):
        for name in "bcd":
            meeting = Meeting(name, f"Встреча {name}", "2026-11-20T09:00:00+00:00")
            library.add_meeting(meeting, [Track(f"{name}-t", name, TrackKind.FILE, "/no/such.wav")])
            library.add_job(name, ProcessOptions())

    with qtbot.waitSignal(session.run(put).finished):
        pass
    session.open()
    qtbot.waitUntil(lambda: len(runner.jobs) == 3)
    yield session, runner
    runner.close()
    session.close()


@pytest.fixture(params=["scripted", "real"])
def either(request):
    """A session and a runner in whose queue b, c and d wait: the scripted one, or the real one."""
    if request.param == "real":
        return request.getfixturevalue("real")
    return request.getfixturevalue("session"), ScriptedRunner(*WAITING)


def show(qtbot, widget):
    qtbot.addWidget(widget)
    widget.resize(560, 480)
    widget.show()
    widget.activateWindow()
    return widget


@pytest.fixture
def view(session, scripted, qtbot):
    return show(qtbot, QueueView(session, scripted))


def said(view) -> list[str]:
    """What somebody hears who cannot see the list."""
    listened = QAccessible.queryAccessibleInterface(view.list)
    return [listened.child(i).text(QAccessible.Text.Name) for i in range(listened.childCount())]


def order(runner) -> str:
    return "".join(job.meeting_id for job in runner.jobs)


def go_to(view, meeting_id: str) -> None:
    model = view.list.model()
    view.list.setFocus()
    view.list.setCurrentIndex(model.index(model.place(meeting_id), 0))


def tool(view, name: str) -> QToolButton:
    buttons = view.findChildren(QToolButton)
    return next(b for b in buttons if b.defaultAction() and b.defaultAction().objectName() == name)


def test_rows_say_in_plain_words_what_happens_and_how_long_it_takes(view, scripted):
    scripted.set_jobs(WAITING[0], replace(WAITING[1], held=True), RUNNING)
    assert said(view) == [
        "Встреча a, Recognising speech · about 4 min left",
        "Встреча b, Waiting",
        "Встреча c, On hold",
    ]


@pytest.mark.parametrize(
    ("stage", "left", "words"),
    [
        ("", None, "Starting"),
        ("decode", None, "Reading sound"),
        ("asr", 30.0, "Recognising speech · less than a minute left"),
        ("diarization", 4000.0, "Telling speakers apart · about 1 h 7 min left"),
        ("attribution", None, "Putting together"),
    ],
)
def test_each_stage_has_a_name(view, scripted, stage, left, words):
    scripted.set_jobs(replace(RUNNING, stage=stage, seconds_left=left))
    assert said(view) == [f"Встреча a, {words}"]


def test_progress_moves_the_bar_and_leaves_all_other_rows_alone(view, scripted):
    told = QSignalSpy(view.list.model().dataChanged)

    def bar(share: float) -> int:
        scripted.jobs = (replace(RUNNING, share=share), *WAITING)
        scripted.progressed.emit("a")
        box = view.list.visualRect(view.list.model().index(0, 0))
        image, accent = view.list.viewport().grab(box).toImage(), QColor(LIGHT.accent)
        return max(
            sum(image.pixelColor(x, y) == accent for x in range(40, image.width()))
            for y in range(image.height() * 2 // 3, image.height())
        )

    assert bar(0.25) * 2.5 < bar(0.75) < view.list.width()
    assert {told.at(i)[0].row() for i in range(told.count())} == {0}


def test_alt_with_arrows_moves_a_waiting_meeting_and_the_choice_goes_with_it(either, qtbot):
    session, runner = either
    view = show(qtbot, QueueView(session, runner))
    go_to(view, "b")
    alt = Qt.KeyboardModifier.AltModifier
    for wanted in ("cbd", "cdb"):
        qtbot.keyClick(view.list, Qt.Key.Key_Down, alt)
        qtbot.waitUntil(lambda wanted=wanted: order(runner) == wanted)
        assert view.list.currentIndex().data() == "Встреча b"
    assert not tool(view, "down").isEnabled()
    qtbot.keyClick(view.list, Qt.Key.Key_Up, alt)
    qtbot.waitUntil(lambda: order(runner) == "cbd")


def test_nothing_moves_above_what_runs(view, qtbot):
    go_to(view, "b")
    assert not tool(view, "up").isEnabled()
    go_to(view, "a")
    assert not tool(view, "down").isEnabled()
    go_to(view, "c")
    assert tool(view, "up").isEnabled()


def drop(view, data: QMimeData, at: QPoint) -> bool:
    """Let go of what is dragged over the list, as the platform tells it."""
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    move = Qt.DropAction.MoveAction
    for event in (
        QDragEnterEvent(at, move, data, left, none),
        QDropEvent(QPointF(at), move, data, left, none),
    ):
        QApplication.sendEvent(view.list.viewport(), event)
    return event.isAccepted()


def test_a_meeting_dragged_between_others_takes_that_place(either, qtbot):
    session, runner = either
    view = show(qtbot, QueueView(session, runner))
    model = view.list.model()
    data = model.mimeData([model.index(2, 0)])
    second = view.list.visualRect(model.index(1, 0))
    assert drop(view, data, QPoint(second.center().x(), second.top() + 1))
    qtbot.waitUntil(lambda: order(runner) == "bdc")
    data = model.mimeData([model.index(0, 0)])
    below = view.list.visualRect(model.index(2, 0)).bottom() + 40
    assert drop(view, data, QPoint(second.center().x(), below))
    qtbot.waitUntil(lambda: order(runner) == "dcb")


def test_files_dropped_on_the_list_are_left_to_the_window(view):
    data = QMimeData()
    data.setText("file:///a.wav")
    assert not drop(view, data, QPoint(50, 50))


def test_what_runs_and_what_failed_cannot_be_dragged(view, scripted):
    scripted.failed.emit("c", KnownError(ErrorCode.DISK_FULL, path="/x"))
    model = view.list.model()
    drag = Qt.ItemFlag.ItemIsDragEnabled
    flags = {model.index(i, 0).data()[-1]: model.index(i, 0).flags() for i in range(4)}
    assert [name for name in "abcd" if flags[name] & drag] == ["b", "d"]


def test_hold_and_cancel_by_keyboard(either, qtbot):
    session, runner = either
    view = show(qtbot, QueueView(session, runner))
    go_to(view, "c")
    for held in (True, False):
        qtbot.keyClick(view.list, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda held=held: runner.jobs[1].held == held)
    qtbot.keyClick(view.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: order(runner) == "bd")
    qtbot.waitUntil(lambda: len(said(view)) == 2)


def test_icons_of_the_row_under_the_mouse_hold_and_cancel_that_row(view, scripted, qtbot):
    def click(meeting_id: str, from_right: int) -> None:
        model = view.list.model()
        box = view.list.visualRect(model.index(model.place(meeting_id), 0))
        at = QPoint(box.right() - from_right, box.center().y())
        qtbot.mouseClick(view.list.viewport(), Qt.MouseButton.LeftButton, pos=at)

    click("c", 50)
    assert scripted.jobs[2].held
    click("c", 50)
    assert not scripted.jobs[2].held
    click("b", 22)
    assert order(scripted) == "acd"
    click("c", 200)
    assert order(scripted) == "acd"


def test_every_action_is_a_button_with_a_name_too(view, scripted):
    go_to(view, "c")
    names = {b.defaultAction().text() for b in view.findChildren(QToolButton) if b.defaultAction()}
    assert names == {"Move up", "Move down", "Put on hold", "Try again", "Cancel"}
    tool(view, "hold").click()
    assert tool(view, "hold").defaultAction().text() == "Continue"
    tool(view, "cancel").click()
    assert order(scripted) == "abd"


def test_a_failed_meeting_stays_with_its_reason_until_it_is_tried_again(view, scripted, qtbot):
    scripted.cancel("b")  # the job is gone before the failure is told
    scripted.failed.emit("b", KnownError(ErrorCode.OUT_OF_MEMORY))
    assert said(view)[-1].startswith("Встреча b, There is not enough memory.")
    go_to(view, "b")
    qtbot.keyClick(view.list, Qt.Key.Key_R)
    assert scripted.retried == ["b"]
    assert said(view)[-1] == "Встреча b, Waiting"
    scripted.cancel("b")
    scripted.finished.emit("b")
    assert not any("Встреча b" in row for row in said(view))


def test_a_failure_can_be_dismissed_and_one_of_ours_is_told_without_details(view, scripted, qtbot):
    scripted.failed.emit("b", ZeroDivisionError("oops"))
    assert said(view)[-1] == "Встреча b, Something went wrong. The log has the details."
    go_to(view, "b")
    qtbot.keyClick(view.list, Qt.Key.Key_Delete)
    assert not any("Встреча b" in row for row in said(view))


def test_a_file_that_is_gone_fails_in_the_real_queue_and_can_be_tried_again(real, qtbot):
    session, runner = real
    view = show(qtbot, QueueView(session, runner))
    strip = show(qtbot, QueueStrip(session, runner))
    qtbot.mouseClick(view.pause_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(said(view)) == 3 and all("/no/such.wav" in s for s in said(view)))
    qtbot.waitUntil(strip.isHidden)
    qtbot.waitUntil(lambda: not runner.busy)
    runner.set_paused(True)
    go_to(view, "c")
    tool(view, "retry").click()
    qtbot.waitUntil(lambda: order(runner) == "c")
    assert said(view)[0] == "Встреча c, Waiting: the queue is paused"
    task = session.run(lambda library: library.meeting("c").status)
    with qtbot.waitSignal(task.finished) as status:
        pass
    assert status.args == [MeetingStatus.QUEUED]


def test_the_queue_can_be_paused_and_goes_on(view, scripted, qtbot):
    assert view.pause_button.text() == "Pause all"
    qtbot.mouseClick(view.pause_button, Qt.MouseButton.LeftButton)
    assert scripted.paused
    assert view.pause_button.text() == "Resume"
    assert said(view)[1] == "Встреча b, Waiting: the queue is paused"
    qtbot.mouseClick(view.pause_button, Qt.MouseButton.LeftButton)
    assert not scripted.paused
    assert said(view)[1] == "Встреча b, Waiting"


def test_an_empty_queue_says_so(view, scripted):
    scripted.set_jobs()
    assert view._empty.isVisible()
    assert not any(b.isVisible() for b in view.findChildren(QAbstractButton))
    scripted.set_jobs(*WAITING)
    assert view.list.isVisible()


@pytest.fixture
def strip(session, scripted, qtbot):
    return show(qtbot, QueueStrip(session, scripted))


def test_the_strip_tells_what_runs_and_is_not_there_when_nothing_does(strip, scripted):
    assert strip.isVisible()
    assert strip.accessibleName().startswith("Queue: Встреча a")
    assert strip.accessibleDescription() == "Recognising speech · about 4 min left"
    scripted.jobs = (replace(RUNNING, stage="diarization", seconds_left=None), *WAITING)
    scripted.progressed.emit("a")
    assert strip.accessibleDescription() == "Telling speakers apart"
    scripted.set_jobs(*WAITING)
    scripted.set_paused(True)
    assert strip.lines() == ("The queue is paused", "3 recordings waiting")
    scripted.set_jobs()
    assert strip.isHidden()


def test_the_strip_opens_the_queue_by_mouse_and_keyboard(strip, qtbot):
    for press in (
        lambda: qtbot.mouseClick(strip, Qt.MouseButton.LeftButton),
        lambda: qtbot.keyClick(strip, Qt.Key.Key_Space),
    ):
        with qtbot.waitSignal(strip.clicked):
            press()


def test_the_strip_counts_those_that_wait(strip, scripted):
    def end():
        box = strip.rect().adjusted(strip.width() - 60, 4, 0, -strip.height() // 2)
        return strip.grab(box).toImage()

    three = end()
    assert strip.accessibleName() == "Queue: Встреча a, 3 recordings waiting"
    scripted.set_jobs(RUNNING)
    assert strip.accessibleName() == "Queue: Встреча a"
    assert end() != three
