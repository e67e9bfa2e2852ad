"""What to do when the library is damaged or lost."""

import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from voicerec_desktop.store.backup import backup, is_sound, newest_sound
from voicerec_desktop.store.failures import translated
from voicerec_desktop.store.library import Library
from voicerec_desktop.store.sidecar import restore

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was done.

    Attributes:
        aside: where the damaged library is now, or None.
        backup: the copy that took its place, or None.
        restored: meetings that came back from their sidecars.
    """

    aside: Path | None = None
    backup: Path | None = None
    restored: tuple[str, ...] = ()


def recover(path: Path, backups: Path, meetings: Path) -> Recovery:
    """Put a damaged or lost library right: back to the newest backup, then the sidecars.

    A sound library only gets the meetings that it lacks. Nothing is deleted: what is damaged is
    kept under another name.

    Raises:
        KnownError: as `Library`.
    """
    aside = copy = None
    with translated(path):
        sound = is_sound(path)
        if not sound or _is_empty(path):
            copy = newest_sound(backups)
            if not sound or copy is not None:
                aside = _set_aside(path)
            if copy is not None:
                backup(copy, path)
    with Library(path, backups) as library:
        restored = restore(library, meetings, also_unfinished=copy is not None)
    found = Recovery(aside, copy, tuple(restored))
    log.info("recovered: %s", found)
    return found


def _set_aside(path: Path) -> Path | None:
    """Rename a database with its journal."""
    aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    for suffix in ("", "-wal", "-shm"):
        damaged = path.with_name(path.name + suffix)
        if damaged.exists():
            damaged.replace(aside.with_name(aside.name + suffix))
    return aside if aside.exists() else None


def _is_empty(path: Path) -> bool:
    """Whether a sound database holds nothing: a new one that was made in place of a lost one."""
    with closing(sqlite3.connect(path)) as db:
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
        return not any(
            db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()
            for table in {"meeting", "glossary"} & tables
        )
