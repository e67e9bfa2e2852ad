"""Export: which format, with what in it, and how that looks."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from voicerec_desktop.export.names import safe_name
from voicerec_desktop.export.preview import Preview, preview
from voicerec_desktop.export.registry import FORMATS
from voicerec_desktop.ui.dialogs.files import ask_where_to_save, start_folder
from voicerec_desktop.ui.dialogs.format_item import FormatDelegate
from voicerec_desktop.ui.document import MeetingDocument
from voicerec_desktop.ui.exporting import Saving, copy_as, copy_task, export_options
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.theme import SPACE

if TYPE_CHECKING:
    from voicerec_desktop.ui.lanes import Task

__all__ = ["ExportDialog", "copy_as"]
LIST_WIDTH = 260
SIZE = QSize(920, 600)
SETTLE_MS = 80  # edits in a row make one preview
NAME = Qt.ItemDataRole.UserRole
HINT = Qt.ItemDataRole.UserRole + 1
_STYLE = """
    QListView { border: 1px solid palette(mid); border-radius: 6px; padding: 4px; }
    QListView:focus { border-color: palette(highlight); }
"""
_PROSE = ("txt", "md", "docx")


class ExportDialog(QDialog):
    """The open meeting as a file or on the clipboard."""

    def __init__(
        self, document: MeetingDocument, session: Session, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._document, self._session = document, session
        self._task: Task | None = None
        self._title, self._options_label = QLabel(), QLabel()
        self._formats = QListWidget()
        self._checks = {name: QCheckBox() for name in ("times", "speakers", "doubtful")}
        self._text, self._more = QPlainTextEdit(), QLabel()
        self._copy, self._save, self._close = QPushButton(), QPushButton(), QPushButton()
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._fill()
        self._lay_out()
        self._retranslate()
        self._connect()
        self._on_format_changed()

    @property
    def format_name(self) -> str:
        """The chosen format."""
        item = self._formats.currentItem()
        return str(item.data(NAME)) if item is not None else "txt"

    def _fill(self) -> None:
        settings = self._session.settings
        for name in self._texts():
            item = QListWidgetItem()
            item.setData(NAME, name)
            self._formats.addItem(item)
            if name == settings.export_format:
                self._formats.setCurrentItem(item)
        if self._formats.currentItem() is None:
            self._formats.setCurrentRow(0)
        self._formats.setStyleSheet(_STYLE)
        self._formats.setItemDelegate(FormatDelegate(HINT, self._formats))
        for name, check in self._checks.items():
            check.setChecked(getattr(settings, f"export_{name}"))
        self._more.setVisible(False)
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._save.setProperty("primary", True)
        self._save.setDefault(True)
        for label in (self._more, self._options_label):
            label.setProperty("muted", True)

    def _lay_out(self) -> None:
        self._formats.setFixedWidth(LIST_WIDTH)
        options = QHBoxLayout()
        options.setSpacing(2 * SPACE)
        options.addWidget(self._options_label)
        for check in self._checks.values():
            options.addWidget(check)
        options.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(SPACE)
        right.addLayout(options)
        right.addWidget(self._text, 1)
        right.addWidget(self._more)
        centre = QHBoxLayout()
        centre.setSpacing(2 * SPACE)
        centre.addWidget(self._formats)
        centre.addLayout(right, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        for button in (self._close, self._copy, self._save):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(2 * SPACE)
        layout.addLayout(centre, 1)
        layout.addLayout(buttons)
        self.resize(SIZE)

    def _connect(self) -> None:
        self._formats.currentRowChanged.connect(self._on_format_changed)
        self._formats.itemActivated.connect(self._on_save)
        for check in self._checks.values():
            check.toggled.connect(self._on_option_changed)
        self._timer.timeout.connect(self._render)
        self._copy.clicked.connect(self._on_copy)
        self._save.clicked.connect(self._on_save)
        self._close.clicked.connect(self.reject)
        for signal in (self._document.loaded, self._document.edited):
            signal.connect(self._timer.start)
        self._document.closed.connect(self.reject)

    @Slot()
    def _on_format_changed(self) -> None:
        name = self.format_name
        self._session.update_settings(export_format=name)
        for option, check in self._checks.items():
            check.setEnabled(option in FORMATS[name].options)
        self._copy.setEnabled(name != "docx")  # a Word file is no text
        self._text.setFont(
            self.font()
            if name in _PROSE
            else QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        )
        self._text.clear()
        self._render()

    @Slot()
    def _on_option_changed(self) -> None:
        chosen = {f"export_{name}": check.isChecked() for name, check in self._checks.items()}
        self._session.update_settings(**chosen)
        self._render()

    @Slot()
    def _render(self) -> None:
        transcript, name = self._document.transcript, self.format_name
        if transcript is None:
            return
        if self._task is not None:
            self._task.cancel()
            self._task.finished.disconnect(self._on_rendered)
        options = export_options(self._session.settings, transcript)
        self._task = self._session.lanes["io"].start(lambda _: preview(transcript, name, options))
        self._task.finished.connect(self._on_rendered)
        self._task.failed.connect(self._session.report)
        self._task.settled.connect(self._on_settled)

    @Slot()
    def _on_settled(self) -> None:
        if self.sender() is self._task:
            self._task = None

    @Slot(object)
    def _on_rendered(self, made: Preview) -> None:
        self._more.setVisible(not made.whole)
        at = self._text.verticalScrollBar().value()
        self._text.setPlainText(made.text)
        self._text.verticalScrollBar().setValue(at)

    @Slot()
    def _on_copy(self) -> None:
        if self._document.transcript is None or not self._copy.isEnabled():
            return
        task = copy_task(self._document.transcript, self._session, self.format_name)
        task.finished.connect(self._on_copied)
        task.failed.connect(self._session.report)

    @Slot(object)
    def _on_copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._copy.setText(self.tr("Copied"))
        QTimer.singleShot(2000, self, self._retranslate)

    @Slot()
    def _on_save(self) -> None:
        transcript = self._document.transcript
        if transcript is None:
            return
        suffix = FORMATS[self.format_name].suffix
        name = safe_name(transcript.meeting.title, self.tr("Transcript")) + suffix
        path = start_folder(self._session.settings.export_folder) / name
        dialog = ask_where_to_save(self, self.tr("Save transcript"), path, self._kind())
        dialog.fileSelected.connect(self._on_path_chosen)

    def _kind(self) -> str:
        return self._texts()[self.format_name][0]

    @Slot(str)
    def _on_path_chosen(self, chosen: str) -> None:
        if self._document.transcript is None:
            return
        path = Path(chosen)
        self._session.update_settings(export_folder=str(path.parent))
        Saving(self._document.transcript, self._session, self.format_name, path)
        self.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _texts(self) -> dict[str, tuple[str, str]]:
        return {
            "txt": (self.tr("Text"), self.tr("For notes, mail and chats")),
            "md": (self.tr("Markdown"), self.tr("For wikis, Notion and Obsidian")),
            "docx": (self.tr("Word document"), self.tr("To be edited, printed and signed")),
            "srt": (self.tr("Subtitles SRT"), self.tr("For video players and editors")),
            "vtt": (self.tr("Subtitles WebVTT"), self.tr("For video on web pages")),
            "json": (self.tr("JSON"), self.tr("Everything, for programs and scripts")),
            "rttm": (self.tr("RTTM"), self.tr("Who speaks when, for researchers")),
        }

    @Slot()
    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Export transcript"))
        texts = self._texts()
        for row in range(self._formats.count()):
            item = self._formats.item(row)
            title, hint = texts[str(item.data(NAME))]
            item.setText(title)
            item.setData(HINT, hint)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, hint)
        self._formats.setAccessibleName(self.tr("Format"))
        self._options_label.setText(self.tr("Include:"))
        self._checks["times"].setText(self.tr("Times"))
        self._checks["speakers"].setText(self.tr("Speakers"))
        self._checks["doubtful"].setText(self.tr("Doubtful text"))
        tip = self.tr("Text that perhaps nobody said: the program is not sure of it")
        self._checks["doubtful"].setToolTip(tip)
        self._text.setAccessibleName(self.tr("Preview"))
        self._more.setText(self.tr("The beginning. The file will hold the whole meeting."))
        self._close.setText(self.tr("Close"))
        self._copy.setText(self.tr("Copy"))
        self._save.setText(self.tr("Save…"))
