"""The list of meetings: choosing, renaming, deleting, and what else can be done to one."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from voicerec_desktop.core.model import MeetingStatus
from voicerec_desktop.ui.icons import icon
from voicerec_desktop.ui.library_delegate import MeetingDelegate
from voicerec_desktop.ui.models.library_model import LibraryModel
from voicerec_desktop.ui.rows_view import RowsView

if TYPE_CHECKING:
    from voicerec_desktop.store.meetings import MeetingRow

PAUSE_MS = 150  # while an arrow key is held down, meetings on the way are not opened
_STOPPED = (MeetingStatus.FAILED, MeetingStatus.INTERRUPTED)


class MeetingList(RowsView):
    """The meetings of a `LibraryModel`.

    Signals:
        meeting_selected: another meeting is the selected one, or "" for none.
        delete_requested: ids.
        retry_requested, export_requested, file_requested: an id.
    """

    meeting_selected = Signal(str)
    delete_requested = Signal(list)
    retry_requested = Signal(str)
    export_requested = Signal(str)
    file_requested = Signal(str)
    own_keys = (Qt.Key.Key_F2, Qt.Key.Key_Delete)

    def __init__(self, model: LibraryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meetings = model
        self._selected = ""
        self._wanted = ""  # asked for, but not in the list yet
        self._updating = self._repeating = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._on_settled)
        self.setModel(model)
        self.setItemDelegate(MeetingDelegate(model, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.entered_row.connect(self._on_entered)
        self._retranslate()

    def selected_id(self) -> str:
        """The selected meeting, or ""."""
        return self._selected

    def selected_ids(self) -> list[str]:
        """All selected meetings, from the top."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self._meetings.key(self._meetings.rows[row]) for row in rows]  # type: ignore[misc]

    def select(self, meeting_id: str) -> None:
        """Select a meeting, now or as soon as it is in the list; "" for none.

        Nothing is announced: whoever asks for it knows.
        """
        place = self._meetings.place(meeting_id)
        self._wanted = "" if place >= 0 else meeting_id
        if place >= 0 or not meeting_id:
            self._choose(place)
            self._selected = meeting_id

    def update_meetings(self, rows: "Sequence[MeetingRow]") -> None:
        """Show these meetings; selection and reading position stay."""
        before, at = self._selected, self._meetings.place(self._selected)
        anchor = self._anchor()
        self._updating = True
        self._meetings.set_meetings(rows)
        self._updating = False
        self._hold(anchor)
        if self._wanted and self._meetings.place(self._wanted) >= 0:
            self.select(self._wanted)
        elif before and self._meetings.place(before) < 0:
            self.select(self._neighbour(at))
            self.meeting_selected.emit(self._selected)

    def _neighbour(self, place: int) -> str:
        """The meeting that took the place of one that is gone, or the one above, or ""."""
        rows = self._meetings.rows
        for at in (*range(place, len(rows)), *range(min(place, len(rows)) - 1, -1, -1)):
            if not isinstance(rows[at], str):
                return str(rows[at].meeting.id)
        return ""

    def _choose(self, place: int) -> None:
        self._updating = True
        if place < 0:
            self.clearSelection()
        else:
            self.setCurrentIndex(self._meetings.index(place, 0))
            self.scrollTo(self.currentIndex())
        self._updating = False

    def _anchor(self) -> tuple[object, int] | None:
        """The row at the top and where it is; None at the very top, where new rows are to show."""
        top = self.indexAt(QPoint(4, 1))
        if not top.isValid() or self.verticalScrollBar().value() == 0:
            return None
        return self._meetings.key(self._meetings.rows[top.row()]), self.visualRect(top).top()

    def _hold(self, anchor: tuple[object, int] | None) -> None:
        place = -1 if anchor is None else self._meetings.place(anchor[0])
        if anchor is not None and place >= 0:
            now = self.visualRect(self._meetings.index(place, 0)).top()
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + now - anchor[1])

    def repaint_row(self, meeting_id: str) -> None:
        """Paint one row anew, with no new layout of all."""
        place = self._meetings.place(meeting_id)
        if place >= 0:
            self.viewport().update(self.visualRect(self._meetings.index(place, 0)))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """One selected meeting is the one to show; several stay as they are."""
        super().selectionChanged(selected, deselected)
        if self._updating:
            return
        self._wanted = ""
        if self._repeating:
            self._timer.start()
        else:
            self._timer.stop()
            self._on_settled()

    @Slot()
    def _on_settled(self) -> None:
        ids = self.selected_ids()
        if len(ids) == 1 and ids[0] != self._selected:
            self._selected = ids[0]
            self.meeting_selected.emit(ids[0])

    @Slot(QModelIndex)
    def _on_entered(self, index: QModelIndex) -> None:
        if (row := self._meetings.meeting_row(index)) is not None:
            self._selected = row.meeting.id
            self.meeting_selected.emit(row.meeting.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 renames, Delete deletes."""
        self._repeating = event.isAutoRepeat()
        if event.key() == Qt.Key.Key_F2 and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and (ids := self.selected_ids()):
            self.delete_requested.emit(ids)
        else:
            super().keyPressEvent(event)
        self._repeating = False

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done to the selected meetings."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        row = self._meetings.meeting_row(index)
        if row is None:
            return
        menu = self.make_menu(row)
        below = self.visualRect(index).center()
        menu.popup(event.globalPos() if by_mouse else self.viewport().mapToGlobal(below))

    def make_menu(self, row: "MeetingRow") -> QMenu:
        """The menu of a meeting, or of all selected ones."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        many = len(self.selected_ids())
        if many > 1:
            text = self.tr("Delete %n meeting(s)…", "", many)
            self._add(menu, "delete", text, self._on_delete)
            return menu
        self._add(menu, "open", self.tr("Open"), self._on_open)
        self._add(menu, "edit", self.tr("Rename"), self._on_rename)
        if row.meeting.status in _STOPPED:
            self._add(menu, "retry", self.tr("Try again"), self._on_retry)
        menu.addSeparator()
        ready = row.meeting.status not in (MeetingStatus.QUEUED, MeetingStatus.RECORDING)
        export = self._add(menu, "export", self.tr("Export…"), self._on_export)
        export.setEnabled(ready)
        self._add(menu, "folder", self.tr("Show file"), self._on_file)
        menu.addSeparator()
        self._add(menu, "delete", self.tr("Delete…"), self._on_delete)
        return menu

    def _add(self, menu: QMenu, name: str, text: str, slot: Callable[[], None]) -> QAction:
        action = menu.addAction(icon(name), text)
        action.setObjectName(name)
        action.triggered.connect(slot)
        return action

    def _current_id(self) -> str:
        row = self._meetings.meeting_row(self.currentIndex())
        return row.meeting.id if row is not None else ""

    @Slot()
    def _on_open(self) -> None:
        self._on_entered(self.currentIndex())

    @Slot()
    def _on_rename(self) -> None:
        self.edit(self.currentIndex())

    @Slot()
    def _on_retry(self) -> None:
        self.retry_requested.emit(self._current_id())

    @Slot()
    def _on_export(self) -> None:
        self.export_requested.emit(self._current_id())

    @Slot()
    def _on_file(self) -> None:
        self.file_requested.emit(self._current_id())

    @Slot()
    def _on_delete(self) -> None:
        self.delete_requested.emit(self.selected_ids())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Meetings"))
        self._meetings.tell_all_changed()
