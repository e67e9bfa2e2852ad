"""A damaged or lost library comes back from its newest backup and from the sidecars."""

import shutil

import pytest

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.model import (
    Diarization,
    Gap,
    GapReason,
    Mark,
    MeetingStatus,
    Speaker,
    SpeakerTurn,
    Stage,
    StageState,
)
from voicerec_desktop.store.backup import backup_into
from voicerec_desktop.store.library import Library
from voicerec_desktop.store.recovery import Recovery, recover
from voicerec_desktop.store.sidecar import NAME, restore, write_sidecar


@pytest.fixture
def kept(home, add_meeting):
    """A closed library of three meetings: one in the backup, two in sidecars, all in it."""
    with Library(home.library, home.backups) as library:
        add_meeting(library, "old", "старое")
        backup_into(home.library, home.backups)
        add_meeting(library, "new", *["новое"] * 50)
        for meeting in ("old", "new"):
            write_sidecar(library, meeting, home.meeting(meeting))
        add_meeting(library, "nowhere", "нигде")
    return home


def titles(home) -> set[str]:
    with Library(home.library, home.backups) as library:
        assert library.check() == []
        return {meeting.id for meeting in library.meetings()}


def header(content: bytes) -> bytes:
    return b"\x00" * 100 + content[100:]


def middle(content: bytes) -> bytes:
    return content[: 4096 * 4] + b"\xff" * 4096 * 8 + content[4096 * 12 :]


def cut(content: bytes) -> bytes:
    return content[:10_000]


@pytest.mark.parametrize("damage", [header, middle, cut])
@pytest.mark.parametrize("with_backup", [True, False])
def test_a_damaged_library_comes_back_and_is_kept_aside(kept, damage, with_backup):
    if not with_backup:
        shutil.rmtree(kept.backups)
    damaged = damage(kept.library.read_bytes())
    kept.library.write_bytes(damaged)
    done = recover(kept.library, kept.backups, kept.meetings)
    assert titles(kept) == {"old", "new"}
    assert done.restored == (("new",) if with_backup else ("new", "old"))
    assert (done.backup is not None) == with_backup
    assert done.aside.read_bytes() == damaged
    if with_backup:
        assert done.backup.exists()


@pytest.mark.parametrize("state", ["missing", "zero bytes", "new and empty"])
def test_a_lost_library_comes_back(kept, state):
    kept.library.unlink()
    if state == "zero bytes":
        kept.library.touch()
    elif state == "new and empty":  # as any command makes it where there is none
        Library(kept.library, kept.backups).close()
    done = recover(kept.library, kept.backups, kept.meetings)
    assert done.backup is not None
    assert titles(kept) == {"old", "new"}


def test_a_folder_in_its_place_is_moved_aside(kept):
    kept.library.unlink()
    kept.library.mkdir()
    (kept.library / "mine.txt").write_text("mine")
    with pytest.raises(KnownError) as caught:
        Library(kept.library, kept.backups)
    assert caught.value.code == ErrorCode.LIBRARY_CORRUPT
    done = recover(kept.library, kept.backups, kept.meetings)
    assert (done.aside / "mine.txt").read_text() == "mine"
    assert titles(kept) == {"old", "new"}


def test_damaged_backups_are_passed_over(kept):
    (sound,) = kept.backups.iterdir()
    newer = kept.backups / "library-99990101T000000000000.db"
    newer.write_bytes(middle(sound.read_bytes()))
    kept.library.write_bytes(b"x" * 9000)
    assert recover(kept.library, kept.backups, kept.meetings).backup == sound
    assert newer.exists()


def test_a_sound_library_keeps_what_it_has_and_gets_what_it_lacks(kept):
    with Library(kept.library, kept.backups) as library:
        library.update_meeting("new", title="Переименована")
        library.forget_meeting("old")
    done = recover(kept.library, kept.backups, kept.meetings)
    assert done == Recovery(None, None, ("old",))
    assert titles(kept) == {"old", "new", "nowhere"}
    with Library(kept.library, kept.backups) as library:
        assert library.meeting("new").title == "Переименована"
    assert recover(kept.library, kept.backups, kept.meetings) == Recovery()


def test_nothing_to_recover_from_gives_an_empty_library(home):
    assert recover(home.library, home.backups, home.meetings) == Recovery()
    assert titles(home) == set()


