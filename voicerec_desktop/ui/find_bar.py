"""The bar that finds and replaces text in a transcript."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from voicerec_desktop.ui.i18n import fill
from voicerec_desktop.ui.icons import icon
from voicerec_desktop.ui.theme import SPACE


class FindBar(QWidget):
    """Says what is looked for; who owns it looks.

    Signals:
        query_changed: query, case and whole words are read from the bar.
        next_requested, previous_requested: the hit after or before this one.
        replace_requested, replace_all_requested: the replacement.
        closed: it is hidden now.
    """

    query_changed = Signal()
    next_requested = Signal()
    previous_requested = Signal()
    replace_requested = Signal(str)
    replace_all_requested = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.query_field, self.replace_field = QLineEdit(), QLineEdit()
        for field in (self.query_field, self.replace_field):
            field.setAcceptDrops(False)  # files that are dropped here are for the window
        self.count_label = QLabel()
        self.previous_button, self.next_button = QToolButton(), QToolButton()
        self.case_button, self.words_button = QToolButton(), QToolButton()
        self.close_button = QToolButton()
        self.replace_button, self.replace_all_button = QPushButton(), QPushButton()
        self._found: tuple[int, int] | None = None
        self._lay_out()
        self._connect()
        self._redraw()
        self._retranslate()
        self.show_hits(None)
        self.hide()

    def _lay_out(self) -> None:
        self.setProperty("panel", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.count_label.setProperty("muted", True)
        for button in (self.case_button, self.words_button):
            button.setCheckable(True)
        underlined = self.words_button.font()
        underlined.setUnderline(True)
        self.words_button.setFont(underlined)
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(SPACE)
        grid.setColumnStretch(0, 1)
        tools = QHBoxLayout()
        tools.setSpacing(SPACE // 2)
        for tool in (self.case_button, self.words_button, self.previous_button, self.next_button):
            tools.addWidget(tool)
        tools.addWidget(self.count_label, 1)
        tools.addWidget(self.close_button)
        grid.addWidget(self.query_field, 0, 0)
        grid.addLayout(tools, 0, 1)
        replacing = QHBoxLayout()
        replacing.setSpacing(SPACE)
        replacing.addWidget(self.replace_button)
        replacing.addWidget(self.replace_all_button)
        replacing.addStretch(1)
        grid.addWidget(self.replace_field, 1, 0)
        grid.addLayout(replacing, 1, 1)
        order: list[QWidget] = [
            self.query_field, self.replace_field, self.case_button, self.words_button,
            self.previous_button, self.next_button, self.replace_button, self.replace_all_button,
            self.close_button,
        ]  # fmt: skip
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    def _connect(self) -> None:
        self.query_field.textChanged.connect(self.query_changed)
        self.case_button.toggled.connect(self.query_changed)
        self.words_button.toggled.connect(self.query_changed)
        self.next_button.clicked.connect(self.next_requested)
        self.previous_button.clicked.connect(self.previous_requested)
        self.close_button.clicked.connect(self.close_bar)
        self.replace_button.clicked.connect(self._on_replace)
        self.replace_all_button.clicked.connect(self._on_replace_all)

    def _redraw(self) -> None:
        for button, name in (
            (self.previous_button, "up"),
            (self.next_button, "down"),
            (self.close_button, "close"),
        ):
            button.setIcon(icon(name))
            button.setIconSize(QSize(16, 16))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Find and replace"))
        self.query_field.setPlaceholderText(self.tr("Find in this transcript"))
        self.replace_field.setPlaceholderText(self.tr("Replace with"))
        self.replace_button.setText(self.tr("Replace"))
        self.replace_all_button.setText(self.tr("Replace all"))
        self.case_button.setText(self.tr("Aa", "button: match case"))
        self.words_button.setText(self.tr("ab", "button: whole words"))
        for widget, name in (
            (self.query_field, self.tr("Find in this transcript")),
            (self.replace_field, self.tr("Replace with")),
            (self.case_button, self.tr("Match case")),
            (self.words_button, self.tr("Whole words")),
            (self.previous_button, self.tr("Previous hit (Shift+F3)")),
            (self.next_button, self.tr("Next hit (F3)")),
            (self.close_button, self.tr("Close (Esc)")),
            (self.count_label, self.tr("Hits")),
        ):
            widget.setAccessibleName(name)
            if not isinstance(widget, QLineEdit | QLabel):
                widget.setToolTip(name)
        self._write_count()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._redraw()
        super().changeEvent(event)

    @property
    def query(self) -> str:
        """What is looked for."""
        return self.query_field.text()

    @property
    def match_case(self) -> bool:
        """Whether capitals matter."""
        return self.case_button.isChecked()

    @property
    def whole_words(self) -> bool:
        """Whether parts of words do not count."""
        return self.words_button.isChecked()

    def open_bar(self, replace: bool, text: str = "") -> None:
        """Show the bar, with or without the line for replacing, and type into it."""
        for widget in (self.replace_field, self.replace_button, self.replace_all_button):
            widget.setVisible(replace)
        if text:
            self.query_field.setText(text)
        self.show()
        self.query_field.setFocus()
        self.query_field.selectAll()

    @Slot()
    def close_bar(self) -> None:
        """Hide the bar."""
        self.hide()
        self.closed.emit()

    def show_hits(self, found: tuple[int, int] | None) -> None:
        """Show "3 of 17" for (3, 17); None: nothing is looked for."""
        self._found = found
        some = found is not None and found[1] > 0
        for button in (
            self.previous_button, self.next_button, self.replace_button, self.replace_all_button,
        ):  # fmt: skip
            button.setEnabled(some)
        self._write_count()

    def _write_count(self) -> None:
        if self._found is None:
            text = ""
        elif self._found[1] == 0:
            text = self.tr("Nothing found")
        else:
            text = fill(self.tr("%1 of %2"), *self._found)
        self.count_label.setText(text)
        width = self.count_label.fontMetrics().horizontalAdvance(
            fill(self.tr("%1 of %2"), 9999, 9999)
        )
        self.count_label.setMinimumWidth(width + SPACE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Shift+Enter back, Esc closes."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, QAbstractButton) and focused.hasFocus():
                focused.click()
            elif self.replace_field.hasFocus():
                self._on_replace()
            elif shift:
                self.previous_requested.emit()
            else:
                self.next_requested.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_replace(self) -> None:
        if self.replace_button.isEnabled():
            self.replace_requested.emit(self.replace_field.text())

    @Slot()
    def _on_replace_all(self) -> None:
        self.replace_all_requested.emit(self.replace_field.text())
