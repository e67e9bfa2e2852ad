"""What the window remembers from one start to the next: its place, its panels, what was open."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings, QSize
from PySide6.QtWidgets import QMainWindow, QSplitter

from voicerec_desktop.ui.actions import Actions

SIZE = QSize(1280, 800)
PANELS = ("show_library", "show_details")


class WindowMemory(QObject):
    """Puts a window back as it was left."""

    def __init__(
        self, file: Path, window: QMainWindow, splitter: QSplitter, actions: Actions
    ) -> None:
        super().__init__(window)
        self._state = QSettings(str(file), QSettings.Format.IniFormat, self)
        self._window, self._splitter, self._actions = window, splitter, actions

    def restore(self) -> None:
        """Give the window its place, and the panels their sizes."""
        window = self._window
        if not window.restoreGeometry(_bytes(self._state.value("geometry"))):
            window.resize(SIZE.boundedTo(window.screen().availableSize()))
        self._splitter.restoreState(_bytes(self._state.value("splitter")))
        for name in PANELS:
            action = self._actions[name]
            action.setChecked(bool(self._state.value(name, True, bool)))
            action.toggled.emit(action.isChecked())

    def remember(self, meeting_id: str, segment_id: str) -> None:
        """Note how all is now, and what is open where."""
        state = self._state
        state.setValue("geometry", self._window.saveGeometry())
        state.setValue("splitter", self._splitter.saveState())
        state.setValue("meeting", meeting_id)
        state.setValue("segment", segment_id)
        for name in PANELS:
            state.setValue(name, self._actions[name].isChecked())
        state.sync()

    @property
    def meeting_id(self) -> str:
        """The meeting that was open, or ""."""
        return str(self._state.value("meeting", ""))

    @property
    def segment_id(self) -> str:
        """The segment that was read, or ""."""
        return str(self._state.value("segment", ""))


def _bytes(value: object) -> QByteArray:
    return value if isinstance(value, QByteArray) else QByteArray()
