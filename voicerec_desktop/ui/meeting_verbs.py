"""What can be done with a whole meeting: rename, delete, export, copy, transcribe again."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from voicerec_desktop.ui.actions import Actions
from voicerec_desktop.ui.dialogs import confirm
from voicerec_desktop.ui.dialogs.export_dialog import ExportDialog, copy_as
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.queue_runner import QueueRunner
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.speaker_badge import speaker_name
from voicerec_desktop.ui.transcript_view import TranscriptView

if TYPE_CHECKING:
    from voicerec_desktop.store.library import Library


class MeetingVerbs(QObject):
    """Does what menus, header and library ask for."""

    def __init__(
        self,
        document: MeetingDocument,
        session: Session,
        runner: QueueRunner,
        transcript: TranscriptView,
        actions: Actions,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._document, self._session, self._runner = document, session, runner
        self._transcript, self._window = transcript, window
        self._speakers = actions.speaker
        self._doomed: set[str] = set()
        for ended in (runner.finished, runner.cancelled, runner.failed):
            ended.connect(self._on_work_ended)
        for name, slot in (
            ("undo", document.undo),
            ("redo", document.redo),
            ("export", self.export),
            ("copy_text", self._on_copy_text),
            ("copy_markdown", self._on_copy_markdown),
            ("find", self._on_find),
            ("replace", self._on_replace),
            ("edit_text", transcript.edit_current),
            ("split", transcript.split_here),
            ("join", transcript.join_selected),
            ("doubt", transcript.toggle_doubt),
            ("retry", self.retry),
        ):
            actions[name].triggered.connect(slot)
        # Later, for it asks: who pressed it, a screen reader say, waits for no answer.
        actions["delete"].triggered.connect(self._on_delete, Qt.ConnectionType.QueuedConnection)
        self._speakers.aboutToShow.connect(self._on_speakers_shown)

    @Slot(str)
    def rename(self, title: str) -> None:
        """Give the open meeting a title."""
        self.rename_meeting(self._document.meeting_id, title)

    @Slot(str, str)
    def rename_meeting(self, meeting_id: str, title: str) -> None:
        """Give any meeting a title."""
        task = self._session.change(lambda lib: lib.update_meeting(meeting_id, title=title))
        task.finished.connect(self._session.meetings_changed)
        if meeting_id == self._document.meeting_id:
            self._document.open(meeting_id)

    @Slot()
    def retry(self) -> None:
        """Transcribe the open meeting again, with the settings of now."""
        self._runner.retry(self._document.meeting_id)

    @Slot()
    def cancel(self) -> None:
        """Stop the work on the open meeting."""
        self._runner.cancel(self._document.meeting_id)

    @Slot()
    def _on_delete(self) -> None:
        self.delete([self._document.meeting_id])

    @Slot(object)
    def delete(self, meeting_ids: Sequence[str]) -> None:
        """Delete meetings for ever, after asking."""
        question = self.tr("Delete %n meeting(s)?", "", len(meeting_ids))
        text = self.tr(
            "Text, speakers and our own recordings are deleted for ever, from the backups as well."
            " Files that you opened stay where they are."
        )
        if meeting_ids and confirm.ask(
            self._window, question, text, self.tr("Delete"), danger=True
        ):
            self._delete(list(meeting_ids))

    def _delete(self, meeting_ids: list[str]) -> None:
        if self._document.meeting_id in meeting_ids:
            self._document.close()
        running = self._runner.running_id
        if running in meeting_ids:  # it goes as soon as the work on it has stopped
            self._doomed.add(running)
            self._runner.cancel(running)
        home, at_once = self._session.home, [i for i in meeting_ids if i != running]

        def delete(library: "Library") -> None:
            from voicerec_desktop.store.deletion import delete_meeting

            for meeting_id in at_once:
                delete_meeting(library, home, meeting_id)

        if at_once:
            task = self._session.change(delete)
            task.settled.connect(self._session.meetings_changed)
            task.settled.connect(self._runner.refresh)

    @Slot(str)
    def _on_work_ended(self, meeting_id: str) -> None:
        if meeting_id in self._doomed:
            self._doomed.remove(meeting_id)
            self._delete([meeting_id])

    @Slot()
    def export(self) -> None:
        """Open the export dialog."""
        dialog = ExportDialog(self._document, self._session, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @Slot()
    def _on_copy_text(self) -> None:
        copy_as(self._document, self._session, "txt")

    @Slot()
    def _on_copy_markdown(self) -> None:
        copy_as(self._document, self._session, "md")

    @Slot()
    def _on_find(self) -> None:
        self._transcript.show_find(replace=False)

    @Slot()
    def _on_replace(self) -> None:
        self._transcript.show_find(replace=True)

    @Slot()
    def _on_speakers_shown(self) -> None:
        menu, transcript = self._speakers, self._document.transcript
        menu.clear()
        speakers = transcript.speakers if transcript else ()
        for speaker in speakers:
            self._add_speaker(speaker_name(speaker), speaker.number)
        new = max((speaker.number for speaker in speakers), default=0) + 1
        self._add_speaker(self.tr("Somebody new"), new)

    def _add_speaker(self, name: str, number: int) -> None:
        key = f"\t{number}" if number <= 9 else ""
        action = self._speakers.addAction(name.replace("&", "&&") + key)
        action.setData(number)
        action.triggered.connect(self._on_assign)

    @Slot()
    def _on_assign(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self._transcript.assign(int(action.data()))
