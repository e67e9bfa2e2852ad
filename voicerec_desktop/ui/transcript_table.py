"""The list of the transcript: what is clicked, selected, typed and edited in it."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    QPointF,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QToolTip, QWidget

from voicerec_desktop.ui.measured_table import MeasuredTable
from voicerec_desktop.ui.models.transcript_model import TranscriptModel
from voicerec_desktop.ui.segment_editor import EDITOR_INSET, EDITOR_RISE, EditorFrame, SegmentEditor
from voicerec_desktop.ui.theme import SPACE
from voicerec_desktop.ui.transcript_layout import Hit

_SCROLLING = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home,
    Qt.Key.Key_End,
)  # fmt: skip
_BUTTONS = ("play", "restore", "dismiss", "time")


class TranscriptTable(MeasuredTable):
    """Rows that are clicked, selected and edited.

    Signals:
        hit: a `Hit` was clicked in a row.
        hit_twice: ... double-clicked.
        user_scrolled: with wheel, keys or scroll bar.
        selection_moved: other rows are selected.
    """

    hit = Signal(int, object)
    hit_twice = Signal(int, object)
    user_scrolled = Signal()
    selection_moved = Signal()

    def __init__(self, model: TranscriptModel, parent: QWidget | None = None) -> None:
        self.editor: SegmentEditor | None = None
        self._frame: EditorFrame | None = None
        super().__init__(model, parent)
        self._pressed: tuple[int, Hit] | None = None
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalScrollBar().actionTriggered.connect(self._on_scroll_bar_used)
        self.verticalScrollBar().sliderMoved.connect(self._on_scroll_bar_used)

    def selected_rows(self) -> list[int]:
        """The rows that are selected, in order."""
        chosen = self.selectionModel().selection()
        ranges = [chosen.at(i) for i in range(chosen.count())]
        return sorted({row for r in ranges for row in range(r.top(), r.bottom() + 1)})

    def select_rows(self, rows: Sequence[int]) -> None:
        """Select these rows and no others."""
        chosen = QItemSelection()
        for row in rows:
            index = self.rows.index(row, 0)
            chosen.select(index, index)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def set_current(self, row: int) -> None:
        """Select one row and put the keyboard there."""
        self.setCurrentIndex(self.rows.index(row, 0))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell that other rows are selected."""
        super().selectionChanged(selected, deselected)
        self.selection_moved.emit()

    def hit_at(self, point: QPoint) -> tuple[int, Hit]:
        """Row (or -1) and what is there, at a point of the viewport."""
        row = self.rowAt(point.y())
        if row < 0:
            return -1, Hit()
        inside = QPointF(point.x(), point.y() - self.rowViewportPosition(row))
        return row, self.plans.hit(row, inside)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.button() == Qt.MouseButton.LeftButton and plain:
            self._pressed = self.hit_at(event.position().toPoint())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press and a release at the same place are a click."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed and pressed[0] >= 0 and pressed == self.hit_at(event.position().toPoint()):
            self.hit.emit(*pressed)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Play from there."""
        super().mouseDoubleClickEvent(event)
        row, hit = self.hit_at(event.position().toPoint())
        if row >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.hit_twice.emit(row, hit)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be clicked."""
        super().mouseMoveEvent(event)
        row, hit = self.hit_at(event.position().toPoint())
        self._hover(self.rows.segment(row).id if row >= 0 else "", hit)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse."""
        super().leaveEvent(event)
        self._hover("", Hit())

    def _hover(self, segment_id: str, hit: Hit) -> None:
        marks = self.painter.marks
        if (marks.hovered, marks.hit) == (segment_id, hit):
            return
        before, marks.hovered, marks.hit = marks.hovered, segment_id, hit
        for changed in {before, segment_id}:
            self.update_row(changed)
        hand = hit.kind in _BUTTONS or hit.word >= 0
        shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips of what is in a row."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row, hit = self.hit_at(event.pos())
            text = self.painter.tip(self.rows.segment(row), hit) if row >= 0 else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The user reads elsewhere."""
        super().wheelEvent(event)
        self.user_scrolled.emit()

    @Slot()
    def _on_scroll_bar_used(self) -> None:
        self.user_scrolled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move; first through a row that is higher than the view."""
        if event.key() not in _SCROLLING:
            super().keyPressEvent(event)
            return
        self.user_scrolled.emit()
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) or self._is_longer(event.key()):
            self._scroll_page(event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown), event)
        else:
            super().keyPressEvent(event)
            if self.currentIndex().isValid():
                self.show_row(self.currentIndex().row())

    def _is_longer(self, key: int) -> bool:
        """Whether the current row goes on out of view in the direction of a key."""
        row = self.currentIndex().row()
        if row < 0 or self.rowHeight(row) <= self.viewport().height():
            return False
        top = self.rowViewportPosition(row)
        bottom, height = top + self.rowHeight(row), self.viewport().height()
        return (key == Qt.Key.Key_Down and bottom > height and top < height) or (
            key == Qt.Key.Key_Up and top < 0 < bottom
        )

    def _scroll_page(self, down: bool, event: QKeyEvent) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        before = bar.value()
        bar.setValue(before + round(height * 0.85) * (1 if down else -1))
        edge = (self.rows.rowCount() - 1 if down else 0) if bar.value() == before else -1
        row = edge if edge >= 0 else self.rowAt(height // 3)
        row = row if row >= 0 else self.rows.rowCount() - 1
        flags = QItemSelectionModel.SelectionFlag
        index = self.rows.index(row, 0)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            start = self.currentIndex().row()
            chosen = QItemSelection(
                self.rows.index(min(start, row), 0), self.rows.index(max(start, row), 0)
            )
            self.selectionModel().select(chosen, flags.Select)
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        else:
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect)

    def keyboardSearch(self, search: str) -> None:
        """Letters look for nothing here: the find bar does."""

    def open_editor(self, editor: SegmentEditor) -> None:
        """Put an editor in the place of its segment's text."""
        self.editor, self._frame = editor, EditorFrame(editor, self)
        self.painter.marks.editing = editor.segment.id
        editor.resized.connect(self._on_editor_resized)
        editor.resize(self.plans.text_width + 2 * EDITOR_INSET, editor.height())
        self._frame.show()
        editor.show()  # lines are counted in a field that is shown
        self.fit_editor()
        editor.setFocus()

    def close_editor(self) -> None:
        """Show the text again."""
        editor, self.editor = self.editor, None
        if editor is None:
            return
        focused = editor.hasFocus()
        editor.close_silently()
        self.painter.marks.editing = ""
        self.plans.set_editing("")
        editor.hide()
        if self._frame is not None:
            self._frame.hide()
            self._frame.deleteLater()
            self._frame = None
        if focused:
            self.setFocus()
        with self.kept_position():
            pass
        self.viewport().update()

    @Slot()
    def _on_editor_resized(self) -> None:
        self.fit_editor()

    def fit_editor(self) -> None:
        """Give editor and row a height; a very long text scrolls inside of its editor."""
        editor = self.editor
        if editor is None:
            return
        editor.resize(self.plans.text_width + 2 * EDITOR_INSET, editor.height())
        wanted, most = editor.wanted_height(), max(80, self.viewport().height() - 12 * SPACE)
        editor.set_scrollable(wanted > most)
        self.plans.set_editing(editor.segment.id, min(wanted, most) - EDITOR_RISE)
        row = self.rows.row_of(editor.segment.id)
        if row >= 0:
            with self.kept_position():
                self.setRowHeight(row, self.plans.height(row))
            self.show_row(row)
        self._place_editor()

    def _on_measured(self) -> None:
        self._place_editor()

    def _place_editor(self) -> None:
        editor = self.editor
        row = self.rows.row_of(editor.segment.id) if editor is not None else -1
        if editor is None or self._frame is None or row < 0:
            return
        plan, top = self.plans.plan(row), self.rowViewportPosition(row)
        width = self.plans.text_width + 2 * EDITOR_INSET
        height = round(plan.text.height()) + EDITOR_RISE
        x, y = round(plan.text.left()) - EDITOR_INSET, top + round(plan.text.top())
        self._frame.place(QRect(x, y - EDITOR_RISE, width, height))
