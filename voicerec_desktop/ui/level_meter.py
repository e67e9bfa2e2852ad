"""How loud a track is: the usual level as a bar, the loudest sample as a line before it."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from voicerec_desktop.ui.theme import colours

FLOOR = -60.0  # dBFS at the left end
QUIET = -50.0  # dBFS below which nobody is heard
LOUD = -3.0  # dBFS: about to clip
FALL = 1.5  # dB that the line falls from one reading to the next
HEIGHT = 8  # px


class LevelMeter(QWidget):
    """A bar from -60 to 0 dBFS. Its colour is never alone: the line at the end shows clipping."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._peak, self._rms = FLOOR, FLOOR
        self._heard = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)

    def sizeHint(self) -> QSize:
        """Long enough to tell levels apart."""
        return QSize(120, HEIGHT)

    def set_levels(self, peak: float, rms: float) -> None:
        """Show levels in dBFS; the line falls slowly, so that one loud word is seen."""
        self._peak = max(FLOOR, min(0.0, peak), self._peak - FALL)
        self._rms = max(FLOOR, min(0.0, rms))
        self._describe()
        self.update()

    def clear(self) -> None:
        """Nothing is heard."""
        self._peak = self._rms = FLOOR
        self._describe()
        self.update()

    def _describe(self) -> None:
        """For those who do not see it; said only when it changes."""
        heard = "silent" if self._peak < QUIET else "loud" if self._peak > LOUD else "good"
        if heard != self._heard:
            self._heard = heard
            self._retranslate()

    def _retranslate(self) -> None:
        texts = {
            "silent": self.tr("Nothing is heard"),
            "good": self.tr("Heard well"),
            "loud": self.tr("Too loud"),
        }
        self.setAccessibleDescription(texts.get(self._heard, ""))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, the bar and the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box, radius = QRectF(self.rect()), HEIGHT / 2
        painter.setBrush(QColor(colours().raised))
        painter.drawRoundedRect(box, radius, radius)
        colour = QColor(colours().bad if self._peak > LOUD else colours().good)
        painter.setBrush(colour)
        if (width := self._x(self._rms)) > 0:
            painter.drawRoundedRect(QRectF(0, 0, max(HEIGHT, width), HEIGHT), radius, radius)
        if (x := self._x(self._peak)) > 0:
            painter.drawRoundedRect(QRectF(min(x, self.width() - 3), 0, 3, HEIGHT), 1, 1)
        painter.end()

    def _x(self, level: float) -> float:
        return self.width() * (1 - level / FLOOR)
