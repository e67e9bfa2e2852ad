"""Meetings and their tracks."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.model import (
    Gap,
    GapReason,
    Meeting,
    MeetingStatus,
    Source,
    Track,
    TrackKind,
)
from voicerec_desktop.store import processes
from voicerec_desktop.store.connection import Connection

UNDER_WAY = (MeetingStatus.PROCESSING, MeetingStatus.RECORDING)
SHORTEST_PREFIX = 4
_MEETING = "id, title, started_at, duration, language, status, source, error"
_TRACK = (
    "id, meeting_id, kind, path, sample_rate, channels, frames, sha256, warning, channel,"
    " clock_rate"
)
_TRACK_MARKS = ", ".join("?" * len(_TRACK.split(",")))
_names = msgspec.json.Decoder(tuple[str | None, ...])


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting as a list shows it. `speakers`: their names by number, None for nameless ones."""

    meeting: Meeting
    speakers: tuple[str | None, ...] = ()


class Meetings(Connection):
    """The part of the library that knows which meetings there are."""

    def add_meeting(self, meeting: Meeting, tracks: Sequence[Track]) -> None:
        """Store a new meeting with its tracks."""
        row = (
            meeting.id,
            meeting.title,
            meeting.started_at,
            meeting.duration,
            meeting.language,
            meeting.status.value,
            meeting.source.value,
            meeting.error,
            *_owner(meeting.status),
        )
        with self._write() as db:
            db.execute(
                f"INSERT INTO meeting ({_MEETING}, pid, pid_started)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )
            for track in tracks:
                self.add_track(track)

    def meeting(self, meeting_id: str) -> Meeting:
        """The meeting with this id, or whose id alone begins so.

        Raises:
            KnownError: MEETING_UNKNOWN, MEETING_AMBIGUOUS.
        """
        found: list[Any] = []
        if meeting_id.isprintable():  # an argument that is no Unicode cannot be an id
            found = self._read(f"SELECT {_MEETING} FROM meeting WHERE id = ?", meeting_id)
            if not found and len(meeting_id) >= SHORTEST_PREFIX:
                found = self._read(
                    f"SELECT {_MEETING} FROM meeting WHERE id >= ? AND id < ? LIMIT 2",
                    meeting_id.lower(),
                    meeting_id.lower() + "\U0010ffff",
                )
        if not found:
            raise KnownError(ErrorCode.MEETING_UNKNOWN, id=meeting_id)
        if len(found) > 1:
            raise KnownError(ErrorCode.MEETING_AMBIGUOUS, id=meeting_id)
        return _meeting(found[0])

    def meetings(self) -> list[Meeting]:
        """All meetings, newest first."""
        rows = self._read(f"SELECT {_MEETING} FROM meeting ORDER BY started_at DESC, id DESC")
        return [_meeting(row) for row in rows]

    def meeting_rows(self) -> list[MeetingRow]:
        """All meetings, newest first, with those who speak in them."""
        rows = self._read(
            f"SELECT {_MEETING}, (SELECT json_group_array(name) FROM (SELECT name FROM speaker"
            " WHERE meeting_id = meeting.id ORDER BY number, speaker.id))"
            " FROM meeting ORDER BY started_at DESC, id DESC"
        )
        return [MeetingRow(_meeting(row[:-1]), _names.decode(row[-1])) for row in rows]

    def meetings_of(self, path: str) -> list[tuple[Meeting, str]]:
        """The meetings of a file, newest first, each with the SHA-256 of what it was made from."""
        rows = self._read(
            f"SELECT {_MEETING}, (SELECT sha256 FROM track WHERE meeting_id = meeting.id"
            " AND path = ?1 ORDER BY id LIMIT 1) AS known FROM meeting"
            " WHERE known IS NOT NULL ORDER BY started_at DESC, id DESC",
            path,
        )
        return [(_meeting(row[:-1]), row[-1]) for row in rows]

    def update_meeting(
        self,
        meeting_id: str,
        *,
        title: str | None = None,
        duration: float | None = None,
        language: str | None = None,
        status: MeetingStatus | None = None,
        error: str | None = None,
    ) -> None:
        """Change what is given; a status of work under way also names this process."""
        with self._write() as db:
            db.execute(
                "UPDATE meeting SET title = coalesce(?, title), duration = coalesce(?, duration),"
                " language = coalesce(?, language), error = coalesce(?, error) WHERE id = ?",
                (title, duration, language, error, meeting_id),
            )
            if title is not None:
                mark_sidecar_due(db, meeting_id)
            if status is not None:
                db.execute(
                    "UPDATE meeting SET status = ?, pid = ?, pid_started = ? WHERE id = ?",
                    (status.value, *_owner(status), meeting_id),
                )

    def claim(self, meeting_id: str) -> bool:
        """Mark a meeting as processed by this process, unless another living one is at it."""
        with self._write() as db:
            (owner,) = db.execute("SELECT pid FROM meeting WHERE id = ?", (meeting_id,)).fetchone()
            if owner != processes.this()[0] and self.under_way(meeting_id):
                return False
            self.update_meeting(meeting_id, status=MeetingStatus.PROCESSING, error="")
            return True

    def under_way(self, meeting_id: str) -> bool:
        """Whether a living process records or processes a meeting."""
        states = [state.value for state in UNDER_WAY]
        rows = self._read(
            "SELECT pid, pid_started FROM meeting WHERE id = ? AND status IN (?, ?)",
            meeting_id,
            *states,
        )
        return any(processes.lives(pid, when) for pid, when in rows)

    def due_sidecars(self) -> dict[str, int]:
        """Ready meetings whose sidecars lack what the user did, with the version of that."""
        rows = self._read(
            "SELECT meeting_id, version FROM sidecar_due JOIN meeting ON meeting.id = meeting_id"
            " WHERE status = ? ORDER BY meeting_id",
            MeetingStatus.READY.value,
        )
        return dict(rows)

    def sidecar_written(self, meeting_id: str, version: int) -> None:
        """Write down that a sidecar holds all up to a version; what came later is still due."""
        with self._write() as db:
            db.execute(
                "DELETE FROM sidecar_due WHERE meeting_id = ? AND version = ?",
                (meeting_id, version),
            )

    def tracks(self, meeting_id: str) -> list[Track]:
        """The tracks of a meeting."""
        rows = self._read(
            f"SELECT {_TRACK} FROM track WHERE meeting_id = ? ORDER BY id", meeting_id
        )
        return [Track(row[0], row[1], TrackKind(row[2]), *row[3:]) for row in rows]

    def add_track(self, track: Track) -> None:
        """Store one more track of a meeting."""
        with self._write() as db:
            db.execute(f"INSERT INTO track ({_TRACK}) VALUES ({_TRACK_MARKS})", _track_row(track))

    def update_track(self, track: Track) -> None:
        """Store a changed track."""
        with self._write() as db:
            db.execute(
                f"UPDATE track SET ({_TRACK}) = ({_TRACK_MARKS}) WHERE id = ?",
                (*_track_row(track), track.id),
            )

    def set_peaks(self, track_id: str, peaks: bytes) -> None:
        """Store a track's waveform."""
        with self._write() as db:
            db.execute("UPDATE track SET peaks = ? WHERE id = ?", (peaks, track_id))

    def peaks(self, track_id: str) -> bytes:
        """A track's waveform: uint8, 20 a second."""
        rows = self._read("SELECT peaks FROM track WHERE id = ?", track_id)
        return rows[0][0] if rows else b""

    def add_gap(self, gap: Gap) -> None:
        """Store a hole in a track."""
        with self._write() as db:
            row = (gap.track_id, gap.start, gap.duration, gap.reason.value)
            db.execute("INSERT INTO gap VALUES (?, ?, ?, ?)", row)

    def gaps(self, track_id: str) -> list[Gap]:
        """The holes in a track."""
        rows = self._read("SELECT * FROM gap WHERE track_id = ? ORDER BY start", track_id)
        return [Gap(row[0], row[1], row[2], GapReason(row[3])) for row in rows]


def mark_sidecar_due(db: sqlite3.Connection, meeting_id: str) -> None:
    """Write down that a meeting's sidecar lacks what the user did."""
    db.execute(
        "INSERT INTO sidecar_due SELECT id, 1 FROM meeting WHERE id = ?"
        " ON CONFLICT DO UPDATE SET version = version + 1",
        (meeting_id,),
    )


def _owner(status: MeetingStatus) -> tuple[int, str]:
    return processes.this() if status in UNDER_WAY else (0, "")


def _meeting(row: Sequence[Any]) -> Meeting:
    meeting_id, title, started_at, duration, language, status, source, error = row
    state, origin = MeetingStatus(status), Source(source)
    return Meeting(meeting_id, title, started_at, duration, language, state, origin, error)


def _track_row(track: Track) -> tuple[object, ...]:
    return (
        track.id,
        track.meeting_id,
        track.kind.value,
        track.path,
        track.sample_rate,
        track.channels,
        track.frames,
        track.sha256,
        track.warning,
        track.channel,
        track.clock_rate,
    )
