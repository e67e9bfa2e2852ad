"""Meetings whose process is gone are marked interrupted, those of living ones are left alone."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import psutil
import pytest

from voicerec_desktop.core.model import Meeting, MeetingStatus, Stage, StageRun, StageState
from voicerec_desktop.store import processes
from voicerec_desktop.store.library import Library

WORK = """
library.add_meeting(Meeting("m", "t", "2026"), [])
library.update_meeting("m", status=MeetingStatus(sys.argv[1]))
library.start_stage("m", Stage.ASR, {})
say("working")
sys.stdin.read()
"""


@pytest.fixture
def worker(spawn):
    """A process that is in the middle of work on the meeting "m"."""

    def start(status: MeetingStatus = MeetingStatus.PROCESSING) -> subprocess.Popen:
        process = spawn(WORK, status)
        assert process.stdout.readline() == "working\n"
        return process

    return start


def test_a_meeting_is_left_alone_until_its_process_is_killed(library, worker):
    process = worker()
    assert library.mark_interrupted() == []
    assert library.under_way("m")
    assert library.meeting("m").status == MeetingStatus.PROCESSING

    process.kill()
    process.wait()
    assert not library.under_way("m")
    assert library.mark_interrupted() == ["m"]
    assert library.meeting("m").status == MeetingStatus.INTERRUPTED
    assert library.last_run("m", Stage.ASR) == StageRun("m", Stage.ASR, StageState.CANCELLED)
    assert library.mark_interrupted() == []


def test_a_recording_does_not_end_with_the_process_that_began_it(library, worker):
    process = worker(MeetingStatus.RECORDING)
    assert library.under_way("m")
    process.kill()
    process.wait()
    assert library.mark_interrupted() == []
    assert library.meeting("m").status == MeetingStatus.RECORDING


@pytest.mark.skipif(sys.platform == "win32", reason="zombies are of Unix")
def test_a_process_that_is_dead_but_not_buried_works_no_more(library, worker):
    process = worker()
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert psutil.Process(process.pid).status() == psutil.STATUS_ZOMBIE
    assert library.mark_interrupted() == ["m"]


def test_another_process_with_the_same_number_is_not_taken_for_it(library, worker, home):
    """As if the number of the dead process had been given to this one."""
    worker().kill()
    with closing(sqlite3.connect(home.library)) as db, db:
        db.execute("UPDATE meeting SET pid = ?", (os.getpid(),))
    assert library.mark_interrupted() == ["m"]


def test_work_that_has_not_begun_its_first_stage_is_work(library):
    """Models are looked for and loaded before: another command must not take the meeting away."""
    library.add_meeting(Meeting("m", "t", "2026"), [])
    library.update_meeting("m", status=MeetingStatus.PROCESSING)
    assert library.mark_interrupted() == []
    library.update_meeting("m", language="ru")
    assert library.mark_interrupted() == []


def test_a_new_attempt_by_a_living_process_is_not_judged_by_the_old_one(library, worker):
    process = worker()
    process.kill()
    process.wait()
    library.update_meeting("m", status=MeetingStatus.PROCESSING)
    assert library.mark_interrupted() == []


@pytest.mark.parametrize("status", set(MeetingStatus) - {"processing", "recording"})
def test_meetings_nobody_works_on_stay_as_they_are(library, status):
    library.add_meeting(Meeting("m", "t", "2026", status=MeetingStatus.PROCESSING), [])
    library.update_meeting("m", status=status)
    assert library.mark_interrupted() == []
    assert library.meeting("m").status == status


def test_when_a_process_began_does_not_change_and_tells_processes_apart(spawn):
    other = spawn("say(1)\nsys.stdin.read()")
    other.stdout.readline()
    pid, when = processes.this()
    assert pid == os.getpid()
    assert processes.lives(pid, when)
    assert processes.started(other.pid) not in ("", when)
    assert not processes.lives(other.pid, when)
    assert not processes.lives(0, "")


def test_one_that_opens_the_library_again_later_is_recognised(home):
    """The window closes and opens it: the owner is the process, not the connection."""
    with Library(home.library, home.backups) as library:
        library.add_meeting(Meeting("m", "t", "2026", status=MeetingStatus.RECORDING), [])
    with Library(home.library, home.backups) as library:
        assert library.mark_interrupted() == []
