"""Copies of the library."""

import errno
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.store.failures import Damaged, damaged, translated

KEEP = 7
PATTERN = "library-*.db"


def backup(path: Path, target: Path) -> Path:
    """Copy a database, also while it is in use; the copy appears only when whole.

    Args:
        path: the database.
        target: a file that is not there yet, or a folder that gets one named by the time.

    Raises:
        KnownError: OUTPUT_FAILED, DISK_FULL for the target; LIBRARY_CORRUPT, LIBRARY_LOCKED.
    """
    if target.is_dir():
        target = target / _name()
    part = target.with_name(target.name + ".part")
    with translated(path), closing(sqlite3.connect(path)) as source:
        try:
            _copy(source, target, part)
        except (OSError, sqlite3.Error) as error:
            if isinstance(error, sqlite3.Error) and damaged(error):
                raise
            raise KnownError(_target_code(error), str(error), path=str(target)) from error
        finally:
            _remove(part)
    return target


def _copy(source: sqlite3.Connection, target: Path, part: Path) -> None:
    if target.exists():
        raise FileExistsError(errno.EEXIST, "exists", str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    _remove(part)
    with closing(sqlite3.connect(part)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, readable on a read-only disk
    part.replace(target)


def _target_code(error: OSError | sqlite3.Error) -> ErrorCode:
    full = "SQLITE_FULL" in getattr(error, "sqlite_errorname", "")
    if isinstance(error, OSError):
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return ErrorCode.DISK_FULL if full else ErrorCode.OUTPUT_FAILED


def _remove(part: Path) -> None:
    try:
        for file in (part, part.with_name(part.name + "-journal")):
            file.unlink(missing_ok=True)
    except OSError:  # there is no such folder, or it cannot be written: nor is there a part in it
        return


def backup_into(path: Path, folder: Path) -> Path:
    """A copy under a name that sorts by time; the oldest beyond `KEEP` are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    target = backup(path, folder / _name())
    for old in sorted(folder.glob(PATTERN))[:-KEEP]:
        old.unlink(missing_ok=True)
    return target


def _name() -> str:
    return f"library-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.db"


def is_sound(path: Path) -> bool:
    """Whether a database is there, opens and passes SQLite's quick check.

    Raises:
        KnownError: LIBRARY_LOCKED, HOME_READ_ONLY: nobody can tell.
    """
    if not path.is_file():
        return False
    try:
        with translated(path), closing(sqlite3.connect(path)) as db:
            if db.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise Damaged("quick_check")
            return True
    except KnownError as error:
        if error.code == ErrorCode.LIBRARY_CORRUPT:
            return False
        raise


def newest_sound(folder: Path) -> Path | None:
    """The newest backup that is sound."""
    return next((p for p in sorted(folder.glob(PATTERN), reverse=True) if is_sound(p)), None)
