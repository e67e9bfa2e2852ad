"""A look at the levels before a call: the recorder itself, into a folder that is thrown away."""

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.model import TrackKind
from voicerec_desktop.recorder_messages import RecorderStatus
from voicerec_desktop.ui.level_meter import QUIET
from voicerec_desktop.ui.record_bar import TrackMeter
from voicerec_desktop.ui.record_texts import track_name
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.settings.page import prose, say
from voicerec_desktop.ui.theme import SPACE
from voicerec_desktop.ui.tones import Tones

if TYPE_CHECKING:
    from voicerec_desktop.audio.recorder_client import RecorderClient
    from voicerec_desktop.settings import Settings
    from voicerec_desktop.ui.lanes import Task

POLL = 100  # ms
SECONDS = 3.0  # s of sound that are looked at


class SoundCheck(QWidget):
    """Two bars, a button that listens, and one that plays a sound."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._client: RecorderClient | None = None
        self._folder: Path | None = None
        self._asking: Task | None = None
        self._loudest: dict[str, float] = {}
        self._meters = {kind: TrackMeter(kind) for kind in (TrackKind.MIC, TrackKind.SYSTEM)}
        self._verdict = prose()
        self._listen, self._play = QPushButton(), QPushButton()
        self._sound = Tones(self)
        self._timer = QTimer(self, interval=POLL)
        self._timer.timeout.connect(self._ask)
        self._lay_out()
        self._retranslate()
        self._listen.clicked.connect(self._on_listen)
        self._play.clicked.connect(self._sound.play)

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("card", True)
        column = QVBoxLayout(card)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE * 3 // 2)
        for meter in self._meters.values():
            column.addWidget(meter)
        self._verdict.hide()
        column.addWidget(self._verdict)
        buttons = QHBoxLayout()
        for button in (self._listen, self._play):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(card)
        layout.addLayout(buttons)

    @Slot()
    def _on_listen(self) -> None:
        self._listen.setEnabled(False)
        self._loudest = {}
        say(self._verdict, "", self.tr("Listening…"))
        settings = self._session.settings
        task = self._session.lanes["recorder"].start(lambda _: _begin(settings))
        task.finished.connect(self._on_begun)
        task.failed.connect(self._on_failed)

    @Slot(object)
    def _on_begun(self, begun: "tuple[Path, RecorderClient]") -> None:
        self._folder, self._client = begun
        self._timer.start()

    @Slot()
    def _ask(self) -> None:
        client = self._client
        if self._asking is None and client is not None:
            self._asking = self._session.lanes["recorder"].start(lambda _: client.status())
            self._asking.finished.connect(self._on_status)
            self._asking.failed.connect(self._on_failed)
            self._asking.settled.connect(self._on_settled)

    @Slot()
    def _on_settled(self) -> None:
        self._asking = None

    @Slot(object)
    def _on_status(self, status: RecorderStatus) -> None:
        for track in status.tracks:
            self._meters[TrackKind(track.kind)].show_track(track)
            known = self._loudest.get(track.kind, track.peak)
            self._loudest[track.kind] = max(known, track.peak)
        if status.elapsed >= SECONDS and self._timer.isActive():
            self._stop()
            self._tell()

    def _tell(self) -> None:
        silent = [kind for kind in self._meters if self._loudest.get(kind, QUIET) <= QUIET]
        if not silent:
            say(self._verdict, "good", self.tr("Both sides are heard."))
            return
        advice = {
            TrackKind.MIC: self.tr(
                "Nothing came from the microphone. Is it muted, or is another one in use?"
            ),
            TrackKind.SYSTEM: self.tr(
                "Nothing came from the other side. Play a sound while this listens; if the bar "
                "does not move, choose the output that you hear it from."
            ),
        }
        say(self._verdict, "warning", "\n".join(advice[kind] for kind in silent))

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self._stop()
        self._verdict.hide()
        self._session.report(error)

    def _stop(self) -> None:
        self._timer.stop()
        client, folder = self._client, self._folder
        self._client = self._folder = None
        for meter in self._meters.values():
            meter.level.clear()
        self._listen.setEnabled(True)
        if client is None or folder is None:
            return

        def end(_cancel: CancelToken) -> None:
            try:
                client.stop()
            finally:
                shutil.rmtree(folder, ignore_errors=True)

        self._session.lanes["recorder"].start(end, promised=True)

    def hideEvent(self, event: QEvent) -> None:
        """Nobody looks any more."""
        self._stop()
        super().hideEvent(event)  # type: ignore[arg-type]

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._listen.setText(self.tr("&Listen for three seconds"))
        self._play.setText(self.tr("&Play a test sound"))
        for kind, meter in self._meters.items():
            meter.setToolTip(track_name(kind))


def _begin(settings: "Settings") -> "tuple[Path, RecorderClient]":
    from voicerec_desktop.audio.recorder_client import RecordOptions, start_recorder

    folder = Path(tempfile.mkdtemp(prefix="voicerec-check-"))
    try:
        options = RecordOptions("call", settings.record_mic, settings.record_system)
        return folder, start_recorder(folder, options)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
