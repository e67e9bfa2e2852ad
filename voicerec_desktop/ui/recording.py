"""The recording that runs: begun, watched and ended through its own process.

The recorder needs no window. When this one dies, it goes on, and the next window finds it.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.paths import Home
from voicerec_desktop.recorder_messages import RecorderStatus
from voicerec_desktop.settings import Settings
from voicerec_desktop.ui.lanes import Task
from voicerec_desktop.ui.session import Session

if TYPE_CHECKING:
    from voicerec_desktop.audio.recorder_client import RecorderClient
    from voicerec_desktop.pipeline.recording import Recovered
    from voicerec_desktop.store.library import Library

    Found = tuple[str, RecorderClient]

POLL = 100  # ms between two looks at the levels


class Recording(QObject):
    """At most one recording of this home.

    Attributes:
        meeting_id: of the recording that runs, or "".
        state: "idle", "starting", "recording", "paused" or "stopping".

    Signals:
        state_changed: `state` is another one.
        begun: the meeting of a recording that this window began or found.
        status_arrived: a `RecorderStatus`.
        ended: the meeting: its sound is on disk and it may be worked at.
        recovered: recordings that broke off and are in the queue now: `Recovered` ones.
        failed: it did not begin, or its process died: the exception.
    """

    state_changed = Signal()
    begun = Signal(str)
    status_arrived = Signal(object)
    ended = Signal(str)
    recovered = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._client: RecorderClient | None = None
        self._asking: Task | None = None
        self.meeting_id = ""
        self.state = "idle"
        self._timer = QTimer(self, interval=POLL)
        self._timer.timeout.connect(self._ask)
        self._devices = _devices(session.settings)
        session.settings_changed.connect(self._on_settings_changed)

    @property
    def runs(self) -> bool:
        """Whether something is recorded, or about to be."""
        return self.state != "idle"

    @Slot()
    def start(self) -> None:
        """Record what the settings say; `begun` or `failed` follows."""
        if self.runs:
            return
        self._become("starting")
        settings, home, title = self._session.settings, self._session.home, self.tr("Recording")
        self._follow(lambda library: _look(library, home) or _begin(library, home, settings, title))

    @Slot()
    def find(self) -> None:
        """Look for a recording that another window began, and recover those that broke off."""
        home, title = self._session.home, self.tr("Recording")
        recovering = self._session.run(lambda lib: _recover(lib, home, title), lane="recorder")
        recovering.finished.connect(self._on_recovered)
        if not self.runs:
            self._follow(lambda library: _look(library, home, recovered=True))

    @Slot(object)
    def _on_recovered(self, found: object) -> None:
        if found:
            self.recovered.emit(found)

    def _follow(self, begin: Callable[["Library"], object]) -> None:
        task = self._session.run(begin, lane="recorder")
        task.finished.connect(self._on_begun)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_begun(self, found: "Found | None") -> None:
        if found is None:
            return
        self.meeting_id, self._client = found
        self._become("recording")
        self._timer.start()
        self.begun.emit(self.meeting_id)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        """It did not begin, or its process is gone: what is on disk is finished like the rest."""
        meeting_id = self._forget()
        self.failed.emit(error)
        if meeting_id:
            self._hand_over(meeting_id)

    def _hand_over(self, meeting_id: str) -> None:
        """What was recorded is worked at; a recording in which nothing was is forgotten."""
        home = self._session.home
        task = self._session.run(lambda library: _kept(library, home, meeting_id), lane="recorder")
        task.finished.connect(self._on_kept)
        task.failed.connect(self.failed)

    @Slot(object)
    def _on_kept(self, meeting_id: str) -> None:
        if meeting_id:
            self.ended.emit(meeting_id)
        else:
            self.failed.emit(KnownError(ErrorCode.NOTHING_RECORDED))

    def _forget(self) -> str:
        self._timer.stop()
        meeting_id, self.meeting_id, self._client = self.meeting_id, "", None
        self._become("idle")
        return meeting_id

    @Slot()
    def _ask(self) -> None:
        client = self._client
        if self._asking is None and client is not None:
            self._asking = self._tell(lambda: client.status())
            self._asking.finished.connect(self._on_status)
            self._asking.settled.connect(self._on_settled)

    def _tell(self, act: Callable[[], object]) -> Task:
        task = self._session.lanes["recorder"].start(lambda _: act())
        task.failed.connect(self._on_failed)
        return task

    @Slot()
    def _on_settled(self) -> None:
        self._asking = None

    @Slot(object)
    def _on_status(self, status: RecorderStatus) -> None:
        if self._client is None:
            return
        if status.state == "done":  # the disk was full, or another window stopped it
            self._hand_over(self._forget())
            return
        if self.state != "stopping":
            self._become(status.state)
        self.status_arrived.emit(status)

    @Slot()
    def pause_or_resume(self) -> None:
        """Hold the recording, or go on with it."""
        client = self._client
        if client is not None and self.state in ("recording", "paused"):
            self._tell(client.resume if self.state == "paused" else client.pause)

    @Slot()
    def _on_settings_changed(self) -> None:
        """Another device holds at once, in the middle of a recording, too."""
        before, self._devices = self._devices, _devices(self._session.settings)
        client = self._client
        for kind, device in self._devices.items():
            if client is not None and device != before[kind]:
                self._tell(partial(client.use_device, kind, device))

    @Slot(float, str)
    def mark(self, at: float, note: str) -> None:
        """Mark a time of the recording (seconds)."""
        client = self._client
        if client is not None:
            self._tell(lambda: client.mark(note, at))

    @Slot()
    def stop(self) -> None:
        """End the recording; `ended` follows when its last sample is on disk."""
        client = self._client
        if client is None or self.state == "stopping":
            return
        self._become("stopping")
        self._timer.stop()
        self._tell(client.stop).finished.connect(self._on_stopped)

    @Slot(object)
    def _on_stopped(self, _result: object) -> None:
        self._hand_over(self._forget())

    @Slot()
    def toggle(self) -> None:
        """One button: record, or stop."""
        if self.state == "idle":
            self.start()
        else:
            self.stop()

    def _become(self, state: str) -> None:
        if state != self.state:
            self.state = state
            self.state_changed.emit()


def _devices(settings: Settings) -> dict[str, str]:
    """The chosen device of each kind of track, "" where the system's choice is followed."""
    return {"mic": settings.record_mic, "system": settings.record_system}


