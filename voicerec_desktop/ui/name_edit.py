"""A name that looks like a label until somebody changes it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class NameEdit(QLineEdit):
    """A name that is changed in place. Escape takes the change back.

    Signals:
        renamed: the new name, words between single blanks.

    Args:
        may_be_empty: an empty name is a change like any other, else it is taken back.
    """

    renamed = Signal(str)

    def __init__(self, may_be_empty: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = ""
        self._may_be_empty = may_be_empty
        self.setAcceptDrops(False)  # files that are dropped here are for the window
        self.editingFinished.connect(self._on_finished)

    def set_name(self, name: str) -> None:
        """Show a name, unless somebody is just changing it."""
        if not self.hasFocus() or self.text() == self._before:
            self.setText(name)
            self.setCursorPosition(0)
        self._before = name

    @Slot()
    def _on_finished(self) -> None:
        name = " ".join(self.text().split())
        if name != self._before and (name or self._may_be_empty):
            self._before = name
            self.renamed.emit(name)
        self.setText(self._before)
        self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape: as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._before)
            self.clearFocus()
            return
        super().keyPressEvent(event)
