"""How rows of the queue look, with what can be done to the row under the mouse."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from voicerec_desktop.ui.models.queue_model import QueueModel, QueueRow
from voicerec_desktop.ui.painting import (
    BAR,
    paint_at_end,
    paint_bar,
    paint_icon,
    paint_line,
    paint_row,
    row_box,
    small,
    strong,
)
from voicerec_desktop.ui.theme import SPACE, colours

Index = QModelIndex | QPersistentModelIndex
ICON = 16
GAP = 4
BUTTON = 28  # px, around an icon: easy to hit
LEFT = 28  # px, for the handle or the sign
_STATES = QStyle.StateFlag


class QueueDelegate(QStyledItemDelegate):
    """Paints the rows of a `QueueModel`.

    Signals:
        pressed: an icon of a row was clicked ("hold", "retry" or "cancel", id).
    """

    pressed = Signal(str, str)

    def __init__(self, model: QueueModel, view: QListView) -> None:
        super().__init__(view)
        self._model, self._view = model, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines and a bar."""
        font = self._view.font()
        lines = QFontMetrics(font).height() + QFontMetrics(small(font)).height()
        return QSize(0, lines + SPACE * 7 // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Sign, title, what happens, and how far it is."""
        row = self._model.rows[index.row()]
        option = QStyleOptionViewItem(option)
        if not self._view.hasFocus():
            option.state &= ~_STATES.State_HasFocus
        paint_row(painter, option)
        box = row_box(option)
        self._paint_sign(painter, box, row)
        active = option.state & (_STATES.State_MouseOver | _STATES.State_Selected)
        buttons = _buttons(row) if active else ()
        for name, place in _places(box, buttons):
            inner = (BUTTON - ICON) // 2
            paint_icon(painter, place.adjusted(inner, inner, -inner, -inner), _icon(name, row),
                       colours().text)  # fmt: skip
        right = len(buttons) * BUTTON + SPACE
        self._paint_texts(painter, box.adjusted(LEFT + SPACE // 2, SPACE, -right, -SPACE), row)

    def _paint_sign(self, painter: QPainter, box: QRect, row: QueueRow) -> None:
        c = colours()
        name, colour = "drag", c.muted
        if row.error is not None:
            name, colour = "error", c.bad
        elif row.item.running:
            name, colour = "play", c.accent
        elif row.item.held:
            name = "pause"
        top = box.center().y() - ICON // 2
        paint_icon(painter, QRect(box.left() + SPACE, top, ICON, ICON), name, colour)

    def _paint_texts(self, painter: QPainter, box: QRect, row: QueueRow) -> None:
        c, font, quiet = colours(), strong(self._view.font()), small(self._view.font())
        line, high = QFontMetrics(font).height(), QFontMetrics(quiet).height()
        running = row.item.running and row.error is None
        block = line + 1 + high + (GAP + BAR if running else 0)
        title = QRect(box.left(), box.center().y() - block // 2, box.width(), line)
        paint_line(painter, title, row.item.title, font, c.text)
        below = QRect(box.left(), title.bottom() + 2, box.width(), high)
        if running:
            share = f"{int(row.item.share * 100)}%"
            bar = QRect(below.left(), below.bottom() + GAP, below.width(), BAR)
            paint_bar(painter, bar, row.item.share)
            below = paint_at_end(painter, below, share, quiet, c.accent)
        colour = c.bad if row.error is not None else c.muted
        paint_line(painter, below, self._model.state(row), quiet, colour)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Clicks on the icons of a row."""
        kinds = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)
        if event.type() in kinds and isinstance(event, QMouseEvent):
            name = self._hit(event.position().toPoint(), option, index)
            if name and event.button() == Qt.MouseButton.LeftButton:
                if event.type() == QEvent.Type.MouseButtonRelease:
                    self.pressed.emit(name, self._model.rows[index.row()].item.meeting_id)
                return True
        return super().editorEvent(event, model, option, index)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """What an icon does."""
        if index.isValid() and (name := self._hit(event.pos(), option, index)):
            QToolTip.showText(event.globalPos(), self._name(name, index), view)
            return True
        return super().helpEvent(event, view, option, index)

    def _hit(self, at: QPoint, option: QStyleOptionViewItem, index: Index) -> str:
        row = self._model.rows[index.row()]
        places = _places(row_box(option), _buttons(row))
        return next((name for name, place in places if place.contains(at)), "")

    def _name(self, name: str, index: Index) -> str:
        row = self._model.rows[index.row()]
        if name == "hold":
            return self.tr("Continue") if row.item.held else self.tr("Put on hold")
        if name == "retry":
            return self.tr("Try again")
        return self.tr("Remove from the list") if row.error else self.tr("Cancel")


def _buttons(row: QueueRow) -> tuple[str, ...]:
    return ("retry", "cancel") if row.error is not None else ("hold", "cancel")


def _icon(name: str, row: QueueRow) -> str:
    if name == "hold":
        return "play" if row.item.held else "pause"
    return {"retry": "retry", "cancel": "close"}[name]


def _places(box: QRect, names: tuple[str, ...]) -> list[tuple[str, QRect]]:
    """Where the icons of a row are."""
    left, top = box.right() - SPACE // 2 - BUTTON * len(names), box.center().y() - BUTTON // 2
    return [(n, QRect(left + BUTTON * i, top, BUTTON, BUTTON)) for i, n in enumerate(names)]
