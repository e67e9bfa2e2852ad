"""What the user sees: speakers, segments and turns."""

import sqlite3
from collections.abc import Sequence

from voicerec_desktop.core.model import Segment, Speaker, SpeakerTurn, Transcript
from voicerec_desktop.store.engine_results import EngineResults
from voicerec_desktop.store.meetings import Meetings
from voicerec_desktop.store.packing import embedding_decoder, no_collection, pack, unpack_segments
from voicerec_desktop.store.search import stems
from voicerec_desktop.store.stages import Stages


class Transcripts(Meetings, EngineResults, Stages):
    """The part of the library that keeps who said what."""

    def replace_segments(
        self,
        meeting_id: str,
        speakers: Sequence[Speaker],
        segments: Sequence[Segment],
        turns: Sequence[SpeakerTurn],
    ) -> None:
        """Store the transcript and its search index; names given to the same speakers stay."""
        with self._write() as db:
            named = db.execute("SELECT id, name FROM speaker WHERE meeting_id = ?", (meeting_id,))
            names = dict(named.fetchall())
            forget_transcript(db, meeting_id)
            db.executemany(
                "INSERT INTO speaker VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (s.id, meeting_id, s.number, s.name or names.get(s.id), s.colour, _vector(s))
                    for s in speakers
                ],
            )
            db.executemany(
                "INSERT INTO turn VALUES (?, ?, ?, ?)",
                [(meeting_id, turn.start, turn.end, turn.speaker_id) for turn in turns],
            )
            for segment in segments:
                row = db.execute(
                    "INSERT INTO segment (id, meeting_id, start, body) VALUES (?, ?, ?, ?)",
                    (segment.id, meeting_id, segment.start, pack(segment)),
                ).lastrowid
                db.execute(
                    "INSERT INTO segment_stems (rowid, stems) VALUES (?, ?)",
                    (row, stems(segment.text)),
                )

    def rename_speaker(self, speaker_id: str, name: str | None) -> None:
        """Give a speaker a name, or take it away."""
        with self._write() as db:
            db.execute("UPDATE speaker SET name = ? WHERE id = ?", (name or None, speaker_id))

    def transcript(self, meeting_id: str) -> Transcript:
        """All of a meeting; until attribution has run, its segments are what ASR said so far."""
        with self._snapshot(), no_collection():
            meeting = self.meeting(meeting_id)
            tracks = self.tracks(meeting.id)
            segments = self._segments(meeting.id)
            if not segments:
                said = [s for track in tracks for s in self.asr_segments(track.id)]
                segments = sorted(said, key=lambda segment: segment.start)
            return Transcript(
                meeting,
                tuple(tracks),
                tuple(self._speakers(meeting.id)),
                tuple(segments),
                tuple(self._turns(meeting.id)),
                tuple(self._stage_runs(meeting.id)),
            )

    def _segments(self, meeting_id: str) -> list[Segment]:
        return unpack_segments(
            self._read(
                "SELECT body FROM segment WHERE meeting_id = ? ORDER BY start, row", meeting_id
            )
        )

    def _speakers(self, meeting_id: str) -> list[Speaker]:
        rows = self._read(
            "SELECT id, number, name, colour, embedding FROM speaker WHERE meeting_id = ?"
            " ORDER BY number, rowid",
            meeting_id,
        )
        decode = embedding_decoder.decode
        return [Speaker(i, n, name, colour, decode(e)) for i, n, name, colour, e in rows]

    def _turns(self, meeting_id: str) -> list[SpeakerTurn]:
        rows = self._read(
            'SELECT start, "end", speaker_id FROM turn WHERE meeting_id = ? ORDER BY start, rowid',
            meeting_id,
        )
        return [SpeakerTurn(*row) for row in rows]


def forget_transcript(db: sqlite3.Connection, meeting_id: str) -> None:
    """Delete what the user sees of a meeting, and what search knows of it."""
    db.execute(
        "DELETE FROM segment_stems WHERE rowid IN (SELECT row FROM segment WHERE meeting_id = ?)",
        (meeting_id,),
    )
    for table in ("segment", "turn", "speaker"):
        db.execute(f"DELETE FROM {table} WHERE meeting_id = ?", (meeting_id,))


def _vector(speaker: Speaker) -> bytes:
    return pack(speaker.embedding)
