"""Copies of the library."""

import sqlite3
from contextlib import closing

import pytest

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.store.backup import KEEP, backup_into, is_sound, newest_sound
from voicerec_desktop.store.library import Library

APPEND = """
import itertools
for i in itertools.count():
    library.append_asr("m-t", [Segment(f"s{i}", float(i), i + 1.0, f"слово {i} " * 20)])
    say(i)
"""


def test_a_backup_is_a_library_of_its_own_in_one_file(library, add_meeting, tmp_path):
    add_meeting(library, "m", "Бюджет", "Отчёт")
    target = tmp_path / "копии 💾" / "за март.db"
    assert library.backup(target) == target
    assert list(target.parent.iterdir()) == [target]
    with closing(sqlite3.connect(f"{target.as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    with Library(target, tmp_path / "none") as copy:
        assert copy.transcript("m") == library.transcript("m")
        assert len(copy.search("бюджета")) == 1
        assert copy.check() == []


def test_a_backup_of_a_library_that_another_process_writes_is_sound(
    library, add_meeting, spawn, tmp_path
):
    add_meeting(library, "m")
    process = spawn(APPEND)
    for number in range(5):
        for _ in range(20):
            acknowledged = int(process.stdout.readline())
        with Library(library.backup(tmp_path / f"{number}.db"), tmp_path / "none") as copy:
            assert copy.check() == []
            said = [segment.id for segment in copy.asr_segments("m-t")]
            assert said == [f"s{i}" for i in range(len(said))]
            assert len(said) > acknowledged


def test_a_folder_gets_a_file_named_by_the_time(library, tmp_path):
    copies = [library.backup(tmp_path) for _ in range(2)]
    assert sorted(tmp_path.glob("*.db")) == copies  # in order
    assert all(is_sound(copy) for copy in copies)


@pytest.mark.parametrize("name", ["library.db", "notes.txt", "notes.txt/copy.db"])
def test_a_backup_overwrites_nothing(library, home, add_meeting, name):
    add_meeting(library, "m", "раз")
    notes = home.data / "notes.txt"
    notes.write_text("mine")
    with pytest.raises(KnownError) as caught:
        library.backup(home.data / name)
    assert caught.value.code == ErrorCode.OUTPUT_FAILED
    assert caught.value.params["path"] == str(home.data / name)
    assert notes.read_text() == "mine"
    assert library.check() == []
    assert not list(home.data.rglob("*.part"))


def test_a_backup_onto_a_read_only_or_full_disk_is_told_of(library, add_meeting, tmp_path, mounted):
    add_meeting(library, "m", *["слово " * 1000] * 50)
    disk = tmp_path / "stick"
    with mounted(disk, "size=64k"):
        with pytest.raises(KnownError) as caught:
            library.backup(disk / "copy.db")
        assert caught.value.code == ErrorCode.DISK_FULL
        assert list(disk.iterdir()) == []
        mounted.read_only(disk)
        with pytest.raises(KnownError) as caught:
            library.backup(disk / "copy.db")
        assert caught.value.code == ErrorCode.OUTPUT_FAILED


def test_only_the_newest_are_kept(library, home):
    mine = home.backups / "mine.db"
    mine.parent.mkdir()
    mine.write_text("not ours")
    made = [backup_into(home.library, home.backups) for _ in range(KEEP + 3)]
    assert sorted(home.backups.iterdir()) == [*made[-KEEP:], mine]


def test_the_newest_sound_one_is_found(library, home):
    made = [backup_into(home.library, home.backups) for _ in range(3)]
    made[2].write_bytes(b"\x00" * 5000)
    made[1].write_bytes(made[1].read_bytes()[:5000])
    assert newest_sound(home.backups) == made[0]
    assert newest_sound(home.data / "none") is None


def test_a_busy_library_is_not_called_damaged(home, add_meeting, monkeypatch):
    """Else restoring would move a healthy library aside."""
    with Library(home.library, home.backups) as library:
        add_meeting(library, "m", "раз")
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **o: connect(path, timeout=0.05, **o))
    with closing(connect(home.library, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(KnownError) as caught:
            is_sound(home.library)
    assert caught.value.code == ErrorCode.LIBRARY_LOCKED
    assert is_sound(home.library)
