"""A tick in a table that is seen in both themes."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from voicerec_desktop.ui.icons import pixmap
from voicerec_desktop.ui.theme import colours

RADIUS = 3
INSET = 1


class TickDelegate(QStyledItemDelegate):
    """Draws the check box of a cell; the base class handles keys and clicks."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The cell without its box, then our box in the same place."""
        self.initStyleOption(option, index)
        style = option.widget.style()
        box = style.subElementRect(
            QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, option.widget
        )
        has_box = bool(option.features & QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator)
        option.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        if not has_box:
            return
        c = colours()
        ticked = option.checkState == Qt.CheckState.Checked
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(c.accent if ticked else c.muted), 1))
        painter.setBrush(QColor(c.accent) if ticked else Qt.BrushStyle.NoBrush)
        side = min(box.width(), box.height()) - 2 * INSET
        place = QRectF(box.x() + INSET + 0.5, box.center().y() - side / 2 + 0.5, side, side)
        painter.drawRoundedRect(place, RADIUS, RADIUS)
        if ticked:
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(place.toRect(), pixmap("check", int(side), c.on_accent, ratio))
        painter.restore()
