"""What is opened waits in the library until its turn: once, in order, kills included."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voicerec_desktop.core.cancel import CancelToken
from voicerec_desktop.core.editing import EditKind, correct_text
from voicerec_desktop.core.errors import ErrorCode, KnownError
from voicerec_desktop.core.glossary import Glossary, GlossaryEntry
from voicerec_desktop.core.model import (
    Meeting,
    MeetingStatus,
    Segment,
    Source,
    Stage,
    StageState,
    Track,
    TrackKind,
    Word,
)
from voicerec_desktop.core.process_options import ProcessOptions
from voicerec_desktop.pipeline.assembly import assemble
from voicerec_desktop.pipeline.job import Job
from voicerec_desktop.pipeline.opening import open_file
from voicerec_desktop.pipeline.queue import Added, Queue, Refused
from voicerec_desktop.store.library import Library
from voicerec_desktop.store.search import stem

OPTIONS = ProcessOptions("ru", max_speakers=3)
S = MeetingStatus


@pytest.fixture
def library(home) -> Iterator[Library]:
    with Library(home.library, home.backups) as opened:
        yield opened


@pytest.fixture
def queue(library) -> Queue:
    return Queue(library)


@pytest.fixture
def other_process(home):
    """Starts Python lines with `library` and `queue` in another process; the process."""
    started: list[subprocess.Popen] = []

    def run(lines: str, *arguments: object) -> subprocess.Popen:
        prologue = f"""
import sys
from pathlib import Path
from voicerec_desktop.core.model import *
from voicerec_desktop.core.process_options import ProcessOptions
from voicerec_desktop.pipeline.queue import Queue
from voicerec_desktop.store.library import Library
library = Library(Path({str(home.library)!r}), Path({str(home.backups)!r}))
queue = Queue(library)
def say(what):
    print(what, flush=True)
