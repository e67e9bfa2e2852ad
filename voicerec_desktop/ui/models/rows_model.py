"""A list of values that is brought up to date row by row, so that views keep their place."""

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractListModel):
    """Rows with keys. Subclasses say what the key of a row is, and what views get to see."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Any] = []

    def key(self, row: Any) -> Hashable:
        """What makes a row the same one although its values changed."""
        raise NotImplementedError

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def place(self, key: Hashable) -> int:
        """Where the row with this key is, or -1."""
        return next((i for i, row in enumerate(self.rows) if self.key(row) == key), -1)

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows: what is gone goes, what is new comes, what changed is told."""
        wanted = {self.key(row): row for row in rows}
        self._remove(wanted)
        self._reorder(wanted)
        self._insert(list(wanted.values()))
        for i, row in enumerate(wanted.values()):
            if row != self.rows[i]:
                self.rows[i] = row
                self.tell_changed(i)

    def tell_changed(self, row: int) -> None:
        """Tell views that a row looks different now."""
        index = self.index(row, 0)
        self.dataChanged.emit(index, index)

    def tell_all_changed(self) -> None:
        """Tell views that everything reads different now: another language, another day."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))

    def _remove(self, wanted: dict[Hashable, Any]) -> None:
        last = len(self.rows) - 1
        while last >= 0:
            if self.key(self.rows[last]) in wanted:
                last -= 1
                continue
            first = last
            while first > 0 and self.key(self.rows[first - 1]) not in wanted:
                first -= 1
            self.beginRemoveRows(QModelIndex(), first, last)
            del self.rows[first : last + 1]
            self.endRemoveRows()
            last = first - 1

    def _reorder(self, wanted: dict[Hashable, Any]) -> None:
        old = {self.key(row): row for row in self.rows}
        order = [key for key in wanted if key in old]
        if order == list(old):
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        keys = [self.key(self.rows[index.row()]) for index in held]
        places = {key: i for i, key in enumerate(order)}
        self.rows = [old[key] for key in order]
        self.changePersistentIndexList(held, [self.index(places[key], 0) for key in keys])
        self.layoutChanged.emit()

    def _insert(self, rows: list[Any]) -> None:
        known = {self.key(row) for row in self.rows}
        first = 0
        while first < len(rows):
            last = first
            while last < len(rows) and self.key(rows[last]) not in known:
                last += 1
            if last > first:
                self.beginInsertRows(QModelIndex(), first, last - 1)
                self.rows[first:first] = rows[first:last]
                self.endInsertRows()
            first = last + 1
