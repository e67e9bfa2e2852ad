"""What is known of the recording itself: files, sound, language, and how the work went."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QLocale, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from voicerec_desktop.core.model import Stage, StageRun, StageState, Track, Transcript
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.folders import show_in_folder
from voicerec_desktop.ui.i18n import clock, date_and_time, duration, fill
from voicerec_desktop.ui.icons import icon
from voicerec_desktop.ui.painting import small
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.settings.model_texts import model_name
from voicerec_desktop.ui.settings.speech_languages import language_name
from voicerec_desktop.ui.theme import SPACE

GONE = -1  # bytes of a file that is not there


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the panel: `path` has a button that shows it; `state` is "" or "warning"."""

    name: str
    text: str
    path: str = ""
    state: str = ""


class RecordingPanel(QScrollArea):
    """Facts of the open meeting."""

    def __init__(
        self, document: MeetingDocument, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._session = document, session
        self._sizes: dict[str, int] = {}
        self._outdated = True
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        document.loaded.connect(self._on_loaded)
        document.closed.connect(self._show)

    @Slot()
    def _on_loaded(self) -> None:
        """Show what is known, and look at the files off the main thread."""
        self._show()
        transcript = self._document.transcript
        paths = {track.path for track in transcript.tracks} if transcript else set()
        task = self._session.lanes["files"].start(lambda _: {path: _size(path) for path in paths})
        task.finished.connect(self._on_looked)

    @Slot(object)
    def _on_looked(self, sizes: dict[str, int]) -> None:
        if sizes != self._sizes:
            self._sizes = sizes
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has changed behind another page."""
        if self._outdated:
            self._show()
        super().showEvent(event)

    @Slot()
    def _show(self) -> None:
        self._outdated = not self.isVisible()
        if self._outdated:
            return
        inner = QWidget()
        inner.setProperty("panel", True)
        column = QVBoxLayout(inner)
        column.setContentsMargins(SPACE * 3 // 2, SPACE, SPACE * 3 // 2, SPACE * 2)
        column.setSpacing(SPACE // 4)
        for fact in self._facts():
            self._add(column, fact)
        column.addStretch(1)
        if (before := self.takeWidget()) is not None:  # Qt may be walking over all widgets now
            before.hide()
            before.deleteLater()
        self.setWidget(inner)

    def _add(self, column: QVBoxLayout, fact: Fact) -> None:
        name, text = QLabel(fact.name), QLabel(fact.text)
        name.setProperty("role", "small")
        name.setFont(small(self.font()))
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setAccessibleName(fact.name)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if fact.state:
            text.setProperty("state", fact.state)
        column.addWidget(name)
        column.addWidget(text)
        if fact.path:
            text.setToolTip(fact.path)
            button = QPushButton(icon("folder"), self.tr("Show in folder"))
            button.setAccessibleName(self.tr("Show in folder"))
            button.setProperty("path", fact.path)
            button.clicked.connect(self._on_show)
            column.addSpacing(SPACE // 2)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(SPACE)

    @Slot()
    def _on_show(self) -> None:
        button = self.sender()
        assert button is not None
        show_in_folder(Path(button.property("path")))

    def _facts(self) -> Iterator[Fact]:
        transcript = self._document.transcript
        if transcript is None:
            return
        meeting = transcript.meeting
        yield from self._files(transcript)
        yield Fact(self.tr("Date"), date_and_time(meeting.started_at))
        if meeting.duration:
            yield Fact(self.tr("Length"), clock(meeting.duration))
        if meeting.language:
            yield Fact(self.tr("Language"), language_name(meeting.language))
        yield from self._work(transcript)

    def _files(self, transcript: Transcript) -> Iterator[Fact]:
        shown: set[str] = set()
        for track in transcript.tracks:
            if track.path in shown:
                continue
            shown.add(track.path)
            size = self._sizes.get(track.path)
            yield Fact(self.tr("File"), Path(track.path).name, "" if size == GONE else track.path)
            if size == GONE:
                text = self.tr("It is no longer where it was. Put it back to listen to it.")
                yield Fact(self.tr("Note"), text, state="warning")
            if sound := self._sound(track, size):
                yield Fact(self.tr("Sound"), sound)
            if track.warning:
                text = self.tr("The file is damaged or cut off. What can be read was transcribed.")
                yield Fact(self.tr("Note"), text, state="warning")

    def _sound(self, track: Track, size: int | None) -> str:
        parts = [Path(track.path).suffix[1:].upper()]
        if track.sample_rate:
            rate = QLocale().toString(track.sample_rate / 1000, "g", 4)
            parts.append(fill(self.tr("%1 kHz"), rate))
        if track.channel >= 0:
            parts.append(self.tr("two sides, one in each channel"))
        elif track.channels in (1, 2):
            parts.append(self.tr("mono") if track.channels == 1 else self.tr("stereo"))
        elif track.channels:
            parts.append(self.tr("%n channel(s)", "", track.channels))
        if size is not None and size != GONE:
            form = QLocale.DataSizeFormat.DataSizeTraditionalFormat
            parts.append(QLocale().formattedDataSize(size, 1, form))
        return "  ·  ".join(filter(None, parts))

    def _work(self, transcript: Transcript) -> Iterator[Fact]:
        last = {run.stage: run for run in transcript.stages}
        names = {
            Stage.RECORD: self.tr("Recording"),
            Stage.DECODE: self.tr("Reading the sound"),
            Stage.ASR: self.tr("Recognising speech"),
            Stage.DIARIZATION: self.tr("Telling the speakers apart"),
            Stage.ATTRIBUTION: self.tr("Putting text and speakers together"),
            Stage.MINUTES: self.tr("Writing the minutes"),
        }
        for stage, name in names.items():
            if stage in last:
                yield Fact(name, self._how(last[stage], transcript.meeting.duration))
        used = [str(run.options["model"]) for run in last.values() if run.options.get("model")]
        models = [model_name(model_id) for model_id in used]
        if models:
            yield Fact(self.tr("Models"), "\n".join(dict.fromkeys(models)))

    def _how(self, run: StageRun, length: float) -> str:
        if run.state != StageState.DONE:
            return {
                StageState.RUNNING: self.tr("at work"),
                StageState.FAILED: self.tr("failed"),
                StageState.CANCELLED: self.tr("stopped"),
            }[run.state]
        if run.seconds < 1:
            return self.tr("less than a second")
        text = duration(run.seconds)
        if length <= run.seconds or run.stage == Stage.RECORD:
            return text
        times = QLocale().toString(
            length / run.seconds, "g", 2 if length < 100 * run.seconds else 3
        )
        return fill(self.tr("%1, %2 times as fast as it was spoken"), text, times)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._show()
        super().changeEvent(event)


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return GONE
