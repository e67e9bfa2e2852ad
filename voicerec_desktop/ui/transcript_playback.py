"""What is being played, in the transcript: highlighted, and followed until the user reads on."""

from bisect import bisect_right
from operator import attrgetter

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QPushButton

from voicerec_desktop.ui.transcript_table import TranscriptTable


class PlaybackFollower(QObject):
    """Keeps the word that is being played in view.

    Signals:
        following_changed: whether it does so.
    """

    following_changed = Signal(bool)

    def __init__(
        self,
        table: TranscriptTable,
        button: QPushButton,
        following: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._table, self._button = table, button
        self.following = following
        button.hide()
        button.clicked.connect(self._on_clicked)
        table.user_scrolled.connect(self.give_way)

    @property
    def current(self) -> str:
        """The segment that is being played, or ""."""
        return self._table.painter.marks.current

    def set_following(self, following: bool) -> None:
        """Scroll along with what is played, or stay."""
        if following != self.following:
            self.following = following
            self.following_changed.emit(following)
        self._show_button()
        if following:
            self.follow()

    @Slot()
    def give_way(self) -> None:
        """The user reads elsewhere."""
        if self.following and self.current:
            self.set_following(False)

    @Slot()
    def _on_clicked(self) -> None:
        self.set_following(True)
        self._table.setFocus()

    def set_position(self, seconds: float) -> None:
        """Highlight what is said at a time, and show it when following."""
        rows, marks = self._table.rows, self._table.painter.marks
        row = rows.row_at(seconds)
        segment = rows.segment(row) if row >= 0 else None
        current, words = (segment.id, segment.words) if segment else ("", ())
        word = bisect_right(words, seconds, key=attrgetter("start")) - 1
        if (current, word) == (marks.current, marks.current_word):
            return
        before, marks.current, marks.current_word = marks.current, current, word
        for changed in {before, current}:
            self._table.update_row(changed)
        self._show_button()
        if self.following:
            self.follow()

    def forget(self) -> None:
        """Nothing is played."""
        marks = self._table.painter.marks
        marks.current, marks.current_word = "", -1
        self._show_button()

    def follow(self) -> None:
        """Bring what is being played into view."""
        row = self._table.rows.row_of(self.current)
        if row >= 0 and self._table.editor is None:
            self._table.follow(row, self._table.painter.marks.current_word)

    def _show_button(self) -> None:
        self._button.setVisible(not self.following and bool(self.current))
        self._button.raise_()
