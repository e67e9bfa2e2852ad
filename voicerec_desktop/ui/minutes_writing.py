"""Minutes of the open meeting are asked of the company's LLM, on a lane of their own."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.model import Meeting
from voicerec_desktop.paths import Home
from voicerec_desktop.settings import Settings
from voicerec_desktop.ui.dialogs import confirm
from voicerec_desktop.ui.i18n import fill
from voicerec_desktop.ui.lanes import Task
from voicerec_desktop.ui.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicerec_desktop.core.minutes import Minutes
    from voicerec_desktop.minutes.server import Server
    from voicerec_desktop.store.library import Library

AGREED = "llm:"  # before a host to which text may be sent, in the settings


class MinutesWriting(QObject):
    """At most one run at a time.

    Attributes:
        meeting_id: of the meeting whose minutes are being written, or "".

    Signals:
        changed: a run began or ended.
        arrived: an event of `pipeline.events`: facts, the summary so far, how far it is.
        written: the meeting has new minutes.
        failed: the exception; what was found until then is kept for the next run.
    """

    changed = Signal()
    arrived = Signal(object)
    written = Signal(str)
    failed = Signal(object)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._meeting: Meeting | None = None
        self._cancel = CancelToken()

    @property
    def meeting_id(self) -> str:
        """The meeting whose minutes are being written."""
        return self._meeting.id if self._meeting is not None else ""

    def start(self, meeting: Meeting) -> None:
        """Ask where the text may go, then write."""
        if self._meeting is not None:
            return
        self._meeting, self._cancel = meeting, CancelToken()
        self.changed.emit()
        settings, home, cancel = self._session.settings, self._session.home, self._cancel
        found = self._session.lanes["minutes"].start(lambda _: _server(settings, home, cancel))
        self._follow(found, self._on_server)

    def _follow(self, task: Task, then: "Callable[[Any], object]") -> None:
        task.finished.connect(then)
        task.failed.connect(self._on_failed)
        task.cancelled.connect(self._on_ended)

    @Slot(object)
    def _on_server(self, server: "Server") -> None:
        if self._meeting is None or not self._agrees(server.host):
            self._on_ended()
            return
        settings, home = self._session.settings, self._session.home
        meeting, cancel, tell = self._meeting, self._cancel, self.arrived.emit

        def write(library: "Library") -> "Minutes":
            return _write(library, home, settings, meeting, server, cancel, tell)

        self._follow(self._session.run(write, lane="minutes"), self._on_written)

    def _agrees(self, host: str) -> bool:
        """Whether text may go there; asked once for each host."""
        known = self._session.settings.dismissed
        if AGREED + host in known:
            return True
        agrees = confirm.ask(
            self._window,
            fill(self.tr("Send the text of the meeting to %1?"), host),
            self.tr(
                "The language model there reads the transcript and writes the minutes. The sound"
                " stays on this computer."
            ),
            self.tr("Send the text"),
        )
        if agrees:
            self._session.update_settings(dismissed=(*known, AGREED + host))
        return agrees

    @Slot()
    def cancel(self) -> None:
        """Stop; what was found is kept for the next run."""
        self._cancel.cancel()

    @Slot(object)
    def _on_written(self, _minutes: object) -> None:
        meeting_id = self._on_ended()
        self.written.emit(meeting_id)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._on_ended()
        self.failed.emit(error)

    @Slot()
    def _on_ended(self) -> str:
        meeting_id, self._meeting = self.meeting_id, None
        self.changed.emit()
        return meeting_id


def _server(settings: Settings, home: Home, cancel: CancelToken) -> "Server":
    from voicerec_desktop.pipeline.llm_server import llm_server, with_model

    return with_model(llm_server(settings, home), cancel)


def _write(
    library: "Library",
    home: Home,
    settings: Settings,
    meeting: Meeting,
    server: "Server",
    cancel: CancelToken,
    tell: "Callable[[object], None]",
) -> "Minutes":
    from voicerec_desktop.minutes.prompts import template
    from voicerec_desktop.minutes.server import ServerMemory
    from voicerec_desktop.pipeline.llm_server import prompt_folders
    from voicerec_desktop.pipeline.minutes import MinutesJob

    language = settings.minutes_language or ("ru" if meeting.language == "ru" else "en")
    chosen = template(prompt_folders(home), settings.minutes_template, language)
    memory = ServerMemory(home.config)
    job = MinutesJob(library, meeting.id, server, chosen, cancel, tell, settings.mask, memory)
    return job.run()
