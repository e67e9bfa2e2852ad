"""The segments of a transcript as rows; an edit touches only the rows that it names."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from voicerec_desktop.core.editing import Edit, in_order
from voicerec_desktop.core.model import (
    FLAG_DISMISSED,
    FLAG_EDITED,
    FLAG_OVERLAP,
    Segment,
    Speaker,
    Transcript,
)
from voicerec_desktop.ui.i18n import clock
from voicerec_desktop.ui.speaker_badge import speaker_name

PAUSE = 20.0  # s of silence after which the same speaker is named again
MARK = 60.0  # s between two times that are shown while nobody knows who speaks
MANY = 400  # rows that come or go one by one; more of them are a reset
Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class TranscriptModel(QAbstractTableModel):
    """One column, a row for each segment that is shown, in the order of time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Segment] = []
        self._places: dict[str, int] | None = {}
        self._speakers: dict[str, Speaker] = {}
        self._transcript: Transcript | None = None
        self._dismissed_shown = False
        self.dismissed_count = 0

    def load(self, transcript: Transcript | None) -> None:
        """Show another transcript, or none."""
        self.beginResetModel()
        self._transcript = transcript
        segments = transcript.segments if transcript else ()
        self._rows = [segment for segment in segments if self._is_shown(segment)]
        self._places = None
        self._take_speakers()
        self.dismissed_count = sum(segment.dismissed for segment in segments)
        self.endResetModel()

    def set_dismissed_shown(self, shown: bool) -> None:
        """Show or hide what the user has dismissed."""
        if shown != self._dismissed_shown:
            self._dismissed_shown = shown
            self.load(self._transcript)

    @property
    def dismissed_shown(self) -> bool:
        """Whether dismissed segments are among the rows."""
        return self._dismissed_shown

    def apply(self, edit: Edit, transcript: Transcript) -> None:
        """Follow an edit that `transcript` has already."""
        before, after = edit.before.segments, edit.after.segments
        if len(before) > MANY and self._replace_all(transcript):
            return
        come = {segment.id: segment for segment in after if self._is_shown(segment)}
        kept, gone = [], []
        for old in before:
            row, new = self.row_of(old.id), come.get(old.id)
            if row >= 0 and new is not None and self._fits(row, new):
                kept.append(come.pop(old.id))
            elif row >= 0:
                gone.append(row)
        if len(gone) + len(come) > MANY:
            self.load(transcript)
            return
        self._transcript = transcript
        self._take_speakers()
        self.dismissed_count += sum(s.dismissed for s in after) - sum(s.dismissed for s in before)
        for segment in kept:
            self._rows[self.row_of(segment.id)] = segment
        self._remove(gone)
        self._insert(sorted(come.values(), key=in_order))
        if edit.before.speakers or edit.after.speakers:
            self._tell(range(len(self._rows)))
        else:
            self._tell([self.row_of(s.id) for s in (*kept, *come.values())])

    def _replace_all(self, transcript: Transcript) -> bool:
        """Take all segments anew where each keeps its row; whether that is so."""
        rows = [segment for segment in transcript.segments if self._is_shown(segment)]
        if [segment.id for segment in rows] != [segment.id for segment in self._rows]:
            return False
        self._transcript, self._rows = transcript, rows
        self._take_speakers()
        self.dismissed_count = sum(FLAG_DISMISSED in s.flags for s in transcript.segments)
        self._tell((0, len(rows) - 1))
        return True

    def _fits(self, row: int, new: Segment) -> bool:
        """Whether a row may become `new` without moving."""
        rows, key = self._rows, in_order(new)
        return (row == 0 or in_order(rows[row - 1]) < key) and (
            row + 1 == len(rows) or key < in_order(rows[row + 1])
        )

    def _remove(self, rows: list[int]) -> None:
        for first, last in _runs(rows):
            self.beginRemoveRows(_NO_INDEX, first, last)
            del self._rows[first : last + 1]
            self._places = None
            self.endRemoveRows()

    def _insert(self, segments: Sequence[Segment]) -> None:
        """Put segments in their places, those for one place at once, the last place first."""
        places = [bisect_left(self._rows, in_order(s), key=in_order) for s in segments]
        groups = [list(g) for _, g in groupby(zip(places, segments, strict=True), lambda p: p[0])]
        for group in reversed(groups):
            place = group[0][0]
            self.beginInsertRows(_NO_INDEX, place, place + len(group) - 1)
            new = [segment for _, segment in group]
            if place == len(self._rows) and self._places is not None:
                self._places.update({s.id: place + i for i, s in enumerate(new)})
            else:
                self._places = None
            self._rows[place:place] = new
            self.endInsertRows()

    def _tell(self, rows: Iterable[int]) -> None:
        """Say that rows, and what the row after them shows above itself, have changed."""
        found = [row for row in rows if row >= 0]
        if found:
            last = min(max(found) + 1, len(self._rows) - 1)
            self.dataChanged.emit(self.index(min(found), 0), self.index(last, 0))

    def _is_shown(self, segment: Segment) -> bool:
        return self._dismissed_shown or not segment.dismissed

    def _take_speakers(self) -> None:
        speakers = self._transcript.speakers if self._transcript else ()
        self._speakers = {speaker.id: speaker for speaker in speakers}

    def segment(self, row: int) -> Segment:
        """The segment of a row."""
        return self._rows[row]

    def speaker(self, row: int) -> Speaker | None:
        """Who speaks in a row."""
        return self._speakers.get(self._rows[row].speaker_id or "")

    def row_of(self, segment_id: str) -> int:
        """The row of a segment, or -1."""
        if self._places is None:
            self._places = {segment.id: row for row, segment in enumerate(self._rows)}
        return self._places.get(segment_id, -1)

    def row_at(self, seconds: float) -> int:
        """The last row that has begun by then, or -1."""
        return bisect_right(self._rows, seconds, key=attrgetter("start")) - 1

    def starts_group(self, row: int) -> bool:
        """Whether a row shows who speaks and when: the rows after it go on from there."""
        if row == 0:
            return True
        before, here = self._rows[row - 1], self._rows[row]
        if before.speaker_id != here.speaker_id or before.track_id != here.track_id:
            return True
        if here.start - before.end >= PAUSE:
            return True
        return here.speaker_id is None and here.start // MARK != before.start // MARK

    def described(self, row: int) -> str:
        """A row for those who hear it: "Speaker, time, text", and what is special about it."""
        segment = self._rows[row]
        parts = [speaker_name(self.speaker(row)), clock(segment.start), segment.text]
        if segment.dismissed:
            parts.append(self.tr("dismissed"))
        elif segment.doubtful:
            parts.append(self.tr("doubtful"))
        if FLAG_OVERLAP in segment.flags:
            parts.append(self.tr("several people speak"))
        if FLAG_EDITED in segment.flags:
            parts.append(self.tr("edited"))
        return ", ".join(part for part in parts if part)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """How many segments are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a segment; for accessibility also speaker and time."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()].text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.described(index.row())
        return None


def _runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    """Rows as first and last of neighbours, from the end, so that none moves before its turn."""
    ordered = sorted(rows, reverse=True)
    at = 0
    while at < len(ordered):
        end = at
        while end + 1 < len(ordered) and ordered[end + 1] == ordered[end] - 1:
            end += 1
        yield ordered[end], ordered[at]
        at = end + 1
