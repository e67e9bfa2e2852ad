"""The queue in one slim row below the library: what runs, how far it is, how many wait."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from voicerec_desktop.ui.models.queue_model import progress_text
from voicerec_desktop.ui.painting import (
    BAR,
    paint_at_end,
    paint_bar,
    paint_icon,
    paint_line,
    paint_ring,
    small,
    strong,
)
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.theme import SPACE, colours

if TYPE_CHECKING:
    from voicerec_desktop.ui.queue_runner import QueueItem, QueueRunner

ICON = 16


class QueueStrip(QAbstractButton):
    """A button that shows the state of the queue; hidden while the queue is empty.

    Signals:
        clicked: the whole queue is wanted.
    """

    def __init__(
        self, session: Session, runner: "QueueRunner", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        runner.changed.connect(self._on_changed)
        runner.progressed.connect(self._on_progressed)
        session.settings_changed.connect(self._on_changed)
        self._on_changed()

    @property
    def _running(self) -> "QueueItem | None":
        return next((job for job in self._runner.jobs if job.running), None)

    def lines(self) -> tuple[str, str]:
        """What the strip says: a title, and what happens."""
        running = self._running
        waiting = len(self._runner.jobs) - (running is not None)
        if running is not None:
            return running.title, progress_text(running)
        if self._runner.paused:
            return self.tr("The queue is paused"), self.tr("%n recording(s) waiting", "", waiting)
        if all(job.held for job in self._runner.jobs):
            return self.tr("Queue"), self.tr("%n recording(s) on hold", "", waiting)
        return self.tr("Queue"), self.tr("%n recording(s) waiting", "", waiting)

    @Slot()
    def _on_changed(self) -> None:
        self.setVisible(bool(self._runner.jobs))
        self._describe()
        self.update()

    @Slot(str)
    def _on_progressed(self, _meeting_id: str) -> None:
        self._describe()
        self.update()

    def _describe(self) -> None:
        """Tell those who listen, and only what is new."""
        title, state = self.lines()
        name = f"{self.tr('Queue')}: {title}"
        if self._running is not None and (waiting := len(self._runner.jobs) - 1):
            name = f"{name}, {self.tr('%n recording(s) waiting', '', waiting)}"
        if name != self.accessibleName():
            self.setAccessibleName(name)
        if state != self.accessibleDescription():
            self.setAccessibleDescription(state)
            self.setToolTip(f"{title}\n{state}")

    def sizeHint(self) -> QSize:
        """Two lines and a bar."""
        font = self.font()
        lines = QFontMetrics(strong(font)).height() + QFontMetrics(small(font)).height()
        return QSize(200, lines + SPACE * 3)

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Title and count, state, bar."""
        c, painter = colours(), QPainter(self)
        ground = c.raised if self.underMouse() or self.isDown() else c.surface
        painter.fillRect(self.rect(), QColor(ground))
        painter.fillRect(0, 0, self.width(), 1, QColor(c.border))
        box = self.rect().adjusted(SPACE * 3 // 2, SPACE + 1, -SPACE * 3 // 2, -SPACE - BAR)
        running = self._running
        self._paint_texts(painter, box, running)
        if running is not None:
            bar = QRect(box.left(), box.bottom() + 4, box.width(), BAR)
            paint_bar(painter, bar, running.share)
        if self.hasFocus():
            paint_ring(painter, self.rect().adjusted(2, 3, -2, -2))

    def _paint_texts(self, painter: QPainter, box: QRect, running: "QueueItem | None") -> None:
        c, font, quiet = colours(), strong(self.font()), small(self.font())
        title, state = self.lines()
        line = QFontMetrics(font).height()
        if running is None:
            place = QRect(box.left(), self.rect().center().y() - ICON // 2, ICON, ICON)
            paint_icon(painter, place, "pause" if self._runner.paused else "clock", c.muted)
            box = box.adjusted(ICON + SPACE, 2, 0, 2)  # no bar below: both lines in the middle
        top = QRect(box.left(), box.top(), box.width(), line)
        if running is not None and (waiting := len(self._runner.jobs) - 1) > 0:
            count = f"+{waiting}"
            top = paint_at_end(painter, top, count, quiet, c.muted)
        paint_line(painter, top, title, font, c.text)
        below = QRect(box.left(), box.top() + line + 1, box.width(), QFontMetrics(quiet).height())
        paint_line(painter, below, state, quiet, c.muted)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._on_changed()
        super().changeEvent(event)
