"""The dialogs that belong to the whole window: settings, shortcuts, about."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMainWindow

from voicerec_desktop.ui.actions import Actions
from voicerec_desktop.ui.dialogs.about_dialog import AboutDialog
from voicerec_desktop.ui.dialogs.shortcuts_dialog import ShortcutsDialog
from voicerec_desktop.ui.queue_runner import QueueRunner
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.settings.settings_dialog import SettingsDialog


class WindowDialogs(QObject):
    """Opens them; of the settings there is one at a time."""

    def __init__(
        self, session: Session, runner: QueueRunner, actions: Actions, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._session, self._runner, self._actions = session, runner, actions
        self._window = window
        self._settings: SettingsDialog | None = None
        for name, slot in (
            ("settings", self._on_settings),
            ("shortcuts", self._on_shortcuts),
            ("about", self._on_about),
        ):
            actions[name].triggered.connect(slot)

    @Slot()
    def _on_settings(self) -> None:
        self.show_settings()

    def show_settings(self, page: str = "") -> SettingsDialog:
        """Open the settings, at a page of `SettingsDialog` or where they are."""
        if self._settings is None:
            self._settings = SettingsDialog(self._session, self._runner.probe, self._window)
            self._settings.finished.connect(self._on_settings_closed)
        if page:
            self._settings.show_page(page)
        self._settings.show()
        self._settings.raise_()
        self._settings.activateWindow()
        return self._settings

    @Slot()
    def show_models(self) -> None:
        """Open the settings where models are."""
        self.show_settings("transcription")

    @Slot()
    def show_device(self) -> None:
        """Open the settings where the device is."""
        self.show_settings("device")

    @Slot()
    def show_minutes(self) -> None:
        """Open the settings at the LLM that writes minutes."""
        self.show_settings("minutes")

    @Slot()
    def show_recording(self) -> None:
        """Open the settings at devices and the sound check."""
        self.show_settings("recording")

    @Slot()
    def _on_settings_closed(self) -> None:
        closed, self._settings = self._settings, None
        if closed is not None:
            closed.deleteLater()

    @Slot()
    def _on_shortcuts(self) -> None:
        ShortcutsDialog(self._actions.groups(), self._window).open()

    @Slot()
    def _on_about(self) -> None:
        AboutDialog(self._session, self._window).open()
