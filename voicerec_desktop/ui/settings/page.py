"""What the pages of the settings share."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from voicerec_desktop.ui.icons import pixmap
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.theme import SMALL, SPACE, colours

HEADING = 4.0  # pt beside the body
CONTROL_WIDTH = 300  # px
SIGN = 16  # px


class Choice(QComboBox):
    """A combo box that the wheel changes only after somebody went to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(16)
        self.setStyleSheet("QComboBox::drop-down { border: none; width: 24px; }")
        self.setMinimumWidth(CONTROL_WIDTH)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sign that it opens: a style sheet's has the colours of no theme."""
        super().paintEvent(event)
        colour = colours().muted
        sign = pixmap("down", SIGN, colour, self.devicePixelRatioF())
        left = SPACE if self.isRightToLeft() else self.width() - SIGN - SPACE
        QPainter(self).drawPixmap(left, (self.height() - SIGN) // 2, sign)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def select(self, value: object) -> None:
        """Choose the entry with this value, without telling anybody."""
        self.blockSignals(True)
        self.setCurrentIndex(self.findData(value))
        self.blockSignals(False)

    def set_texts(self, texts: Mapping[Any, str]) -> None:
        """Entries by value, in their order; the choice stays."""
        value = self.currentData()
        self.blockSignals(True)
        self.clear()
        for key, text in texts.items():
            self.addItem(text, key)
        self.setCurrentIndex(self.findData(value))
        self.blockSignals(False)


class Page(QWidget):
    """A page: a heading, then whatever is added to `body`. It follows language and settings."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._heading = heading()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 3 * SPACE)
        self.body.setSpacing(2 * SPACE)
        self.body.addWidget(self._heading)
        session.settings_changed.connect(self._on_settings_changed)

    def entered(self) -> None:
        """The page comes into view."""

    def _retranslate(self) -> None:
        raise NotImplementedError

    def _redraw(self) -> None:
        """The theme changed."""

    def _show_settings(self) -> None:
        """Show what is chosen."""

    @Slot()
    def _on_settings_changed(self) -> None:
        self._show_settings()

    def minimumSizeHint(self) -> QSize:
        """As wide as needed; the height follows the width, or words wrapped narrow leave a void."""
        return QSize(super().minimumSizeHint().width(), 0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._redraw()
        super().changeEvent(event)


class Form(QFormLayout):
    """Rows of a label, a control and perhaps a hint below it."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(2 * SPACE)
        self.setVerticalSpacing(SPACE)
        self.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

    def add(self, label: QLabel, control: QWidget, hint: QLabel | None = None) -> None:
        """Add a row."""
        label.setBuddy(control)
        label.setMinimumWidth(20 * SPACE)
        label.setFixedHeight(control.sizeHint().height())  # its text stands beside the control's
        if hint is None:
            self.addRow(label, control)
            return
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, SPACE)
        column.setSpacing(SPACE // 2)
        column.addWidget(control)
        column.addWidget(hint)
        self.addRow(label, both)
        label.setBuddy(control)

    def add_below(self, control: QWidget, hint: QLabel) -> None:
        """Add a control that is its own label."""
        column = QVBoxLayout()
        column.setSpacing(SPACE // 2)
        column.addWidget(control)
        column.addWidget(hint)
        self.addRow(QLabel(), column)


def heading(points: float = HEADING) -> QLabel:
    """A title of a page or a section."""
    label = QLabel()
    font = label.font()
    font.setPointSizeF(font.pointSizeF() + points)
    font.setWeight(font.Weight.DemiBold)
    label.setFont(font)
    label.setWordWrap(True)
    return label


def section() -> QLabel:
    """The title of a part of a page."""
    return heading(1.0)


def prose(muted: bool = False) -> QLabel:
    """Text of a sentence or more."""
    label = QLabel()
    label.setWordWrap(True)
    label.setProperty("muted", muted)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    return label


def hint() -> QLabel:
    """A small muted sentence below a control."""
    label = prose(muted=True)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() + SMALL)
    label.setFont(font)
    return label


def say(label: QLabel, state: str, text: str) -> None:
    """Show a sentence in the colour of its state ("bad", "warning", "good", ""); "" hides it."""
    label.setProperty("state", state)
    label.setText(text)
    label.setVisible(bool(text))
    label.style().unpolish(label)
    label.style().polish(label)


def line() -> QFrame:
    """A hairline between parts of a page."""
    rule = QFrame()
    rule.setFrameShape(QFrame.Shape.HLine)
    rule.setFixedHeight(1)
    rule.setProperty("rule", True)
    return rule
