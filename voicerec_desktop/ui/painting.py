"""What the delegates of lists paint with: fonts, rows, elided and marked lines, bars."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from voicerec_desktop.ui.icons import pixmap
from voicerec_desktop.ui.theme import RADIUS, SMALL, SPACE, colours

BAR = 3  # px
_STATES = QStyle.StateFlag


def small(font: QFont) -> QFont:
    """The font for what is glanced at."""
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() + SMALL)
    return made


def strong(font: QFont) -> QFont:
    """The font for titles."""
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def row_box(option: QStyleOptionViewItem) -> QRect:
    """The rounded box of a row."""
    return option.rect.adjusted(SPACE // 2, 1, -SPACE // 2, -1)


def paint_row(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """The ground of a row: selected, under the mouse, with the keyboard."""
    selected = bool(option.state & _STATES.State_Selected)
    hovered = bool(option.state & _STATES.State_MouseOver)
    focused = bool(option.state & _STATES.State_HasFocus)
    if not (selected or hovered or focused):
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = colours().selected if selected else colours().raised
    painter.setBrush(QColor(ground) if selected or hovered else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours().accent), 1) if focused else Qt.PenStyle.NoPen)
    box = QRectF(row_box(option)).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, RADIUS, RADIUS)
    painter.restore()


def paint_ring(painter: QPainter, box: QRect) -> None:
    """Where the keyboard is."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours().accent), 1))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    painter.restore()


def paint_line(painter: QPainter, box: QRect, text: str, font: QFont, colour: str) -> int:
    """One line of text, cut with an ellipsis where it is too long; its width."""
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.setFont(font)
    painter.setPen(QColor(colour))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(box, int(flags | Qt.TextFlag.TextSingleLine), shown)
    return QFontMetrics(font).horizontalAdvance(shown)


def paint_at_end(painter: QPainter, box: QRect, text: str, font: QFont, colour: str) -> QRect:
    """A short text at the right end of a line; what is left of the box for others."""
    taken = QFontMetrics(font).horizontalAdvance(text) + 2  # advances are rounded
    paint_line(painter, box.adjusted(box.width() - taken, 0, 0, 0), text, font, colour)
    return box.adjusted(0, 0, -taken - SPACE, 0)


def paint_icon(painter: QPainter, box: QRect, name: str, colour: str) -> None:
    """An icon in a square box."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(box.topLeft(), pixmap(name, box.width(), colour, ratio))


def paint_bar(painter: QPainter, box: QRect, share: float) -> None:
    """How far something is, 0 to 1."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours().border))
    painter.drawRoundedRect(box, BAR / 2, BAR / 2)
    done = QRectF(box)
    done.setWidth(max(BAR, box.width() * min(1.0, share)))
    painter.setBrush(QColor(colours().accent))
    painter.drawRoundedRect(done, BAR / 2, BAR / 2)
    painter.restore()


def paint_marked(
    painter: QPainter, box: QRect, text: str, spans: Sequence[tuple[int, int]], font: QFont
) -> None:
    """Text with marked places, on as many lines as the box holds; the last one is cut."""
    height = QFontMetrics(font).height()
    lines = max(1, box.height() // height)
    layout = _laid_out(text, spans, font, box.width(), lines)
    painter.save()
    painter.setClipRect(box)
    painter.setPen(QColor(colours().text))
    layout.draw(painter, QPointF(box.topLeft()))
    painter.restore()


def _laid_out(
    text: str, spans: Sequence[tuple[int, int]], font: QFont, width: int, lines: int
) -> QTextLayout:
    """The text broken into lines; what does not fit on the last one is left out."""
    layout = _broken(text, spans, font, width)
    if layout.lineCount() <= lines:
        return layout
    last = layout.lineAt(lines - 1)
    kept, dots = text[: last.textStart() + last.textLength()].rstrip(), "…"
    room = width - QFontMetrics(font).horizontalAdvance(dots)
    while kept and QFontMetrics(font).horizontalAdvance(kept[last.textStart() :]) > room:
        kept = kept[:-1]
    shown = [(a, min(b, len(kept))) for a, b in spans if a < len(kept)]
    return _broken(kept + dots, shown, font, width)


def _broken(text: str, spans: Sequence[tuple[int, int]], font: QFont, width: int) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats([_mark(text, *span) for span in spans])
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top))
        top += QFontMetrics(font).height()
    layout.endLayout()
    return layout


def _mark(text: str, begin: int, end: int) -> QTextLayout.FormatRange:
    """A marked place; Qt counts in UTF-16, Python in characters."""
    marked = QTextLayout.FormatRange()
    marked.start = _utf16(text[:begin])
    marked.length = _utf16(text[begin:end])
    marked.format = QTextCharFormat()
    marked.format.setBackground(QColor(colours().marked))
    marked.format.setForeground(QColor(colours().text))
    return marked


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
