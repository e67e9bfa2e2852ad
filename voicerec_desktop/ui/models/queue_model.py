"""The queue: what runs, what waits, and what failed since the window was opened."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QCoreApplication, QMimeData, QObject, Qt, Signal

from voicerec_desktop.core.errors import KnownError
from voicerec_desktop.core.model import Stage
from voicerec_desktop.error_texts import window_text
from voicerec_desktop.ui.i18n import current_language, duration, fill
from voicerec_desktop.ui.models.rows_model import Index, RowsModel

if TYPE_CHECKING:
    from voicerec_desktop.ui.queue_runner import QueueItem

MIME = "application/x-voicerec-job"
_ROLES = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A meeting in the queue, or one that failed. `error`: why."""

    item: "QueueItem"
    error: Exception | None = None

    @property
    def waits(self) -> bool:
        """Whether it has its turn yet to come."""
        return self.error is None and not self.item.running


class QueueModel(RowsModel):
    """Rows are `QueueRow`s: running, waiting in their order, failed.

    Signals:
        moved: the user dragged a meeting before another one (ids; "" for the end).
    """

    moved = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paused = False
        self._jobs: Sequence[QueueItem] = ()
        self._seen: dict[str, QueueItem] = {}  # a job may be gone before its failure is told
        self._failed: dict[str, QueueRow] = {}

    def key(self, row: Any) -> Hashable:
        """A meeting is in the queue once."""
        return str(row.item.meeting_id)

    def set_jobs(self, jobs: "Sequence[QueueItem]", paused: bool) -> None:
        """Show these jobs; what failed stays until it went well or is dismissed."""
        self._jobs = jobs
        self._seen.update((job.meeting_id, job) for job in jobs)
        self._show()
        if paused != self._paused:
            self._paused = paused
            self.tell_all_changed()

    def set_job(self, job: "QueueItem") -> None:
        """Show how far a job is."""
        place = self.place(job.meeting_id)
        if place >= 0 and self.rows[place].error is None:
            self.rows[place] = QueueRow(job)
            self.tell_changed(place)

    def add_failure(self, meeting_id: str, error: Exception) -> None:
        """Keep a meeting that has just failed."""
        if meeting_id in self._seen:
            self._failed[meeting_id] = QueueRow(self._seen[meeting_id], error)
            self._jobs = [job for job in self._jobs if job.meeting_id != meeting_id]
            self._show()

    def dismiss(self, meeting_id: str) -> None:
        """Forget that a meeting failed."""
        if self._failed.pop(meeting_id, None) is not None:
            self._show()

    def _show(self) -> None:
        waiting = [QueueRow(job) for job in self._jobs if not job.running]
        running = [QueueRow(job) for job in self._jobs if job.running]
        known = {job.meeting_id for job in self._jobs}  # tried again: shown as what it is now
        failed = [row for key, row in self._failed.items() if key not in known]
        self.set_rows([*running, *waiting, *failed])

    def row(self, index: Index) -> QueueRow | None:
        """The row at an index."""
        inside = 0 <= index.row() < len(self.rows)
        return self.rows[index.row()] if inside else None

    def after(self, place: int) -> str:
        """The waiting meeting that is at a place or after it, or ""."""
        later = (row for row in self.rows[max(0, place) :] if row.waits)
        found = next(later, None)
        return found.item.meeting_id if found is not None else ""

    # what views get to see

    def data(self, index: Index, role: int = _ROLES.DisplayRole) -> Any:
        """Titles, and whole sentences for those who listen instead of looking."""
        row = self.rows[index.row()]
        if role == _ROLES.DisplayRole:
            return row.item.title
        if role == _ROLES.AccessibleTextRole:
            return f"{row.item.title}, {self.state(row)}"
        if role == _ROLES.ToolTipRole:
            return f"{row.item.title}\n{self.state(row)}"
        return None

    def state(self, row: QueueRow) -> str:
        """What happens to a meeting, in words."""
        if isinstance(row.error, KnownError):
            return window_text(row.error, current_language())
        if row.error is not None:
            return self.tr("Something went wrong. The log has the details.")
        if row.item.running:
            return progress_text(row.item)
        if row.item.held:
            return self.tr("On hold")
        return self.tr("Waiting: the queue is paused") if self._paused else self.tr("Waiting")

    # dragging

    def flags(self, index: Index) -> Qt.ItemFlag:
        """What waits can be dragged between others."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        row = self.row(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if row is not None and row.waits else flags

    def supportedDropActions(self) -> Qt.DropAction:
        """Jobs only move."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Files that are dropped here are for the window."""
        return [MIME]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        """The dragged meeting."""
        data = QMimeData()
        data.setData(MIME, QByteArray(self.rows[indexes[0].row()].item.meeting_id.encode()))
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Ask for the move; the queue tells when it is done."""
        if not data.hasFormat(MIME) or action != Qt.DropAction.MoveAction:
            return False
        meeting_id = bytes(data.data(MIME).data()).decode()
        before = self.after(row) if row >= 0 else ""
        if before != meeting_id:
            self.moved.emit(meeting_id, before)
        return True


def progress_text(item: "QueueItem") -> str:
    """Stage and remaining time of a running meeting."""
    left = left_text(item.seconds_left)
    return f"{stage_text(item.stage)} · {left}" if left else stage_text(item.stage)


def stage_text(stage: str) -> str:
    """A stage in plain words."""
    translate = QCoreApplication.translate
    texts = {
        Stage.RECORD.value: translate("QueueModel", "Recording"),
        Stage.DECODE.value: translate("QueueModel", "Reading sound"),
        Stage.ASR.value: translate("QueueModel", "Recognising speech"),
        Stage.DIARIZATION.value: translate("QueueModel", "Telling speakers apart"),
        Stage.ATTRIBUTION.value: translate("QueueModel", "Putting together"),
        Stage.MINUTES.value: translate("QueueModel", "Writing minutes"),
    }
    return texts.get(stage) or translate("QueueModel", "Starting")


def left_text(seconds: float | None) -> str:
    """The remaining time in words, "" where nobody knows."""
    translate = QCoreApplication.translate
    if seconds is None:
        return ""
    if seconds < 60:
        return translate("QueueModel", "less than a minute left")
    return fill(translate("QueueModel", "about %1 left"), duration(seconds))
