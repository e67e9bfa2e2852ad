"""What SQLite and the disk say, in the library's own errors."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from voicerec_desktop.core.errors import ErrorCode, KnownError

LEAST_FREE = 2**16  # bytes; SQLite reports a full disk in several ways
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_UNREADABLE_TEXT = "Could not decode to UTF-8"  # the only error that has no name


class Damaged(sqlite3.DatabaseError):
    """A check found damage."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Errors of the database at `path` as `KnownError`: the one door."""
    try:
        yield
    except sqlite3.Error as error:
        if (code := _code(error, path)) is None:
            raise
        raise _known(code, error, path) from error
    except msgspec.MsgspecError as error:
        raise _known(ErrorCode.LIBRARY_CORRUPT, error, path) from error
    except OSError as error:
        raise _known(_disk_code(error), error, path) from error


def damaged(error: sqlite3.Error) -> bool:
    """Whether an error tells of a damaged file, not of one that is busy or out of reach."""
    name = getattr(error, "sqlite_errorname", None) or ""
    unreadable = isinstance(error, Damaged) or _UNREADABLE_TEXT in str(error)
    return unreadable or name.startswith(_DAMAGED)


def _code(error: sqlite3.Error, path: Path) -> ErrorCode | None:
    name = getattr(error, "sqlite_errorname", None) or ""
    if damaged(error):
        return ErrorCode.LIBRARY_CORRUPT
    if name.startswith("SQLITE_FULL"):
        return ErrorCode.DISK_FULL
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return ErrorCode.LIBRARY_LOCKED
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR")) and _is_full(path.parent):
        return ErrorCode.DISK_FULL
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR")):
        return ErrorCode.HOME_READ_ONLY
    return None


def _disk_code(error: OSError) -> ErrorCode:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return ErrorCode.DISK_FULL if full else ErrorCode.HOME_READ_ONLY


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < LEAST_FREE
    except OSError:
        return False


def _known(code: ErrorCode, error: Exception, path: Path) -> KnownError:
    where = path.parent if code in (ErrorCode.DISK_FULL, ErrorCode.HOME_READ_ONLY) else path
    return KnownError(code, str(error), path=str(where))
