"""What the user sees: speakers, segments and turns."""

import sqlite3
from collections.abc import Sequence

from voicerec_desktop.core.editing import in_order
from voicerec_desktop.core.model import Segment, Speaker, SpeakerTurn, Transcript
from voicerec_desktop.store.engine_results import EngineResults
from voicerec_desktop.store.marks import Marks
from voicerec_desktop.store.minutes_versions import MinutesVersions
from voicerec_desktop.store.packing import embedding_decoder, no_collection, pack, unpack_segments
from voicerec_desktop.store.search import stems
from voicerec_desktop.store.stages import Stages


class Transcripts(Marks, MinutesVersions, EngineResults, Stages):
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
            for speaker in speakers:
                insert_speaker(db, meeting_id, speaker, names.get(speaker.id))
            for turn in turns:
                insert_turn(db, meeting_id, turn)
            for segment in segments:
                insert_segment(db, meeting_id, segment)

    def transcript(self, meeting_id: str) -> Transcript:
        """All of a meeting; until attribution has run, its segments are what ASR said so far."""
        with self._snapshot(), no_collection():
            meeting = self.meeting(meeting_id)
            tracks = self.tracks(meeting.id)
            segments = self._segments(meeting.id)
            if not segments:
                said = [s for track in tracks for s in self.asr_segments(track.id)]
                segments = sorted(said, key=in_order)
            return Transcript(
                meeting,
                tuple(tracks),
                tuple(self._speakers(meeting.id)),
                tuple(segments),
                tuple(self._turns(meeting.id)),
                tuple(self._stage_runs(meeting.id)),
                tuple(self.marks(meeting.id)),
                self.minutes(meeting.id),
            )

    def _segments(self, meeting_id: str) -> list[Segment]:
        rows = self._read(
            "SELECT body FROM segment WHERE meeting_id = ? ORDER BY start", meeting_id
        )
        return sorted(unpack_segments(rows), key=in_order)

    def _speakers(self, meeting_id: str) -> list[Speaker]:
        rows = self._read(
            "SELECT id, number, name, colour, embedding FROM speaker WHERE meeting_id = ?"
            " ORDER BY number, id",
            meeting_id,
        )
        decode = embedding_decoder.decode
        return [Speaker(i, n, name, colour, decode(e)) for i, n, name, colour, e in rows]

    def _turns(self, meeting_id: str) -> list[SpeakerTurn]:
        rows = self._read(
            'SELECT start, "end", speaker_id FROM turn WHERE meeting_id = ?'
            ' ORDER BY start, "end", speaker_id',
            meeting_id,
        )
        return [SpeakerTurn(*row) for row in rows]


def insert_segment(db: sqlite3.Connection, meeting_id: str, segment: Segment) -> None:
    """Store a segment that the user sees, and what search knows of it."""
    row = db.execute(
        "INSERT INTO segment (id, meeting_id, start, body) VALUES (?, ?, ?, ?)",
        (segment.id, meeting_id, segment.start, pack(segment)),
    ).lastrowid
    db.execute("INSERT INTO segment_stems (rowid, stems) VALUES (?, ?)", (row, searchable(segment)))


def insert_speaker(
    db: sqlite3.Connection, meeting_id: str, speaker: Speaker, name: str | None = None
) -> None:
    """Store a speaker, by `name` where it has none of its own."""
    vector = pack(speaker.embedding)
    named = speaker.name or name
    db.execute(
        "INSERT INTO speaker VALUES (?, ?, ?, ?, ?, ?)",
        (speaker.id, meeting_id, speaker.number, named, speaker.colour, vector),
    )


def insert_turn(db: sqlite3.Connection, meeting_id: str, turn: SpeakerTurn) -> None:
    """Store a turn."""
    row = (meeting_id, turn.start, turn.end, turn.speaker_id)
    db.execute("INSERT INTO turn VALUES (?, ?, ?, ?)", row)


def searchable(segment: Segment) -> str:
    """What search knows of a segment: nothing of a dismissed one."""
    return "" if segment.dismissed else stems(segment.text)


def forget_transcript(db: sqlite3.Connection, meeting_id: str) -> None:
    """Delete what the user sees of a meeting, and what search knows of it."""
    db.execute(
        "DELETE FROM segment_stems WHERE rowid IN (SELECT row FROM segment WHERE meeting_id = ?)",
        (meeting_id,),
    )
    for table in ("segment", "turn", "speaker"):
        db.execute(f"DELETE FROM {table} WHERE meeting_id = ?", (meeting_id,))
