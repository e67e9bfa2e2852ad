"""The moments that the user marked: click to listen, change or delete."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QMenu, QWidget

from voicerec_desktop.core.ids import new_id
from voicerec_desktop.core.model import Mark
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.i18n import clock
from voicerec_desktop.ui.icons import icon
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.theme import SPACE

if TYPE_CHECKING:
    from voicerec_desktop.store.library import Library

_MARK = Qt.ItemDataRole.UserRole


class MarksPanel(QListWidget):
    """Marks of the open meeting, in order of time.

    Signals:
        seek_requested: a place to listen to, seconds.
        counted: how many there are.
    """

    seek_requested = Signal(float)
    counted = Signal(int)

    def __init__(
        self, document: MeetingDocument, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._session = document, session
        self._showing = False
        self.setWordWrap(True)
        self.setAcceptDrops(False)
        self.setSpacing(SPACE // 4)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.itemClicked.connect(self._on_clicked)
        self.itemActivated.connect(self._on_clicked)
        self.itemChanged.connect(self._on_changed)
        self.customContextMenuRequested.connect(self._on_menu)
        document.loaded.connect(self._show)
        document.closed.connect(self._show)
        self._retranslate()

    @Slot()
    def _show(self) -> None:
        transcript = self._document.transcript
        marks = transcript.marks if transcript is not None else ()
        self._showing = True
        self.clear()
        for mark in marks:
            self._put(mark)
        self._showing = False
        self.counted.emit(len(marks))

    def _put(self, mark: Mark) -> None:
        item = QListWidgetItem(icon("mark"), _text(mark))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        item.setData(_MARK, mark)
        item.setData(Qt.ItemDataRole.EditRole, _text(mark))
        self.addItem(item)

    def add(self, seconds: float) -> None:
        """Mark a moment of the open meeting."""
        meeting_id, mark = self._document.meeting_id, Mark(new_id(), seconds)
        if meeting_id:
            self._store(lambda library: library.add_mark(meeting_id, mark))

    def _store(self, work: Callable[["Library"], object]) -> None:
        task = self._session.change(work)
        task.finished.connect(self._on_stored)

    @Slot(object)
    def _on_stored(self, _result: object) -> None:
        self._session.meeting_changed.emit(self._document.meeting_id)

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.seek_requested.emit(item.data(_MARK).at)

    @Slot(QListWidgetItem)
    def _on_changed(self, item: QListWidgetItem) -> None:
        """What is typed is the note; the time before it stays."""
        if self._showing:
            return
        mark: Mark = item.data(_MARK)
        note = " ".join(item.text().removeprefix(clock(mark.at)).split())
        changed = Mark(mark.id, mark.at, note)
        self._store(lambda library: library.update_mark(changed))

    def _delete(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            mark_id = item.data(_MARK).id
            self._store(lambda library: library.delete_mark(mark_id))

    @Slot(QPoint)
    def _on_menu(self, point: QPoint) -> None:
        item = self.itemAt(point)
        if item is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        edit = menu.addAction(icon("edit"), self.tr("Change the note"))
        delete = menu.addAction(icon("delete"), self.tr("Delete the mark"))
        edit.triggered.connect(lambda: self.editItem(item))
        delete.triggered.connect(lambda: self._delete(item))
        menu.popup(self.viewport().mapToGlobal(point))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes a mark away."""
        if event.key() == Qt.Key.Key_Delete:
            self._delete(self.currentItem())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._show()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Marks"))


def _text(mark: Mark) -> str:
    return f"{clock(mark.at)}  {mark.note}".rstrip()
