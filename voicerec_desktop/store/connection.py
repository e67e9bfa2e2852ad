"""The connection to the library: opening, migrating, transactions (DESIGN.md 7)."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Self

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.store import backup
from voicerec_desktop.store.failures import Damaged, translated
from voicerec_desktop.store.migrations import STEPS, migrations

BUSY_SECONDS = 5.0
AGAIN = 0.02  # s between two tries


class Connection:
    """One open database; thread-safe, and several processes may have it open.

    Args:
        path: the database, made where there is none.
        backups: takes a copy before each migration.
        busy_seconds: how long to wait for another process that writes.

    Raises:
        KnownError: LIBRARY_CORRUPT, LIBRARY_LOCKED, LIBRARY_TOO_NEW, HOME_READ_ONLY, DISK_FULL.
    """

    def __init__(self, path: Path, backups: Path, busy_seconds: float = BUSY_SECONDS) -> None:
        self._path = path
        self._backups = backups
        self._lock = threading.RLock()
        with translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():
                raise Damaged("a folder")
            unclean = _ended_uncleanly(path)
            self._connection = sqlite3.connect(
                path, timeout=busy_seconds, check_same_thread=False, isolation_level=None
            )
            try:
                self._use_wal(busy_seconds)
                self._prepare(unclean)
            except BaseException:
                self._connection.close()
                raise

    def _use_wal(self, busy_seconds: float) -> None:
        """Change a new database over; SQLite itself does not wait for whoever just does that."""
        deadline = time.monotonic() + busy_seconds
        while True:
            try:
                self._connection.execute("PRAGMA journal_mode=WAL")
                return
            except sqlite3.OperationalError as error:
                busy = error.sqlite_errorname.startswith("SQLITE_BUSY")
                if not busy or time.monotonic() >= deadline:
                    raise
            time.sleep(AGAIN)

    def _prepare(self, unclean: bool) -> None:
        for pragma in (
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "secure_delete=ON",  # what is deleted is overwritten
        ):
            self._connection.execute(f"PRAGMA {pragma}")
        if unclean and self._connection.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise Damaged("quick_check")
        self._migrate()

    def _migrate(self) -> None:
        ours, applied = {step.__name__ for step in STEPS}, self._applied()
        if applied - ours:
            raise KnownError(ErrorCode.LIBRARY_TOO_NEW, path=str(self._path))
        if applied == ours:
            return
        from sqlite_utils import Database

        with self._write():  # whoever opens it at the same time waits and finds nothing to do
            if self._applied() not in (set(), ours):
                backup.backup_into(self._path, self._backups)
            migrations(STEPS).apply(Database(self._connection))

    def _applied(self) -> set[str]:
        """The names of the steps that made this database."""
        table = "_sqlite_migrations"
        if not self._read("SELECT 1 FROM sqlite_master WHERE name = ?", table):
            return set()
        rows = self._read(f"SELECT name FROM {table} WHERE migration_set = 'library'")
        return {row[0] for row in rows}

    def version_of_others(self) -> int:
        """A number that changes when another connection, of any process, has written."""
        return int(self._read("PRAGMA data_version")[0][0])

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        """The library is open already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is written within it is written whole or not at all."""
        with self._write():
            yield

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        """One transaction; within another one, a part of that."""
        with self._lock, translated(self._path):
            if self._connection.in_transaction:
                yield self._connection
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """All reads within it see the same state, whatever other processes write."""
        with self._lock, translated(self._path):
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def _read(self, sql: str, *values: object) -> list[Any]:
        with self._lock, translated(self._path):
            return self._connection.execute(sql, values).fetchall()


def _ended_uncleanly(path: Path) -> bool:
    """Whether a process that is gone left the database open.

    A journal alone does not tell: it is also there while another process has the library open,
    but then nobody gets an exclusive lock.
    """
    if not path.exists() or not path.with_name(path.name + "-wal").exists():
        return False
    with closing(sqlite3.connect(path, timeout=0)) as probe:
        probe.execute("PRAGMA locking_mode=EXCLUSIVE")
        try:
            probe.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname.startswith("SQLITE_BUSY"):
                return False
            raise
    return True
