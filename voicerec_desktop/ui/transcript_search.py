"""Finding in the open transcript: hits follow edits, the place in the text is kept."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from voicerec_desktop.core import editing
from voicerec_desktop.core.editing import Match
from voicerec_desktop.core.model import Transcript
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.find_bar import FindBar
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.transcript_table import TranscriptTable
from voicerec_desktop.ui.transcript_text import Span, word_after

PAUSE = 120  # ms after the last key before it is looked for


class TranscriptSearch(QObject):
    """Looks for what the bar says, off the main thread, and shows the hits in the table.

    Signals:
        moved: the view stands at another hit.
    """

    moved = Signal()

    def __init__(
        self,
        bar: FindBar,
        table: TranscriptTable,
        document: MeetingDocument,
        session: Session,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._bar, self._table = bar, table
        self._document, self._session = document, session
        self._matches: list[Match] = []
        self._searched: tuple[Transcript | None, str, bool, bool] | None = None
        self._at = -1
        self._place = (0, 0)  # row and character from which to look
        self._moves = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._look)
        bar.query_changed.connect(self._on_query_changed)
        bar.next_requested.connect(self.go_next)
        bar.previous_requested.connect(self.go_previous)
        bar.replace_requested.connect(self._on_replace)
        bar.replace_all_requested.connect(self._on_replace_all)
        bar.closed.connect(self._on_closed)

    @property
    def _wanted(self) -> tuple[Transcript | None, str, bool, bool]:
        bar = self._bar
        return self._document.transcript, bar.query, bar.match_case, bar.whole_words

    def open(self, replace: bool) -> None:
        """Show the bar and look from the row at the top of the view on."""
        self._place = (max(0, self._table.rowAt(0)), 0)
        self._bar.open_bar(replace)
        self._moves = True
        self._look()

    @Slot()
    def refresh(self) -> None:
        """The transcript changed: look again, stay where the view is."""
        if self._bar.isVisible() and self._bar.query:
            self._timer.start()

    @Slot()
    def _on_query_changed(self) -> None:
        if 0 <= self._at < len(self._matches):
            match = self._matches[self._at]
            self._place = (max(0, self._table.rows.row_of(match.segment_id)), match.start)
        self._moves = True
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        self._timer.stop()
        wanted = transcript, query, case, words = self._wanted
        if transcript is None or not query:
            self._show(wanted, [])
            return

        def find(_cancel: object) -> object:
            return wanted, editing.find(transcript, query, match_case=case, whole_words=words)

        task = self._session.lanes["io"].start(find)
        task.finished.connect(self._on_found)
        task.failed.connect(self._session.report)

    @Slot(object)
    def _on_found(
        self, found: tuple[tuple[Transcript | None, str, bool, bool], list[Match]]
    ) -> None:
        wanted, matches = found
        if not self._bar.isVisible():
            return
        if wanted[1:] != self._wanted[1:] or wanted[0] is not self._wanted[0]:
            self._timer.start()
            return
        self._show(wanted, matches)

    def _show(
        self, wanted: tuple[Transcript | None, str, bool, bool], matches: list[Match]
    ) -> None:
        self._searched, self._matches = wanted, matches
        row_of = self._table.rows.row_of
        after = (i for i, m in enumerate(matches) if (row_of(m.segment_id), m.start) >= self._place)
        self._at = next(after, 0 if matches else -1)
        found: dict[str, list[Span]] = {}
        for match in matches:
            found.setdefault(match.segment_id, []).append((match.start, match.end))
        self._table.painter.marks.found = found
        self._mark(self._moves)
        self._moves = False

    def _mark(self, moves: bool) -> None:
        """Show where the search stands."""
        marks = self._table.painter.marks
        marks.found_now = None
        if self._at >= 0:
            match = self._matches[self._at]
            marks.found_now = match.segment_id, (match.start, match.end)
            row = self._table.rows.row_of(match.segment_id)
            self._place = (row, match.start)
            if moves and row >= 0:
                spans = self._table.plans.laid(row).spans
                self._table.jump_to(row, word_after(spans, match.start))
                self.moved.emit()
        query = self._bar.query
        self._bar.show_hits((self._at + 1, len(self._matches)) if query else None)
        self._table.viewport().update()

    @Slot()
    def go_next(self) -> None:
        """Go to the hit after this one; after the last comes the first."""
        self._go(1)

    @Slot()
    def go_previous(self) -> None:
        """Go to the hit before this one."""
        self._go(-1)

    def _go(self, step: int) -> None:
        if not self._bar.isVisible():
            self.open(False)
        elif self._is_stale():
            self._moves = True
            self._look()
        elif self._matches:
            self._at = (self._at + step) % len(self._matches)
            self._mark(True)

    def _is_stale(self) -> bool:
        """Whether the hits belong to another text or query."""
        searched, wanted = self._searched, self._wanted
        return searched is None or searched[0] is not wanted[0] or searched[1:] != wanted[1:]

    @Slot(str)
    def _on_replace(self, replacement: str) -> None:
        if self._is_stale() or self._at < 0:
            return
        match = self._matches[self._at]
        self._document.edit(
            lambda t: editing.replace(t, [match], replacement),
            partial(self._on_replaced, match, replacement),
        )

    def _on_replaced(self, match: Match, replacement: str, done: bool) -> None:
        if done:
            row = self._table.rows.row_of(match.segment_id)
            self._place, self._moves = (row, match.start + len(replacement)), True
            self._look()
        else:
            self._go(1)

    @Slot(str)
    def _on_replace_all(self, replacement: str) -> None:
        if self._is_stale() or not self._matches:
            return
        matches = list(self._matches)
        self._document.edit(
            lambda t: editing.replace(t, matches, replacement), self._on_all_replaced
        )

    def _on_all_replaced(self, done: bool) -> None:
        if done:
            self._look()

    @Slot()
    def _on_closed(self) -> None:
        self._timer.stop()
        marks, table = self._table.painter.marks, self._table
        if marks.found_now is not None:
            row = table.rows.row_of(marks.found_now[0])
            if row >= 0:
                table.set_current(row)
        marks.found, marks.found_now = {}, None
        self._matches, self._searched, self._at = [], None, -1
        table.viewport().update()
        table.setFocus()
