"""The library: meetings and everything known of them, in SQLite (DESIGN.md 7)."""

import sqlite3
from pathlib import Path
from typing import Any

import msgspec

from voicerec_desktop.core.editing import Edit
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.minutes import Minutes
from voicerec_desktop.core.model import Diarization, Segment
from voicerec_desktop.store import backup
from voicerec_desktop.store.edits import Edits
from voicerec_desktop.store.failures import damaged
from voicerec_desktop.store.glossary_terms import GlossaryTerms
from voicerec_desktop.store.jobs import Jobs
from voicerec_desktop.store.search_index import SearchIndex
from voicerec_desktop.store.transcripts import forget_transcript

_BODIES: dict[str, type] = {
    "asr_segment": Segment,
    "segment": Segment,
    "diarization": Diarization,
    "edit": Edit,
    "minutes": Minutes,
}


class Library(Edits, Jobs, SearchIndex, GlossaryTerms):
    """One open library; thread-safe, and several processes may have it open.

    Args:
        path: the database, made where there is none.
        backups: takes a copy before each migration.
        busy_seconds: how long to wait for another process that writes.

    Raises:
        KnownError: LIBRARY_CORRUPT, LIBRARY_LOCKED, LIBRARY_TOO_NEW, HOME_READ_ONLY, DISK_FULL.
    """

    def delete_meeting(self, meeting_id: str) -> bool:
        """Delete all rows of a meeting so that nothing of it stays in the file.

        Returns:
            False if another process reads an older state, which stays in the journal until it ends.
        """
        with self._write() as db:
            forget_meeting(db, meeting_id)
            write_index_anew(db)
        (row,) = self._read("PRAGMA wal_checkpoint(TRUNCATE)")
        return bool(row[0] == 0)

    def forget_meeting(self, meeting_id: str) -> None:
        """Delete all rows of a meeting; deleted words may stay in unused parts of the file."""
        with self._write() as db:
            forget_meeting(db, meeting_id)

    def check(self) -> list[str]:
        """What is wrong with the library; an empty list means that it is sound."""
        try:
            with self._snapshot():
                problems = [r[0] for r in self._read("PRAGMA integrity_check") if r[0] != "ok"]
                rows = self._read("PRAGMA foreign_key_check")
                problems += [f"dangling row in {name}" for name in sorted({r[0] for r in rows})]
                problems += self._unreadable_bodies()
                problems += self._index_out_of_step()
            return problems + self._index_damage()
        except KnownError as error:
            if error.code != ErrorCode.LIBRARY_CORRUPT:
                raise
            return [error.detail]

    def _unreadable_bodies(self) -> list[str]:
        problems = []
        for table, kind in _BODIES.items():
            decoder: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder(kind)
            for rowid, body in self._connection.execute(f"SELECT rowid, body FROM {table}"):
                try:
                    decoder.decode(body)
                except msgspec.MsgspecError as error:
                    problems.append(f"unreadable row {rowid} in {table}: {error}")
        return problems

    def _index_out_of_step(self) -> list[str]:
        lacking, extra = self._read(
            "SELECT (SELECT count(*) FROM segment"
            " WHERE row NOT IN (SELECT rowid FROM segment_stems)),"
            " (SELECT count(*) FROM segment_stems WHERE rowid NOT IN (SELECT row FROM segment))"
        )[0]
        problems = [f"search index lacks {lacking} segments"] if lacking else []
        return problems + ([f"search index holds {extra} deleted segments"] if extra else [])

    def _index_damage(self) -> list[str]:
        with self._write() as db:
            try:
                db.execute("INSERT INTO segment_stems(segment_stems) VALUES ('integrity-check')")
            except sqlite3.DatabaseError as error:
                if not damaged(error):
                    raise
                return [f"search index: {error}"]
        return []

    def backup(self, target: Path) -> Path:
        """Copy the library to a new file or into a folder, also while it is in use; the copy.

        Raises:
            KnownError: OUTPUT_FAILED (also where there is such a file already), DISK_FULL.
        """
        return backup.backup(self._path, target)


def forget_meeting(db: sqlite3.Connection, meeting_id: str) -> None:
    """Delete all rows of a meeting."""
    forget_transcript(db, meeting_id)
    db.execute("DELETE FROM meeting WHERE id = ?", (meeting_id,))


def write_index_anew(db: sqlite3.Connection) -> None:
    """Leave no deleted words in the search index, which else only marks them as deleted."""
    db.execute("INSERT INTO segment_stems(segment_stems) VALUES ('optimize')")
