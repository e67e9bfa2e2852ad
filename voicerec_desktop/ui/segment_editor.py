"""The field in which the text of one segment is corrected, in its place."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from voicerec_desktop.core.model import Segment, Speaker
from voicerec_desktop.ui.i18n import fill
from voicerec_desktop.ui.speaker_badge import badge_icon, speaker_name
from voicerec_desktop.ui.theme import SPACE
from voicerec_desktop.ui.transcript_text import from_qt, to_qt

_PADDING = 6  # px above and below, border included; the theme's 5 and 1
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEEPS_OPEN = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
)


class SegmentEditor(QPlainTextEdit):
    """Enter commits, Esc does not, Ctrl+Enter splits at the cursor; losing the focus commits.

    It reports once, and does nothing afterwards.

    Signals:
        committed: the text, which may be the old one.
        cancelled: nothing is to change.
        split_requested: the text, and the place of the cursor in it.
        assign_requested: the text, selection's start and end, and a speaker's number.
        resized: lines came or went.
    """

    committed = Signal(str)
    cancelled = Signal()
    split_requested = Signal(str, int)
    assign_requested = Signal(str, int, int, int)
    resized = Signal()

    def __init__(
        self, segment: Segment, speakers: tuple[Speaker, ...], font: QFont, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.segment = segment
        self._speakers = speakers
        self._done = False
        self._lines = 0
        self.setFont(font)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # files that are dropped here are for the window
        self.setPlainText(segment.text)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.set_scrollable(False)
        self._retranslate()
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Text of the passage"))
        self.setAccessibleDescription(
            self.tr("Enter saves, Escape cancels, Ctrl+Enter splits at the cursor")
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    @property
    def text(self) -> str:
        """What is written now."""
        return self.toPlainText()

    @property
    def changed(self) -> bool:
        """Whether the user has written anything."""
        return " ".join(self.text.split()) != " ".join(self.segment.text.split())

    def put_cursor(self, position: int) -> None:
        """Put the cursor before a character."""
        cursor = self.textCursor()
        cursor.setPosition(to_qt(self.text, position))
        self.setTextCursor(cursor)

    def wanted_height(self) -> int:
        """The height that shows all lines."""
        lines = max(1, round(self.document().size().height()))
        margin = round(2 * self.document().documentMargin())
        return lines * self.fontMetrics().lineSpacing() + margin + 2 * _PADDING

    def set_scrollable(self, scrollable: bool) -> None:
        """Have a scroll bar, or take no place for one."""
        policy = Qt.ScrollBarPolicy
        wanted = policy.ScrollBarAsNeeded if scrollable else policy.ScrollBarAlwaysOff
        if wanted != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(wanted)

    @Slot()
    def _on_size_changed(self) -> None:
        lines = round(self.document().size().height())
        if lines != self._lines:
            self._lines = lines
            self.resized.emit()

    @property
    def cursor_place(self) -> int:
        """The character before which the cursor stands."""
        return from_qt(self.text, self.textCursor().position())

    def close_silently(self) -> None:
        """Report nothing any more."""
        self._done = True

    def commit(self) -> None:
        """Report the text."""
        if self._finish():
            self.committed.emit(self.text)

    def split(self) -> None:
        """Report the text, to be split where the cursor stands."""
        if self._finish():
            self.split_requested.emit(self.text, self.cursor_place)

    def _finish(self) -> bool:
        first, self._done = not self._done, True
        return first

    def event(self, event: QEvent) -> bool:
        """Take keys that are shortcuts of the window elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = event.key() in (*_ENTER, Qt.Key.Key_Escape)
            if own or not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Commit, cancel, split."""
        if event.key() in _ENTER:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.split()
            else:
                self.commit()
        elif event.key() == Qt.Key.Key_Escape:
            if self._finish():
                self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Commit, unless the user comes back: from a menu, or from another window."""
        super().focusOutEvent(event)
        if event.reason() not in _KEEPS_OPEN:
            self.commit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Commit when the window closes."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.commit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu, and who said the selected words."""
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def make_menu(self) -> QMenu:
        """The menu for what is selected."""
        menu = self.createStandardContextMenu()
        menu.addSeparator()
        split = menu.addAction(self.tr("Split at the cursor") + "\t" + _keys("Ctrl+Return"))
        split.triggered.connect(self._on_split)
        who = menu.addMenu(self.tr("Assign selected words to"))
        who.setEnabled(self.textCursor().hasSelection())
        last = max((speaker.number for speaker in self._speakers), default=0)
        for speaker in self._speakers:
            entry = fill(self.tr("&%1  %2"), speaker.number, speaker_name(speaker))
            self._add_number(who.addAction(badge_icon(speaker), entry), speaker.number)
        new = fill(self.tr("&%1  New speaker"), last + 1)
        self._add_number(who.addAction(badge_icon(None), new), last + 1)
        return menu

    def _add_number(self, action: QAction, number: int) -> None:
        action.setData(number)
        action.triggered.connect(self._on_assign)

    @Slot()
    def _on_split(self) -> None:
        self.split()

    @Slot()
    def _on_assign(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self.assign(action.data())

    def assign(self, number: int) -> None:
        """Report who said what is selected, or all of it."""
        cursor = self.textCursor()
        start = from_qt(self.text, cursor.selectionStart())
        end = from_qt(self.text, cursor.selectionEnd())
        if start == end:
            start, end = 0, len(self.text)
        if self._finish():
            self.assign_requested.emit(self.text, start, end, number)


class EditorFrame(QWidget):
    """What is seen of an editor: beside its table, whose accessible children are its cells only.

    Args:
        editor: becomes its child.
        table: its viewport is what the editor is seen through.
    """

    def __init__(self, editor: SegmentEditor, table: QAbstractScrollArea) -> None:
        super().__init__(table.parentWidget() or table)
        self._editor, self._table = editor, table
        editor.setParent(self)
        self.lower()  # under all that floats over the table, but not under the table
        table.lower()

    def place(self, rect: QRect) -> None:
        """Put the editor somewhere in the table's viewport; what is outside is not seen."""
        viewport, parent = self._table.viewport(), self.parentWidget()
        assert parent is not None
        seen = rect & viewport.rect()
        if seen.isEmpty():  # not hidden, for that would end it
            seen = QRect(rect.topLeft(), QSize(rect.width(), 0))
        self.setGeometry(QRect(viewport.mapTo(parent, seen.topLeft()), seen.size()))
        self._editor.setGeometry(rect.translated(-seen.topLeft()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """What the editor does not need scrolls the table."""
        QApplication.sendEvent(self._table.viewport(), event)


def _keys(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


EDITOR_RISE = 4  # px that the editor begins above the text in whose place it is
EDITOR_INSET = SPACE + 1 + 4  # px from the editor's edge to its text: padding, border, margin
