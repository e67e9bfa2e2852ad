"""What the queue tells while it works: to the open meeting, to the list, to the user."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from voicerec_desktop.core.errors import KnownError
from voicerec_desktop.core.model import Segment
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.i18n import fill
from voicerec_desktop.ui.library_view import LibraryView
from voicerec_desktop.ui.meeting_header import MeetingHeader
from voicerec_desktop.ui.notices import Notice
from voicerec_desktop.ui.queue_runner import QueueRunner
from voicerec_desktop.ui.session import Session


class WorkNews(QObject):
    """Passes on the news of a `QueueRunner`.

    Signals:
        meeting_requested: the user is to see this meeting.
    """

    meeting_requested = Signal(str)

    def __init__(
        self,
        runner: QueueRunner,
        session: Session,
        document: MeetingDocument,
        library: LibraryView,
        header: MeetingHeader,
    ) -> None:
        super().__init__(runner)
        self._runner, self._session, self._document = runner, session, document
        self._library, self._header = library, header
        runner.added.connect(self._on_added)
        runner.started.connect(session.meeting_changed)
        runner.progressed.connect(self._on_progressed)
        runner.changed.connect(self.show_progress)
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_failed)
        runner.segments_arrived.connect(self._on_segments_arrived)

    @Slot(object)
    def _on_added(self, meeting_ids: Sequence[str]) -> None:
        if meeting_ids:
            self.meeting_requested.emit(meeting_ids[0])
        if len(meeting_ids) > 1:
            text = self.tr("%n recording(s) are in the queue.", "", len(meeting_ids))
            self._session.notify(Notice("good", text, "added"))

    @Slot()
    def show_progress(self) -> None:
        """Show in its header how far the work on the open meeting is."""
        self._header.show_progress(self._runner.item(self._document.meeting_id))

    @Slot(str)
    def _on_progressed(self, meeting_id: str) -> None:
        item = self._runner.item(meeting_id)
        if item is None:
            return
        self._library.set_progress(meeting_id, item.share)
        if meeting_id == self._document.meeting_id:
            self._header.show_progress(item)

    @Slot(str, object)
    def _on_segments_arrived(self, meeting_id: str, segments: tuple[Segment, ...]) -> None:
        if meeting_id == self._document.meeting_id:
            self._document.append(segments)

    @Slot(str)
    def _on_finished(self, meeting_id: str) -> None:
        item = self._runner.item(meeting_id)
        if meeting_id != self._document.meeting_id and item is not None:
            text = fill(self.tr("“%1” is ready."), item.title)
            action = (self.tr("Show"), lambda: self.meeting_requested.emit(meeting_id))
            self._session.notify(Notice("good", text, "ready", action))

    @Slot(str, object)
    def _on_failed(self, meeting_id: str, error: Exception) -> None:
        if meeting_id != self._document.meeting_id and isinstance(error, KnownError):
            self._session.report(error)
