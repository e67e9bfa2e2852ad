"""How a row of the transcript is painted."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from voicerec_desktop.core.model import FLAG_EDITED, FLAG_OVERLAP, Segment
from voicerec_desktop.ui.i18n import clock, fill
from voicerec_desktop.ui.icons import pixmap
from voicerec_desktop.ui.models.transcript_model import TranscriptModel
from voicerec_desktop.ui.speaker_badge import paint_badge, speaker_name
from voicerec_desktop.ui.theme import SPACE, colours, speaker_colour
from voicerec_desktop.ui.transcript_layout import CHIP_ICON, Chip, Hit, Plan, TranscriptLayout
from voicerec_desktop.ui.transcript_text import Span

_ALIGN = Qt.AlignmentFlag
Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True)
class Marks:
    """What is highlighted beside the selection.

    Attributes:
        current, current_word: what is being played: a segment's id, the number of a word.
        hovered, hit: the segment under the mouse and what of it.
        editing: the segment whose text an editor hides.
        found: what a search has found, by segment.
        found_now: the hit at which the search stands.
        exposed: the part of the view that must be painted.
    """

    current: str = ""
    current_word: int = -1
    hovered: str = ""
    hit: Hit = field(default_factory=Hit)
    editing: str = ""
    found: dict[str, list[Span]] = field(default_factory=dict)
    found_now: tuple[str, Span] | None = None
    exposed: QRectF = field(default_factory=QRectF)


class TranscriptDelegate(QStyledItemDelegate):
    """Paints rows as `TranscriptLayout` places them."""

    def __init__(
        self, model: TranscriptModel, layout: TranscriptLayout, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._layout = layout
        self.marks = Marks()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The measured height of the row."""
        return QSize(option.rect.width(), self._layout.height(index.row()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row = index.row()
        plan = self._layout.plan(row)
        origin = QPointF(option.rect.topLeft())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(origin)
        segment = plan.laid.segment
        if segment.id != self.marks.editing:
            self._paint_ground(painter, plan, option.state)
        if plan.badge.isNull():
            self._paint_gutter_time(painter, plan)
        else:
            self._paint_head(painter, plan, row)
        if segment.id != self.marks.editing:
            self._paint_marks(painter, plan)
            muted = segment.doubtful or segment.dismissed
            painter.setPen(QColor(colours().muted if muted else colours().text))
            clip = self.marks.exposed.translated(-origin)
            plan.laid.layout.draw(painter, plan.text.topLeft(), [], clip)
            self._paint_notes(painter, plan)
        for chip in plan.chips:
            self._paint_chip(painter, segment, chip)
        painter.restore()

    def _paint_ground(self, painter: QPainter, plan: Plan, state: QStyle.StateFlag) -> None:
        """Behind the text: selected, being played, focus."""
        ground = QRectF(
            plan.text.left() - 1.5 * SPACE,
            plan.text.top() - SPACE / 2 + 1,
            plan.text.width() + 1.5 * SPACE + 4 * SPACE,
            plan.height - plan.text.top() + SPACE / 2 - 2,
        )
        is_current = plan.laid.segment.id == self.marks.current
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(colours().selected))
            painter.drawRoundedRect(ground, 6, 6)
        elif is_current:
            painter.setBrush(_faint(colours().accent, 0.07))
            painter.drawRoundedRect(ground, 6, 6)
        if is_current:
            painter.setBrush(QColor(colours().accent))
            bar = QRectF(ground.left(), ground.top() + 5, 3, ground.height() - 10)
            painter.drawRoundedRect(bar, 1.5, 1.5)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(_faint(colours().accent, 0.6), 1))
            painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _paint_head(self, painter: QPainter, plan: Plan, row: int) -> None:
        speaker = self._model.speaker(row)
        paint_badge(painter, plan.badge, speaker)
        if speaker is not None:
            painter.setPen(speaker_colour(speaker.colour))
            painter.setFont(self._layout.bold)
            metrics, name = painter.fontMetrics(), speaker_name(speaker)
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(plan.name.width()))
            painter.drawText(plan.name, _ALIGN.AlignLeft | _ALIGN.AlignVCenter, shown)
        self._paint_time(painter, plan, plan.time, _ALIGN.AlignLeft)

    def _paint_gutter_time(self, painter: QPainter, plan: Plan) -> None:
        """The time of a row that goes on, only where somebody looks."""
        segment_id = plan.laid.segment.id
        if segment_id in (self.marks.hovered, self.marks.current):
            right = plan.text.left() - 2 * SPACE
            rect = QRectF(0, plan.text.top(), right, self._layout.line_height)
            self._paint_time(painter, plan, rect, _ALIGN.AlignRight)

    def _paint_time(
        self, painter: QPainter, plan: Plan, rect: QRectF, align: Qt.AlignmentFlag
    ) -> None:
        pointed = self.marks.hovered == plan.laid.segment.id and self.marks.hit.kind == "time"
        painter.setPen(QColor(colours().accent if pointed else colours().muted))
        painter.setFont(self._layout.small)
        painter.drawText(rect, align | _ALIGN.AlignVCenter, clock(plan.laid.segment.start))

    def _paint_marks(self, painter: QPainter, plan: Plan) -> None:
        """Behind words: found, being played, under the mouse."""
        segment_id, spans, marks = plan.laid.segment.id, plan.laid.spans, self.marks
        painter.setPen(Qt.PenStyle.NoPen)
        for start, end in marks.found.get(segment_id, ()):
            now = marks.found_now == (segment_id, (start, end))
            painter.setPen(QPen(QColor(colours().text), 1.5) if now else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours().marked))
            self._paint_span(painter, plan, (start, end))
        painter.setPen(Qt.PenStyle.NoPen)
        if marks.current == segment_id and 0 <= marks.current_word < len(spans):
            painter.setBrush(_faint(colours().accent, 0.30))
            self._paint_span(painter, plan, spans[marks.current_word])
        if marks.hovered == segment_id and 0 <= marks.hit.word < len(spans):
            painter.setBrush(_faint(colours().muted, 0.16))
            self._paint_span(painter, plan, spans[marks.hit.word])

    def _paint_span(self, painter: QPainter, plan: Plan, span: Span) -> None:
        for rect in self._layout.span_rects(plan, *span):
            inset = max(0.0, (rect.height() - self._layout.line_height * 0.86) / 2)
            painter.drawRoundedRect(rect.adjusted(-2, inset, 2, -inset), 3, 3)

    def _paint_notes(self, painter: QPainter, plan: Plan) -> None:
        """Signs at the right: several people at once, edited."""
        x = plan.text.right() + SPACE
        y = plan.text.top() + (self._layout.line_height - 16) / 2
        for name in _notes(plan.laid.segment):
            painter.setOpacity(0.75)
            self._paint_icon(painter, name, 16, colours().muted, QPointF(x, y))
            painter.setOpacity(1.0)
            y += 20

    def _paint_chip(self, painter: QPainter, segment: Segment, chip: Chip) -> None:
        label = chip.kind == "doubt"
        pointed = self.marks.hovered == segment.id and self.marks.hit.kind == chip.kind
        colour = colours().text
        if label:
            colour = colours().muted if segment.dismissed else colours().warning
        ground = QColor(colours().raised if pointed else colours().surface)
        painter.setBrush(_faint(colour, 0.1) if label else ground)
        painter.setPen(Qt.PenStyle.NoPen if label else QPen(QColor(colours().border), 1))
        rect = chip.rect.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        y = rect.center().y() - CHIP_ICON / 2
        self._paint_icon(painter, chip.icon, CHIP_ICON, colour, QPointF(rect.left() + SPACE, y))
        painter.setPen(QColor(colour))
        painter.setFont(self._layout.small)
        text = rect.adjusted(SPACE + CHIP_ICON + SPACE / 2, 0, 0, 0)
        painter.drawText(text, _ALIGN.AlignLeft | _ALIGN.AlignVCenter, chip.text)

    @staticmethod
    def _paint_icon(painter: QPainter, name: str, size: int, colour: str, at: QPointF) -> None:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(at, pixmap(name, size, colour, ratio))

    def tip(self, segment: Segment, hit: Hit) -> str:
        """What a tooltip says about a place of a row; "" for nothing."""
        if hit.kind in ("doubt", "restore", "dismiss"):
            tips = {
                "doubt": self.tr("Doubtful: nobody may have said this"),
                "restore": self.tr("Somebody said this: keep it"),
                "dismiss": self.tr("Nobody said this: leave it out of search and exports"),
            }
            if segment.dismissed and hit.kind == "doubt":
                return self.tr("You marked this as said by nobody")
            return tips[hit.kind]
        if hit.kind == "notes":
            tips = {
                "speakers": self.tr("Several people speak at once"),
                "edit": self.tr("Corrected by you"),
            }
            return "\n".join(tips[name] for name in _notes(segment))
        if hit.kind == "word" and 0 <= hit.word < len(segment.words):
            original = segment.words[hit.word].original
            if original:
                return fill(self.tr("Heard as: %1"), original.strip())
        return ""


def _notes(segment: Segment) -> Iterator[str]:
    if FLAG_OVERLAP in segment.flags:
        yield "speakers"
    if FLAG_EDITED in segment.flags:
        yield "edit"


def _faint(colour: str, alpha: float) -> QColor:
    made = QColor(colour)
    made.setAlphaF(alpha)
    return made
