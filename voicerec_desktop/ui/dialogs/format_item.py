"""Rows of a list with a title and a muted line below it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from voicerec_desktop.ui.theme import SMALL, SPACE, colours

RADIUS = 6
Index = QModelIndex | QPersistentModelIndex


class FormatDelegate(QStyledItemDelegate):
    """Draws title and hint. `hint`: the role of the hint."""

    def __init__(self, hint: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines and the air around them."""
        title, hint = _fonts(option.font)
        height = QFontMetrics(title).height() + QFontMetrics(hint).height() + 2 * SPACE
        return QSize(0, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Background by state, then the lines."""
        c = colours()
        state, flags = option.state, QStyle.StateFlag
        rect = option.rect.adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & flags.State_Selected)
        if selected or state & flags.State_MouseOver:
            painter.setBrush(QColor(c.selected if selected else c.raised))
            focus = selected and bool(state & flags.State_HasFocus)
            painter.setPen(QPen(QColor(c.accent), 1) if focus else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        self._draw_texts(painter, rect.adjusted(SPACE, 0, -SPACE, 0), option.font, index)
        painter.restore()

    def _draw_texts(self, painter: QPainter, rect: QRect, font: QFont, index: Index) -> None:
        title, hint = _fonts(font)
        align = Qt.AlignmentFlag
        half = rect.height() // 2
        top, bottom = rect.adjusted(0, 0, 0, -half), rect.adjusted(0, half, 0, 0)
        for text, drawn, colour, place, side in (
            (index.data(), title, colours().text, top, align.AlignBottom),
            (index.data(self._hint), hint, colours().muted, bottom, align.AlignTop),
        ):
            painter.setFont(drawn)
            painter.setPen(QColor(colour))
            elided = painter.fontMetrics().elidedText(
                str(text or ""), Qt.TextElideMode.ElideRight, place.width()
            )
            painter.drawText(place, side | align.AlignLeft, elided)


def _fonts(font: QFont) -> tuple[QFont, QFont]:
    title, hint = QFont(font), QFont(font)
    title.setWeight(QFont.Weight.DemiBold)
    hint.setPointSizeF(font.pointSizeF() + SMALL)
    return title, hint
