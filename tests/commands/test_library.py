"""`voicerec library`: what a user or a script gets to see."""

import json
import os
import sqlite3
import sys
import time
from contextlib import closing

import pytest

from voicerec_desktop.core.model import (
    Meeting,
    MeetingStatus,
    Segment,
    Speaker,
    SpeakerTurn,
    Stage,
    StageState,
    Track,
    TrackKind,
)
from voicerec_desktop.store.backup import backup_into
from voicerec_desktop.store.library import Library
from voicerec_desktop.store.sidecar import write_sidecar

FIRST, SECOND = "01jqaaaaaaaaaaaaaaaaaaaaaa", "01jqbbbbbbbbbbbbbbbbbbbbbb"


@pytest.fixture
def library(voicerec):
    """Runs `voicerec library`: exit code, stdout, stderr."""

    def run(*arguments: object, **environment: str) -> tuple[int, str, str]:
        done = voicerec("library", *arguments, **{"TZ": "UTC", **environment})
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.fixture
def filled(home, tmp_path):
    """A home with two meetings: one by two speakers, a newer one that waits."""
    sound = tmp_path / "mine.wav"
    sound.write_bytes(b"RIFF")
    with Library(home.library, home.backups) as store:
        track = Track("t", FIRST, TrackKind.FILE, str(sound))
        store.add_meeting(
            Meeting(
                FIRST, "Планёрка: март/2", "2026-03-02T09:30:00+00:00", 3723.0, "ru",
                MeetingStatus.READY,
            ),
            [track],
        )  # fmt: skip
        store.replace_segments(
            FIRST,
            [Speaker("s1", 1, "Анна"), Speaker("s2", 2)],
            [
                Segment("a", 1.0, 5.0, "Утвердили бюджет.", (), "s1", "t"),
                Segment("b", 65.0, 70.0, "О бюджете поговорим.", (), "s2", "t"),
                Segment("c", 80.0, 81.0, "Субтитры", (), "s2", "t", ("doubtful:credits",)),
            ],
            [SpeakerTurn(1.0, 5.0, "s1"), SpeakerTurn(65.0, 70.0, "s2")],
        )
        store.finish_stage(store.start_stage(FIRST, Stage.ASR, {}), StageState.DONE, 12.3)
        store.add_meeting(Meeting(SECOND, "call\nwith 🎉\x1b[2J", "2026-03-03T10:00:00+00:00"), [])
        write_sidecar(store, FIRST, home.meeting(FIRST))
    home.decoded("t").parent.mkdir(parents=True)
    home.decoded("t").write_bytes(b"sound")
    return home


def test_an_empty_library_says_how_to_fill_it_and_stays_readable_for_scripts(library):
    code, out, err = library("list")
    assert (code, out) == (0, "")
    assert "voicerec transcribe" in err
    code, out, err = library("list", "--json")
    assert (code, json.loads(out), err) == (0, [], "")
    assert library("search", "бюджет", "--json")[:2] == (0, "[]\n")


def test_list(library, filled):
    code, out, _ = library("list")
    lines = out.splitlines()
    assert code == 0
    assert [line.split()[0] for line in lines] == [SECOND, FIRST]  # newest first
    assert "2026-03-02 09:30" in lines[1]
    assert "1:02:03" in lines[1]
    assert "ready" in lines[1]
    assert lines[1].endswith("Планёрка: март/2")
    assert "\x1b" not in out  # a file's name does not command the terminal
    meetings = json.loads(library("list", "--json")[1])
    assert [m["id"] for m in meetings] == [SECOND, FIRST]
    assert meetings[0]["title"] == "call\nwith 🎉\x1b[2J"
    assert meetings[1]["started_at"] == "2026-03-02T09:30:00+00:00"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="TZ is of Unix")
def test_times_are_those_of_the_clock_on_the_wall(library, filled):
    assert "2026-03-02 12:30" in library("list", TZ="MSK-3")[1]
    assert "2026-03-02 12:30" in library("search", "бюджет", TZ="MSK-3")[1]


def test_show(library, filled):
    code, out, _ = library("show", FIRST[:6])
    lines = out.splitlines()
    assert code == 0
    assert lines[0].startswith(FIRST)
    assert lines[1].split()[:3] == ["asr", "done", "12.3"]
    text = "\n".join(lines[2:])
    assert text.index("Анна") < text.index("Утвердили бюджет.") < text.index("О бюджете")
    assert "Субтитры" not in text
    shown = json.loads(library("show", FIRST, "--json")[1])
    assert [segment["text"] for segment in shown["segments"]][:2] == [
        "Утвердили бюджет.",
        "О бюджете поговорим.",
    ]
    assert [speaker["name"] for speaker in shown["speakers"]] == ["Анна", None]


def test_search_tells_the_meeting_the_time_and_the_speaker(library, filled):
    code, out, _ = library("search", "бюджетом", LANGUAGE="ru")
    assert code == 0
    assert sorted(out.splitlines()) == [
        f"{FIRST}  2026-03-02 09:30  Планёрка: март/2  00:01  Анна: Утвердили бюджет.",
        f"{FIRST}  2026-03-02 09:30  Планёрка: март/2  01:05  Спикер 2: О бюджете поговорим.",
    ]
    (hit,) = json.loads(library("search", "утвердить", "бюджет", "--json")[1])
    assert hit["segment_id"] == "a"
    assert [hit["text"][a:b] for a, b in hit["highlights"]] == ["Утвердили", "бюджет"]
    code, out, err = library("search", "нетакого")
    assert (code, out) == (0, "")
    assert err == "Nothing was found.\n"


