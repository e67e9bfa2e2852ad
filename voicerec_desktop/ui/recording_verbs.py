"""What the user does with a recording, and where the window shows it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QWidget

from voicerec_desktop.recorder_messages import RecorderStatus
from voicerec_desktop.ui.actions import Actions
from voicerec_desktop.ui.dialogs import confirm
from voicerec_desktop.ui.hot_key import HotKey
from voicerec_desktop.ui.i18n import clock, fill
from voicerec_desktop.ui.notices import Notice
from voicerec_desktop.ui.queue_runner import QueueRunner
from voicerec_desktop.ui.record_bar import RecordBar
from voicerec_desktop.ui.record_texts import mode_texts
from voicerec_desktop.ui.recording import Recording
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.tray import Tray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicerec_desktop.pipeline.recording import Recovered


class RecordingVerbs(QObject):
    """Ties a `Recording` to actions, bar, tray and queue.

    Signals:
        meeting_requested: the meeting that is being recorded is to be seen.
        mark_requested: of a moment that is played, for nothing is recorded.
        title_changed: the window's title says that something is recorded, or no longer.
    """

    meeting_requested = Signal(str)
    mark_requested = Signal()
    title_changed = Signal()

    def __init__(
        self,
        recording: Recording,
        bar: RecordBar,
        session: Session,
        runner: QueueRunner,
        actions: Actions,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._recording, self._bar = recording, bar
        self._session, self._runner, self._actions = session, runner, actions
        self.tray, self._key = Tray(actions, window), HotKey(self)
        self._modes = QActionGroup(self)
        for mode in mode_texts():
            action = QAction(self._modes, checkable=True)
            action.setData(mode)
            actions.record_mode.addAction(action)
        self.retranslate()
        self._connect()
        self._show_settings()

    def _connect(self) -> None:
        recording, bar, actions = self._recording, self._bar, self._actions
        self._key.pressed.connect(recording.toggle)
        actions["record"].triggered.connect(recording.toggle)
        actions["record_pause"].triggered.connect(recording.pause_or_resume)
        actions["record_mark"].triggered.connect(self._on_mark)
        bar.mark_requested.connect(recording.mark)
        bar.reminder_dismissed.connect(self._on_reminder_dismissed)
        recording.state_changed.connect(self._on_state_changed)
        recording.begun.connect(self._on_begun)
        recording.status_arrived.connect(self._on_status)
        recording.ended.connect(self._on_ended)
        recording.recovered.connect(self._on_recovered)
        recording.failed.connect(self._session.report)
        self._session.opened.connect(recording.find)
        self._session.settings_changed.connect(self._show_settings)
        self._modes.triggered.connect(self._on_mode_chosen)

    @Slot()
    def _on_mark(self) -> None:
        if self._recording.runs:
            self._bar.add_mark()
        else:
            self.mark_requested.emit()

    @property
    def title(self) -> str:
        """What the window's title begins with."""
        return {"recording": "● ", "paused": "❚❚ "}.get(self._recording.state, "")

    @Slot()
    def _on_state_changed(self) -> None:
        state = self._recording.state
        if state == "starting":
            self._bar.begin(remind=self._session.settings.record_reminder)
        elif state == "idle":
            self._bar.end()
        self._actions.set_recording(state if state in ("idle", "recording", "paused") else "")
        self.tray.show_state(state)
        self.title_changed.emit()

    @Slot(str)
    def _on_begun(self, meeting_id: str) -> None:
        if not self._bar.isVisible():  # another window began it
            self._bar.begin(remind=False)
        self._session.meetings_changed.emit()
        self.meeting_requested.emit(meeting_id)

    @Slot(object)
    def _on_status(self, status: RecorderStatus) -> None:
        self._bar.show_status(status)
        text = fill(self.tr("Voicerec records: %1"), clock(status.elapsed))
        self.tray.show_state(self._recording.state, text)

    @Slot(str)
    def _on_ended(self, meeting_id: str) -> None:
        """What was recorded is transcribed."""
        self._runner.retry(meeting_id)
        text = self.tr("The recording is saved. It is being transcribed now.")
        self._session.notify(Notice("good", text, "recorded"))

    @Slot(object)
    def _on_recovered(self, found: "Sequence[Recovered]") -> None:
        """Recordings that broke off are in the queue."""
        self._runner.refresh()
        self._session.meetings_changed.emit()
        text = self.tr("%n recording(s) that broke off are restored: %1.", "", len(found))
        lengths = ", ".join(clock(one.seconds) for one in found)
        show = (self.tr("Show"), partial(self.meeting_requested.emit, found[0].meeting_id))
        self._session.notify(Notice("good", fill(text, lengths), "recovered", show))

    @Slot()
    def _on_reminder_dismissed(self) -> None:
        self._session.update_settings(record_reminder=False)

    @Slot(QAction)
    def _on_mode_chosen(self, action: QAction) -> None:
        self._session.update_settings(record_mode=action.data())

    @Slot()
    def _show_settings(self) -> None:
        for action in self._modes.actions():
            action.setChecked(action.data() == self._session.settings.record_mode)

    def ask_to_leave(self) -> bool:
        """The window is to close while something is recorded: whether it may."""
        headline = self.tr("The recording goes on without the window")
        text = self.tr("Open the program again to see it, or stop it first.")
        window = self.parent()
        assert isinstance(window, QWidget)
        return confirm.ask(window, headline, text, self.tr("Close the window"))

    def retranslate(self) -> None:
        """Set the texts in the language of the window."""
        for action in self._modes.actions():
            action.setText(mode_texts()[action.data()])
        self.tray.retranslate()

    def close(self) -> None:
        """The window goes; the recorder does not."""
        self._key.close()
        self.tray.close()
