"""The transcript of the open meeting: read, listened to, searched and corrected."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from voicerec_desktop.core.editing import Edit, EditKind, Rows
from voicerec_desktop.core.model import MeetingStatus, Segment
from voicerec_desktop.ui.actions import SHORTCUTS
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.find_bar import FindBar
from voicerec_desktop.ui.icons import icon
from voicerec_desktop.ui.models.transcript_model import TranscriptModel
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.theme import SPACE, colours
from voicerec_desktop.ui.transcript_correction import Correction
from voicerec_desktop.ui.transcript_edits import TranscriptEdits
from voicerec_desktop.ui.transcript_playback import PlaybackFollower
from voicerec_desktop.ui.transcript_search import TranscriptSearch
from voicerec_desktop.ui.transcript_table import TranscriptTable
from voicerec_desktop.ui.transcript_verbs import TranscriptVerbs, matches


class TranscriptView(QWidget):
    """Shows a document and says to it what the user wants.

    Signals:
        seek_requested: a word or time was clicked: seconds.
        play_requested: play from here: seconds.
        selection_changed: other segments are selected.
        glossary_requested: a term and the variant that it replaces.
        following_changed: whether the view follows what is played.
    """

    seek_requested = Signal(float)
    play_requested = Signal(float)
    selection_changed = Signal()
    glossary_requested = Signal(str, str)
    following_changed = Signal(bool)

    def __init__(
        self, document: MeetingDocument, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._session = document, session
        self._shown_meeting = ""
        self._wants_following = session.settings.follow_playback
        self._font = 0
        self.model = TranscriptModel(self)
        self.table = TranscriptTable(self.model)
        self.find_bar = FindBar()
        self.hidden_button, self.follow_button = QToolButton(), QPushButton(self)
        self.empty_label = QLabel(self.table)
        self.edits = TranscriptEdits(document, session, self)
        self.search = TranscriptSearch(self.find_bar, self.table, document, session, self)
        self.correction = Correction(self.table, self.edits, session, self)
        self.verbs = TranscriptVerbs(self.table, document, self.edits, self.correction, self)
        self.playback = PlaybackFollower(
            self.table, self.follow_button, self._wants_following, self
        )
        self._lay_out()
        self._connect()
        self._retranslate()
        self._on_settings_changed()
        self._on_loaded()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.find_bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.hidden_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.table.installEventFilter(self)
        self.hidden_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.follow_button.setProperty("primary", True)
        self.follow_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty_label.setProperty("muted", True)
        self.empty_label.setWordWrap(True)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        document, table = self._document, self.table
        document.loaded.connect(self._on_loaded)
        document.closed.connect(self._on_loaded)
        document.edited.connect(self._on_edited)
        document.segments_arrived.connect(self._on_segments_arrived)
        self._session.settings_changed.connect(self._on_settings_changed)
        table.selection_moved.connect(self.selection_changed)
        self.verbs.seek_requested.connect(self.seek_requested)
        self.verbs.play_requested.connect(self._on_play_requested)
        self.playback.following_changed.connect(self.following_changed)
        self.search.moved.connect(self.playback.give_way)
        self.edits.glossary_requested.connect(self.glossary_requested)
        self.hidden_button.clicked.connect(self._on_hidden_clicked)

    def _retranslate(self) -> None:
        self.table.setAccessibleName(self.tr("Transcript"))
        self.follow_button.setText(self.tr("Follow"))
        self.follow_button.setToolTip(self.tr("Scroll along with what is played"))
        self.follow_button.setAccessibleName(self.tr("Follow what is played"))
        self._draw_follow_icon()
        self._show_counts()
        self.table.plans.forget()
        self.table.measure()
        self.table.viewport().update()
        self._place_floating()

    def _draw_follow_icon(self) -> None:
        self.follow_button.setIcon(icon("follow", colours().on_accent))
        self.follow_button.setIconSize(QSize(16, 16))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._draw_follow_icon()
            self.table.plans.forget()
            self.table.viewport().update()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what floats over the table in its place."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place_floating()
        return False

    def _place_floating(self) -> None:
        self.follow_button.adjustSize()
        geometry, size = self.table.geometry(), self.follow_button.size()
        x = geometry.right() - size.width() - 3 * SPACE
        self.follow_button.move(x, geometry.bottom() - size.height() - 2 * SPACE)
        self.empty_label.setGeometry(self.table.rect().adjusted(32, 32, -32, -32))

    # -- the document

    @Slot()
    def _on_loaded(self) -> None:
        transcript = self._document.transcript
        meeting_id = transcript.meeting.id if transcript else ""
        if meeting_id and meeting_id == self._shown_meeting:
            self._reload()
        else:
            self.correction.drop()
            self._shown_meeting = meeting_id
            self.verbs.forget()
            self.model.load(transcript)
            self.playback.forget()
            self.table.verticalScrollBar().setValue(0)
            self.table.measure()
        self._follow_changes()

    def _reload(self) -> None:
        """Show the same meeting anew: reading position, selection and editor stay."""
        ids, table = self.selected_ids(), self.table
        current = table.currentIndex()
        now = self.model.segment(current.row()).id if current.isValid() else ""
        with table.kept_position():
            self.model.load(self._document.transcript)
        rows = [row for i in ids if (row := self.model.row_of(i)) >= 0]
        row = self.model.row_of(now)
        if row >= 0:
            table.set_current(row)
        table.select_rows(rows)
        self.correction.check()

    @Slot(object)
    def _on_edited(self, edit: Edit) -> None:
        assert self._document.transcript is not None
        with self.table.kept_position():
            self.model.apply(edit, self._document.transcript)
        self.correction.check()
        self._follow_changes()

    @Slot(object)
    def _on_segments_arrived(self, segments: tuple[Segment, ...]) -> None:
        arrival = Edit(EditKind.TEXT, Rows(), Rows(segments))
        assert self._document.transcript is not None
        with self.table.kept_position():
            self.model.apply(arrival, self._document.transcript)
        self._follow_changes()

    def _follow_changes(self) -> None:
        self._show_counts()
        self.table.viewport().update()
        self.search.refresh()
        self.selection_changed.emit()

    def _show_counts(self) -> None:
        count = self.model.dismissed_count
        if self.model.dismissed_shown:
            text = self.tr("Hide %n dismissed passage(s)", "", count)
        else:
            text = self.tr("%n dismissed passage(s) hidden. Show", "", count)
        self.hidden_button.setText(text)
        self.hidden_button.setVisible(count > 0)
        self.empty_label.setVisible(self.model.rowCount() == 0)
        transcript = self._document.transcript
        if transcript is None:
            self.empty_label.setText("")
        elif transcript.meeting.status == MeetingStatus.READY:
            self.empty_label.setText(self.tr("No speech was found in this recording."))
        elif transcript.meeting.status == MeetingStatus.RECORDING:
            self.empty_label.setText("")  # the header says it
        else:
            self.empty_label.setText(self.tr("The text appears here as it is recognised."))

    @Slot()
    def _on_hidden_clicked(self) -> None:
        with self.table.kept_position():
            self.model.set_dismissed_shown(not self.model.dismissed_shown)
        self._follow_changes()

    @Slot()
    def _on_settings_changed(self) -> None:
        settings = self._session.settings
        if settings.transcript_font != self._font:
            self._font = settings.transcript_font
            font = QFont(self.font())
            font.setPointSizeF(float(self._font))
            self.table.set_font(font)
        if settings.follow_playback != self._wants_following:
            self._wants_following = settings.follow_playback
            self.set_following(self._wants_following)

    # -- playback

    @property
    def following(self) -> bool:
        """Whether the view scrolls along with what is played."""
        return self.playback.following

    @Slot(bool)
    def set_following(self, following: bool) -> None:
        """Scroll along with what is played, or stay."""
        self.playback.set_following(following)

    @Slot(float)
    def set_position(self, seconds: float) -> None:
        """Highlight what is said at a time, and show it when following."""
        self.playback.set_position(seconds)

    def reveal(self, target: str | float) -> None:
        """Bring a segment, by id or time, into view and select it."""
        row = self._row_of(target)
        if row < 0 and isinstance(target, str) and not self.model.dismissed_shown:
            if self.edits.segment(target) is None:
                return
            self._on_hidden_clicked()
            row = self._row_of(target)
        if row < 0:
            return
        if self.model.segment(row).id != self.playback.current:
            self.playback.give_way()
        self.table.set_current(row)
        self.table.jump_to(row)

    def _row_of(self, target: str | float) -> int:
        if isinstance(target, str):
            return self.model.row_of(target)
        return max(0, self.model.row_at(target)) if self.model.rowCount() else -1

    # -- what the user does

    def selected_ids(self) -> list[str]:
        """The segments that are selected, in order."""
        return self.verbs.selected_ids()

    def assign(self, number: int) -> None:
        """Say who said what is selected: the speaker with a number; the next one is new."""
        self.verbs.assign(number)

    @Slot()
    def split_here(self) -> None:
        """Cut at the cursor, at the word that was clicked last, or at what is being played."""
        self.verbs.split_here()

    @Slot()
    def join_selected(self) -> None:
        """Join what is selected; one segment with the next."""
        self.verbs.join_selected()

    @Slot()
    def edit_current(self) -> None:
        """Correct the text of the current segment."""
        self.verbs.edit_current()

    @Slot()
    def toggle_doubt(self) -> None:
        """Restore what is doubtful in the selection, or dismiss what was restored."""
        self.verbs.toggle_doubt()

    @Slot()
    def copy_selection(self) -> None:
        """Copy what is selected; who speaks as well, if it is more than one segment."""
        self.verbs.copy_selection()

    def show_find(self, replace: bool = False) -> None:
        """Show the bar that finds, or finds and replaces."""
        self.correction.commit()
        self.search.open(replace)

    @Slot(float)
    def _on_play_requested(self, seconds: float) -> None:
        if self._wants_following:
            self.set_following(True)
        self.play_requested.emit(seconds)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Find, where the window has no shortcuts for it."""
        for keys, act in (
            ("find", self._on_find),
            ("replace", self._on_replace),
        ):
            if matches(event, SHORTCUTS[keys]):
                act()
                return
        if event.key() == Qt.Key.Key_F3:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.search.go_previous if shift else self.search.go_next)()
        elif event.key() == Qt.Key.Key_Escape and self.find_bar.isVisible():
            self.find_bar.close_bar()
        else:
            super().keyPressEvent(event)

    def _on_find(self) -> None:
        self.show_find(replace=False)

    def _on_replace(self) -> None:
        self.show_find(replace=True)