def _look(library: "Library", home: Home, recovered: bool = False) -> "Found | None":
    """The recording that runs; `recovered`: what broke off has just been looked for."""
    from voicerec_desktop.audio.recorder_client import attach
    from voicerec_desktop.pipeline.recording import living_recording, recorded_now

    meeting_id = (recorded_now if recovered else living_recording)(library, home)
    return (meeting_id, attach(home.recording(meeting_id))) if meeting_id else None


def _recover(library: "Library", home: Home, title: str) -> "list[Recovered]":
    from voicerec_desktop.pipeline.recording import recover_recordings

    return recover_recordings(library, home, title)


def _kept(library: "Library", home: Home, meeting_id: str) -> str:
    """The meeting, or "" where nothing was recorded."""
    from voicerec_desktop.pipeline.recording import abandon_recording

    abandon_recording(library, home, meeting_id)
    return meeting_id if any(m.id == meeting_id for m in library.meetings()) else ""


def _begin(library: "Library", home: Home, settings: Settings, title: str) -> "Found":
    from voicerec_desktop.audio.recorder_client import RecordOptions, start_recorder
    from voicerec_desktop.pipeline.recording import abandon_recording, begin_recording

    meeting_id = begin_recording(library, home, settings.record_mode, title)
    options = RecordOptions(settings.record_mode, settings.record_mic, settings.record_system)
    try:
        return meeting_id, start_recorder(home.recording(meeting_id), options)
    except KnownError:
        abandon_recording(library, home, meeting_id)
        raise
