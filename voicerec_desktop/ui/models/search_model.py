"""What a search found, meeting by meeting."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, QLocale, Qt

from voicerec_desktop.core.model import Speaker
from voicerec_desktop.ui.i18n import clock, date_and_time, local_time
from voicerec_desktop.ui.models.rows_model import Index, RowsModel
from voicerec_desktop.ui.speaker_badge import speaker_name

if TYPE_CHECKING:
    from voicerec_desktop.store.library import Library
    from voicerec_desktop.store.meetings import MeetingRow
    from voicerec_desktop.store.search import SearchHit

MOST_HITS = 100
BEFORE = 36  # characters of context before the first hit
LONGEST = 240  # characters of a hit that are laid out
Spans = tuple[tuple[int, int], ...]
_ROLES = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class FoundMeeting:
    """A meeting with hits. `spans`: where its title has the words, if it has them all."""

    meeting_id: str
    title: str
    started_at: str
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Found:
    """All that a query found."""

    query: str
    meetings: "tuple[tuple[FoundMeeting, tuple[SearchHit, ...]], ...]" = ()

    @property
    def hits(self) -> int:
        """How many segments."""
        return sum(len(hits) for _, hits in self.meetings)


class SearchModel(RowsModel):
    """Rows are `FoundMeeting`s, each with its `SearchHit`s below it."""

    def key(self, row: Any) -> Hashable:
        """Segments and meetings have ids of different shape."""
        return ("", row.meeting_id) if isinstance(row, FoundMeeting) else row.segment_id

    def set_found(self, found: Found) -> None:
        """Show what was found."""
        self.beginResetModel()
        self.rows = [row for meeting, hits in found.meetings for row in (meeting, *hits)]
        self.endResetModel()

    def stops(self) -> list[int]:
        """The rows at which the arrow keys stop: hits, and meetings that are hits themselves."""
        return [
            i
            for i, row in enumerate(self.rows)
            if not isinstance(row, FoundMeeting) or row.spans or self._alone(i)
        ]

    def _alone(self, i: int) -> bool:
        return i + 1 == len(self.rows) or isinstance(self.rows[i + 1], FoundMeeting)

    def flags(self, _index: Index) -> Qt.ItemFlag:
        """All can be chosen."""
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def data(self, index: Index, role: int = _ROLES.DisplayRole) -> Any:
        """Text, and whole sentences for those who listen instead of looking."""
        if role not in (_ROLES.DisplayRole, _ROLES.AccessibleTextRole):
            return None
        row = self.rows[index.row()]
        if isinstance(row, FoundMeeting):
            spoken = role == _ROLES.AccessibleTextRole
            return f"{row.title}, {date_and_time(row.started_at)}" if spoken else row.title
        return f"{self.source(row)}: {row.text}" if role == _ROLES.AccessibleTextRole else row.text

    def day(self, meeting: FoundMeeting) -> str:
        """The date of a meeting, short."""
        when, locale = local_time(meeting.started_at), QLocale()
        form = "d MMM" if when.year == date.today().year else "d MMM yyyy"
        return locale.toString(QDate(when.year, when.month, when.day), form)

    def source(self, hit: "SearchHit") -> str:
        """Where a hit is, and who says it."""
        who = hit.speaker_name or ""
        if not who and hit.speaker_number is not None:
            who = speaker_name(Speaker(hit.speaker_id or "", hit.speaker_number))
        return " · ".join(part for part in (clock(hit.start), who) if part)


def find(library: "Library", query: str, rows: "Sequence[MeetingRow]") -> Found:
    """Search texts and titles; meetings whose titles match come first, then the best hits.

    For lanes only.
    """
    hits: dict[str, list[SearchHit]] = {}
    for hit in library.search(query, MOST_HITS):
        hits.setdefault(hit.meeting_id, []).append(hit)
    titled = _titled(query, rows)
    known = {row.meeting.id: row.meeting for row in rows}
    groups = []
    for meeting_id in (*titled, *(one for one in hits if one not in titled)):
        found = sorted(hits.get(meeting_id, ()), key=lambda hit: hit.start)
        if meeting_id in known:
            title, when = known[meeting_id].title, known[meeting_id].started_at
        else:  # it came while the list was read
            title, when = found[0].meeting_title, found[0].meeting_started_at
        spans = titled.get(meeting_id, ())
        groups.append((FoundMeeting(meeting_id, title, when, spans), tuple(found)))
    return Found(query, tuple(groups))


def _titled(query: str, rows: "Sequence[MeetingRow]") -> dict[str, Spans]:
    """The meetings whose titles have all words of the query, and where."""
    from voicerec_desktop.store.search import highlights, parse_query

    words = [parsed for word in query.split() if (parsed := parse_query(word)).match]
    titled = {}
    for row in rows if words else ():
        spans = [highlights(row.meeting.title, word) for word in words]
        if all(spans):
            titled[row.meeting.id] = tuple(sorted({one for some in spans for one in some}))
    return titled


def excerpt(text: str, spans: Spans, before: int = BEFORE) -> tuple[str, Spans]:
    """A text from a little before its first hit on, on one line, with the places of the hits."""
    line = text.replace("\n", " ")
    first = spans[0][0] if spans else 0
    begin = 0
    if first > before * 2:
        begin = line.find(" ", first - before, first) + 1 or first - before
    head = "… " if begin else ""
    cut = f"{head}{line[begin : begin + LONGEST]}"
    shift = len(head) - begin
    moved = ((a + shift, min(b + shift, len(cut))) for a, b in spans)
    return cut, tuple((a, b) for a, b in moved if a < b)
