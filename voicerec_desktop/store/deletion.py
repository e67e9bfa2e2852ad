"""Deleting a meeting for ever: wherever the program has put something of it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.paths import Home
from voicerec_desktop.store.backup import PATTERN, is_sound
from voicerec_desktop.store.failures import translated
from voicerec_desktop.store.library import Library, forget_meeting, write_index_anew


def delete_meeting(library: Library, home: Home, meeting_id: str) -> list[Path]:
    """Delete a meeting from the library, its backups and the disk; the user's own file stays.

    The files go first: a sidecar that outlived its rows would bring the meeting back.

    Returns:
        Files that may still hold words of it: damaged ones, and those that somebody reads now.

    Raises:
        KnownError: MEETING_UNKNOWN, MEETING_BUSY (it is being recorded or transcribed) or what
            the disk says; deleting again goes on where it stopped.
    """
    meeting = library.meeting(meeting_id)
    if library.under_way(meeting.id):
        raise KnownError(ErrorCode.MEETING_BUSY, id=meeting.id)
    with translated(home.library):
        for track in library.tracks(meeting.id):
            decoded = home.decoded(track.id)
            for file in decoded.parent.glob(f"{decoded.name}*"):
                file.unlink(missing_ok=True)
        if home.meeting(meeting.id).exists():
            shutil.rmtree(home.meeting(meeting.id))
        left = [copy for copy in _copies(home) if not _forget(copy, meeting.id)]
        for part in home.backups.glob(f"{PATTERN}.part*"):  # of a backup that was cut short
            part.unlink(missing_ok=True)
    if not library.delete_meeting(meeting.id):
        left.append(home.library.with_name(home.library.name + "-wal"))
    return left


def _copies(home: Home) -> list[Path]:
    aside = home.library.parent.glob(f"{home.library.name}.damaged-*")
    return [*sorted(home.backups.glob(PATTERN)), *sorted(aside)]


def _forget(copy: Path, meeting_id: str) -> bool:
    """Delete a meeting from a copy of the library; False where that cannot be done."""
    if not copy.exists() or copy.name.endswith("-shm"):
        return True  # a journal that was put back when its database was opened; an index of one
    if copy.name.endswith("-wal") or not is_sound(copy):
        return False
    with closing(sqlite3.connect(copy, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys=ON")
        db.execute("PRAGMA secure_delete=ON")
        db.execute("BEGIN IMMEDIATE")
        if db.execute("SELECT 1 FROM meeting WHERE id = ?", (meeting_id,)).fetchone():
            forget_meeting(db, meeting_id)
            write_index_anew(db)
        db.execute("COMMIT")
    return True
