"""Work off the main thread: a few named threads, each with a queue, and tasks that report back.

A task lives on the main thread and is held by its lane until it has reported: an object that
nobody holds never reports (ENGINEERING.md 11). Its signals are emitted on the main thread, after
control has returned to the event loop, so whoever starts a task can connect to it at leisure.
"""

import logging
import sys
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import Cancelled
from voicerec_desktop.ui.garbage import MainThreadGarbage

LANES = ("queue", "asr", "diarization", "io", "adding", "files", "models", "recorder", "minutes")
SWITCH = 1e-4  # s until a lane that computes gives way: the main thread waits for every one of them
log = logging.getLogger(__name__)
Work = Callable[[CancelToken], object]


class Task(QObject):
    """One piece of work. Exactly one of its three signals comes, once.

    Signals:
        finished: what the work returned.
        failed: the exception: a `KnownError`, or a mistake of ours that is in the log.
        cancelled: the work saw its token.
    """

    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    settled = Signal()

    def __init__(self, work: Work, promised: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Work | None = work
        self.promised = promised
        self._cancel = CancelToken()

    def cancel(self) -> None:
        """Ask the work to stop; one that has not begun never begins."""
        self._cancel.cancel()

    def execute(self) -> tuple[object, Exception | None]:
        """Do the work; called on the lane's thread. The one place there that catches all."""
        result, error = None, None
        try:
            self._cancel.check()
            if self._work is not None:
                result = self._work(self._cancel)
        except Exception as exception:
            error = exception
            if not isinstance(exception, Cancelled):
                log.warning("task failed", exc_info=exception)
        return result, error

    def forget(self) -> None:
        """Let go of the work: it may hold the last reference to what owns this task."""
        self._work = None

    def report(self, result: object, error: Exception | None) -> None:
        """Tell what came of it; called on the main thread."""
        if isinstance(error, Cancelled):
            self.cancelled.emit()
        elif error is not None:
            self.failed.emit(error)
        else:
            self.finished.emit(result)
        self.settled.emit()


class _Call:
    """Work for another lane's thread to wait for; the main thread never does."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._ended = threading.Event()
        self._error: BaseException | None = None

    def execute(self) -> None:
        try:
            self._work()
        except BaseException as error:  # it is raised again, or judged, where it is waited for
            self._error = error
        self._ended.set()

    def wait(self) -> BaseException | None:
        """Wait for the end; what the work raised."""
        self._ended.wait()
        return self._error


def _nothing() -> None:
    """Waited for, it tells that all before it is done."""


class _Worker(QObject):
    # Not a signal of the task: that may be deleted on the main thread while it is still emitted.
    ended = Signal(object, object, object)

    @Slot(object)
    def execute(self, task: Task | _Call) -> None:
        if isinstance(task, _Call):
            task.execute()
        else:
            self.ended.emit(task, *task.execute())


class Lane(QObject):
    """One thread that does its tasks one after another."""

    _queued = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks: set[Task] = set()
        self._thread = QThread(self)
        self._thread.setObjectName(name)
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._queued.connect(self._worker.execute, Qt.ConnectionType.QueuedConnection)
        self._worker.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    def start(self, work: Work, promised: bool = False) -> Task:
        """Queue work and return its task.

        Args:
            promised: the user counts on it: it is done even if the program ends before its turn.
        """
        task = Task(work, promised, self)
        self._tasks.add(task)
        self._queued.emit(task)
        return task

    def submit(self, work: Callable[[], None]) -> Callable[[], BaseException | None]:
        """Queue work from another lane's thread; the result waits for it and gives its error."""
        call = _Call(work)
        self._queued.emit(call)
        return call.wait

    @Slot(object, object, object)
    def _on_ended(self, task: Task, result: object, error: Exception | None) -> None:
        task.forget()
        task.report(result, error)
        self._tasks.discard(task)
        task.deleteLater()

    def close(self) -> None:
        """Do what was promised, cancel the rest, and wait for what runs."""
        for task in self._tasks:
            if not task.promised:
                task.cancel()
        if self._thread.isRunning():
            self.submit(_nothing)()
        self._thread.quit()
        self._thread.wait()
        for task in self._tasks:
            task.forget()
        self._tasks.clear()


class Lanes(QObject):
    """The pool: a lane for each scarce thing."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._garbage = MainThreadGarbage(self)
        self._interval = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH)
        self._lanes = {name: Lane(name, self) for name in LANES}

    def __getitem__(self, name: str) -> Lane:
        """The lane with this name."""
        return self._lanes[name]

    def close(self) -> None:
        """Do what was promised, cancel the rest, and wait for what runs."""
        for lane in self._lanes.values():
            lane.close()
        sys.setswitchinterval(self._interval)
        self._garbage.stop()
