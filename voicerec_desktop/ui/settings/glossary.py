"""Settings: the user's own terms, and what Whisper makes of them."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QSortFilterProxyModel, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QWidget,
)

from voicerec_desktop.core.glossary import GlossaryEntry
from voicerec_desktop.ui.dialogs.files import ask_for_file, ask_where_to_save, start_folder
from voicerec_desktop.ui.i18n import fill
from voicerec_desktop.ui.notices import Notice, notice_of
from voicerec_desktop.ui.session import Session
from voicerec_desktop.ui.settings.glossary_model import (
    ENDINGS,
    PROBLEM,
    TERM,
    VARIANTS,
    GlossaryModel,
)
from voicerec_desktop.ui.settings.page import Page, prose, say
from voicerec_desktop.ui.settings.tick_delegate import TickDelegate
from voicerec_desktop.ui.theme import SPACE

HEIGHT = 200  # px, of the table at least
_STYLE = """
    QTableView { border: 1px solid palette(mid); border-radius: 6px; }
    QTableView:focus { border-color: palette(highlight); }
    QTableView::item { padding-left: 6px; }
    QTableView QLineEdit { padding: 0 4px; border-radius: 0; min-height: 0; }
"""


class GlossaryPage(Page):
    """The editor of the glossary. What is sound is stored at once."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._model = GlossaryModel(self)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self._model)
        self._shown.setFilterKeyColumn(-1)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._stored: tuple[GlossaryEntry, ...] = ()
        self._loaded = False
        self._gone: list[tuple[int, GlossaryEntry]] = []
        self._about, self._search, self._table = prose(muted=True), QLineEdit(), QTableView()
        self._state, self._bar, self._bar_text = prose(), QFrame(), QLabel()
        self._undo = QPushButton()
        self._add, self._remove = QPushButton(), QPushButton()
        self._import, self._export = QPushButton(), QPushButton()
        self._dress()
        self._lay_out()
        self._retranslate()
        self._connect()

    def _dress(self) -> None:
        self._table.setModel(self._shown)
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setDefaultSectionSize(4 * SPACE)
        self._table.setShowGrid(False)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setTabKeyNavigation(False)
        self._table.setMinimumHeight(HEIGHT)
        self._table.setStyleSheet(_STYLE)
        self._table.setItemDelegateForColumn(ENDINGS, TickDelegate(self._table))
        header = self._table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(VARIANTS, QHeaderView.ResizeMode.Stretch)
        self._table.setColumnWidth(TERM, 140)
        self._table.setColumnWidth(PROBLEM, 230)
        self._search.setClearButtonEnabled(True)
        self._bar.setProperty("card", True)
        self._bar.setVisible(False)
        self._state.setVisible(False)

    def _lay_out(self) -> None:
        self.body.addWidget(self._about)
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(self._search, 1)
        top.addWidget(self._add)
        top.addWidget(self._remove)
        self.body.addLayout(top)
        self.body.addWidget(self._table, 1)
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(3 * SPACE // 2, SPACE // 2, SPACE // 2, SPACE // 2)
        bar.addWidget(self._bar_text, 1)
        bar.addWidget(self._undo)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._state)
        files = QHBoxLayout()
        files.setSpacing(SPACE)
        files.addWidget(self._import)
        files.addWidget(self._export)
        files.addStretch(1)
        self.body.addLayout(files)

    def _connect(self) -> None:
        for button, slot in (
            (self._add, self._on_add),
            (self._remove, self._on_remove),
            (self._undo, self._on_undo),
            (self._import, self._on_import),
            (self._export, self._on_export),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(slot)
        self._search.textChanged.connect(self._shown.setFilterFixedString)
        self._table.selectionModel().selectionChanged.connect(self._show_state)
        for signal in (
            self._model.dataChanged, self._model.rowsInserted, self._model.rowsRemoved,
            self._model.modelReset,
        ):  # fmt: skip
            signal.connect(self._on_edited)
        for keys, slot in (
            (QKeySequence(QKeySequence.StandardKey.Delete), self._on_remove),
            (QKeySequence(QKeySequence.StandardKey.Undo), self._on_undo),
        ):
            shortcut = QShortcut(keys, self._table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    def entered(self) -> None:
        """Read the terms when the page is seen; those of other windows are taken over."""
        if self._model.bad_rows == 0:
            task = self._session.run(lambda library: tuple(library.glossary()))
            task.finished.connect(self._on_read)
            task.failed.connect(self._session.report)

    @Slot(object)
    def _on_read(self, entries: tuple[GlossaryEntry, ...]) -> None:
        self._stored = entries
        if not self._loaded or entries != self._model.sound_entries():
            self._loaded = True
            self._model.set_entries(entries)

    @Slot()
    def _on_edited(self) -> None:
        """Store what is sound, when it is another thing than what is stored."""
        self._show_state()
        sound = self._model.sound_entries()
        if self._loaded and sound != self._stored:
            self._stored = sound
            self._session.change(lambda library: library.replace_glossary(sound))

    def leave(self) -> None:
        """The dialog closes: what is not stored is told."""
        self._table.setFocus()  # ends an edit that is open
        if bad := self._model.bad_rows:
            text = self.tr("%n row(s) of the glossary had mistakes and were not saved.", "", bad)
            self._session.notify(Notice("warning", text, "glossary"))

    @Slot()
    def _on_add(self) -> None:
        self._search.clear()
        index = self._shown.mapFromSource(self._model.index(self._model.add(), TERM))
        self._table.setCurrentIndex(index)
        self._table.scrollTo(index)
        self._table.edit(index)

    @Slot()
    def _on_remove(self) -> None:
        chosen = self._table.selectionModel().selectedRows()
        rows = [self._shown.mapToSource(index).row() for index in chosen]
        if rows:
            self._gone = self._model.remove(rows)
            self._bar.setVisible(True)
            self._retranslate()

    @Slot()
    def _on_undo(self) -> None:
        gone, self._gone = self._gone, []
        self._bar.setVisible(False)
        self._model.restore(gone)
        flags = QItemSelectionModel.SelectionFlag
        for row, _ in gone:
            index = self._shown.mapFromSource(self._model.index(row, TERM))
            self._table.selectionModel().select(index, flags.Select | flags.Rows)
        self._table.setFocus()

    @Slot()
    def _on_import(self) -> None:
        kind = self.tr("Glossaries (*.txt);;All files (*)")
        dialog = ask_for_file(self, self.tr("Import glossary"), start_folder(""), kind)
        dialog.fileSelected.connect(self._on_import_chosen)

    @Slot(str)
    def _on_import_chosen(self, path: str) -> None:
        from voicerec_desktop.pipeline.glossary_files import read_glossary

        task = self._session.lanes["files"].start(lambda _: read_glossary(Path(path)))
        task.finished.connect(self._on_imported)
        task.failed.connect(self._on_file_failed)

    @Slot(object)
    def _on_imported(self, entries: tuple[GlossaryEntry, ...]) -> None:
        known = set(self._model.entries())
        new = [entry for entry in entries if entry not in known]
        self._model.set_entries((*self._model.entries(), *new))
        text = self.tr("%n term(s) imported.", "", len(new))
        if same := len(entries) - len(new):
            text += " " + self.tr("%n were here already.", "", same)
        say(self._state, "good", text)

    @Slot()
    def _on_export(self) -> None:
        path = start_folder(self._session.settings.export_folder) / self.tr("glossary.txt")
        dialog = ask_where_to_save(self, self.tr("Export glossary"), path, self.tr("Glossary"))
        dialog.fileSelected.connect(self._on_export_chosen)

    @Slot(str)
    def _on_export_chosen(self, path: str) -> None:
        from voicerec_desktop.pipeline.glossary_files import write_glossary

        entries = self._model.sound_entries()

        def write(_cancel: Any) -> str:
            write_glossary(entries, Path(path))
            return path

        task = self._session.lanes["files"].start(write)
        task.finished.connect(self._on_exported)
        task.failed.connect(self._on_file_failed)

    @Slot(object)
    def _on_exported(self, path: str) -> None:
        say(self._state, "good", fill(self.tr("Saved to %1"), path))

    @Slot(object)
    def _on_file_failed(self, error: Exception) -> None:
        unexpected = self.tr("That did not work. The log has the details.")
        say(self._state, "bad", notice_of(error, unexpected).text)

    @Slot()
    def _show_state(self) -> None:
        self._remove.setEnabled(self._table.selectionModel().hasSelection())
        self._export.setEnabled(bool(self._model.sound_entries()))
        bad = self._model.bad_rows
        self._table.setColumnHidden(PROBLEM, bad == 0)
        text = self.tr("%n row(s) with mistakes: not used until corrected.", "", bad)
        say(self._state, "bad", text if bad else "")

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Glossary"))
        self._about.setText(
            self.tr(
                "Names and terms that must be spelled right. Whisper recognises them better when "
                "they are listed here, and the spellings under “Heard as”, separated by commas, "
                "are corrected. Applies to meetings transcribed from now on."
            )
        )
        self._search.setPlaceholderText(self.tr("Search terms"))
        self._search.setAccessibleName(self.tr("Search terms"))
        self._table.setAccessibleName(self.tr("Terms"))
        self._add.setText(self.tr("Add"))
        self._remove.setText(self.tr("Remove"))
        self._import.setText(self.tr("Import…"))
        self._export.setText(self.tr("Export…"))
        self._undo.setText(self.tr("Undo"))
        self._undo.setAccessibleName(self.tr("Undo the removal"))
        self._bar_text.setText(self.tr("%n term(s) removed.", "", len(self._gone)))
        self._model.retranslate()
        self._table.setColumnWidth(
            ENDINGS, self._table.horizontalHeader().sectionSizeHint(ENDINGS) + SPACE
        )
        self._show_state()

    def _redraw(self) -> None:
        self._table.viewport().update()
