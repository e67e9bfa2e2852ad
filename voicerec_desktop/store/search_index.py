"""Search over all meetings."""

from voicerec_desktop.core.model import Segment
from voicerec_desktop.store.connection import Connection
from voicerec_desktop.store.packing import segment_decoder
from voicerec_desktop.store.search import Query, SearchHit, highlights, parse_query

CANDIDATES = 2000  # only so many, the newest, are ranked: a common word is in half of all segments


class SearchIndex(Connection):
    """The part of the library that finds words."""

    def search(self, query: str, limit: int = 50) -> list[SearchHit]:
        """Segments that hold every word of the query in any form, the best of the newest first."""
        parsed = parse_query(query)
        if not parsed.match:
            return []
        with self._snapshot():
            oldest = self._read(
                "SELECT rowid FROM segment_stems WHERE segment_stems MATCH ?"
                " ORDER BY rowid DESC LIMIT 1 OFFSET ?",
                parsed.match,
                CANDIDATES - 1,
            )
            rows = self._read(
                "SELECT meeting.id, meeting.title, meeting.started_at, segment.body"
                " FROM (SELECT rowid AS row, rank AS score FROM segment_stems"
                " WHERE segment_stems MATCH ? AND rowid >= ? ORDER BY rank LIMIT ?) AS best"
                " JOIN segment ON segment.row = best.row"
                " JOIN meeting ON meeting.id = segment.meeting_id"
                " ORDER BY best.score, segment.row DESC",
                parsed.match,
                oldest[0][0] if oldest else 0,
                limit,
            )
            return [self._hit(row[:3], segment_decoder.decode(row[3]), parsed) for row in rows]

    def _hit(self, meeting: tuple[str, str, str], segment: Segment, query: Query) -> SearchHit:
        speaker = self._read("SELECT number, name FROM speaker WHERE id = ?", segment.speaker_id)
        number, name = speaker[0] if speaker else (None, None)
        return SearchHit(
            *meeting,
            segment.id,
            segment.start,
            segment.end,
            segment.speaker_id,
            number,
            name,
            segment.text,
            highlights(segment.text, query),
        )
