"""How rows of the library look: date headers, meetings, and what a search found."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from voicerec_desktop.core.model import MeetingStatus
from voicerec_desktop.ui.models.library_model import LibraryModel
from voicerec_desktop.ui.models.search_model import FoundMeeting, SearchModel, excerpt
from voicerec_desktop.ui.painting import (
    BAR,
    paint_at_end,
    paint_bar,
    paint_icon,
    paint_line,
    paint_marked,
    paint_row,
    row_box,
    small,
    strong,
)
from voicerec_desktop.ui.theme import SPACE, colours

if TYPE_CHECKING:
    from voicerec_desktop.store.meetings import MeetingRow
    from voicerec_desktop.store.search import SearchHit

Index = QModelIndex | QPersistentModelIndex
PADDING = SPACE * 3 // 2
ICON = 14
GAP = 2
BEFORE_IN_TITLE = 10  # characters of context: a title has one line
_ICONS = {
    MeetingStatus.RECORDING: "microphone",
    MeetingStatus.QUEUED: "clock",
    MeetingStatus.PROCESSING: "",
    MeetingStatus.FAILED: "error",
    MeetingStatus.INTERRUPTED: "warning",
}


def _inner(option: QStyleOptionViewItem) -> QRect:
    """The box of what is read in a row."""
    return row_box(option).adjusted(PADDING - SPACE // 2, SPACE - 1, -SPACE, 1 - SPACE)


def _bare(option: QStyleOptionViewItem, view: QListView) -> QStyleOptionViewItem:
    """The option with the focus only where the keyboard is."""
    made = QStyleOptionViewItem(option)
    if not view.hasFocus():
        made.state &= ~QStyle.StateFlag.State_HasFocus
    return made


class MeetingDelegate(QStyledItemDelegate):
    """Paints the rows of a `LibraryModel`."""

    def __init__(self, model: LibraryModel, view: QListView) -> None:
        super().__init__(view)
        self._model, self._view = model, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines, or one for headers."""
        line = QFontMetrics(self._view.font()).height()
        if isinstance(self._model.rows[index.row()], str):
            return QSize(0, line + SPACE * 2)
        return QSize(0, line * 2 + SPACE * 5 // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A header, or a meeting."""
        row = self._model.meeting_row(index)
        if row is None:
            text = self._model.header_text(self._model.rows[index.row()])
            box = option.rect.adjusted(PADDING, SPACE, -SPACE, -2)
            font = strong(small(self._view.font()))
            paint_line(painter, box, text, font, colours().muted)
            return
        option = _bare(option, self._view)
        paint_row(painter, option)
        box = _inner(option)
        half = box.height() // 2
        title = QRect(box.left(), box.top(), box.width(), half)
        font = strong(self._view.font())
        paint_line(painter, title, row.meeting.title, font, colours().text)
        self._paint_details(painter, box.adjusted(0, half, 0, 0), row)

    def _paint_details(self, painter: QPainter, box: QRect, row: "MeetingRow") -> None:
        status, font, whole = row.meeting.status, small(self._view.font()), QRect(box)
        if word := self._model.status_text(row):
            colour = status_colour(status)
            if name := _ICONS[status]:
                top = box.top() + (box.height() - ICON) // 2
                paint_icon(painter, QRect(box.left(), top, ICON, ICON), name, colour)
                box = box.adjusted(ICON + SPACE // 2, 0, 0, 0)
            width = paint_line(painter, box, word, font, colour)
            box = box.adjusted(width, 0, 0, 0)
        rest = self._model.details(row)
        paint_line(painter, box, f" · {rest}" if word else rest, font, colours().muted)
        share = self._model.share(row.meeting.id)
        if status == MeetingStatus.PROCESSING and share is not None:
            paint_bar(painter, QRect(whole.left(), whole.bottom() + 2, whole.width(), BAR), share)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> QLineEdit:
        """The title can be typed over."""
        editor = QLineEdit(parent)
        editor.setAccessibleName(self.tr("Title"))
        return editor

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed."""
        assert isinstance(editor, QLineEdit)
        model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """All over the row."""
        editor.setGeometry(row_box(option))


class HitDelegate(QStyledItemDelegate):
    """Paints the rows of a `SearchModel`."""

    def __init__(self, model: SearchModel, view: QListView) -> None:
        super().__init__(view)
        self._model, self._view = model, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A title, or a source and one or two lines of text."""
        row, font = self._model.rows[index.row()], self._view.font()
        line = QFontMetrics(font).height()
        if isinstance(row, FoundMeeting):
            return QSize(0, line + SPACE * 5 // 2)
        text, _ = excerpt(row.text, row.highlights)
        room = self._view.viewport().width() - PADDING * 2 - SPACE
        lines = 1 if QFontMetrics(font).horizontalAdvance(text) <= room else 2
        return QSize(0, QFontMetrics(small(font)).height() + line * lines + SPACE * 2 + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A meeting that has hits, or a hit."""
        option = _bare(option, self._view)
        row = self._model.rows[index.row()]
        paint_row(painter, option)
        if isinstance(row, FoundMeeting):
            self._paint_meeting(painter, option, row)
        else:
            self._paint_hit(painter, option, row)

    def _paint_meeting(
        self, painter: QPainter, option: QStyleOptionViewItem, row: FoundMeeting
    ) -> None:
        font, quiet = strong(self._view.font()), small(self._view.font())
        box, day = _inner(option), self._model.day(row)
        line = QFontMetrics(font).height()
        box = QRect(box.left(), box.center().y() - line // 2, box.width(), line)
        box = paint_at_end(painter, box, day, quiet, colours().muted)
        if row.spans:
            paint_marked(painter, box, *excerpt(row.title, row.spans, BEFORE_IN_TITLE), font)
        else:
            paint_line(painter, box, row.title, font, colours().text)

    def _paint_hit(self, painter: QPainter, option: QStyleOptionViewItem, hit: "SearchHit") -> None:
        font, quiet = self._view.font(), small(self._view.font())
        box, high = _inner(option), QFontMetrics(quiet).height()
        source = QRect(box.left(), box.top(), box.width(), high)
        paint_line(painter, source, self._model.source(hit), quiet, colours().muted)
        text, spans = excerpt(hit.text, hit.highlights)
        paint_marked(painter, box.adjusted(0, high + GAP, 0, GAP), text, spans, font)


def status_colour(status: MeetingStatus) -> str:
    """The colour of a status; its word stands beside it."""
    c = colours()
    return {
        MeetingStatus.RECORDING: c.bad,
        MeetingStatus.PROCESSING: c.accent,
        MeetingStatus.FAILED: c.bad,
        MeetingStatus.INTERRUPTED: c.warning,
    }.get(status, c.muted)
