"""A question that is answered by typing a word: for what is lost for ever and much of it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from voicerec_desktop.ui.i18n import fill
from voicerec_desktop.ui.icons import pixmap
from voicerec_desktop.ui.theme import SPACE, colours

WIDTH = 440  # px
ICON = 32


class TypedConfirmation(QDialog):
    """`confirmed` comes when the user typed the word and pressed the button."""

    confirmed = Signal()

    def __init__(
        self, headline: str, text: str, word: str, action_label: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(headline)
        self._word = word
        sign, title, body = QLabel(), QLabel(headline), QLabel(text)
        sign.setPixmap(pixmap("warning", ICON, colours().bad, self.devicePixelRatioF()))
        font = title.font()
        font.setWeight(font.Weight.DemiBold)
        title.setFont(font)
        ask = QLabel(fill(self.tr("Type “%1” to go on:"), word))
        self._field = QLineEdit()
        self._field.setAccessibleName(ask.text())
        self._cancel, self._action = QPushButton(self.tr("Cancel")), QPushButton(action_label)
        self._action.setProperty("danger", True)
        self._action.setEnabled(False)
        for label in (title, body, ask):
            label.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(SPACE)
        for widget in (title, body, ask, self._field):
            column.addWidget(widget)
        self._lay_out(sign, column)
        self._field.textChanged.connect(self._on_typed)
        self._cancel.clicked.connect(self.reject)
        self._action.clicked.connect(self._on_confirmed)

    def _lay_out(self, sign: QLabel, column: QVBoxLayout) -> None:
        across = QHBoxLayout()
        across.setSpacing(2 * SPACE)
        left = QVBoxLayout()
        left.addWidget(sign)
        left.addStretch(1)
        across.addLayout(left)
        across.addLayout(column, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._action)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        layout.setSpacing(2 * SPACE)
        layout.addLayout(across)
        layout.addLayout(buttons)
        self.setMinimumWidth(WIDTH)
        self._field.setFocus()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._action.setEnabled(text.strip().casefold() == self._word.casefold())

    @Slot()
    def _on_confirmed(self) -> None:
        self.accept()
        self.confirmed.emit()
