"""Copies of the library, and what to do when it is damaged."""

import logging
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from voicerec_desktop.core.errors import KnownError

KEEP = 7
log = logging.getLogger(__name__)


def backup(source: sqlite3.Connection, target: Path) -> None:
    """Copy a database, also while it is in use; the target appears only when whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as copy:
        source.backup(copy)
    part.replace(target)


def backup_into(source: sqlite3.Connection, folder: Path) -> Path:
    """A copy under a name that sorts by time; the oldest beyond `KEEP` are removed."""
    target = folder / f"library-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.db"
    backup(source, target)
    for old in sorted(folder.glob("library-*.db"))[:-KEEP]:
        old.unlink(missing_ok=True)
    return target


def is_sound(path: Path) -> bool:
    """Whether a database opens and passes SQLite's quick check."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            return bool(db.execute("PRAGMA quick_check").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False


def newest_sound(folder: Path) -> Path | None:
    """The newest backup that is sound."""
    return next((p for p in sorted(folder.glob("library-*.db"), reverse=True) if is_sound(p)), None)


def recover(path: Path, backups: Path, meetings: Path) -> Path | None:
    """Put a damaged library right: aside with it, back to the newest backup, then the sidecars.

    A sound library only gets the meetings that it lacks. Nothing is deleted.

    Returns:
        Where the damaged file is now, or None.
    """
    from voicerec_desktop.store.library import Library
    from voicerec_desktop.store.sidecar import restore

    aside = None
    if path.exists() and not is_sound(path):
        stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
        for suffix in ("", "-wal", "-shm"):
            damaged = path.with_name(path.name + suffix)
            if damaged.exists():
                damaged.replace(path.with_name(f"{path.name}.damaged-{stamp}{suffix}"))
        aside = path.with_name(f"{path.name}.damaged-{stamp}")
        if (copy := newest_sound(backups)) is not None:
            with closing(sqlite3.connect(copy)) as source:
                backup(source, path)
    with Library(path, backups) as library:
        try:
            restored = restore(library, meetings)
        except KnownError as error:
            log.warning("sidecars: %s", error)
            raise
    log.info("restored %s", restored)
    return aside
