"""The glossary as rows of a table: term, variants, endings, and what is wrong with a row."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from voicerec_desktop.core.glossary import GlossaryEntry, problems
from voicerec_desktop.error_texts import reason_text
from voicerec_desktop.ui.i18n import current_language
from voicerec_desktop.ui.icons import icon
from voicerec_desktop.ui.theme import colours

if TYPE_CHECKING:
    from voicerec_desktop.core.errors import KnownError

TERM, VARIANTS, ENDINGS, PROBLEM = range(4)
Index = QModelIndex | QPersistentModelIndex
_ROLES = Qt.ItemDataRole


class GlossaryModel(QAbstractTableModel):
    """Entries as they are edited. Rows with problems stay here and are not given out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[GlossaryEntry] = []
        self._problems: dict[int, KnownError] = {}

    # what is in it

    def entries(self) -> tuple[GlossaryEntry, ...]:
        """All rows."""
        return tuple(self._rows)

    def sound_entries(self) -> tuple[GlossaryEntry, ...]:
        """The rows that can be used."""
        return tuple(row for i, row in enumerate(self._rows) if i not in self._problems)

    def problem(self, row: int) -> str:
        """Why a row cannot be used, or ""."""
        error = self._problems.get(row)
        return "" if error is None else reason_text(error, current_language())

    @property
    def bad_rows(self) -> int:
        """How many rows cannot be used, new ones without a word aside."""
        empty = sum(not row.term and not row.variants for row in self._rows)
        return len(self._problems) - empty

    # changes

    def set_entries(self, entries: Sequence[GlossaryEntry]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(entries)
        self._problems = problems(self._rows)
        self.endResetModel()

    def add(self) -> int:
        """An empty row at the end; its place."""
        at = len(self._rows)
        self.beginInsertRows(QModelIndex(), at, at)
        self._rows.append(GlossaryEntry(""))
        self.endInsertRows()
        self._judge()
        return at

    def remove(self, rows: Iterable[int]) -> list[tuple[int, GlossaryEntry]]:
        """Take rows away; they, with their places, for `restore`."""
        gone = [(row, self._rows[row]) for row in sorted(set(rows))]
        for row, _ in reversed(gone):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
        self._judge()
        return gone

    def restore(self, gone: Iterable[tuple[int, GlossaryEntry]]) -> None:
        """Put rows back where they were."""
        for row, entry in gone:
            at = min(row, len(self._rows))
            self.beginInsertRows(QModelIndex(), at, at)
            self._rows.insert(at, entry)
            self.endInsertRows()
        self._judge()

    def _judge(self) -> None:
        self._problems = problems(self._rows)
        if self._rows:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self._rows) - 1, PROBLEM), [_ROLES.DisplayRole]
            )

    def setData(self, index: Index, value: Any, role: int = _ROLES.EditRole) -> bool:
        """Take what the user typed or ticked."""
        row = self._rows[index.row()]
        if index.column() == ENDINGS and role == _ROLES.CheckStateRole:
            row = replace(row, stem=Qt.CheckState(value) == Qt.CheckState.Checked)
        elif index.column() == TERM and role == _ROLES.EditRole:
            row = replace(row, term=" ".join(str(value).split()))
        elif index.column() == VARIANTS and role == _ROLES.EditRole:
            row = replace(row, variants=_variants(str(value)))
        else:
            return False
        if row != self._rows[index.row()]:
            self._rows[index.row()] = row
            self._judge()
        return True

    # what is shown

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Term, variants, endings, problem."""
        return 0 if parent.isValid() else 4

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Text is edited, endings are ticked where there are variants."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() in (TERM, VARIANTS):
            return flags | Qt.ItemFlag.ItemIsEditable
        if index.column() == ENDINGS and self._rows[index.row()].variants:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = _ROLES.DisplayRole) -> Any:
        """Texts, ticks, and the colour of problems."""
        row, column = self._rows[index.row()], index.column()
        if role in (_ROLES.DisplayRole, _ROLES.EditRole):
            texts = {TERM: row.term, VARIANTS: ", ".join(row.variants), ENDINGS: None}
            return texts.get(column, self.problem(index.row()))
        if column == ENDINGS and role == _ROLES.CheckStateRole and row.variants:
            return Qt.CheckState.Checked if row.stem else Qt.CheckState.Unchecked
        if column == ENDINGS and role == _ROLES.AccessibleTextRole:
            return self.tr("Any Russian ending")
        if index.row() in self._problems and (row.term or row.variants):
            return self._marked(index, column, role)
        return None

    def _marked(self, index: Index, column: int, role: int) -> Any:
        if role == _ROLES.ToolTipRole:
            return self.problem(index.row())
        if role == _ROLES.ForegroundRole and column == PROBLEM:
            return QColor(colours().bad)
        if role == _ROLES.DecorationRole and column == PROBLEM:
            return icon("error", colours().bad)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLES.DisplayRole
    ) -> Any:
        """The names of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == _ROLES.ToolTipRole and section == ENDINGS:
            return self.tr("Variants match with any Russian ending: рума, румы, румой")
        if role == _ROLES.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != _ROLES.DisplayRole:
            return None
        return (self.tr("Term"), self.tr("Heard as"), self.tr("Any ending"), "")[section]

    def retranslate(self) -> None:
        """Show everything in the language of the window."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, PROBLEM)
        self._judge()


def _variants(text: str) -> tuple[str, ...]:
    parts = (" ".join(part.split()) for part in text.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))
