"""The meeting that is open: its transcript, what the user does to it, and what comes from work.

Edits are applied in memory at once and stored on the io lane; the views follow the signals.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from voicerec_desktop.core import editing
from voicerec_desktop.core.editing import Edit, EditKind
from voicerec_desktop.core.model import Segment, Transcript
from voicerec_desktop.ui.lanes import Task
from voicerec_desktop.ui.session import Session

if TYPE_CHECKING:
    from voicerec_desktop.store.library import Library

Maker = Callable[[Transcript], Edit | None]


class MeetingDocument(QObject):
    """One meeting, or none.

    Signals:
        loaded: another transcript is shown, or the same one was read anew.
        closed: no meeting is open.
        failed: the meeting cannot be read: the exception.
        edited: an `Edit` was applied (also by undo and redo); `transcript` has it already.
        segments_arrived: new segments at the end while ASR runs: tuple of `Segment`.
        history_changed: what undo and redo would do.
    """

    loaded = Signal()
    closed = Signal()
    failed = Signal(object)
    edited = Signal(object)
    segments_arrived = Signal(object)
    history_changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._meeting_id = ""
        self._reading: Task | None = None  # only the last one asked for counts
        self._late: list[Segment] = []
        self.transcript: Transcript | None = None
        self.peaks: tuple[bytes, ...] = ()
        self.undo_kind: EditKind | None = None
        self.redo_kind: EditKind | None = None
        session.meeting_changed.connect(self._on_meeting_changed)

    @property
    def meeting_id(self) -> str:
        """The open meeting, or ""."""
        return self._meeting_id

    def open(self, meeting_id: str) -> None:
        """Show a meeting; `loaded` or `failed` follows."""
        if not meeting_id:
            self.close()
            return
        if meeting_id != self._meeting_id:
            self._late.clear()
        self._meeting_id = meeting_id
        self._reading = self._session.run(lambda library: _read(library, meeting_id))
        self._reading.finished.connect(self._on_read)
        self._reading.failed.connect(self._on_failed)

    def close(self) -> None:
        """Show nothing."""
        self._meeting_id, self.transcript, self.peaks = "", None, ()
        self._reading = None
        self._late.clear()
        self.undo_kind = self.redo_kind = None
        self.closed.emit()
        self.history_changed.emit()

    @Slot(object)
    def _on_read(self, found: tuple[object, ...]) -> None:
        if self.sender() is not self._reading:
            return  # something newer is on its way, or nothing is open any more
        self._reading = None
        transcript, peaks, undo, redo = found
        assert isinstance(transcript, Transcript)
        self.transcript = transcript
        self.peaks = peaks  # type: ignore[assignment]
        self._set_history(undo, redo)
        late, self._late = tuple(self._late), []
        self.loaded.emit()
        self.append(late)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        """A meeting that cannot be read anew stays as it is; one that never was is not open."""
        if self.sender() is not self._reading:
            return
        self._reading = None
        if self.transcript is None or self.transcript.meeting.id != self._meeting_id:
            self.close()
        self.failed.emit(error)

    @Slot(str)
    def _on_meeting_changed(self, meeting_id: str) -> None:
        if meeting_id == self._meeting_id:
            self.open(meeting_id)

    def append(self, segments: tuple[Segment, ...]) -> None:
        """Add what ASR has just said of the open meeting; the speakers come later."""
        if self._reading is not None:  # what is being read may be from a moment before
            self._late.extend(segments)
        transcript = self.transcript
        if transcript is None or transcript.meeting.id != self._meeting_id or not segments:
            return
        known = {segment.id for segment in transcript.segments[-200:]}
        new = tuple(segment for segment in segments if segment.id not in known)
        if not new:
            return
        rows = editing.Rows(segments=new)
        self.transcript = editing.apply(transcript, Edit(EditKind.TEXT, editing.Rows(), rows))
        self.segments_arrived.emit(new)

    def edit(self, make: Maker) -> bool:
        """Apply what a maker of `core.editing` gives; whether anything changed."""
        transcript = self.transcript
        if transcript is None:
            return False
        edit = make(transcript)
        if edit is None:
            return False
        meeting_id = transcript.meeting.id  # not the one that is only being opened
        self._apply(edit)
        task = self._session.run(lambda lib: lib.apply_edit(meeting_id, edit), promised=True)
        task.failed.connect(self._on_not_stored)
        self._session.expect_changes()
        self._set_history(edit.kind, None)
        if self._reading is not None:  # what is being read does not have it yet
            self.open(self._meeting_id)
        return True

    def undo(self) -> None:
        """Take the last edit back."""
        if self.undo_kind is not None:
            self._step(lambda library, meeting_id: library.undo(meeting_id))

    def redo(self) -> None:
        """Do again what was undone last."""
        if self.redo_kind is not None:
            self._step(lambda library, meeting_id: library.redo(meeting_id))

    def _step(self, step: Callable[["Library", str], Edit | None]) -> Task:
        assert self.transcript is not None
        meeting_id = self.transcript.meeting.id

        def work(library: "Library") -> tuple[object, ...]:
            done = step(library, meeting_id)
            return meeting_id, done, library.undo_kind(meeting_id), library.redo_kind(meeting_id)

        task = self._session.run(work, promised=True)
        task.finished.connect(self._on_stepped)
        task.failed.connect(self._on_not_stored)
        return task

    @Slot(object)
    def _on_stepped(self, found: tuple[object, ...]) -> None:
        meeting_id, done, undo, redo = found
        if self.transcript is None or meeting_id != self.transcript.meeting.id:
            return
        if isinstance(done, Edit):
            self._apply(done)
        self._set_history(undo, redo)

    @Slot(object)
    def _on_not_stored(self, error: Exception) -> None:
        """The database is the truth: say what went wrong and read it again."""
        self._session.report(error)
        self.open(self._meeting_id)

    def _apply(self, edit: Edit) -> None:
        assert self.transcript is not None
        self.transcript = editing.apply(self.transcript, edit)
        self.edited.emit(edit)

    def _set_history(self, undo: object, redo: object) -> None:
        self.undo_kind = undo if isinstance(undo, EditKind) else None
        self.redo_kind = redo if isinstance(redo, EditKind) else None
        self.history_changed.emit()


def _read(library: "Library", meeting_id: str) -> tuple[object, ...]:
    transcript = library.transcript(meeting_id)
    peaks = tuple(library.peaks(track.id) for track in transcript.tracks)
    return transcript, peaks, library.undo_kind(meeting_id), library.redo_kind(meeting_id)
