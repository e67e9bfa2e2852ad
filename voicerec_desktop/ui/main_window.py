"""The window: library on the left, the meeting in the middle, details on the right."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.ui.actions import Actions
from voicerec_desktop.ui.details_view import DetailsView
from voicerec_desktop.ui.dialogs import confirm
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.failure_page import FailurePage
from voicerec_desktop.ui.left_panel import LeftPanel
from voicerec_desktop.ui.library_view import LibraryView
from voicerec_desktop.ui.meeting_header import MeetingHeader
from voicerec_desktop.ui.meeting_verbs import MeetingVerbs
from voicerec_desktop.ui.notice_bar import NoticeBar
from voicerec_desktop.ui.opening import Opening, dropped_paths
from voicerec_desktop.ui.outside_changes import OutsideChanges
from voicerec_desktop.ui.playback_verbs import PlaybackVerbs
from voicerec_desktop.ui.player import Player
from voicerec_desktop.ui.player_bar import PlayerBar
from voicerec_desktop.ui.queue_runner import QueueRunner
from voicerec_desktop.ui.queue_strip import QueueStrip
from voicerec_desktop.ui.queue_view import QueueView
from voicerec_desktop.ui.readiness import Readiness
from voicerec_desktop.ui.record_bar import RecordBar
from voicerec_desktop.ui.recording import Recording
from voicerec_desktop.ui.recording_verbs import RecordingVerbs
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.states import StateView
from voicerec_desktop.ui.transcript_view import TranscriptView
from voicerec_desktop.ui.waveform import Waveform
from voicerec_desktop.ui.window_dialogs import WindowDialogs
from voicerec_desktop.ui.window_memory import WindowMemory
from voicerec_desktop.ui.work_news import WorkNews

WIDTHS = (300, 720, 300)
LEAST, LEAST_HEIGHT = (220, 400, 250), 440  # they fit a screen of 1920 px at 200 %


class MainWindow(QMainWindow):
    """Composes the views and passes on what one asks of another.

    Signals:
        ready: the library is open and listed for the first time.
    """

    ready = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._wanted: tuple[str, Callable[[], None] | None] = ("", None)
        self.document = MeetingDocument(session, self)
        self.runner = QueueRunner(session, self)
        self.player = Player(self.document, session, self)
        self.recording = Recording(session, self)
        self.actions_ = Actions(self)
        self._make_views()
        self._lay_out()
        self._connect_views()
        self._connect_verbs()
        file = session.home.config / "window.ini"
        self._memory = WindowMemory(file, self, self._splitter, self.actions_)
        self._memory.restore()
        self._retranslate()
        self._show_page(self._welcome)
        self.setAcceptDrops(True)

    # what it is made of

    def _make_views(self) -> None:
        session, document = self._session, self.document
        self.library = LibraryView(session)
        self.queue_strip = QueueStrip(session, self.runner)
        self.queue = QueueView(session, self.runner)
        self.header = MeetingHeader(self.actions_)
        self.waveform = Waveform(document, self.player)
        self.transcript = TranscriptView(document, session)
        self.player_bar = PlayerBar(self.player)
        self.details = DetailsView(document, session)
        self.notices = NoticeBar(session)
        self.record_bar = RecordBar(self.actions_)
        self.readiness = Readiness(session, self.runner)
        self._welcome, self._failure = StateView(), FailurePage(session)
        self._meeting = QWidget()
        self._pages = QStackedWidget()
        self._left_panel = LeftPanel(self.actions_, self.library, self.queue_strip)

    def _lay_out(self) -> None:
        self.setMinimumHeight(LEAST_HEIGHT)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        panels = (self._left_panel, self._centre(), self.details)
        for widget, least in zip(panels, LEAST, strict=True):
            widget.setMinimumWidth(least)
            self._splitter.addWidget(widget)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes(WIDTHS)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.record_bar)
        column.addWidget(self._splitter, 1)
        self.setCentralWidget(whole)

    def _centre(self) -> QWidget:
        page = QVBoxLayout(self._meeting)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
        page.addWidget(self.waveform)
        page.addWidget(self.transcript, 1)
        page.addWidget(self.player_bar)
        for one in (self._welcome, self._failure, self._meeting, self.queue):
            self._pages.addWidget(one)
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notices)
        layout.addWidget(self.readiness)
        layout.addWidget(self._pages, 1)
        return centre

    # who tells whom

    def _connect_views(self) -> None:
        session, document, runner = self._session, self.document, self.runner
        session.open_failed.connect(self._on_open_failed)
        session.opened.connect(self._on_opened)
        document.loaded.connect(self._on_loaded)
        document.closed.connect(self._on_closed)
        document.failed.connect(self._on_not_readable)
        document.edited.connect(self._on_edited)
        document.history_changed.connect(self._on_history_changed)
        self._news = WorkNews(runner, session, document, self.library, self.header)
        self._news.meeting_requested.connect(self.show_meeting)
        self._outside = OutsideChanges(session, self)
        self._outside.noticed.connect(runner.refresh)
        self.library.meeting_selected.connect(self.show_meeting)
        self.library.hit_selected.connect(self._on_hit_selected)
        self.library.meetings.clicked.connect(self._on_meeting_clicked)
        self.queue_strip.clicked.connect(self._on_show_queue)

    def _connect_verbs(self) -> None:
        actions, library, header = self.actions_, self.library, self.header
        self.dialogs = WindowDialogs(self._session, self.runner, actions, self)
        self.readiness.models_requested.connect(self.dialogs.show_models)
        self.readiness.device_requested.connect(self.dialogs.show_device)
        self._opening = Opening(self._session, self.runner, actions, self)
        self._verbs = MeetingVerbs(
            self.document, self._session, self.runner, self.transcript, actions, self
        )
        self._playback = PlaybackVerbs(
            self.player, self.player_bar, self.transcript, self._session, actions
        )
        self.recorder = RecordingVerbs(
            self.recording, self.record_bar, self._session, self.runner, actions, self
        )
        self.recorder.meeting_requested.connect(self.show_meeting)
        self.recorder.mark_requested.connect(self._on_mark_requested)
        self.recorder.title_changed.connect(self._show_title)
        self.recorder.tray.show_requested.connect(self.come_to_front)
        actions["record_devices"].triggered.connect(self.dialogs.show_recording)
        self._left_panel.open_requested.connect(self._opening.ask_for_files)
        library.open_requested.connect(self._opening.ask_for_files)
        library.delete_requested.connect(self._verbs.delete)
        library.retry_requested.connect(self.runner.retry)
        library.export_requested.connect(self._on_export_requested)
        library.rename_requested.connect(self._verbs.rename_meeting)
        header.renamed.connect(self._verbs.rename)
        header.retry_requested.connect(self._verbs.retry)
        header.cancel_requested.connect(self._verbs.cancel)
        self.waveform.seek_requested.connect(self.player.seek)
        self.details.minutes.settings_requested.connect(self.dialogs.show_minutes)
        self.details.seek_requested.connect(self._playback.play_from)
        # Later, for it may ask: who pressed it, a screen reader say, waits for no answer.
        actions["quit"].triggered.connect(self.close, Qt.ConnectionType.QueuedConnection)
        actions["search"].triggered.connect(self._on_search)
        actions["show_queue"].triggered.connect(self._on_show_queue)
        actions["show_library"].toggled.connect(self._left_panel.setVisible)
        actions["show_details"].toggled.connect(self._on_details_toggled)

    # opening the library

    @Slot()
    def _on_opened(self) -> None:
        if self.document.meeting_id:
            self._show_page(self._meeting)
        elif self._memory.meeting_id:
            self.show_meeting(self._memory.meeting_id, self._reveal_remembered)
        if self._pages.currentWidget() is self._failure:
            self._show_page(self._welcome)
        QTimer.singleShot(0, self.ready.emit)

    def _reveal_remembered(self) -> None:
        if self._memory.segment_id:
            self.transcript.reveal(self._memory.segment_id)

    @Slot(object)
    def _on_open_failed(self, error: Exception) -> None:
        self._failure.show_error(error)
        self._show_page(self._failure)

    # pages

    def _show_page(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        is_meeting = page is self._meeting
        self.actions_.set_meeting_open(is_meeting)
        self.details.setVisible(is_meeting and self.actions_["show_details"].isChecked())

    @Slot(str)
    def show_meeting(self, meeting_id: str, then: Callable[[], None] | None = None) -> None:
        """Open a meeting in the middle, and do something as soon as it is there."""
        self._wanted = (meeting_id, then)
        if self.library.selected_id() != meeting_id:
            self.library.select(meeting_id)
        self.document.open(meeting_id)

    @Slot()
    def _on_loaded(self) -> None:
        transcript = self.document.transcript
        assert transcript is not None
        self.header.show_transcript(transcript)
        self._news.show_progress()
        self._show_title()
        meeting_id, then = self._wanted
        if meeting_id == transcript.meeting.id:  # else it was only read anew
            self._wanted = ("", None)
            self._show_page(self._meeting)
            if then is not None:
                then()

    @Slot()
    def _on_closed(self) -> None:
        self._wanted = ("", None)
        if self._pages.currentWidget() is self._meeting:
            self._show_page(self._welcome)
        self._show_title()

    @Slot()
    def _show_title(self) -> None:
        """Where there is no tray, the title alone tells that something is recorded."""
        transcript = self.document.transcript
        shown = f"{transcript.meeting.title} – Voicerec" if transcript else "Voicerec"
        self.setWindowTitle(self.recorder.title + shown)
        self._left_panel.set_recording(self.recording.runs)

    @Slot(object)
    def _on_not_readable(self, error: Exception) -> None:
        gone = isinstance(error, KnownError) and error.code == ErrorCode.MEETING_UNKNOWN
        if gone and self.document.transcript is not None:
            self.document.close()  # another program deleted it
        elif not gone:
            self._session.report(error)

    @Slot(object)
    def _on_edited(self, _edit: object) -> None:
        if self.document.transcript is not None:
            self.header.show_transcript(self.document.transcript)

    @Slot()
    def _on_history_changed(self) -> None:
        self.actions_["undo"].setEnabled(self.document.undo_kind is not None)
        self.actions_["redo"].setEnabled(self.document.redo_kind is not None)

    @Slot(str, float)
    def _on_hit_selected(self, meeting_id: str, seconds: float) -> None:
        if self.document.transcript and self.document.meeting_id == meeting_id:
            self._go_to(seconds)
            return
        self.show_meeting(meeting_id, partial(self._go_to, seconds))

    @Slot()
    def _on_meeting_clicked(self) -> None:
        """A click on the meeting that is open leaves the queue."""
        alone = len(self.library.meetings.selected_ids()) == 1
        if alone and self.document.transcript is not None:
            self._show_page(self._meeting)

    @Slot(str)
    def _on_export_requested(self, meeting_id: str) -> None:
        self.show_meeting(meeting_id, self._verbs.export)

    def _go_to(self, seconds: float) -> None:
        self._show_page(self._meeting)
        self.player.seek(seconds)
        self.transcript.reveal(seconds)

    @Slot()
    def _on_mark_requested(self) -> None:
        self.details.marks.add(self.player.position)

    # files

    def open_files(self, paths: Sequence[Path]) -> None:
        """Put files and folders into the queue."""
        self._opening.open(paths)

    @Slot()
    def come_to_front(self) -> None:
        """The user wants to see the window."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    @Slot(object)
    def open_from_outside(self, paths: Sequence[Path]) -> None:
        """Another start of the program hands its files over: come to the front."""
        self.come_to_front()
        self.open_files(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files from anywhere."""
        if dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put them into the queue."""
        event.acceptProposedAction()
        self.open_files(dropped_paths(event))

    # the rest

    @Slot()
    def _on_show_queue(self) -> None:
        shown = self._pages.currentWidget() is self.queue
        back = self._meeting if self.document.transcript else self._welcome
        self._show_page(back if shown else self.queue)

    @Slot()
    def _on_search(self) -> None:
        self.actions_["show_library"].setChecked(True)
        self.library.focus_search()

    @Slot(bool)
    def _on_details_toggled(self, shown: bool) -> None:
        self.details.setVisible(shown and self._pages.currentWidget() is self._meeting)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask once while a meeting is being worked at; nothing is lost either way."""
        if self.recording.runs and not self.recorder.ask_to_leave():
            event.ignore()
            return
        if self.runner.busy:
            text = self.tr("The work goes on from here when you open the program again.")
            if not confirm.ask(self, self.tr("Stop the work and close?"), text, self.tr("Close")):
                event.ignore()
                return
        if self._session.is_open:
            segments = self.transcript.selected_ids()
            self._memory.remember(self.document.meeting_id, segments[0] if segments else "")
        event.accept()

    def shut_down(self) -> None:
        """Stop all work and close the library; the window is not used after this."""
        self._outside.close()
        self.recorder.close()
        self.document.finish()
        self.runner.close()
        self._session.close()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.recorder.retranslate()
        self._show_title()
        self._welcome.set_state(
            "voicerec",
            self.tr("Record a meeting, or drop a recording here"),
            self.tr(
                "Sound or video, one file, many, or a whole folder. It becomes text with the"
                " speakers told apart, on this computer; nothing is sent anywhere."
            ),
            [
                (self.tr("Record"), self.recording.start),
                (self.tr("Open recordings"), self._opening.ask_for_files),
                (self.tr("Try it with a sample"), self._opening.open_sample),
            ],
        )
