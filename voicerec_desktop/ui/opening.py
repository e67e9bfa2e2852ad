"""Files come into the window: by dialog, by the list of recent ones, by another start."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from voicerec_desktop.ui.actions import Actions
from voicerec_desktop.ui.dialogs.files import start_folder
from voicerec_desktop.ui.i18n import fill
from voicerec_desktop.ui.queue_runner import QueueRunner
from voicerec_desktop.ui.sample import bundled_sample
from voicerec_desktop.ui.session import Session

SOUND = "*.wav *.flac *.mp3 *.m4a *.aac *.ogg *.opus *.wma *.webm *.mp4 *.mkv *.mov *.avi"


class Opening(QObject):
    """Puts what the user names into the queue."""

    def __init__(
        self, session: Session, runner: QueueRunner, actions: Actions, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._runner, self._window = session, runner, window
        self._menu = actions.recent
        # Later, for they ask: who pressed them, a screen reader say, waits for no answer.
        queued = Qt.ConnectionType.QueuedConnection
        actions["open"].triggered.connect(self.ask_for_files, queued)
        actions["open_folder"].triggered.connect(self._on_open_folder, queued)
        self._menu.aboutToShow.connect(self._on_recent_shown)

    def open(self, paths: Sequence[Path]) -> None:
        """Put files and folders into the queue."""
        if paths:
            self._runner.add(paths)

    @Slot()
    def ask_for_files(self) -> None:
        """Let the user choose."""
        filters = [
            fill(self.tr("Sound and video (%1)"), SOUND),
            fill(self.tr("All files (%1)"), "*"),
        ]
        title = self.tr("Open recordings")
        names, _ = QFileDialog.getOpenFileNames(
            self._window, title, self._last_folder(), ";;".join(filters)
        )
        self.open([Path(name) for name in names])

    @Slot()
    def _on_open_folder(self) -> None:
        title = self.tr("Open all recordings in a folder")
        if name := QFileDialog.getExistingDirectory(self._window, title, self._last_folder()):
            self.open([Path(name)])

    @Slot()
    def open_sample(self) -> None:
        """Open the conversation that comes with the program."""
        if (path := bundled_sample()) is not None:
            self.open([path])

    def _last_folder(self) -> str:
        recent = self._session.settings.recent
        return str(start_folder(str(Path(recent[0]).parent) if recent else ""))

    @Slot()
    def _on_recent_shown(self) -> None:
        self._menu.clear()
        for name in self._session.settings.recent:
            action = self._menu.addAction(Path(name).name.replace("&", "&&"))
            action.setData(name)
            action.setToolTip(name)
            action.triggered.connect(self._on_recent)
        if self._menu.isEmpty():
            self._menu.addAction(self.tr("Nothing yet")).setEnabled(False)

    @Slot()
    def _on_recent(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self.open([Path(action.data())])


def dropped_paths(event: QDropEvent) -> list[Path]:
    """The local files and folders in a drop."""
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
