"""A list whose rows are measured when they are seen, and whose text stays where it is read.

Rows have an estimated height until they come into view (ENGINEERING.md 7: measuring 20,000 of them
takes seconds). What changes above the view, or on its upper edge, moves nothing that is seen.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from voicerec_desktop.ui.models.transcript_model import Index, TranscriptModel
from voicerec_desktop.ui.theme import SPACE
from voicerec_desktop.ui.transcript_delegate import TranscriptDelegate
from voicerec_desktop.ui.transcript_layout import TranscriptLayout

_PASSES = 12  # measuring may bring new rows into view; each pass measures those
_COMFORT = (0.08, 0.7)  # part of the height in which the line that is being played stays
_WHOLE = (0.0, 1.0)
_LANDING = 0.2  # part of the height at which something that was out of view appears
_SMALLER = 0.5  # pt that times and labels are smaller than the window's font
# the delegate paints selection and focus itself, for the text only
_STYLE = """QTableView { selection-background-color: transparent; }
QTableView:focus { border: 1px solid transparent; }"""


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A line of text and where it stands: the word it begins with (or its segment), and its y."""

    segment_id: str
    seconds: float
    y: float


class MeasuredTable(QTableView):
    """A table of one column without a grid."""

    def __init__(self, model: TranscriptModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.plans = TranscriptLayout(model, self)
        self.painter = TranscriptDelegate(model, self.plans, self)
        self._measuring = False
        self.setModel(model)
        self.setItemDelegate(self.painter)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAutoScroll(False)  # it would move text under the mouse between press and release
        self.setShowGrid(False)
        self.setStyleSheet(_STYLE)
        self.setWordWrap(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.set_font(self.font())

    def set_font(self, font: QFont) -> None:
        """Write the text in another font."""
        with self.kept_position():
            small = QFont(self.font())
            small.setPointSizeF(max(6.0, small.pointSizeF() - _SMALLER))
            self.plans.set_font(font, small)
            self.verticalHeader().setDefaultSectionSize(self.plans.estimate)
            self.verticalScrollBar().setSingleStep(self.plans.line_height)
        self.viewport().update()

    def measure(self) -> None:
        """Give the rows in view their heights; what is in view does not move."""
        if self._measuring or not self.rows.rowCount():
            return
        bar = self.verticalScrollBar()
        at_end = 0 < bar.maximum() <= bar.value()
        self._measuring = True
        try:
            for _ in range(_PASSES):
                shift = self._measure_once()
                if shift is None:
                    break
                self.updateGeometries()
                bar.setValue(bar.maximum() if at_end else bar.value() + shift)
        finally:
            self._measuring = False
        self._on_measured()

    def _on_measured(self) -> None:
        """Rows may have moved."""

    def _measure_once(self) -> int | None:
        """Measure the rows in view: by how much they moved what follows; None if all is well."""
        row, bottom = max(0, self.rowAt(0)), self.viewport().height()
        y, shift, changed = self.rowViewportPosition(row), 0, False
        while row < self.rows.rowCount() and y < bottom:
            now, wanted = self.rowHeight(row), self.plans.height(row)
            above = y < 0
            if now != wanted:
                changed = True
                self.setRowHeight(row, wanted)
                shift += wanted - now if above else 0
            y += now if above else wanted
            row += 1
        return shift if changed else None

    @contextmanager
    def kept_position(self) -> Iterator[None]:
        """Whatever happens to rows meanwhile: the first line in view stays where it is."""
        anchor = self._anchor()
        at_end = 0 < self.verticalScrollBar().maximum() <= self.verticalScrollBar().value()
        self._measuring = True
        try:
            yield
        finally:
            self._measuring = False
        if anchor is not None and self.rows.rowCount():
            self._restore(anchor)
        self.measure()
        if at_end:
            self.scroll_to_end()

    def scroll_to_end(self) -> None:
        """Show the last row."""
        bar = self.verticalScrollBar()
        for _ in range(_PASSES):
            self.updateGeometries()
            if bar.value() == bar.maximum():
                break
            bar.setValue(bar.maximum())

    def _anchor(self) -> _Anchor | None:
        row, count = max(0, self.rowAt(0)), self.rows.rowCount()
        while row < count and (top := self.rowViewportPosition(row)) < self.viewport().height():
            word = self.plans.first_word_below(row, -top)
            words = self.rows.segment(row).words
            text_top = top + self.plans.plan(row).text.top()
            if word >= 0 or text_top >= 0:
                segment = self.rows.segment(row)
                seconds = words[word].start if word > 0 else segment.start
                return _Anchor(segment.id, seconds, top + self.plans.line_top(row, word))
            row += 1
        return None

    def _restore(self, anchor: _Anchor) -> None:
        row = self.rows.row_of(anchor.segment_id)
        if row < 0 or self.rows.segment(row).end < anchor.seconds:
            row = max(0, self.rows.row_at(anchor.seconds))
        self._measuring = True
        self.setRowHeight(row, self.plans.height(row))
        self._measuring = False
        line = self.plans.line_top(row, self._word(row, anchor.seconds))
        self._scroll_to(round(self.verticalHeader().sectionPosition(row) + line - anchor.y))

    def _word(self, row: int, seconds: float) -> int:
        words = self.rows.segment(row).words
        return max(-1, sum(word.start <= seconds for word in words) - 1)

    def _scroll_to(self, value: int) -> None:
        self.updateGeometries()
        self.verticalScrollBar().setValue(value)
        self.measure()

    def show_row(self, row: int) -> None:
        """Scroll no further than it takes to see a row."""
        first, last = self._part(row, -1)
        position, height = self.verticalHeader().sectionPosition(row), self.viewport().height()
        top = self.rowViewportPosition(row)
        if top + first < 0:
            self._scroll_to(round(position + first))
        elif top + last > height:
            self._scroll_to(round(position + last) - height)

    def jump_to(self, row: int, word: int = -1) -> None:
        """Show a row, or the line with one of its words, with what stands around it."""
        self._bring(row, self._part(row, word), _WHOLE)

    def follow(self, row: int, word: int) -> None:
        """Keep the line that is being played in the comfortable part of the view."""
        self._bring(row, self._line(row, word), _COMFORT)

    def _bring(self, row: int, part: tuple[float, float], where: tuple[float, float]) -> None:
        height, top = self.viewport().height(), self.rowViewportPosition(row)
        first, last = part
        if top + first < height * where[0] or top + last > height * where[1]:
            position = self.verticalHeader().sectionPosition(row)
            self._scroll_to(round(position + first - height * _LANDING))

    def _part(self, row: int, word: int) -> tuple[float, float]:
        """Beginning and end of a row that fits into the view, else of a line in it."""
        self._measuring = True
        self.setRowHeight(row, self.plans.height(row))
        self._measuring = False
        if self.rowHeight(row) <= self.viewport().height():
            return 0.0, float(self.rowHeight(row))
        return self._line(row, word)

    def _line(self, row: int, word: int) -> tuple[float, float]:
        first = self.plans.line_top(row, word) - SPACE
        return first, first + self.plans.line_height + 2 * SPACE

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row into view."""
        if index.isValid():
            self.show_row(index.row())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Scroll, and measure what comes into view."""
        super().scrollContentsBy(dx, dy)
        self.measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows out for another width."""
        width = self.viewport().width()
        if width == event.oldSize().width():
            super().resizeEvent(event)
            self.measure()
            return
        with self.kept_position():
            super().resizeEvent(event)
            self.plans.set_width(width)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell the delegate which part is needed: a segment may be longer than the screen."""
        self.painter.marks.exposed = QRectF(event.rect())
        super().paintEvent(event)

    def update_row(self, segment_id: str) -> None:
        """Paint a segment again, where it is in view."""
        row = self.rows.row_of(segment_id)
        if row >= 0:
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            if top < self.viewport().height() and top + height > 0:
                self.viewport().update(0, top, self.viewport().width(), height)
