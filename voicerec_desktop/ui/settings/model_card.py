"""A model in the settings: what it is, whether it is here, and what can be done with it."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from voicerec_desktop.core.errors import KnownError
from voicerec_desktop.error_texts import window_text
from voicerec_desktop.ui.dialogs import confirm
from voicerec_desktop.ui.i18n import current_language, fill
from voicerec_desktop.ui.settings.model_store import ModelRow, ModelStore
from voicerec_desktop.ui.settings.model_texts import file_size, good_for, model_name
from voicerec_desktop.ui.settings.page import hint, prose, say
from voicerec_desktop.ui.theme import SPACE

STEPS = 1000


class ModelCard(QFrame):
    """One model."""

    def __init__(self, store: ModelStore, row: ModelRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self.row = store, row
        self._verdict: list[str] | None = None
        self._error: Exception | None = None
        self._name, self._size, self._what = QLabel(), QLabel(), prose(muted=True)
        self._bar, self._state, self._problem = QProgressBar(), hint(), prose()
        self._get, self._pause, self._cancel = QPushButton(), QPushButton(), QPushButton()
        self._verify, self._remove = QPushButton(), QPushButton()
        self._dress()
        self._lay_out()
        for button, slot in (
            (self._get, self._on_get),
            (self._pause, self._on_pause),
            (self._cancel, self._on_cancel),
            (self._verify, self._on_verify),
            (self._remove, self._on_remove),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(slot)
        store.progressed.connect(self._on_progressed)
        store.verified.connect(self._on_verified)
        store.failed.connect(self._on_failed)
        self._retranslate()

    def _dress(self) -> None:
        self.setProperty("card", True)
        font = self._name.font()
        font.setWeight(font.Weight.DemiBold)
        self._name.setFont(font)
        self._size.setProperty("muted", True)
        self._bar.setRange(0, STEPS)
        self._bar.setTextVisible(False)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self._size)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self._state, 1, Qt.AlignmentFlag.AlignVCenter)
        for button in (self._cancel, self._remove, self._verify, self._pause, self._get):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 3 * SPACE // 2, 2 * SPACE, 3 * SPACE // 2)
        column.setSpacing(SPACE // 2)
        column.addLayout(head)
        column.addWidget(self._what)
        column.addWidget(self._bar)
        column.addWidget(self._problem)
        column.addLayout(buttons)

    def set_row(self, row: ModelRow) -> None:
        """Show what is known now."""
        self.row = row
        self._show()

    @Slot()
    def _on_get(self) -> None:
        self._error = self._verdict = None
        self._store.download(self.row.id)

    @Slot()
    def _on_pause(self) -> None:
        self._store.pause(self.row.id)

    @Slot()
    def _on_cancel(self) -> None:
        self._store.cancel(self.row.id)

    @Slot()
    def _on_verify(self) -> None:
        self._error = self._verdict = None
        self._store.verify(self.row.id)

    @Slot()
    def _on_remove(self) -> None:
        headline = fill(self.tr("Remove the model %1?"), model_name(self.row.id))
        text = (
            self.tr("It takes %1 on the disk. You can download it again.")
            if self.row.source
            else self.tr("It takes %1 on the disk. You would have to import it again.")
        )
        text = fill(text, file_size(self.row.size))
        if confirm.ask(self, headline, text, self.tr("Remove"), danger=True):
            self._error = self._verdict = None
            self._store.remove(self.row.id)

    @Slot(str)
    def _on_progressed(self, model_id: str) -> None:
        if model_id == self.row.id:
            self._show()

    @Slot(str, object)
    def _on_verified(self, model_id: str, damaged: list[str]) -> None:
        if model_id == self.row.id:
            self._verdict = damaged
            self._show()

    @Slot(str, object)
    def _on_failed(self, model_id: str, error: Exception) -> None:
        if model_id == self.row.id:
            self._error = error
            self._show()

    def _show(self) -> None:
        row, activity = self.row, self._store.activity(self.row.id)
        self._name.setText(model_name(row.id))
        self._size.setText(file_size(row.size))
        self._what.setText(good_for(row.id))
        loading = activity in ("waiting", "downloading")
        paused = bool(row.fetched) and not activity and not row.here
        done, total = self._store.progress(row.id)
        if not loading:
            done, total = row.fetched, row.size
        self._bar.setVisible(loading or paused)
        self._bar.setValue(round(STEPS * min(1.0, done / total)) if total else 0)
        self._state.setText(self._state_text(activity, paused, done, total))
        self._get.setVisible(not activity and not row.here and row.source)
        self._get.setText(self.tr("Resume") if paused else self.tr("Download"))
        self._pause.setVisible(loading)
        self._cancel.setVisible(loading or paused)
        self._verify.setVisible(not activity and row.here)
        self._remove.setVisible(not activity and not row.carried and (row.here or row.damaged))
        say(self._problem, *self._problem_text())
        self._name_controls()

    def _state_text(self, activity: str, paused: bool, done: int, total: int) -> str:
        if activity == "downloading" or paused:
            text = self.tr("Paused at %1 of %2") if paused else self.tr("%1 of %2")
            return fill(text, file_size(done), file_size(total))
        texts = {
            "waiting": self.tr("Waiting…"),
            "verifying": self.tr("Checking its files…"),
            "removing": self.tr("Removing…"),
        }
        if activity in texts:
            return texts[activity]
        if self.row.damaged:
            return self.tr("Damaged: files are missing")
        if self.row.here:
            return self.tr("On this computer")
        licence = fill(self.tr("Licence: %1"), self.row.licence)
        if self.row.gated:
            return licence + self.tr(", to be accepted on the hub before downloading")
        return licence

    def _problem_text(self) -> tuple[str, str]:
        if isinstance(self._error, KnownError):
            return "bad", window_text(self._error, current_language())
        if self._error is not None:
            return "bad", self.tr("That did not work. The log has the details.")
        if self._verdict is None:
            return "", ""
        if not self._verdict:
            return "good", self.tr("All files are intact.")
        text = self.tr("Damaged: %1. Remove the model and get it again.")
        return "bad", fill(text, ", ".join(self._verdict))

    def _name_controls(self) -> None:
        name = model_name(self.row.id)
        self.setAccessibleName(name)
        self.setAccessibleDescription(f"{good_for(self.row.id)} {self._state.text()}")
        self._bar.setAccessibleName(fill(self.tr("Download of %1"), name))
        for button in (self._get, self._pause, self._cancel, self._verify, self._remove):
            button.setAccessibleName(f"{button.text()}: {name}")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._pause.setText(self.tr("Pause"))
        self._cancel.setText(self.tr("Cancel"))
        self._verify.setText(self.tr("Check files"))
        self._remove.setText(self.tr("Remove…"))
        self._show()
