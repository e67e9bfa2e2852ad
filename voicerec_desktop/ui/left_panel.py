"""The left panel: what begins something, the library, and what the queue does."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from voicerec_desktop.ui.actions import Actions
from voicerec_desktop.ui.icons import icon
from voicerec_desktop.ui.library_view import LibraryView
from voicerec_desktop.ui.queue_strip import QueueStrip
from voicerec_desktop.ui.theme import SPACE, colours


class LeftPanel(QWidget):
    """Two ways to a meeting, and those that are there.

    Signals:
        open_requested: the user wants to open recordings.
    """

    open_requested = Signal()

    def __init__(
        self,
        actions: Actions,
        library: LibraryView,
        strip: QueueStrip,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._record, self._open, self._settings = QPushButton(), QPushButton(), QToolButton()
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._record.setProperty("primary", True)
        self._settings.setDefaultAction(actions["settings"])
        head = QGridLayout()
        head.setContentsMargins(SPACE * 3 // 2, SPACE * 3 // 2, SPACE * 3 // 2, SPACE // 2)
        head.setSpacing(SPACE)
        head.setColumnStretch(0, 1)
        head.addWidget(self._record, 0, 0)
        head.addWidget(self._settings, 0, 1)
        head.addWidget(self._open, 1, 0, 1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(library, 1)
        layout.addWidget(strip)
        self._record.clicked.connect(actions["record"].trigger)
        self._open.clicked.connect(self.open_requested)
        self._retranslate()
        self._redraw()

    def set_recording(self, runs: bool) -> None:
        """One recording at a time."""
        self._record.setEnabled(not runs)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.EnabledChange):
            self._redraw()
        super().changeEvent(event)

    def _redraw(self) -> None:
        self._record.setIcon(icon("record", colours().on_accent))
        self._open.setIcon(icon("open"))

    def _retranslate(self) -> None:
        self._record.setText(self.tr("Record"))
        self._record.setToolTip(self._actions["record"].toolTip())
        self._open.setText(self.tr("Open recordings"))
        self._settings.setAccessibleName(self.tr("Settings"))
