"""The box to search all meetings: what is typed, and keys that belong to what was found."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from voicerec_desktop.ui.icons import icon
from voicerec_desktop.ui.theme import colours

PAUSE_MS = 120  # after the last key, before the search begins


class SearchBox(QLineEdit):
    """A line that tells what to look for once the typing pauses.

    Signals:
        asked: the query, stripped; at once where it is empty.
        stepped: Up (-1) or Down (1) was pressed.
        entered: Enter was pressed.
    """

    asked = Signal(str)
    stepped = Signal(int)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(False)  # files that are dropped here are for the window
        self._lens = self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        (self._lens_button,) = self.findChildren(QToolButton)  # a screen reader sees it
        self._clear = QAction(self)
        self._clear.triggered.connect(self.clear)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._on_pause)
        self.textChanged.connect(self._on_text_changed)
        self._redraw()
        self._retranslate()

    @property
    def query(self) -> str:
        """What to look for."""
        return self.text().strip()

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        if text and self._clear not in self.actions():
            self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        elif not text:
            self.removeAction(self._clear)
        if self.query:
            self._timer.start()
        else:
            self._timer.stop()
            self.asked.emit("")

    @Slot()
    def _on_pause(self) -> None:
        self.asked.emit(self.query)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Enter are for the hits, Escape clears."""
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._timer.isActive():  # Enter is faster than the pause
                self._timer.stop()
                self._on_pause()
            self.entered.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._redraw()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setPlaceholderText(self.tr("Search all meetings"))
        self.setAccessibleName(self.tr("Search all meetings"))
        self._lens_button.setAccessibleName(self.accessibleName())
        self._clear.setText(self.tr("Clear"))
        self._clear.setToolTip(self.tr("Clear"))

    def _redraw(self) -> None:
        self._lens.setIcon(icon("search", colours().muted))
        self._clear.setIcon(icon("close", colours().muted))
