"""About the program: version, licence, what it is made of, and what a bug report needs."""

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from voicerec_desktop import __version__
from voicerec_desktop.components import Component, components, diagnostics
from voicerec_desktop.ui.folders import open_folder
from voicerec_desktop.ui.i18n import fill
from voicerec_desktop.ui.icons import pixmap
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.theme import SPACE, TITLE, colours

SIZE = QSize(560, 560)
ICON = 64
_STYLE = """
    QTreeView { border: 1px solid palette(mid); border-radius: 6px; }
    QTreeView:focus { border-color: palette(highlight); }
    QTreeView::item { padding: 4px 8px; }
    QTreeView::item:selected { background: palette(alternate-base); color: palette(text); }
"""


class AboutDialog(QDialog):
    """About Voicerec Desktop."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._components: tuple[Component, ...] = ()
        self._sign, self._name, self._version = QLabel(), QLabel(), QLabel()
        self._about, self._made_of, self._list = QLabel(), QLabel(), QTreeWidget()
        self._log, self._copy, self._close = QPushButton(), QPushButton(), QPushButton()
        self._dress()
        self._lay_out()
        self._redraw()
        self._retranslate()
        for button, slot in (
            (self._log, self._on_log),
            (self._copy, self._on_copy),
            (self._close, self.reject),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(slot)
        task = session.lanes["files"].start(lambda _: components())
        task.finished.connect(self._on_read)
        task.failed.connect(session.report)

    def _dress(self) -> None:
        font = self._name.font()
        font.setPointSizeF(font.pointSizeF() + TITLE)
        font.setBold(True)
        self._name.setFont(font)
        self._version.setProperty("muted", True)
        self._version.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._about.setWordWrap(True)
        self._made_of.setProperty("muted", True)
        self._list.setRootIsDecorated(False)
        self._list.setColumnCount(3)
        self._list.setStyleSheet(_STYLE)
        self._list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self._list.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(SPACE // 2)
        texts.addWidget(self._name)
        texts.addWidget(self._version)
        texts.addWidget(self._about)
        head = QHBoxLayout()
        head.setSpacing(2 * SPACE)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(texts, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self._log)
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        layout.setSpacing(2 * SPACE)
        layout.addLayout(head)
        layout.addWidget(self._made_of)
        layout.addWidget(self._list, 1)
        layout.addLayout(buttons)
        self.resize(SIZE)

    @Slot(object)
    def _on_read(self, found: tuple[Component, ...]) -> None:
        self._components = found
        self._list.clear()
        for part in found:
            row = QTreeWidgetItem([part.name, part.version, part.licence])
            row.setToolTip(2, part.licence)
            self._list.addTopLevelItem(row)

    @Slot()
    def _on_log(self) -> None:
        open_folder(self._session.home.log)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(diagnostics(self._components))
        self._copy.setText(self.tr("Copied"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._redraw()
        super().changeEvent(event)

    def _redraw(self) -> None:
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(pixmap("voicerec", ICON, colours().accent, ratio))

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("About Voicerec"))
        self._name.setText(self.tr("Voicerec Desktop"))
        version = self.tr("Version %1, MIT licence, without any warranty")
        self._version.setText(fill(version, __version__))
        self._about.setText(
            self.tr(
                "Records meetings, writes them down and tells the speakers apart, "
                "on your own computer."
            )
        )
        self._made_of.setText(self.tr("Made with these programs, each under its own licence:"))
        self._list.setHeaderLabels([self.tr("Name"), self.tr("Version"), self.tr("Licence")])
        self._list.setAccessibleName(self.tr("Programs that this one is made of"))
        self._log.setText(self.tr("Open log folder"))
        self._copy.setText(self.tr("Copy diagnostics"))
        self._copy.setToolTip(self.tr("Versions for a bug report; nothing of your meetings"))
        self._close.setText(self.tr("Close"))
