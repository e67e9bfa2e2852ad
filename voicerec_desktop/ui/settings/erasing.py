"""Deletes all meetings, one after another, while the window stays alive."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.ui.session import Session

if TYPE_CHECKING:
    from voicerec_desktop.store.library import Library


class Erasing(QObject):
    """All meetings, deleted for ever. Each is a task of its own, so others get their turn.

    Signals:
        progressed: meetings done, and in all.
        ended: how many are deleted, how many are kept because somebody works on them, and
            the files that may still hold words.
        failed: the exception; what was deleted before is gone.
    """

    progressed = Signal(int, int)
    ended = Signal(int, int, object)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ids: Sequence[str] = ()
        self._at = self._kept = 0
        self._left: set[Path] = set()

    def start(self) -> None:
        """Begin."""
        task = self._session.run(lambda library: [m.id for m in library.meetings()])
        task.finished.connect(self._on_listed)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_listed(self, ids: Sequence[str]) -> None:
        self._ids = ids
        self._next()

    def _next(self) -> None:
        self.progressed.emit(self._at, len(self._ids))
        if self._at == len(self._ids):
            self._session.meetings_changed.emit()
            self.ended.emit(self._at - self._kept, self._kept, sorted(self._left))
            return
        task = self._session.run(partial(_delete, self._session, self._ids[self._at]))
        task.finished.connect(self._on_deleted)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_deleted(self, left: list[Path] | None) -> None:
        if left is not None:  # who shows it closes it
            self._session.meeting_changed.emit(self._ids[self._at])
        self._at += 1
        self._kept += left is None
        self._left.update(left or ())
        self._next()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._session.meetings_changed.emit()
        self.failed.emit(error)


def _delete(session: Session, meeting_id: str, library: "Library") -> list[Path] | None:
    """Delete a meeting; None where it is kept, because somebody works on it."""
    from voicerec_desktop.store.deletion import delete_meeting

    try:
        return delete_meeting(library, session.home, meeting_id)
    except KnownError as error:
        if error.code == ErrorCode.MEETING_BUSY:
            return None
        if error.code == ErrorCode.MEETING_UNKNOWN:
            return []  # another program was faster
        raise
