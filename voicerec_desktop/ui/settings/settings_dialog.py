"""The settings: pages beside their names. Whatever is chosen holds at once."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from voicerec_desktop.ui.icons import icon
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.settings.device import DevicePage
from voicerec_desktop.ui.settings.general import GeneralPage
from voicerec_desktop.ui.settings.glossary import GlossaryPage
from voicerec_desktop.ui.settings.minutes import MinutesPage
from voicerec_desktop.ui.settings.page import Page
from voicerec_desktop.ui.settings.privacy import PrivacyPage
from voicerec_desktop.ui.settings.recording import RecordingPage
from voicerec_desktop.ui.settings.transcription import TranscriptionPage
from voicerec_desktop.ui.theme import SPACE

LIST_WIDTH = 200
_STYLE = """
    #pages { border: none; padding: 8px; background: palette(base); }
    #pages::item { padding: 8px; border: 1px solid transparent; border-radius: 6px; }
    #pages::item:hover { background: palette(alternate-base); }
    #pages::item:selected { background: palette(alternate-base); color: palette(text);
        font-weight: 600; }
    #pages:focus::item:selected { border-color: palette(highlight); }
"""
SIZE = QSize(880, 640)
_ICONS = {
    "general": "settings",
    "recording": "microphone",
    "transcription": "edit",
    "minutes": "list",
    "device": "model",
    "glossary": "book",
    "privacy": "shield",
}


class SettingsDialog(QDialog):
    """Not modal; nothing to confirm.

    Args:
        supervisor_probe: what the engines can use here (`QueueRunner.probe`).
        page: "general", "recording", "transcription", "minutes", "device", "glossary" or "privacy".
    """

    def __init__(
        self,
        session: Session,
        supervisor_probe: Callable[[], dict[str, Any]] | None = None,
        parent: QWidget | None = None,
        page: str = "general",
    ) -> None:
        super().__init__(parent)
        self._names, self._stack, self._close = QListWidget(), QStackedWidget(), QPushButton()
        self._glossary = GlossaryPage(session)
        self._pages: dict[str, Page] = {
            "general": GeneralPage(session),
            "recording": RecordingPage(session),
            "transcription": TranscriptionPage(session),
            "minutes": MinutesPage(session),
            "device": DevicePage(session, supervisor_probe),
            "glossary": self._glossary,
            "privacy": PrivacyPage(session),
        }
        for one in self._pages.values():
            self._names.addItem(QListWidgetItem())
            self._stack.addWidget(_scrolling(one))
        self._lay_out()
        self._retranslate()
        self._redraw()
        self._names.currentRowChanged.connect(self._on_page_chosen)
        self._close.clicked.connect(self.close)
        self.show_page(page)

    def _lay_out(self) -> None:
        self._names.setObjectName("pages")
        self._names.setFixedWidth(LIST_WIDTH)
        self._names.setIconSize(QSize(20, 20))
        self._names.setStyleSheet(_STYLE)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self._names)
        across.addWidget(self._stack, 1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 2 * SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(across, 1)
        layout.addLayout(buttons)
        self._close.setAutoDefault(False)
        self.resize(SIZE)

    def show_page(self, page: str) -> None:
        """Go to a page by its name."""
        self._names.setCurrentRow(list(self._pages).index(page))

    def done(self, result: int) -> None:
        """Closed by a button, a key or the window's frame."""
        self._glossary.leave()
        super().done(result)

    @Slot(int)
    def _on_page_chosen(self, row: int) -> None:
        self._stack.setCurrentIndex(row)
        list(self._pages.values())[row].entered()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        elif event.type() == QEvent.Type.PaletteChange:
            self._redraw()
        super().changeEvent(event)

    def _redraw(self) -> None:
        for row, name in enumerate(_ICONS.values()):
            self._names.item(row).setIcon(icon(name))

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Settings"))
        titles = (
            self.tr("General"),
            self.tr("Recording"),
            self.tr("Transcription"),
            self.tr("Minutes"),
            self.tr("Device"),
            self.tr("Glossary"),
            self.tr("Privacy"),
        )
        for row, title in enumerate(titles):
            self._names.item(row).setText(title)
        self._names.setAccessibleName(self.tr("Pages of the settings"))
        self._close.setText(self.tr("Close"))


def _scrolling(page: Page) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
