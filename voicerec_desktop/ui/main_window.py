"""The window: library on the left, the meeting in the middle, details on the right."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QSettings, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from voicerec_desktop.core.errors import KnownError
from voicerec_desktop.core.model import Segment
from voicerec_desktop.error_texts import window_text
from voicerec_desktop.ui.actions import Actions
from voicerec_desktop.ui.details_view import DetailsView
from voicerec_desktop.ui.dialogs import confirm
from voicerec_desktop.ui.dialogs.about_dialog import AboutDialog
from voicerec_desktop.ui.dialogs.shortcuts_dialog import ShortcutsDialog
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.i18n import current_language
from voicerec_desktop.ui.icons import icon
from voicerec_desktop.ui.library_view import LibraryView
from voicerec_desktop.ui.meeting_header import MeetingHeader
from voicerec_desktop.ui.meeting_verbs import MeetingVerbs
from voicerec_desktop.ui.notice_bar import NoticeBar
from voicerec_desktop.ui.notices import Notice
from voicerec_desktop.ui.opening import Opening, dropped_paths
from voicerec_desktop.ui.playback_verbs import PlaybackVerbs
from voicerec_desktop.ui.player import Player
from voicerec_desktop.ui.player_bar import PlayerBar
from voicerec_desktop.ui.queue_runner import QueueRunner
from voicerec_desktop.ui.queue_strip import QueueStrip
from voicerec_desktop.ui.queue_view import QueueView
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.settings.settings_dialog import SettingsDialog
from voicerec_desktop.ui.states import StateView
from voicerec_desktop.ui.theme import SPACE, colours
from voicerec_desktop.ui.transcript_view import TranscriptView
from voicerec_desktop.ui.waveform import Waveform

WIDTHS = (300, 720, 300)
SMALLEST = (900, 560)


class MainWindow(QMainWindow):
    """Composes the views and passes on what one asks of another.

    Signals:
        ready: the library is open and listed for the first time.
    """

    ready = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._state = QSettings(
            str(session.home.config / "window.ini"), QSettings.Format.IniFormat, self
        )
        self.document = MeetingDocument(session, self)
        self.runner = QueueRunner(session, self)
        self.player = Player(self.document, session, self)
        self.actions_ = Actions(self)
        self._make_views()
        self._lay_out()
        self._connect_views()
        self._connect_verbs()
        self._restore()
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
        self._welcome, self._failure = StateView(), StateView()
        self._meeting = QWidget()
        self._pages = QStackedWidget()
        self._settings: SettingsDialog | None = None
        self._open_button = QPushButton()
        self._settings_button = QToolButton()

    def _lay_out(self) -> None:
        self.setMinimumSize(*SMALLEST)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._left_panel = self._left()
        for widget, least in ((self._left_panel, 240), (self._centre(), 420), (self.details, 260)):
            widget.setMinimumWidth(least)
            self._splitter.addWidget(widget)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes(WIDTHS)
        self.setCentralWidget(self._splitter)

    def _left(self) -> QWidget:
        panel = QWidget()
        panel.setProperty("panel", True)
        panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._open_button.setProperty("primary", True)
        self._settings_button.setDefaultAction(self.actions_["settings"])
        head = QHBoxLayout()
        head.setContentsMargins(SPACE * 3 // 2, SPACE * 3 // 2, SPACE * 3 // 2, SPACE // 2)
        head.addWidget(self._open_button, 1)
        head.addWidget(self._settings_button)
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.library, 1)
        layout.addWidget(self.queue_strip)
        return panel

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
        runner.added.connect(self._on_added)
        runner.started.connect(session.meeting_changed)
        runner.progressed.connect(self._on_progressed)
        runner.changed.connect(self._on_jobs_changed)
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_failed)
        runner.segments_arrived.connect(self._on_segments_arrived)
        self.library.meeting_selected.connect(self.show_meeting)
        self.library.hit_selected.connect(self._on_hit_selected)
        self.queue_strip.clicked.connect(self._on_show_queue)

    def _connect_verbs(self) -> None:
        actions, library, header = self.actions_, self.library, self.header
        self._opening = Opening(self._session, self.runner, actions, self)
        self._verbs = MeetingVerbs(
            self.document, self._session, self.runner, self.transcript, actions, self
        )
        self._playback = PlaybackVerbs(
            self.player, self.player_bar, self.transcript, self._session, actions
        )
        self._open_button.clicked.connect(self._opening.ask_for_files)
        library.open_requested.connect(self._opening.ask_for_files)
        library.delete_requested.connect(self._verbs.delete)
        library.retry_requested.connect(self.runner.retry)
        library.export_requested.connect(self._verbs.export_meeting)
        library.rename_requested.connect(self._verbs.rename_meeting)
        header.renamed.connect(self._verbs.rename)
        header.retry_requested.connect(self._verbs.retry)
        header.cancel_requested.connect(self._verbs.cancel)
        self.waveform.seek_requested.connect(self.player.seek)
        self.details.seek_requested.connect(self._playback.play_from)
        for name, slot in (
            ("settings", self.show_settings),
            ("quit", self.close),
            ("search", self._on_search),
            ("show_queue", self._on_show_queue),
            ("shortcuts", self._on_shortcuts),
            ("about", self._on_about),
        ):
            actions[name].triggered.connect(slot)
        actions["show_library"].toggled.connect(self._left_panel.setVisible)
        actions["show_details"].toggled.connect(self._on_details_toggled)

    # what is remembered

    def _restore(self) -> None:
        state = self._state
        if not self.restoreGeometry(_bytes(state.value("geometry"))):
            self.resize(1280, 800)
        self._splitter.restoreState(_bytes(state.value("splitter")))
        for name in ("show_library", "show_details"):
            action = self.actions_[name]
            action.setChecked(bool(state.value(name, True, bool)))
            action.toggled.emit(action.isChecked())

    def _remember(self) -> None:
        state = self._state
        state.setValue("geometry", self.saveGeometry())
        state.setValue("splitter", self._splitter.saveState())
        state.setValue("meeting", self.document.meeting_id)
        for name in ("show_library", "show_details"):
            state.setValue(name, self.actions_[name].isChecked())

    @Slot()
    def _on_opened(self) -> None:
        last = str(self._state.value("meeting", ""))
        if last and not self.document.meeting_id:
            self.show_meeting(last)
        elif not self.document.meeting_id:
            self._show_page(self._welcome)
        QTimer.singleShot(0, self.ready.emit)

    @Slot(object)
    def _on_open_failed(self, error: Exception) -> None:
        text = (
            window_text(error, current_language())
            if isinstance(error, KnownError)
            else self.tr("The log has the details.")
        )
        self._failure.set_state(
            "error",
            self.tr("The library cannot be opened"),
            text,
            [(self.tr("Try again"), self._session.open)],
        )
        self._show_page(self._failure)

    # pages

    def _show_page(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        is_meeting = page is self._meeting
        self.actions_.set_meeting_open(is_meeting)
        self.details.setVisible(is_meeting and self.actions_["show_details"].isChecked())

    @Slot(str)
    def show_meeting(self, meeting_id: str) -> None:
        """Open a meeting in the middle."""
        self.library.select(meeting_id)
        self.document.open(meeting_id)

    @Slot()
    def _on_loaded(self) -> None:
        transcript = self.document.transcript
        assert transcript is not None
        self.library.select(transcript.meeting.id)
        self.header.show_transcript(transcript)
        self.header.show_progress(self.runner.item(transcript.meeting.id))
        if self._pages.currentWidget() is not self._meeting:
            self._show_page(self._meeting)
        self.setWindowTitle(f"{transcript.meeting.title} – Voicerec")

    @Slot()
    def _on_closed(self) -> None:
        self._show_page(self._welcome)
        self.setWindowTitle("Voicerec")

    @Slot(object)
    def _on_not_readable(self, error: Exception) -> None:
        if not self.document.transcript:
            self.document.close()
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
        self._target = seconds
        self.document.loaded.connect(
            self._on_loaded_for_hit, Qt.ConnectionType.SingleShotConnection
        )
        self.show_meeting(meeting_id)

    @Slot()
    def _on_loaded_for_hit(self) -> None:
        self._go_to(self._target)

    def _go_to(self, seconds: float) -> None:
        self._show_page(self._meeting)
        self.player.seek(seconds)
        self.transcript.reveal(seconds)

    # files

    def open_files(self, paths: Sequence[Path]) -> None:
        """Put files and folders into the queue."""
        self._opening.open(paths)

    @Slot(object)
    def open_from_outside(self, paths: Sequence[Path]) -> None:
        """Another start of the program hands its files over: come to the front."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self.open_files(paths)

    @Slot(object)
    def _on_added(self, meeting_ids: Sequence[str]) -> None:
        if meeting_ids:
            self.show_meeting(meeting_ids[0])
        if len(meeting_ids) > 1:
            text = self.tr("%n recording(s) are in the queue.", "", len(meeting_ids))
            self._session.notify(Notice("good", text, "added"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files from anywhere."""
        if dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put them into the queue."""
        event.acceptProposedAction()
        self.open_files(dropped_paths(event))

    # work

    @Slot(str)
    def _on_work_changed(self, meeting_id: str) -> None:
        self._session.meeting_changed.emit(meeting_id)

    @Slot()
    def _on_jobs_changed(self) -> None:
        if self.document.meeting_id:
            self.header.show_progress(self.runner.item(self.document.meeting_id))

    @Slot(str)
    def _on_progressed(self, meeting_id: str) -> None:
        item = self.runner.item(meeting_id)
        if item is None:
            return
        self.library.set_progress(meeting_id, item.share)
        if meeting_id == self.document.meeting_id:
            self.header.show_progress(item)

    @Slot(str, object)
    def _on_segments_arrived(self, meeting_id: str, segments: tuple[Segment, ...]) -> None:
        if meeting_id == self.document.meeting_id:
            self.document.append(segments)

    @Slot(str)
    def _on_finished(self, meeting_id: str) -> None:
        if meeting_id != self.document.meeting_id:
            text = self.tr("A transcript is ready.")
            action = (self.tr("Show"), lambda: self.show_meeting(meeting_id))
            self._session.notify(Notice("good", text, "ready", action))

    @Slot(str, object)
    def _on_failed(self, meeting_id: str, error: Exception) -> None:
        if meeting_id != self.document.meeting_id and isinstance(error, KnownError):
            self._session.report(error)

    @Slot()
    def _on_show_queue(self) -> None:
        shown = self._pages.currentWidget() is self.queue
        back = self._meeting if self.document.transcript else self._welcome
        self._show_page(back if shown else self.queue)

    # dialogs and the rest

    @Slot()
    def _on_search(self) -> None:
        self.actions_["show_library"].setChecked(True)
        self.library.focus_search()

    @Slot()
    def show_settings(self) -> None:
        """Open the settings."""
        if self._settings is None:
            self._settings = SettingsDialog(self._session, self.runner.probe, self)
            self._settings.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._settings.destroyed.connect(self._on_settings_gone)
        self._settings.show()
        self._settings.raise_()
        self._settings.activateWindow()

    @Slot()
    def _on_settings_gone(self) -> None:
        self._settings = None

    @Slot()
    def _on_shortcuts(self) -> None:
        ShortcutsDialog(self.actions_.groups(), self).open()

    @Slot()
    def _on_about(self) -> None:
        AboutDialog(self._session, self).open()

    @Slot(bool)
    def _on_details_toggled(self, shown: bool) -> None:
        self.details.setVisible(shown and self._pages.currentWidget() is self._meeting)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask once while a meeting is being worked at; nothing is lost either way."""
        if self.runner.busy:
            text = self.tr("The work goes on from here when you open the program again.")
            if not confirm.ask(self, self.tr("Stop the work and close?"), text, self.tr("Close")):
                event.ignore()
                return
        self._remember()
        event.accept()

    def shut_down(self) -> None:
        """Stop all work and close the library; the window is not used after this."""
        self.runner.close()
        self._session.close()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._open_button.setText(self.tr("Open recordings"))
        self._open_button.setIcon(icon("open", colours().on_accent))
        self._settings_button.setAccessibleName(self.tr("Settings"))
        if not self.windowTitle():
            self.setWindowTitle("Voicerec")
        self._welcome.set_state(
            "voicerec",
            self.tr("Drop a recording here"),
            self.tr(
                "Sound or video, one file, many, or a whole folder. It becomes text with the"
                " speakers told apart, on this computer; nothing is sent anywhere."
            ),
            [
                (self.tr("Open recordings"), self._opening.ask_for_files),
                (self.tr("Try it with a sample"), self._opening.open_sample),
            ],
        )


def _bytes(value: object) -> QByteArray:
    return value if isinstance(value, QByteArray) else QByteArray()
