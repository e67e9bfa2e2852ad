"""Correcting the text of a segment in its place."""

from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from voicerec_desktop.core.model import Segment, Transcript
from voicerec_desktop.ui.notices import Notice
from voicerec_desktop.ui.segment_editor import SegmentEditor
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.transcript_edits import TranscriptEdits
from voicerec_desktop.ui.transcript_table import TranscriptTable
from voicerec_desktop.ui.transcript_text import word_spans


class Correction(QObject):
    """Opens an editor in the table and says to the edits what came of it."""

    def __init__(
        self,
        table: TranscriptTable,
        edits: TranscriptEdits,
        session: Session,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._table, self._edits, self._session = table, edits, session

    @property
    def editor(self) -> SegmentEditor | None:
        """The editor, while one is open."""
        return self._table.editor

    def begin(self, segment: Segment, transcript: Transcript, word: int) -> None:
        """Correct a segment, from one of its words (or -1) on."""
        self.commit()
        table = self._table
        editor = SegmentEditor(segment, transcript.speakers, table.plans.font, table.viewport())
        editor.committed.connect(self._on_committed)
        editor.cancelled.connect(self._on_cancelled)
        editor.split_requested.connect(self._on_split_requested)
        editor.assign_requested.connect(self._on_assign_requested)
        spans = word_spans(segment)
        editor.put_cursor(spans[word][0] if 0 <= word < len(spans) else len(segment.text))
        table.open_editor(editor)

    def commit(self) -> None:
        """Take what is written, and close."""
        if self.editor is not None:
            self.editor.commit()

    def check(self) -> None:
        """The transcript changed: go on if the segment is what it was, else give way."""
        editor = self.editor
        if editor is None:
            return
        now = self._edits.segment(editor.segment.id)
        same = now is not None and now.text == editor.segment.text and not now.dismissed
        if same and now is not None:
            editor.segment = now
            self._table.fit_editor()
        else:
            self.drop()

    def drop(self) -> None:
        """Close without storing, and leave the user what was written."""
        editor = self.editor
        if editor is None:
            return
        text, changed = editor.text, editor.changed
        self._table.close_editor()
        if changed:
            copy = partial(QGuiApplication.clipboard().setText, text)
            told = self.tr("This passage changed while you corrected it. Your text was not saved.")
            self._session.notify(Notice("warning", told, "", (self.tr("Copy my text"), copy)))

    def _close(self) -> str:
        editor = self.editor
        assert editor is not None  # it has just reported
        segment_id = editor.segment.id
        self._table.close_editor()
        return segment_id

    @Slot(str)
    def _on_committed(self, text: str) -> None:
        self._edits.correct(self._close(), text)

    @Slot()
    def _on_cancelled(self) -> None:
        self._close()

    @Slot(str, int)
    def _on_split_requested(self, text: str, cursor: int) -> None:
        self._edits.split_text(self._close(), text, cursor)

    @Slot(str, int, int, int)
    def _on_assign_requested(self, text: str, start: int, end: int, number: int) -> None:
        self._edits.assign_part(self._close(), text, start, end, number)
