"""A secret of the user, a hub's token or an LLM's key: given, kept, taken away."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.secrets import HUB, forget_secret, keep_secret, read_secret
from voicerec_desktop.ui.dialogs import confirm
from voicerec_desktop.ui.notices import notice_of
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.settings.page import prose, say
from voicerec_desktop.ui.theme import SPACE


class TokenField(QWidget):
    """A field that never shows what is kept, and buttons to keep it and to forget it."""

    def __init__(self, session: Session, name: str = HUB, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._name = session, name
        self._kept = False
        self._waiting = ""  # the token of which nobody knows yet where it may lie
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self._save, self._forget = QPushButton(), QPushButton()
        self._state = prose()
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.field, 1)
        for button in (self._save, self._forget):
            button.setAutoDefault(False)
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self._state)
        self._state.hide()
        self.setFocusProxy(self.field)
        self.field.textChanged.connect(self._show)
        self.field.returnPressed.connect(self._on_save)
        # Later, for it may ask: who pressed it, a screen reader say, waits for no answer.
        self._save.clicked.connect(self._on_save, Qt.ConnectionType.QueuedConnection)
        self._forget.clicked.connect(self._on_forget)
        self._retranslate()

    def look(self) -> None:
        """Find out whether a token is kept."""
        task = self._session.lanes["files"].start(
            partial(_has, self._name, self._session.home.config)
        )
        task.finished.connect(self._on_looked)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_looked(self, kept: bool) -> None:
        self._kept = kept
        self._show()

    @Slot()
    def _on_save(self) -> None:
        token = self.field.text().strip()
        if token:
            self._waiting = token
            self._keep(False)

    def _keep(self, in_file: bool) -> None:
        work = partial(_keep, self._name, self._waiting, self._session.home.config, in_file)
        task = self._session.lanes["files"].start(work, promised=True)
        task.finished.connect(self._on_kept)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_kept(self, kept: bool) -> None:
        if kept:
            self._waiting, self._kept = "", True
            self.field.clear()
            self._show()
            say(self._state, "good", self.tr("The token is kept."))
        elif self._agrees():
            self._keep(True)
        else:
            self._waiting = ""
            say(self._state, "", self.tr("The token was not kept."))

    def _agrees(self) -> bool:
        return confirm.ask(
            self.window(),
            self.tr("Keep the token in a file?"),
            self.tr(
                "This computer has no keyring for secrets. The token would lie unencrypted in a"
                " file that only your user can read."
            ),
            self.tr("Keep it in a file"),
        )

    @Slot()
    def _on_forget(self) -> None:
        work = partial(_forget, self._name, self._session.home.config)
        task = self._session.lanes["files"].start(work, promised=True)
        task.finished.connect(self._on_forgotten)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_forgotten(self, _result: object) -> None:
        self._kept = False
        self._show()
        say(self._state, "", self.tr("The token is forgotten."))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._waiting = ""
        say(self._state, "bad", notice_of(error, self.tr("The log has the details.")).text)

    @Slot()
    def _show(self) -> None:
        self._save.setEnabled(bool(self.field.text().strip()))
        self._forget.setVisible(self._kept)
        kept = self.tr("A token is kept; type to replace it")
        self.field.setPlaceholderText(kept if self._kept else "")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._save.setText(self.tr("Keep"))
        self._save.setAccessibleName(self.tr("Keep the token"))
        self._forget.setText(self.tr("Forget"))
        self._forget.setAccessibleName(self.tr("Forget the token"))
        self._show()


def _has(name: str, folder: Path, _cancel: CancelToken) -> bool:
    return bool(read_secret(name, folder))


def _keep(name: str, token: str, folder: Path, in_file: bool, _cancel: CancelToken) -> bool:
    return keep_secret(name, token, folder, in_file)


def _forget(name: str, folder: Path, _cancel: CancelToken) -> None:
    forget_secret(name, folder)
