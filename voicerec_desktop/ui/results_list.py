"""The list of what a search found."""

from PySide6.QtCore import QEvent, QModelIndex, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from voicerec_desktop.ui.library_delegate import HitDelegate
from voicerec_desktop.ui.models.search_model import Found, FoundMeeting, SearchModel
from voicerec_desktop.ui.rows_view import RowsView


class ResultsList(RowsView):
    """Meetings, each with its hits.

    Signals:
        hit_chosen: a place in a meeting (id, seconds).
        meeting_chosen: a meeting (id).
    """

    hit_chosen = Signal(str, float)
    meeting_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hits = SearchModel(self)
        self.setModel(self._hits)
        self.setItemDelegate(HitDelegate(self._hits, self))
        self.clicked.connect(self._on_chosen)
        self.entered_row.connect(self._on_chosen)
        self._retranslate()

    def show_found(self, found: Found) -> None:
        """Show what was found; the first hit is the current one."""
        self._hits.set_found(found)
        self.scrollToTop()
        if stops := self._hits.stops():
            self._go_to(stops[0])

    def step(self, step: int) -> None:
        """Go to the next (1) or the last (-1) hit."""
        if stops := self._hits.stops():
            at = self.currentIndex().row()
            place = stops.index(at) + step if at in stops else 0
            self._go_to(stops[max(0, min(len(stops) - 1, place))])

    def choose(self) -> None:
        """Choose the current hit."""
        self._on_chosen(self.currentIndex())

    def _go_to(self, row: int) -> None:
        self.setCurrentIndex(self._hits.index(row, 0))
        if row == 1:  # with the title above it
            self.scrollToTop()

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        row = self._hits.rows[index.row()]
        if isinstance(row, FoundMeeting):
            self.meeting_chosen.emit(row.meeting_id)
        else:
            self.hit_chosen.emit(row.meeting_id, row.start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hits are broken into lines by the width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Search results"))
        self.viewport().update()
