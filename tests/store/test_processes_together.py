"""Several processes with one library, and processes that die while they write."""

import random
import sqlite3
import threading
from contextlib import closing

import pytest

from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.model import Segment
from voicerec_desktop.store import connection
from voicerec_desktop.store.library import Library

APPEND = """
for i in range(int(sys.argv[1]), int(sys.argv[2])):
    library.append_asr("m-t", [Segment(f"s{i}", float(i), i + 1.0, f"слово {i} " * 20)])
    say(i)
say("end")
"""
REPLACE = """
import itertools
for i in itertools.count():
    said = [Segment(f"r{i}-{k}", float(k), k + 1.0, f"мир {i}", (), f"sp{i}") for k in range(20)]
    turns = [SpeakerTurn(float(k), k + 1.0, f"sp{i}") for k in range(20)]
    library.replace_segments("m", [Speaker(f"sp{i}", i + 1)], said, turns)
    say(i)
"""


def numbers(library: Library) -> list[int]:
    return [int(segment.id[1:]) for segment in library.asr_segments("m-t")]


def test_every_acknowledged_segment_survives_kills(home, add_meeting, spawn):
    random.seed(2)
    with Library(home.library, home.backups) as library:
        add_meeting(library, "m")
    acknowledged = -1
    for _ in range(15):
        process = spawn(APPEND, acknowledged + 1, 10**6)
        for _ in range(random.randrange(1, 60)):
            acknowledged = int(process.stdout.readline())
        process.kill()
        rest = process.communicate()[0].split()
        acknowledged = max([acknowledged, *map(int, rest)])
        with Library(home.library, home.backups) as library:
            assert library.check() == []
            found = numbers(library)
            assert found[: acknowledged + 1] == list(range(acknowledged + 1))
            acknowledged = found[-1]  # at most one was stored and not told


def test_a_transcript_is_the_old_or_the_new_one_after_kills_and_for_readers(
    home, add_meeting, spawn
):
    with Library(home.library, home.backups) as library:
        add_meeting(library, "m", "старое")
        for round_ in range(5):
            process = spawn(REPLACE.replace("itertools.count()", f"itertools.count({round_}000)"))
            process.stdout.readline()
            for _ in range(20):
                seen = library.transcript("m")
                (speaker,) = seen.speakers
                assert {s.speaker_id for s in (*seen.segments, *seen.turns)} == {speaker.id}
                assert len(seen.segments) == len(seen.turns) == 20
                assert len(library.search("мир")) == 20
            process.kill()
            process.wait()
            assert library.check() == []
            assert len(library.transcript("m").segments) == 20


def test_readers_do_not_wait_for_a_writer_and_see_only_what_is_committed(
    library, add_meeting, spawn
):
    add_meeting(library, "m", "раз")
    writer = spawn("""
with library.transaction():
    library.update_meeting("m", title="новое")
    say("written")
    sys.stdin.readline()
say("committed")
sys.stdin.read()
""")
    assert writer.stdout.readline() == "written\n"
    assert library.meeting("m").title == "Планёрка"
    assert len(library.search("раз")) == 1
    writer.stdin.write("\n")
    writer.stdin.flush()
    assert writer.stdout.readline() == "committed\n"
    assert library.meeting("m").title == "новое"


def test_a_writer_waits_for_another_one(library, add_meeting, spawn):
    add_meeting(library, "m")
    other = spawn(APPEND, 0, 200)
    other.stdout.readline()
    for i in range(200, 300):
        library.append_asr("m-t", [Segment(f"s{i}", float(i), i + 1.0, "слово")])
    other.communicate()
    assert other.returncode == 0
    assert numbers(library) == list(range(300))


