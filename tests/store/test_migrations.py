"""The schema: released steps never change, and every released schema can be brought up to date."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.store import connection
from voicerec_desktop.store.library import Library
from voicerec_desktop.store.migrations import STEPS, migrations

RELEASED = sorted((Path(__file__).parent / "schemas").glob("m*.sql"))


NAMES = [step.__name__ for step in STEPS]


def schema(db: sqlite3.Connection) -> str:
    rows = db.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT GLOB '*_sqlite_*'"
        " AND name NOT GLOB 'segment_stems_*' ORDER BY type DESC, name"
    )
    return "".join(f"{' '.join(sql.split())};\n" for (sql,) in rows)


def test_every_step_has_its_golden_schema():
    assert [path.stem for path in RELEASED] == [name.partition("_")[0] for name in NAMES]


@pytest.mark.parametrize("golden", RELEASED, ids=lambda path: path.stem)
def test_a_released_step_never_changes(golden):
    """Mend a released schema with a new step, never in the old one."""
    database = Database(memory=True)
    later = [name for name in NAMES if name.partition("_")[0] > golden.stem]
    migrations().apply(database, stop_before=later[:1])
    assert schema(database.conn) == golden.read_text(encoding="utf-8")
    database.close()


@pytest.mark.parametrize("golden", RELEASED, ids=lambda path: path.stem)
def test_every_released_schema_is_brought_up_to_date(golden, home, tmp_path):
    home.data.mkdir()
    with closing(sqlite3.connect(home.library)) as old:
        old.executescript(golden.read_text(encoding="utf-8"))
        Migrations("library").ensure_migrations_table(Database(old))
        for name in NAMES:
            if name.partition("_")[0] <= golden.stem:
                old.execute(
                    "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
                    " VALUES ('library', ?, '')",
                    (name,),
                )
        old.execute(
            "INSERT INTO meeting (id, title, started_at, duration, language, status, source, error,"
            " pid, pid_started) VALUES ('m', 'T', '2026', 1, 'ru', 'ready', 'file', '', 0, '')"
        )
        old.commit()
    with Library(home.library, home.backups) as library:
        assert [meeting.id for meeting in library.meetings()] == ["m"]
        assert library.check() == []
    with Library(tmp_path / "new.db", home.backups):
        pass
    with (
        closing(sqlite3.connect(home.library)) as mended,
        closing(sqlite3.connect(tmp_path / "new.db")) as new,
    ):
        assert schema(mended) == schema(new)


def test_all_tables_are_strict_and_refuse_wrong_types(library, home):
    with closing(sqlite3.connect(home.library)) as db:
        loose = db.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
            " AND NOT strict AND name NOT GLOB '*sqlite_*'"
        ).fetchall()
        assert loose == []
        with pytest.raises(sqlite3.IntegrityError):
            db.execute("INSERT INTO gap VALUES ('t', 'soon', 1.0, 'paused')")


def m998_colour(db: Database) -> None:
    db.execute("ALTER TABLE meeting ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'")


def m999_fails(db: Database) -> None:
    db.execute("DROP TABLE turn")
    raise sqlite3.OperationalError("as if")


@pytest.fixture
def next_version(monkeypatch):
    """Lets a later version of the program begin, whose migrations may fail."""

    def use(*steps) -> None:
        monkeypatch.setattr(connection, "STEPS", (*STEPS, *steps))

    return use


def columns(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as db:
        return {row[1] for row in db.execute("PRAGMA table_info(meeting)")}


def test_a_migration_leaves_a_backup_of_what_was_before(home, add_meeting, next_version):
    with Library(home.library, home.backups) as library:
        add_meeting(library, "m", "раз")
    assert not home.backups.exists()  # nothing was migrated yet
    next_version(m998_colour)
    with Library(home.library, home.backups) as library:
        assert library.transcript("m").segments[0].text == "раз"
    (copy,) = home.backups.iterdir()
    assert "colour" in columns(home.library)
    assert "colour" not in columns(copy)
    with Library(home.library, home.backups):
        assert list(home.backups.iterdir()) == [copy]  # once


def test_a_migration_that_fails_changes_nothing(home, add_meeting, next_version, monkeypatch):
    with Library(home.library, home.backups) as library:
        add_meeting(library, "m", "раз")
    next_version(m998_colour, m999_fails)
    with pytest.raises(sqlite3.OperationalError, match="as if"):
        Library(home.library, home.backups)
    assert "colour" not in columns(home.library)
    monkeypatch.undo()
    with Library(home.library, home.backups) as library:
        assert len(library.transcript("m").turns) == 1


def test_a_library_of_a_newer_version_is_refused_and_left_alone(
    home, add_meeting, next_version, monkeypatch
):
    next_version(m998_colour)
    with Library(home.library, home.backups):
        pass
    before = home.library.read_bytes()
    monkeypatch.undo()
    with pytest.raises(KnownError) as caught:
        Library(home.library, home.backups)
    assert caught.value.code == ErrorCode.LIBRARY_TOO_NEW
    assert home.library.read_bytes() == before
    assert not home.backups.exists()


def test_a_library_that_is_up_to_date_opens_without_the_tools_for_migrations(library, spawn):
    """They import pandas, which takes longer than everything else that a command does."""
    process = spawn("say([m for m in ('sqlite_utils', 'pandas', 'numpy') if m in sys.modules])")
    assert process.stdout.readline() == "[]\n"
