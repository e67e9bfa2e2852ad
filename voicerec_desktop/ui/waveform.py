"""The meeting at a glance: loudness, speakers, and where it is being played."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QScrollBar, QSizePolicy, QToolTip, QWidget

from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.i18n import clock, fill
from voicerec_desktop.ui.painting import paint_ring
from voicerec_desktop.ui.player import Player
from voicerec_desktop.ui.speaker_badge import speaker_name
from voicerec_desktop.ui.theme import SPACE, colours
from voicerec_desktop.ui.waveform_painting import BAR, Bands, Loudness, View

HEIGHT, SCROLL = 72, 12  # px; the place of the scroll bar is kept free
EDGE = 2 * SPACE  # px at both ends
WAVE, BANDS = (6.0, 44.0), (56.0, 12.0)  # px: top and height
STEP = 5.0  # s of a key
CLOSEST = 10.0  # s in view at the largest zoom
ZOOM = 1.25  # by a notch of the wheel
JUMP = 1.0  # s: somebody went there
MARGIN = 0.05  # of the view, before the playhead on a new page
SCALE = 10  # steps of the scroll bar in a second


class Waveform(QAbstractSlider):
    """Loudness, speaker bands and playhead; a slider of seconds to screen readers.

    Signals:
        seek_requested: seconds.
    """

    seek_requested = Signal(float)

    def __init__(
        self, document: MeetingDocument, player: Player, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._player = document, player
        self._loudness = Loudness(())
        self._bands: Bands | None = None
        self._duration = self._left = self._span = 0.0
        self._marks: tuple[float, ...] = ()
        self._dragged: float | None = None
        self._was = 0.0  # where the playhead was
        self._layers: tuple[QPixmap, QPixmap] | None = None
        self._following_value = False
        self._scroll = QScrollBar(Qt.Orientation.Horizontal, self)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.hide()
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFixedHeight(HEIGHT + SCROLL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._connect()
        self._retranslate()

    def _connect(self) -> None:
        self._scroll.valueChanged.connect(self._on_scrolled)
        self.valueChanged.connect(self._on_value_changed)
        self._document.loaded.connect(self._on_loaded)
        self._document.closed.connect(self._on_closed)
        self._document.edited.connect(self._on_edited)
        self._player.duration_changed.connect(self._on_loaded)
        self._player.position_changed.connect(self._on_position)

    @Slot(object)
    def set_marks(self, marks: Sequence[float]) -> None:
        """Show the places that the user marked, seconds."""
        self._marks = tuple(marks)
        self.update()

    @property
    def view(self) -> View:
        """What is in view."""
        width = float(max(1, self.width() - 2 * EDGE))
        return View(self._left, max(0.001, self._span), EDGE, width)

    # what the document and the player say

    @Slot()
    def _on_loaded(self) -> None:
        transcript = self._document.transcript
        if transcript is None:
            return
        duration = self._player.duration or transcript.meeting.duration
        if duration != self._duration:
            self._duration, self._marks = duration, ()
            self._following_value = True
            self.setRange(0, int(duration))
            self._following_value = False
            self._show_stretch(0.0, duration)
        self._loudness = Loudness(self._document.peaks)
        self._bands = Bands(transcript)
        self.set_marks([mark.at for mark in transcript.marks])
        self._forget_layers()

    @Slot()
    def _on_closed(self) -> None:
        self._duration, self._marks = 0.0, ()
        self._loudness, self._bands = Loudness(()), None
        self._show_stretch(0.0, 0.0)

    @Slot(object)
    def _on_edited(self, _edit: object) -> None:
        if self._document.transcript is not None:
            self._bands = Bands(self._document.transcript)
            self._forget_layers()

    @Slot(float)
    def _on_position(self, seconds: float) -> None:
        whole = int(seconds)
        if whole != self.value():
            self._following_value = True
            self.setValue(whole)
            self._following_value = False
            self._tell_value(seconds)
        self._keep_in_view(seconds)
        self.update()

    def _keep_in_view(self, seconds: float) -> None:
        """Turn the page when the playhead leaves it; one that was scrolled away is let go."""
        before, self._was = self._was, seconds
        inside = self._left <= seconds <= self._left + self._span
        was_inside = self._left <= before <= self._left + self._span
        if inside or self._dragged is not None:
            return
        if was_inside or abs(seconds - before) > JUMP:
            self._show_stretch(seconds - self._span * MARGIN, self._span)

    def _tell_value(self, seconds: float) -> None:
        """What a screen reader says."""
        if self.hasFocus():
            text = fill(self.tr("%1 of %2"), clock(seconds), clock(self._duration))
            self.setAccessibleDescription(", ".join(filter(None, (text, self._who(seconds)))))

    def _who(self, seconds: float) -> str:
        return speaker_name(self._bands.speaker_at(seconds)) if self._bands else ""

    @Slot(int)
    def _on_value_changed(self, seconds: int) -> None:
        """A screen reader has moved the slider."""
        if not self._following_value:
            self.seek_requested.emit(float(seconds))

    # what is in view

    def _show_stretch(self, left: float, span: float) -> None:
        span = min(max(span, min(CLOSEST, self._duration)), self._duration)
        left = min(max(0.0, left), self._duration - span)
        self._left, self._span = left, span
        zoomed = span < self._duration
        self._scroll.blockSignals(True)
        self._scroll.setRange(0, round((self._duration - span) * SCALE))
        self._scroll.setPageStep(max(1, round(span * SCALE)))
        self._scroll.setSingleStep(max(1, round(span * SCALE / 10)))
        self._scroll.setValue(round(left * SCALE))
        self._scroll.blockSignals(False)
        self._scroll.setVisible(zoomed)
        self._forget_layers()

    @Slot(int)
    def _on_scrolled(self, place: int) -> None:
        self._left = place / SCALE
        self._forget_layers()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the cursor; sideways or with Shift, scroll."""
        turned = event.angleDelta()
        sideways = turned.x() or (
            turned.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0
        )
        if sideways:
            self._show_stretch(self._left - sideways / 120 * self._span / 10, self._span)
        elif turned.y() and self._duration:
            at = self.view.seconds(event.position().x())
            span = min(self._span * ZOOM ** (-turned.y() / 120), self._duration)
            span = max(span, min(CLOSEST, self._duration))
            self._show_stretch(at - (at - self._left) * span / self._span, span)
        event.accept()

    # where the user points

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        if event.button() == Qt.MouseButton.LeftButton and self._duration:
            self._drag_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is there, and drag the playhead."""
        if not self._duration:
            return
        x = event.position().x()
        if self._dragged is not None:
            self._drag_to(x)
        seconds = self._time_at(x)
        text = "  ·  ".join(filter(None, (clock(seconds), self._who(seconds))))
        QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Play on from there: seeking at each move would stutter."""
        if event.button() == Qt.MouseButton.LeftButton and self._dragged is not None:
            seconds, self._dragged = self._dragged, None
            self._was = seconds
            self.seek_requested.emit(seconds)
            self.update()

    def _drag_to(self, x: float) -> None:
        self._dragged = self._time_at(x)
        self.update()

    def _time_at(self, x: float) -> float:
        return min(max(0.0, self.view.seconds(x)), self._duration)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right: 5 s; Page: what is in view; Home and End; + and - zoom."""
        at, keys = self._player.position, Qt.Key
        places = {
            keys.Key_Left: at - STEP, keys.Key_Right: at + STEP,
            keys.Key_Down: at - STEP, keys.Key_Up: at + STEP,
            keys.Key_PageDown: at - self._span / 10, keys.Key_PageUp: at + self._span / 10,
            keys.Key_Home: 0.0, keys.Key_End: self._duration,
        }  # fmt: skip
        factors = {keys.Key_Plus: 1 / ZOOM, keys.Key_Equal: 1 / ZOOM, keys.Key_Minus: ZOOM}
        key = Qt.Key(event.key())
        if key in places and self._duration:
            seconds = min(max(0.0, places[key]), self._duration)
            self.seek_requested.emit(seconds)
        elif key in factors and self._duration:
            span = self._span * factors[key]
            self._show_stretch(at - span / 2, span)
        else:
            event.ignore()

    # how it looks

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what was drawn before, as far as it is played, and the playhead."""
        painter = QPainter(self)
        if self._layers is None:
            bars = self._loudness.bars(self.view, *WAVE) if self._duration else []
            still = self._layer(bars, colours().muted, 0.55, with_bands=True)
            self._layers = (still, self._layer(bars, colours().accent, 1.0, with_bands=False))
        still, played = self._layers
        seconds = self._player.position if self._dragged is None else self._dragged
        x = self.view.x(seconds) if self._duration else 0.0
        painter.drawPixmap(0, 0, still)
        if x > 0:
            painter.setClipRect(QRectF(0, 0, x, WAVE[0] + WAVE[1] + 1))
            painter.drawPixmap(0, 0, played)
            painter.setClipping(False)
        if self._duration:
            self._paint_marks(painter)
            self._paint_playhead(painter, x)
        if self.hasFocus():
            paint_ring(painter, self.rect().adjusted(SPACE, 0, -SPACE, -SCROLL))
        painter.end()

    def _layer(
        self, bars: list[QRectF], colour: str, strength: float, *, with_bands: bool
    ) -> QPixmap:
        """Bars of a colour, and who speaks."""
        ratio = self.devicePixelRatioF()
        layer = QPixmap(round(self.width() * ratio), round(HEIGHT * ratio))
        layer.setDevicePixelRatio(ratio)
        layer.fill(Qt.GlobalColor.transparent)
        painter = QPainter(layer)
        if self._duration and with_bands:
            place = QRectF(EDGE, BANDS[0], self.view.width, BANDS[1])
            painter.fillRect(place, QColor(colours().raised))
        if self._bands is not None and with_bands:
            self._bands.paint(painter, self.view, *BANDS)
        shade = QColor(colour)
        shade.setAlphaF(strength)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRects(bars)
        painter.end()
        return layer

    def _paint_marks(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().warning))
        for seconds in self._marks:
            x = self.view.x(seconds)
            if EDGE <= x <= self.view.right:
                points = (QPointF(x - 3, 0), QPointF(x + 3, 0), QPointF(x, 5))
                painter.drawPolygon(QPolygonF(points))
                painter.drawRect(QRectF(x - 0.5, 5, 1, WAVE[1]))

    def _paint_playhead(self, painter: QPainter, x: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours().accent), BAR))
        if not EDGE - 1 <= x <= self.view.right + 1:
            return
        painter.drawLine(QPointF(x, 2), QPointF(x, BANDS[0] + BANDS[1] + 2))
        painter.setBrush(QColor(colours().accent))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(x, 4), 4, 4)

    def _forget_layers(self) -> None:
        self._layers = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew."""
        self._scroll.setGeometry(EDGE, HEIGHT, max(1, self.width() - 2 * EDGE), SCROLL)
        self._forget_layers()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._forget_layers()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Position in the recording"))
        self._scroll.setAccessibleName(self.tr("Part of the recording that is shown"))
