"""The icon beside the clock: it tells that something is recorded, and starts and stops it."""

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from voicerec_desktop.ui.actions import Actions
from voicerec_desktop.ui.icons import icon, pixmap
from voicerec_desktop.ui.theme import colours

SIZES = (16, 22, 32, 48, 64)


class Tray(QObject):
    """Where the desktop has no place for such icons, the window's title says it alone.

    Signals:
        show_requested: the user wants the window.
    """

    show_requested = Signal()

    def __init__(self, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._menu = QMenu(window)
        self._show = self._menu.addAction("")
        self._show.triggered.connect(self.show_requested)
        self._menu.addSeparator()
        for name in ("record", "record_pause", "record_mark"):
            self._menu.addAction(actions[name])
        self._menu.addSeparator()
        self._menu.addAction(actions["quit"])
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._on_activated)
        self._drawn: tuple[str, object] = ("", None)
        self.show_state("idle")
        self.retranslate()
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._icon.show()

    @property
    def is_shown(self) -> bool:
        """Whether the desktop shows it."""
        return self._icon.isVisible()

    def show_state(self, state: str, text: str = "Voicerec") -> None:
        """Show "idle", "recording" or "paused", and a text to be read when the mouse is over it."""
        self._icon.setToolTip(text)
        if self._drawn == (state, colours()):
            return  # levels are looked at ten times a second
        self._drawn = (state, colours())
        marks = {"recording": ("record", colours().bad), "paused": ("pause", colours().warning)}
        self._icon.setIcon(_marked(*marks[state]) if state in marks else icon("voicerec"))

    def retranslate(self) -> None:
        """Set the texts in the language of the window."""
        self._show.setText(self.tr("Show the window"))

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self.show_requested.emit()

    def close(self) -> None:
        """Take it away."""
        self._icon.hide()


def _marked(name: str, colour: str) -> QIcon:
    """The program's icon with a sign in its corner, on a ground that is seen on any panel."""
    made = QIcon()
    for size in SIZES:
        image = QPixmap(QSize(size, size))
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, pixmap("voicerec", size, colours().text))
        part = round(size * 0.62)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().surface))
        painter.drawEllipse(size - part, size - part, part, part)
        painter.drawPixmap(size - part, size - part, pixmap(name, part, colour))
        painter.end()
        made.addPixmap(image)
    return made
