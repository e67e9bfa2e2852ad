"""The library's schema, step by step. Append only: a step that was released never changes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations


def m001_library(db: "Database") -> None:
    """Meetings, what the engines said of them, and what the user sees."""
    for statement in (
        """CREATE TABLE meeting (
            id TEXT PRIMARY KEY, title TEXT NOT NULL, started_at TEXT NOT NULL,
            duration REAL NOT NULL, language TEXT NOT NULL, status TEXT NOT NULL,
            source TEXT NOT NULL, error TEXT NOT NULL,
            pid INTEGER NOT NULL, pid_started TEXT NOT NULL) STRICT""",
        """CREATE TABLE track (
            id TEXT PRIMARY KEY, meeting_id TEXT NOT NULL REFERENCES meeting ON DELETE CASCADE,
            kind TEXT NOT NULL, path TEXT NOT NULL, sample_rate INTEGER NOT NULL,
            channels INTEGER NOT NULL, frames INTEGER NOT NULL, sha256 TEXT NOT NULL,
            warning TEXT NOT NULL, channel INTEGER NOT NULL,
            peaks BLOB NOT NULL DEFAULT x'') STRICT""",
        """CREATE TABLE gap (
            track_id TEXT NOT NULL REFERENCES track ON DELETE CASCADE, start REAL NOT NULL,
            duration REAL NOT NULL, reason TEXT NOT NULL) STRICT""",
        """CREATE TABLE asr_segment (
            track_id TEXT NOT NULL REFERENCES track ON DELETE CASCADE, start REAL NOT NULL,
            body BLOB NOT NULL) STRICT""",
        """CREATE TABLE diarization (
            track_id TEXT PRIMARY KEY REFERENCES track ON DELETE CASCADE,
            body BLOB NOT NULL) STRICT""",
        """CREATE TABLE speaker (
            id TEXT PRIMARY KEY, meeting_id TEXT NOT NULL REFERENCES meeting ON DELETE CASCADE,
            number INTEGER NOT NULL, name TEXT, colour INTEGER NOT NULL,
            embedding BLOB NOT NULL) STRICT""",
        """CREATE TABLE segment (
            row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
            meeting_id TEXT NOT NULL REFERENCES meeting ON DELETE CASCADE,
            start REAL NOT NULL, body BLOB NOT NULL) STRICT""",
        """CREATE TABLE turn (
            meeting_id TEXT NOT NULL REFERENCES meeting ON DELETE CASCADE, start REAL NOT NULL,
            "end" REAL NOT NULL, speaker_id TEXT NOT NULL) STRICT""",
        """CREATE TABLE stage_run (
            id INTEGER PRIMARY KEY, meeting_id TEXT NOT NULL REFERENCES meeting ON DELETE CASCADE,
            stage TEXT NOT NULL, state TEXT NOT NULL, options TEXT NOT NULL, seconds REAL NOT NULL,
            error TEXT NOT NULL) STRICT""",
        """CREATE TABLE glossary (
            term TEXT NOT NULL, variants TEXT NOT NULL, stem INTEGER NOT NULL) STRICT""",
        """CREATE VIRTUAL TABLE segment_stems USING fts5(
            stems, tokenize='unicode61 remove_diacritics 0', prefix='3', detail=full)""",
        "CREATE INDEX track_meeting ON track (meeting_id)",
        "CREATE INDEX gap_track ON gap (track_id)",
        "CREATE INDEX asr_segment_track ON asr_segment (track_id, start)",
        "CREATE INDEX speaker_meeting ON speaker (meeting_id)",
        "CREATE INDEX segment_meeting ON segment (meeting_id, start)",
        "CREATE INDEX turn_meeting ON turn (meeting_id, start)",
        "CREATE INDEX stage_run_meeting ON stage_run (meeting_id, stage)",
    ):
        db.execute(statement)


def m002_edits_and_jobs(db: "Database") -> None:
    """What users did to transcripts, and which meetings wait for the engines."""
    for statement in (
        """CREATE TABLE edit (
            id INTEGER PRIMARY KEY, meeting_id TEXT NOT NULL REFERENCES meeting ON DELETE CASCADE,
            at TEXT NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL,
            undone INTEGER NOT NULL) STRICT""",
        """CREATE TABLE job (
            meeting_id TEXT PRIMARY KEY REFERENCES meeting ON DELETE CASCADE,
            position REAL NOT NULL, options TEXT NOT NULL, held INTEGER NOT NULL) STRICT""",
        """CREATE TABLE sidecar_due (
            meeting_id TEXT PRIMARY KEY REFERENCES meeting ON DELETE CASCADE,
            version INTEGER NOT NULL) STRICT""",
        "ALTER TABLE meeting ADD COLUMN options TEXT NOT NULL DEFAULT ''",
        "CREATE INDEX edit_meeting ON edit (meeting_id, undone, id)",
    ):
        db.execute(statement)


def m003_recordings(db: "Database") -> None:
    """How fast the clocks of recorded tracks went, and what the user marked."""
    for statement in (
        "ALTER TABLE track ADD COLUMN clock_rate REAL NOT NULL DEFAULT 0",
        """CREATE TABLE mark (
            id TEXT PRIMARY KEY, meeting_id TEXT NOT NULL REFERENCES meeting ON DELETE CASCADE,
            at REAL NOT NULL, note TEXT NOT NULL) STRICT""",
        "CREATE INDEX mark_meeting ON mark (meeting_id, at)",
    ):
        db.execute(statement)


def m004_minutes(db: "Database") -> None:
    """Versions of minutes, what the LLM found in each block, and what was sent to it."""
    for statement in (
        """CREATE TABLE minutes (
            id TEXT PRIMARY KEY, meeting_id TEXT NOT NULL REFERENCES meeting ON DELETE CASCADE,
            body BLOB NOT NULL) STRICT""",
        """CREATE TABLE minutes_block (
            meeting_id TEXT NOT NULL REFERENCES meeting ON DELETE CASCADE, key TEXT NOT NULL,
            body BLOB NOT NULL, PRIMARY KEY (meeting_id, key)) STRICT""",
        """CREATE TABLE llm_request (
            id INTEGER PRIMARY KEY, at TEXT NOT NULL, host TEXT NOT NULL, size INTEGER NOT NULL,
            purpose TEXT NOT NULL,
            meeting_id TEXT REFERENCES meeting ON DELETE SET NULL) STRICT""",
        "CREATE INDEX minutes_meeting ON minutes (meeting_id, id)",
        "CREATE INDEX llm_request_meeting ON llm_request (meeting_id)",
    ):
        db.execute(statement)


STEPS: tuple[Callable[["Database"], None], ...] = (
    m001_library,
    m002_edits_and_jobs,
    m003_recordings,
    m004_minutes,
)


def migrations(steps: tuple[Callable[["Database"], None], ...] = STEPS) -> "Migrations":
    """The steps for sqlite-utils; imported only here, for it imports pandas where there is one."""
    from sqlite_utils import Migrations

    made = Migrations("library")
    for step in steps:
        made()(step)
    return made
