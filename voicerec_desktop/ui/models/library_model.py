"""The meetings of the library under headers of days and months."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject, Qt, QTime, Signal

from voicerec_desktop.core.model import MeetingStatus
from voicerec_desktop.ui.i18n import date_and_time, duration, fill, local_time
from voicerec_desktop.ui.models.rows_model import Index, RowsModel

if TYPE_CHECKING:
    from voicerec_desktop.store.meetings import MeetingRow

TODAY, YESTERDAY, WEEK = "today", "yesterday", "week"  # other headers are months: "2026-11"
_ROLES = Qt.ItemDataRole


class LibraryModel(RowsModel):
    """Rows are `MeetingRow`s, and strings for headers.

    Signals:
        retitled: the user typed another title (id, title).
    """

    retitled = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shares: dict[str, float] = {}

    def key(self, row: Any) -> Hashable:
        """A meeting's id; headers have no id."""
        return ("", row) if isinstance(row, str) else row.meeting.id

    @property
    def meetings(self) -> "list[MeetingRow]":
        """All meetings, newest first."""
        return [row for row in self.rows if not isinstance(row, str)]

    def set_meetings(self, meetings: "Sequence[MeetingRow]", today: date | None = None) -> None:
        """Show these meetings, newest first."""
        day = today or date.today()
        groups: dict[str, list[MeetingRow]] = {}
        for row in meetings:
            groups.setdefault(group_of(row.meeting.started_at, day), []).append(row)
        under_way = {m.meeting.id for m in meetings if m.meeting.status == MeetingStatus.PROCESSING}
        self._shares = {k: share for k, share in self._shares.items() if k in under_way}
        self.set_rows([row for header, rows in groups.items() for row in (header, *rows)])

    def meeting_row(self, index: Index) -> "MeetingRow | None":
        """The meeting at an index, None for headers."""
        row = self.rows[index.row()] if 0 <= index.row() < len(self.rows) else ""
        return None if isinstance(row, str) else row

    def set_share(self, meeting_id: str, share: float) -> bool:
        """Note how far the work on a meeting is, 0 to 1; whether that shows."""
        before = self._shares.get(meeting_id, -1.0)
        self._shares[meeting_id] = share
        return int(before * 100) != int(share * 100)

    def share(self, meeting_id: str) -> float | None:
        """How far the work on a meeting is, if known."""
        return self._shares.get(meeting_id)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headers are only read."""
        flags = Qt.ItemFlag.ItemNeverHasChildren
        if self.meeting_row(index) is None:
            return flags
        choose = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | choose | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = _ROLES.DisplayRole) -> Any:
        """Titles, and whole sentences for those who listen instead of looking."""
        row = self.rows[index.row()]
        if isinstance(row, str):
            return self.header_text(row) if role == _ROLES.DisplayRole else None
        if role in (_ROLES.DisplayRole, _ROLES.EditRole):
            return row.meeting.title
        if role in (_ROLES.AccessibleTextRole, _ROLES.ToolTipRole):
            return self._spoken(row, "\n" if role == _ROLES.ToolTipRole else ", ")
        return None

    def setData(self, index: Index, value: Any, role: int = _ROLES.EditRole) -> bool:
        """Show a title that the user typed; the next reading of the library is the truth."""
        row, title = self.meeting_row(index), " ".join(str(value).split())
        if role != _ROLES.EditRole or row is None or title in ("", row.meeting.title):
            return False
        self.rows[index.row()] = replace(row, meeting=replace(row.meeting, title=title))
        self.tell_changed(index.row())
        self.retitled.emit(row.meeting.id, title)
        return True

    def header_text(self, key: str) -> str:
        """A header in the language of the window."""
        texts = {
            TODAY: self.tr("Today"),
            YESTERDAY: self.tr("Yesterday"),
            WEEK: self.tr("This week"),
        }
        if key in texts:
            return texts[key]
        year, month = key.split("-")
        name = QLocale().standaloneMonthName(int(month))
        return f"{name[:1].upper()}{name[1:]} {year}"

    def details(self, row: "MeetingRow") -> str:
        """The second line: when, how long, who."""
        meeting = row.meeting
        parts = [self.when(meeting.started_at)]
        if meeting.duration > 0:
            parts.append(duration(meeting.duration))
        if row.speakers:
            parts.append(self._who(row.speakers))
        return " · ".join(parts)

    def when(self, started_at: str) -> str:
        """The time of a meeting, with as much of its date as its header leaves open."""
        when, locale = local_time(started_at), QLocale()
        time = locale.toString(QTime(when.hour, when.minute), "HH:mm")
        group = group_of(started_at, date.today())
        if group in (TODAY, YESTERDAY):
            return time
        form = "ddd" if group == WEEK else "d MMM"
        return f"{locale.toString(QDate(when.year, when.month, when.day), form)}, {time}"

    def _who(self, speakers: Sequence[str | None]) -> str:
        names = [name for name in speakers if name]
        if not names:
            return self.tr("%n speaker(s)", "", len(speakers))
        others = len(speakers) - len(names)
        return ", ".join(names) + (f", +{others}" if others else "")

    def status_text(self, row: "MeetingRow") -> str:
        """The word for what a meeting is while it is not ready, else ""."""
        share = self._shares.get(row.meeting.id)
        if row.meeting.status == MeetingStatus.PROCESSING and share is not None:
            return fill(self.tr("Processing %1%"), int(share * 100))
        return status_word(row.meeting.status)

    def _spoken(self, row: "MeetingRow", between: str) -> str:
        meeting = row.meeting
        parts = [meeting.title, date_and_time(meeting.started_at)]
        if meeting.duration > 0:
            parts.append(duration(meeting.duration))
        if row.speakers:
            parts.append(self._who(row.speakers))
        if status := self.status_text(row):
            parts.append(status)
        return between.join(parts)


def status_word(status: MeetingStatus) -> str:
    """A status in a word, "" for ready."""
    translate = QCoreApplication.translate
    words = {
        MeetingStatus.RECORDING: translate("LibraryModel", "Recording"),
        MeetingStatus.QUEUED: translate("LibraryModel", "Queued"),
        MeetingStatus.PROCESSING: translate("LibraryModel", "Processing"),
        MeetingStatus.FAILED: translate("LibraryModel", "Failed"),
        MeetingStatus.INTERRUPTED: translate("LibraryModel", "Interrupted"),
    }
    return words.get(status, "")


def group_of(started_at: str, today: date) -> str:
    """The header under which a meeting stands: today, yesterday, week, or its month."""
    day = local_time(started_at).date()
    if day >= today:  # clocks go wrong: nothing is later than now
        return TODAY
    if day == today - timedelta(days=1):
        return YESTERDAY
    first = today - timedelta(days=(today.isoweekday() - QLocale().firstDayOfWeek().value) % 7)
    return WEEK if day >= first else f"{day.year}-{day.month:02}"
