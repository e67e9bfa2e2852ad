"""A list whose rows paint themselves: smooth, one choice a row, keys of its own."""

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RowsView(QListView):
    """A plain list.

    Signals:
        entered_row: Enter was pressed on a row.
    """

    entered_row = Signal(QModelIndex)
    own_keys: tuple[Qt.Key, ...] = ()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(24)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setStyleSheet(
            "QListView, QListView:focus { border: none; background: transparent; }"
        )  # the panel has the ground, and rows show the focus

    def event(self, event: QEvent) -> bool:
        """Keys that mean something here are not for the window's shortcuts."""
        about_keys = event.type() == QEvent.Type.ShortcutOverride
        if about_keys and isinstance(event, QKeyEvent) and self.owns(event):
            event.accept()
            return True
        return super().event(event)

    def owns(self, event: QKeyEvent) -> bool:
        """Whether a key means something here."""
        modifiers = Qt.KeyboardModifier
        plain = event.modifiers() in (modifiers.NoModifier, modifiers.KeypadModifier)
        return plain and event.key() in (*self.own_keys, *_ENTER)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, whatever a click does on this platform."""
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in _ENTER and self.currentIndex().isValid() and not editing:
            self.entered_row.emit(self.currentIndex())
            return
        super().keyPressEvent(event)
