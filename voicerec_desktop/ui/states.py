"""A place with nothing to show says why, and what to do about it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from voicerec_desktop.ui.icons import pixmap
from voicerec_desktop.ui.theme import SPACE, colours

TEXT_WIDTH = 420  # px: longer lines are hard to read
ICON = 40
HEADLINE = 3.0  # pt beside the body
Button = tuple[str, Callable[[], None]]


class StateView(QWidget):
    """An icon, a headline, a sentence and up to two buttons, in the middle of what there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = ""
        self._actions: list[Callable[[], None]] = []
        self._picture, self._headline, self._text = QLabel(), QLabel(), QLabel()
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._on_clicked)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(SPACE)
        self._dress()
        self._lay_out()

    def _dress(self) -> None:
        for label in (self._picture, self._headline, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._headline.setWordWrap(True)
        self._text.setWordWrap(True)
        self._text.setProperty("muted", True)
        font = self._headline.font()
        font.setPointSizeF(font.pointSizeF() + HEADLINE)
        font.setWeight(font.Weight.DemiBold)
        self._headline.setFont(font)

    def _lay_out(self) -> None:
        self._column = QWidget()
        self._column.setMaximumWidth(TEXT_WIDTH)
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._picture)
        column.addSpacing(SPACE)
        column.addWidget(self._headline)
        column.addWidget(self._text)
        column.addSpacing(SPACE)
        row = QHBoxLayout()  # keeps the buttons together in the middle
        row.addStretch(1)
        row.addLayout(self._buttons)
        row.addStretch(1)
        column.addLayout(row)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._column, 100)
        across.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # buttons can turn
        outer.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        outer.addStretch(2)
        outer.addLayout(across)
        outer.addStretch(3)  # a little above the middle looks like the middle

    def add_below(self, widget: QWidget) -> None:
        """Put something of a subclass under the buttons."""
        layout = self._column.layout()
        assert layout is not None
        layout.addWidget(widget)

    def set_state(
        self,
        icon: str,
        headline: str,
        text: str,
        buttons: Sequence[Button] = (),
        primary: int = 0,
    ) -> None:
        """Show a state.

        Args:
            icon: of resources/icons.
            headline, text: translated.
            buttons: labels and what they do.
            primary: which of them stands out; -1 for none.
        """
        self._icon = icon
        self._headline.setText(headline)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(headline)
        self.setAccessibleDescription(text)
        self._set_buttons(buttons, primary)
        self._draw_icon()

    def _set_buttons(self, buttons: Sequence[Button], primary: int) -> None:
        had_focus = any(button.hasFocus() for button in self._group.buttons())
        for old in self._group.buttons():
            self._group.removeButton(old)
            self._buttons.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._actions = [action for _, action in buttons]
        for i, (label, _) in enumerate(buttons):
            button = QPushButton(label, self._column)
            button.setAccessibleName(label)
            button.setProperty("primary", i == primary)
            self._group.addButton(button, i)
            self._buttons.addWidget(button)
            button.show()
        if had_focus and buttons:  # the same state in other words keeps the keyboard where it is
            self._group.button(max(0, primary)).setFocus()
        self._turn_buttons()

    @Slot(int)
    def _on_clicked(self, which: int) -> None:
        self._actions[which]()

    def _turn_buttons(self) -> None:
        """Buttons that do not fit beside each other stand one below the other."""
        hints = [button.sizeHint().width() for button in self._group.buttons()]
        needed = sum(hints) + SPACE * (len(hints) - 1)
        fits = needed <= min(TEXT_WIDTH, self.width() - 4 * SPACE)
        directions = QBoxLayout.Direction
        self._buttons.setDirection(directions.LeftToRight if fits else directions.TopToBottom)

    def _draw_icon(self) -> None:
        if self._icon:
            ratio = self.devicePixelRatioF()
            self._picture.setPixmap(pixmap(self._icon, ICON, colours().muted, ratio))

    def minimumSizeHint(self) -> QSize:
        """Narrow panels may be narrower than a sentence."""
        return QSize(160, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the buttons where it gets narrow."""
        self._turn_buttons()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the screen."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.DevicePixelRatioChange):
            self._draw_icon()
        super().changeEvent(event)