def test_export(library, filled, tmp_path):
    target = tmp_path / "вывод" / "a.md"
    assert library("export", FIRST, "--format", "md", "--output", target)[0] == 0
    assert "Утвердили бюджет." in target.read_text(encoding="utf-8")
    assert library("export", FIRST, "--format", "srt", "--output", f"{tmp_path}/папка/")[0] == 0
    (named,) = (tmp_path / "папка").iterdir()
    assert named.name == "Планёрка_ март_2.srt"  # a title is no path
    assert "Субтитры" not in library("export", FIRST)[1]
    assert "Субтитры" in library("export", FIRST, "--doubtful")[1]
    assert json.loads(library("export", FIRST, "--json")[1])["meeting"]["id"] == FIRST


@pytest.mark.parametrize("action", ["show", "export", "delete"])
def test_an_id_that_does_not_name_one_meeting(library, filled, action):
    code, out, err = library(action, "нет-такой")
    assert (code, out) == (3, "")
    assert (
        err == "voicerec: There is no meeting “нет-такой”. See them with: voicerec library list\n"
    )
    code, out, err = library(action, "01jq")
    assert (code, out) == (3, "")
    assert "More than one meeting" in err
    with Library(filled.library, filled.backups) as store:
        assert len(store.meetings()) == 2


def test_delete(library, filled, tmp_path):
    backup_into(filled.library, filled.backups)
    code, out, err = library("delete", FIRST)
    assert (code, err) == (0, "")
    assert FIRST in out
    assert library("show", FIRST)[0] == 3
    assert json.loads(library("search", "бюджет", "--json")[1]) == []
    assert not filled.meeting(FIRST).exists()
    assert not filled.decoded("t").exists()
    assert (tmp_path / "mine.wav").read_bytes() == b"RIFF"
    assert "бюджет".encode() not in b"".join(p.read_bytes() for p in filled.backups.iterdir())
    assert json.loads(library("delete", SECOND, "--json")[1]) == {"deleted": SECOND, "left": []}


def test_delete_tells_where_words_may_have_stayed(library, filled):
    aside = filled.library.with_name("library.db.damaged-1")
    aside.write_bytes(b"x" * 9000)
    code, _, err = library("delete", FIRST)
    assert code == 0
    assert str(aside) in err


def test_a_meeting_in_work_is_not_deleted(library, filled):
    with Library(filled.library, filled.backups) as store:
        store.update_meeting(FIRST, status=MeetingStatus.PROCESSING)
        code, _, err = library("delete", FIRST)
        assert code == 3
        assert "Stop that first" in err
        assert len(store.transcript(FIRST).segments) == 3


def test_check_backup_and_restore(library, filled, tmp_path):
    assert library("check")[:2] == (0, "The library is sound.\n")
    assert json.loads(library("check", "--json")[1]) == {"sound": True, "problems": []}

    copy = tmp_path / "копия.db"
    assert library("backup", copy)[:2] == (0, f"{copy}\n")
    code, out, err = library("backup", copy)  # it is there already
    assert (code, out) == (3, "")
    assert str(copy) in err
    with Library(copy, tmp_path / "none") as store:
        assert len(store.meetings()) == 2

    filled.library.write_bytes(b"\x00" * 100 + filled.library.read_bytes()[100:])
    code, out, err = library("check")
    assert (code, out) == (3, "")
    assert "voicerec library restore" in err  # what to do
    code, out, _ = library("restore")
    assert code == 0
    assert out.splitlines()[-1] == "The library is sound."
    assert f"Restored {FIRST} from its file" in out
    (aside,) = filled.data.glob("library.db.damaged-*")
    assert str(aside) in out
    assert library("search", "бюджет")[1].count(FIRST) == 2
    done = json.loads(library("restore", "--json")[1])
    assert (done["sound"], done["restored"], done["aside"]) == (True, [], None)


def test_check_fails_when_something_is_wrong(library, filled):
    with closing(sqlite3.connect(filled.library)) as db, db:
        db.execute("DELETE FROM segment WHERE id = 'a'")
    code, out, _ = library("check")
    assert (code, out) == (3, "search index holds 1 deleted segments\n")
    checked = json.loads(library("check", "--json")[1])
    assert checked == {"sound": False, "problems": ["search index holds 1 deleted segments"]}


def test_a_library_that_is_a_folder_is_told_of(library, home):
    home.library.mkdir(parents=True)
    code, out, err = library("list")
    assert (code, out) == (3, "")
    assert "is damaged" in err


@pytest.mark.parametrize(
    "arguments", [(), ("show",), ("search",), ("export", "x", "--format", "pdf"), ("fly",)]
)
def test_wrong_usage(library, arguments):
    assert library(*arguments)[0] == 2


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are text there")
def test_an_argument_that_is_no_text_is_an_unknown_id(library, filled):
    assert library("show", os.fsdecode(b"\xff\xfe\xfd\xfc"))[0] == 3
