"""Deleting a meeting leaves nothing of it anywhere but the user's own file."""

import sqlite3
from contextlib import closing

import pytest

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.model import Gap, GapReason, MeetingStatus, Stage, StageState
from voicerec_desktop.store.backup import backup_into
from voicerec_desktop.store.deletion import delete_meeting
from voicerec_desktop.store.library import Library
from voicerec_desktop.store.recovery import recover
from voicerec_desktop.store.sidecar import write_sidecar

WORDS = ("Гиппопотам", "Синхрофазотрон", "Xylophonist")  # title, text, speaker


@pytest.fixture
def secret(home, library, add_meeting, tmp_path):
    """Fills the library with a secret meeting among others; the user's own file of it."""
    recording = tmp_path / "mine.wav"
    recording.write_bytes(b"RIFF")
    for i in range(20):
        add_meeting(library, f"before{i}", *(f"слово {k} бюджет" for k in range(30)))
    add_meeting(
        library,
        "secret",
        *(f"{WORDS[1]} номер {i}" for i in range(200)),
        title=WORDS[0],
        path=str(recording),
    )
    library.rename_speaker("secret-t-s1", WORDS[2])
    library.add_gap(Gap("secret-t", 1.0, 2.0, GapReason.PAUSED))
    run = library.start_stage("secret", Stage.ASR, {"hotwords": [WORDS[2]]})
    library.finish_stage(run, StageState.DONE, 1.0)
    add_meeting(library, "after", "слово бюджет")
    write_sidecar(library, "secret", home.meeting("secret"))
    write_sidecar(library, "after", home.meeting("after"))
    for track in ("secret-t", "after-t"):
        home.decoded(track).parent.mkdir(parents=True, exist_ok=True)
        home.decoded(track).write_bytes(b"sound")
    home.decoded("secret-t").with_suffix(".f32.part").write_bytes(b"sound")
    return recording


def test_no_byte_of_it_stays(home, library, secret, words_in):
    for _ in range(2):
        backup_into(home.library, home.backups)
    (home.backups / "library-1.db.part").write_bytes(WORDS[0].encode())  # of a killed process
    assert all(words_in(home.data, word) for word in WORDS)  # else this test proves nothing

    assert delete_meeting(library, home, "secret") == []
    assert [words_in(home.data, word) for word in WORDS] == [[], [], []]
    library.close()
    assert [words_in(home.data, word) for word in WORDS] == [[], [], []]
    assert sorted(home.cache.rglob("*.f32*")) == [home.decoded("after-t")]
    assert [folder.name for folder in home.meetings.iterdir()] == ["after"]
    assert secret.read_bytes() == b"RIFF"


def test_the_other_meetings_and_the_backups_stay_whole(home, library, secret):
    backup_into(home.library, home.backups)
    delete_meeting(library, home, "secret")
    (copy,) = home.backups.iterdir()
    with Library(copy, home.backups / "none") as backup:
        for one in (library, backup):
            assert one.check() == []
            assert len(one.meetings()) == 21
            assert [s.text for s in one.transcript("after").segments] == ["слово бюджет"]
            assert len(one.search("бюджет", limit=1000)) == 601
            assert one.search(WORDS[1]) == []


def test_it_does_not_come_back_from_a_backup_or_its_sidecar(home, library, secret):
    backup_into(home.library, home.backups)
    delete_meeting(library, home, "secret")
    library.close()
    home.library.write_bytes(b"damaged" * 1000)
    recover(home.library, home.backups, home.meetings)
    with Library(home.library, home.backups) as recovered:
        assert len(recovered.meetings()) == 21
        with pytest.raises(KnownError):
            recovered.meeting("secret")


def test_what_cannot_be_cleaned_is_named(home, library, secret):
    """A damaged backup cannot be trusted to forget; it is the user's to throw away."""
    copy = backup_into(home.library, home.backups)
    content = bytearray(copy.read_bytes())
    content[5 * 4096 : 6 * 4096] = b"\xff" * 4096
    copy.write_bytes(content)
    aside = home.library.with_name("library.db.damaged-20260101T000000")
    aside.write_bytes(b"not a database" * 1000)
    assert delete_meeting(library, home, "secret") == [copy, aside]
    assert copy.read_bytes() == content
    assert aside.exists()


def test_a_reader_of_an_older_state_keeps_the_journal_and_we_say_so(home, add_meeting, words_in):
    with Library(home.library, home.backups, busy_seconds=0.05) as library:
        with closing(sqlite3.connect(home.library, isolation_level=None)) as reader:
            add_meeting(library, "m", WORDS[1])
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM meeting").fetchall()
            journal = home.library.with_name("library.db-wal")
            assert delete_meeting(library, home, "m") == [journal]
        assert library.meetings() == []
    assert words_in(home.data, WORDS[1]) == []  # with the last one who has it open, it is gone


def test_a_meeting_that_is_worked_on_is_not_deleted(home, library, secret):
    library.update_meeting("secret", status=MeetingStatus.PROCESSING)
    with pytest.raises(KnownError) as caught:
        delete_meeting(library, home, "secret")
    assert caught.value.code == ErrorCode.MEETING_BUSY
    assert len(library.transcript("secret").segments) == 200
    assert home.decoded("secret-t").exists()
    assert home.meeting("secret").exists()


def test_a_delete_that_the_disk_refused_goes_on_when_it_is_tried_again(
    home, library, secret, mounted, words_in
):
    """The sidecar's folder cannot be emptied: the rows stay, so that the meeting can be found."""
    with mounted(home.meetings, "size=1m"):
        write_sidecar(library, "secret", home.meeting("secret"))
        mounted.read_only(home.meetings)
        with pytest.raises(KnownError) as caught:
            delete_meeting(library, home, "secret")
        assert caught.value.code == ErrorCode.HOME_READ_ONLY
    assert library.meeting("secret").title == WORDS[0]
    assert delete_meeting(library, home, "secret") == []
    assert words_in(home.data, WORDS[1]) == []
