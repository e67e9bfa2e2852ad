"""What the engines said, as they said it: kept beside whatever is made of it later."""

from collections.abc import Sequence

import msgspec

from voicerec_desktop.core.model import Diarization, Segment
from voicerec_desktop.store.connection import Connection
from voicerec_desktop.store.packing import pack, unpack_segments

_diarizations = msgspec.msgpack.Decoder(Diarization)


class EngineResults(Connection):
    """The part of the library that keeps the words of ASR and the turns of diarization."""

    def append_asr(self, track_id: str, segments: Sequence[Segment]) -> None:
        """Add what the ASR engine said; durable when this returns."""
        with self._write() as db:
            db.executemany(
                "INSERT INTO asr_segment VALUES (?, ?, ?)",
                [(track_id, segment.start, pack(segment)) for segment in segments],
            )

    def asr_segments(self, track_id: str) -> list[Segment]:
        """What the ASR engine said, in order of time."""
        with self._snapshot():
            return unpack_segments(
                self._read(
                    "SELECT body FROM asr_segment WHERE track_id = ? ORDER BY start, rowid",
                    track_id,
                )
            )

    def clear_asr(self, track_id: str) -> None:
        """Forget what the ASR engine said, before it runs with other options."""
        with self._write() as db:
            db.execute("DELETE FROM asr_segment WHERE track_id = ?", (track_id,))

    def replace_diarization(self, track_id: str, diarization: Diarization) -> None:
        """Store what the diarizer said."""
        with self._write() as db:
            row = (track_id, pack(diarization))
            db.execute("INSERT OR REPLACE INTO diarization VALUES (?, ?)", row)

    def diarization(self, track_id: str) -> Diarization | None:
        """What the diarizer said, or None if it has not run."""
        with self._snapshot():
            rows = self._read("SELECT body FROM diarization WHERE track_id = ?", track_id)
            return _diarizations.decode(rows[0][0]) if rows else None
