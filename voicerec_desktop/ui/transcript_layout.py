"""Where everything in a row of the transcript stands, and what is under the mouse.

Text is laid out once for each segment and width, and kept for the rows seen last.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from math import ceil
from typing import Literal, cast

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from voicerec_desktop.core.model import Segment
from voicerec_desktop.ui.i18n import clock
from voicerec_desktop.ui.models.transcript_model import TranscriptModel
from voicerec_desktop.ui.speaker_badge import speaker_name
from voicerec_desktop.ui.theme import SMALL, SPACE, colours
from voicerec_desktop.ui.transcript_text import Span, from_qt, to_qt, word_at, word_spans

BADGE = 4 * SPACE
MARGIN = 3 * SPACE
NOTES = 3 * SPACE  # right of the text: signs for edited and overlapping segments
LINE_LENGTH = 84  # characters; longer lines are hard to read
LINE_HEIGHT = 1.4
CHIP_ICON = 14
CACHED = 500
UNSURE = 0.4  # words with a lower probability are underlined
HitKind = Literal["", "text", "word", "time", "play", "restore", "dismiss", "doubt", "notes"]


@dataclass(frozen=True, slots=True)
class Hit:
    """What is at a point of a row. `word`: its number, or -1."""

    kind: HitKind = ""
    word: int = -1


@dataclass(frozen=True, slots=True)
class Chip:
    """A little button, or a label, under a doubtful segment."""

    kind: HitKind
    icon: str
    text: str
    rect: QRectF


@dataclass(slots=True)
class Laid:
    """The text of a segment, laid out."""

    segment: Segment
    layout: QTextLayout
    height: float
    _wide: bool  # some characters are two in UTF-16
    _spans: list[Span] = field(default_factory=list)

    def to_qt(self, place: int) -> int:
        """A place in the text as Qt counts it."""
        return to_qt(self.segment.text, place) if self._wide else place

    def from_qt(self, place: int) -> int:
        """A place that Qt counted, in characters."""
        return from_qt(self.segment.text, place) if self._wide else place

    @property
    def spans(self) -> list[Span]:
        """Where its words stand."""
        if not self._spans:
            self._spans = word_spans(self.segment)
        return self._spans


@dataclass(frozen=True, slots=True)
class Plan:
    """A row, measured from its upper left corner.

    Attributes:
        name, time: of the line above the text, empty in a row that goes on.
        text: of the text.
        chips: below the text.
    """

    laid: Laid
    badge: QRectF
    name: QRectF
    time: QRectF
    text: QRectF
    chips: tuple[Chip, ...]
    height: int


class TranscriptLayout(QObject):
    """Measures rows of a model for one width and font."""

    def __init__(self, model: TranscriptModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._laid: OrderedDict[str, Laid] = OrderedDict()
        self._width = 0
        self._editing = ("", 0)
        self.set_font(QFont())

    def set_font(self, font: QFont, small: QFont | None = None) -> None:
        """Write in another font; `small` is for times and labels."""
        self.font, self.bold, self.small = QFont(font), QFont(font), QFont(small or font)
        self.bold.setBold(True)
        if small is None:
            self.small.setPointSizeF(max(6.0, font.pointSizeF() + SMALL))
        metrics = QFontMetricsF(self.font)
        self.line_height = ceil(metrics.lineSpacing() * LINE_HEIGHT)
        self._letter = metrics.averageCharWidth()
        self._head = ceil(
            max(QFontMetricsF(self.bold).height(), QFontMetricsF(self.small).height())
        )
        self.forget()

    def set_width(self, width: int) -> bool:
        """Fit rows into a width; whether that is another one."""
        if width == self._width:
            return False
        self._width = width
        self.forget()
        return True

    def forget(self) -> None:
        """Lay everything out anew when it is needed."""
        self._laid.clear()

    def set_editing(self, segment_id: str, height: int = 0) -> None:
        """Give the text of a segment the height of its editor; "" for none."""
        self._editing = (segment_id, height)

    @property
    def left(self) -> int:
        """Where badges begin."""
        taken = BADGE + 2 * SPACE + NOTES
        return max(MARGIN, (self._width - taken - self.text_width) // 2)

    @property
    def text_left(self) -> int:
        """Where text begins."""
        return self.left + BADGE + 2 * SPACE

    @property
    def text_width(self) -> int:
        """How wide lines of text are at most."""
        free = self._width - 2 * MARGIN - BADGE - 2 * SPACE - NOTES
        return max(80, min(free, round(self._letter * LINE_LENGTH)))

    @property
    def estimate(self) -> int:
        """A likely height for rows that nobody has seen."""
        return self._head + 2 * self.line_height + 3 * SPACE

    def height(self, row: int) -> int:
        """How high a row is."""
        return self.plan(row).height

    def plan(self, row: int) -> Plan:
        """Where the parts of a row are."""
        laid = self.laid(row)
        left, top = self.text_left, SPACE / 2
        badge = name = time = QRectF()
        if self._model.starts_group(row):
            top = 3.0 * SPACE
            badge = QRectF(self.left, top - 2, BADGE, BADGE)
            name, time = self._head_line(row, laid.segment, top)
            top += self._head + SPACE / 2
        height = laid.height
        if self._editing[0] == laid.segment.id:
            height = float(self._editing[1])
        text = QRectF(left, top, self.text_width, height)
        chips = self._chips(laid.segment, text)
        bottom = chips[0].rect.bottom() if chips else text.bottom()
        return Plan(laid, badge, name, time, text, chips, ceil(bottom + SPACE / 2))

    def _head_line(self, row: int, segment: Segment, top: float) -> tuple[QRectF, QRectF]:
        """Places of the name, shortened where it must be, and of the time behind it."""
        time_width = QFontMetricsF(self.small).horizontalAdvance(clock(segment.start)) + 2
        wanted = QFontMetricsF(self.bold).horizontalAdvance(speaker_name(self._model.speaker(row)))
        width = min(ceil(wanted) + 2 if wanted else 0, self.text_width - time_width - SPACE)
        gap = 1.5 * SPACE if width else 0
        name = QRectF(self.text_left, top, width, self._head)
        return name, QRectF(name.right() + gap, top, time_width, self._head)

    def _chips(self, segment: Segment, text: QRectF) -> tuple[Chip, ...]:
        """Label and buttons under a doubtful or dismissed segment, in two lines if need be."""
        wanted: list[tuple[HitKind, str, str]] = []
        if segment.dismissed:
            wanted = [("doubt", "hidden", self.tr("Dismissed"))]
        elif segment.doubtful:
            wanted = [("doubt", "warning", self.tr("Doubtful"))]
        if not wanted:
            return ()
        wanted += [("play", "play", self.tr("Play")), ("restore", "check", self.tr("Keep"))]
        if not segment.dismissed:
            wanted.append(("dismiss", "hidden", self.tr("Dismiss")))
        metrics = QFontMetricsF(self.small)
        height, x, made = ceil(metrics.height()) + SPACE, text.left(), []
        for kind, drawn, label in wanted:
            width = SPACE + CHIP_ICON + SPACE / 2 + ceil(metrics.horizontalAdvance(label)) + SPACE
            made.append(Chip(kind, drawn, label, QRectF(x, text.bottom() + 4, width, height)))
            x += width + SPACE
        return tuple(made)

    def laid(self, row: int) -> Laid:
        """The text of a row, laid out."""
        segment = self._model.segment(row)
        known = self._laid.get(segment.id)
        if known is not None and known.segment is segment:
            self._laid.move_to_end(segment.id)
            return known
        made = self._lay(segment)
        self._laid[segment.id] = made
        self._laid.move_to_end(segment.id)
        if len(self._laid) > CACHED:
            self._laid.popitem(last=False)
        return made

    def _lay(self, segment: Segment) -> Laid:
        text = segment.text.replace("\n", " ")
        font = QFont(self.font)
        font.setItalic(segment.doubtful or segment.dismissed)
        font.setStrikeOut(segment.dismissed)
        layout = QTextLayout(text, font)
        layout.setCacheEnabled(True)
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        laid = Laid(segment, layout, 0.0, max(text, default="") > "\uffff")
        if any(word.probability < UNSURE for word in segment.words):
            layout.setFormats(_unsure_words(laid))
        layout.beginLayout()
        y, width = 0.0, self.text_width
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y + (self.line_height - line.height()) / 2))
            y += self.line_height
        layout.endLayout()
        laid.height = max(y, float(self.line_height))
        return laid

    def line_top(self, row: int, word: int) -> float:
        """Where the line with a word begins in its row; the text's beginning if there is none."""
        plan = self.plan(row)
        spans = plan.laid.spans
        if not 0 <= word < len(spans):
            return plan.text.top()
        line = plan.laid.layout.lineForTextPosition(plan.laid.to_qt(spans[word][0]))
        return plan.text.top() + max(0, line.lineNumber()) * self.line_height

    def first_word_below(self, row: int, y: float) -> int:
        """The first word of the first whole line from a height of the row on; -1 for none."""
        plan = self.plan(row)
        number = max(0, ceil((y - plan.text.top()) / self.line_height))
        if number >= plan.laid.layout.lineCount():
            return -1
        start = plan.laid.from_qt(plan.laid.layout.lineAt(number).textStart())
        return next((i for i, span in enumerate(plan.laid.spans) if span[0] >= start), -1)

    def span_rects(self, plan: Plan, start: int, end: int) -> list[QRectF]:
        """The pieces of line, in the row, on which some characters stand."""
        layout, rects = plan.laid.layout, []
        start, end = plan.laid.to_qt(start), plan.laid.to_qt(end)
        number = max(0, layout.lineForTextPosition(start).lineNumber())
        for n in range(number, layout.lineCount()):
            line = layout.lineAt(n)
            if line.textStart() >= end:
                break
            first = max(start, line.textStart())
            last = min(end, line.textStart() + line.textLength())
            if first < last:
                x1, x2 = _x(line, first), _x(line, last)
                top = plan.text.top() + n * self.line_height
                rects.append(QRectF(plan.text.left() + x1, top + 1, x2 - x1, self.line_height - 2))
        return rects

    def hit(self, row: int, point: QPointF) -> Hit:
        """What is at a point of a row."""
        plan = self.plan(row)
        for chip in plan.chips:
            if chip.rect.contains(point):
                return Hit(chip.kind)
        gutter = QRectF(0, plan.text.top(), plan.text.left() - SPACE, self.line_height)
        if plan.time.contains(point) or (plan.badge.isNull() and gutter.contains(point)):
            return Hit("time")
        if plan.text.contains(point):
            return self._hit_text(plan, point)
        if plan.text.right() <= point.x() <= plan.text.right() + NOTES + SPACE:
            return Hit("notes")
        return Hit()

    def _hit_text(self, plan: Plan, point: QPointF) -> Hit:
        number = int((point.y() - plan.text.top()) // self.line_height)
        if not 0 <= number < plan.laid.layout.lineCount():
            return Hit("text")
        line = plan.laid.layout.lineAt(number)
        x = point.x() - plan.text.left()
        if x > line.naturalTextWidth():
            return Hit("text")
        at = line.xToCursor(x, line.CursorPosition.CursorOnCharacter)
        return Hit("word", word_at(plan.laid.spans, plan.laid.from_qt(at)))


def _x(line: QTextLine, position: int) -> float:
    x, _ = cast("tuple[float, int]", line.cursorToX(position))
    return x


def _unsure_words(laid: Laid) -> list[QTextLayout.FormatRange]:
    dotted = QTextCharFormat()
    dotted.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    dotted.setUnderlineColor(QColor(colours().muted))
    ranges = []
    for word, (start, end) in zip(laid.segment.words, laid.spans, strict=True):
        if word.probability < UNSURE and start < end:
            made = QTextLayout.FormatRange()
            made.start, made.format = laid.to_qt(start), dotted
            made.length = laid.to_qt(end) - made.start
            ranges.append(made)
    return ranges
