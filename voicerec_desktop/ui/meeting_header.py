"""The head of an open meeting: its title, when and how long, and how its work stands."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.model import Meeting, MeetingStatus, Transcript
from voicerec_desktop.error_texts import window_text
from voicerec_desktop.ui.actions import Actions
from voicerec_desktop.ui.i18n import current_language, date_and_time, duration, fill
from voicerec_desktop.ui.icons import pixmap
from voicerec_desktop.ui.name_edit import NameEdit
from voicerec_desktop.ui.queue_runner import QueueItem
from voicerec_desktop.ui.theme import SPACE, TITLE, colours

if TYPE_CHECKING:
    from collections.abc import Callable


class TitleEdit(NameEdit):
    """A title in large letters; a meeting always has one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(may_be_empty=False, parent=parent)
        self.setFrame(False)
        font = self.font()
        font.setPointSizeF(font.pointSizeF() + TITLE)
        font.setBold(True)
        self.setFont(font)
        self.setStyleSheet(
            "QLineEdit { border: 1px solid transparent; background: transparent; padding: 2px 4px;"
            " margin-left: -5px; }"
            " QLineEdit:hover { border-color: palette(mid); }"
            " QLineEdit:focus { border-color: palette(highlight); }"
        )


class MeetingHeader(QWidget):
    """Title, facts, tools, and a strip that says what is missing and what to do.

    Signals:
        renamed: the new title.
        retry_requested, cancel_requested: of the open meeting.
    """

    renamed = Signal(str)
    retry_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._transcript: Transcript | None = None
        self._item: QueueItem | None = None
        self._ask: Callable[[], None] = self.retry_requested.emit
        self.title = TitleEdit()
        self.title.renamed.connect(self.renamed)
        self._facts = QLabel()
        self._facts.setProperty("muted", True)
        self._tools = [self._tool(actions, name) for name in ("undo", "redo", "find", "export")]
        self._strip, self._sign, self._state = QFrame(), QLabel(), QLabel()
        self._bar, self._button = QProgressBar(), QPushButton()
        self._lay_out()
        self._button.clicked.connect(self._on_clicked)
        self._retranslate()

    def _tool(self, actions: Actions, name: str) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(actions[name])
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._facts.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(SPACE // 2)
        row.addWidget(self.title, 1)
        for tool in self._tools:
            row.addWidget(tool)
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addLayout(row)
        head.addWidget(self._facts)
        self._strip.setProperty("card", True)
        self._state.setWordWrap(True)
        self._state.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button.hide()  # it has no text yet
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1000)
        self._bar.setFixedWidth(160)
        strip = QHBoxLayout(self._strip)
        strip.setContentsMargins(SPACE * 3 // 2, SPACE, SPACE, SPACE)
        strip.setSpacing(SPACE)
        for widget in (self._sign, self._state, self._bar, self._button):
            strip.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE * 2, SPACE * 3 // 2, SPACE * 2, SPACE)
        layout.setSpacing(SPACE)
        layout.addLayout(head)
        layout.addWidget(self._strip)

    def show_transcript(self, transcript: Transcript) -> None:
        """Show a meeting."""
        self._transcript = transcript
        self.title.set_name(transcript.meeting.title)
        self._facts.setText(self._facts_of(transcript))
        self._show_state()

    def show_progress(self, item: QueueItem | None) -> None:
        """Show how far the work on the meeting is; None: it is not in the queue."""
        self._item = item
        self._show_state()

    def _facts_of(self, transcript: Transcript) -> str:
        meeting = transcript.meeting
        parts = [date_and_time(meeting.started_at)]
        if meeting.duration:
            parts.append(duration(meeting.duration))
        if transcript.speakers:
            parts.append(self.tr("%n speaker(s)", "", len(transcript.speakers)))
        return "  ·  ".join(parts)

    def _show_state(self) -> None:
        transcript, item = self._transcript, self._item
        if transcript is None:
            return
        meeting = transcript.meeting
        working = item is not None and meeting.status != MeetingStatus.READY
        shown = self._working(item) if working and item else self._resting(transcript)
        self._strip.setVisible(bool(shown))
        if not shown:
            return
        sign, colour, text, button = shown
        self._sign.setPixmap(pixmap(sign, 20, colour, self.devicePixelRatioF()))
        self._state.setText(text)
        self._bar.setVisible(working and item is not None and item.running)
        self._button.setVisible(bool(button))
        self._button.setText(button)

    def _working(self, item: QueueItem) -> tuple[str, str, str, str]:
        self._ask = self.cancel_requested.emit
        self._bar.setValue(round(item.share * 1000))
        self._bar.setAccessibleName(self.tr("Progress"))
        if item.held:
            text = self.tr("On hold until you continue it in the queue.")
        elif not item.running:
            text = self.tr("Waiting for its turn.")
        else:
            text = self._stage_text(item.stage)
            if item.seconds_left is not None:
                left = fill(self.tr("about %1 left"), duration(max(1.0, item.seconds_left)))
                text = f"{text}  ·  {left}"
        return "clock", colours().accent, text, self.tr("Cancel")

    def _stage_text(self, stage: str) -> str:
        texts = {
            "decode": self.tr("Reading the sound…"),
            "asr": self.tr("Recognising speech. The text appears as it comes."),
            "diarization": self.tr("Telling the speakers apart…"),
            "attribution": self.tr("Putting text and speakers together…"),
        }
        return texts.get(stage, self.tr("Starting…"))

    def _resting(self, transcript: Transcript) -> tuple[str, str, str, str] | None:
        self._ask = self.retry_requested.emit
        meeting = transcript.meeting
        if meeting.status == MeetingStatus.RECORDING:
            text = self.tr("This is being recorded. The text comes when the recording ends.")
            return "record", colours().bad, text, ""
        if meeting.status == MeetingStatus.FAILED:
            return "error", colours().bad, self._why(meeting, transcript), self.tr("Try again")
        if meeting.status == MeetingStatus.INTERRUPTED:
            text = self.tr("The work was stopped. What was done is kept; it goes on from there.")
            return "warning", colours().warning, text, self.tr("Continue")
        if meeting.status == MeetingStatus.READY and not transcript.segments:
            text = self.tr("No speech was found in this recording.")
            return "info", colours().muted, text, ""
        if meeting.status in (MeetingStatus.QUEUED, MeetingStatus.PROCESSING):
            return "clock", colours().accent, self.tr("Waiting for its turn."), ""
        return None

    def _why(self, meeting: Meeting, transcript: Transcript) -> str:
        """The sentence for a failed meeting; the values that it names are filled in as known."""
        path = transcript.tracks[0].path if transcript.tracks else meeting.title
        options = next((run.options for run in reversed(transcript.stages)), {})
        if meeting.error not in set(ErrorCode):
            return self.tr("Something went wrong with this meeting. What was done is kept.")
        error = KnownError(
            ErrorCode(meeting.error),
            path=path,
            id=str(options.get("model", "Whisper")),
            engine="Whisper",
            device="GPU",
        )
        return window_text(error, current_language())

    @Slot()
    def _on_clicked(self) -> None:
        self._ask()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._show_state()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.title.setAccessibleName(self.tr("Title of the meeting"))
        if self._transcript is not None:
            self._facts.setText(self._facts_of(self._transcript))
