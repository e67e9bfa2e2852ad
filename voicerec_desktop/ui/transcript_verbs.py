"""What mouse, keys and context menu do in the transcript."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

from voicerec_desktop.core.model import Segment
from voicerec_desktop.ui.actions import SHORTCUTS
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.speaker_badge import speaker_name
from voicerec_desktop.ui.transcript_correction import Correction
from voicerec_desktop.ui.transcript_edits import TranscriptEdits
from voicerec_desktop.ui.transcript_layout import Hit
from voicerec_desktop.ui.transcript_menu import Choice, TranscriptMenu
from voicerec_desktop.ui.transcript_table import TranscriptTable

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TranscriptVerbs(QObject):
    """Acts on what is selected in the table.

    Signals:
        seek_requested, play_requested: seconds.
    """

    seek_requested = Signal(float)
    play_requested = Signal(float)

    def __init__(
        self,
        table: TranscriptTable,
        document: MeetingDocument,
        edits: TranscriptEdits,
        correction: Correction,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._table, self._document = table, document
        self._edits, self._correction = edits, correction
        self._menu = TranscriptMenu(self)
        self._clicked: tuple[str, int] = ("", -1)  # segment and word clicked last
        self._verbs = {
            "play": self.play_current,
            "edit_text": self.edit_current,
            "copy": self.copy_selection,
            "split": self.split_here,
            "join": self.join_selected,
            "doubt": self.toggle_doubt,
        }
        table.hit.connect(self._on_hit)
        table.hit_twice.connect(self._on_hit_twice)
        table.customContextMenuRequested.connect(self._on_menu_requested)
        table.installEventFilter(self)

    def forget(self) -> None:
        """Another meeting is shown."""
        self._clicked = ("", -1)

    def selected_ids(self) -> list[str]:
        """The segments that are selected, in order."""
        return [self._table.rows.segment(row).id for row in self._table.selected_rows()]

    @Slot(int, object)
    def _on_hit(self, row: int, hit: Hit) -> None:
        segment = self._table.rows.segment(row)
        if hit.word >= 0 or hit.kind == "time":
            self._clicked = segment.id, hit.word
            self.seek_requested.emit(_start(segment, hit.word))
        elif hit.kind == "play":
            self.play_requested.emit(segment.start)
        elif hit.kind == "restore":
            self._edits.restore([segment.id])
        elif hit.kind == "dismiss":
            self._edits.dismiss([segment.id])

    @Slot(int, object)
    def _on_hit_twice(self, row: int, hit: Hit) -> None:
        if hit.kind in ("word", "time", "text", ""):
            self.play_requested.emit(_start(self._table.rows.segment(row), hit.word))

    @Slot()
    def play_current(self) -> None:
        """Play from the word of the current segment that was clicked last, else all of it."""
        index = self._table.currentIndex()
        if index.isValid():
            segment = self._table.rows.segment(index.row())
            word = self._clicked[1] if self._clicked[0] == segment.id else -1
            self.play_requested.emit(_start(segment, word))

    def assign(self, number: int) -> None:
        """Say who said what is selected: the speaker with a number; the next one is new."""
        editor = self._correction.editor
        if editor is not None:
            editor.assign(number)
        else:
            self._edits.assign(self.selected_ids(), number)

    @Slot()
    def split_here(self) -> None:
        """Cut at the cursor, at the word that was clicked last, or at what is being played."""
        index = self._table.currentIndex()
        if self._correction.editor is not None:
            self._correction.editor.split()
        elif index.isValid():
            segment = self._table.rows.segment(index.row())
            self._edits.split(segment.id, max(0, self._word_in(segment)))

    def _word_in(self, segment: Segment) -> int:
        """The word of a segment that was clicked last or is being played, or -1."""
        marks = self._table.painter.marks
        segment_id, word = self._clicked
        if segment_id == segment.id and word < len(segment.words):
            return word
        return marks.current_word if marks.current == segment.id else -1

    @Slot()
    def join_selected(self) -> None:
        """Join what is selected; one segment with the next."""
        self._correction.commit()
        rows = self._table.selected_rows()
        if len(rows) == 1 and rows[0] + 1 < self._table.rows.rowCount():
            rows.append(rows[0] + 1)
        if rows:
            self._edits.join([self._table.rows.segment(row).id for row in rows])

    @Slot()
    def edit_current(self) -> None:
        """Correct the text of the segment that is selected, or of the current one."""
        chosen, transcript = self._table.selected_rows(), self._document.transcript
        # A screen reader selects without making anything the current one.
        row = chosen[0] if len(chosen) == 1 else self._table.currentIndex().row()
        if row >= 0 and transcript is not None and self._correction.editor is None:
            segment = self._table.rows.segment(row)
            self._correction.begin(segment, transcript, self._word_in(segment))

    @Slot()
    def toggle_doubt(self) -> None:
        """Restore what is doubtful in the selection, or dismiss what was restored."""
        ids = self.selected_ids()
        if ids:
            self._edits.toggle_doubt(ids)

    @Slot()
    def copy_selection(self) -> None:
        """Copy what is selected; who speaks as well, if it is more than one segment."""
        rows, model = self._table.selected_rows(), self._table.rows
        paragraphs: list[str] = []
        for place, row in enumerate(rows):
            text, name = model.segment(row).text, speaker_name(model.speaker(row))
            if place and row == rows[place - 1] + 1 and not model.starts_group(row):
                paragraphs[-1] += " " + text
            elif name and len(rows) > 1:
                paragraphs.append(f"{name}: {text}")
            else:
                paragraphs.append(text)
        if paragraphs:
            QGuiApplication.clipboard().setText("\n".join(paragraphs))

    @Slot(QPoint)
    def _on_menu_requested(self, point: QPoint) -> None:
        menu = self.make_menu(point)
        if menu is not None:
            menu.popup(self._table.viewport().mapToGlobal(point))

    def make_menu(self, point: QPoint) -> QMenu | None:
        """The menu for what is selected, at a point of the viewport; None without a selection."""
        rows, transcript = self._table.selected_rows(), self._document.transcript
        if not rows or transcript is None:
            return None
        row, hit = self._table.hit_at(point)
        if hit.word >= 0:
            self._clicked = self._table.rows.segment(row).id, hit.word
        segments = [self._table.rows.segment(row) for row in rows]
        menu = self._menu.build(self._table, segments, transcript.speakers)
        menu.triggered.connect(self._on_menu_triggered)
        return menu

    @Slot(QAction)
    def _on_menu_triggered(self, action: QAction) -> None:
        choice = action.data()
        if not isinstance(choice, Choice):
            return
        if choice.verb == "assign":
            self.assign(choice.number)
        elif choice.verb == "restore":
            self._edits.restore(self.selected_ids())
        elif choice.verb == "dismiss":
            self._edits.dismiss(self.selected_ids())
        else:
            self._verbs[choice.verb]()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys in the list; where the window has a shortcut for one, it never gets here."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9:
            self.assign(event.key() - Qt.Key.Key_0)
            return True
        if plain and event.key() in _ENTER:
            self.play_current()
            return True
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
            return True
        for name in ("edit_text", "split", "join", "doubt"):
            if matches(event, SHORTCUTS[name]):
                self._verbs[name]()
                return True
        return False


def matches(event: QKeyEvent, keys: QKeySequence.StandardKey | str) -> bool:
    """Whether these keys are pressed."""
    if isinstance(keys, QKeySequence.StandardKey):
        return event.matches(keys)
    return QKeySequence(event.keyCombination()) == QKeySequence(keys)


def _start(segment: Segment, word: int) -> float:
    return segment.words[word].start if 0 <= word < len(segment.words) else segment.start
