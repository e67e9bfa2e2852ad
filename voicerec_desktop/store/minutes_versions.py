"""Minutes: their versions, what was found on the way to them, and what was sent for them."""

from dataclasses import dataclass, replace

import msgspec

from voicerec_desktop.core.minutes import Minutes
from voicerec_desktop.store.meetings import Meetings, mark_sidecar_due
from voicerec_desktop.store.packing import pack

_minutes = msgspec.msgpack.Decoder(Minutes)


@dataclass(frozen=True, slots=True)
class LlmRequest:
    """Text that left this computer. `meeting_id`: None where the meeting is deleted."""

    at: str
    host: str
    size: int
    purpose: str
    meeting_id: str | None = None


class MinutesVersions(Meetings):
    """The part of the library that keeps minutes."""

    def add_minutes(self, minutes: Minutes) -> None:
        """Store a new version; older ones stay."""
        with self._write() as db:
            row = (minutes.id, minutes.meeting_id, pack(minutes))
            db.execute("INSERT INTO minutes VALUES (?, ?, ?)", row)
            mark_sidecar_due(db, minutes.meeting_id)

    def minutes(self, meeting_id: str) -> Minutes | None:
        """The newest version, or None."""
        rows = self._read(
            "SELECT body FROM minutes WHERE meeting_id = ? ORDER BY id DESC LIMIT 1", meeting_id
        )
        return _minutes.decode(rows[0][0]) if rows else None

    def minutes_versions(self, meeting_id: str) -> list[Minutes]:
        """All versions, the oldest first."""
        rows = self._read("SELECT body FROM minutes WHERE meeting_id = ? ORDER BY id", meeting_id)
        return [_minutes.decode(row[0]) for row in rows]

    def edit_minutes(self, minutes_id: str, edited: str | None) -> None:
        """Store the user's own summary of a version; None brings the written one back."""
        with self._write() as db:
            rows = db.execute("SELECT body FROM minutes WHERE id = ?", (minutes_id,)).fetchall()
            for (body,) in rows:
                minutes = replace(_minutes.decode(body), edited=edited)
                db.execute("UPDATE minutes SET body = ? WHERE id = ?", (pack(minutes), minutes_id))
                mark_sidecar_due(db, minutes.meeting_id)

    def delete_minutes(self, minutes_id: str) -> None:
        """Forget a version."""
        with self._write() as db:
            rows = db.execute("SELECT meeting_id FROM minutes WHERE id = ?", (minutes_id,))
            for (meeting_id,) in rows.fetchall():
                db.execute("DELETE FROM minutes WHERE id = ?", (minutes_id,))
                mark_sidecar_due(db, meeting_id)

    def keep_block(self, meeting_id: str, key: str, body: bytes) -> None:
        """Keep what was found in a block, so that it is not asked again.

        Args:
            key: a hash of all that the answer depends on.
        """
        with self._write() as db:
            row = (meeting_id, key, body)
            db.execute("INSERT OR REPLACE INTO minutes_block VALUES (?, ?, ?)", row)

    def block(self, meeting_id: str, key: str) -> bytes | None:
        """What was found in a block, or None."""
        rows = self._read(
            "SELECT body FROM minutes_block WHERE meeting_id = ? AND key = ?", meeting_id, key
        )
        return rows[0][0] if rows else None

    def note_llm_request(self, request: LlmRequest) -> None:
        """Write down that text leaves this computer."""
        with self._write() as db:
            db.execute(
                "INSERT INTO llm_request (at, host, size, purpose, meeting_id)"
                " VALUES (?, ?, ?, ?, ?)",
                (request.at, request.host, request.size, request.purpose, request.meeting_id),
            )

    def llm_requests(self, meeting_id: str | None = None) -> list[LlmRequest]:
        """What left this computer, of one meeting or of all, the newest first."""
        rows = self._read(
            "SELECT at, host, size, purpose, meeting_id FROM llm_request"
            " WHERE ?1 IS NULL OR meeting_id = ?1 ORDER BY id DESC",
            meeting_id,
        )
        return [LlmRequest(*row) for row in rows]
