"""All keys of the window, to be read and searched."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from voicerec_desktop.ui.theme import SPACE

SIZE = QSize(520, 620)
SHOWN = 2  # keys of one action
Groups = Sequence[tuple[str, Sequence[QAction]]]
_STYLE = """
    QTreeView { border: 1px solid palette(mid); border-radius: 6px; }
    QTreeView:focus { border-color: palette(highlight); }
    QTreeView::item { padding: 5px 8px; }
    QTreeView::item:selected { background: palette(alternate-base); color: palette(text); }
"""


class ShortcutsDialog(QDialog):
    """Two columns: what is done, and by which keys.

    Args:
        groups: titles with the actions below them.
    """

    def __init__(self, groups: Groups, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._groups = groups
        self._filter, self._list, self._close = QLineEdit(), QTreeWidget(), QPushButton()
        self._nothing = QLabel()
        self._dress()
        self._lay_out()
        self._retranslate()
        self._filter.textChanged.connect(self._on_filtered)
        self._close.clicked.connect(self.reject)
        self._filter.setFocus()

    def _dress(self) -> None:
        self._filter.setClearButtonEnabled(True)
        self._list.setColumnCount(2)
        self._list.setHeaderHidden(True)
        self._list.setRootIsDecorated(False)
        self._list.setItemsExpandable(False)
        self._list.setIndentation(0)
        self._list.setStyleSheet(_STYLE)
        self._list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._list.header().setStretchLastSection(True)
        self._list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self._nothing.setProperty("muted", True)
        self._nothing.setVisible(False)
        self._close.setAutoDefault(False)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(3 * SPACE // 2)
        layout.addWidget(self._filter)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._nothing)
        layout.addLayout(buttons)
        self.resize(SIZE)

    def _fill(self) -> None:
        self._list.clear()
        for title, actions in self._groups:
            top = QTreeWidgetItem([title])
            font = self._list.font()
            font.setWeight(font.Weight.DemiBold)
            top.setFont(0, font)
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            for action in actions:
                if keys := keys_of(action):
                    row = QTreeWidgetItem([name_of(action), keys])
                    row.setTextAlignment(1, Qt.AlignmentFlag.AlignRight)
                    top.addChild(row)
            if top.childCount():
                self._list.addTopLevelItem(top)
        self._list.expandAll()
        self._on_filtered(self._filter.text())

    @Slot(str)
    def _on_filtered(self, text: str) -> None:
        words = text.casefold().split()
        found = False
        for top in _children(self._list.invisibleRootItem()):
            shown = 0
            for row in _children(top):
                said = f"{top.text(0)} {row.text(0)} {row.text(1)}".casefold()
                row.setHidden(not all(word in said for word in words))
                shown += not row.isHidden()
            top.setHidden(shown == 0)
            found = found or shown > 0
        self._nothing.setVisible(not found)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self._filter.setPlaceholderText(self.tr("Search actions or keys"))
        self._filter.setAccessibleName(self.tr("Search actions or keys"))
        self._list.setAccessibleName(self.tr("Keyboard shortcuts"))
        self._nothing.setText(self.tr("No action is called that."))
        self._close.setText(self.tr("Close"))
        self._fill()


def _children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    children = (item.child(i) for i in range(item.childCount()))
    return [child for child in children if child is not None]


def name_of(action: QAction) -> str:
    """The text of an action without the marks that menus need."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def keys_of(action: QAction) -> str:
    """Its first keys, as the system writes them; some actions have more than anybody wants."""
    native = QKeySequence.SequenceFormat.NativeText
    written = [keys.toString(native) for keys in action.shortcuts() if not keys.isEmpty()]
    return ", ".join(list(dict.fromkeys(written))[:SHOWN])