def test_threads_share_a_library(library, add_meeting):
    add_meeting(library, "m")

    def append(first: int) -> None:
        for i in range(first, first + 50):
            library.append_asr("m-t", [Segment(f"s{i}", float(i), i + 1.0, "слово")])

    threads = [threading.Thread(target=append, args=(n * 50,)) for n in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        found = numbers(library)
        assert found == sorted(set(found))
    for thread in threads:
        thread.join()
    assert numbers(library) == list(range(200))


def test_somebody_who_writes_for_too_long_is_told_of(home, add_meeting):
    with Library(home.library, home.backups, busy_seconds=0.05) as library:
        add_meeting(library, "m", "раз")
        with closing(sqlite3.connect(home.library, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(KnownError) as caught:
                library.update_meeting("m", title="x")
            assert caught.value.code == ErrorCode.LIBRARY_LOCKED
            assert library.meeting("m").title == "Планёрка"
            other.execute("ROLLBACK")
        library.update_meeting("m", title="x")
        assert library.meeting("m").title == "x"


def test_a_library_that_another_program_keeps_to_itself_is_locked_not_damaged(home, add_meeting):
    with Library(home.library, home.backups) as library:
        add_meeting(library, "m", "раз")
    with closing(sqlite3.connect(home.library, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(KnownError) as caught:
            Library(home.library, home.backups, busy_seconds=0.05)
        assert caught.value.code == ErrorCode.LIBRARY_LOCKED


def test_processes_that_open_a_new_library_at_once_all_get_it(home, spawn):
    """The first one makes the tables, the others wait for them."""
    crowd = [spawn("say(len(library.meetings()))\nsys.stdin.read()") for _ in range(6)]
    assert [process.stdout.readline() for process in crowd] == ["0\n"] * 6


def test_a_new_library_waits_for_whoever_is_just_making_it(home):
    """SQLite gives up at once here, however long it was told to wait."""
    home.data.mkdir(parents=True)
    other = sqlite3.connect(home.library, isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE being_made (x)")
    other.execute("BEGIN IMMEDIATE")
    done = threading.Timer(0.2, other.execute, ("ROLLBACK",))
    done.start()
    with Library(home.library, home.backups) as library:
        assert library.meetings() == []
    done.join()
    other.close()


@pytest.fixture
def quick_checks(monkeypatch):
    """Statements that the library's own connection runs while it opens."""
    seen: list[str] = []
    connect = sqlite3.connect

    def traced(*arguments, **options):
        opened = connect(*arguments, **options)
        opened.set_trace_callback(seen.append)
        return opened

    monkeypatch.setattr(connection.sqlite3, "connect", traced)
    return lambda: [statement for statement in seen if "quick_check" in statement]


def test_only_an_unclean_end_has_the_library_checked_when_it_is_opened(
    home, add_meeting, spawn, quick_checks
):
    with Library(home.library, home.backups) as library:
        add_meeting(library, "m", "раз")
        with Library(home.library, home.backups):
            pass
    with Library(home.library, home.backups):
        pass
    assert quick_checks() == []  # neither beside another one nor after a clean end
    process = spawn(APPEND, 0, 10**6)
    process.stdout.readline()
    with Library(home.library, home.backups):
        assert quick_checks() == []
    process.kill()
    process.wait()
    with Library(home.library, home.backups) as library:
        assert len(quick_checks()) == 1
        assert numbers(library)


def test_damage_is_found_when_a_library_is_opened_after_an_unclean_end(home, add_meeting, spawn):
    with Library(home.library, home.backups) as library:
        add_meeting(library, "old", *(f"слово {i} " * 20 for i in range(200)))
        add_meeting(library, "m")
    process = spawn(APPEND, 0, 10**6)
    process.stdout.readline()
    process.kill()
    process.wait()
    with home.library.open("r+b") as file:
        file.seek(4096 * 25)
        file.write(b"\xff" * 4096 * 5)
    with pytest.raises(KnownError) as caught:
        Library(home.library, home.backups)
    assert caught.value.code == ErrorCode.LIBRARY_CORRUPT