"""
        process = subprocess.Popen(
            [sys.executable, "-c", prologue + lines, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def sound(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, np.zeros(8000, np.float32), 16_000)
    return path


def names(results) -> list[str]:
    return [result.path.name for result in results]


def statuses(library: Library) -> dict[str, MeetingStatus]:
    return {meeting.title: meeting.status for meeting in library.meetings()}


def end(library: Library, meeting_id: str, status: MeetingStatus) -> None:
    """The pipeline has ended in this way."""
    library.update_meeting(meeting_id, status=status)


def test_files_and_folders_wait_in_order_and_each_once(queue, library, tmp_path):
    folder = tmp_path / "Записи за май"
    for name in ("10.wav", "2.WAV", "б/1.flac", ".hidden/3.wav", "._2.wav"):
        sound(folder / name)
    (folder / "notes.txt").write_text("нет")
    single = sound(tmp_path / "одна.wav")
    told = []
    results = queue.enqueue_files([single, folder, folder / "10.wav"], OPTIONS, told.append)
    assert told == results
    assert names(results) == ["одна.wav", "2.WAV", "10.wav", "1.flac"]
    assert all(isinstance(one, Added) and one.meeting.status == S.QUEUED for one in results)
    jobs = library.jobs()
    assert [job.meeting_id for job in jobs] == [one.meeting.id for one in results]
    assert {job.options for job in jobs} == {OPTIONS}
    assert [t.path for t in library.tracks(jobs[0].meeting_id)] == [str(single)]


def test_what_holds_no_sound_is_refused_with_the_reason_and_leaves_nothing(
    queue, library, tmp_path
):
    (tmp_path / "notes.txt").write_text("не звук")
    (tmp_path / "empty.wav").touch()
    soundfile.write(tmp_path / "header.wav", np.zeros(0, np.float32), 16_000)
    (tmp_path / "folder").mkdir()
    results = queue.enqueue_files(
        [tmp_path / n for n in ("notes.txt", "gone.wav", "empty.wav", "header.wav", "folder")],
        OPTIONS,
    )
    assert all(isinstance(one, Refused) for one in results)
    assert [one.error.code for one in results] == [
        ErrorCode.NOT_AUDIO,
        ErrorCode.FILE_MISSING,
        ErrorCode.EMPTY_AUDIO,
        ErrorCode.EMPTY_AUDIO,
        ErrorCode.NO_AUDIO_INSIDE,
    ]
    assert library.meetings() == library.jobs() == []


def test_a_bad_file_does_not_keep_the_others_out(queue, library, tmp_path):
    (tmp_path / "a.wav").write_text("не звук")
    sound(tmp_path / "b.wav")
    first, second = queue.enqueue_files([tmp_path], OPTIONS)
    assert isinstance(first, Refused)
    assert isinstance(second, Added)
    assert len(library.jobs()) == 1


@pytest.mark.parametrize("status", [S.QUEUED, S.INTERRUPTED, S.FAILED, S.PROCESSING, S.READY])
def test_a_file_that_is_not_finished_is_taken_up_again(queue, library, tmp_path, status):
    path = sound(tmp_path / "a.wav")
    (first,) = queue.enqueue_files([path], ProcessOptions())
    library.remove_job(first.meeting.id)
    end(library, first.meeting.id, status)
    (again,) = queue.enqueue_files([path], OPTIONS)
    assert (again.meeting.id == first.meeting.id) is (status != S.READY)
    waits = [job.meeting_id for job in library.jobs()]
    assert waits == ([] if status == S.PROCESSING else [again.meeting.id])
    assert again.meeting.status == (S.PROCESSING if status == S.PROCESSING else S.QUEUED)


def test_a_kill_leaves_meeting_and_job_or_neither(library, other_process, tmp_path):
    for i in range(300):
        sound(tmp_path / "in" / f"{i}.wav")
    process = other_process(
        "queue.enqueue_files([Path(sys.argv[1])], ProcessOptions(), say)", tmp_path / "in"
    )
    for _ in range(20):
        process.stdout.readline()
    process.kill()
    process.wait()
    meetings = {meeting.id for meeting in library.meetings()}
    assert 20 <= len(meetings) < 300
    assert {job.meeting_id for job in library.jobs()} == meetings
    assert library.check() == []


@pytest.fixture
def three(queue, library, tmp_path) -> list[str]:
    """The ids of three meetings that wait: a, b and c."""
    results = queue.enqueue_files([sound(tmp_path / f"{n}.wav") for n in "abc"], OPTIONS)
    return [result.meeting.id for result in results]


def test_jobs_are_taken_in_order_and_the_held_ones_wait(queue, library, three):
    a, b, c = three
    library.move_job(c, a)
    library.hold_job(a, True)
    assert [queue.next_job().meeting_id for _ in range(2)] == [c, b]
    assert queue.next_job() is None
    assert statuses(library) == {"a": S.QUEUED, "b": S.PROCESSING, "c": S.PROCESSING}
    library.hold_job(a, False)
    assert queue.next_job().meeting_id == a


@pytest.mark.parametrize("status", [S.READY, S.FAILED])
def test_a_finished_job_leaves_the_queue(queue, library, three, status):
    job = queue.next_job()
    end(library, job.meeting_id, status)
    queue.finish(job.meeting_id)
    assert [job.meeting_id for job in library.jobs()] == three[1:]
    assert library.meeting(job.meeting_id).status == status


def test_a_paused_job_goes_on_when_it_is_let_go(queue, library, three):
    job = queue.next_job()
    library.hold_job(job.meeting_id, True)
    end(library, job.meeting_id, S.INTERRUPTED)  # the pipeline was cancelled
    queue.finish(job.meeting_id)
    assert queue.next_job().meeting_id == three[1]
    library.hold_job(job.meeting_id, False)
    assert queue.next_job().meeting_id == three[0]


def test_a_cancelled_meeting_is_interrupted_and_stays_so_after_a_restart(queue, library, three):
    a, b, c = three
    queue.cancel(b)
    running = queue.next_job()
    queue.cancel(running.meeting_id)
    assert library.meeting(a).status == S.PROCESSING  # until the pipeline has stopped
    end(library, a, S.INTERRUPTED)
    queue.finish(a)
    assert queue.recover() == []
    assert statuses(library) == {"a": S.INTERRUPTED, "b": S.INTERRUPTED, "c": S.QUEUED}
    assert [job.meeting_id for job in library.jobs()] == [c]


def test_a_meeting_with_a_whole_transcript_is_ready_again_when_its_rerun_is_cancelled(
    queue, library, three
):
    a = three[0]
    for stage in (Stage.ASR, Stage.ATTRIBUTION):
        library.finish_stage(library.start_stage(a, stage, {}), StageState.DONE, 1.0)
    end(library, a, S.READY)
    queue.retry(a)
    assert library.meeting(a).status == S.QUEUED
    queue.cancel(a)
    assert library.meeting(a).status == S.READY


def test_a_retry_has_the_options_that_the_meeting_had_or_new_ones(queue, library, three):
    job = queue.next_job()
    library.update_meeting(job.meeting_id, status=S.FAILED, error="disk_full")
    queue.finish(job.meeting_id)
    queue.retry(job.meeting_id)
    assert library.meeting(job.meeting_id).error == ""
    assert library.jobs()[-1].meeting_id == job.meeting_id
    assert library.jobs()[-1].options == OPTIONS
    queue.retry(job.meeting_id, ProcessOptions("en"))
    assert library.jobs()[-1].options == ProcessOptions("en")


def test_a_meeting_under_way_is_not_retried(queue, library, three):
    job = queue.next_job()
    with pytest.raises(KnownError) as caught:
        queue.retry(job.meeting_id)
    assert caught.value.code == ErrorCode.MEETING_BUSY
    with pytest.raises(KnownError) as caught:
        queue.retry("gone")
    assert caught.value.code == ErrorCode.MEETING_UNKNOWN


def test_processes_never_take_the_same_job(queue, library, other_process, tmp_path):
    queue.enqueue_files([sound(tmp_path / f"{i}.wav") for i in range(30)], OPTIONS)
    take_all = """