def test_a_second_damage_does_not_overwrite_what_was_kept_of_the_first(kept):
    kept.library.write_bytes(b"first" * 999)
    first = recover(kept.library, kept.backups, kept.meetings)
    kept.library.write_bytes(b"second" * 999)
    second = recover(kept.library, kept.backups, kept.meetings)
    assert first.aside.read_bytes() == b"first" * 999
    assert second.aside.read_bytes() == b"second" * 999


def test_a_meeting_that_the_backup_knows_unfinished_comes_back_finished(home, add_meeting):
    with Library(home.library, home.backups) as library:
        add_meeting(library, "m", status=MeetingStatus.PROCESSING)
        backup_into(home.library, home.backups)
        library.forget_meeting("m")
        add_meeting(library, "m", "готово")
        write_sidecar(library, "m", home.meeting("m"))
    home.library.write_bytes(b"x" * 9000)
    assert recover(home.library, home.backups, home.meetings).restored == ("m",)
    with Library(home.library, home.backups) as library:
        assert [segment.text for segment in library.transcript("m").segments] == ["готово"]


def test_a_sidecar_brings_back_everything(home, add_meeting):
    with Library(home.library, home.backups) as library:
        add_meeting(library, "m", "Бюджет", "Отчёт ёлка 😀", title="Планёрка / «март»")
        library.set_peaks("m-t", bytes(range(256)))
        library.add_gap(Gap("m-t", 3.0, 2.5, GapReason.DEVICE_LOST))
        library.add_mark("m", Mark("m-k", 4.5, "решили"))
        turns = (SpeakerTurn(0.0, 9.0, "x"), SpeakerTurn(8.0, 12.0, "y"))
        voice = Speaker("x", 1, embedding=(0.1, -0.2, 1e-9))
        library.replace_diarization("m-t", Diarization(turns, turns[:1], (voice,)))
        library.rename_speaker("m-t-s2", "Анна")
        run = library.start_stage("m", Stage.ASR, {"model": "whisper-base", "hotwords": ["RUMA"]})
        library.finish_stage(run, StageState.DONE, 1.25)
        before = everything(library)
        write_sidecar(library, "m", home.meeting("m"))
    home.library.unlink()
    with Library(home.library, home.backups) as library:
        assert restore(library, home.meetings) == ["m"]
        assert everything(library) == before
        assert len(library.search("бюджета")) == 1
        assert restore(library, home.meetings) == []


def everything(library: Library) -> tuple:
    return (
        library.transcript("m"),
        library.asr_segments("m-t"),
        library.diarization("m-t"),
        library.gaps("m-t"),
        library.peaks("m-t"),
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"version": 1', '"version": 2'),  # of a later program
        ('"id": "new"', '"id": "../old"'),  # of another meeting: deleting would hit its folder
        ('"new-t": [', '"gone-t": ['),  # words of a track that there is not
        ('"id": "new-3"', '"id": "new-4"'),  # twice the same segment
        ('"status": "ready"', '"status": "strange"'),
        ("}", ""),  # not JSON
    ],
)
def test_a_sidecar_that_is_not_right_is_passed_over_whole(kept, caplog, old, new):
    kept.library.unlink()
    shutil.rmtree(kept.backups)
    sidecar = kept.meeting("new") / NAME
    text = sidecar.read_text(encoding="utf-8")
    assert old in text
    sidecar.write_text(text.replace(old, new), encoding="utf-8")
    assert recover(kept.library, kept.backups, kept.meetings).restored == ("old",)
    assert titles(kept) == {"old"}
    assert str(sidecar) in caplog.text


def test_a_sidecar_is_written_whole_or_the_old_one_stays(home, library, add_meeting, mounted):
    add_meeting(library, "m", "слово " * 2000)
    with mounted(home.meetings, "size=200k"):
        sidecar = write_sidecar(library, "m", home.meeting("m"))
        before = sidecar.read_bytes()
        (home.meetings / "filler").write_bytes(b"x" * (200 * 1024 - len(before) - 20_000))
        with pytest.raises(KnownError) as caught:
            write_sidecar(library, "m", home.meeting("m"))
        assert caught.value.code == ErrorCode.DISK_FULL
        assert list(home.meeting("m").iterdir()) == [sidecar]
        assert sidecar.read_bytes() == before
        mounted.read_only(home.meetings)
        with pytest.raises(KnownError) as caught:
            write_sidecar(library, "m", home.meeting("m"))
        assert caught.value.code == ErrorCode.HOME_READ_ONLY
        assert sidecar.read_bytes() == before
