"""A speaker at a glance: initials in the speaker's colour, in a shape of the speaker's own.

Shape and filling repeat after eight speakers as colours do, and no two of the eight look alike
without their colour.
"""

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QIcon,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from voicerec_desktop.core.model import Speaker
from voicerec_desktop.ui.i18n import fill
from voicerec_desktop.ui.icons import pixmap
from voicerec_desktop.ui.theme import colours, speaker_colour

SHAPES = ("circle", "square", "hexagon", "bubble")
_LETTERS = 0.66  # of the width, at most
_HEXAGON = ((0.25, 0.05), (0.75, 0.05), (1.0, 0.5), (0.75, 0.95), (0.25, 0.95), (0.0, 0.5))


def speaker_name(speaker: Speaker | None) -> str:
    """What a speaker is called in the language of the window; "" for nobody known."""
    if speaker is None:
        return ""
    if speaker.name:
        return speaker.name
    if speaker.me:
        return QCoreApplication.translate("speakers", "Me")
    return fill(QCoreApplication.translate("speakers", "Speaker %1"), speaker.number)


def initials(speaker: Speaker) -> str:
    """One or two letters of the name, or the number of somebody without one, or "Me"."""
    words = [word for word in (speaker.name or "").split() if word[0].isalnum()]
    if not words:
        return speaker_name(speaker) if speaker.me else str(speaker.number)
    return (words[0][0] + (words[1][0] if len(words) > 1 else "")).upper()


def paint_badge(painter: QPainter, rect: QRectF, speaker: Speaker | None) -> None:
    """Paint the badge of a speaker, or a neutral one, into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if speaker is None:
        _paint_nobody(painter, rect)
    else:
        colour = speaker_colour(speaker.colour)
        outlined = speaker.colour // len(SHAPES) % 2 == 1
        _paint_shape(painter, rect, SHAPES[speaker.colour % len(SHAPES)], colour, outlined)
        painter.setPen(colour if outlined else QColor(colours().surface))
        letters = initials(speaker)
        font = QFont(painter.font())
        font.setBold(True)
        font.setPixelSize(max(6, round(rect.height() * (0.44 if len(letters) < 2 else 0.36))))
        wide = QFontMetricsF(font).horizontalAdvance(letters) / (_LETTERS * rect.width())
        if wide > 1:
            font.setPixelSize(max(6, round(font.pixelSize() / wide)))
        painter.setFont(font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letters)
    painter.restore()


def _paint_nobody(painter: QPainter, rect: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours().raised))
    painter.drawEllipse(rect)
    size = round(rect.width() * 0.56)
    drawn = pixmap("speaker", size, colours().muted, painter.device().devicePixelRatioF())
    at = rect.center() - QPointF(size / 2, size / 2)
    painter.drawPixmap(at, drawn)


def _paint_shape(
    painter: QPainter, rect: QRectF, shape: str, colour: QColor, outlined: bool
) -> None:
    pen = QPen(colour, max(1.5, rect.width() / 16))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    soft = QColor(colour)
    soft.setAlphaF(0.14)
    painter.setPen(pen)
    painter.setBrush(soft if outlined else colour)
    inset = pen.widthF() / 2
    inner = rect.adjusted(inset, inset, -inset, -inset)
    if shape == "circle":
        painter.drawEllipse(inner)
    elif shape == "square":
        inner = inner.adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(inner, rect.width() / 5, rect.width() / 5)
    elif shape == "hexagon":
        width, height = inner.width(), inner.height()
        placed = [QPointF(inner.x() + x * width, inner.y() + y * height) for x, y in _HEXAGON]
        painter.drawPolygon(QPolygonF(placed))
    else:
        painter.drawPath(_bubble(inner))


def _bubble(rect: QRectF) -> QPainterPath:
    """A circle with a corner."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addEllipse(rect)
    half = rect.width() / 2
    path.addRect(rect.left(), rect.center().y(), half, half)
    return path.simplified()


def badge_icon(speaker: Speaker | None, size: int = 20) -> QIcon:
    """The badge as an icon for menus and lists."""
    made = QIcon()
    for ratio in (1, 2):
        drawn = QPixmap(QSize(size * ratio, size * ratio))
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        paint_badge(painter, QRectF(1, 1, size - 2, size - 2), speaker)
        painter.end()
        made.addPixmap(drawn)
    return made


class SpeakerBadge(QWidget):
    """The badge as a widget of a fixed size."""

    def __init__(
        self, speaker: Speaker | None = None, size: int = 32, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._speaker: Speaker | None = None
        self.setFixedSize(size, size)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_speaker(speaker)

    def set_speaker(self, speaker: Speaker | None) -> None:
        """Show another speaker."""
        self._speaker = speaker
        self.setAccessibleName(speaker_name(speaker))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the badge."""
        painter = QPainter(self)
        paint_badge(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), self._speaker)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(speaker_name(self._speaker))
        elif event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)
