"""The page in place of everything when the library cannot be opened: why, and what helps."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.error_texts import window_text
from voicerec_desktop.ui.folders import open_folder, show_in_folder
from voicerec_desktop.ui.i18n import current_language, fill
from voicerec_desktop.ui.notices import Notice
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.states import Button, StateView

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicerec_desktop.store.recovery import Recovery

_ELSEWHERE = (ErrorCode.LIBRARY_TOO_NEW, ErrorCode.HOME_READ_ONLY, ErrorCode.DISK_FULL)


class FailurePage(StateView):
    """Says why, tries again, and restores a library that is damaged."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._error: Exception | None = None
        self._restoring = False
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.hide()
        self.add_below(self._bar)
        session.opened.connect(self._on_opened)

    def show_error(self, error: Exception) -> None:
        """Say why the library does not open."""
        self._error, self._restoring = error, False
        self._show()

    def _show(self) -> None:
        self._bar.setVisible(self._restoring)
        if self._restoring:
            headline = self.tr("Restoring the library…")
            text = self.tr("With many meetings this takes some minutes. Nothing is deleted.")
            self._bar.setAccessibleName(headline)
            self.set_state("clock", headline, text)
        elif self._error is not None:
            error = self._error
            text = (
                window_text(error, current_language())
                if isinstance(error, KnownError)
                else self.tr("The log has the details.")
            )
            headline = self.tr("The library cannot be opened")
            self.set_state("error", headline, text, self._remedies(error))

    def _remedies(self, error: Exception) -> list[Button]:
        again: Button = (self.tr("Try again"), self._session.open)
        code = error.code if isinstance(error, KnownError) else None
        folder: Callable[[], None] = partial(open_folder, self._session.home.data)
        if code == ErrorCode.LIBRARY_CORRUPT:
            return [
                (self.tr("Restore the library"), self.restore),
                (self.tr("Open its folder"), folder),
            ]
        return [again, (self.tr("Open its folder"), folder)] if code in _ELSEWHERE else [again]

    @Slot()
    def restore(self) -> None:
        """Put the library right on the io lane, and open it."""
        if self._restoring:
            return
        self._restoring = True
        self._show()
        home = self._session.home

        def work(_cancel: CancelToken) -> object:
            from voicerec_desktop.store.recovery import recover

            return recover(home.library, home.backups, home.meetings)

        task = self._session.lanes["io"].start(work, promised=True)
        task.finished.connect(self._on_restored)
        task.failed.connect(self.show_error)

    @Slot(object)
    def _on_restored(self, done: "Recovery") -> None:
        parts = [self.tr("The library is restored.")]
        if done.backup is not None:
            parts = [fill(self.tr("The library is restored from “%1”."), done.backup.name)]
        if done.restored:
            count = len(done.restored)
            parts.append(self.tr("%n meeting(s) came back from their own copies.", "", count))
        action = None
        if done.aside is not None:
            parts.append(fill(self.tr("The damaged file is kept as “%1”."), done.aside.name))
            action = (self.tr("Show it"), partial(show_in_folder, Path(done.aside)))
        self._session.notify(Notice("warning", " ".join(parts), "restored", action))
        self._session.open()

    @Slot()
    def _on_opened(self) -> None:
        self._error, self._restoring = None, False
        self._bar.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)