say("there")
sys.stdin.readline()
while job := queue.next_job():
    say(job.meeting_id)
say("end")
sys.stdin.read()
"""
    crowd = [other_process(take_all) for _ in range(3)]
    for process in crowd:
        assert process.stdout.readline() == "there\n"
    for process in crowd:
        process.stdin.write("\n")
        process.stdin.flush()
    taken = [line.strip() for p in crowd for line in iter(p.stdout.readline, "end\n")]
    assert sorted(taken) == sorted(job.meeting_id for job in library.jobs())
    assert queue.next_job() is None


def test_what_a_killed_process_had_taken_waits_again(queue, library, other_process, three):
    a, b, _ = three
    process = other_process("say(queue.next_job().meeting_id)\nsys.stdin.read()")
    assert process.stdout.readline().strip() == a
    assert queue.recover() == []  # it lives
    assert queue.next_job().meeting_id == b
    process.kill()
    process.wait()
    assert queue.recover() == [a]
    assert library.meeting(a).status == S.QUEUED
    assert queue.next_job().meeting_id == a


def test_a_file_at_which_a_command_was_killed_gets_a_job_with_its_options(
    queue, library, other_process, tmp_path
):
    path = sound(tmp_path / "a.wav")
    meeting = open_file(library, path)  # as `voicerec transcribe` does: no job
    process = other_process(
        "library.claim(sys.argv[1])\n"
        "library.remember_options(sys.argv[1], ProcessOptions('en'))\n"
        "say('claimed')\nsys.stdin.read()",
        meeting.id,
    )
    process.stdout.readline()
    process.kill()
    process.wait()
    assert queue.recover() == [meeting.id]
    assert [job.options for job in library.jobs()] == [ProcessOptions("en")]


def test_after_a_restart_all_that_waits_has_a_job_and_what_is_finished_has_none(
    queue, library, three, tmp_path
):
    a, b, c = three
    end(library, a, S.READY)
    end(library, b, S.FAILED)
    end(library, c, S.INTERRUPTED)  # the window was closed
    opened = open_file(library, sound(tmp_path / "d.wav"))
    library.add_meeting(Meeting("r", "r", "2026", status=S.RECORDING, source=Source.RECORDING), [])
    assert sorted(queue.recover()) == sorted([c, opened.id])
    assert [job.meeting_id for job in library.jobs()] == [c, opened.id]
    assert library.meeting(c).status == S.QUEUED
    assert library.meeting("r").status == S.RECORDING


def test_what_a_command_has_transcribed_meanwhile_is_not_done_again(queue, library, three):
    a, b, _ = three
    end(library, a, S.READY)
    assert queue.next_job().meeting_id == b
    assert a not in {job.meeting_id for job in library.jobs()}


@pytest.fixture
def assembled(library, home):
    """A meeting that ASR has heard; the function attributes it with a glossary."""
    track = Track("m-t", "m", TrackKind.FILE, "/звук/a.wav")
    library.add_meeting(Meeting("m", "t", "2026"), [track])
    words = (Word(0, 1, " рум", 0.9), Word(1, 2, " тут", 0.9))
    library.append_asr("m-t", [Segment("s", 0, 2, "рум тут", words, None, "m-t")])
    options = ProcessOptions(diarization=False)

    def run(*entries: GlossaryEntry, asr_ran: bool = False) -> str:
        if asr_ran:
            library.finish_stage(library.start_stage("m", Stage.ASR, {}), StageState.DONE, 1.0)
        glossary = Glossary(entries, stem)
        job = Job("m", [track], options, glossary, library, home, CancelToken(), lambda _: None)
        assemble(job)
        return library.transcript("m").segments[0].text

    assert run(asr_ran=True) == "рум тут"
    return run


def test_a_retry_leaves_edits_alone_where_nothing_else_has_changed(library, assembled):
    library.apply_edit("m", correct_text(library.transcript("m"), "s", "RUMA здесь"))
    assert assembled() == "RUMA здесь"
    assert library.undo_kind("m") == EditKind.TEXT
    assert [run.stage for run in library.transcript("m").stages] == [Stage.ASR, Stage.ATTRIBUTION]


def test_a_new_run_of_asr_or_a_new_glossary_replaces_edits_in_a_way_that_can_be_undone(
    library, assembled
):
    library.apply_edit("m", correct_text(library.transcript("m"), "s", "RUMA здесь"))
    assert assembled(asr_ran=True) == "рум тут"
    assert assembled(GlossaryEntry("RUMA", ("рум",))) == "RUMA тут"
    assert library.undo("m").kind == EditKind.RERUN
    assert library.transcript("m").segments[0].text == "рум тут"
    library.undo("m")
    assert library.transcript("m").segments[0].text == "RUMA здесь"
