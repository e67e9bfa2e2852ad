"""What other programs do to the library, the command line above all, shows in the window soon."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from voicerec_desktop.ui.session import Session

if TYPE_CHECKING:
    from voicerec_desktop.core.model import Meeting
    from voicerec_desktop.store.jobs import Job
    from voicerec_desktop.store.library import Library

LOOK_MS = 2000  # between two looks; a look that finds nothing takes microseconds
State = tuple["list[Meeting]", "list[Job]"]


class OutsideChanges(QObject):
    """Looks now and then whether another connection has written, and tells the session.

    Signals:
        noticed: meetings or queue are not what they were.
    """

    noticed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._version = -1
        self._closed = False
        self._known: State | None = None
        self._timer = QTimer(self, interval=LOOK_MS, singleShot=True)
        self._timer.timeout.connect(self._on_look)
        session.opened.connect(self._on_look)

    def close(self) -> None:
        """Look no longer."""
        self._timer.stop()
        self._closed = True

    @Slot()
    def _on_look(self) -> None:
        if self._closed:
            return
        version = self._version
        task = self._session.run(lambda library: _changes(library, version))
        task.finished.connect(self._on_seen)
        task.settled.connect(self._on_looked)

    @Slot()
    def _on_looked(self) -> None:
        if not self._closed:
            self._timer.start()

    @Slot(object)
    def _on_seen(self, found: tuple[int, State | None]) -> None:
        self._version, state = found
        before, self._known = self._known, state or self._known
        if before is None or state is None or before == state:
            return
        known = {meeting.id: meeting for meeting in before[0]}
        self._session.meetings_changed.emit()
        for meeting in state[0]:
            if known.get(meeting.id, meeting) != meeting:
                self._session.meeting_changed.emit(meeting.id)
        self.noticed.emit()


def _changes(library: "Library", version: int) -> tuple[int, State | None]:
    """The version of what others wrote, and the state where it is not the known one."""
    now = library.version_of_others()
    return now, None if now == version else (library.meetings(), library.jobs())
