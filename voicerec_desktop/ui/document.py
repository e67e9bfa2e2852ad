"""The meeting that is open: its transcript, what the user does to it, and what comes from work.

Edits are applied in memory at once and stored on the io lane; the views follow the signals.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from voicerec_desktop.core import editing
from voicerec_desktop.core.editing import Edit, EditKind
from voicerec_desktop.core.model import Segment, Transcript
from voicerec_desktop.ui.session import Session

if TYPE_CHECKING:
    from voicerec_desktop.core.cancel import CancelToken
    from voicerec_desktop.store.library import Library
    from voicerec_desktop.ui.lanes import Task

Maker = Callable[[Transcript], Edit | None]
Told = Callable[[bool], None]
LONG = 1000  # segments, or words of one: what is done to longer ones takes more than a frame


@dataclass(frozen=True, slots=True)
class _Step:
    """What the user wants done with the transcript.

    Attributes:
        make: gives the edit; nothing for what only the library knows.
        take: takes it from the library, which has it then: undo and redo.
        then: is told whether anything changed.
        stored: the library has this edit already.
    """

    make: Maker | None = None
    take: Callable[["Library", str], Edit | None] | None = None
    then: Told | None = None
    stored: bool = False


@dataclass(frozen=True, slots=True)
class _Made:
    """What came of a step: the edit, the transcript before and after, and what undo would do."""

    before: Transcript
    edit: Edit | None
    after: Transcript
    history: tuple[EditKind | None, EditKind | None] | None = None


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
        self._steps: deque[_Step] = deque()
        self._working: Task | None = None  # at the first step
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
        if meeting_id != self._meeting_id:
            self.finish()
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
        self._reading = self._working = None
        self._late.clear()
        self._steps.clear()
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
        if self._steps and self._steps[0].stored:  # what was read has it
            self._steps.popleft()
            self._working = None
        late, self._late = tuple(self._late), []
        self.loaded.emit()
        self.append(late)
        self._go_on()

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

    def edit(self, make: Maker, then: Told | None = None) -> None:
        """Do what a maker of `core.editing` gives, after all that was asked for before.

        Args:
            make: pure; it is called on a lane where the transcript is long.
            then: is told on the main thread whether anything changed.
        """
        self._add(_Step(make, then=then))

    def undo(self) -> None:
        """Take the last edit back."""
        if self.undo_kind is not None or self._steps:
            self._add(_Step(take=lambda library, meeting_id: library.undo(meeting_id)))

    def redo(self) -> None:
        """Do again what was undone last."""
        if self.redo_kind is not None or self._steps:
            self._add(_Step(take=lambda library, meeting_id: library.redo(meeting_id)))

    def finish(self) -> None:
        """Let the library do what still waits: another meeting comes, or the program ends."""
        steps, meeting_id = list(self._steps), self._shown_id
        if self._working is not None and steps[0].take is not None:
            steps = steps[1:]  # that one is promised already
        self._steps.clear()
        self._working = None
        if steps and meeting_id:
            task = self._session.run(partial(_store_all, meeting_id, steps), promised=True)
            task.failed.connect(self._session.report)
            self._session.expect_changes()

    @property
    def _shown_id(self) -> str:
        """The meeting whose transcript is here, while another one may be on its way."""
        return self.transcript.meeting.id if self.transcript is not None else ""

    def _add(self, step: _Step) -> None:
        if self.transcript is not None:
            self._steps.append(step)
            self._go_on()
        elif step.then is not None:
            step.then(False)

    def _go_on(self) -> None:
        """Do the next steps: short ones here, else one on the io lane."""
        while self._steps and self._working is None and self.transcript is not None:
            step, transcript = self._steps[0], self.transcript
            if step.take is not None:
                work = partial(_taken, step.take, transcript)
                self._working = self._session.run(work, promised=True)
            elif step.make is not None and _is_long(transcript):
                make = partial(_made, step.make, transcript)
                self._working = self._session.lanes["io"].start(make)
            elif step.make is not None:
                self._steps.popleft()
                self._take(step, _made(step.make, transcript))
                continue
            assert self._working is not None
            self._working.finished.connect(self._on_made)
            self._working.failed.connect(self._on_not_made)

    @Slot(object)
    def _on_made(self, made: _Made) -> None:
        if self.sender() is not self._working:
            return  # it was left to the library, or its meeting is gone
        self._working = None
        step = self._steps.popleft()
        if made.before is self.transcript:
            self._take(step, made)
        else:  # segments arrived, or it was read anew: the same on top of that
            again = step
            if step.take is not None:
                self._set_history(*(made.history or (None, None)))
                again = _Step(lambda _: made.edit, stored=True)
            self._steps.appendleft(again)
        self._go_on()

    @Slot(object)
    def _on_not_made(self, error: Exception) -> None:
        if self.sender() is self._working:
            self._working = None
            self._steps.popleft()
            self._on_not_stored(error)
            self._go_on()

    def _take(self, step: _Step, made: _Made) -> None:
        """Show what came of a step, and have it stored."""
        edit, meeting_id = made.edit, made.after.meeting.id
        if edit is not None:
            self.transcript = made.after
            self.edited.emit(edit)
        if edit is not None and step.take is None and not step.stored:
            task = self._session.run(lambda lib: lib.apply_edit(meeting_id, edit), promised=True)
            task.failed.connect(self._on_not_stored)
            self._session.expect_changes()
            self._set_history(edit.kind, None)
            if self._reading is not None:  # what is being read does not have it yet
                self.open(self._meeting_id)
        if made.history is not None:
            self._set_history(*made.history)
        if step.then is not None:
            step.then(edit is not None)

    @Slot(object)
    def _on_not_stored(self, error: Exception) -> None:
        """The database is the truth: say what went wrong and read it again."""
        self._session.report(error)
        self.open(self._meeting_id)

    def _set_history(self, undo: object, redo: object) -> None:
        self.undo_kind = undo if isinstance(undo, EditKind) else None
        self.redo_kind = redo if isinstance(redo, EditKind) else None
        self.history_changed.emit()


def _read(library: "Library", meeting_id: str) -> tuple[object, ...]:
    transcript = library.transcript(meeting_id)
    peaks = tuple(library.peaks(track.id) for track in transcript.tracks)
    return transcript, peaks, library.undo_kind(meeting_id), library.redo_kind(meeting_id)


def _is_long(transcript: Transcript) -> bool:
    segments = transcript.segments
    return len(segments) > LONG or any(len(segment.words) > LONG for segment in segments)


def _made(make: Maker, transcript: Transcript, _cancel: "CancelToken | None" = None) -> _Made:
    edit = make(transcript)
    return _Made(transcript, edit, editing.apply(transcript, edit) if edit else transcript)


def _taken(
    take: Callable[["Library", str], Edit | None], transcript: Transcript, library: "Library"
) -> _Made:
    meeting_id = transcript.meeting.id
    edit = take(library, meeting_id)
    after = editing.apply(transcript, edit) if edit else transcript
    history = library.undo_kind(meeting_id), library.redo_kind(meeting_id)
    return _Made(transcript, edit, after, history)


def _store_all(meeting_id: str, steps: Sequence[_Step], library: "Library") -> None:
    for step in steps:
        if step.take is not None:
            step.take(library, meeting_id)
        elif step.make is not None and not step.stored:
            edit = step.make(library.transcript(meeting_id))
            if edit is not None:
                library.apply_edit(meeting_id, edit)
