"""What `check` finds."""

import sqlite3
from contextlib import closing

import pytest

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.store.library import Library


@pytest.fixture
def filled(home, add_meeting):
    """A closed library of a few hundred pages."""
    with Library(home.library, home.backups) as library:
        for i in range(30):
            add_meeting(library, f"meeting{i:02}", *(f"слово {i} {k} бюджет" for k in range(40)))
        assert library.check() == []
    return home


def run(home, *statements: str) -> None:
    with closing(sqlite3.connect(home.library, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("DELETE FROM meeting WHERE id = 'meeting03'", "dangling row in track"),
        ("INSERT INTO turn VALUES ('gone', 0.0, 1.0, 's')", "dangling row in turn"),
        ("DELETE FROM segment WHERE row = 7", "search index holds 1 deleted segments"),
        ("DELETE FROM segment_stems WHERE rowid = 7", "search index lacks 1 segments"),
        ("DELETE FROM segment_stems_content WHERE id = 7", "search index lacks 1 segments"),
        ("UPDATE segment_stems_content SET c0 = 'другое' WHERE id = 7", "search index: "),
        ("UPDATE segment SET body = x'c1' WHERE row = 7", "unreadable row 7 in segment: "),
        ("UPDATE asr_segment SET body = x'80' WHERE rowid = 7", "unreadable row 7 in asr_segment"),
        (
            "INSERT INTO diarization VALUES ('meeting03-t', x'93')",
            "unreadable row 1 in diarization",
        ),
    ],
)
def test_rows_that_do_not_fit_together_are_found(filled, statement, problem):
    run(filled, statement)
    with Library(filled.library, filled.backups) as library:
        assert [found for found in library.check() if found.startswith(problem)]


def test_a_flipped_byte_on_any_page_of_the_tables_is_found(filled):
    """The byte that tells what kind of page it is; what SQLite never looks at nobody misses."""
    content = filled.library.read_bytes()
    size = int.from_bytes(content[16:18], "big")
    for page in range(1, len(content) // size, 7):
        broken = bytearray(content)
        broken[page * size] ^= 0x40
        filled.library.write_bytes(broken)
        try:
            with Library(filled.library, filled.backups) as library:
                found = library.check()
        except KnownError as error:
            assert error.code == ErrorCode.LIBRARY_CORRUPT  # noqa: PT017 - either way is right
            continue
        assert found, page


@pytest.mark.parametrize("content", ["UPDATE segment SET body = x'c1'", "damaged pages"])
def test_reading_what_is_damaged_is_told_of(filled, content):
    if content.startswith("UPDATE"):
        run(filled, content)
    else:
        pages = bytearray(filled.library.read_bytes())
        pages[4096 * 30 :] = b"\xff" * len(pages[4096 * 30 :])
        filled.library.write_bytes(pages)
    with Library(filled.library, filled.backups) as library, pytest.raises(KnownError) as caught:
        [library.transcript(f"meeting{i:02}") for i in range(30)]
    assert caught.value.code == ErrorCode.LIBRARY_CORRUPT


def test_text_that_is_no_text_is_told_of(filled):
    run(filled, "UPDATE meeting SET title = CAST(x'ff' AS TEXT) WHERE id = 'meeting03'")
    with Library(filled.library, filled.backups) as library, pytest.raises(KnownError) as caught:
        library.meetings()
    assert caught.value.code == ErrorCode.LIBRARY_CORRUPT


@pytest.mark.parametrize("content", [b"not a database, but text " * 1000, b"\xff" * 8192])
def test_a_file_that_is_no_library_is_not_opened_and_not_changed(home, content):
    home.data.mkdir()
    home.library.write_bytes(content)
    with pytest.raises(KnownError) as caught:
        Library(home.library, home.backups)
    assert caught.value.code == ErrorCode.LIBRARY_CORRUPT
    assert home.library.read_bytes() == content


def test_checking_waits_for_no_other_reader_and_changes_nothing(filled, spawn):
    spawn("library.meetings()\nsay(1)\nsys.stdin.read()").stdout.readline()
    with Library(filled.library, filled.backups) as library:
        assert library.check() == []
        assert len(library.search("бюджета", limit=2000)) == 1200
