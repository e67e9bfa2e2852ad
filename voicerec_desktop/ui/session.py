"""What all views share: library, settings, lanes, and the news of them."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import KnownError
from voicerec_desktop.paths import Home
from voicerec_desktop.settings import Settings, load_settings, save_settings
from voicerec_desktop.ui.i18n import set_language
from voicerec_desktop.ui.lanes import Lanes, Task
from voicerec_desktop.ui.notices import Notice, notice_of
from voicerec_desktop.ui.theme import apply_theme

if TYPE_CHECKING:
    from voicerec_desktop.speech.catalogue import Catalogue
    from voicerec_desktop.store.library import Library

log = logging.getLogger(__name__)
RECENT = 10
SIDECAR_MS = 20_000  # after the last change, sidecars of changed meetings are written


class Session(QObject):
    """One user's home, opened. Everything that touches disk or database goes through its lanes.

    Signals:
        opened: the library is open.
        open_failed: the library cannot be opened: a `KnownError`.
        meetings_changed: some meeting came, went, or has another title or status.
        meeting_changed: the rows of this meeting changed (not by the document that shows it).
        settings_changed: language and theme are applied already.
        noticed: a `Notice` for the user.
    """

    opened = Signal()
    open_failed = Signal(object)
    meetings_changed = Signal()
    meeting_changed = Signal(str)
    settings_changed = Signal()
    noticed = Signal(object)

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.home = home
        self.lanes = Lanes(self)
        self.settings = Settings()
        self._library: Library | None = None
        self._opening = threading.Lock()
        self._catalogue: Catalogue | None = None
        self._invalid: KnownError | None = None
        self._sidecars = QTimer(self, interval=SIDECAR_MS, singleShot=True)
        self._sidecars.timeout.connect(self._on_sidecars_due)
        try:
            self.settings = load_settings(home.config)
        except KnownError as error:
            self._invalid = error
        self._dress()

    def _dress(self) -> None:
        set_language(self.settings.app_language)
        apply_theme(self.settings.theme)

    @Slot()
    def open(self) -> None:
        """Open the library on the io lane; `opened` or `open_failed` follows."""
        if self._invalid is not None:
            self.report(self._invalid)
        task = self.lanes["io"].start(self._open)
        task.finished.connect(self._on_opened)
        task.failed.connect(self.open_failed)

    def _open(self, _cancel: CancelToken) -> None:
        with self._opening:
            if self._library is None:
                from voicerec_desktop.store.library import Library

                library = Library(self.home.library, self.home.backups)
                library.mark_interrupted()
                self._library = library

    @Slot(object)
    def _on_opened(self, _result: object) -> None:
        self.opened.emit()
        self.meetings_changed.emit()

    @property
    def is_open(self) -> bool:
        """Whether the library has been opened: a view that comes later reads it at once."""
        return self._library is not None

    def run(
        self, work: Callable[["Library"], object], promised: bool = False, lane: str = "io"
    ) -> Task:
        """Do something with the library on a lane, in the order of calls.

        Args:
            promised: it is done even if the program ends before its turn.
            lane: another one for what takes long: what is to be shown waits on `io`.
        """

        def on_lane(_cancel: CancelToken) -> object:
            self._open(_cancel)
            assert self._library is not None
            return work(self._library)

        return self.lanes[lane].start(on_lane, promised)

    def change(self, work: Callable[["Library"], object]) -> Task:
        """`run` what the user asked for; a failure is told."""
        task = self.run(work, promised=True)
        task.failed.connect(self.report)
        self.expect_changes()
        return task

    def expect_changes(self) -> None:
        """A meeting changes: write its sidecar soon, when nothing more comes."""
        self._sidecars.start()

    @Slot()
    def _on_sidecars_due(self) -> None:
        self.run(self._write_sidecars)

    def _write_sidecars(self, library: "Library") -> None:
        from voicerec_desktop.store.sidecar import write_due_sidecars

        try:
            write_due_sidecars(library, self.home.meetings)
        except KnownError as error:  # a full disk, say: they stay due
            log.warning("sidecars: %s", error)

    def catalogue(self) -> "Catalogue":
        """All models; reads disks, so for lanes only."""
        if self._catalogue is None:
            from voicerec_desktop.paths import embedded, resources
            from voicerec_desktop.speech.catalogue import Catalogue

            self._catalogue = Catalogue(self.home.models, embedded(), resources() / "models.toml")
        return self._catalogue

    def notify(self, notice: Notice) -> None:
        """Tell the user something."""
        self.noticed.emit(notice)

    @Slot(object)
    def report(self, error: Exception) -> None:
        """Tell the user of an error."""
        unexpected = self.tr("Something went wrong. The log has the details.")
        self.noticed.emit(notice_of(error, unexpected))

    def update_settings(self, **changes: Any) -> None:
        """Change settings at once, and write them on the io lane."""
        before = self.settings
        self.settings = msgspec.structs.replace(before, **changes)
        if self.settings == before:
            return
        looks = ("app_language", "theme")
        if any(getattr(before, name) != getattr(self.settings, name) for name in looks):
            self._dress()
        settings = self.settings
        task = self.lanes["io"].start(
            lambda _: save_settings(settings, self.home.config), promised=True
        )
        task.failed.connect(self.report)
        self.settings_changed.emit()

    def remember_recent(self, paths: list[Path]) -> None:
        """Put files at the top of the recent ones."""
        names = [str(path) for path in paths]
        older = [name for name in self.settings.recent if name not in names]
        self.update_settings(recent=tuple([*names, *older][:RECENT]))

    def close(self) -> None:
        """Let what the user did reach the disk, stop the rest, and close the library."""
        self._sidecars.stop()
        self.lanes.close()
        if self._library is not None:
            self._write_sidecars(self._library)
            self._library.close()
            self._library = None
