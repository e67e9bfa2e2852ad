"""The left panel: search over all meetings, and the meetings by date."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from voicerec_desktop.ui.i18n import fill
from voicerec_desktop.ui.meeting_list import MeetingList
from voicerec_desktop.ui.models.library_model import LibraryModel
from voicerec_desktop.ui.models.search_model import MOST_HITS, Found, find
from voicerec_desktop.ui.notices import Notice
from voicerec_desktop.ui.results_list import ResultsList
from voicerec_desktop.ui.search_box import SearchBox
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.states import StateView
from voicerec_desktop.ui.theme import SPACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicerec_desktop.store.library import Library
    from voicerec_desktop.store.meetings import MeetingRow
    from voicerec_desktop.ui.lanes import Task


class LibraryView(QWidget):
    """All meetings, and what a search found in them.

    Signals:
        meeting_selected: another meeting is to be shown (its id), or none ("").
        hit_selected: a place in a meeting is to be shown (id, seconds).
        open_requested: the user wants to open files.
        delete_requested: ids.
        retry_requested, export_requested: an id.
        rename_requested: a new title for a meeting (id, title).
    """

    meeting_selected = Signal(str)
    hit_selected = Signal(str, float)
    open_requested = Signal()
    delete_requested = Signal(list)
    retry_requested = Signal(str)
    export_requested = Signal(str)
    rename_requested = Signal(str, str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._reading = self._stale = False
        self._asked = 0  # searches so far: older answers are dropped
        self._search_task: Task | None = None
        self._found = Found("")
        self._model = LibraryModel(self)
        self.search_box, self._summary = SearchBox(), QLabel()
        self.meetings, self.results = MeetingList(self._model), ResultsList()
        self._nothing, self._empty = StateView(), StateView()
        self._stack = QStackedWidget()
        self._midnight = QTimer(self, singleShot=True)
        self._lay_out()
        self._connect()
        self._retranslate()
        self._wait_for_midnight()
        if session.is_open:
            self._refresh()

    def _lay_out(self) -> None:
        self.setProperty("panel", True)
        self._summary.setProperty("muted", True)
        self._summary.setContentsMargins(SPACE // 2, 0, 0, 0)
        self._summary.hide()
        for page in (self.meetings, self.results, self._empty, self._nothing):
            self._stack.addWidget(page)
        top = QVBoxLayout()
        top.setContentsMargins(SPACE, SPACE, SPACE, 0)
        top.setSpacing(SPACE // 2)
        top.addWidget(self.search_box)
        top.addWidget(self._summary)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(top)
        column.addWidget(self._stack)
        self.setFocusProxy(self.meetings)

    def _connect(self) -> None:
        self._session.meetings_changed.connect(self._on_meetings_changed)
        self._midnight.timeout.connect(self._on_midnight)
        self._model.retitled.connect(self.rename_requested)
        self.meetings.meeting_selected.connect(self.meeting_selected)
        self.meetings.delete_requested.connect(self.delete_requested)
        self.meetings.retry_requested.connect(self.retry_requested)
        self.meetings.export_requested.connect(self.export_requested)
        self.meetings.file_requested.connect(self._on_file_requested)
        self.results.meeting_chosen.connect(self._on_meeting_chosen)
        self.results.hit_chosen.connect(self._on_hit_chosen)
        self.search_box.asked.connect(self._on_asked)
        self.search_box.stepped.connect(self._on_stepped)
        self.search_box.entered.connect(self._on_entered)

    # what the window asks for

    def focus_search(self) -> None:
        """Put the keyboard into the search box, with what is there selected."""
        self.search_box.setFocus()
        self.search_box.selectAll()

    def select(self, meeting_id: str) -> None:
        """Select a meeting, as soon as the list has it; "" for none."""
        self.meetings.select(meeting_id)

    def selected_id(self) -> str:
        """The selected meeting, or ""."""
        return self.meetings.selected_id()

    def set_progress(self, meeting_id: str, share: float) -> None:
        """Show how far the work on a meeting is, 0 to 1."""
        if self._model.set_share(meeting_id, share):
            self.meetings.repaint_row(meeting_id)

    # the meetings

    @Slot()
    def _on_meetings_changed(self) -> None:
        self._refresh()

    def _refresh(self) -> None:
        """Read the meetings; what changes while that lasts is read once more after it."""
        if self._reading:
            self._stale = True
            return
        self._reading, self._stale = True, False
        task = self._session.run(_meeting_rows)
        task.finished.connect(self._on_read)
        task.failed.connect(self._session.report)
        task.settled.connect(self._on_read_settled)

    @Slot(object)
    def _on_read(self, rows: "Sequence[MeetingRow]") -> None:
        self.meetings.update_meetings(rows)
        known = {row.meeting.id for row in rows}
        if any(meeting.meeting_id not in known for meeting, _ in self._found.meetings):
            self._on_asked(self.search_box.query)  # one of them was deleted
        self._show_page()

    @Slot()
    def _on_read_settled(self) -> None:
        self._reading = False
        if self._stale:
            self._refresh()

    def _show_page(self) -> None:
        page: QWidget = self.meetings
        if self.search_box.query and self._found.query:
            page = self.results if self._found.meetings else self._nothing
        elif not self._model.rows:
            page = self._empty
        self._stack.setCurrentWidget(page)
        self._summary.setVisible(page is self.results)

    def _wait_for_midnight(self) -> None:
        now = datetime.now()
        morning = datetime.combine(now.date() + timedelta(days=1), datetime.min.time())
        self._midnight.start(int((morning - now).total_seconds() * 1000) + 1000)

    @Slot()
    def _on_midnight(self) -> None:
        self.meetings.update_meetings(self._model.meetings)
        self._wait_for_midnight()

    @Slot(str)
    def _on_file_requested(self, meeting_id: str) -> None:
        task = self._session.run(lambda library: _file_of(library, meeting_id))
        task.finished.connect(self._on_file_found)
        task.failed.connect(self._session.report)

    @Slot(object)
    def _on_file_found(self, found: tuple[str, bool]) -> None:
        path, is_there = found
        if is_there:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(path).parent)))
            return
        text = fill(self.tr("“%1” is not there any more."), path)
        self._session.notify(Notice("warning", text, "file_gone"))

    # the search

    @Slot(str)
    def _on_asked(self, query: str) -> None:
        self._asked += 1
        if self._search_task is not None:
            self._search_task.cancel()
            self._search_task = None
        if not query:
            self._show_found(Found(""))
            return
        number, rows = self._asked, self._model.meetings
        task = self._session.run(lambda library: (number, find(library, query, rows)))
        task.finished.connect(self._on_found)
        task.failed.connect(self._session.report)
        task.settled.connect(self._on_search_settled)
        self._search_task = task

    @Slot()
    def _on_search_settled(self) -> None:
        if self.sender() is self._search_task:
            self._search_task = None

    @Slot(object)
    def _on_found(self, answer: tuple[int, Found]) -> None:
        number, found = answer
        if number == self._asked:
            self._show_found(found)

    def _show_found(self, found: Found) -> None:
        self._found = found
        self.results.show_found(found)
        self._write_found()
        self._show_page()
        if not found.query:
            self.meetings.scrollTo(self.meetings.currentIndex())

    @Slot(int)
    def _on_stepped(self, step: int) -> None:
        if self._stack.currentWidget() is self.meetings:
            self.meetings.setFocus()
        else:
            self.results.step(step)

    @Slot()
    def _on_entered(self) -> None:
        if self._search_task is not None:  # Enter came before the answer
            self._search_task.finished.connect(self._on_found_late)
        elif self._stack.currentWidget() is self.results:
            self.results.choose()

    @Slot(object)
    def _on_found_late(self, answer: tuple[int, Found]) -> None:
        if answer[0] == self._asked and answer[1].meetings:
            self.results.choose()

    @Slot(str)
    def _on_meeting_chosen(self, meeting_id: str) -> None:
        self.meetings.select(meeting_id)
        self.meeting_selected.emit(meeting_id)

    @Slot(str, float)
    def _on_hit_chosen(self, meeting_id: str, seconds: float) -> None:
        self.meetings.select(meeting_id)
        self.hit_selected.emit(meeting_id, seconds)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the search from everywhere."""
        if event.key() == Qt.Key.Key_Escape and self.search_box.text():
            self.search_box.clear()
            self.search_box.setFocus()
        else:
            super().keyPressEvent(event)

    # looks

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Library"))
        text = self.tr("Drop audio or video files here, or open them.")
        button = (self.tr("Open files…"), self.open_requested.emit)
        self._empty.set_state("open", self.tr("No meetings yet"), text, [button])
        self._write_found()

    def _write_found(self) -> None:
        found = self._found
        text = self.tr("%n match(es)", "", found.hits)
        if found.hits >= MOST_HITS:
            text = self.tr("The best %n match(es)", "", found.hits)
        self._summary.setText(text)
        headline = fill(self.tr("Nothing found for “%1”"), found.query)
        hint = self.tr("Try fewer words, or another form of them.")
        button = (self.tr("Clear the search"), self.search_box.clear)
        self._nothing.set_state("search", headline, hint, [button], primary=-1)


def _meeting_rows(library: "Library") -> "list[MeetingRow]":
    return library.meeting_rows()


def _file_of(library: "Library", meeting_id: str) -> tuple[str, bool]:
    path = library.tracks(meeting_id)[0].path
    return path, Path(path).is_file()
