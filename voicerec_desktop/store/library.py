"""The library: meetings and everything known of them, in SQLite (DESIGN.md 7)."""

import errno
import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from sqlite_utils import Database

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.glossary import GlossaryEntry
from voicerec_desktop.core.model import (
    Diarization,
    Gap,
    GapReason,
    Meeting,
    MeetingStatus,
    Segment,
    Source,
    Speaker,
    SpeakerTurn,
    Stage,
    StageRun,
    StageState,
    Track,
    TrackKind,
    Transcript,
)
from voicerec_desktop.store import backup, processes
from voicerec_desktop.store.migrations import migrations
from voicerec_desktop.store.search import SearchHit, highlights, match_query, stems

BUSY_SECONDS = 5.0
_segments = msgspec.msgpack.Decoder(Segment)
_diarizations = msgspec.msgpack.Decoder(Diarization)
_pack = msgspec.msgpack.Encoder().encode
_TRACK = "id, meeting_id, kind, path, sample_rate, channels, frames, sha256, warning, channel"

_MARKS = ", ".join("?" * len(_TRACK.split(",")))


class Library:
    """One open library; thread-safe, and several processes may have it open.

    Args:
        path: the database, made where there is none.
        backups: takes a copy before each migration.

    Raises:
        KnownError: LIBRARY_CORRUPT, LIBRARY_LOCKED, LIBRARY_TOO_NEW, HOME_READ_ONLY, DISK_FULL.
    """

    def __init__(self, path: Path, backups: Path) -> None:
        self._path = path
        self._backups = backups
        self._lock = threading.RLock()
        with self._translated():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                path, timeout=BUSY_SECONDS, check_same_thread=False, isolation_level=None
            )
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def _prepare(self) -> None:
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "secure_delete=ON",
        ):
            self._connection.execute(f"PRAGMA {pragma}")
        unclean = self._path.with_name(self._path.name + "-wal").exists()
        if unclean and self._connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("quick_check")
        self._migrate()

    def _migrate(self) -> None:
        database = Database(self._connection)
        ours = {step.name for step in migrations.pending(Database(memory=True))}
        applied = {step.name for step in migrations.applied(database)}
        if applied - ours:
            raise KnownError(ErrorCode.LIBRARY_TOO_NEW, path=str(self._path))
        if migrations.pending(database):
            if applied:
                backup.backup_into(self._connection, self._backups)
            migrations.apply(database)

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> "Library":
        """The library is open already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """SQLite's errors as ours: the one door."""
        try:
            yield
        except sqlite3.Error as error:
            raise self._known(error) from error
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            code = ErrorCode.DISK_FULL if full else ErrorCode.HOME_READ_ONLY
            raise KnownError(code, str(error), path=str(self._path.parent)) from error

    def _known(self, error: sqlite3.Error) -> Exception:
        name = getattr(error, "sqlite_errorname", "") or ""
        folder, path = str(self._path.parent), str(self._path)
        if name.startswith("SQLITE_FULL"):
            return KnownError(ErrorCode.DISK_FULL, str(error), path=folder)
        if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR")):
            return KnownError(ErrorCode.HOME_READ_ONLY, str(error), path=folder)
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return KnownError(ErrorCode.LIBRARY_LOCKED, str(error), path=path)
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or "quick_check" in str(error):
            return KnownError(ErrorCode.LIBRARY_CORRUPT, str(error), path=path)
        return error

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        """One transaction."""
        with self._lock, self._translated():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _read(self, sql: str, *values: object) -> list[Any]:
        with self._lock, self._translated():
            return self._connection.execute(sql, values).fetchall()

    # meetings and tracks

    def add_meeting(self, meeting: Meeting, tracks: Sequence[Track]) -> None:
        """Store a new meeting with its tracks."""
        with self._write() as db:
            db.execute(
                "INSERT INTO meeting VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    meeting.id,
                    meeting.title,
                    meeting.started_at,
                    meeting.duration,
                    meeting.language,
                    meeting.status.value,
                    meeting.source.value,
                    meeting.error,
                ),
            )
            db.executemany(
                f"INSERT INTO track ({_TRACK}) VALUES ({_MARKS})",
                [_track_row(track) for track in tracks],
            )

    def meeting(self, meeting_id: str) -> Meeting:
        """The meeting with this id, or whose id alone begins so; raises MEETING_UNKNOWN."""
        pattern = meeting_id.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        rows = self._read("SELECT * FROM meeting WHERE id LIKE ? ESCAPE '\\' LIMIT 2", pattern)
        if len(rows) != 1 or (len(meeting_id) < 4 and rows[0][0] != meeting_id):
            raise KnownError(ErrorCode.MEETING_UNKNOWN, id=meeting_id)
        return _meeting(rows[0])

    def meetings(self) -> list[Meeting]:
        """All meetings, newest first."""
        rows = self._read("SELECT * FROM meeting ORDER BY started_at DESC, id DESC")
        return [_meeting(row) for row in rows]

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
        """Change what is given."""
        with self._write() as db:
            db.execute(
                "UPDATE meeting SET title = coalesce(?, title), duration = coalesce(?, duration),"
                " language = coalesce(?, language), status = coalesce(?, status),"
                " error = coalesce(?, error) WHERE id = ?",
                (title, duration, language, status and status.value, error, meeting_id),
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
            db.execute(f"INSERT INTO track ({_TRACK}) VALUES ({_MARKS})", _track_row(track))

    def update_track(self, track: Track) -> None:
        """Store a changed track."""
        with self._write() as db:
            db.execute(
                f"UPDATE track SET ({_TRACK}) = ({_MARKS}) WHERE id = ?",
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

    # what the engines said

    def append_asr(self, track_id: str, segments: Sequence[Segment]) -> None:
        """Add what the ASR engine said; durable when this returns."""
        with self._write() as db:
            db.executemany(
                "INSERT INTO asr_segment VALUES (?, ?, ?)",
                [(track_id, segment.start, _pack(segment)) for segment in segments],
            )

    def asr_segments(self, track_id: str) -> list[Segment]:
        """What the ASR engine said, in order of time."""
        rows = self._read(
            "SELECT body FROM asr_segment WHERE track_id = ? ORDER BY start, rowid", track_id
        )
        return [_segments.decode(row[0]) for row in rows]

    def clear_asr(self, track_id: str) -> None:
        """Forget what the ASR engine said, before it runs with other options."""
        with self._write() as db:
            db.execute("DELETE FROM asr_segment WHERE track_id = ?", (track_id,))

    def replace_diarization(self, track_id: str, diarization: Diarization) -> None:
        """Store what the diarizer said."""
        with self._write() as db:
            row = (track_id, _pack(diarization))
            db.execute("INSERT OR REPLACE INTO diarization VALUES (?, ?)", row)

    def diarization(self, track_id: str) -> Diarization | None:
        """What the diarizer said, or None if it has not run."""
        rows = self._read("SELECT body FROM diarization WHERE track_id = ?", track_id)
        return _diarizations.decode(rows[0][0]) if rows else None

    # what the user sees

    def replace_segments(
        self,
        meeting_id: str,
        speakers: Sequence[Speaker],
        segments: Sequence[Segment],
        turns: Sequence[SpeakerTurn],
    ) -> None:
        """Store the transcript and its search index; names given to the same speakers stay."""
        with self._write() as db:
            names = dict(
                db.execute("SELECT id, name FROM speaker WHERE meeting_id = ?", (meeting_id,))
            )
            _forget_transcript(db, meeting_id)
            db.executemany(
                "INSERT INTO speaker VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (
                        s.id,
                        meeting_id,
                        s.number,
                        s.name or names.get(s.id),
                        s.colour,
                        _pack(s.embedding),
                    )
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
                    (segment.id, meeting_id, segment.start, _pack(segment)),
                ).lastrowid
                db.execute(
                    "INSERT INTO segment_stems (rowid, stems) VALUES (?, ?)",
                    (row, stems(segment.text)),
                )

    def rename_speaker(self, speaker_id: str, name: str | None) -> None:
        """Give a speaker a name, or take it away."""
        with self._write() as db:
            db.execute("UPDATE speaker SET name = ? WHERE id = ?", (name, speaker_id))

    def transcript(self, meeting_id: str) -> Transcript:
        """All of a meeting; until attribution has run, its segments are what ASR said so far."""
        meeting = self.meeting(meeting_id)
        tracks = self.tracks(meeting.id)
        segments = self._segments(meeting.id)
        if not segments:
            said = [s for track in tracks for s in self.asr_segments(track.id)]
            segments = sorted(said, key=lambda segment: segment.start)
        turns = self._read(
            'SELECT start, "end", speaker_id FROM turn WHERE meeting_id = ? ORDER BY start',
            meeting.id,
        )
        return Transcript(
            meeting,
            tuple(tracks),
            tuple(self._speakers(meeting.id)),
            tuple(segments),
            tuple(SpeakerTurn(*row) for row in turns),
            tuple(self._stage_runs(meeting.id)),
        )

    def _segments(self, meeting_id: str) -> list[Segment]:
        rows = self._read(
            "SELECT body FROM segment WHERE meeting_id = ? ORDER BY start, row", meeting_id
        )
        return [_segments.decode(row[0]) for row in rows]

    def _speakers(self, meeting_id: str) -> list[Speaker]:
        rows = self._read(
            "SELECT id, number, name, colour, embedding FROM speaker WHERE meeting_id = ?"
            " ORDER BY number",
            meeting_id,
        )
        decode = msgspec.msgpack.Decoder(tuple[float, ...]).decode
        return [Speaker(i, n, name, colour, decode(e)) for i, n, name, colour, e in rows]

    # stages

    def start_stage(self, meeting_id: str, stage: Stage, options: Mapping[str, object]) -> int:
        """Write down that this process runs a stage; the row's id."""
        pid = os.getpid()
        with self._write() as db:
            row = db.execute(
                "INSERT INTO stage_run"
                " (meeting_id, stage, state, options, seconds, error, pid, pid_started)"
                " VALUES (?, ?, ?, ?, 0.0, '', ?, ?)",
                (
                    meeting_id,
                    stage.value,
                    StageState.RUNNING.value,
                    json.dumps(options, ensure_ascii=False),
                    pid,
                    processes.started(pid),
                ),
            ).lastrowid
        assert row is not None
        return row

    def finish_stage(self, run_id: int, state: StageState, seconds: float, error: str = "") -> None:
        """Write down how a stage ended."""
        with self._write() as db:
            db.execute(
                "UPDATE stage_run SET state = ?, seconds = ?, error = ? WHERE id = ?",
                (state.value, seconds, error, run_id),
            )

    def last_run(self, meeting_id: str, stage: Stage) -> StageRun | None:
        """The newest run of a stage."""
        runs = [run for run in self._stage_runs(meeting_id) if run.stage == stage]
        return runs[-1] if runs else None

    def _stage_runs(self, meeting_id: str) -> list[StageRun]:
        rows = self._read(
            "SELECT meeting_id, stage, state, options, seconds, error FROM stage_run"
            " WHERE meeting_id = ? ORDER BY id",
            meeting_id,
        )
        return [
            StageRun(m, Stage(stage), StageState(state), json.loads(options), seconds, error)
            for m, stage, state, options, seconds, error in rows
        ]

    def mark_interrupted(self) -> list[str]:
        """Mark meetings whose process is gone; those of living processes are left alone."""
        busy = (MeetingStatus.PROCESSING.value, MeetingStatus.RECORDING.value)
        gone = []
        with self._write() as db:
            rows = db.execute("SELECT id FROM meeting WHERE status IN (?, ?)", busy).fetchall()
            for (meeting_id,) in rows:
                owners = db.execute(
                    "SELECT pid, pid_started FROM stage_run WHERE meeting_id = ?"
                    " ORDER BY id DESC LIMIT 1",
                    (meeting_id,),
                ).fetchall()
                if any(processes.started(pid) == when != "" for pid, when in owners):
                    continue
                gone.append(meeting_id)
                db.execute(
                    "UPDATE meeting SET status = ? WHERE id = ?",
                    (MeetingStatus.INTERRUPTED.value, meeting_id),
                )
                db.execute(
                    "UPDATE stage_run SET state = ? WHERE meeting_id = ? AND state = ?",
                    (StageState.CANCELLED.value, meeting_id, StageState.RUNNING.value),
                )
        return gone

    # glossary

    def glossary(self) -> list[GlossaryEntry]:
        """The user's terms."""
        rows = self._read("SELECT term, variants, stem FROM glossary ORDER BY rowid")
        return [GlossaryEntry(t, tuple(json.loads(v)), bool(s)) for t, v, s in rows]

    def replace_glossary(self, entries: Sequence[GlossaryEntry]) -> None:
        """Store the user's terms."""
        rows = [(e.term, json.dumps(e.variants, ensure_ascii=False), int(e.stem)) for e in entries]
        with self._write() as db:
            db.execute("DELETE FROM glossary")
            db.executemany("INSERT INTO glossary VALUES (?, ?, ?)", rows)

    # search and care

    def search(self, query: str, limit: int = 50) -> list[SearchHit]:
        """Segments that hold every word of the query in any form, the best first."""
        match = match_query(query)
        if not match:
            return []
        rows = self._read(
            "SELECT meeting.id, meeting.title, segment.body FROM segment_stems"
            " JOIN segment ON segment.row = segment_stems.rowid"
            " JOIN meeting ON meeting.id = segment.meeting_id"
            " WHERE segment_stems MATCH ? ORDER BY rank LIMIT ?",
            match,
            limit,
        )
        hits = []
        for meeting_id, title, body in rows:
            s = _segments.decode(body)
            ranges = highlights(s.text, query)
            hits.append(
                SearchHit(meeting_id, title, s.id, s.start, s.end, s.speaker_id, s.text, ranges)
            )
        return hits

    def delete_meeting(self, meeting_id: str) -> None:
        """Delete all rows of a meeting so that nothing of it stays in the file."""
        with self._write() as db:
            _forget_transcript(db, meeting_id)
            db.execute("DELETE FROM meeting WHERE id = ?", (meeting_id,))
            db.execute("INSERT INTO segment_stems(segment_stems) VALUES ('optimize')")
        with self._lock, self._translated():
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def check(self) -> list[str]:
        """What is wrong with the library; an empty list means that it is sound."""
        problems = [r[0] for r in self._read("PRAGMA integrity_check") if r[0] != "ok"]
        problems += [f"dangling row in {r[0]}" for r in self._read("PRAGMA foreign_key_check")]
        with self._lock:
            try:
                self._connection.execute(
                    "INSERT INTO segment_stems(segment_stems) VALUES ('integrity-check')"
                )
            except sqlite3.DatabaseError as error:
                problems.append(f"search index: {error}")
        counts = self._read(
            "SELECT (SELECT count(*) FROM segment), (SELECT count(*) FROM segment_stems)"
        )[0]
        if counts[0] != counts[1]:
            problems.append(f"search index holds {counts[1]} of {counts[0]} segments")
        return problems

    def backup(self, target: Path) -> None:
        """Copy the library."""
        with self._lock, self._translated():
            backup.backup(self._connection, target)


def _forget_transcript(db: sqlite3.Connection, meeting_id: str) -> None:
    db.execute(
        "DELETE FROM segment_stems WHERE rowid IN (SELECT row FROM segment WHERE meeting_id = ?)",
        (meeting_id,),
    )
    for table in ("segment", "turn", "speaker"):
        db.execute(f"DELETE FROM {table} WHERE meeting_id = ?", (meeting_id,))


def _meeting(row: Sequence[Any]) -> Meeting:
    meeting_id, title, started_at, duration, language, status, source, error = row
    return Meeting(
        meeting_id,
        title,
        started_at,
        duration,
        language,
        MeetingStatus(status),
        Source(source),
        error,
    )


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
    )
